"""Tables of options: any CSV that a spreadsheet saves is read, what cannot be used is said, rows stay with answers."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.documents import answers_from_json, answers_to_json
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.errors import Invalid, Refused
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.choice import Other
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.fields.table import MAX_BYTES, MAX_ROWS, Table, TableRow, faults, lines_from
from dsbuilder.domain.open_data import ImportedProcedure
from dsbuilder.domain.procedure import FieldId
from dsbuilder.domain.procedure_document import from_document, to_document
from dsbuilder.domain.rebase import rebase
from dsbuilder.domain.showing import showing
from dsbuilder.domain.sought import sought
from dsbuilder.domain.xlsform_writing import write_xlsform
from tests.forms import a_field, a_form

TODAY = date(2026, 3, 27)
CSV = (
    "Commune;Code postal;Région\r\nBrest;29200;Bretagne\r\nCaen;14000;Normandie\r\nSaint-Denis;93200;Île-de-France\r\n"
)
LINES = (
    "Commune,Code postal,Région",
    "Brest,29200,Bretagne",
    "Caen,14000,Normandie",
    "Saint-Denis,93200,Île-de-France",
)
CHOICE = CATALOGUE["drop_down_list"]
BREST = TableRow("Brest", (("Code postal", "29200"), ("Commune", "Brest"), ("Région", "Bretagne")))


def a_list(lines: tuple[str, ...] = LINES, **options: Any) -> Any:
    return a_field(1, "drop_down_list", "Ville", drop_down_table=lines, **options)


# -- files ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.encode("cp1252"),
        CSV.encode("mac_roman"),
        CSV.encode("cp850"),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        CSV.replace(";", "|").encode(),
        CSV.replace("\r\n", "\n").encode(),
        CSV.replace("\r\n", "\r").encode(),
        CSV.replace("\r\n", ";;\r\n").encode() + b";;;;\r\n\r\n",
        CSV.replace("Brest", '" Brest "').encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "windows", "mac", "dos", "comma", "tab", "bar", "unix", "old mac", "empty columns", "quoted"],
)  # fmt: skip
def test_a_table_is_read_whatever_saved_it(content: bytes) -> None:
    assert lines_from(content) == LINES


def test_cells_may_hold_delimiters_line_ends_and_quotation_marks() -> None:
    content = b'Nom;Adresse\n"Le ""Cerf""";"8, quai;\nde la Douane"\n'
    assert lines_from(content) == ("Nom,Adresse", '"Le ""Cerf""","8, quai; de la Douane"')


def test_one_column_is_a_table_and_short_rows_are_filled() -> None:
    assert lines_from(b"Nom\nBrest\nCaen\n") == ("Nom", "Brest", "Caen")
    assert lines_from(b"Nom;Code\nBrest\n") == ("Nom,Code", "Brest,")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\n", "empty"),
        (b"x" * (MAX_BYTES + 1), "over 1 MB"),
        (b"PK\x03\x04rest of a workbook", "Save as"),
        (b"\xd0\xcf\x11\xe0old workbook", "Save as"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "not text"),
        (b"Nom;Code\nBrest\x00;29200\n", "not text"),
        (b"Nom;Code\n", "only its titles"),
        (b"Nom;;Code\nBrest;1;2\n", "Column 2"),
        (b";Code\nBrest;29200\n", "Column 1"),
        (b"Nom;Code;NOM\nBrest;1;2\n", "NOM"),
        ("Région;region\nBretagne;1\n".encode(), "region"),
        (b"Nom;Code\nBrest;29200\n;14000\n", "Line 3"),
        (b"Nom;Code\nBrest;29200;Bretagne\n", "3 cells for 2"),
        (b'Nom;Code\n"Brest;29200\nCaen;14000\n', "quotation mark"),
        (b"Nom\n" + b"x\n" * (MAX_ROWS + 1), "5,001"),
        (b"Nom\n" + b"\n" * 900_000 + b"x", "900,002"),
        (b";".join(b"c%d" % n for n in range(51)) + b"\nx\n", "51"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        lines_from(content)
    assert said in refused.value.text.en
    assert refused.value.text.fr != refused.value.text.en


def test_the_longest_table_that_is_taken() -> None:
    content = "\n".join(["Nom;Code", *(f"Commune {n};{n:05}" for n in range(MAX_ROWS))]).encode()
    table = Table(lines_from(content))
    assert len(table.rows) == MAX_ROWS
    assert table.rows["Commune 4999"].cell("Code") == "04999"


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="ignore")))
def test_any_file_is_read_or_refused_and_what_is_read_can_be_kept(content: bytes) -> None:
    try:
        lines = lines_from(content)
    except Refused as refused:
        assert refused.text.fr
        return
    assert list(faults(lines)) == []
    assert lines_from("\n".join(lines).encode()) == lines


@given(st.lists(st.text(max_size=30), max_size=6).map(tuple))
def test_any_kept_lines_make_a_table(lines: tuple[str, ...]) -> None:
    table = Table(lines)
    assert all(label == row.label for label, row in table.rows.items())
    list(faults(lines))


