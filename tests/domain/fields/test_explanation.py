"""Explanations."""

from tests.domain.fields.tables import of


def test_it_asks_nothing() -> None:
    assert not of("explication").asks
    assert of("explication").seconds == 0


def test_a_text_to_unfold_goes_out_and_comes_back() -> None:
    note = of("explication")
    options = note.Options(True, "Le détail")
    descriptor = note.descriptor_from_options(options)
    assert descriptor == {"collapsibleExplanationEnabled": True, "collapsibleExplanationText": "Le détail"}
    assert note.options_from_descriptor(descriptor) == options
    assert note.descriptor_from_options(note.Options()) == {}
