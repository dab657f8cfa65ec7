"""A line of reference data, from a table or asked of somebody's API, by its identifier or chosen among what is offered."""

import ipaddress
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from typing import Any
from urllib.parse import urlsplit

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields import examples
from dsbuilder.domain.fields.base import TEXTS, AskedField, Column, ColumnType, Group, Raw, Samples, option
from dsbuilder.domain.fields.controls import Attributes, Choice, Control
from dsbuilder.domain.fields.entering import one_line
from dsbuilder.domain.fields.json_paths import steps
from dsbuilder.domain.fields.lookups import Ask, Fact, Lookup, Register, Registered, RegisterWords
from dsbuilder.domain.fields.option_list import not_offered
from dsbuilder.domain.fields.reference_table import LONGEST_ID, ReferenceTable
from dsbuilder.domain.fields.registered import KnownFact, RegisteredField, column_of, in_words_of
from dsbuilder.domain.texts import Language, Text, fold

API, TABLE = "api", "csv"
EXACT, SEARCHED = "exact_match", "autocomplete"
PLACE_OF_ID = "{id}"
LONGEST_ADDRESS, MOST_FACTS = 1000, 40
LABEL, VALUE = "label", "value"

_TYPES: dict[str, ColumnType] = {
    "string": ColumnType.TEXT,
    "integer_number": ColumnType.NUMBER,
    "decimal_number": ColumnType.NUMBER,
    "boolean": ColumnType.BOOLEAN,
    "date": ColumnType.DATE,
    "datetime": ColumnType.TEXT,
    "array": ColumnType.TEXT,
}
_LINE = re.compile(r"(?P<label>[^=()]+?)\s*(?:\((?P<type>[a-z_]+)\))?\s*=\s*(?P<path>\$.*)")
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
_LONG = Text("200 caractères au plus. Vérifiez cet identifiant.", "200 characters at most. Check this identifier.")


