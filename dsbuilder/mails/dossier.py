"""News of a dossier, to its applicant and to the agents who follow it. Never an answer: mails travel in the open."""

from dsbuilder.domain.dossier import Event
from dsbuilder.domain.texts import Text
from dsbuilder.mails.letters import Letter

SEE = Text("Voir mon dossier", "See my dossier")
OPEN = Text("Ouvrir le dossier", "Open the dossier")

_NEWS: dict[Event, tuple[Text, Text]] = {
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


def receipt(link: str, *, number: int, procedure: str) -> Letter:
    """The dossier has been deposited."""
    words = {"number": number, "procedure": procedure}
    return Letter(
        subject=Text("Votre dossier n°\xa0{number} est déposé", "Your dossier no. {number} is submitted").format(
            **words
        ),
        paragraphs=(
            Text(
                "Votre dossier pour «\xa0{procedure}\xa0» est déposé sous le numéro {number}. Gardez ce numéro\xa0: "
                "il vous sera demandé si vous écrivez au service.",
                "Your dossier for “{procedure}” is submitted under the number {number}. Keep this number: "
                "you will be asked for it if you write to the service.",
            ).format(**words),
            Text(
                "Vous pouvez suivre son avancement et écrire au service depuis votre dossier.",
                "You can follow its progress and write to the service from your dossier.",
            ),
        ),
        button=SEE,
        link=link,
    )


def news(link: str, event: Event, *, number: int, procedure: str) -> Letter:
    """What an agent has done with the dossier."""
    subject, sentence = (text.format(number=number, procedure=procedure) for text in _NEWS[event])
    return Letter(subject=subject, paragraphs=(sentence,), button=SEE, link=link)


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
