"""Procedures in the open-data form: read, written back, and refused when they are none."""

import gzip
import json
import os
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.open_data import ImportedProcedure, read_procedure, write_procedure
from dsbuilder.domain.procedure import Field
from dsbuilder.domain.procedure_files import MAX_BYTES, documents_of, import_report, read_file
from tests.strategies import json_values, next_ids

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("DSBUILDER_REAL_PROCEDURES", ROOT.parent / "shared" / "data"))


def a_descriptor(name: str = "Text", label: str = "Nom", **more: Any) -> dict[str, Any]:
    """The descriptor of one field."""
    return {"__typename": f"{name}ChampDescriptor", "label": label, "description": "", "required": True, **more}


SCHOOL_TRIP: dict[str, Any] = {
    "number": 7,
    "title": " Sortie scolaire",
    "description": "Pour les classes\r\nde la commune",
    "tags": ["école"],
    "service": {"nom": "Mairie", "organisme": "Sainte-Marie"},
    "logo": None,
    "revision": {
        "id": "Revision-1",
        "champDescriptors": [
            a_descriptor("HeaderSection", "La classe", required=False),
            a_descriptor("Text", "École ", description=None),
            a_descriptor("Number", "Nombre d’élèves"),
            a_descriptor(
                "DropDownList", "Jour", options=["Lundi ", "Lundi", "", "--Fin--", "Samedi"], otherOption=True
            ),
            a_descriptor("LinkedDropDownList", "Lieu", options=["--Mer--", "Brest", "--Montagne--"]),
            a_descriptor(
                "Repetition", "Adultes", champDescriptors=[a_descriptor(), a_descriptor("Phone", "Téléphone")]
            ),
            a_descriptor("Telepathy", "Immatriculation", extra={"kept": [1, None, 2.5]}),
            a_descriptor("Address", "Départ", required=False),
            {"__typename": "YesNoChampDescriptor", "label": "Déjà venus ?"},
            {
                "__typename": "HeaderSectionChampDescriptor",
                "label": "Fin",
                "required": True,
                "level": 2,
                "id": "Champ-3",
            },
        ],
    },
}


def read(document: Any) -> ImportedProcedure:
    """The procedure of a document, its fields numbered from 1."""
    return read_procedure(document, next_ids())


def form(*descriptors: Any) -> dict[str, Any]:
    """A document around these descriptors."""
    return {"title": "Essai", "description": "", "revision": {"champDescriptors": list(descriptors)}}


def refused(document: Any) -> str:
    """The French sentence with which a document is refused."""
    with pytest.raises(Refused) as why:
        read(document)
    assert why.value.text.fr != why.value.text.en
    return why.value.text.fr


# -- reading -------------------------------------------------------------------------------------------------------
def test_the_form_is_read_in_its_order_and_numbered_as_it_stands() -> None:
    fields = list(read(SCHOOL_TRIP).revision.walk())
    assert [(field.id, field.kind) for field in fields] == [
        (1, "header_section"),
        (2, "text"),
        (3, "number"),
        (4, "drop_down_list"),
        (5, "linked_drop_down_list"),
        (6, "repetition"),
        (7, "text"),
        (8, "phone"),
        (9, "placeholder"),
        (10, "address"),
        (11, "yes_no"),
        (12, "header_section"),
    ]


def test_labels_and_titles_lose_stray_blanks() -> None:
    procedure = read(SCHOOL_TRIP)
    assert procedure.title == "Sortie scolaire"
    assert procedure.fields[1].label == "École"
    assert procedure.details["service"] == {"nom": "Mairie", "organisme": "Sainte-Marie"}
    assert not {"title", "description", "revision"} & procedure.details.keys()


def test_what_asks_nothing_is_never_required() -> None:
    assert not any(field.required for field in read(SCHOOL_TRIP).fields if not field.type.asks)


