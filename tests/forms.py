"""Forms made in a line, and dossiers that answer them."""

from typing import Any

from dsbuilder.actions import filing
from dsbuilder.actions.context import perform
from dsbuilder.domain.documents import revision_to_json
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from tests.builders import NOW, a_procedure_row, an_actor, an_instructor


def a_field(
    id: int, kind: str = "text", label: str = "", *children: Field, required: bool = True, **options: Any
) -> Field:
    """A field, required unless told otherwise; the rest are its options."""
    type_ = CATALOGUE[kind]
    return Field(
        id=FieldId(id),
        kind=kind,
        label=label or f"Question {id}",
        required=required and type_.asks,
        options=type_.Options(**options),
        children=children,
    )


def a_form(*fields: Field, title: str = "Inscription à la cantine", description: str = "") -> Revision:
    """A form that asks `fields`."""
    return Revision(fields=fields, title=title, description=description)


def an_open_procedure(
    database: Database, *fields: Field, path: str = "cantine", administrator: Actor | None = None
) -> ProcedureRow:
    """A published procedure with one agent."""
    document = revision_to_json(a_form(*fields))
    procedure = a_procedure_row(database, administrator, document=document, path=path)
    an_instructor(database, procedure)
    return procedure


def a_draft(database: Database, path: str = "cantine", applicant: Actor | None = None) -> tuple[Actor, int]:
    """An applicant with a named draft, and its number."""
    applicant = applicant or an_actor(database)
    number = perform(database, filing.start, path, actor=applicant, now=NOW)
    perform(database, filing.identify, number, "Mme", "Camille", "Martin", actor=applicant, now=NOW)
    return applicant, number
