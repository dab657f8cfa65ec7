"""The contract of a field type, run over the whole catalogue."""

import json
import re
from dataclasses import fields as fields_of
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dsbuilder.domain.fields
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import CATALOGUE, ColumnType, FieldType, Group, Operator
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.operands import Shape, read
from dsbuilder.domain.fields.operators import Criterion
from dsbuilder.domain.fields.options import change_option, options_from_json, options_to_json
from dsbuilder.domain.making_conditions import a_comparison
from dsbuilder.domain.procedure import Field, FieldId
from dsbuilder.domain.texts import LANGUAGES, Text
from tests.strategies import TYPES, json_values, options_of, raws_of

FOLDER = Path(dsbuilder.domain.fields.__file__).parent
ASSETS = FOLDER.parents[2] / "assets"
SUPPORT = {
    "__init__",
    "asking_outside",
    "base",
    "boolean",
    "controls",
    "entering",
    "examples",
    "json_paths",
    "lookups",
    "numeric",
    "official_list",
    "operands",
    "operators",
    "option_list",
    "options",
    "paired",
    "places",
    "quantities",
    "reference_answers",
    "reference_mapping",
    "reference_options",
    "reference_table",
    "registered",
    "samples",
    "sorts",
    "survey",
    "table",
}
SAME_IN_BOTH = {"Date", "Explication", "Minimum", "Maximum", "Structure", "Commune", "Carte"}
TYPED = {Control.TEXT, Control.LONG_TEXT, Control.NUMBER, Control.DATE, Control.DATETIME}

TODAY = date(2026, 3, 27)

every_type = pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.kind)


def a_field(type_: FieldType, options: Any = None) -> Field:
    """A field of the type, with options that offer two days of the week where it offers options at all."""
    return Field(FieldId(1), type_.kind, "Votre réponse", options=options or example_options(type_))


def example_options(type_: FieldType) -> Any:
    """Options under which the type can be answered."""
    names = {option.name for option in fields_of(type_.Options)}
    lines = ("--Semaine--", "Lundi", "Mardi")
    return type_.Options(**({"drop_down_options": lines} if "drop_down_options" in names else {}))


def answered(type_: FieldType, options: Any, raw: Any) -> Any:
    """The value of `raw`, None when it is refused; a refusal says why in both languages."""
    try:
        return type_.parse(raw, options)
    except Invalid as invalid:
        if invalid.text.fr not in own_words(options):
            assert_said(invalid.text)
        return None


def own_words(options: Any) -> set[str]:
    """What the author of a form wrote in options, and may be said as it stands, in both languages alike."""
    return {value for value in vars(options).values() if isinstance(value, str)}


def assert_said(text: Text, may_be_same: bool = False) -> None:
    """`text` is there in both languages, and its French is typeset as French."""
    assert text.fr.strip() and text.en.strip()
    assert may_be_same or text.fr != text.en
    outside = re.sub("«\u00a0.*\u00a0»", "", text.fr, flags=re.DOTALL)  # what people wrote is theirs to typeset
    assert not re.search(r"« | »|\w [:;?!]|\w'\w", outside), text.fr


# -- what it is called ---------------------------------------------------------------------------------------------
def test_every_file_of_the_folder_is_in_the_catalogue() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - SUPPORT
    assert {type(type_).__module__.rpartition(".")[2] for type_ in TYPES} == files


def test_the_catalogue_stands_in_the_order_of_the_palette() -> None:
    groups = list(Group)
    positions = [groups.index(type_.group) for type_ in TYPES]
    assert positions == sorted(positions)


def test_no_two_types_share_a_kind_or_a_name_in_the_api() -> None:
    names = [name for type_ in TYPES for name in (type_.api_name, *type_.older_api_names)]
    assert len(set(names)) == len(names)
    with pytest.raises(TypeError, match="two field types"):
        type("Twin", (FieldType,), {"kind": "text"})
    assert list(CATALOGUE) == [type_.kind for type_ in TYPES]


@every_type
def test_its_words_are_there_in_both_languages(type_: FieldType) -> None:
    assert_said(type_.label, may_be_same=type_.label.fr in SAME_IN_BOTH)
    assert_said(type_.help)
    assert_said(type_.missing("Nom"))
    assert all("Nom" in type_.missing("Nom")[language] for language in LANGUAGES)
    assert type_.api_name.endswith("ChampDescriptor")


@every_type
def test_its_icon_is_in_the_sprite(type_: FieldType) -> None:
    assert f'id="i-{type_.icon}"' in (ASSETS / "icons.svg").read_text()


@every_type
def test_its_options_have_labels_defaults_and_sensible_choices(type_: FieldType) -> None:
    defaults = type_.Options()
    for option in fields_of(type_.Options):
        assert_said(option.metadata["label"], may_be_same=option.metadata["label"].fr in SAME_IN_BOTH)
        if option.metadata["help"]:
            assert_said(option.metadata["help"])
        choices = [choice for choice, _ in option.metadata["choices"]]
        default = getattr(defaults, option.name)
        assert not choices or set(default if isinstance(default, tuple) else [default]) <= set(choices)
    with pytest.raises(Invalid):
        change_option(type_, defaults, "no such option", "1")


