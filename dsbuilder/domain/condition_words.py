"""Conditions as people read them: Si « Type d’ERP » est « Magasin » et « Surface » > 300."""

from collections.abc import Mapping

from dsbuilder.domain.conditions import All, AnyOf, Comparison, Condition, Not
from dsbuilder.domain.fields.operands import AND, OR, quoted, read, spoken
from dsbuilder.domain.fields.operators import Criterion
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, FieldId
from dsbuilder.domain.texts import Text

Fields = Mapping[FieldId, Field]

_IF = Text("Si {words}", "If {words}")
_IF_NOT = Text("S’{words}", "If {words}")
_NOT = Text("il n’est pas vrai que {words}", "it is not true that {words}")
_ALWAYS, _NEVER = Text("toujours", "always"), Text("jamais", "never")
_GROUP = Text("({words})", "({words})")
_GONE = Text("une question retirée", "a question that was removed")
_UNNAMED = Text("une question sans intitulé", "a question without a label")
_IMPOSSIBLE = Text("est comparée comme elle ne peut pas l’être", "is compared as it cannot be")
_INCOMPLETE = Text("…", "…")


def sentence(condition: Condition | None, fields: Fields) -> Text:
    """A whole condition as a sentence without its point; that of no condition says always."""
    if condition is None or (isinstance(condition, All | AnyOf) and not condition.terms):
        words = _NEVER if isinstance(condition, AnyOf) else _ALWAYS
        return Text(words.fr.capitalize(), words.en.capitalize())
    words = in_words(condition, fields)
    return (_IF_NOT if words.fr.startswith("il ") else _IF).format(words=words)


def in_words(condition: Condition, fields: Fields) -> Text:
    """A condition as part of a sentence."""
    if isinstance(condition, Comparison):
        return comparison_in_words(condition, fields)
    if isinstance(condition, Not):
        return _NOT.format(words=_within(condition.term, fields))
    if not condition.terms:
        return _ALWAYS if isinstance(condition, All) else _NEVER
    if len(condition.terms) == 1:
        return in_words(condition.terms[0], fields)
    terms = [_within(term, fields) for term in condition.terms]
    return _in_a_row(terms, AND if isinstance(condition, All) else OR)


def comparison_in_words(comparison: Comparison, fields: Fields) -> Text:
    """« Surface » > 300."""
    source = fields.get(comparison.source)
    if source is None:
        return Text(f"{_GONE.fr} {_IMPOSSIBLE.fr}", f"{_GONE.en} {_IMPOSSIBLE.en}")
    name = name_of(source)
    criterion = source.type.operators.get(comparison.operator)
    if criterion is None:
        return Text(f"{name.fr} {_IMPOSSIBLE.fr}", f"{name.en} {_IMPOSSIBLE.en}")
    operand = operand_in_words(comparison, source, criterion)
    return Text(
        f"{name.fr} {criterion.label.fr} {operand.fr}".rstrip(), f"{name.en} {criterion.label.en} {operand.en}".rstrip()
    )


def operand_in_words(comparison: Comparison, source: Field, criterion: Criterion) -> Text:
    """What an answer is compared with, three dots when it is missing or of the wrong form."""
    try:
        operand = read(criterion.shape, comparison.operand)
    except ValueError:
        return _INCOMPLETE
    return spoken(criterion.shape, operand, source.type.choice_in_words, comparison.operand, criterion.last)


def name_of(field: Field) -> Text:
    """The label of a field between quotation marks."""
    label = to_text(field.label).strip()
    return quoted(label) if label else _UNNAMED


def _within(condition: Condition, fields: Fields) -> Text:
    """A term of a longer condition, between brackets where it would be misread."""
    words = in_words(condition, fields)
    several = isinstance(condition, All | AnyOf) and len(condition.terms) > 1
    return _GROUP.format(words=words) if several else words


def _in_a_row(terms: list[Text], word: Text) -> Text:
    return Text(word.fr.join(term.fr for term in terms), word.en.join(term.en for term in terms))
