"""What is kept of people, for how long, and who sees it."""

import reflex as rx

from dsbuilder.components.frame import public_page
from dsbuilder.components.words import t
from dsbuilder.domain.texts import Text

TITLE = Text("Données personnelles", "Personal data")
PARTS = (
    (
        Text("Ce qui est gardé", "What is kept"),
        Text(
            "Votre adresse électronique, votre mot de passe sous une forme qui ne permet pas de le retrouver, et ce que "
            "vous écrivez dans vos dossiers. Un seul cookie, nécessaire à la connexion ; aucune mesure d’audience.",
            "Your e-mail address, your password in a form from which it cannot be found, and what you write in your "
            "dossiers. One cookie, needed to stay signed in; no audience measurement.",
        ),
    ),
    (
        Text("Qui le voit", "Who sees it"),
        Text(
            "Vous, et, une fois le dossier déposé, les agents de l’organisme qui l’instruit. Personne d’autre.",
            "You, and, once the dossier is submitted, the agents of the body that examines it. Nobody else.",
        ),
    ),
    (
        Text("Vos titres d’identité", "Your identity documents"),
        Text(
            "L’image d’un titre d’identité reçoit un filigrane avant que quiconque puisse la lire ; le lieu et l’appareil "
            "de la prise de vue en sont effacés. Elle est supprimée après la décision.",
            "The picture of an identity document gets a watermark before anybody can read it; the place and device of "
            "the photograph are erased from it. It is removed after the decision.",
        ),
    ),
    (
        Text("Sur votre appareil", "On your device"),
        Text(
            "Ce que vous tapez et qui n’est pas encore enregistré reste dans votre navigateur un jour au plus, pour ne "
            "rien perdre si la connexion se coupe. Il est effacé dès l’enregistrement.",
            "What you type and is not yet saved stays in your browser for a day at most, so that nothing is lost when "
            "the connection drops. It is erased as soon as it is saved.",
        ),
    ),
    (
        Text("Vos droits", "Your rights"),
        Text(
            "Vous pouvez demander à l’organisme qui propose la démarche de voir, corriger ou effacer vos données.",
            "You may ask the body that offers the procedure to show, correct or erase your data.",
        ),
    ),
)


def personal_data() -> rx.Component:
    """What is kept, who sees it, which rights one has."""
    parts = [rx.el.section(rx.el.h2(t(title)), rx.el.p(t(text)), class_name="stack") for title, text in PARTS]
    return public_page(rx.el.div(rx.el.h1(t(TITLE)), *parts, class_name="sheet stack-lg"))