def test_a_kind_that_is_not_built_keeps_its_descriptor_whole() -> None:
    field = read(SCHOOL_TRIP).fields[6]
    assert field.kind == "placeholder"
    assert field.label == "Immatriculation"
    assert field.origin == SCHOOL_TRIP["revision"]["champDescriptors"][6]


def test_options_are_read_as_they_stand() -> None:
    field = read(SCHOOL_TRIP).fields[3]
    assert field.options.drop_down_options == ("Lundi ", "Lundi", "", "--Fin--", "Samedi")
    assert field.options.drop_down_other


# -- writing -------------------------------------------------------------------------------------------------------
def test_a_form_that_was_not_edited_is_written_back_equal() -> None:
    document = deepcopy(SCHOOL_TRIP)
    assert write_procedure(read(document)) == SCHOOL_TRIP
    assert document == SCHOOL_TRIP


def test_what_was_edited_replaces_what_was_kept() -> None:
    procedure = read(SCHOOL_TRIP)
    edited: list[Field] = list(procedure.fields)
    edited[1] = replace(edited[1], label="Établissement", description="Son nom")
    edited[6] = replace(edited[6], kind="text", options=CATALOGUE["text"].Options(), label="Plaque")
    edited[9] = replace(edited[9], options=CATALOGUE["header_section"].Options(3))
    written = write_procedure(replace(procedure, title="Voyage", fields=tuple(edited)))
    descriptors = written["revision"]["champDescriptors"]
    assert written["title"] == "Voyage"
    assert (descriptors[1]["label"], descriptors[1]["description"]) == ("Établissement", "Son nom")
    assert (descriptors[6]["__typename"], descriptors[6]["label"]) == ("TextChampDescriptor", "Plaque")
    assert (descriptors[9]["level"], descriptors[9]["required"]) == (3, True)
    assert descriptors[:1] == SCHOOL_TRIP["revision"]["champDescriptors"][:1]


def test_a_new_form_is_written_and_read_again() -> None:
    fields = read(SCHOOL_TRIP).fields
    bare = tuple(replace(field, origin=None, id=fields[0].id) for field in fields if not field.children)
    again = read(write_procedure(ImportedProcedure("Essai", "", bare)))
    named = [(field.kind, field.label, field.options) for field in bare]
    assert [(field.kind, field.label, field.options) for field in again.fields] == named


@pytest.mark.parametrize(
    ("name", "kind"), [("Number", "number"), ("ExpressionReguliere", "formatted"), ("Telepathy", "placeholder")]
)
def test_older_and_later_names_are_read_and_written_back_equal(name: str, kind: str) -> None:
    whole = a_descriptor(
        name, " Ancien ", id="Champ-12", expressionReguliere="^[A-Z]+$", deeper={"kept": [1, {"x": None}]}
    )
    bare = {"__typename": f"{name}ChampDescriptor"}
    inside = a_descriptor("Repetition", "Bloc", champDescriptors=[whole, bare])
    document = form(whole, bare, inside)
    read_again = read(document)
    assert [field.kind for field in read_again.revision.walk()] == [kind, kind, "repetition", kind, kind]
    assert write_procedure(read_again) == document


def test_the_envelope_and_keys_of_no_known_meaning_come_back() -> None:
    document = {
        **form(a_descriptor()),
        "title": " Essai\r\n ",
        "unknown": {"a": [1.5, None]},
        "number": 7,
        "revision": {"id": "UmV2aXNpb24tMQ==", "datePublication": None, "champDescriptors": [a_descriptor()]},
    }
    assert write_procedure(read(document)) == document
    without = {"title": "Essai", "revision": {}}
    assert write_procedure(read(without)) == {**without, "revision": {"champDescriptors": []}}


_descriptors = st.fixed_dictionaries(
    {"__typename": st.sampled_from([*(type_.api_name for type_ in CATALOGUE.values()), "DivinationChampDescriptor"])},
    optional={
        "label": st.text(max_size=8) | st.none(),
        "description": st.text(max_size=8) | st.none(),
        "required": st.booleans() | st.none(),
        "options": st.lists(st.text(max_size=5), max_size=3) | st.none(),
        "otherOption": st.booleans() | st.none(),
        "level": json_values,
        "collapsibleExplanationText": st.text(max_size=5) | st.none(),
        "id": json_values,
    },
)


