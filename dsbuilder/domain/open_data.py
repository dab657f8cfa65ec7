"""Procedures in the open-data form of the French State: read into our fields, written back equal when not edited."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dsbuilder.domain.errors import Invalid, Refused
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.base import FieldType, Json
from dsbuilder.domain.fields.entering import flag_in, one_line, text_in
from dsbuilder.domain.left_out import LeftOut
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.texts import Text, in_figures

MAX_FIELDS = 5_000
MAX_DEPTH = 30
CHILDREN = "champDescriptors"
ANNOTATIONS = "annotationDescriptors"  # as the API names them; the published files have none
ENVELOPE = frozenset({"title", "description", "revision"})
ABSENT: Mapping[str, Json] = {}  # in an origin: a key that we write and the original had not; it never holds an object
NO_ID = FieldId(0)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # PostgreSQL keeps neither the null character nor half of a pair

_BY_NAME: dict[str, FieldType] = {
    name: type_ for type_ in CATALOGUE.values() for name in (type_.api_name, *type_.older_api_names)
}
_UNKNOWN = next(type_ for type_ in CATALOGUE.values() if type_.keeps_descriptor)


@dataclass(frozen=True, slots=True)
class ImportedProcedure:
    """What a file tells of one procedure; `details` is all that surrounds the form: service, dates, addresses...

    `origin` keeps what is written otherwise than we would, so that `write_procedure` gives it back; `left_out` lists
    what the file told and we have no place for.
    """

    title: str
    description: str
    fields: tuple[Field, ...] = ()
    details: Mapping[str, Json] = field(default_factory=dict)
    origin: Mapping[str, Json] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    annotations: tuple[Field, ...] = ()

    @property
    def revision(self) -> Revision:
        """The form alone."""
        return Revision(self.fields, self.title, self.description, self.annotations)


# -- reading -------------------------------------------------------------------------------------------------------
def read_procedure(document: Json, next_id: Callable[[], FieldId]) -> ImportedProcedure:
    """The procedure that `document` (what json.loads gave) describes. Raises Refused, and nothing else."""
    if not isinstance(document, dict) or not isinstance(document.get("revision"), dict):
        raise Refused(_NOT_A_PROCEDURE)
    check_storable(document, MAX_DEPTH)
    revision: Mapping[str, Json] = document["revision"]
    descriptors = _list_of_objects(revision.get(CHILDREN))
    try:
        title, description = one_line(text_in(document, "title")), text_in(document, "description")
    except Invalid as invalid:
        raise Refused(invalid.text) from None
    private = revision.get(ANNOTATIONS)
    annotated = private if isinstance(private, list) and all(isinstance(item, dict) for item in private) else []
    _check_count([*descriptors, *annotated])
    fields = tuple(_field(d, next_id, str(i)) for i, d in enumerate(descriptors, start=1))
    annotations = tuple(_field(d, next_id, f"{ANNOTATIONS} {i}") for i, d in enumerate(annotated, start=1))
    envelope = _differing({"title": title, "description": description}, document, ENVELOPE - {"revision"})
    around = {
        key: value for key, value in revision.items() if key != CHILDREN and (key != ANNOTATIONS or not annotated)
    }
    return ImportedProcedure(
        title=title,
        description=description,
        fields=fields,
        details={key: value for key, value in document.items() if key not in ENVELOPE},
        origin={name: kept for name, kept in (("envelope", envelope), ("revision", around)) if kept},
        annotations=annotations,
    )


def _field(descriptor: Mapping[str, Json], next_id: Callable[[], FieldId], place: str, inside: bool = False) -> Field:
    try:
        read = read_field(descriptor)
        if inside and not read.type.may_stand_in_rows:
            raise Invalid(_NESTED)
    except Invalid as invalid:
        raise Refused(_AT.format(place=place, label=_shown_label(descriptor), reason=invalid.text)) from None
    id = next_id()  # before those of its children, so that ids follow the form
    children: tuple[Field, ...] = ()
    if not read.type.may_stand_in_rows:
        below = enumerate(_list_of_objects(descriptor.get(CHILDREN)), start=1)
        children = tuple(_field(child, next_id, f"{place}.{i}", inside=True) for i, child in below)
    written = descriptor_of(read)
    known = descriptor.keys() - ({CHILDREN} if children or not read.type.may_stand_in_rows else set())
    origin = dict(descriptor) if read.type.keeps_descriptor else _differing(written, descriptor, known)
    return replace(read, id=id, children=children, origin=origin or None)


def read_field(descriptor: Mapping[str, Json]) -> Field:
    """One field without its id, children and origin. Raises Invalid."""
    name = descriptor.get("__typename")
    if not isinstance(name, str) or not name:
        raise Invalid(Text("son type (« __typename ») manque.", "its type (“__typename”) is missing."))
    type_ = _BY_NAME.get(name, _UNKNOWN)
    return Field(
        id=NO_ID,
        kind=type_.kind,
        label=one_line(text_in(descriptor, "label")),
        description=text_in(descriptor, "description"),
        required=flag_in(descriptor, "required") and type_.asks,
        options=type_.options_from_descriptor(descriptor),
    )


def _differing(written: Mapping[str, Json], original: Mapping[str, Json], keys: Any) -> dict[str, Json]:
    kept = {key: original[key] for key in original if key in keys and not _same(written, key, original[key])}
    return kept | {key: dict(ABSENT) for key in written if key not in original}


def _same(written: Mapping[str, Json], key: str, value: Json) -> bool:
    return key in written and type(written[key]) is type(value) and bool(written[key] == value)


# -- writing -------------------------------------------------------------------------------------------------------
def write_procedure(procedure: ImportedProcedure) -> dict[str, Json]:
    """The open-data document of a procedure: the imported one again where nothing was edited."""
    now = {"title": procedure.title, "description": procedure.description}
    envelope = _restored(now, procedure.origin.get("envelope", {}), lambda document: _titles(document) == now)
    revision = {**procedure.origin.get("revision", {}), CHILDREN: [write_field(top) for top in procedure.fields]}
    if procedure.annotations:
        revision[ANNOTATIONS] = [write_field(top) for top in procedure.annotations]
    return {**procedure.details, **envelope, "revision": revision}


def _titles(document: Mapping[str, Json]) -> dict[str, str]:
    return {"title": one_line(text_in(document, "title")), "description": text_in(document, "description")}


def write_field(field: Field) -> dict[str, Json]:
    """The descriptor of one field and its children; what the import kept returns where it still means the same."""
    bare = replace(field, id=NO_ID, children=(), origin=None)
    now, origin = descriptor_of(bare), field.origin or {}
    if field.type.keeps_descriptor:
        origin = {**origin, **{key: ABSENT for key in now if key not in origin}}
    written = _restored(now, origin, lambda descriptor: _reads_as(descriptor, bare))
    if not field.type.may_stand_in_rows:
        written[CHILDREN] = [write_field(child) for child in field.children]
    return written


def descriptor_of(field: Field) -> dict[str, Json]:
    """The descriptor of one field without its children, as we write it."""
    return {
        "__typename": field.type.api_name,
        "label": field.label,
        "description": field.description,
        "required": field.required,
        **field.type.descriptor_from_options(field.options),
    }


def _restored(
    written: dict[str, Json], origin: Mapping[str, Json], same: Callable[[Mapping[str, Json]], bool]
) -> dict[str, Json]:
    for key, value in origin.items():
        without = {k: v for k, v in written.items() if k != key}
        candidate = without if key in written and value == ABSENT else {**written, key: value}
        if same(candidate):
            written = candidate
    return written


def _reads_as(descriptor: Mapping[str, Json], field: Field) -> bool:
    try:
        return read_field(descriptor) == field
    except Invalid:
        return False


# -- what is refused -----------------------------------------------------------------------------------------------
def _list_of_objects(value: Json) -> list[Mapping[str, Json]]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Refused(
            Text("« champDescriptors » doit être une liste d’objets.", "“champDescriptors” must be a list of objects.")
        )
    return value


def _check_count(descriptors: list[Mapping[str, Json]]) -> None:
    below = sum(len(d[CHILDREN]) for d in descriptors if isinstance(d.get(CHILDREN), list))
    if len(descriptors) + below > MAX_FIELDS:
        raise Refused(_TOO_MANY.format(limit=in_figures(MAX_FIELDS)))


def check_storable(document: Json, deepest: int) -> None:
    """Raises Refused for what a database cannot keep: too deep, half characters, numbers that are none."""
    for value, depth in _walk(document):
        if depth > deepest:
            raise Refused(_TOO_DEEP)
        if isinstance(value, str) and _UNSTORABLE.search(value):
            raise Refused(_ODD_CHARACTER)
        if isinstance(value, float) and value - value != 0:
            raise Refused(_ODD_NUMBER)


def _walk(document: Json) -> Iterator[tuple[Json, int]]:
    waiting: list[tuple[Json, int]] = [(document, 0)]
    while waiting:
        value, depth = waiting.pop()
        yield value, depth
        if isinstance(value, dict):
            yield from ((key, depth) for key in value)
            waiting += ((item, depth + 1) for item in value.values())
        elif isinstance(value, list):
            waiting += ((item, depth + 1) for item in value)


def _shown_label(descriptor: Mapping[str, Json]) -> str:
    label = descriptor.get("label")
    return label[:60] if isinstance(label, str) else ""


_NOT_A_PROCEDURE = Text(
    "Ce fichier ne décrit pas une démarche : on attend un objet JSON avec « title » et « revision ».",
    "This file does not describe a procedure: a JSON object with “title” and “revision” is expected.",
)
_NESTED = Text("un bloc répétable ne peut pas en contenir un autre.", "a repeatable block cannot hold another one.")
_AT = Text("Champ {place} « {label} » : {reason}", "Field {place} “{label}”: {reason}")
_TOO_MANY = Text(
    "Cette démarche a plus de {limit} champs. Partagez-la en plusieurs démarches.",
    "This procedure has more than {limit} fields. Split it into several procedures.",
)
_TOO_DEEP = Text(
    "Ce fichier imbrique trop de niveaux : ce n’est pas une démarche.",
    "This file nests too many levels: it is not a procedure.",
)
_ODD_CHARACTER = Text(
    "Ce fichier contient un caractère qui ne peut pas être enregistré. Exportez-le à nouveau.",
    "This file contains a character that cannot be stored. Export it again.",
)
_ODD_NUMBER = Text(
    "Ce fichier contient un nombre qui ne peut pas être enregistré. Exportez-le à nouveau.",
    "This file contains a number that cannot be stored. Export it again.",
)
