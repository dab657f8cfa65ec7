"""Addresses and passwords: accepted, helped, refused."""

import pytest

from dsbuilder.domain.credentials import TOO_EASY, TOO_LONG, TOO_SHORT, likely_meant, read_email, refuse_weak
from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.texts import Text


def test_an_address_is_kept_in_lower_case_without_blanks() -> None:
    assert read_email("  Camille.Martin@Example.FR ") == "camille.martin@example.fr"


@pytest.mark.parametrize(
    "text", ["", "camille", "camille@", "@example.fr", "a b@example.fr", "a@b", "a@b..fr", "a\n@b.fr"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_email(text)
    assert refused.value.path == "email"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@gmail.co", "a@gmail.com"),
        ("a@gmail.con", "a@gmail.com"),
        ("a@gmaill.com", "a@gmail.com"),
        ("a@orange.ft", "a@orange.fr"),
        ("a@wanado.fr", "a@wanadoo.fr"),
        ("a@gmail.com", ""),
        ("a@example.fr", ""),
        ("a@gouv.fr", ""),
        ("a@hotmail.de", ""),
        ("a@sfx.fr", ""),
    ],
)
def test_a_slip_in_a_well_known_domain_is_noticed(typed: str, meant: str) -> None:
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "password", ["quatre chaises sous la pluie", "correct horse battery", "Kx9#mQ2$vL7p", "🦊" * 6 + "champignon vert"]
)
def test_a_password_hard_to_guess_is_accepted(password: str) -> None:
    refuse_weak(password, "camille@example.fr")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", TOO_SHORT),
        ("Kx9#mQ2$vL7", TOO_SHORT),
        ("x" * 129, TOO_LONG),
        ("aaaaaaaaaaaaaaaa", TOO_EASY),
        ("motdepasse123", TOO_EASY),
        ("azertyuiopqsdf", TOO_EASY),
        ("camille.martin1985", TOO_EASY),
    ],
)
def test_a_password_easy_to_guess_is_refused_with_what_to_do(password: str, why: Text) -> None:
    with pytest.raises(Invalid) as refused:
        refuse_weak(password, "camille.martin@example.fr", "Camille")
    assert (refused.value.text, refused.value.path) == (why, "password")
