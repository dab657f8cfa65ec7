"""How a condition may compare an answer."""

from enum import StrEnum


class Operator(StrEnum):
    """How a condition may compare an answer; the names are the reference's terms where it has them."""

    EQ = "Eq"
    NOT_EQ = "NotEq"
    LESS = "LessThan"
    LESS_EQ = "LessThanEq"
    GREATER = "GreaterThan"
    GREATER_EQ = "GreaterThanEq"
    INCLUDES = "IncludeOperator"
    EXCLUDES = "ExcludeOperator"
    BETWEEN = "Between"
    OLDER = "OlderThan"
    YOUNGER = "YoungerThan"
    ONE_OF = "OneOf"
    INCLUDES_ALL = "IncludesAll"
    INCLUDES_NONE = "IncludesNone"
    FILLED = "IsFilled"
    EMPTY = "IsEmpty"


ORDERED = (Operator.EQ, Operator.LESS, Operator.LESS_EQ, Operator.GREATER, Operator.GREATER_EQ)
ONE_OF = (Operator.EQ, Operator.NOT_EQ)
MANY_OF = (Operator.INCLUDES, Operator.EXCLUDES)
