"""A procedure as our own document: the same bytes for the same procedure, a schema that is kept, sentences for faults."""

import copy
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dsbuilder.domain.conditions import All, Comparison
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.open_data import ImportedProcedure, read_procedure, write_procedure
from dsbuilder.domain.procedure import Field
from dsbuilder.domain.procedure_document import from_document, is_ours, to_bytes, to_document
from dsbuilder.domain.procedure_files import import_report, read_file
from dsbuilder.domain.procedure_schema import schema
from tests.forms import a_field
from tests.strategies import forms, json_values, next_ids

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("DSBUILDER_REAL_PROCEDURES", ROOT.parent / "shared" / "data"))
PUBLISHED = ROOT / "docs" / "procedure.schema.json"
VALIDATOR = Draft202012Validator(schema())
FORM = (
    a_field(1, "header_section", "L’enfant"),
    a_field(2, "text", "Prénom"),
    a_field(
        3, "repetition", "Parents", a_field(4, "phone", "Téléphone"), a_field(5, "integer_number", "Âge", min_number=18)
    ),
    a_field(6, "drop_down_list", "Jour", drop_down_options=("Lundi", "Mardi"), drop_down_other=True),
    replace(a_field(7, "date", "Le"), condition=All((Comparison(FieldId(6), Operator.EQ, "Lundi"),))),
)
CANTEEN = ImportedProcedure("Inscription à la cantine", "Pour l’école", FORM, {"service": {"nom": "Mairie"}})


def _clean(text: str) -> str:
    return one_line(text.replace("\0", ""))


def _cleaned(field: Field) -> Field:
    children = tuple(map(_cleaned, field.children))
    return replace(field, label=_clean(field.label), description=_clean(field.description), children=children)


objects = st.dictionaries(st.text(max_size=8), json_values, max_size=3)


@st.composite
def procedures(draw: st.DrawFn) -> ImportedProcedure:
    """Any procedure that can be kept."""
    form = draw(forms())
    origin = draw(st.fixed_dictionaries({}, optional={"envelope": objects, "revision": objects}))
    fields, annotations = tuple(map(_cleaned, form.fields)), tuple(map(_cleaned, form.annotations))
    title, description = _clean(form.title), _clean(form.description)
    return ImportedProcedure(title, description, fields, draw(objects), origin, annotations=annotations)


def storable(procedure: ImportedProcedure) -> bool:
    return "\\u0000" not in json.dumps(to_document(procedure))


# -- writing and reading again -------------------------------------------------------------------------------------
@given(procedures().filter(storable))
def test_any_procedure_is_read_as_it_was_written(procedure: ImportedProcedure) -> None:
    written = to_bytes(procedure)
    document = json.loads(written)
    VALIDATOR.validate(document)
    again = from_document(document)
    assert again == procedure
    assert to_bytes(again) == written


def test_the_bytes_do_not_depend_on_how_a_file_ordered_its_keys() -> None:
    there = replace(CANTEEN, details={"a": {"b": 1, "c": [{"e": 1, "d": 2}]}, "z": 1})
    back = replace(CANTEEN, details={"z": 1, "a": {"c": [{"d": 2, "e": 1}], "b": 1}})
    assert to_bytes(there) == to_bytes(back)


def test_a_document_reads_well_in_git() -> None:
    text = to_bytes(CANTEEN).decode("utf-8")
    assert text.endswith("}\n") and "\r" not in text and "\\u" not in text
    assert text.startswith(
        '{\n  "format": "dsbuilder/procedure",\n  "version": 1,\n  "title": "Inscription à la cantine"'
    )
    edited = to_bytes(replace(CANTEEN, fields=(*FORM[:1], replace(FORM[1], label="Prénom usuel"), *FORM[2:]))).decode()
    changed = set(text.splitlines()) ^ set(edited.splitlines())
    assert changed == {'      "label": "Prénom",', '      "label": "Prénom usuel",'}


def test_our_document_leads_back_to_the_same_open_data_file() -> None:
    original = json.loads((package_files("dsbuilder.demo") / "terrasse.json").read_bytes())
    ours = json.loads(to_bytes(read_procedure(original, next_ids())))
    assert write_procedure(from_document(ours)) == original


