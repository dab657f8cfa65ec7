"""A line of reference data, from a table or asked of somebody's API, by its identifier or chosen among what is offered."""

import ipaddress
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any
from urllib.parse import urlsplit

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import TEXTS, AskedField, Column, ColumnType, Group, Raw, Samples
from dsbuilder.domain.fields.controls import Attributes, Choice, Control
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.fields.lookups import Ask, Lookup, Register, Registered, RegisterWords
from dsbuilder.domain.fields.option_list import not_offered
from dsbuilder.domain.fields.reference_answers import LABEL, VALUE
from dsbuilder.domain.fields.reference_mapping import filled_line, is_path, read_taken
from dsbuilder.domain.fields.reference_options import EXACT, SEARCHED, ReferenceOptions
from dsbuilder.domain.fields.reference_table import LONGEST_ID
from dsbuilder.domain.fields.registered import KnownFact, RegisteredField
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.texts import Text

PLACE_OF_ID = "{id}"
LONGEST_ADDRESS = 1000

_IN_BRACKETS = re.compile(r".*\(([^()]+)\)")

_ADDRESS = Text(
    "Saisissez l’adresse de l’API, en https, avec {id} à la place de l’identifiant, "
    "par exemple https://api.exemple.gouv.fr/bateaux/{id}.",
    "Enter the address of the API, in https, with {id} in place of the identifier, "
    "such as https://api.exemple.gouv.fr/bateaux/{id}.",
)
_MAPPING = Text(
    "La ligne «\u00a0{line}\u00a0» ne se lit pas. Écrivez par exemple\u00a0: Port = $.port.nom",
    "The line “{line}” cannot be read. Write, for example: Port = $.port.nom",
)
_TWICE = Text("Deux lignes portent le nom «\u00a0{name}\u00a0».", "Two lines bear the name “{name}”.")
_LIST = Text(
    "Pour proposer des choix, dites où se trouvent la liste, l’identifiant et le libellé, par exemple $.bateaux, $.id et $.nom.",
    "To offer choices, say where the list, the identifier and the label stand, such as $.bateaux, $.id and $.nom.",
)
_EXAMPLE = Text(
    "Donnez un exemple pour l’essai\u00a0: un identifiant que l’API connaît.",
    "Give an example for the try: an identifier that the API knows.",
)
_ONE_HOST = Text(
    "L’adresse de la recherche doit être du même hôte que celle de l’API.",
    "The address of the search must have the same host as that of the API.",
)
_LONG = Text("200 caractères au plus. Vérifiez cet identifiant.", "200 characters at most. Check this identifier.")


