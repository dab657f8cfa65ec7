"""E-mail addresses."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.errors import Invalid
from tests.domain.fields.tables import parsed, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("prenom.nom@exemple.fr", "prenom.nom@exemple.fr"),
        (" Prenom.NOM@Exemple.FR ", "Prenom.NOM@exemple.fr"),
        ("a+b@sous.domaine.exemple.com", "a+b@sous.domaine.exemple.com"),
        ("éloïse@exemple.fr", "éloïse@exemple.fr"),
        ("nom@mairie-été.fr", "nom@mairie-été.fr"),
    ],
)
def test_an_address_is_accepted(raw: str, value: str) -> None:
    assert parsed("email", raw) == value


@pytest.mark.parametrize(
    "raw",
    ["nom", "nom@", "@exemple.fr", "nom@exemple", "a b@exemple.fr", "a@b@c.fr", "nom@exemple..fr", "a@b.fr, c@d.fr"],
)
def test_anything_else_is_refused_with_an_example(raw: str) -> None:
    assert "prenom.nom@exemple.fr" in refusal("email", raw).fr


def test_an_address_too_long_is_refused() -> None:
    assert refusal("email", "a" * 300 + "@exemple.fr")


NAMES = st.one_of(
    st.from_regex(r"[A-Za-z0-9_+.\-]{1,66}", fullmatch=True),
    st.sampled_from(["postmaster", "PostMaster", "Abuse", "a..b", ".a", "é", '"a b"', "a'b", "a/b", ""]),
)
DOMAINS = st.one_of(
    st.from_regex(r"[A-Za-z0-9\-]{1,64}(\.[A-Za-z0-9\-]{1,64}){0,3}", fullmatch=True),
    st.sampled_from(
        ["exemple.fr", "Exemple.FR", "b@c.fr", "mairie-été.fr", "xn--e1afmkfd.fr", "localhost", "a.test", ""]
    ),
)


@given(NAMES, DOMAINS)
def test_what_is_read_without_the_library_is_what_the_library_reads(name: str, domain: str) -> None:
    text = f"{name}@{domain}"
    try:
        expected = validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        expected = None
    try:
        found = parsed("email", text)
    except Invalid:
        found = None
    assert found == expected
