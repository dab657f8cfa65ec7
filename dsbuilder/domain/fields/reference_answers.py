"""What an API of reference data answers, read as a field of it says; and what trying it showed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.entering import Json, printable
from dsbuilder.domain.fields.json_paths import Leaf, at, in_text, leaves, lists, steps
from dsbuilder.domain.fields.lookups import MAX_FACT, Ask, Record, Unavailable, Why, record_of
from dsbuilder.domain.texts import Text

FOUND = 20  # choices of one search
LABEL, VALUE = "label", "value"


def facts_in(answer: Json, ask: Ask) -> Record:
    """What the field takes over."""
    return record_of({name: in_text(at(answer, steps(path))) for name, path in ask.paths})


def choices_in(answer: Json, ask: Ask) -> tuple[Choice, ...] | None:
    """What a search offers, the identifier in brackets after the label; None when there is no list where one should be."""
    found, paths = at(answer, steps(ask.within)), dict(ask.paths)
    if not isinstance(found, list):
        return None
    said = ((in_text(at(one, steps(paths[LABEL]))), in_text(at(one, steps(paths[VALUE])))) for one in found[:FOUND])
    labels = dict.fromkeys(f"{label} ({value})" for label, value in said if value)
    return tuple(Choice(label, label) for label in labels if len(label) <= MAX_FACT)


# -- trying --------------------------------------------------------------------------------------------------------
class Outcome(StrEnum):
    """What became of a try."""

    WELL = "well"
    NOTHING = "nothing"  # the API knows nothing of the example
    NO_LIST = "no_list"
    NO_CHOICE = "no_choice"  # the search offers nothing for the example
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying an API showed: what the answer holds, and in a search where its lists are and what it offers."""

    outcome: Outcome
    why: str = ""  # when it is away
    leaves: tuple[Leaf, ...] = ()
    lists: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def sentence(self) -> Text:
        """It in words, with what to do."""
        if self.outcome is Outcome.AWAY:
            return _AWAY.get(self.why, _AWAY[Why.CLOSED])
        return _SENTENCES[self.outcome].format(lists=", ".join(self.lists) or "–")


def away(unavailable: Unavailable) -> Tried:
    """The API gave no answer."""
    return Tried(Outcome.AWAY, why=unavailable.why)


def tried_search(answer: Json, ask: Ask) -> Tried:
    """What a search showed."""
    offered = choices_in(answer, ask)
    if offered is None:
        named = tuple(path for path in lists(answer) if path.isprintable())
        return Tried(Outcome.NO_LIST if answer is not None else Outcome.NOTHING, lists=named)
    return Tried(Outcome.WELL if offered else Outcome.NO_CHOICE, offered=tuple(printable(one.label) for one in offered))


def tried_answer(answer: Json, offered: tuple[str, ...] = ()) -> Tried:
    """What the answer about one identifier showed."""
    held = (Leaf(leaf.path, printable(leaf.example), leaf.type) for leaf in leaves(answer) if leaf.path.isprintable())
    return Tried(Outcome.NOTHING if answer is None else Outcome.WELL, leaves=tuple(held), offered=offered)


def tried_to_json(tried: Tried) -> dict[str, Json]:
    """It as it is kept."""
    held = [[leaf.path, leaf.example, leaf.type] for leaf in tried.leaves]
    lists_, offered = list(tried.lists), list(tried.offered)
    return {"outcome": tried.outcome, "why": tried.why, "leaves": held, "lists": lists_, "offered": offered}


def tried_from_json(json: dict[str, Any]) -> Tried:
    """The inverse."""
    held = tuple(Leaf(*leaf) for leaf in json["leaves"])
    return Tried(Outcome(json["outcome"]), json["why"], held, tuple(json["lists"]), tuple(json["offered"]))


_SENTENCES = {
    Outcome.WELL: Text("L’API a répondu comme il faut.", "The API answered as it should."),
    Outcome.NOTHING: Text(
        "L’API a répondu qu’elle ne connaît pas cet exemple (404). Donnez-en un qu’elle connaît, ou vérifiez l’adresse.",
        "The API answered that it does not know this example (404). Give one that it knows, or check the address.",
    ),
    Outcome.NO_LIST: Text(
        "La réponse ne contient pas de liste à cet endroit. Elle en contient ici\u00a0: {lists}.",
        "The answer holds no list in that place. It holds some here: {lists}.",
    ),
    Outcome.NO_CHOICE: Text(
        "La recherche ne propose rien pour cet exemple. Donnez-en un qu’elle trouve, ou vérifiez où se trouve l’identifiant.",
        "The search offers nothing for this example. Give one that it finds, or check where the identifier stands.",
    ),
}
_AWAY: dict[str, Text] = {
    Why.SLOW: Text("L’API n’a pas répondu en quatre secondes.", "The API did not answer within four seconds."),
    Why.REFUSED: Text(
        "L’API a refusé de répondre. Vérifiez l’adresse et le jeton.",
        "The API refused to answer. Check the address and the token.",
    ),
    Why.BROKEN: Text("L’API est en panne. Réessayez plus tard.", "The API is broken. Try again later."),
    Why.CLOSED: Text(
        "L’API n’a pas pu être jointe. Vérifiez l’adresse.", "The API could not be reached. Check the address."
    ),
    Why.WRONG_ANSWER: Text(
        "L’API n’a pas répondu en JSON. Vérifiez l’adresse.", "The API did not answer in JSON. Check the address."
    ),
    Why.TOO_LARGE: Text("La réponse dépasse 1\u00a0Mo.", "The answer is larger than 1 MB."),
    Why.RESTING: Text(
        "L’API vient d’échouer plusieurs fois\u00a0: elle est laissée au repos. Réessayez dans une minute.",
        "The API has just failed several times: it is left alone. Try again in a minute.",
    ),
    Why.NOT_ALLOWED: Text(
        "Cette installation ne permet pas cet hôte. Demandez à qui l’exploite de l’ajouter à DSBUILDER_REFERENCE_HOSTS.",
        "This installation does not allow this host. Ask whoever runs it to add it to DSBUILDER_REFERENCE_HOSTS.",
    ),
    Why.NO_TOKEN: Text("Cette installation n’interroge aucune API.", "This installation asks no API."),
}
