"""The words of XLSForm's sheets: which columns, which language, which type."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dsbuilder.domain.sheets import Row
from dsbuilder.domain.texts import Text, fold

FLAGS = {
    **dict.fromkeys(("yes", "true", "true()", "oui", "1", "x"), True),
    **dict.fromkeys(("", "no", "false", "false()", "non", "0"), False),
}
NOT_ASKED = frozenset(
    {
        *{"start", "end", "today", "deviceid", "phonenumber", "username", "email", "simserial", "subscriberid"},
        *{"audit", "calculate", "hidden", "start-geopoint", "background-audio", "background-geopoint"},
        *{"csv-external", "xml-external"},
    }
)
NOT_HERE = Text(
    "ce type n’existe pas encore ici : choisissez-en un autre avant de publier",
    "this kind does not exist here yet: choose another one before publishing",
)
_SYNONYMS = {
    **{"int": "integer", "string": "text", "photo": "image", "datetime": "dateTime", "trigger": "acknowledge"},
    **{"begin_lgroup": "begin_repeat", "end_lgroup": "end_repeat", "decimals": "decimal", "select1": "select_one"},
}
_SELECT = re.compile(r"(select[ _]?(?:one|1|multiple|all that apply))(?: from)? +(\S+)(.*)", re.IGNORECASE)
_SPOKEN = ("label", "hint")
_READ = frozenset(
    {
        *{"type", "name", "label", "hint", "required", "relevant", "constraint", "appearance", "choice_filter"},
        *{"disabled", "list_name", "under"},
    }
)


@dataclass(frozen=True, slots=True)
class SurveyType:
    """What stands under "type", taken apart."""

    name: str
    list_name: str = ""
    or_other: bool = False


def survey_type(text: str) -> SurveyType:
    """`select one days or_other`, `begin group`, `integer`... in one way of writing them."""
    tidy = " ".join(text.split())
    match = _SELECT.fullmatch(tidy)
    if match:
        name = "select_one" if match[1].lower().endswith(("one", "1")) else "select_multiple"
        return SurveyType(name, match[2], match[3].strip().lower() in ("or_other", "or other", "or specify other"))
    name = re.sub(r"^(begin|end) ", r"\1_", tidy.lower())
    return SurveyType(_SYNONYMS.get(name, name if name != "datetime" else "dateTime"))


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the words that people read, the wanted language first."""

    spoken: dict[str, tuple[str, ...]]
    other_languages: tuple[str, ...]
    names: tuple[str, ...]

    def pick(self, row: Row, name: str) -> str:
        """The label or hint of a row, in the first language that it has."""
        return next((row[column] for column in self.spoken[name] if row[column]), "")


def columns_of(names: tuple[str, ...], default_language: str) -> Columns:
    """French first, then the column without a language, then the default one, then any."""

    def rank(column: str) -> tuple[bool, bool, bool]:
        language = column.partition("::")[2]
        return not _is_french(language), bool(language), fold(language) != fold(default_language)

    spoken = {name: tuple(sorted((c for c in names if c.partition("::")[0] == name), key=rank)) for name in _SPOKEN}
    others = tuple(column for columns in spoken.values() for column in columns[1:])
    return Columns(spoken, others, names)


def _is_french(language: str) -> bool:
    return bool(re.match(r"fr\b|fran|french|.*\(fr\b", fold(language)))


def unread_cells(row: Row, columns: Columns) -> Iterator[tuple[str, str]]:
    """The cells of a row in columns that we do not know."""
    for column, text in row.cells.items():
        if column.partition("::")[0] not in _READ:
            yield column, text
