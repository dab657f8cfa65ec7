"""Forms as the JSON documents in which they are kept."""

import json

import pytest
from hypothesis import given

from dsbuilder.domain.documents import revision_from_json, revision_to_json
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.procedure import Revision
from tests.strategies import forms


@given(forms())
def test_any_form_is_kept_exactly(revision: Revision) -> None:
    kept = json.dumps(revision_to_json(revision), allow_nan=False)
    again = revision_from_json(json.loads(kept))
    assert again == revision
    assert json.dumps(revision_to_json(again)) == kept


def test_an_empty_document_is_an_empty_form() -> None:
    assert revision_from_json({}) == Revision()


def test_a_kind_that_is_not_known_is_refused_at_load() -> None:
    with pytest.raises(Refused, match="teleport"):
        revision_from_json({"fields": [{"id": 1, "kind": "teleport", "required": True}]})
