"""CSV that spreadsheets read, and that runs nothing in them."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.csv_writing import cell, defused, written
from dsbuilder.domain.texts import Language

AT = datetime(2026, 3, 27, 9, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (None, "", ""),
        (True, "VRAI", "TRUE"),
        (False, "FAUX", "FALSE"),
        (1204918, "1204918", "1204918"),
        (-3, "-3", "-3"),
        (Decimal("12.50"), "12,50", "12.50"),
        (Decimal("1E+3"), "1000", "1000"),
        (48.39, "48,39", "48.39"),
        (date(2026, 3, 27), "2026-03-27", "2026-03-27"),
        (AT, "2026-03-27 09:05", "2026-03-27 09:05"),
        (("Lundi", "Mardi"), "Lundi, Mardi", "Lundi, Mardi"),
        ((), "", ""),
        ("Crèmerie", "Crèmerie", "Crèmerie"),
    ],
)
def test_each_value_is_written_as_a_spreadsheet_of_the_language_reads_it(value: Any, fr: str, en: str) -> None:
    assert (cell(value, "fr"), cell(value, "en")) == (fr, en)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1:A9)",
        "  =1+1",
        "\u00a0=1+1",
        "\t=1+1",
        "\n=1+1",
        "＝1+1",
        '=HYPERLINK("http://example.org";"Voir")',
        "-",
        "+",
        "-1+1",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert cell((text, "b"), "fr").startswith("'")


@pytest.mark.parametrize("text", ["-12", "+33 6 39 98 12 34", "-1 234,5", "a=b", "06 39 98 00 11", "", "'=1", "2-3"])
def test_what_runs_nowhere_stays_as_it_was_written(text: str) -> None:
    assert defused(text) == text


def test_what_no_cell_can_hold_is_left_out() -> None:
    assert defused("a\x00b\x1fc\nd\te") == "abc\nd\te"
    assert defused("\x00=1") == "'=1"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=4), max_size=4))
def test_lines_come_back_whole_and_none_begins_a_formula(rows: list[list[str]]) -> None:
    languages: tuple[tuple[Language, str], ...] = (("fr", ";"), ("en", ","))
    for language, separator in languages:
        back = list(csv.reader(io.StringIO(written(rows, language), newline=""), delimiter=separator))
        assert back == [[defused(text) for text in row] for row in rows]
        assert not any(text.strip()[:1] in "=@" for row in back for text in row if text.strip())