# -- entering, keeping, showing ------------------------------------------------------------------------------------
@every_type
@pytest.mark.parametrize("raw", ["", "  ", "\n\u00a0"])
def test_blank_is_blank(type_: FieldType, raw: str) -> None:
    options = type_.Options()
    if type_.control in (Control.FILES, Control.ROWS, Control.PLACEHOLDER) and raw:
        return
    value = type_.parse(raw, options)
    assert type_.is_blank(value)
    assert not type_.is_complete(value, options)
    assert type_.to_json(value) is None
    assert type_.display(value, options) == type_.as_typed(value) == ""
    assert type_.chosen(value) == ()


@every_type
@given(drawn=st.data())
def test_any_answer_is_kept_and_shown_or_refused_with_a_sentence(type_: FieldType, drawn: st.DataObject) -> None:
    options = drawn.draw(options_of(type_))
    value = answered(type_, options, drawn.draw(raws_of(type_, options)))
    kept = json.loads(json.dumps(type_.to_json(value), allow_nan=False))
    assert type_.from_json(kept) == value
    assert_shows(type_, value, options)
    if type_.control in TYPED and value is not None:
        assert type_.parse(type_.as_typed(value), options) == value


@every_type
@given(json=json_values)
def test_what_another_type_left_is_read_or_left_out(type_: FieldType, json: Any) -> None:
    value = type_.from_json(json)
    assert type_.from_json(type_.to_json(value)) == value
    assert_shows(type_, value, example_options(type_))


def assert_shows(type_: FieldType, value: Any, options: Any) -> None:
    """Everything that shows a value answers."""
    for language in LANGUAGES:
        assert isinstance(type_.display(value, options, language), str)
    assert isinstance(type_.as_typed(value), str)
    assert all(isinstance(chosen, str) for chosen in type_.chosen(value))
    assert isinstance(type_.is_complete(value, options), bool)
    assert isinstance(type_.more_choices(options, value), tuple)
    for column in type_.columns(a_field(type_, options)):
        read = column.read(value)
        assert read is None or isinstance(read, COLUMN_VALUES[column.type]), column


COLUMN_VALUES: dict[ColumnType, Any] = {
    ColumnType.TEXT: str,
    ColumnType.NUMBER: (int, Decimal),
    ColumnType.DATE: date,
    ColumnType.DATETIME: datetime,
    ColumnType.BOOLEAN: bool,
    ColumnType.CHOICE: str,
    ColumnType.CHOICES: tuple,
}


@every_type
@pytest.mark.parametrize("raw", ["x" * 100_001, ["x" * 100_001], [1], [], [[]], 12, None, {"a": 1}])
def test_hostile_input_is_refused_or_blank(type_: FieldType, raw: Any) -> None:
    options = type_.Options()
    try:
        value = type_.parse(raw, options)
    except Invalid as invalid:
        assert_said(invalid.text)
    else:
        assert type_.is_blank(value)


# -- elsewhere -----------------------------------------------------------------------------------------------------
@every_type
def test_its_columns_have_names_of_their_own(type_: FieldType) -> None:
    columns = type_.columns(a_field(type_))
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)
    assert all(column.label for column in columns)
    assert bool(columns) <= type_.asks


@every_type
def test_the_example_of_a_link_is_an_answer(type_: FieldType) -> None:
    options = example_options(type_)
    if type_.prefill_example:
        assert type_.is_complete(type_.prefill(type_.prefill_example, options), options)
    else:
        with pytest.raises(Invalid):
            type_.prefill("Lundi", options)