def test_files_are_recognised_by_what_they_hold() -> None:
    open_data = json.dumps(write_procedure(CANTEEN)).encode()
    ours = json.dumps(to_document(CANTEEN)).encode()
    found = read_file(ours + b"\n" + open_data + b"\n", next_ids())
    assert [one.title for one in found] == [CANTEEN.title] * 2
    assert found[0] == CANTEEN
    assert read_file(to_bytes(CANTEEN), next_ids()) == (CANTEEN,)


def test_our_documents_are_counted_too(tmp_path: Path) -> None:
    path = tmp_path / "cantine.procedure.json"
    path.write_bytes(to_bytes(CANTEEN))
    report = import_report(path)
    assert (report.imported, report.publishable, report.fields) == (1, 1, 7)


# -- the schema ----------------------------------------------------------------------------------------------------
def test_the_published_schema_is_the_one_that_the_catalogue_gives() -> None:
    Draft202012Validator.check_schema(schema())
    fresh = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    assert PUBLISHED.read_text(encoding="utf-8") == fresh, (
        "write it again: python -m tests.domain.test_procedure_document"
    )


@pytest.mark.parametrize("name", ["atelier-velo", "terrasse"])
def test_every_demonstration_is_as_the_schema_says(name: str) -> None:
    content = (package_files("dsbuilder.demo") / f"{name}.json").read_bytes()
    (procedure,) = read_file(content, next_ids())
    VALIDATOR.validate(to_document(procedure))


@pytest.fixture(scope="module")
def real() -> tuple[ImportedProcedure, ...]:
    """The real procedures, where they are."""
    path = REAL / "real_procedures.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no real procedures at {path}")
    return read_file(path.read_bytes(), next_ids())


def test_every_real_procedure_is_read_as_it_was_written(real: tuple[ImportedProcedure, ...]) -> None:
    assert all(from_document(json.loads(to_bytes(procedure))) == procedure for procedure in real)


def test_real_procedures_are_as_the_schema_says(real: tuple[ImportedProcedure, ...]) -> None:
    assert all(VALIDATOR.is_valid(to_document(procedure)) for procedure in real[::20])


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _places(item, (*path, key))


PLACES = [path for path in _places(to_document(CANTEEN)) if path]
_others = st.sampled_from([None, True, 0, 7, -1, "", "text", [], ["Lundi"], {}, {"x": 1}, "repetition", "date", 2**60])


