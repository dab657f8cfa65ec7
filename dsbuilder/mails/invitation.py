"""To someone who is asked to work on a procedure."""

from dsbuilder.domain.texts import Text
from dsbuilder.mails.letters import Letter

AS_INSTRUCTOR = Text("instruire les dossiers de la démarche", "process the dossiers of the procedure")
AS_ADMINISTRATOR = Text("administrer la démarche", "administer the procedure")


def invitation(link: str, *, inviter: str, procedure: str, to_administer: bool) -> Letter:
    """The link by which one accepts, and opens an account if there is none."""
    task = AS_ADMINISTRATOR if to_administer else AS_INSTRUCTOR
    words = {"inviter": inviter, "task": task, "procedure": procedure}
    return Letter(
        subject=Text("Invitation à {task} «\xa0{procedure}\xa0»", "Invitation to {task} “{procedure}”").format(**words),
        paragraphs=(
            Text(
                "{inviter} vous invite à {task} «\xa0{procedure}\xa0».",
                "{inviter} invites you to {task} “{procedure}”.",
            ).format(**words),
        ),
        button=Text("Accepter l’invitation", "Accept the invitation"),
        link=link,
        after=(
            Text(
                "Ce lien est valable 7 jours. Si vous ne connaissez pas cette personne, ne faites rien.",
                "This link is good for 7 days. If you do not know this person, do nothing.",
            ),
        ),
    )
