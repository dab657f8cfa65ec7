"""The accessibility statement: what is checked, what is known to fall short, whom to tell."""

import reflex as rx

from dsbuilder.components.frame import public_page
from dsbuilder.components.words import t
from dsbuilder.domain.texts import Text

TITLE = Text("Accessibilité : partiellement conforme", "Accessibility: partially conformant")
PARTS = (
    (
        Text("Ce qui est vérifié", "What is checked"),
        Text(
            "Chaque page est vérifiée automatiquement selon les règles WCAG 2.2 de niveaux A et AA, en clair et en sombre, "
            "sur téléphone et sur ordinateur. Toutes les actions se font au clavier ; ce qui se fait en glissant se fait "
            "aussi avec des boutons.",
            "Every page is checked automatically against the WCAG 2.2 rules of levels A and AA, light and dark, on a "
            "phone and on a desktop. Everything works with a keyboard; what is done by dragging is done with buttons too.",
        ),
    ),
    (
        Text("Ce qui manque encore", "What is still missing"),
        Text(
            "Aucun audit par une personne extérieure n’a encore eu lieu, et les lecteurs d’écran n’ont pas tous été essayés. "
            "Les fichiers que les organismes joignent à leurs démarches peuvent ne pas être accessibles.",
            "No outside person has audited the site yet, and not all screen readers have been tried. "
            "Files that public bodies attach to their procedures may not be accessible.",
        ),
    ),
    (
        Text("Une difficulté ?", "A difficulty?"),
        Text(
            "Écrivez à l’organisme qui propose la démarche : son adresse figure sur la page de présentation. "
            "Sans réponse, vous pouvez saisir le Défenseur des droits.",
            "Write to the body that offers the procedure: its address stands on the procedure’s first page. "
            "Without an answer, you may turn to the Defender of Rights.",
        ),
    ),
)


def accessibility() -> rx.Component:
    """What is checked, what is missing, whom to tell."""
    parts = [rx.el.section(rx.el.h2(t(title)), rx.el.p(t(text)), class_name="stack") for title, text in PARTS]
    return public_page(rx.el.div(rx.el.h1(t(TITLE)), *parts, class_name="sheet stack-lg"))
