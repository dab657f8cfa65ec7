"""What is wrong with the conditions of a form, said before anyone fills it: what cannot be compared, what never shows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dsbuilder.domain.condition_words import Fields, comparison_in_words, name_of
from dsbuilder.domain.conditions import Comparison, Condition, comparisons, terms_of
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.fields.operands import Shape, quoted, read
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.proving import Conflict, Demand, Outcome, Prover, Verdict
from dsbuilder.domain.scopes import Placed, Scope, may_compare, scope_of
from dsbuilder.domain.texts import Text


class FindingKind(StrEnum):
    """What a check finds."""

    CANNOT_COMPARE = "cannot_compare"
    NEVER_HOLDS = "never_holds"
    NEVER_SHOWS = "never_shows"
    UNDER_NEVER_SHOWN = "under_never_shown"
    ALWAYS_HOLDS = "always_holds"
    HOLDS_ONCE_ANSWERED = "holds_once_answered"
    NOT_TODAY = "not_today"
    NOT_KNOWN = "not_known"


NEVER_SHOWN = frozenset({FindingKind.NEVER_HOLDS, FindingKind.NEVER_SHOWS})  # these forbid publishing


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about the condition of a field, in words."""

    field: FieldId
    kind: FindingKind
    text: Text


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, in the form's order, and answers that show each field that any do."""

    findings: tuple[Finding, ...]
    witnesses: Mapping[FieldId, Answers]


def check(revision: Revision, today: date) -> Checked:
    """Check every condition of a form, as on that day."""
    prover = Prover(revision, today)
    fields = {id: placed.field for id, placed in prover.scope.items()}
    findings: list[Finding] = []
    witnesses: dict[FieldId, Answers] = {}
    for id, placed in prover.scope.items():
        outcome = prover.can_show(id)
        if outcome.witness is not None:
            witnesses[id] = outcome.witness
        wrong = [Finding(id, FindingKind.CANNOT_COMPARE, text) for text in cannot_compare(placed, prover.scope)]
        findings += wrong or _proven(prover, placed, outcome, fields)
    return Checked(tuple(findings), witnesses)


# -- what cannot be compared ---------------------------------------------------------------------------------------
def cannot_compare_in(revision: Revision) -> dict[FieldId, list[Text]]:
    """What in the conditions of a form makes no sense, by field; nothing is proven, so it takes no time."""
    scope = scope_of(revision)
    return {id: found for id, placed in scope.items() if (found := cannot_compare(placed, scope))}


def cannot_compare(owner: Placed, scope: Scope) -> list[Text]:
    """What in the condition of one field makes no sense, each once."""
    condition = owner.field.condition
    if condition is None:
        return []
    found = [text for comparison in comparisons(condition) if (text := _wrong(comparison, owner, scope)) is not None]
    return list(dict.fromkeys([*found, *([_NO_TERM] if _lacks_terms(condition) else [])]))


def _lacks_terms(condition: Condition) -> bool:
    terms = terms_of(condition)
    return any(map(_lacks_terms, terms)) or (not terms and not isinstance(condition, Comparison))


def _wrong(comparison: Comparison, owner: Placed, scope: Scope) -> Text | None:
    source = scope.get(comparison.source)
    if source is None:
        return _GONE
    wrong = _wrong_source(source, owner) or _wrong_comparison(comparison, source.field)
    return None if wrong is None else wrong[0].format(name=name_of(source.field), **wrong[1])


Wrong = tuple[Text, Mapping[str, Text]]  # a sentence about {name}, and what else fills it


def _wrong_source(source: Placed, owner: Placed) -> Wrong | None:
    if may_compare(source, owner):
        return None if source.field.type.operators else (_ASKS_NOTHING, {})
    if source.id == owner.id:
        return _ITSELF, {}
    return (_LATER if source.position > owner.position else _IN_ROWS), {}