# -- answers -------------------------------------------------------------------------------------------------------
def test_an_answer_holds_its_whole_row() -> None:
    options = a_list().options
    assert CHOICE.parse(" Brest ", options) == BREST
    assert CHOICE.display(BREST, options) == CHOICE.as_typed(BREST) == "Brest"
    assert CHOICE.to_json(BREST) == {
        "label": "Brest",
        "row": {"Code postal": "29200", "Commune": "Brest", "Région": "Bretagne"},
    }
    with pytest.raises(Invalid, match="Brest"):
        CHOICE.parse("Quimper", options)
    with_other = a_list(drop_down_other=True).options
    assert CHOICE.parse(["__other__", "Quimper"], with_other) == Other("Quimper")
    assert CHOICE.parse(["__other__", "Caen"], with_other) == CHOICE.parse("Caen", options)


def test_rows_with_the_same_label_say_what_tells_them_apart() -> None:
    lines = ("Commune,Code", "Saint-Denis,93200", "Saint-Denis,97400", "Saint-Denis,93200", "Brest,29200")
    options = a_list(lines).options
    assert options.listed.values == ("Saint-Denis", "Saint-Denis – 97400", "Saint-Denis – 93200", "Brest")
    assert CHOICE.parse("Saint-Denis – 97400", options).cell("Code") == "97400"


def test_many_rows_are_searched() -> None:
    lines = ("Commune,Code", *(f"Commune {n},{n}" for n in range(300)))
    options = a_list(lines).options
    assert CHOICE.controls(options) is Control.SEARCH
    assert CHOICE.choices(options, "fr") == ()
    assert [choice.value for choice in CHOICE.search(options, "commune 29")][:2] == ["Commune 29", "Commune 290"]


def test_each_header_is_a_column_that_no_later_table_changes() -> None:
    asked = a_list()
    columns = {column.name: column for column in CHOICE.columns(asked)}
    assert [(name, column.label) for name, column in columns.items()] == [
        ("value", "Ville"),
        ("table_code_postal", "Ville – Code postal"),
        ("table_region", "Ville – Région"),
    ]
    assert [column.read(BREST) for column in columns.values()] == ["Brest", "29200", "Bretagne"]
    assert [column.read(Other("Rome")) for column in columns.values()] == ["Rome", None, None]
    later = CHOICE.columns(a_list(("Commune,Région,Population", "Brest,BZH,140000")))
    assert [column.read(BREST) for column in later] == ["Brest", "Bretagne", None]
    keys = sought(a_form(asked), {"1": Answer(BREST)}, TODAY)
    assert [(key.column, key.text) for key in keys] == [
        ("value", "brest"), ("table_code_postal", "29200"), ("table_region", "bretagne")
    ]  # fmt: skip


def test_what_is_kept_survives_another_table() -> None:
    old, new = a_form(a_list()), a_form(a_list(("Commune,Région", "Caen,Normandie")))
    kept = answers_to_json(old, {"1": Answer(BREST)})
    assert answers_from_json(new, kept)["1"].value == BREST
    assert answers_from_json(a_form(a_list(())), kept)["1"].value == BREST


def test_a_draft_takes_the_row_of_the_new_table_or_is_told() -> None:
    old = a_form(a_list())
    moved = rebase(old, a_form(a_list(("Commune,Code postal", "Brest,29000"))), {"1": Answer(BREST)})
    assert moved.entered_again["1"].value.cell("Code postal") == "29000"
    gone = rebase(old, a_form(a_list(("Commune,Code postal", "Caen,14000"))), {"1": Answer(BREST)})
    assert (gone.entered_again["1"].raw, gone.entered_again["1"].former) == ("Brest", "Brest")


def test_conditions_compare_the_label() -> None:
    shows = replace(a_field(2), condition=Comparison(FieldId(1), Operator.EQ, "Brest"))
    form = a_form(a_list(), shows)
    assert CHOICE.choices_for_condition(form.fields[0].options) == ("Brest", "Caen", "Saint-Denis")
    assert "2" in showing(form, {"1": Answer(BREST)}, TODAY)
    assert "2" not in showing(form, {"1": Answer(CHOICE.parse("Caen", form.fields[0].options))}, TODAY)


def test_made_answers_are_rows() -> None:
    made = CHOICE.made(a_list(), Random(1), TODAY)
    assert isinstance(made, TableRow) and made.cell("Région")


def test_a_table_that_makes_no_sense_forbids_publishing() -> None:
    assert CHOICE.problems(a_list()) == []
    for lines in (("Nom",), ("Nom,Nom", "a,b"), ("Nom,", "a,b"), ("Nom", *["x"] * 5001)):
        assert CHOICE.problems(a_list(lines))


def test_a_procedure_s_own_document_carries_the_table_and_other_files_say_that_they_do_not() -> None:
    procedure = ImportedProcedure("Inscription", "", (a_list(),), {})
    assert from_document(to_document(procedure)).fields == procedure.fields
    assert CHOICE.descriptor_from_options(a_list().options)["options"] == ["Brest", "Caen", "Saint-Denis"]
    (left_out,) = write_xlsform(procedure).left_out
    assert "tableau" in left_out.what.lower() + left_out.why.fr.lower()
