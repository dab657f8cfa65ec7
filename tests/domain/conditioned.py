"""Forms with conditions and answers to them, drawn from a seed."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from dsbuilder.domain.conditions import Condition, comparisons
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.making_conditions import with_conditions
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.scopes import resolved, scope_of
from tests.forms import a_field

TODAY = date(2026, 3, 27)
ROWS = ("01JQC0000000000000000000AA", "01JQC0000000000000000000BB")
DAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi")
OPTIONS: dict[str, dict[str, Any]] = {
    "drop_down_list": {"drop_down_options": DAYS, "drop_down_other": True},
    "multiple_drop_down_list": {"drop_down_options": DAYS},
    "linked_drop_down_list": {"drop_down_options": ("--Licence--", "Droit")},
}
KINDS = [kind for kind, type_ in CATALOGUE.items() if type_.operators] + ["header_section", "explication"] * 2


def conditioned(field: Field, condition: Condition) -> Field:
    """The same field under a condition."""
    return replace(field, condition=condition)


def a_random_form(random: Random, size: int = 12, annotated: bool = True) -> Revision:
    """A form of any kinds, with titles and blocks, most of its fields under a condition; the last for agents alone."""
    fields = []
    for id in range(1, size + 1):
        if random.random() < 0.2:
            children = [_a_random_field(random, 100 * id + n) for n in range(1, random.randint(2, 5))]
            fields.append(a_field(id, "repetition", "", *children))
        else:
            fields.append(_a_random_field(random, id))
    asked = random.randint(size // 2, size) if annotated else size
    form = Revision(tuple(fields[:asked]), annotations=tuple(fields[asked:]))
    return with_conditions(form, random.randint(0, size * 2), random.randrange(10**9))


def _a_random_field(random: Random, id: int) -> Field:
    kind = random.choice(KINDS)
    level = {"header_section_level": random.randint(1, 3)} if kind == "header_section" else {}
    return a_field(id, kind, **OPTIONS.get(kind, {}), **level)


def random_answers(revision: Revision, random: Random, today: date = TODAY) -> dict[str, Answer]:
    """Answers to some of the questions, those that conditions tell apart among them; some do not parse."""
    values = telling_values(revision, today)
    answers: dict[str, Answer] = {}
    for top in revision.tops:
        rows = random.sample(ROWS, random.randint(0, 2)) if top.children else []
        answers.update({f"{top.id}:{row}": Answer(value=True) for row in rows})
        places = [(f"{child.id}:{row}", child) for row in rows for child in top.children] or [(str(top.id), top)]
        for path, field in places:
            if values[field.id] and random.random() < 0.75:
                answers[path] = Answer(value=random.choice(values[field.id]))
            elif random.random() < 0.2:
                answers[path] = Answer(raw="?")
    return answers


def telling_values(revision: Revision, today: date) -> dict[FieldId, tuple[Any, ...]]:
    """For each field, answers that its form's conditions tell apart."""
    scope = scope_of(revision)
    operands: dict[FieldId, list[Any]] = {id: [] for id in scope}
    for placed in scope.values():
        for comparison in comparisons(placed.field.condition):
            meant = resolved(comparison, placed, scope)
            if meant is not None:
                operands[meant.source.id].append(meant.operand)
    return {
        id: placed.field.type.samples(placed.field.options, operands[id], today).values
        if placed.field.type.asks
        else ()
        for id, placed in scope.items()
    }
