"""E-mail addresses and passwords: what is accepted, and what is said when it is not."""

import re

from email_validator import EmailNotValidError, validate_email
from zxcvbn import zxcvbn

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import Text

SHORTEST, LONGEST = 12, 128
STRONG_ENOUGH = 3  # of 0 to 4: at least 10^8 guesses
READ_BY_ZXCVBN = 72  # it refuses more, and what follows can only make a password harder

# What zxcvbn, made for English and QWERTY, does not know that people choose.
GUESSED_HERE = (
    "dsbuilder", "demarche", "dossier", "motdepasse", "azertyuiop", "azerty", "qsdfghjklm", "qsdfgh", "qsdf", "wxcvbn",
    "bonjour", "soleil", "doudou", "loulou", "chouchou", "marseille", "jetaime", "secret",
)  # fmt: skip

NOT_AN_ADDRESS = Text(
    "Saisissez une adresse électronique complète, par exemple camille.martin@exemple.fr.",
    "Enter a complete e-mail address, such as camille.martin@example.com.",
)
TOO_SHORT = Text(
    "Choisissez au moins {shortest} caractères\xa0: quatre mots sans rapport entre eux, par exemple.",
    "Choose at least {shortest} characters: four unrelated words, for example.",
).format(shortest=SHORTEST)
TOO_LONG = Text("Choisissez au plus {longest} caractères.", "Choose at most {longest} characters.").format(
    longest=LONGEST
)
TOO_EASY = Text(
    "Ce mot de passe est trop facile à deviner. Ajoutez un ou deux mots sans rapport avec le reste, "
    "et n’y mettez ni votre nom ni votre adresse.",
    "This password is too easy to guess. Add one or two words that have nothing to do with the rest, "
    "and neither your name nor your address.",
)

# Where most people have their mailbox; a domain one slip away from one of these is likely meant to be it.
COMMON_DOMAINS = (
    "gmail.com", "orange.fr", "wanadoo.fr", "hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "yahoo.fr",
    "yahoo.com", "free.fr", "laposte.net", "sfr.fr", "live.fr", "icloud.com", "bbox.fr", "neuf.fr", "protonmail.com",
    "proton.me", "numericable.fr", "club-internet.fr", "aol.com", "gmx.fr", "me.com", "msn.com",
)  # fmt: skip


def read_email(text: str) -> str:
    """The address in lower case. Raises Invalid."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_quoted_local=False)
    except EmailNotValidError:
        raise Invalid(NOT_AN_ADDRESS, path="email") from None
    return found.normalized.lower()


def likely_meant(email: str) -> str:
    """The address with the well-known domain that its own is one slip away from; empty when it looks right."""
    name, _, domain = email.rpartition("@")
    if domain in COMMON_DOMAINS:
        return ""
    meant = next((common for common in COMMON_DOMAINS if _is_one_slip_away(domain, common)), "")
    return f"{name}@{meant}" if meant else ""


def _is_one_slip_away(typed: str, meant: str) -> bool:
    """One letter missing, too many or wrong, or two swapped; never for short domains, so alike."""
    if len(meant) < 7 or abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest, wanted = typed[start:], meant[start:]
    swapped = rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:]
    return swapped or rest[1:] == wanted or rest == wanted[1:] or rest[1:] == wanted[1:]


def refuse_weak(password: str, *about: str) -> None:
    """Raise Invalid unless the password is hard to guess for someone who knows what is said `about` its owner."""
    if len(password) < SHORTEST:
        raise Invalid(TOO_SHORT, path="password")
    if len(password) > LONGEST:
        raise Invalid(TOO_LONG, path="password")
    guesses = zxcvbn(password[:READ_BY_ZXCVBN], user_inputs=[*GUESSED_HERE, *_words_of(about)])
    if guesses["score"] < STRONG_ENOUGH:
        raise Invalid(TOO_EASY, path="password")


def _words_of(about: tuple[str, ...]) -> set[str]:
    """Each word, and each part of it: of an address, what stands before the @ and each name in it."""
    parts = [part for word in about for part in (word, word.partition("@")[0], *re.split(r"[@.\-_+ ]", word))]
    return {part for part in parts if part}
