"""An XLSForm as a procedure: what both have is carried over, all else is listed with its row and the reason."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from dsbuilder.domain.conditions import All, Condition
from dsbuilder.domain.editing import MAX_FIELDS
from dsbuilder.domain.errors import Invalid, Refused
from dsbuilder.domain.fields import CATALOGUE
from dsbuilder.domain.fields.base import FieldType, options_to_json
from dsbuilder.domain.fields.entering import clean, one_line
from dsbuilder.domain.fields.survey import SecondList, SurveyQuestion, rules_in
from dsbuilder.domain.left_out import LeftOut
from dsbuilder.domain.open_data import ImportedProcedure
from dsbuilder.domain.procedure import Field, FieldId
from dsbuilder.domain.sheets import Row, Sheet, read_sheets
from dsbuilder.domain.texts import Text
from dsbuilder.domain.xlsform_conditions import Asked, read_condition
from dsbuilder.domain.xlsform_lists import Lists, filtered_by, lists_in
from dsbuilder.domain.xlsform_rows import (
    FLAGS,
    NOT_ASKED,
    NOT_HERE,
    Columns,
    SurveyType,
    columns_of,
    survey_type,
    unread_cells,
)
from dsbuilder.domain.xlsform_writing import CHOICES, NO_LABEL, SETTINGS, SURVEY
from dsbuilder.domain.xpath import Unread

_NEXT = Text("Suite", "Continued")
_KEPT = next(type_ for type_ in CATALOGUE.values() if type_.keeps_descriptor)
_READ_SETTINGS = {"form_title", "form_id", "version", "default_language", "description"}


def read_xlsform(content: bytes, next_id: Callable[[], FieldId]) -> ImportedProcedure:
    """The procedure of a workbook. Raises Refused, and nothing else."""
    sheets = read_sheets(content)
    survey = sheets.get(SURVEY)
    if survey is None or "type" not in survey.columns:
        raise Refused(_NO_SURVEY)
    settings = next(iter(sheets.get(SETTINGS, Sheet()).rows), Row(2, {}))
    try:
        reader = _Reader(next_id, survey, sheets.get(CHOICES, Sheet()), settings["default_language"])
        fields = reader.read()
        for column in settings.cells.keys() - _READ_SETTINGS:
            reader.leave(column, _NO_SUCH_SETTING, SETTINGS, settings.number)
        title, description = one_line(settings["form_title"]), clean(settings["description"])
    except Invalid as invalid:
        raise Refused(invalid.text) from None
    title = "" if title == NO_LABEL else title
    return ImportedProcedure(title, description, fields, left_out=tuple(reader.left_out))


@dataclass(slots=True)
class _Open:
    """A group, a block or the form itself while its rows are read."""

    type: str
    below: list[Field]
    level: int = 0  # how many groups it stands in, itself too
    title: Field | None = None
    row: int = 1
    after: tuple[str, bool] | None = None  # the group that ended last, and whether it had a condition


@dataclass(slots=True)
class _Reader:
    """What was read so far."""

    next_id: Callable[[], FieldId]
    survey: Sheet
    choices: Sheet
    default_language: str
    left_out: list[LeftOut] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    count: int = 0
    lists: Lists = field(default_factory=dict)
    columns: Columns = field(init=False)
    open: list[_Open] = field(init=False)
    skip: bool = False

    def __post_init__(self) -> None:
        self.columns = columns_of(self.survey.columns, self.default_language)
        self.lists = lists_in(self.choices, columns_of(self.choices.columns, self.default_language))
        self.open = [_Open("", [])]

    def leave(self, what: str, why: Text, sheet: str = SURVEY, row: int = 0) -> None:
        """Note what is not carried over."""
        self.left_out.append(LeftOut(sheet, row, what[:200], why))

    def read(self) -> tuple[Field, ...]:
        """The fields of the form."""
        for sheet, columns in ((SURVEY, self.survey.columns), (CHOICES, self.choices.columns)):
            for other in columns_of(columns, self.default_language).other_languages:
                self.leave(other, _ONE_LANGUAGE, sheet, 1)
        rows = self.survey.rows
        for at, row in enumerate(rows):
            if self.skip:
                self.skip = False
            elif row["type"] and row["disabled"].lower() not in ("yes", "true"):
                self.row(row, rows[at + 1] if at + 1 < len(rows) else None)
            elif row.cells:
                self.leave(row["name"] or row["label"], _NO_TYPE, row=row.number)
        while len(self.open) > 1:
            self.leave(self.open[-1].type, _NOT_CLOSED, row=self.open[-1].row)
            self.close("end_group" if self.open[-1].type == "begin_group" else "end_repeat", self.open[-1].row)
        return tuple(self.open[0].below)

    def row(self, row: Row, following: Row | None) -> None:
        """One row that has a type."""
        type_ = survey_type(row["type"])
        if type_.name in ("end_group", "end_repeat"):
            self.close(type_.name, row.number)
        elif type_.name in NOT_ASKED:
            self.leave(f"{row['type']} {row['name']}", _NOT_ASKED, row=row.number)
        elif type_.name == "begin_group":
            self.begin_group(row)
        elif type_.name == "begin_repeat":
            self.begin_repeat(row)
        else:
            self.add(row, *self.question(row, type_, following))

    # -- what holds others -------------------------------------------------------------------------------------------
    def begin_group(self, row: Row) -> None:
        """A group is a title of the level at which it stands."""
        level = self.open[-1].level + 1
        if level > 3:
            self.leave(self.label(row), _TOO_DEEP, row=row.number)
        question = SurveyQuestion("begin_group", level=level)
        self.open[-1].after = None
        title = self.add(row, question, required=False)
        self.open.append(_Open("begin_group", self.open[-1].below, level, title, row.number))

    def begin_repeat(self, row: Row) -> None:
        """A repeat is a block; one within another is asked once in each row."""
        if any(one.type == "begin_repeat" for one in self.open):
            self.leave(self.label(row), _NESTED, row=row.number)
            self.open.append(_Open("nested", self.open[-1].below, self.open[-1].level, row=row.number))
            return
        block = self.add(row, SurveyQuestion("begin_repeat"))
        self.open.append(_Open("begin_repeat", [], 0, block, row.number))

    def close(self, type_name: str, number: int) -> None:
        """What was opened last ends."""
        wanted = "begin_" + type_name.removeprefix("end_")
        opened = self.open[-1]
        if opened.type != wanted and not (opened.type == "nested" and wanted == "begin_repeat"):
            self.leave(type_name, _NOT_OPENED, row=number)
            return
        self.open.pop()
        if opened.type == "begin_group" and opened.title is not None:
            self.open[-1].after = opened.title.label, opened.title.condition is not None
        elif opened.type == "begin_repeat" and opened.title is not None:
            below = self.open[-1].below
            below[below.index(opened.title)] = replace(opened.title, children=tuple(opened.below))
            inside = {child.id for child in opened.below}
            self.asked = {name: one for name, one in self.asked.items() if one.field.id not in inside}

    # -- questions ---------------------------------------------------------------------------------------------------
    def question(self, row: Row, type_: SurveyType, following: Row | None) -> tuple[SurveyQuestion, bool]:
        """A question as its type will read it, and whether it must be answered."""
        choices = self.lists.get(type_.list_name, ())
        if type_.list_name and type_.list_name not in self.lists:
            self.leave(f"{row['type']} {row['name']}", _NO_LIST, row=row.number)
        question = SurveyQuestion(
            type_.name,
            row["appearance"],
            rules_in(row["constraint"], type_.name),
            type_.list_name,
            tuple(one.choice for one in choices),
            type_.or_other,
        )
        second = None if following is None else self.second(row["name"], question, following)
        if second is not None:
            self.skip = True
            question = replace(question, second=second)
        if row["choice_filter"]:
            self.leave(f"choice_filter: {row['choice_filter']}", _NO_FILTER, row=row.number)
        return question, self.required(row)

    def second(self, name: str, question: SurveyQuestion, following: Row) -> SecondList | None:
        """The next row, when it is a list that the answer to this one filters."""
        type_ = survey_type(following["type"])
        column = filtered_by(following["choice_filter"], name)
        if question.type != "select_one" or type_.name != "select_one" or not column or question.or_other:
            return None
        if type_.or_other or not name or type_.list_name not in self.lists:
            return None
        labels = {one.name: one.label for one in question.choices}
        below = tuple(
            replace(one.choice, under=labels[one.row[column]])
            for one in self.lists[type_.list_name]
            if one.row[column] in labels
        )
        for unread in ("required", "relevant", "constraint"):
            if following[unread] and unread != "required":
                self.leave(f"{unread}: {following[unread]}", _WITH_THE_FIRST, row=following.number)
        label = self.label(following)
        return SecondList(label, clean(self.columns.pick(following, "hint")), below)

    def add(self, row: Row, question: SurveyQuestion, required: bool | None = None) -> Field:
        """A field more, where the reading stands."""
        self.count += 1
        if self.count > MAX_FIELDS:
            raise Refused(_TOO_MANY)
        if question.type != "begin_group":
            self.after_a_group(row)
        type_, options = _read_by(question)
        if type_ is _KEPT:
            self.leave(f"{row['type']} {row['name']}", NOT_HERE, row=row.number)
        made = Field(
            id=self.next_id(),
            kind=type_.kind,
            label=self.label(row),
            description=clean(self.columns.pick(row, "hint")),
            required=(self.required(row) if required is None else required) and type_.asks,
            options=options,
            condition=self.condition(row),
            origin={"__typename": question.type} if type_ is _KEPT else None,
        )
        self.open[-1].below.append(made)
        self.note_unread(row, type_, options, question)
        if row["name"] and type_ is not _KEPT:
            self.asked[row["name"]] = Asked(row["name"], made, type_.survey_values(question))
        return made

    def after_a_group(self, row: Row) -> None:
        """Here a title covers what follows it: after a group that shows only sometimes, another title opens."""
        opened = self.open[-1]
        if opened.after is None:
            return
        label, conditional = opened.after
        opened.after = None
        if not conditional:
            self.leave(self.label(row), _UNDER.format(title=label), row=row.number)
            return
        self.leave(self.label(row), _TITLE_ADDED.format(title=_NEXT), row=row.number)
        type_, options = _read_by(SurveyQuestion("begin_group", level=opened.level + 1))
        opened.below.append(Field(self.next_id(), type_.kind, _NEXT.fr, required=False, options=options))

    def note_unread(self, row: Row, type_: FieldType, options: Any, question: SurveyQuestion) -> None:
        """List what the row says besides."""
        told = type_.to_survey(options) or SurveyQuestion("")
        if question.appearance and question.appearance != told.appearance:
            self.leave(f"appearance: {question.appearance}", _APPEARANCE, row=row.number)
        for rule in sorted(question.rules - told.rules):
            self.leave(f"constraint: {rule}", _RULE, row=row.number)
        for column, text in unread_cells(row, self.columns):
            self.leave(f"{column}: {text}", _NO_COLUMN, row=row.number)

    def label(self, row: Row) -> str:
        """What is asked."""
        label = one_line(self.columns.pick(row, "label"))
        return "" if label == NO_LABEL else label

    def required(self, row: Row) -> bool:
        """Whether it must be answered; an expression is not read."""
        said = FLAGS.get(row["required"].lower().replace(" ", ""))
        if said is None:
            self.leave(f"required: {row['required']}", _REQUIRED, row=row.number)
        return bool(said)

    def condition(self, row: Row) -> Condition | None:
        """When it shows; always, when that cannot be read."""
        if not row["relevant"]:
            return None
        try:
            found = read_condition(row["relevant"], self.asked)
        except Unread as unread:
            self.leave(f"relevant: {row['relevant']}", _ALWAYS.format(why=unread.text), row=row.number)
            return None
        return None if found == All() else found


def _read_by(question: SurveyQuestion) -> tuple[FieldType, Any]:
    """The type that reads a question, the one that says all of it before one that says less."""
    found = [(type_, options) for type_ in CATALOGUE.values() if (options := type_.from_survey(question)) is not None]
    if not found:
        return _KEPT, _KEPT.Options()
    # of several that say as much, the one that needs the fewest settings for it
    return min(found, key=lambda one: (_unlike(one[0].to_survey(one[1]), question), len(options_to_json(one[1]))))


def _unlike(told: SurveyQuestion | None, question: SurveyQuestion) -> tuple[bool, ...]:
    if told is None:
        return (True,)
    lists = told.list_name != question.list_name if told.list_name else True
    return told.type != question.type, told.rules != question.rules, told.appearance != question.appearance, lists


_NO_SURVEY = Text(
    "Ce classeur n’est pas un XLSForm : on attend une feuille « survey » avec une colonne « type ».",
    "This workbook is not an XLSForm: a sheet “survey” with a column “type” is expected.",
)
_TOO_MANY = Text(
    "Cette démarche a plus de 5\u00a0000 champs. Partagez-la en plusieurs démarches.",
    "This procedure has more than 5,000 fields. Split it into several procedures.",
)
_NO_SUCH_SETTING = Text("ce réglage n’existe pas ici", "there is no such setting here")
_ONE_LANGUAGE = Text("un formulaire a ici une seule langue", "a form has one language here")
_NO_TYPE = Text("cette ligne n’a pas de type, ou est désactivée", "this row has no type, or is disabled")
_NOT_CLOSED = Text(
    "sa fin manque : il va jusqu’à la fin du formulaire", "its end is missing: it goes on to the form’s end"
)
_NOT_OPENED = Text("rien de tel n’est ouvert à cet endroit", "nothing of the sort is open there")
_NOT_ASKED = Text("ce n’est pas une question posée à l’usager", "this is no question asked of the applicant")
_TOO_DEEP = Text("il y a trois niveaux de titres ici", "there are three levels of titles here")
_NESTED = Text(
    "un bloc répétable ne peut pas en contenir un autre : ses questions sont posées une fois par ligne",
    "a repeatable block cannot hold another one: its questions are asked once in each row",
)
_NO_LIST = Text("sa liste de choix manque dans la feuille « choices »", "its list is missing from the sheet “choices”")
_NO_FILTER = Text("le filtre n’est pas repris : tous les choix sont proposés", "not carried: all choices are offered")
_WITH_THE_FIRST = Text("les deux listes liées sont une seule question ici", "two linked lists are one question here")
_UNDER = Text("ici cette question se trouve sous le titre « {title} »", "here this question stands under “{title}”")
_TITLE_ADDED = Text(
    "un titre « {title} » est ajouté avant, car le groupe précédent ne s’affiche pas toujours",
    "a title “{title}” is added before it, as the group before does not always show",
)
_APPEARANCE = Text("l’affichage suit ici le type de la question", "here the display follows the kind of question")
_RULE = Text("ce contrôle n’est pas repris", "this check is not carried over")
_NO_COLUMN = Text("cette colonne n’est pas reprise", "this column is not carried over")
_REQUIRED = Text(
    "une réponse est ici obligatoire ou non, sans condition : la question est facultative",
    "an answer is required or not, unconditionally: the question is optional",
)
_ALWAYS = Text("{why} : la question s’affiche toujours", "{why}: the question always shows")
