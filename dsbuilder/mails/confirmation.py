"""To someone who has just opened an account."""

from dsbuilder.domain.texts import Text
from dsbuilder.mails.letters import Letter


def confirmation(link: str) -> Letter:
    """Asks to confirm the address."""
    return Letter(
        subject=Text("Confirmez votre adresse électronique", "Confirm your e-mail address"),
        paragraphs=(
            Text(
                "Un compte vient d’être créé avec cette adresse. Confirmez qu’elle est bien la vôtre :\xa0"
                "vous y recevrez les nouvelles de vos dossiers.",
                "An account has just been created with this address. Confirm that it is yours: "
                "news of your dossiers will be sent here.",
            ),
        ),
        button=Text("Confirmer mon adresse", "Confirm my address"),
        link=link,
        after=(
            Text(
                "Ce lien est valable 2 jours. Si vous n’avez pas créé de compte, ne faites rien.",
                "This link is good for 2 days. If you did not create an account, do nothing.",
            ),
        ),
    )


def already_registered(sign_in: str) -> Letter:
    """To someone who has an account and asks for one again: the page must not say that it exists."""
    return Letter(
        subject=Text("Vous avez déjà un compte", "You already have an account"),
        paragraphs=(
            Text(
                "Quelqu’un, sans doute vous, a voulu créer un compte avec cette adresse. Vous en avez déjà un :\xa0"
                "connectez-vous, ou choisissez un nouveau mot de passe depuis la même page.",
                "Someone, probably you, tried to create an account with this address. You already have one: "
                "sign in, or choose a new password from the same page.",
            ),
        ),
        button=Text("Me connecter", "Sign in"),
        link=sign_in,
        after=(Text("Si ce n’est pas vous, ne faites rien.", "If it was not you, do nothing."),),
    )
