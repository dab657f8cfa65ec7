"""Numbers and the bounds of numbers and dates: is a value within them, and do they make sense."""

from datetime import date
from decimal import Decimal
from typing import Any

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.controls import Attributes
from dsbuilder.domain.texts import Text, in_figures, in_words

Quantity = int | Decimal | date

DIGITS = 15  # before the point: what a browser's own numbers, and the reals of the derived keys, still tell apart
TOO_LONG = Text("Saisissez un nombre de 15 chiffres au plus.", "Enter a number of at most 15 digits.")


def plain(value: Decimal) -> Decimal:
    """`value` without needless zeros, exponent, or a sign before zero."""
    whole = value.to_integral_value()
    return whole + 0 if value == whole else value.normalize()


def attributes_of(options: Any, inputmode: str, step: str) -> Attributes:
    """What the browser is told about a number; a telephone's digits have no minus, so a least below 0 gives them up."""
    least = least_of(options)
    return Attributes(
        inputmode=inputmode if least is None or least >= 0 else "text",
        minimum="" if least is None else str(least),
        maximum="" if options.max_number is None else str(options.max_number),
        step=step,
        width="w-sm",
    )


def least_of(options: Any) -> Any:
    """The least number accepted, None without one: a minimum below zero counts no more when only positive ones are."""
    if not options.positive_number:
        return options.min_number
    return max(0, options.min_number or 0)


def check_between(value: Quantity, least: Any, greatest: Any) -> None:
    """Raises Invalid with the bounds when `value` is outside them."""
    too_small = least is not None and value < least
    too_great = greatest is not None and value > greatest
    if not too_small and not too_great:
        return
    raise Invalid(_sentence(isinstance(value, date), least, greatest))


def least_above_greatest(least: Any, greatest: Any) -> list[Text]:
    """What forbids publishing when nothing is both at least the one and at most the other."""
    if least is None or greatest is None or least <= greatest:
        return []
    kind = _DATES if isinstance(least, date) else _NUMBERS
    return [kind["crossed"].format(least=_spoken(least), greatest=_spoken(greatest))]


def _sentence(dates: bool, least: Any, greatest: Any) -> Text:
    kind = _DATES if dates else _NUMBERS
    which = "between" if None not in (least, greatest) else "least" if greatest is None else "greatest"
    return kind[which].format(least=_spoken(least), greatest=_spoken(greatest))


def _spoken(bound: Any) -> Text:
    if bound is None:
        return Text("", "")
    return in_words(bound) if isinstance(bound, date) else in_figures(bound)


_NUMBERS = {
    "between": Text(
        "Saisissez un nombre compris entre {least} et {greatest}.", "Enter a number from {least} to {greatest}."
    ),
    "least": Text("Saisissez un nombre supérieur ou égal à {least}.", "Enter a number of {least} or more."),
    "greatest": Text("Saisissez un nombre inférieur ou égal à {greatest}.", "Enter a number of {greatest} or less."),
    "crossed": Text(
        "Le minimum ({least}) dépasse le maximum ({greatest}) : corrigez l’un ou l’autre.",
        "The minimum ({least}) is above the maximum ({greatest}): correct one of them.",
    ),
}
_DATES = {
    "between": Text(
        "Saisissez une date comprise entre le {least} et le {greatest}.", "Enter a date from {least} to {greatest}."
    ),
    "least": Text("Saisissez une date à partir du {least}.", "Enter a date from {least} on."),
    "greatest": Text("Saisissez une date jusqu’au {greatest} au plus tard.", "Enter a date up to {greatest}."),
    "crossed": Text(
        "La date de début ({least}) suit la date de fin ({greatest}) : corrigez l’une ou l’autre.",
        "The first date ({least}) comes after the last one ({greatest}): correct one of them.",
    ),
}