@every_type
@given(drawn=st.data(), seed=st.integers(0, 1000), today=st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_its_made_answers_are_answers_and_its_near_misses_are_refused(
    type_: FieldType, drawn: st.DataObject, seed: int, today: date
) -> None:
    options = drawn.draw(options_of(type_))
    asked = a_field(type_, options)
    value = type_.made(asked, Random(seed), today)
    assert type_.made(asked, Random(seed), today) == value
    assert type_.from_json(json.loads(json.dumps(type_.to_json(value)))) == value
    assert value is None or type_.is_complete(value, options)
    assert value is None or type_.wrong_today(value, options, today) is None
    for raw in type_.near_misses(options):
        with pytest.raises(Invalid) as refused:
            type_.parse(raw, options)
        if refused.value.text.fr not in own_words(options):
            assert_said(refused.value.text)


@every_type
def test_what_asks_makes_an_answer_under_usual_options(type_: FieldType) -> None:
    made = type_.made(a_field(type_), Random(1), date(2026, 11, 23))
    assert (made is not None) == (type_.asks and type_.control is not Control.ROWS)
    assert bool(type_.near_misses(example_options(type_))) == (made is not None)


@every_type
def test_conditions_compare_with_what_can_be_answered(type_: FieldType) -> None:
    options = example_options(type_)
    choices = type_.choices_for_condition(options)
    for choice in choices:
        assert choice in type_.chosen(type_.parse(choice, options)) or choice == "false"
        assert type_.choice_in_words(choice)["fr"]
    shapes = {criterion.shape for criterion in type_.operators.values()}
    assert bool(choices) == bool(shapes & {Shape.CHOICE, Shape.CHOICES, Shape.YES_NO})
    assert set(type_.operators) <= set(Operator)
    for criterion in type_.operators.values():
        assert_said(criterion.label, may_be_same=len(criterion.label.fr) == 1)


@every_type
def test_only_what_asks_is_compared_and_then_it_has_samples(type_: FieldType) -> None:
    samples = type_.samples(example_options(type_), (), TODAY).values
    assert bool(samples) >= bool(type_.operators)
    assert type_.asks or not type_.operators
    assert all(type_.compared(sample) is not None for sample in samples)


@every_type
@given(drawn=st.data())
def test_every_criterion_is_the_same_in_python(type_: FieldType, drawn: st.DataObject) -> None:
    options = example_options(type_)
    operators = list(type_.operators.values())
    if not operators:
        return
    criterion = drawn.draw(st.sampled_from(operators))
    operand = operand_of(type_, criterion, Random(drawn.draw(st.integers(0, 999))))
    source = criterion.python.format(v="v", c="c")
    assert bool(eval(source, {"v": None, "c": operand, "today": TODAY})) is criterion.of_nothing
    for sample in type_.samples(options, (operand,), TODAY).values:
        value = type_.compared(sample)
        assert bool(eval(source, {"v": value, "c": operand, "today": TODAY})) is criterion.holds(value, operand, TODAY)


@every_type
@given(drawn=st.data())
def test_any_answer_compares_as_one_of_the_samples_does(type_: FieldType, drawn: st.DataObject) -> None:
    options = example_options(type_)
    random = Random(drawn.draw(st.integers(0, 999)))
    made = [(c, operand_of(type_, c, random)) for c in type_.operators.values() for _ in range(2)]
    samples = type_.samples(options, [operand for _, operand in made], TODAY)
    value = answered(type_, options, drawn.draw(raws_of(type_, options) | near(samples.values)))
    compared = type_.compared(value)
    if compared is None or not made or type_.wrong_today(value, options, TODAY) is not None:
        return
    alike = [[c.holds(type_.compared(sample), o, TODAY) for c, o in made] for sample in samples.values]
    assert [c.holds(compared, o, TODAY) for c, o in made] in alike


def near(samples: tuple[Any, ...]) -> st.SearchStrategy[str]:
    """Whole numbers, and days of the years that conditions speak of."""
    days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
    return st.integers(-20, 1200).map(str) | days.map(date.isoformat) | days.map(lambda day: f"{day}T12:30")


def operand_of(type_: FieldType, criterion: Criterion, random: Random) -> Any:
    """An operand that a condition may have, kept and read again."""
    field = a_field(type_)
    operator = next(operator for operator, other in type_.operators.items() if other is criterion)
    while (made := a_comparison(field, random)).operator is not operator:
        pass
    return read(criterion.shape, json.loads(json.dumps(made.operand)))


@every_type
@given(drawn=st.data())
def test_options_are_kept_and_entered_again(type_: FieldType, drawn: st.DataObject) -> None:
    options = drawn.draw(options_of(type_))
    kept = json.loads(json.dumps(options_to_json(options)))
    assert options_from_json(type_, kept) == options
    assert all(isinstance(text, Text) for text in type_.problems(a_field(type_, options)))
    for option in fields_of(type_.Options):
        value = getattr(options, option.name)
        raw = list(value) if isinstance(value, tuple) else value if isinstance(value, bool) else str(value or "")
        try:
            entered = getattr(change_option(type_, options, option.name, raw), option.name)
        except Invalid as invalid:
            assert_said(invalid.text)
        else:
            assert isinstance(entered, type(value)) or entered is None or value is None


@every_type
@given(drawn=st.data())
def test_choices_and_what_is_searched_can_be_chosen(type_: FieldType, drawn: st.DataObject) -> None:
    options = drawn.draw(options_of(type_))
    for choice in (*type_.choices(options, "fr"), *type_.search(options, drawn.draw(st.text(max_size=3)))):
        assert choice.value in type_.chosen(type_.parse(choice.value, options)) or choice.value == "false"
    assert isinstance(type_.controls(options), Control)


@every_type
@given(drawn=st.data())
def test_a_descriptor_gives_its_options_back(type_: FieldType, drawn: st.DataObject) -> None:
    options = drawn.draw(options_of(type_))
    carried = type_.options_from_descriptor(type_.descriptor_from_options(options))
    assert type_.descriptor_from_options(carried) == type_.descriptor_from_options(options)


@every_type
def test_a_wrong_descriptor_is_refused_with_a_sentence(type_: FieldType) -> None:
    for wrong in (12, {"a": 1}, [1], "x"):
        keys = type_.descriptor_from_options(example_options(type_)).keys()
        try:
            type_.options_from_descriptor(dict.fromkeys(keys, wrong))
        except Invalid as invalid:
            assert_said(invalid.text)
