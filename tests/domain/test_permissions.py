"""Who may do what."""

import pytest

from dsbuilder.domain.errors import Forbidden
from dsbuilder.domain.permissions import ALLOWED, REFUSAL, Permission, Relation, may, require


def test_every_permission_has_its_relations_and_its_sentence():
    assert set(ALLOWED) == set(Permission) == set(REFUSAL)


@pytest.mark.parametrize("permission", list(Permission))
def test_a_stranger_has_no_permission_at_all(permission):
    with pytest.raises(Forbidden) as refused:
        require({Relation.ANYONE}, permission)
    assert refused.value.text == REFUSAL[permission]


def test_one_fitting_relation_is_enough():
    assert may({Relation.SIGNED_IN, Relation.OWNER}, Permission.DOSSIER_FILL)


def test_an_applicant_never_decides():
    assert not may({Relation.SIGNED_IN, Relation.SELF, Relation.OWNER}, Permission.DOSSIER_INSTRUCT)
