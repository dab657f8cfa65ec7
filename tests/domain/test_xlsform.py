"""XLSForm: a form goes out and comes back the same, others' files are read, and what is left out is listed."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert

from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not, comparisons
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.choice import ChoiceField
from dsbuilder.domain.fields.entering import clean, one_line
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.interpreting import shown_plainly
from dsbuilder.domain.making_conditions import with_conditions
from dsbuilder.domain.open_data import ImportedProcedure
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.procedure_files import read_file
from dsbuilder.domain.sheets import MAX_BYTES, MAX_ROWS
from dsbuilder.domain.xlsform_reading import read_xlsform
from dsbuilder.domain.xlsform_writing import write_xlsform
from tests.forms import a_field, a_form
from tests.strategies import forms, next_ids

TODAY = date(2026, 11, 19)
ROW = "01JD0000000000000000000000"
UNSAID = {Operator.OLDER, Operator.YOUNGER, Operator.IN_REGION, Operator.NOT_IN_REGION}


def workbook(**sheets: Iterable[Iterable[Any]]) -> bytes:
    """A file made by hand."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def survey(*rows: Iterable[Any], choices: Iterable[Iterable[Any]] = (), columns: str = "") -> ImportedProcedure:
    """The form of a survey sheet."""
    header = (columns or "type name label relevant constraint choice_filter").split()
    lists = [("list_name", "name", "label", "kind"), *choices]
    return read_xlsform(workbook(survey=[header, *rows], choices=lists), next_ids())


def again(procedure: ImportedProcedure) -> ImportedProcedure:
    """The form after it went out and came back."""
    return read_xlsform(write_xlsform(procedure).content, next_ids())


def left(procedure: ImportedProcedure) -> list[tuple[int, str]]:
    """What was left out, by row."""
    return [(one.row, one.what) for one in procedure.left_out]


# -- out and in again ----------------------------------------------------------------------------------------------
def told(field: Field) -> Any:
    """What XLSForm can say of a field."""
    question = field.type.to_survey(field.options)
    assert question is not None
    kind = {"number": "decimal_number", "titre_identite": "piece_justificative"}.get(field.kind, field.kind)
    second = question.second
    if second is not None:
        second = replace(second, label=one_line(second.label), hint=clean(second.hint))
    question = replace(question, level=0, second=second)
    below = tuple(map(told, field.children))
    return kind, one_line(field.label), clean(field.description), field.required, question, below


