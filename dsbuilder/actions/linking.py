"""Answers that name another dossier: whether there is one, and the link for the agent who may open it.

Who may not see the other dossier learns one thing of it: that some deposited dossier has this number, as on the
State's platform. Looking is counted, so that nobody goes through all numbers.
"""

from dataclasses import replace
from datetime import timedelta

from dsbuilder.actions.context import Context, part
from dsbuilder.domain.answering import split_path
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.dossier_link import DossierLinkField
from dsbuilder.domain.procedure import Field, Revision
from dsbuilder.domain.texts import Language, Text
from dsbuilder.storage import credentials, linking

LOOKS, WINDOW = 30, timedelta(hours=1)  # numbers of dossiers of others that one account may try
_TOO_MANY = Text(
    "Vous avez essayé beaucoup de numéros de dossier. Attendez une heure, puis recopiez celui de l’accusé de dépôt.",
    "You have tried many dossier numbers. Wait an hour, then copy the one on the acknowledgement of receipt.",
)


@part
def looked_up(ctx: Context, field: Field, answer: Answer) -> Answer:
    """`answer`, marked when it names a dossier and no such one was deposited. Raises Refused after too many looks."""
    type_ = field.type
    if not isinstance(type_, DossierLinkField) or answer.value is None:
        return answer
    return replace(answer, value=type_.checked(answer.value, _exists(ctx, answer.value.number)))


def _exists(ctx: Context, number: int) -> bool:
    if not linking.is_visible(ctx.db, ctx.actor, number):
        who = str(ctx.actor.account_id)
        if credentials.tries(ctx.db, "dossier link", who, ctx.now) >= LOOKS:
            raise Refused(_TOO_MANY)
        credentials.count_try(ctx.db, "dossier link", who, ctx.now, WINDOW)
    return linking.is_deposited(ctx.db, number)


@part
def addresses(ctx: Context, form: Revision, answers: Answers, language: Language) -> dict[str, str]:
    """Where the actor, an agent, may open the dossiers that answers name, by path; nothing of any other."""
    kinds = {field.id: field.type for field in form.walk()}
    named = {
        path: answer.value.number
        for path, answer in answers.items()
        if answer.value is not None and isinstance(kinds.get(split_path(path)[0]), DossierLinkField)
    }
    found = linking.instructed(ctx.db, ctx.actor, set(named.values()))
    home = "/en" if language == "en" else ""
    return {
        path: f"{home}/instruction/{found[number]}/dossiers/{number}"
        for path, number in named.items()
        if number in found
    }
