"""Reference data in a table of the form's own: its first column is the identifier, the others are what is taken over."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import MAX_FACT, Lookup, Record, Registered, record_of
from dsbuilder.domain.fields.option_list import OptionList, tidy
from dsbuilder.domain.fields.registered import KnownFact
from dsbuilder.domain.fields.table import Table, TableRow, faults, key_of
from dsbuilder.domain.texts import Text, in_figures, searchable

LONGEST_ID = 200

_NONE = Text(
    "Choisissez un fichier CSV dont la première colonne est l’identifiant.",
    "Choose a CSV file whose first column is the identifier.",
)
_TWICE = Text(
    "Deux lignes du tableau ont l’identifiant «\u00a0{identifier}\u00a0». Donnez à chacune le sien.",
    "Two rows of the table have the identifier “{identifier}”. Give each its own.",
)
_LONG = Text(
    "L’identifiant «\u00a0{identifier}…\u00a0» dépasse {limit} caractères. Raccourcissez-le.",
    "The identifier “{identifier}…” is longer than {limit} characters. Shorten it.",
)
_LONG_CELL = Text(
    "À la ligne «\u00a0{identifier}\u00a0», «\u00a0{header}\u00a0» dépasse {limit} caractères. Raccourcissez ce texte.",
    "In the row “{identifier}”, “{header}” is longer than {limit} characters. Shorten that text.",
)


class ReferenceTable:
    """The rows by their identifier, found however it is typed, and offered by what people read of them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.table = Table(lines)

    @cached_property
    def facts(self) -> tuple[KnownFact, ...]:
        """What is taken over of a row: a fact for each header after the first."""
        named = {key_of(header): header for header in self.table.headers[1:] if header.strip()}
        return tuple(KnownFact(f"r_{key}", Text(header, header)) for key, header in named.items())

    @cached_property
    def offered(self) -> OptionList:
        """What people choose from: the second column with the identifier in brackets."""
        return OptionList(self._identifiers, headed=False)

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Some identifiers."""
        return tuple(self.table.rows)[:20]

    def find(self, text: str) -> str | None:
        """The identifier that was meant, whatever its case, accents and blanks where no two differ by those alone."""
        exact = tidy(text)
        return exact if exact in self.table.rows else self._alike.get(searchable(exact))

    def chosen(self, text: str) -> str | None:
        """The identifier of what was offered under that text."""
        return self._identifiers.get(tidy(text))

    def named(self, identifier: str) -> str:
        """What people read of a row."""
        return next((text for text, known in self._identifiers.items() if known == identifier), identifier)

    def search(self, text: str, limit: int) -> tuple[Choice, ...]:
        """What is offered for that text."""
        return self.offered.search(text, limit)

    def answer(self, identifier: str, text: str) -> Registered:
        """The row as it stands, which no later table changes."""
        return Registered((identifier, text), Lookup.FOUND, self._record(self.table.rows[identifier]))

    def faults(self) -> Iterator[Text]:
        """What forbids publishing."""
        if not self.table.headers:  # none yet, or lines that begin with an empty one
            yield _NONE
            return
        if amiss := list(faults(self.lines)):
            yield from amiss
            return
        for label, row in self.table.rows.items():
            own = tidy(row.cell(self.table.headers[0]) or label)
            if own != label:
                yield _TWICE.format(identifier=own[:60])
                return
            if len(label) > LONGEST_ID:
                yield _LONG.format(identifier=label[:60], limit=in_figures(LONGEST_ID))
                return
            if long := [header for header, cell in row.cells if len(cell) > MAX_FACT]:
                yield _LONG_CELL.format(identifier=label[:60], header=long[0][:60], limit=in_figures(MAX_FACT))
                return

    def _record(self, row: TableRow) -> Record:
        return record_of({fact.name: row.cell(fact.label.fr) or "" for fact in self.facts})

    @cached_property
    def _identifiers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for identifier, row in self.table.rows.items():
            name = row.cell(self.table.headers[1]) if len(self.table.headers) > 1 else None
            found.setdefault(tidy(f"{name} ({identifier})") if name else identifier, identifier)
        return found

    @cached_property
    def _alike(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for identifier in self.table.rows:
            key = searchable(identifier)
            found[key] = None if key in found else identifier
        return found