_OF_TABLE = ("referentiel_source", TABLE)
_OF_API = ("referentiel_source", API)
_OF_SEARCH = (_OF_API, ("referentiel_mode", SEARCHED))


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

    @dataclass(frozen=True)
    class Options:
        referentiel_source: str = option(
            Text("D’où viennent les données", "Where the data come from"),
            Control.RADIO,
            API,
            choices=((API, Text("Une API", "An API")), (TABLE, Text("Un tableau CSV", "A CSV table"))),
        )
        referentiel_table: tuple[str, ...] = option(
            Text("Tableau", "Table"),
            Control.TABLE,
            (),
            Text(
                "Un fichier CSV de 5\u00a0000 lignes au plus. La première colonne est l’identifiant, la deuxième ce que "
                "l’usager lit quand on lui propose un choix\u00a0; toutes sont reprises avec sa réponse.",
                "A CSV file of at most 5,000 rows. The first column is the identifier, the second what applicants read "
                "when they are offered a choice; all are taken over with their answer.",
            ),
            shown_if=_OF_TABLE,
        )
        referentiel_url: str = option(
            Text("Adresse de l’API", "Address of the API"),
            Control.TEXT,
            "",
            shown_if=_OF_API,
            help=Text(
                "En https, avec {id} à la place de l’identifiant. L’hôte doit être permis par cette installation.",
                "In https, with {id} in place of the identifier. This installation must allow the host.",
            ),
        )
        referentiel_mode: str = option(
            Text("Réponse", "Answer"),
            Control.RADIO,
            EXACT,
            choices=(
                (EXACT, Text("Un identifiant exact", "An exact identifier")),
                (SEARCHED, Text("Un choix parmi des propositions", "A choice among what a search offers")),
            ),
        )
        referentiel_search_url: str = option(
            Text("Adresse de la recherche", "Address of the search"),
            Control.TEXT,
            "",
            shown_if=_OF_SEARCH,
            help=Text(
                "Pour des propositions\u00a0: {id} est remplacé par ce qui est tapé.",
                "For offered choices: {id} stands for what is typed.",
            ),
        )
        referentiel_datasource: str = option(
            Text("Où se trouve la liste", "Where the list stands"),
            Control.TEXT,
            "",
            shown_if=_OF_SEARCH,
            help=Text("Pour des propositions, par exemple $.bateaux.", "For offered choices, such as $.bateaux."),
        )
        referentiel_value: str = option(
            Text("Où se trouve l’identifiant", "Where the identifier stands"),
            Control.TEXT,
            "",
            shown_if=_OF_SEARCH,
            help=Text("Dans chaque élément de la liste, par exemple $.id.", "In each item of the list, such as $.id."),
        )
        referentiel_label: str = option(
            Text("Où se trouve le libellé", "Where the label stands"),
            Control.TEXT,
            "",
            shown_if=_OF_SEARCH,
            help=Text("Dans chaque élément de la liste, par exemple $.nom.", "In each item, such as $.nom."),
        )
        referentiel_mapping: tuple[str, ...] = option(
            Text("Ce qui est repris", "What is taken over"),
            Control.LONG_TEXT,
            (),
            shown_if=_OF_API,
            help=Text(
                "Une ligne par donnée\u00a0: Port = $.port.nom, ou Longueur (decimal_number) = $.longueur.",
                "A line for each: Port = $.port.nom, or Length (decimal_number) = $.longueur.",
            ),
        )

        @cached_property
        def table(self) -> ReferenceTable | None:
            """The rows, read once; None when an API is asked."""
            return ReferenceTable(self.referentiel_table) if self.referentiel_source == TABLE else None

        @cached_property
        def known(self) -> tuple[KnownFact, ...]:
            """What is taken over."""
            return self.table.facts if self.table is not None else tuple(fact for fact, _ in self.taken)

        @cached_property
        def taken(self) -> tuple[tuple[KnownFact, str], ...]:
            """What is taken over, and where it stands; lines that cannot be read are left out."""
            return tuple(filter(None, map(_read_line, self.referentiel_mapping[:MOST_FACTS])))

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
        paths = tuple((fact.name, path) for fact, path in options.taken)
        return Ask(self.register, value.words[:1], options.referentiel_url, paths)

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

    def told_facts(self, value: Registered, options: Any, language: Language) -> tuple[Fact, ...]:
        """What is taken over."""
        known = ((fact, value.fact(fact.name)) for fact in options.known)
        return tuple(Fact(fact.label[language], in_words_of(fact, said, language)) for fact, said in known if said)

    def columns(self, asked: AskedField) -> list[Column]:
        """The identifier, then what is taken over."""
        first = Column("value", asked.label, ColumnType.TEXT, lambda value: value.words[0] if value else None)
        taken = {fact.name: fact for fact in asked.options.known}
        return [first, *(column_of(fact, asked.label) for fact in taken.values())]

    def attributes(self, options: Any) -> Attributes:
        """A register is asked."""
        return Attributes(looked_up=True)

    def problems(self, asked: AskedField) -> list[Text]:
        """A table that makes no sense; an address that cannot be asked, a line that cannot be read."""
        table = asked.options.table
        return [*(_problems(asked.options) if table is None else table.faults())]


def _problems(options: Any) -> Iterator[Text]:
    if not is_address(options.referentiel_url):
        yield _ADDRESS
    for line in options.referentiel_mapping:
        if _read_line(line) is None:
            yield _MAPPING.format(line=line[:100])
    names = Counter(fact.label.fr for fact, _ in options.taken)
    yield from (_TWICE.format(name=name) for name, count in names.items() if count > 1)
    paths = (options.referentiel_datasource, options.referentiel_value, options.referentiel_label)
    if options.referentiel_mode == SEARCHED and not (
        is_address(options.referentiel_search_url) and all(map(_is_path, paths))
    ):
        yield _LIST


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


def _read_line(line: str) -> tuple[KnownFact, str] | None:
    found = _LINE.fullmatch(line.strip())
    if found is None or not _is_path(found["path"]) or (found["type"] or "string") not in _TYPES:
        return None
    label = found["label"].strip()
    name = re.sub(r"\W+", "_", fold(label)).strip("_")[:40]
    if not name:
        return None
    return KnownFact(f"r_{name}", Text(label, label), _TYPES[found["type"] or "string"]), found["path"].strip()


def _is_path(path: str) -> bool:
    try:
        steps(path.strip())
    except ValueError:
        return False
    return True