def _wrong_comparison(comparison: Comparison, source: Field) -> Wrong | None:
    criterion = source.type.operators.get(comparison.operator)
    if criterion is None:
        return _NO_OPERATOR, {"kind": source.type.label}
    try:
        operand = read(criterion.shape, comparison.operand)
    except ValueError:
        return _NO_OPERAND, {"operator": criterion.label}
    if criterion.shape not in (Shape.CHOICE, Shape.CHOICES):
        return None
    named = operand if isinstance(operand, frozenset) else frozenset((operand,))
    missing = sorted(named.difference(source.type.choices_for_condition(source.options)))
    return (_NO_OPTION, {"option": quoted(source.type.choice_in_words(missing[0]))}) if missing else None


# -- what is proven ------------------------------------------------------------------------------------------------
def _proven(prover: Prover, placed: Placed, shows: Outcome, fields: Fields) -> Iterator[Finding]:
    id = placed.id
    unseen = next((over for over in prover.over(id) if over.id in prover.unseen), None)
    if unseen is not None:
        yield Finding(id, FindingKind.UNDER_NEVER_SHOWN, _UNDER_NEVER_SHOWN.format(name=name_of(unseen)))
    if unseen is not None or placed.field.condition is None:
        return
    if shows.verdict is not Verdict.POSSIBLE:
        yield _not_shown(prover, id, shows, fields)
        return
    for search, kind, text in _ALWAYS:
        outcome = search(prover, id)
        if outcome.verdict is Verdict.NEVER and not any(conflict.unseen for conflict in outcome.conflicts):
            yield Finding(id, kind, text.format(proof=proof(outcome.conflicts, id, fields)))
            return


def _not_shown(prover: Prover, id: FieldId, shows: Outcome, fields: Fields) -> Finding:
    if shows.verdict is Verdict.UNKNOWN:
        return Finding(id, FindingKind.NOT_KNOWN, _NOT_KNOWN)
    holds = prover.can_hold(id)
    if shows.verdict is Verdict.NOT_TODAY:
        return Finding(id, FindingKind.NOT_TODAY, _NOT_TODAY.format(proof=proof(shows.conflicts, id, fields)))
    if holds.verdict is Verdict.NEVER:
        return Finding(id, FindingKind.NEVER_HOLDS, _NEVER_HOLDS.format(proof=proof(holds.conflicts, id, fields)))
    return Finding(id, FindingKind.NEVER_SHOWS, _NEVER_SHOWS.format(proof=proof(shows.conflicts, id, fields)))


MOST_CONFLICTS = 3  # that a sentence names


def proof(conflicts: tuple[Conflict, ...], id: FieldId, fields: Fields) -> Text:
    """Why nothing can be answered, in words."""
    said = list(dict.fromkeys(_conflict(conflict, id, fields) for conflict in conflicts)) or [_CONTRADICTION]
    shown = said[:MOST_CONFLICTS]
    more = " …" if len(said) > MOST_CONFLICTS else ""
    return Text("\u00a0; ".join(text.fr for text in shown) + more, "; ".join(text.en for text in shown) + more)


def _conflict(conflict: Conflict, id: FieldId, fields: Fields) -> Text:
    if conflict.unseen:
        return _UNSEEN.format(name=name_of(fields[conflict.source]))
    demands = [_demand(demand, id, fields) for demand in conflict.demands]
    if len(demands) == 1:
        return _NO_ANSWER.format(demand=demands[0])
    together = Text(" et ".join(text.fr for text in demands), " and ".join(text.en for text in demands))
    return _EXCLUDE.format(demands=together)


def _demand(demand: Demand, id: FieldId, fields: Fields) -> Text:
    words = comparison_in_words(demand.comparison, fields)
    if not demand.wanted:
        words = _UNWANTED.format(words=words)
    return words if demand.owner == id else _FOR.format(words=words, owner=name_of(fields[demand.owner]))


