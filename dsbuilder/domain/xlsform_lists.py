"""The lists of an XLSForm, its sheet "choices"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.fields.survey import SurveyChoice
from dsbuilder.domain.sheets import Row, Sheet
from dsbuilder.domain.xlsform_rows import Columns
from dsbuilder.domain.xlsform_writing import NO_OPTION

_FILTER = re.compile(r"\s*([A-Za-z_][\w.-]*)\s*=\s*\$\{\s*([^\s${}]+)\s*\}\s*")


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """A choice, and its row, whose other columns filters speak of."""

    choice: SurveyChoice
    row: Row


Lists = Mapping[str, tuple[ListedChoice, ...]]


def lists_in(choices: Sheet, columns: Columns) -> Lists:
    """The lists by their names."""
    lists: dict[str, list[ListedChoice]] = {}
    for row in choices.rows:
        name = row["name"] or row["value"]
        label = one_line(columns.pick(row, "label")) or one_line(name)
        list_name = row["list_name"]
        if list_name:
            below = lists.setdefault(list_name, [])
            if label and (label, name) != (NO_OPTION.label, NO_OPTION.name):
                below.append(ListedChoice(SurveyChoice(label, name, one_line(row["under"])), row))
    return {name: tuple(below) for name, below in lists.items()}


def filtered_by(choice_filter: str, name: str) -> str:
    """The column that a filter compares with the answer to `name`; empty for any other filter."""
    match = _FILTER.fullmatch(choice_filter)
    return match[1].lower() if match and match[2] == name else ""
