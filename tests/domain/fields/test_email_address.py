"""E-mail addresses."""

import pytest

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