def carried(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields of the kinds that both have, with conditions that both have."""
    kept = (field for field in fields if field.type.to_survey(field.options) is not None)
    return tuple(
        replace(
            field,
            children=carried(field.children),
            origin=None,
            condition=None if UNSAID & {one.operator for one in comparisons(field.condition)} else field.condition,
        )
        for field in kept
    )


def _unconditional(field: Field) -> Field:
    return replace(field, condition=None, children=tuple(map(_unconditional, field.children)))


@st.composite
def procedures(draw: st.DrawFn) -> ImportedProcedure:
    """Any form of the kinds that both have, with conditions that mean something."""
    bare = draw(forms())
    plain = tuple(map(_unconditional, bare.fields))
    form = with_conditions(Revision(carried(plain)), 4, draw(st.integers(0, 1000)))
    return ImportedProcedure(one_line(bare.title), clean(bare.description), carried(form.fields))


def answered(form: Revision, seed: int) -> Answers:
    """Answers that may make conditions hold."""
    random, answers = Random(seed), {}
    for field in form.fields:
        for one, row in ((field, ""), *((child, ROW) for child in field.children)):
            compared = [c.operand for f in form.walk() for c in comparisons(f.condition) if c.source == one.id]
            values = [*_values(one, compared), None]
            answers[f"{one.id}:{row}" if row else f"{one.id}"] = Answer(value=random.choice(values))
        if field.children:
            answers[f"{field.id}:{ROW}"] = Answer(value=True)
    return answers


def _values(field: Field, operands: list[Any]) -> tuple[Any, ...]:
    raws = [str(operand) for operand in operands if operand is not None and not isinstance(operand, tuple)]
    offered = (choice.value for choice in field.type.choices(field.options, "fr")[:5])
    return field.type.entered((*raws, *offered), field.options, TODAY)


@given(procedures())
def test_a_form_goes_out_and_comes_back_the_same(procedure: ImportedProcedure) -> None:
    back = again(procedure)
    assert (back.title, back.description) == (procedure.title, procedure.description)
    assert list(map(told, back.fields)) == list(map(told, procedure.fields))
    assert again(back).fields == back.fields
    ids = {old.id: new.id for old, new in zip(procedure.revision.walk(), back.revision.walk(), strict=True)}
    for seed in range(4):
        answers = answered(procedure.revision, seed)
        there = shown_plainly(procedure.revision, answers, TODAY)
        renamed = {_renamed(path, ids): answer for path, answer in answers.items()}
        assert shown_plainly(back.revision, renamed, TODAY) == {_renamed(path, ids) for path in there}


def _renamed(path: str, ids: dict[FieldId, FieldId]) -> str:
    id, mark, row = path.partition(":")
    return f"{ids[FieldId(int(id))]}{mark}{row}"


@given(procedures())
def test_the_reference_converter_takes_every_export(procedure: ImportedProcedure) -> None:
    written = io.BytesIO(write_xlsform(procedure).content)
    assert "<h:html" in convert(written, validate=False, warnings=[]).xform


EVERY_KIND = tuple(
    a_field(position, kind, f"Question {position}", **({"drop_down_options": ("--A--", "b")} if "drop" in kind else {}))
    for position, kind in enumerate(
        (k for k, t in CATALOGUE.items() if t.to_survey(t.Options()) and k != "repetition"), 1
    )
)


def test_the_same_form_gives_the_same_cells() -> None:
    first, second = (write_xlsform(ImportedProcedure("Essai", "", EVERY_KIND)).content for _ in range(2))
    books = [load_workbook(io.BytesIO(content)) for content in (first, second)]
    cells = [[[cell.value for cell in row] for sheet in book for row in sheet] for book in books]
    assert cells[0] == cells[1]


def test_what_xlsform_cannot_say_is_listed_in_the_file_itself() -> None:
    age = Comparison(FieldId(1), Operator.OLDER, (18, "years"))
    fields = (
        a_field(1, "date", "Naissance"),
        replace(a_field(2, "text", "Employeur"), condition=age),
        a_field(3, "textarea", "Exposé", character_limit=400),
        a_field(4, "piece_justificative", "Justificatif"),
        a_field(5, "placeholder", "Lieu"),
    )
    written = write_xlsform(ImportedProcedure("Essai", "", fields))
    assert [one.row for one in written.left_out] == [3, 4, 5, 5]
    assert "remonte à au moins" in written.left_out[0].why.fr
    sheet = load_workbook(io.BytesIO(written.content))["non_repris"]
    assert [row[1].value for row in sheet][1:] == [one.what for one in written.left_out]


def test_a_list_of_ours_that_offers_yes_and_no_stays_a_list() -> None:
    fields = (a_field(1, "drop_down_list", "Pollué ?", drop_down_options=("Oui", "Non")), a_field(2, "yes_no", "Sûr ?"))
    back = again(ImportedProcedure("Essai", "", fields))
    assert [field.kind for field in back.fields] == ["drop_down_list", "yes_no"]


def test_a_formula_in_a_label_stays_a_text() -> None:
    label = '=HYPERLINK("http://evil.example")'
    content = write_xlsform(ImportedProcedure("Essai", "", (a_field(1, "text", label),))).content
    cell = load_workbook(io.BytesIO(content))["survey"]["C2"]
    assert (cell.value, cell.data_type) == (label, "s")
    assert read_xlsform(content, next_ids()).fields[0].label == label


# -- files of others -----------------------------------------------------------------------------------------------
def test_a_form_made_by_hand_is_read() -> None:
    header = [
        "type",
        "name",
        "label::English (en)",
        "label::Français (fr)",
        "hint",
        "required",
        "relevant",
        "constraint",
    ]
    rows = [
        ["start", "start"],
        ["begin group", "enfant", "The child", "L’enfant"],
        ["text", "nom", "Name", "Nom", "Comme à l’état civil", "yes"],
        ["integer", "age", "Age", "Âge", None, "TRUE", None, ".>2 and . < 12"],
        ["select_one oui_non", "allergie", "Allergy?", "Une allergie ?", None, True],
        ["text", "laquelle", "Which?", "Laquelle ?", None, None, "${allergie}='oui' and string-length(${nom}) > 0"],
        ["end group"],
        ["begin_repeat", "parents", "Parents", "Parents"],
        ["select_multiple jours", "jours", "Days", "Jours"],
        [
            "acknowledge",
            "seul",
            "Alone",
            "Seul",
            None,
            None,
            "selected(${jours}, 'ma') or not(selected(${jours}, 'lu'))",
        ],
        ["end_repeat"],
        ["date", "le", "On", "Le", None, None, None, ". <= today() and . >= date('2020-01-01')"],
        ["image", "photo", "Photo", "Photo"],
        ["barcode", "lieu", "Where", "Lieu"],
    ]
    choices = [
        ["list_name", "name", "label::English (en)", "label::Français (fr)"],
        ["oui_non", "oui", "Yes", "Oui"],
        ["oui_non", "non", "No", "Non"],
        ["jours", "lu", "Monday", "Lundi"],
        ["jours", "ma", "Tuesday", "Mardi"],
    ]
    settings = [["form_title", "form_id", "style"], ["Cantine", "cantine", "pages"]]
    (read,) = read_file(workbook(survey=[header, *rows], choices=choices, settings=settings), next_ids())
    group, name, age, allergy, which, parents, day, photo, place = read.fields
    days, alone = parents.children
    assert read.title == "Cantine"
    assert [f.kind for f in read.revision.walk()] == [
        *("header_section", "text", "integer_number", "yes_no", "text", "repetition", "multiple_drop_down_list"),
        *("checkbox", "date", "piece_justificative", "placeholder"),
    ]
    assert (name.label, name.description, name.required) == ("Nom", "Comme à l’état civil", True)
    assert (age.options.min_number, age.options.max_number) == (3, 11)
    assert days.options.drop_down_options == ("Lundi", "Mardi")
    filled = Comparison(name.id, Operator.FILLED)
    assert which.condition == All((Comparison(allergy.id, Operator.EQ, True), filled))
    some, other = (Comparison(days.id, Operator.INCLUDES, day) for day in ("Mardi", "Lundi"))
    assert alone.condition == AnyOf((some, Not(other)))
    assert day.options.start_date == date(2020, 1, 1) and not day.options.date_in_past
    assert photo.options.pj_format_families == ("image_scan",)
    assert place.type.named(place).fr == "barcode" and group.label == "L’enfant"
    assert [(one.sheet, one.row, one.what) for one in read.left_out] == [
        ("survey", 1, "label::English (en)"),
        ("choices", 1, "label::English (en)"),
        ("survey", 2, "start start"),
        ("survey", 9, "Parents"),
        ("survey", 13, "constraint: . <= today()"),
        ("survey", 15, "barcode lieu"),
        ("settings", 2, "style"),
    ]


SOURCES = (
    ["integer", "n", "N"],
    ["select_one l", "c", "C"],
    ["date", "d", "D"],
    ["acknowledge", "a", "A"],
    ["text", "t", "T"],
)
LIST = (["l", "x", "Xylophone"], ["l", "y", "Yole"])


def condition(relevant: str) -> tuple[Condition | None, list[tuple[int, str]]]:
    """What a `relevant` becomes after five questions, and what is left out."""
    read = survey(*SOURCES, ["text", "z", "Z", relevant], choices=LIST)
    return read.fields[5].condition, left(read)


def is_(id: int, operator: str, operand: Any = None) -> Comparison:
    return Comparison(FieldId(id), Operator(operator), operand)


@pytest.mark.parametrize(
    ("relevant", "expected"),
    [
        ("${n} > 3", is_(1, "GreaterThan", 3)),
        ("3.5 >= ${n}", is_(1, "LessThanEq", "3.5")),
        ("${n} != 3", Not(is_(1, "Eq", 3))),
        ("${n} != '' and ${n} != 3", is_(1, "NotEq", 3)),
        ("${c} = 'x' or ${c}=\"y\"", AnyOf((is_(2, "Eq", "Xylophone"), is_(2, "Eq", "Yole")))),
        ("selected(${c}, 'x')", is_(2, "Eq", "Xylophone")),
        ("${d} <= date('2020-02-29')", is_(3, "LessThan", "2020-03-01")),
        ("${d} > '2020-02-29'", is_(3, "GreaterThan", "2020-02-29")),
        ("${a} = 'OK'", is_(4, "Eq", True)),
        ("${a} = ''", is_(4, "Eq", False)),
        ("string-length(${t}) = 0", is_(5, "IsEmpty")),
        ("not(${t} = 'Brest')", Not(is_(5, "Eq", "Brest"))),
        ("true()", None),
        ("false()", AnyOf()),
    ],
)
def test_conditions_are_read(relevant: str, expected: Condition | None) -> None:
    assert condition(relevant) == (expected, [])


@pytest.mark.parametrize(
    "relevant",
    [
        *("${n} >", "${later} = 1", "${c} = 'z'", "${c} > 'x'", "${n} + 1 > 3", "${d} > today()", "if(${n}, 1, 2)"),
        *("${t}", "1 = 1", "${n} = 'many'", "(" * 500, "not(" * 40 + "${n} = 1" + ")" * 40, "x" * 30_000, "${z} = 'a'"),
        *("count(${n}) > 2", "${d} < date('2020-02-31')", "${n} > 1e5", "jr:choice-name(${c}, '${c}')", "${n} = -'3'"),
    ],
)
def test_a_condition_that_cannot_be_read_leaves_the_question_shown_and_is_listed(relevant: str) -> None:
    found, listed = condition(relevant)
    assert found is None
    assert [row for row, _ in listed] == [7]
    assert listed[0][1].startswith("relevant: ")


def test_two_linked_lists_become_one_question() -> None:
    choices = [("p", "be", "Bretagne"), ("p", "no", "Normandie"), ("v", "br", "Brest", "be"), ("v", "ca", "Caen", "no")]
    read = survey(
        ["select_one p", "region", "Région"],
        ["select_one v", "ville", "Ville", None, None, "kind=${region}"],
        choices=choices,
    )
    (field,) = read.fields
    assert field.kind == "linked_drop_down_list"
    assert field.options.drop_down_options == ("--Bretagne--", "Brest", "--Normandie--", "Caen")
    assert (field.options.drop_down_secondary_libelle, read.left_out) == ("Ville", ())


def test_lists_that_filter_each_other_in_a_circle_are_offered_whole() -> None:
    read = survey(
        ["select_one l", "a", "A", None, None, "kind=${b}"],
        ["select_one l", "b", "B", None, None, "kind=${c}"],
        ["select_one l", "c", "C", None, None, "kind=${a}"],
        choices=LIST,
    )
    assert [field.kind for field in read.fields] == ["drop_down_list"] * 3
    assert [row for row, _ in left(read)] == [2, 3, 4]


def test_a_question_after_a_group_that_shows_sometimes_does_not_hide_with_it() -> None:
    read = survey(
        ["integer", "n", "N"],
        ["begin_group", "g", "Groupe", "${n} > 3"],
        ["text", "a", "Dedans"],
        ["end_group"],
        ["text", "b", "Dehors"],
    )
    assert [field.label for field in read.fields] == ["N", "Groupe", "Dedans", "Suite", "Dehors"]
    assert left(read) == [(6, "Dehors")]
    assert len(shown_plainly(a_form(*read.fields), {}, TODAY)) == 3


def test_structures_that_do_not_fit_are_listed() -> None:
    read = survey(
        ["end_group"],
        ["begin_repeat", "r", "Bloc"],
        ["begin_repeat", "s", "Dans le bloc"],
        ["text", "t", "Texte"],
        ["end_repeat"],
        ["end_repeat"],
        ["begin_group", "g", "Ouvert"],
        ["select_one absente", "x", "X"],
        ["note", "n", "Note"],
        [None, "sans type", "Perdu"],
    )
    assert [row for row, _ in left(read)] == [2, 4, 9, 11, 8]
    unclosed = survey(["begin_repeat", "r", "Bloc"], ["begin_repeat", "s", "Dans le bloc"], ["text", "t", "Texte"])
    assert [row for row, _ in left(unclosed)] == [3, 3, 2]
    assert [child.label for child in read.fields[0].children] == ["Texte"]


# -- hostile input -------------------------------------------------------------------------------------------------
GOOD = workbook(survey=[["type", "name", "label"], ["text", "a", "A"]])


def repacked(**parts: bytes) -> bytes:
    """The good file with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
    return out.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SHEET % b""


def plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "french"),
    [
        (GOOD[: len(GOOD) // 2], "incomplet ou abîmé"),
        (b"PK\x03\x04" + bytes(500), "incomplet ou abîmé"),
        (plain_zip(), "une archive"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), ".xls"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "UTF-8"),
        (GOOD + bytes(MAX_BYTES), "20 Mo"),
        (repacked(sheet1=SHEET % (b" " * 61_000_000)), "trop grand"),
        (repacked(sheet1=BOMB), "incomplet ou abîmé"),
        (repacked(sheet1=b"<worksheet"), "incomplet ou abîmé"),
        (repacked(workbook=b"<nothing/>"), "survey"),
        (repacked(sheet1=SHEET % (b'<row r="%d"/>' % (MAX_ROWS + 2))), "trop grand"),
        (workbook(feuille=[["type"]]), "« survey »"),
        (workbook(survey=[["nom", "label"], ["a", "A"]]), "« type »"),
        (workbook(survey=[["type", "name"], *[["text", "a"]] * 5_001]), "plus de 5\u00a0000 champs"),
        (workbook(survey=[["type", "label"], *[["begin_group", "g"]] * 5_001]), "plus de 5\u00a0000 champs"),
    ],
    ids=[
        *("truncated", "zeros", "zip", "xls", "png", "large", "bomb", "entities", "not XML", "no book", "far row"),
        *("no survey", "no type", "many", "deep"),
    ],
)
def test_a_file_that_is_no_xlsform_is_refused_with_a_sentence(content: bytes, french: str) -> None:
    with pytest.raises(Refused) as why:
        read_file(content, next_ids())
    assert french in why.value.text.fr
    assert why.value.text.en


