"""A dossier as a PDF to keep, print or send: tagged for those who do not see, and made without any network.

The words go to a fixed template (`dossier.typ`) as JSON, so that no answer is ever read as markup.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import re2

from dsbuilder.documents.typesetting import typeset
from dsbuilder.domain.dossier import EVENT_LABELS, STATE_LABELS, DossierState, Event
from dsbuilder.domain.reading import ReadAnswer, ReadSection
from dsbuilder.domain.texts import Language, Text, moment, number

TEMPLATE = "dossier.typ"
PICTURE = "picture"  # drawn here; whatever is called otherwise was written by somebody
LONGEST_WORD, PIECE = 40, 8  # characters that stand on one line; what is longer may be broken into pieces


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `who` is empty where the reader is not told."""

    event: Event
    at: datetime
    who: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a dossier says on paper; instants are in the reader's zone."""

    number: int
    title: str
    organisation: str
    state: DossierState
    requester: str
    sections: Sequence[ReadSection]
    made_at: datetime
    language: Language = "fr"
    account: str = ""
    asked_by: int | None = None  # the account that waits for it
    is_test: bool = False
    deposited_at: datetime | None = None
    under_instruction_at: datetime | None = None
    processed_at: datetime | None = None
    reason: str = ""
    history: Sequence[Step] = ()


def rendered(sheet: Sheet) -> bytes:
    """The PDF: PDF/UA and PDF/A, unless a character is in no font; it then says so at its end. Raises Refused."""
    return typeset(TEMPLATE, _told(sheet), _MISSING[sheet.language], sheet.made_at)


# -- what the template is told -------------------------------------------------------------------------------------
def _told(sheet: Sheet) -> dict[str, Any]:
    language = sheet.language
    number_ = _NUMBER[language].format(number=number(sheet.number, language))
    is_draft = sheet.state is DossierState.DRAFT
    told = {
        "language": language,
        "name": f"{number_} – {sheet.title}",
        "number": number_,
        "title": sheet.title,
        "organisation": sheet.organisation,
        "footer": f"{number_} – {sheet.title[:70]}",
        "state": STATE_LABELS[sheet.state][language],
        "tone": _TONES.get(sheet.state, "plain"),
        "is_draft": is_draft,
        "is_test": sheet.is_test,
        "notice": _NOT_DEPOSITED[language] if is_draft else "",
        "facts": list(_facts(sheet)),
        "reason": sheet.reason,
        "sections": [_section(section, language) for section in sheet.sections],
        "history": [_step(step, language) for step in sheet.history],
        "remark": _MADE[language].format(when=moment(sheet.made_at, language)),
        "words": {
            "nothing": _NOTHING[language],
            "columns": [name[language] for name in _COLUMNS],
            "reason": _REASON[language],
            "history": _HISTORY[language],
            "test": _TEST[language],
        },
    }
    return dict(_printable(told))


def _facts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    language = sheet.language
    for name, at in (
        (_DEPOSITED, sheet.deposited_at),
        (_STARTED, sheet.under_instruction_at),
        (_DECIDED, sheet.processed_at),
    ):
        if at is not None:
            yield name[language], moment(at, language)
    for name, who in ((_REQUESTER, sheet.requester), (_ACCOUNT, sheet.account)):
        if who:
            yield name[language], who


def _section(section: ReadSection, language: Language) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title or _ANSWERS[language],
        "groups": [
            _group(list(answers)) for _, answers in groupby(section.answers, lambda a: a.path.partition(":")[2])
        ],
    }


def _group(answers: list[ReadAnswer]) -> dict[str, Any]:
    """The answers of one row of a block, or those between two blocks."""
    title = next((answer.row_legend for answer in answers if answer.row_legend), "")
    return {"title": title, "answers": [_answer(answer) for answer in answers]}