@given(st.lists(st.tuples(st.sampled_from(PLACES), _others | st.just("remove")), min_size=1, max_size=3))
def test_what_the_schema_refuses_we_refuse_and_the_reverse(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = to_document(CANTEEN)
    for path, other in changes:
        _set(document, path, other)
    valid = VALIDATOR.is_valid(document)
    try:
        from_document(document)
    except Refused as refused:
        known = "même numéro" in refused.text.fr
        assert refused.text.fr != refused.text.en or known
        assert not valid or known
    else:
        assert valid


def _set(document: Any, path: tuple[Any, ...], other: Any) -> None:
    for key in path[:-1]:
        if not _has(document, key):
            return
        document = document[key]
    if not isinstance(document, dict) and not _has(document, path[-1]):
        return
    if other == "remove":
        document.pop(path[-1], None) if isinstance(document, dict) else document.pop(path[-1])
    else:
        document[path[-1]] = copy.deepcopy(other)


def _has(value: Any, key: Any) -> bool:
    return key in value if isinstance(value, dict) else isinstance(value, list) and key < len(value)


# -- what is wrong -------------------------------------------------------------------------------------------------
def wrong(**changes: Any) -> dict[str, Any]:
    """The document with other keys at its top."""
    return {**to_document(CANTEEN), **changes}


def field_with(**changes: Any) -> dict[str, Any]:
    """A document of one field."""
    return wrong(fields=[{"id": 1, "kind": "text", "label": "Nom", "required": True, **changes}])


def nested(levels: int) -> Any:
    """A condition of so many levels."""
    condition: Any = {"field": 1, "operator": "IsFilled"}
    for _ in range(levels - 1):
        condition = {"not": condition}
    return condition


DEEP: Any = []
for _ in range(500):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("document", "french"),
    [
        ([], "n’est pas un document"),
        ({"format": "other"}, "n’est pas un document"),
        (wrong(version=2), "version 2"),
        (wrong(version="1"), "version 1"),
        (wrong(version=True), "version True"),
        ({"format": "dsbuilder/procedure"}, "version None"),
        ({"format": "dsbuilder/procedure", "version": 1}, "« title » manque"),
        (wrong(title=7), "« title » : on attend un texte"),
        (wrong(colour="bleu"), "« colour » n’est pas connu"),
        (wrong(details=[]), "« details » : on attend un objet"),
        (wrong(fields={}), "« fields » : on attend une liste"),
        (wrong(fields=[7]), "Champ 1 « » : on attend un objet".replace("« »", "«  »")),
        (field_with(kind="teleport"), "Champ 1 « Nom » : le type « teleport » n’existe pas"),
        (field_with(kind=["text"]), "n’existe pas"),
        (field_with(id="1"), "« id » : on attend un nombre entier"),
        (field_with(id=0), "« id » : 1 au moins"),
        (field_with(required="oui"), "« required » : on attend true ou false"),
        (field_with(label="x" * 100_001), "100\u00a0000 caractères au plus"),
        (field_with(options={"max": 3}), "« options » : « max » n’est pas connu"),
        (field_with(children=[{"id": 2, "kind": "text", "required": True}]), "« children » : 0 éléments au plus"),
        (field_with(kind="date", options={"start_date": "27/03/2026"}), "« options.start_date » : « 27/03/2026 »"),
        (field_with(kind="date", options={"start_date": "2026-02-31"}), "une de ses dates n’existe pas"),
        (field_with(kind="decimal_number", options={"min_number": "1e5"}), "« options.min_number »"),
        (field_with(kind="header_section", required=True), "« required »"),
        (field_with(kind="piece_justificative", options={"max_files": 99}), "« options.max_files » : 10 au plus"),
        (field_with(kind="textarea", options={"character_limit": 401}), "« 401 » n’est pas possible"),
        (
            field_with(kind="repetition", children=[{"id": 2, "kind": "repetition", "required": True}]),
            "Champ 1.1 «  » : un bloc répétable",
        ),
        (field_with(condition={"all": [{"field": 1}]}), "« condition.all.0 » : « operator » manque"),
        (
            field_with(condition={"field": 1, "operator": "Near"}),
            "« condition.operator » : « Near » n’est pas possible",
        ),
        (field_with(condition={"any": [], "all": []}), "« condition » : « any » n’est pas connu"),
        (field_with(condition={"field": 1, "operator": "Eq", "operand": {}}), "« condition.operand »"),
        (field_with(condition=nested(21)), "20 niveaux"),
        (field_with(condition=nested(60)), "20 niveaux"),
        (wrong(fields=[*to_document(CANTEEN)["fields"]] * 2), "le même numéro 1"),
        (wrong(fields=[{"id": n, "kind": "text", "required": True} for n in range(1, 5_002)]), "5\u00a0000"),
        (wrong(details=DEEP), "trop de niveaux"),
        (wrong(title="nul \0"), "caractère"),
        (wrong(origin={"envelope": 5}), "« origin.envelope » : on attend un objet"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_each_fault_has_its_sentence(document: Any, french: str) -> None:
    with pytest.raises(Refused) as why:
        from_document(document)
    assert french in why.value.text.fr
    assert why.value.text.en != why.value.text.fr


@given(json_values)
def test_any_json_is_read_or_refused(value: Any) -> None:
    for document in (
        value,
        wrong(fields=value),
        field_with(options=value),
        field_with(origin=value),
        wrong(title=value),
    ):
        try:
            from_document(document)
        except Refused as refused:
            assert refused.text.fr


def test_only_what_says_so_is_ours() -> None:
    assert is_ours(to_document(CANTEEN))
    assert not any(map(is_ours, (None, [], "x", {"title": "Essai", "revision": {}})))


if __name__ == "__main__":
    PUBLISHED.write_text(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
