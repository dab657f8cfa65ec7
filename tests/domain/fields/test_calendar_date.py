"""Days."""

from datetime import date
from typing import Any

import pytest

from tests.domain.fields.tables import NBSP, a_field, of, parsed, refusal

BIRTH = date(1985, 3, 27)


@pytest.mark.parametrize(
    "raw",
    [
        "1985-03-27",
        "27/03/1985",
        "1985/03/27",
        "27.03.1985",
        "27-3-1985",
        "27 03 1985",
        "27 mars 1985",
        "27 Mars 1985",
        "27 March 1985",
        " 27/03/1985 ",
        f"27{NBSP}mars{NBSP}1985",
    ],
)
def test_a_day_is_read_as_people_write_it(raw: str) -> None:
    assert parsed("date", raw) == BIRTH


@pytest.mark.parametrize("raw", ["1er août 2020", "1 aout 2020", "1st august 2020", "01/08/2020"])
def test_the_first_of_a_month_is_read(raw: str) -> None:
    assert parsed("date", raw) == date(2020, 8, 1)


@pytest.mark.parametrize(
    ("raw", "french"),
    [
        ("demain", "en jour, mois et année, par exemple 27/03/1985"),
        ("27 marsupial 1985", "en jour, mois et année"),
        ("27/03", "en jour, mois et année"),
        ("27/03/85", "l’année en quatre chiffres"),
        ("27/03/19850", "l’année en quatre chiffres"),
        ("31/02/2020", "n’existe pas dans le calendrier"),
        ("27/13/2020", "n’existe pas dans le calendrier"),
        ("0000-01-01", "n’existe pas dans le calendrier"),
        ("0026-03-27", "entre le 1er janvier 1000 et le 31 décembre 2199"),
        ("9999-12-31", "entre le 1er janvier 1000 et le 31 décembre 2199"),
        ("12026-03-27", "en jour, mois et année"),
    ],
)
def test_what_is_wrong_is_said(raw: str, french: str) -> None:
    assert french in refusal("date", raw).fr


@pytest.mark.parametrize(
    ("raw", "options", "french"),
    [
        ("2020-06-19", {"start_date": date(2020, 6, 20)}, "entre le 20 juin 2020 et le 31 décembre 2199"),
        ("2020-06-21", {"end_date": date(2020, 6, 20)}, "entre le 1er janvier 1000 et le 20 juin 2020"),
    ],
)
def test_the_range_is_said(raw: str, options: dict[str, Any], french: str) -> None:
    assert french in refusal("date", raw, **options).fr


def test_a_range_may_go_beyond_what_is_usual() -> None:
    assert parsed("date", "2500-01-01", end_date=date(3000, 1, 1)) == date(2500, 1, 1)


def test_a_past_date_is_before_today() -> None:
    past, today = a_field("date", date_in_past=True), date(2020, 6, 20)
    assert past.type.wrong_today(date(2020, 6, 19), past.options, today) is None
    wrong = past.type.wrong_today(today, past.options, today)
    assert wrong is not None and wrong.fr == "Saisissez une date passée, par exemple 27/03/1985."
    assert past.type.wrong_today(None, past.options, today) is None
    free = a_field("date")
    assert free.type.wrong_today(date(2021, 1, 1), free.options, today) is None


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (date(2020, 6, 20), "20 juin 2020", "20 June 2020"),
        (date(2020, 6, 1), "1er juin 2020", "1 June 2020"),
        (date(2020, 8, 5), "5 août 2020", "5 August 2020"),
    ],
)
def test_a_day_is_shown_in_words(value: date, french: str, english: str) -> None:
    assert of("date").display(value, None) == french
    assert of("date").display(value, None, "en") == english


def test_it_stands_in_the_input_as_the_browser_wants_it() -> None:
    assert of("date").as_typed(BIRTH) == "1985-03-27"


def test_crossed_dates_forbid_publishing() -> None:
    crossed = a_field("date", start_date=date(2021, 1, 1), end_date=date(2020, 1, 1))
    assert "1er janvier 2021" in crossed.type.problems(crossed)[0].fr


def test_the_day_of_a_date_and_time_is_kept() -> None:
    assert of("date").from_json("1985-03-27T14:30") == BIRTH