def _answer(answer: ReadAnswer) -> dict[str, Any]:
    return {
        "label": answer.label,
        "text": answer.text,
        "files": [{"name": file.name, "note": file.note} for file in answer.files],
        "said": answer.said,
        "facts": [(fact.label, fact.words) for fact in answer.facts],
        "drawing": _drawing(answer) if answer.picture else None,
    }


def _drawing(answer: ReadAnswer) -> dict[str, Any]:
    return {
        PICTURE: answer.picture,
        "described": f"{answer.label}\u00a0: {_shortened('; '.join(answer.text.splitlines()))}",
        "more": answer.more_shapes,
        "shapes": [
            {
                "number": shape.key,
                "kind": f"{shape.kind}\n{shape.description}" if shape.description else shape.kind,
                "measure": shape.measure or "–",
                "positions": shape.positions,
                "more": shape.more,
            }
            for shape in answer.shapes
        ],
    }


def _shortened(words: str, longest: int = 400) -> str:
    return words if len(words) <= longest else words[:longest].rpartition(";")[0] + "…"


def _step(step: Step, language: Language) -> dict[str, str]:
    return {
        "when": moment(step.at, language),
        "what": EVENT_LABELS[step.event][language],
        "who": _BY[language].format(who=step.who) if step.who else "",
        "reason": step.reason,
    }


# -- characters ----------------------------------------------------------------------------------------------------
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HEAPED_MARKS = re2.compile(r"(\p{M}{8})\p{M}+")  # accents upon accents, which no language has
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_BREAK = "\u200b"


def _printable(told: Any) -> Any:
    """The same without what no font has, and with places to break what is too long for a line."""
    if isinstance(told, str):
        return _words(told)
    if isinstance(told, dict):
        return {name: value if name == PICTURE else _printable(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_printable(value) for value in told]
    return told


def _words(text: str) -> str:
    plain = _HEAPED_MARKS.sub(r"\1", _UNPRINTABLE.sub("", text.replace("\r\n", "\n")))
    return _LONG_WORD.sub(_broken, plain)


def _broken(word: re.Match[str]) -> str:
    letters = word[0]
    return _BREAK.join(letters[at : at + PIECE] for at in range(0, len(letters), PIECE))


# -- words ---------------------------------------------------------------------------------------------------------
_TONES = {
    DossierState.SUBMITTED: "info",
    DossierState.UNDER_INSTRUCTION: "info",
    DossierState.ACCEPTED: "success",
    DossierState.REFUSED: "danger",
}
_NUMBER = Text("Dossier n°\u00a0{number}", "Dossier no.\u00a0{number}")
_NOT_DEPOSITED = Text(
    "Brouillon\u00a0: ce dossier n’est pas déposé. Le service ne l’a pas reçu et personne ne l’examine.",
    "Draft: this dossier is not submitted. The service has not received it and nobody examines it.",
)
_TEST = Text("Essai", "Test")
_DEPOSITED = Text("Déposé le", "Submitted on")
_STARTED = Text("En instruction depuis le", "Under instruction since")
_DECIDED = Text("Décidé le", "Decided on")
_REQUESTER = Text("Demandeur", "Requester")
_ACCOUNT = Text("Compte", "Account")
_REASON = Text("Motif de la décision", "Reason for the decision")
_ANSWERS = Text("Réponses", "Answers")
_HISTORY = Text("Historique", "History")
_NOTHING = Text("Sans réponse", "No answer")
_COLUMNS = (
    Text("N°", "No."),
    Text("Tracé", "Shape"),
    Text("Mesure", "Measure"),
    Text("Latitude\u00a0; longitude", "Latitude, longitude"),
)
_BY = Text("par {who}", "by {who}")
_MADE = Text("Document produit le {when}.", "Document made on {when}.")
_MISSING = Text(
    "Certains caractères ne peuvent pas être imprimés ici\u00a0: le dossier en ligne les montre.",
    "Some characters cannot be printed here: the dossier online shows them.",
)