@given(st.lists(_descriptors, max_size=4), st.lists(_descriptors, max_size=2), st.dictionaries(st.text(), json_values))
def test_whatever_is_read_is_written_back_equal(tops: list[Any], inside: list[Any], around: dict[str, Any]) -> None:
    children = [child for child in inside if not child["__typename"].startswith("Repetition")]
    for top in tops:
        if top["__typename"].startswith("Repetition"):
            top["champDescriptors"] = children
    document = {**around, "title": " Essai", "description": None, "revision": {**around, "champDescriptors": tops}}
    before = json.dumps(document)
    try:
        procedure = read(document)
    except Refused:
        return
    assert json.dumps(document) == before
    assert write_procedure(procedure) == document


# -- hostile input -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("document", "french"),
    [
        (None, "ne décrit pas une démarche"),
        ([], "ne décrit pas une démarche"),
        ({"title": "Essai"}, "ne décrit pas une démarche"),
        ({"title": "Essai", "revision": []}, "ne décrit pas une démarche"),
        ({"title": 12, "revision": {}}, "doit être un texte"),
        ({"title": "Essai", "revision": {"champDescriptors": {}}}, "liste d’objets"),
        (form("Text"), "liste d’objets"),
        (form({}), "son type"),
        (form({"__typename": 12}), "son type"),
        (form(a_descriptor(label=12)), "doit être un texte"),
        (form(a_descriptor(), a_descriptor(required="oui")), "Champ 2"),
        (form(a_descriptor("DropDownList", options="a,b")), "liste de textes"),
        (form(a_descriptor("DropDownList", options=[1])), "liste de textes"),
        (form(a_descriptor("DropDownList", otherOption=1)), "true"),
        (form(a_descriptor("Repetition", champDescriptors=[[]])), "liste d’objets"),
        (form(a_descriptor("Repetition", champDescriptors=[a_descriptor("Repetition")])), "Champ 1.1"),
        (form(a_descriptor(label="x" * 100_001)), "trop long"),
        (form(a_descriptor(label="nul \0")), "caractère"),
        (form(a_descriptor(label="demi \ud800")), "caractère"),
        (form(a_descriptor(extra=float("inf"))), "nombre"),
        (form(*[a_descriptor()] * 5001), "plus de 5\u00a0000 champs"),
        (form(a_descriptor("Repetition", champDescriptors=[a_descriptor()] * 5000)), "plus de 5\u00a0000 champs"),
    ],
    ids=str,
)
def test_what_is_not_a_procedure_is_refused_with_a_sentence(document: Any, french: str) -> None:
    assert french in refused(document)


def test_a_form_nested_too_deep_is_refused() -> None:
    deep: Any = []
    for _ in range(500):
        deep = [deep]
    assert "trop de niveaux" in refused(form(a_descriptor(extra=deep)))


@given(json_values)
def test_any_json_is_read_or_refused(value: Any) -> None:
    for document in (value, form(value), {"title": value, "revision": value}, form(a_descriptor(options=value))):
        try:
            read(document)
        except Refused as why:
            assert why.text.fr and why.text.en


# -- files ---------------------------------------------------------------------------------------------------------
ONE = json.dumps(SCHOOL_TRIP).encode()


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (ONE, 1),
        (b"\xef\xbb\xbf" + ONE, 1),
        (json.dumps(SCHOOL_TRIP, indent=1, ensure_ascii=False).encode(), 1),
        (ONE + b"\n", 1),
        (ONE + b"\r\n\n" + ONE + b"\n", 2),
        (b"[" + ONE + b"," + ONE + b"]", 2),
        (gzip.compress(ONE + b"\n" + ONE), 2),
        (gzip.compress(ONE + b"\n") + gzip.compress(ONE), 2),
    ],
    ids=["one", "marked", "indented", "line", "lines", "list", "compressed", "compressed twice"],
)
def test_a_file_holds_one_procedure_or_several(content: bytes, count: int) -> None:
    ids = next_ids()
    procedures = read_file(content, ids)
    assert [procedure.title for procedure in procedures] == ["Sortie scolaire"] * count
    assert len({field.id for procedure in procedures for field in procedure.fields}) == 10 * count


