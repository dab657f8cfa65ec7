"""What an administrator sets on a field of reference data: a table, or an API, what it takes over and what it fills."""

from dataclasses import dataclass
from functools import cached_property

from dsbuilder.domain.fields.base import option
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.reference_mapping import MOST_FACTS, MOST_FILLED, Filled, Taken, read_filled, read_taken
from dsbuilder.domain.fields.reference_table import ReferenceTable
from dsbuilder.domain.fields.registered import KnownFact
from dsbuilder.domain.texts import Text

API, TABLE = "api", "csv"
EXACT, SEARCHED = "exact_match", "autocomplete"

_OF_TABLE = ("referentiel_source", TABLE)
_OF_API = ("referentiel_source", API)
_OF_SEARCH = (_OF_API, ("referentiel_mode", SEARCHED))


@dataclass(frozen=True)
class ReferenceOptions:
    """What an administrator sets on a field of reference data."""

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
    referentiel_test_data: str = option(
        Text("Exemple pour l’essai", "Example for the try"),
        Control.TEXT,
        "",
        shown_if=_OF_API,
        help=Text(
            "Un identifiant que l’API connaît ou, pour des propositions, ce que l’on pourrait taper.",
            "An identifier that the API knows or, for offered choices, what one might type.",
        ),
    )
    referentiel_mapping: tuple[str, ...] = option(
        Text("Ce qui est repris", "What is taken over"),
        Control.LONG_TEXT,
        (),
        shown_if=_OF_API,
        help=Text(
            "Une ligne par donnée\u00a0: Port = $.port.nom, ou Longueur (decimal_number) = $.longueur. "
            "Une note que seuls les agents lisent\u00a0: Note (agents) = $.note.",
            "A line for each: Port = $.port.nom, or Length (decimal_number) = $.longueur. "
            "A note that agents alone read: Note (agents) = $.note.",
        ),
    )
    referentiel_prefill: tuple[str, ...] = option(
        Text("Questions préremplies", "Prefilled questions"), None, (), shown_if=_OF_API
    )

    @cached_property
    def table(self) -> ReferenceTable | None:
        """The rows, read once; None when an API is asked."""
        return ReferenceTable(self.referentiel_table) if self.referentiel_source == TABLE else None

    @cached_property
    def known(self) -> tuple[KnownFact, ...]:
        """What is taken over."""
        return self.table.facts if self.table is not None else tuple(taken.fact for taken in self.taken)

    @cached_property
    def taken(self) -> tuple[Taken, ...]:
        """What is taken over of an API, and where it stands; lines that cannot be read are left out."""
        return tuple(filter(None, map(read_taken, self.referentiel_mapping[:MOST_FACTS])))

    @cached_property
    def filled(self) -> tuple[Filled, ...]:
        """The questions that are filled, and with what."""
        read = () if self.table is not None else map(read_filled, self.referentiel_prefill[:MOST_FILLED])
        return tuple({one.id: one for one in filter(None, read)}.values())

    @property
    def paths(self) -> tuple[tuple[str, str], ...]:
        """All that is taken over, by the name under which the record of an answer keeps it."""
        return (*((one.fact.name, one.path) for one in self.taken), *((one.name, one.path) for one in self.filled))