def test_a_far_column_is_not_read() -> None:
    wide = SHEET % b'<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="XFD1"><v>1</v></c></row>'
    assert read_xlsform(repacked(sheet1=wide), next_ids()).fields == ()


_cells = (
    st.none() | st.text(max_size=8) | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
)
_types = st.sampled_from(
    [
        "text",
        "begin_group",
        "end group",
        "begin repeat",
        "end_repeat",
        "select_one l",
        "select_multiple l or_other",
        "x",
    ]
)


@given(
    st.lists(st.tuples(_types, _cells, _cells, _cells, _cells, _cells), max_size=8),
    st.lists(st.tuples(_cells, _cells, _cells)),
)
def test_any_sheet_is_read(rows: list[Any], choices: list[Any]) -> None:
    legal = [[re.sub(r"[\x00-\x1f\ufffe\uffff]", "", c) if isinstance(c, str) else c for c in row] for row in rows]
    lists = [[re.sub(r"[\x00-\x1f\ufffe\uffff]", "", c) if isinstance(c, str) else c for c in row] for row in choices]
    header = ["type", "name", "label", "relevant", "constraint", "required"]
    content = workbook(survey=[header, *legal], choices=[["list_name", "name", "label"], *lists])
    procedure = read_xlsform(content, next_ids())
    assert again(replace(procedure, fields=carried(procedure.fields))).title == procedure.title


def test_a_row_of_a_table_that_looks_like_a_heading_stays_an_option() -> None:
    table = Field(
        FieldId(1), "drop_down_list", "Ville", options=ChoiceField.Options(drop_down_table=("v", "0", "--1--"))
    )
    back = again(ImportedProcedure(title="", description="", fields=(table,)))
    assert back.fields[0].options.drop_down_options == ("0", "1")
