"""The life of a dossier."""

import pytest

from dsbuilder.domain.dossier import (
    DECIDED,
    EVENT_LABELS,
    STATE_LABELS,
    TRANSITIONS,
    DossierState,
    Event,
    Person,
    next_state,
    possible_events,
)
from dsbuilder.domain.errors import Refused


def test_the_usual_way_leads_from_draft_to_a_decision():
    state = DossierState.DRAFT
    for event in (Event.SUBMIT, Event.START_INSTRUCTION, Event.ACCEPT):
        state = next_state(state, event)
    assert state is DossierState.ACCEPTED


@pytest.mark.parametrize("state", sorted(DECIDED))
def test_a_decision_can_only_be_reopened(state):
    assert possible_events(state) == (Event.REOPEN,)


@pytest.mark.parametrize("state", list(DossierState))
@pytest.mark.parametrize("event", list(Event))
def test_what_is_not_in_the_table_is_refused_with_the_state_in_words(state, event):
    if (state, event) in TRANSITIONS:
        return
    with pytest.raises(Refused) as refused:
        next_state(state, event)
    assert STATE_LABELS[state].fr in refused.value.text.fr
    assert STATE_LABELS[state].en in refused.value.text.en


def test_every_state_and_event_is_named_in_both_languages():
    assert set(STATE_LABELS) == set(DossierState) and set(EVENT_LABELS) == set(Event)
    assert all(text.fr and text.en for text in (*STATE_LABELS.values(), *EVENT_LABELS.values()))


def test_an_identity_is_complete_with_both_names():
    assert not Person(first_name="Ada").complete
    assert Person(first_name="Ada", last_name="Byron").complete
    assert Person(first_name="Ada", last_name="Byron").name == "Ada Byron"