@pytest.mark.parametrize(
    ("content", "french"),
    [
        (b"", "vide"),
        (b" \n ", "vide"),
        (b"[]", "vide"),
        (ONE[:-20], "pas du JSON valide (ligne 1"),
        (ONE + b"\n" + ONE[:40], "pas du JSON valide (ligne 2"),
        (b"12", "ne décrit pas une démarche"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "ni du texte en UTF-8"),
        ("été".encode("latin-1"), "ni du texte en UTF-8"),
        (gzip.compress(ONE)[:-12], "incomplet ou abîmé"),
        (b"\x1f\x8bnon", "incomplet ou abîmé"),
        (b'{"title": NaN}', "pas du JSON valide"),
        (b'{"title": ' + b"9" * 5000 + b"}", "pas du JSON valide"),
        (b"[" * 100_000, "pas du JSON valide"),
        (b'{"a":' * 100_000, "pas du JSON valide"),
        (b" " * (MAX_BYTES + 1), "dépasse 20 Mo"),
        (gzip.compress(b" " * 60_000_001), "dépasse 20 Mo"),
        (b"{}\n" * 501, "plus de 500 démarches"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content: bytes, french: str) -> None:
    with pytest.raises(Refused) as why:
        read_file(content, next_ids())
    assert french in why.value.text.fr


@given(st.binary(max_size=200) | st.binary(max_size=60).map(gzip.compress))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        list(documents_of(content))
    except Refused as why:
        assert why.text.fr


def test_a_report_counts_what_imports_and_what_publishes(tmp_path: Path) -> None:
    path = tmp_path / "procedures.jsonl"
    lines = [SCHOOL_TRIP, form(a_descriptor()), form({}), form(a_descriptor("Divination"), a_descriptor("Divination"))]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    report = import_report(path)
    assert (report.imported, report.publishable, report.fields) == (3, 1, 15)
    assert report.placeholders == Counter({"Divination": 2, "Telepathy": 1})
    assert [position for position, _ in report.refused] == [3]


# -- the real ones -------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def real_procedures() -> Path:
    """The file of real procedures, where it is; it is never copied into the project."""
    path = REAL / "real_procedures.jsonl.gz" if REAL.is_dir() else REAL
    if not path.is_file():
        pytest.skip(f"no real procedures at {path}")
    return path


def test_every_real_procedure_imports_and_many_publish(real_procedures: Path) -> None:
    report = import_report(real_procedures)
    assert (report.imported, report.refused) == (304, [])
    assert report.publishable >= 76


@pytest.fixture(scope="module")
def imported(real_procedures: Path) -> tuple[ImportedProcedure, ...]:
    """Every real procedure, imported as an upload is."""
    return read_file(real_procedures.read_bytes(), next_ids())


def test_every_real_procedure_is_written_back_equal(
    real_procedures: Path, imported: tuple[ImportedProcedure, ...]
) -> None:
    with gzip.open(real_procedures, "rt", encoding="utf-8") as lines:
        for document, procedure in zip(map(json.loads, lines), imported, strict=True):
            assert write_procedure(procedure) == document, document["number"]


def test_every_list_of_the_real_procedures_can_be_answered(imported: tuple[ImportedProcedure, ...]) -> None:
    for procedure in imported:
        for field in procedure.revision.walk():
            for choice in field.type.choices(field.options, "fr")[:3]:
                value = field.type.parse(choice.value, field.options)
                assert choice.value in field.type.chosen(value) or choice.value == "false"
