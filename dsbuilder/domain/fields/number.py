"""A number of either sort, as old forms have it; new ones choose whole or decimal."""

from typing import ClassVar

from dsbuilder.domain.fields.base import TEXTS
from dsbuilder.domain.fields.decimal_number import DecimalNumberField
from dsbuilder.domain.texts import Text


class NumberField(DecimalNumberField):
    kind = "number"
    api_name = "NumberChampDescriptor"
    label = Text("Nombre", "Number")
    help = Text(
        "Un nombre entier ou décimal, repris d’un ancien formulaire.", "A whole or decimal number of an old form."
    )
    icon = "hash"
    prefill_example = ""
    may_become: ClassVar[tuple[str, ...]] = ("decimal_number", "integer_number", *TEXTS)
    offered = False
