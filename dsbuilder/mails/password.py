"""About the password of an account."""

from dsbuilder.domain.texts import Text
from dsbuilder.mails.letters import Letter


def reset(link: str) -> Letter:
    """The link to choose a new password."""
    return Letter(
        subject=Text("Choisissez un nouveau mot de passe", "Choose a new password"),
        paragraphs=(
            Text(
                "Vous avez demandé à choisir un nouveau mot de passe.",
                "You asked to choose a new password.",
            ),
        ),
        button=Text("Choisir un nouveau mot de passe", "Choose a new password"),
        link=link,
        after=(
            Text(
                "Ce lien est valable un jour et ne sert qu’une fois. Si vous n’avez rien demandé, ne faites rien :\xa0"
                "votre mot de passe reste le même.",
                "This link is good for one day and works once. If you asked for nothing, do nothing: "
                "your password stays the same.",
            ),
        ),
    )


def changed(sign_in: str) -> Letter:
    """Says that the password has changed, to the one who would want to know."""
    return Letter(
        subject=Text("Votre mot de passe a changé", "Your password has changed"),
        paragraphs=(
            Text(
                "Le mot de passe de votre compte vient de changer et vos autres appareils ont été déconnectés. "
                "Si ce n’est pas vous, choisissez tout de suite un nouveau mot de passe depuis la page de connexion.",
                "The password of your account has just changed and your other devices were signed out. "
                "If it was not you, choose a new password from the sign-in page now.",
            ),
        ),
        button=Text("Aller à la page de connexion", "Go to the sign-in page"),
        link=sign_in,
    )
