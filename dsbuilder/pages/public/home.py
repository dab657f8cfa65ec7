"""The first page: what dsbuilder is, and where each reader goes from here."""

import reflex as rx

from dsbuilder.components.frame import public_page
from dsbuilder.components.icons import icon
from dsbuilder.components.words import href, t
from dsbuilder.domain.texts import Text

TITLE = Text("Vos démarches en ligne, en quelques minutes", "Your procedures online, in minutes")
LEAD = Text(
    "Un organisme public dessine son formulaire et le publie. Chacun le remplit à son rythme et suit son dossier. "
    "Les agents l’instruisent ensemble et répondent.",
    "A public body draws its form and publishes it. Everyone fills it in at their own pace and follows their dossier. "
    "Agents examine it together and answer.",
)
START = Text("Se connecter", "Sign in")
CREATE = Text("Créer un compte", "Create an account")
PLACES = (
    (
        "folder",
        Text("Vous faites une demande", "You are applying"),
        Text(
            "Suivez le lien donné par votre mairie, votre école ou votre préfecture. Chaque réponse est enregistrée : "
            "vous pouvez vous arrêter et reprendre plus tard, sur un autre appareil.",
            "Follow the link that your town hall, school or prefecture gave you. Every answer is saved: "
            "you may stop and go on later, on another device.",
        ),
    ),
    (
        "inbox",
        Text("Vous instruisez des dossiers", "You examine dossiers"),
        Text(
            "Retrouvez les dossiers à suivre, les pièces, les messages et l’historique sur une seule page. "
            "Décidez, et la personne est prévenue.",
            "Find the dossiers to follow, their attachments, messages and history on one page. "
            "Decide, and the person is told.",
        ),
    ),
    (
        "pencil",
        Text("Vous créez une démarche", "You create a procedure"),
        Text(
            "Glissez vos questions dans l’ordre voulu, regardez l’aperçu, publiez. Sans installation ni compétence "
            "technique ; une démarche existante s’importe en un geste.",
            "Drag your questions into order, look at the preview, publish. Nothing to install, no technical skill; "
            "an existing procedure is imported in one step.",
        ),
    ),
)


def home() -> rx.Component:
    """What dsbuilder does, in one screen."""
    return public_page(
        rx.el.div(
            rx.el.h1(t(TITLE)),
            rx.el.p(t(LEAD), class_name="lead"),
            rx.el.p(
                rx.el.a(
                    icon("log-in"),
                    t(START),
                    href=href("/connexion"),
                    custom_attrs={"reloadDocument": True},
                    class_name="button primary large",
                ),
                rx.el.a(
                    t(CREATE),
                    href=href("/inscription"),
                    custom_attrs={"reloadDocument": True},
                    class_name="button large",
                ),
                class_name="row",
            ),
            class_name="stack-lg home-head",
        ),
        rx.el.ul(*(_place(*place) for place in PLACES), class_name="home-places"),
    )


def _place(icon_name: str, title: Text, text: Text) -> rx.Component:
    return rx.el.li(icon(icon_name), rx.el.h2(t(title)), rx.el.p(t(text)), class_name="card")
