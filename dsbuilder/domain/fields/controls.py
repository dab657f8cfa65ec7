"""The closed vocabulary of controls: a field type asks for one, the pages draw each once."""

from dataclasses import dataclass
from enum import StrEnum


class Control(StrEnum):
    """How an answer is given. Anything new here needs one function in `components/controls.py`."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    LIST = "list"
    MULTIPLE = "multiple"
    LINKED_LISTS = "linked_lists"
    SEARCH = "search"
    PARTS = "parts"  # several short inputs that make one answer
    FILES = "files"
    TABLE = "table"  # of an option: a CSV file that the administrator sends
    MAP = "map"
    HEADING = "heading"
    NOTE = "note"
    ROWS = "rows"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: `value` is kept, `label` is read; `group` is the heading it stands under."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class PartInput:
    """One of the inputs that make one answer together."""

    label: str
    input_type: str = "text"
    autocomplete: str = ""
    inputmode: str = ""
    width: str = "w-md"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the browser is told about an input, as HTML attribute values; empty when it does not apply.

    `width` is the class of a short answer, w-xs, w-sm or w-md; `many` tells a search that several may be chosen,
    `looked_up` that an outside register is asked about the answer.
    """

    input_type: str = "text"
    autocomplete: str = ""
    inputmode: str = ""
    minimum: str = ""
    maximum: str = ""
    step: str = ""
    accept: str = ""
    unit: str = ""
    width: str = ""
    many: bool = False
    looked_up: bool = False
    max_files: int = 0
    max_megabytes: int = 0
    shapes: str = ""  # the kinds that may be drawn, a blank between; empty for all
    layers: str = ""  # of the map, a blank between
