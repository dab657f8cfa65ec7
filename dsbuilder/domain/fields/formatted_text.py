"""A short text whose form is checked: by the sorts of characters that it may hold, or by a regular expression."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

from dsbuilder.domain import expressions
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import AskedField, FieldType, Group, Json, Samples, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw, one_line, text_in
from dsbuilder.domain.fields.operators import PRESENCE
from dsbuilder.domain.fields.sorts import Sorts, counted, form_in_words
from dsbuilder.domain.fields.survey import SurveyQuestion, expression_in, expression_rule
from dsbuilder.domain.texts import Text, in_figures

SIMPLE, ADVANCED = "simple", "advanced"
MOST = 10_000  # characters that a length may speak of
_WIDTHS = (("w-xs", 6), ("w-sm", 12), ("w-md", 24))  # classes of inputs, and the characters that they show
_CARRIED = {
    "expression_reguliere": "expressionReguliere",
    "expression_reguliere_indications": "expressionReguliereIndications",
    "expression_reguliere_exemple_text": "expressionReguliereExempleText",
    "expression_reguliere_error_message": "expressionReguliereErrorMessage",
}
_ANYTHING = "regex(., '^.*$')"  # what a survey says of a form that it cannot say
_OF_SIMPLE, _OF_ADVANCED = ("formatted_mode", SIMPLE), ("formatted_mode", ADVANCED)


class FormattedTextField(FieldType):
    kind = "formatted"
    api_name = "FormattedChampDescriptor"
    older_api_names = ("ExpressionReguliereChampDescriptor",)
    label = Text("Texte à format imposé", "Formatted text")
    help = Text(
        "Une réponse courte d’une forme précise : un code, une immatriculation, un identifiant.",
        "A short answer of a given form: a code, a registration, an identifier.",
    )
    group = Group.TEXT
    icon = "regex"
    control = Control.TEXT
    operators = PRESENCE
    prefill_example = "AB-123-CD"
    may_become = ("textarea", "text", "email", "phone")
    not_in_survey = (
        "expression_reguliere_indications",
        "expression_reguliere_exemple_text",
        "expression_reguliere_error_message",
    )

    @dataclass(frozen=True)
    class Options:
        formatted_mode: str = option(
            Text("Contrôle", "Check"),
            Control.RADIO,
            SIMPLE,
            choices=(
                (SIMPLE, Text("Simple : sortes de caractères et longueur", "Simple: sorts of characters and length")),
                (ADVANCED, Text("Avancé : expression régulière", "Advanced: regular expression")),
            ),
        )
        letters_accepted: bool = option(
            Text("Accepter les lettres", "Accept letters"), Control.CHECKBOX, True, shown_if=_OF_SIMPLE
        )
        numbers_accepted: bool = option(
            Text("Accepter les chiffres", "Accept digits"), Control.CHECKBOX, True, shown_if=_OF_SIMPLE
        )
        special_characters_accepted: bool = option(
            Text("Accepter les autres caractères", "Accept other characters"),
            Control.CHECKBOX,
            True,
            Text("Espaces, tirets, points, apostrophes…", "Spaces, hyphens, dots, apostrophes..."),
            shown_if=_OF_SIMPLE,
        )
        min_character_length: int | None = option(
            Text("Nombre de caractères, au moins", "Number of characters, at least"),
            Control.NUMBER,
            between=(1, MOST),
            shown_if=_OF_SIMPLE,
        )
        max_character_length: int | None = option(
            Text("Nombre de caractères, au plus", "Number of characters, at most"),
            Control.NUMBER,
            between=(1, MOST),
            shown_if=_OF_SIMPLE,
        )
        expression_reguliere: str = option(
            Text("Expression régulière", "Regular expression"),
            Control.TEXT,
            "",
            Text(
                "Elle est cherchée dans la réponse : commencez par ^ et finissez par $ pour contrôler la réponse entière. "
                "Par exemple ^[A-Z]{2}-[0-9]{3}$.",
                "It is looked for in the answer: begin with ^ and end with $ to check the whole answer. "
                "For example ^[A-Z]{2}-[0-9]{3}$.",
            ),
            shown_if=_OF_ADVANCED,
        )
        expression_reguliere_exemple_text: str = option(
            Text("Exemple de réponse acceptée", "Example of an accepted answer"),
            Control.TEXT,
            "",
            Text("L’usager le voit, et il prouve que l’expression convient.", "Shown, and it proves the expression."),
            shown_if=_OF_ADVANCED,
        )
        expression_reguliere_indications: str = option(
            Text("Indications à l’usager", "Directions for the applicant"),
            Control.LONG_TEXT,
            "",
            Text("Ce que l’usager doit saisir, en mots simples.", "What the applicant must enter, in plain words."),
            shown_if=_OF_ADVANCED,
        )
        expression_reguliere_error_message: str = option(
            Text("Message en cas d’erreur", "Message when wrong"), Control.TEXT, "", shown_if=_OF_ADVANCED
        )

        @cached_property
        def sorts(self) -> Sorts:
            """What simple mode accepts."""
            return Sorts(self.letters_accepted, self.numbers_accepted, self.special_characters_accepted)

        @property
        def is_advanced(self) -> bool:
            """Whether an expression checks the answer."""
            return self.formatted_mode == ADVANCED

    # -- entering -------------------------------------------------------------------------------------------------
    def parse(self, raw: Raw, options: Any) -> str | None:
        """The text on one line, once it has the form."""
        text = one_line(raw)
        if not text:
            return None
        wrong = _wrong(text, options)
        if wrong is not None:
            raise Invalid(wrong)
        return text

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """Words that fit the label where they have the form, otherwise a text made for it."""
        options, words = asked.options, examples.words_for(asked.label, random)
        fitting = (text for text in (words, *_candidates(options)) if self.entered((text,), options, today))
        return next(fitting, "")

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Sorts of characters that are not accepted, a length just beyond; for an expression, what it does not find."""
        if not options.is_advanced:
            return (*_just_wrong(options), examples.too_long())
        found = ("!", "a", "0", f"{options.expression_reguliere_exemple_text}?")
        missed = (text for text in found if _not_as_expressed(text, options) is not None)
        return (*missed, examples.too_long())

    # -- showing --------------------------------------------------------------------------------------------------
    def attributes(self, options: Any) -> Attributes:
        """Digits alone bring the keys of digits; what is short stands in a short input."""
        if options.is_advanced:
            return Attributes(autocomplete="off")
        keys = "numeric" if options.sorts == Sorts(False, True, False) else ""
        width = next((name for name, most in _WIDTHS if (options.max_character_length or MOST) <= most), "")
        return Attributes(inputmode=keys, autocomplete="off", width=width)

    def expects(self, options: Any) -> Text | None:
        """The form, in words; for an expression, what its author says and the example."""
        if not options.is_advanced:
            return form_in_words(options.sorts, options.min_character_length, options.max_character_length)
        said, example = options.expression_reguliere_indications, options.expression_reguliere_exemple_text
        shown = _FOR_EXAMPLE.format(example=example) if example else Text("", "")
        both = Text(f"{said}\n{shown.fr}".strip(), f"{said}\n{shown.en}".strip())
        return both if both.fr else None

    # -- elsewhere ------------------------------------------------------------------------------------------------
    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One answer: conditions ask only whether there is any."""
        found = next(
            (values for text in _candidates(options) if (values := self.entered((text,), options, today))), None
        )
        return Samples(found or (self.prefill_example,))

    def example_of_link(self, options: Any) -> str:
        """The first text that is known to have the form."""
        return next((text for text in _candidates(options) if text and _wrong(text, options) is None), "")

    def problems(self, asked: AskedField) -> list[Text]:
        """A form that nothing has, an expression that cannot be used or whose example is not found."""
        options = asked.options
        return [*(_wrong_expression(options) if options.is_advanced else _wrong_sorts(options))]

    def options_from_descriptor(self, descriptor: Mapping[str, Json]) -> Any:
        """The expression and what its author says of it, where a descriptor carries one; the State's do not."""
        found: dict[str, Any] = {name: text_in(descriptor, key) for name, key in _CARRIED.items()}
        return self.Options(ADVANCED, **found) if found["expression_reguliere"] else self.Options()

    def descriptor_from_options(self, options: Any) -> dict[str, Json]:
        """The inverse of `options_from_descriptor`."""
        if not options.is_advanced or not options.expression_reguliere:
            return {}
        return {key: getattr(options, name) for name, key in _CARRIED.items() if getattr(options, name)}

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A text with an expression."""
        expression = options.expression_reguliere if options.is_advanced else ""
        if expression and expressions.refusal(expression) is None:
            whole = expressions.for_whole(expression)
        else:
            whole = options.sorts.expression(options.min_character_length, options.max_character_length)
        return SurveyQuestion("text", rules=frozenset((expression_rule(whole) or _ANYTHING,)))

    def from_survey(self, question: SurveyQuestion) -> Any:
        """A text that an expression checks."""
        whole = next((found for rule in sorted(question.rules) if (found := expression_in(rule)) is not None), None)
        if question.type != "text" or not whole:
            return None
        simple = Sorts.read(whole)
        if simple is None:
            return self.Options(formatted_mode=ADVANCED, expression_reguliere=expressions.from_whole(whole))
        sorts, least, most = simple
        return self.Options(SIMPLE, sorts.letters, sorts.digits, sorts.others, least, most)


# -- what is wrong with an answer ----------------------------------------------------------------------------------
def _wrong(text: str, options: Any) -> Text | None:
    return _not_as_expressed(text, options) if options.is_advanced else _not_of_sorts(text, options)


def _not_of_sorts(text: str, options: Any) -> Text | None:
    least, most = options.min_character_length, options.max_character_length
    if not options.sorts.take(text):
        return _OTHER_SORT.format(sorts=options.sorts.in_words, example=options.sorts.example(least, most))
    if least is not None and len(text) < least:
        return counted(len(text), *_TOO_SHORT, least=in_figures(least))
    if most is not None and len(text) > most:
        return _TOO_LONG.format(most=in_figures(most), count=in_figures(len(text)))
    return None


def _not_as_expressed(text: str, options: Any) -> Text | None:
    if len(text) > expressions.MAX_MATCHED:
        return _TOO_LONG.format(most=in_figures(expressions.MAX_MATCHED), count=in_figures(len(text)))
    try:
        found = expressions.matches(options.expression_reguliere, text)
    except Invalid:
        return _CANNOT_CHECK
    if found:
        return None
    said, example = options.expression_reguliere_error_message, options.expression_reguliere_exemple_text
    if said:
        return Text(said, said)  # its author's own words
    return _ANOTHER_FORM_AS.format(example=example) if example else _ANOTHER_FORM


# -- what forbids publishing ---------------------------------------------------------------------------------------
def _wrong_sorts(options: Any) -> Iterator[Text]:
    least, most = options.min_character_length, options.max_character_length
    if not options.sorts.any:
        yield _NO_SORT
    if least is not None and most is not None and least > most:
        yield _NO_LENGTH.format(least=in_figures(least), most=in_figures(most))


def _wrong_expression(options: Any) -> Iterator[Text]:
    expression, example = options.expression_reguliere, options.expression_reguliere_exemple_text
    refused = expressions.refusal(expression)
    if not expression:
        yield _NO_EXPRESSION
    elif refused is not None:
        yield refused
    elif not example:
        yield _NO_EXAMPLE
    elif _not_as_expressed(one_line(example), options) is not None:
        yield _WRONG_EXAMPLE.format(example=example)


# -- made answers --------------------------------------------------------------------------------------------------
def _candidates(options: Any) -> Iterator[str]:
    """Texts that may have the form."""
    if not options.is_advanced:
        yield options.sorts.example(options.min_character_length, options.max_character_length)
        return
    yield options.expression_reguliere_exemple_text
    yield from ("A", "a", "AB-123-CD", "AB123CD", "ABC", "Nom", "1A", "A1", "75-2026", "01/02/2026", "12,5", "X-1")
    for length in range(1, 21):
        yield "1234567890"[:10].ljust(length, "5")[:length]
        yield ("ABCDEFGHIJ" * 2)[:length]
        yield f"A{'1' * (length - 1)}"


def _just_wrong(options: Any) -> Iterator[str]:
    sorts, least, most = options.sorts, options.min_character_length, options.max_character_length
    if not sorts.letters:
        yield "abc"
    if not sorts.digits:
        yield "123"
    if not sorts.others:
        yield "n.c."
    if least is not None and least > 1:
        yield sorts.example(None, None)[:1].ljust(least - 1, "a")
    if most is not None:
        yield "a" * (most + 1)


_FOR_EXAMPLE = Text("Par exemple : {example}", "For example: {example}")
_OTHER_SORT = Text("Saisissez seulement des {sorts}, par exemple {example}.", "Enter {sorts} only, such as {example}.")
_TOO_SHORT = (
    Text(
        "Saisissez au moins {least} caractères : il n’y en a que {count}.",
        "Enter at least {least} characters: there is only {count}.",
    ),
    Text(
        "Saisissez au moins {least} caractères : il n’y en a que {count}.",
        "Enter at least {least} characters: there are only {count}.",
    ),
)
_TOO_LONG = Text(
    "Saisissez au plus {most} caractères : il y en a {count}.", "Enter at most {most} characters: there are {count}."
)
_ANOTHER_FORM_AS = Text(
    "Cette réponse n’a pas la forme attendue. Saisissez-la comme dans cet exemple : {example}",
    "This answer does not have the expected form. Enter it as in this example: {example}",
)
_ANOTHER_FORM = Text(
    "Cette réponse n’a pas la forme attendue. Relisez les indications de la question.",
    "This answer does not have the expected form. Read the directions of the question again.",
)
_CANNOT_CHECK = Text(
    "Cette réponse ne peut pas être contrôlée : signalez-le au service, la question est mal réglée.",
    "This answer cannot be checked: tell the service, the question is not set up well.",
)
_NO_SORT = Text(
    "Aucune réponse n’est possible : acceptez les lettres, les chiffres ou les autres caractères.",
    "No answer is possible: accept letters, digits or other characters.",
)
_NO_LENGTH = Text(
    "Le nombre de caractères au moins ({least}) dépasse le nombre au plus ({most}) : corrigez l’un des deux.",
    "The least number of characters ({least}) is over the most ({most}): correct one of them.",
)
_NO_EXPRESSION = Text(
    "L’expression régulière manque. Écrivez-la, par exemple ^[0-9]{5}$ pour cinq chiffres.",
    "The regular expression is missing. Write it, such as ^[0-9]{5}$ for five digits.",
)
_NO_EXAMPLE = Text(
    "Donnez un exemple de réponse que l’expression accepte : l’usager le verra.",
    "Give an example of an answer that the expression accepts: the applicant will see it.",
)
_WRONG_EXAMPLE = Text(
    "L’exemple « {example} » n’est pas accepté par l’expression : corrigez l’un des deux.",
    "The example “{example}” is not accepted by the expression: correct one of them.",
)
