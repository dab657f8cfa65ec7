"""What a person says of themselves: their name, and the language in which they are written to."""

from dataclasses import dataclass

from dsbuilder.actions.context import Context, Subject, reads, record
from dsbuilder.actions.sessions import own_account
from dsbuilder.domain.messages import tidy
from dsbuilder.domain.texts import Language
from dsbuilder.storage import people

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as its owner sees it."""

    email: str
    first_name: str
    last_name: str
    language: Language


@reads
def read(ctx: Context) -> Profile:
    """The actor's own profile."""
    account = people.account(ctx.db, own_account(ctx))
    return Profile(account.email, account.first_name, account.last_name, "en" if account.language == "en" else "fr")


def change(ctx: Context, first_name: str, last_name: str, language: Language) -> None:
    """Set the actor's name, as others will read it, and the language of their mails."""
    account = people.account(ctx.db, own_account(ctx))
    account.first_name, account.last_name = _name(first_name), _name(last_name)
    account.language = language
    record(ctx, "profile changed", Subject("account", account.id))


def _name(text: str) -> str:
    return " ".join(tidy(text).split())[:LONGEST_NAME]