class ReferentielField(RegisteredField):
    kind = "referentiel"
    api_name = "ReferentielChampDescriptor"
    label = Text("Référentiel", "Reference data")
    help = Text(
        "Une ligne d’un référentiel de votre choix\u00a0: un tableau CSV, ou une API.",
        "A line of reference data of your choice: a CSV table, or an API.",
    )
    group = Group.REGISTERS
    icon = "list-tree"
    prefill_example = "BR-0001"
    may_become = TEXTS
    register = Register.REFERENCE
    register_words = RegisterWords(
        name=Text("le référentiel", "the reference data"),
        missing=Text(
            "Le référentiel ne connaît pas cet identifiant. Vérifiez-le\u00a0; s’il est juste, continuez.",
            "The reference data does not know this identifier. Check it; if it is right, go on.",
        ),
    )
    examples = ("BR-0001", "BR-0002")

    Options = ReferenceOptions

    def controls(self, options: Any) -> Control:
        """A search when choices are offered."""
        return Control.SEARCH if options.referentiel_mode == SEARCHED else Control.TEXT

    def parse(self, raw: Raw, options: Any) -> Registered | None:
        """Of a table, its row or that there is none; else the identifier, which the API has still to be asked about."""
        table = options.table
        if table is None:
            return super().parse(raw, options)
        text = one_line(raw)
        if options.referentiel_mode == EXACT:
            found = table.find(text)
            words = None if found is not None else self.words(raw, options)
            return (
                table.answer(found, found)
                if found is not None
                else Registered(words, Lookup.NOT_FOUND)
                if words
                else None
            )
        if not text.strip():
            return None
        found = table.chosen(text) or table.find(text)
        if found is None:
            raise Invalid(not_offered(table.offered))
        return table.answer(found, table.named(found))

    def words(self, raw: Raw, options: Any) -> tuple[str, ...]:
        """The identifier, and the text that it stands in."""
        text = " ".join(one_line(raw).split())
        if len(text) > LONGEST_ID:
            raise Invalid(_LONG)
        if not text:
            return ()
        found = _IN_BRACKETS.fullmatch(text) if options.referentiel_mode == SEARCHED else None
        return (found[1].strip() or text, text) if found else (text, text)

    def prefill(self, text: str, options: Any) -> Registered | None:
        """An exact identifier; what only a search of an API finds cannot come with a link."""
        if options.referentiel_mode == SEARCHED and options.table is None:
            raise Invalid(Text("Cette question ne se préremplit pas.", "This question cannot be prefilled."))
        return self.parse(text, options)

    def example_of_link(self, options: Any) -> str:
        """An identifier."""
        if options.table is None:
            return self.prefill_example
        return options.table.examples[0] if options.table.examples else ""

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """Too long; of a closed list, one letter off."""
        if options.table is None or options.referentiel_mode == EXACT:
            return ("x" * (LONGEST_ID + 1),)
        values, known = options.table.offered.values[:3], options.table
        return tuple(miss for miss in examples.one_letter_off(values, values) if known.find(str(miss)) is None)

    def example(self, asked: AskedField, random: Random, today: date) -> Raw:
        """An identifier."""
        if asked.options.table is None:
            return random.choice(self.examples)
        return random.choice(asked.options.table.examples or ("",))

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One answer stands for all: conditions only ask whether there is one."""
        table = options.table
        return Samples(self.entered(self.examples[:1] if table is None else table.examples[:1], options, today))

    def as_typed(self, value: Registered | None) -> str:
        """The text."""
        return "" if value is None else value.words[-1]

    def in_words(self, value: Registered, options: Any) -> str:
        """The text."""
        return value.words[-1]

    def ask(self, value: Registered | None, options: Any) -> Ask | None:
        """The identifier, at the address of the field."""
        if value is None or options.table is not None or not options.referentiel_url:
            return None
        return Ask(self.register, value.words[:1], options.referentiel_url, options.paths)

    def ask_for_choices(self, options: Any, text: str) -> Ask | None:
        """What the search of the field finds."""
        if options.table is not None or options.referentiel_mode != SEARCHED or not options.referentiel_search_url:
            return None
        paths = ((VALUE, options.referentiel_value), (LABEL, options.referentiel_label))
        return Ask(self.register, (text,), options.referentiel_search_url, paths, options.referentiel_datasource)

    def search(self, options: Any, text: str, within: str = "", limit: int = 20) -> tuple[Choice, ...]:
        """The rows of the table that match."""
        searched = options.table is not None and options.referentiel_mode == SEARCHED
        return options.table.search(text, limit) if searched else ()

    def known(self, options: Any) -> tuple[KnownFact, ...]:
        """What is taken over."""
        return tuple({fact.name: fact for fact in options.known}.values())

    def hides(self, fact: KnownFact, to_agent: bool) -> bool:
        """What is for agents alone, before anybody else."""
        return not (fact.shown or to_agent)

    def columns(self, asked: AskedField) -> list[Column]:
        """The identifier, then what is taken over."""
        first = Column("value", asked.label, ColumnType.TEXT, lambda value: value.words[0] if value else None)
        return [first, *super().columns(asked)[1:]]

    def mailed(self, asked: AskedField) -> list[Column]:
        """All but what is for agents alone: the mail goes to whoever answered."""
        hidden = {fact.name for fact in self.known(asked.options) if self.hides(fact, to_agent=False)}
        first, *told = self.columns(asked)
        return [first, *(column for column in told if column.name not in hidden)]

    def attributes(self, options: Any) -> Attributes:
        """A register is asked."""
        return Attributes(looked_up=True)

    def problems(self, asked: AskedField) -> list[Text]:
        """A table that makes no sense; an address that cannot be asked, a line that cannot be read."""
        table = asked.options.table
        return [*(_problems(asked.options) if table is None else table.faults())]

    # -- trying and filling ----------------------------------------------------------------------------------------
    def host(self, options: Any) -> str:
        """The host of the API."""
        return "" if options.table is not None else host_of(options.referentiel_url)

    def tried(self, options: Any) -> tuple[str, ...]:
        """What decides whether the API answers; what is taken over of the answer does not."""
        if options.table is not None:
            return ()
        searched = (options.referentiel_search_url, options.referentiel_datasource)
        where = (*searched, options.referentiel_value, options.referentiel_label)
        mode = options.referentiel_mode
        exact = (mode, options.referentiel_url, options.referentiel_test_data)
        return (*exact, *where) if mode == SEARCHED else exact

    def example_to_try(self, options: Any) -> str:
        """The example of the settings."""
        return str(options.referentiel_test_data)

    def fills(self, options: Any) -> Mapping[FieldId, str]:
        """The questions of its lines."""
        return {one.id: one.name for one in options.filled}

    def with_ids(self, options: Any, ids: Mapping[FieldId, FieldId]) -> Any:
        """The lines name the questions by their new ids."""
        lines = (filled_line(replace(one, id=ids.get(one.id, one.id))) for one in options.filled)
        return replace(options, referentiel_prefill=tuple(lines)) if options.filled else options


def _problems(options: Any) -> Iterator[Text]:
    if not is_address(options.referentiel_url):
        yield _ADDRESS
    if not options.referentiel_test_data.strip():
        yield _EXAMPLE
    for line in options.referentiel_mapping:
        if read_taken(line) is None:
            yield _MAPPING.format(line=line[:100])
    names = Counter(taken.fact.label.fr for taken in options.taken)
    yield from (_TWICE.format(name=name) for name, count in names.items() if count > 1)
    if options.referentiel_mode == SEARCHED:
        yield from _problems_of_search(options)


def _problems_of_search(options: Any) -> Iterator[Text]:
    paths = (options.referentiel_datasource, options.referentiel_value, options.referentiel_label)
    if not (is_address(options.referentiel_search_url) and all(map(is_path, paths))):
        yield _LIST
    elif host_of(options.referentiel_search_url) != host_of(options.referentiel_url):
        yield _ONE_HOST


def host_of(address: str) -> str:
    """The host of an address that may be asked, empty for any other."""
    return (urlsplit(address).hostname or "").lower() if is_address(address) else ""


def is_address(address: str) -> bool:
    """Whether an administrator may have that asked: https on its usual port, a name and no number, {id} after it."""
    if len(address) > LONGEST_ADDRESS or PLACE_OF_ID not in address or re.search(r"[\s\\\x00-\x1f]", address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or not parts.hostname or port not in (None, 443) or parts.username is not None:
        return False
    return PLACE_OF_ID not in parts.netloc and "@" not in parts.netloc and not _is_number(parts.hostname)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.rpartition(".")[2].isdigit() or "." not in host  # 127.1, and names of the own network
    return True