# -- words ---------------------------------------------------------------------------------------------------------
_GONE = Text(
    "La condition compare une question qui n’est plus dans le formulaire : choisissez-en une autre.",
    "The condition compares a question that is no longer in the form: choose another one.",
)
_ITSELF = Text("La condition de {name} compare {name} : choisissez une autre question.",
               "The condition of {name} compares {name}: choose another question.")  # fmt: skip
_LATER = Text(
    "La condition compare {name}, qui vient après : placez cette question avant, ou choisissez-en une autre.",
    "The condition compares {name}, which comes later: move that question up, or choose another one.",
)
_IN_ROWS = Text(
    "La condition compare {name}, qui se répète dans un bloc : choisissez une question hors du bloc.",
    "The condition compares {name}, which is repeated in a block: choose a question outside the block.",
)
_ASKS_NOTHING = Text(
    "La condition compare {name}, dont la réponse ne se compare pas : choisissez une autre question.",
    "The condition compares {name}, whose answer cannot be compared: choose another question.",
)
_NO_OPERATOR = Text(
    "La condition compare {name} d’une façon qui n’existe pas pour le type « {kind} » : choisissez-en une autre.",
    "The condition compares {name} in a way that the kind “{kind}” does not have: choose another one.",
)
_NO_OPERAND = Text(
    "La condition est incomplète : dites avec quoi comparer après {name} {operator}.",
    "The condition is incomplete: say what to compare with after {name} {operator}.",
)
_NO_OPTION = Text(
    "La condition compare {name} à {option}, qui n’est pas une de ses options : choisissez-en une autre.",
    "The condition compares {name} with {option}, which is not one of its options: choose another one.",
)
_NO_TERM = Text(
    "La condition a un groupe vide : ajoutez-y une comparaison, ou retirez-le.",
    "The condition has an empty group: add a comparison to it, or remove it.",
)
_UNDER_NEVER_SHOWN = Text(
    "Rien ne l’affiche, car {name} ne s’affiche jamais.", "Nothing shows it, because {name} never shows."
)
_CONTRADICTION = Text(
    "ce qui est demandé se contredit", "what is asked for contradicts itself"
)  # no one place says it alone
_NEVER_HOLDS = Text("Cette condition n’est jamais vraie : {proof}.", "This condition never holds: {proof}.")
_NEVER_SHOWS = Text("Aucune réponse ne l’affiche : {proof}.", "No answers show it: {proof}.")
_NOT_TODAY = Text("Aujourd’hui, aucune réponse ne l’affiche : {proof}.", "Today, no answers show it: {proof}.")
_NOT_KNOWN = Text(
    "Cette condition est trop complexe pour savoir si des réponses l’affichent.",
    "This condition is too complex to know whether any answers show it.",
)
_ALWAYS_HOLDS = Text(
    "Cette condition est toujours vraie : elle ne peut être fausse, car {proof}. Retirez-la.",
    "This condition always holds: it cannot be false, as {proof}. Remove it.",
)
_ONCE_ANSWERED = Text(
    "Cette condition est toujours vraie une fois ses questions répondues : {proof}.",
    "This condition always holds once its questions are answered: {proof}.",
)
_UNSEEN = Text("{name} ne s’affiche jamais", "{name} never shows")
_NO_ANSWER = Text("aucune réponse acceptée ne vérifie {demand}", "no accepted answer meets {demand}")
_EXCLUDE = Text("{demands} s’excluent", "{demands} exclude each other")
_UNWANTED = Text("non ({words})", "not ({words})")
_FOR = Text("{words} (pour afficher {owner})", "{words} (to show {owner})")

_ALWAYS: tuple[tuple[Callable[[Prover, FieldId], Outcome], FindingKind, Text], ...] = (
    (Prover.can_fail, FindingKind.ALWAYS_HOLDS, _ALWAYS_HOLDS),
    (Prover.can_fail_answered, FindingKind.HOLDS_ONCE_ANSWERED, _ONCE_ANSWERED),
)
