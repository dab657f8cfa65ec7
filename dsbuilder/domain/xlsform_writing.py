"""A procedure as an XLSForm, and what XLSForm has no word for, listed in a sheet of the same file."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, fields, replace

from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.entering import clean
from dsbuilder.domain.fields.survey import PLAIN_LIST, SurveyChoice, SurveyQuestion
from dsbuilder.domain.left_out import LeftOut
from dsbuilder.domain.open_data import ImportedProcedure
from dsbuilder.domain.procedure import Field
from dsbuilder.domain.sheets import MAX_CELL, write_sheets
from dsbuilder.domain.texts import Text
from dsbuilder.domain.xlsform_conditions import Asked, Values, write_condition
from dsbuilder.domain.xpath import Unread

SURVEY, CHOICES, SETTINGS, LEFT_OUT = "survey", "choices", "settings", "non_repris"
NO_LABEL = "(sans libellé)"
NO_OPTION = SurveyChoice("(sans option)", "vide")
LONGEST_NAME = 40
_SURVEY_COLUMNS = (
    *("type", "name", "label", "hint", "required", "relevant"),
    *("constraint", "appearance", "choice_filter"),
)
_CHOICE_COLUMNS = ("list_name", "name", "label", "under")
Cells = dict[str, str]

_NO_KIND = Text("ce type de question n’existe pas dans XLSForm", "XLSForm has no such kind of question")
_OTHER_KIND = Text("ce type redeviendra « {name} »", "this kind will come back as “{name}”")
_FOR_AGENTS = Text("XLSForm n’a pas de question réservée aux agents", "XLSForm has no question for agents alone")
_NO_SETTING = Text("XLSForm n’a pas ce réglage", "XLSForm has no such setting")
_OTHER_LEVEL = Text(
    "ce titre n’est pas sous un titre du niveau précédent : son niveau changera",
    "this title is not under one of the level before: its level will change",
)
_CUT = Text("une cellule contient 32 767 caractères au plus : la fin est coupée", "cut: a cell holds 32,767 characters")


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """The file, and what it could not take."""

    content: bytes
    left_out: tuple[LeftOut, ...]


def write_xlsform(procedure: ImportedProcedure) -> WrittenForm:
    """The file of a procedure."""
    writer = _Writer()
    writer.fields(procedure.fields)
    for top in procedure.annotations:
        writer.leave(top.label, top.type.label, _FOR_AGENTS)
    settings = {
        "form_title": procedure.title or NO_LABEL,
        "form_id": _slug(procedure.title, "formulaire"),
        "description": procedure.description,
    }
    sheets = {
        SURVEY: (_SURVEY_COLUMNS, writer.rows),
        CHOICES: (_CHOICE_COLUMNS, writer.choices),
        SETTINGS: (tuple(settings), [settings]),
    }
    if writer.left_out:
        told = [{"row": str(one.row), "what": one.what, "why": one.why.fr} for one in writer.left_out]
        sheets[LEFT_OUT] = (("row", "what", "why"), told)
    return WrittenForm(write_sheets(sheets), tuple(writer.left_out))


@dataclass(slots=True)
class _Writer:
    """The rows so far. Groups that are open are the levels of their titles."""

    rows: list[Cells] = field(default_factory=list)
    choices: list[Cells] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    asked: dict[int, Asked] = field(default_factory=dict)
    names: "_Names" = field(default_factory=lambda: _Names("meta", "instanceid", "instancename", "other"))
    lists: dict[tuple[SurveyChoice, ...], str] = field(default_factory=dict)

    def fields(self, below: tuple[Field, ...]) -> None:
        """The rows of some fields that stand together; a title opens a group until the next of its level."""
        open_levels: list[int] = []
        for one in below:
            question = one.type.to_survey(one.options)
            if question is None:
                self.leave(one.label, one.type.named(one), _NO_KIND)
                self.asked[one.id] = Asked("", one, {})
            elif question.level:
                while open_levels and open_levels[-1] >= question.level:
                    self.end("end_group", open_levels)
                open_levels.append(question.level)
                if question.level != len(open_levels):
                    self.leave(one.label, Text("niveau", "level"), _OTHER_LEVEL)
                self.question(one, question)
            else:
                self.question(one, question)
        while open_levels:
            self.end("end_group", open_levels)

    def end(self, type_name: str, open_levels: list[int]) -> None:
        """Close what was opened last."""
        open_levels.pop()
        self.rows.append({"type": type_name})

    def question(self, one: Field, question: SurveyQuestion) -> None:
        """The row of a field; those of its children, and of its second list, after it."""
        name = self.name(one.label)
        cells = {
            "name": name,
            "label": _label(one.label),
            "hint": _escaped(one.description),
            "required": "yes" if one.required else "",
            "relevant": self.relevant(one),
            "constraint": " and ".join(sorted(question.rules)),
            "appearance": question.appearance,
        }
        kind, values = self.type_and_values(one, question)
        self.rows.append({"type": kind, **cells})
        self.check(one, question)
        if one.type.control is Control.ROWS:
            self.fields(one.children)
            self.rows.append({"type": "end_repeat"})
        if question.second is not None:
            self.second(one, question, name, values)
        self.asked[one.id] = Asked(name, one, values)

    def relevant(self, one: Field) -> str:
        """The condition, or none when it cannot be said."""
        try:
            return write_condition(one.condition, self.asked) if one.condition is not None else ""
        except Unread as unread:
            self.leave(one.label, Text("condition", "condition"), unread.text, ahead=1)
            return ""

    def type_and_values(self, one: Field, question: SurveyQuestion) -> tuple[str, Values]:
        """What stands under "type", its list written before; and what its choices are called."""
        if not question.type.startswith("select"):
            return question.type, one.type.survey_values(question)
        named = self.named(question.choices)
        list_name = self.list_of(named, question.list_name)
        other = " or_other" if question.or_other else ""
        return f"{question.type} {list_name}{other}", one.type.survey_values(replace(question, choices=named))

    def named(self, choices: tuple[SurveyChoice, ...]) -> tuple[SurveyChoice, ...]:
        """The choices with a name each."""
        taken = _Names("other", *(choice.name for choice in choices))
        return tuple(
            choice if choice.name else replace(choice, name=taken.free(_slug(choice.label, "choix")))
            for choice in choices or (NO_OPTION,)
        )

    def list_of(self, choices: tuple[SurveyChoice, ...], wanted: str = "") -> str:
        """The name of the list of such choices, written once."""
        if choices not in self.lists:
            self.lists[choices] = wanted or f"{PLAIN_LIST}{len(self.lists) + 1}"
            for choice in choices:
                told = {"name": choice.name, "label": _escaped(choice.label), "under": _escaped(choice.under)}
                self.choices.append({"list_name": self.lists[choices], **told})
        return self.lists[choices]

    def second(self, one: Field, question: SurveyQuestion, name: str, values: Values) -> None:
        """The second of two linked lists, filtered by the answer to the first."""
        assert question.second is not None
        names = {label: name for name, label in values.items()}
        below = tuple(replace(choice, under=str(names[choice.under])) for choice in question.second.choices)
        list_name = self.list_of(self.named(below))
        cells = {
            "type": f"select_one {list_name}",
            "name": self.name(question.second.label or f"{name}_2"),
            "label": _label(question.second.label),
            "hint": _escaped(question.second.hint),
            "choice_filter": f"under = ${{{name}}}",
        }
        self.rows.append(cells)

    def name(self, label: str) -> str:
        """A name of its own for a question."""
        return self.names.free(_slug(label, "question"))

    # -- what is lost --------------------------------------------------------------------------------------------------
    def leave(self, label: str, what: Text, why: Text, ahead: int = 0) -> None:
        """Note what was not carried, at the row written last or the next."""
        row = max(2, len(self.rows) + 1 + ahead)
        self.left_out.append(LeftOut(SURVEY, row, f"{label[:200]} : {what.fr}" if label else what.fr, why))

    def check(self, one: Field, question: SurveyQuestion) -> None:
        """Note what the row just written does not say of a field."""
        back = one.type.from_survey(question)
        labels = {f.name: f.metadata["label"] for f in fields(one.options)}
        for name in one.type.not_in_survey:
            if getattr(back, name) != getattr(one.options, name):
                self.leave(one.label, labels[name], _NO_SETTING)
        if max(len(one.label), len(one.description)) > MAX_CELL:
            self.leave(one.label, Text("texte", "text"), _CUT)


class _Names:
    """Names that were given, so that each is given once."""

    def __init__(self, *taken: str) -> None:
        self.taken = set(taken)
        self.next: Counter[str] = Counter()

    def free(self, wanted: str) -> str:
        """`wanted`, numbered when it is taken."""
        name = wanted
        while name in self.taken:
            self.next[wanted] += 1
            name = f"{wanted}_{self.next[wanted] + 1}"
        self.taken.add(name)
        return name


def _slug(text: str, otherwise: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("’", " ")).encode("ascii", "ignore").decode()
    slug = "_".join(re.findall(r"[a-z0-9]+", plain.lower()))[:LONGEST_NAME].strip("_")
    return slug if slug[:1].isalpha() else f"{otherwise}_{slug}".rstrip("_")


def _label(text: str) -> str:
    """`text` as a label, which the converter wants to show something."""
    return _escaped(text).strip() if clean(text) else NO_LABEL


def _escaped(text: str) -> str:
    """There, "${" in a text opens the answer to a question; a mark that shows nothing keeps them apart."""
    return text.replace("${", "$\u200b{")
