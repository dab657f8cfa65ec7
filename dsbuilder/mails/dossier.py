"""News of a dossier, to its applicant and to the agents who follow it.

Never an answer of our own doing: mails travel in the open. An administrator who words a mail may put some in on purpose.
"""

from collections.abc import Sequence
from dataclasses import replace

from dsbuilder.domain.dossier import Event
from dsbuilder.domain.tags import Piece, paragraphs
from dsbuilder.domain.texts import Text
from dsbuilder.mails.letters import Letter, Worded

SEE = Text("Voir mon dossier", "See my dossier")
OPEN = Text("Ouvrir le dossier", "Open the dossier")

# The subject, then the paragraphs.
_NEWS: dict[Event, tuple[Text, ...]] = {
    Event.SUBMIT: (
        Text("Votre dossier n°\xa0{number} est déposé", "Your dossier no. {number} is submitted"),
        Text(
            "Votre dossier pour «\xa0{procedure}\xa0» est déposé sous le numéro {number}. Gardez ce numéro\xa0: "
            "il vous sera demandé si vous écrivez au service.",
            "Your dossier for “{procedure}” is submitted under the number {number}. Keep this number: "
            "you will be asked for it if you write to the service.",
        ),
        Text(
            "Vous pouvez suivre son avancement et écrire au service depuis votre dossier.",
            "You can follow its progress and write to the service from your dossier.",
        ),
    ),
    Event.START_INSTRUCTION: (
        Text("Votre dossier n°\xa0{number} est en instruction", "Your dossier no. {number} is being processed"),
        Text(
            "L’instruction de votre dossier n°\xa0{number} pour «\xa0{procedure}\xa0» a commencé. Vous ne pouvez plus "
            "modifier vos réponses\xa0; vous serez prévenu de la décision.",
            "Your dossier no. {number} for “{procedure}” is now being processed. You can no longer "
            "change your answers; you will be told of the decision.",
        ),
    ),
    Event.GIVE_BACK: (
        Text("Votre dossier n°\xa0{number} vous est rendu", "Your dossier no. {number} is given back to you"),
        Text(
            "Votre dossier n°\xa0{number} pour «\xa0{procedure}\xa0» peut de nouveau être modifié.",
            "Your dossier no. {number} for “{procedure}” can be changed again.",
        ),
    ),
    Event.ACCEPT: (
        Text("Votre dossier n°\xa0{number} est accepté", "Your dossier no. {number} is accepted"),
        Text(
            "Votre dossier n°\xa0{number} pour «\xa0{procedure}\xa0» est accepté.",
            "Your dossier no. {number} for “{procedure}” is accepted.",
        ),
    ),
    Event.REFUSE: (
        Text("Votre dossier n°\xa0{number} est refusé", "Your dossier no. {number} is refused"),
        Text(
            "Votre dossier n°\xa0{number} pour «\xa0{procedure}\xa0» est refusé. "
            "La raison est indiquée dans votre dossier.",
            "Your dossier no. {number} for “{procedure}” is refused. The reason is given in your dossier.",
        ),
    ),
    Event.DISMISS: (
        Text(
            "Votre dossier n°\xa0{number} est classé sans suite", "Your dossier no. {number} is closed without action"
        ),
        Text(
            "Votre dossier n°\xa0{number} pour «\xa0{procedure}\xa0» est classé sans suite. "
            "La raison est indiquée dans votre dossier.",
            "Your dossier no. {number} for “{procedure}” is closed without action. "
            "The reason is given in your dossier.",
        ),
    ),
    Event.REOPEN: (
        Text(
            "L’instruction de votre dossier n°\xa0{number} reprend",
            "Your dossier no. {number} is being processed again",
        ),
        Text(
            "La décision sur votre dossier n°\xa0{number} pour «\xa0{procedure}\xa0» est retirée\xa0: "
            "son instruction reprend.",
            "The decision on your dossier no. {number} for “{procedure}” is withdrawn: it is being processed again.",
        ),
    ),
}


def standard(link: str, event: Event, *, number: object, procedure: str) -> Letter:
    """What has happened to the dossier, as we say it where no administrator worded it."""
    subject, *sentences = (text.format(number=number, procedure=procedure) for text in _NEWS[event])
    return Letter(subject=subject, paragraphs=tuple(sentences), button=SEE, link=link)


def worded(subject: Sequence[Piece], body: Sequence[Piece], otherwise: Letter) -> Letter:
    """The same in the words of an administrator; the button that leads to the dossier stays."""
    line = "".join(piece.words for piece in subject)
    return replace(
        otherwise,
        subject=Text(line, line) if line.strip() else otherwise.subject,  # its tags may all be without a value
        paragraphs=tuple(map(Worded, paragraphs(body))),
        greets=False,
    )


def new_message(link: str, *, number: int, procedure: str, to_agent: bool = False) -> Letter:
    """The other side has written."""
    words = {"number": number, "procedure": procedure}
    sentence = Text(
        "Un nouveau message vous attend dans le dossier n°\xa0{number} pour «\xa0{procedure}\xa0».",
        "A new message awaits you in the dossier no. {number} for “{procedure}”.",
    )
    return Letter(
        subject=Text("Nouveau message, dossier n°\xa0{number}", "New message, dossier no. {number}").format(**words),
        paragraphs=(sentence.format(**words),),
        button=OPEN if to_agent else SEE,
        link=link,
    )
