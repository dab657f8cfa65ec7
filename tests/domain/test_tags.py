"""Tags in a text: read, written again, told apart, filled; and no value ever becomes one."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.dossier import Event
from dsbuilder.domain.tags import (
    Piece,
    Tag,
    Use,
    Vocabulary,
    filled,
    ids_in,
    paragraphs,
    template_from_json,
    template_to_json,
)
from dsbuilder.domain.texts import Text
from dsbuilder.mails.dossier import standard, worded
from dsbuilder.mails.letters import Letter, as_html, as_text, subject


def a_tag(id: str, label: str, code: str = "") -> Tag:
    return Tag(id, Text(label, label), code=code)


def words(*labels: str) -> Vocabulary:
    return Vocabulary([a_tag(f"tdc{place}", label, str(place)) for place, label in enumerate(labels, 1)], "fr")


# -- reading -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text", ["--Votre nom--", "-- Votre nom --", "--Votre\u00a0nom--", "--\u00a0Votre  nom\u202f--"]
)
def test_blanks_of_any_width_do_not_matter(text: str) -> None:
    assert words("Votre nom").parse(text) == (Use("tdc1", "Votre nom"),)


def test_dashes_in_a_label_are_written_as_underscores() -> None:
    known = words("Nom -- prénom", "-tiret-", "<b>Gras</b> & co")
    assert [known.tag(f"tdc{place}") for place in (1, 2, 3)] == ["--Nom __ prénom--", "--_tiret_--", "--Gras & co--"]
    for place in (1, 2, 3):
        assert ids_in(known.parse(f"a{known.tag(f'tdc{place}')}b")) == {f"tdc{place}"}


@pytest.mark.parametrize(
    "text", ["--Nom\nprénom--", "--inconnue--", "----", "Nom", "--Nom-", "-- --", "un -- deux -- trois", "--nom--"]
)
def test_what_names_no_tag_stays_as_it_is(text: str) -> None:
    assert words("Nom", "Nom prénom").parse(text) == (text,)


def test_a_tag_is_found_beside_dashes_that_mean_nothing() -> None:
    nom = Use("tdc1", "Nom")
    assert words("Nom").parse("---Nom---") == ("-", nom, "-")
    assert words("Nom").parse("--Nom----Nom--") == (nom, nom)
    assert words("Nom").parse("voici -- dit-il --Nom-- enfin") == ("voici -- dit-il ", nom, " enfin")


def test_homonyms_are_told_apart_and_only_they() -> None:
    known = Vocabulary(
        [Tag("own", Text("nom", "name")), a_tag("a", "nom", "7"), a_tag("b", "nom", "8"), a_tag("c", "nom [7]", "9"),
         a_tag("d", "ville", "10")], "fr",
    )  # fmt: skip
    assert known.names == {"own": "nom", "a": "nom [7]", "b": "nom [8]", "c": "nom [7] [9]", "d": "ville"}
    for id in known.names:
        assert known.parse(known.tag(id)) == (Use(id, known.tags[id].label.fr),)


def test_renaming_a_question_breaks_nothing() -> None:
    kept = words("Votre nom").parse("Bonjour --Votre nom--,")
    assert words("Nom de famille").written(kept) == "Bonjour --Nom de famille--,"


def test_a_slip_is_said_with_the_nearest_tag_and_an_aside_is_not() -> None:
    known = words("numéro du dossier", "nom de l’école")
    assert list(known.unknown(known.parse("--numero du dosier-- et --ecole--"))) == ["numero du dosier", "ecole"]
    assert list(known.unknown(known.parse("-- numéro du dosier --"))) == ["numéro du dosier"]
    assert known.nearest("numero du dosier") == "numéro du dossier"
    assert known.nearest("quatorze") == ""
    for aside in ("Le service -- ouvert le lundi -- répond.", "-------\nSignature", "--\nLe service", "a--b"):
        assert list(known.unknown(known.parse(aside))) == [], aside


# -- properties ----------------------------------------------------------------------------------------------------
_label = st.text("ab- _\u00a0é[1]<&\n", min_size=1, max_size=8) | st.sampled_from(["nom", "nom [1]", "nom [2]", "--"])
_text = st.lists(
    st.text("ab- \n<", max_size=5) | st.sampled_from(["--", "--nom--", "-- nom --", "--nom [2]--", "--a-b--"]),
    max_size=8,
).map("".join)


@given(st.lists(_label.filter(lambda label: label.strip(" \u00a0\n") != ""), max_size=6), _text)
def test_what_is_written_is_read_again_the_same(labels: list[str], text: str) -> None:
    known = words(*labels)
    template = known.parse(text)
    assert known.parse(known.written(template)) == template
    assert template_from_json(template_to_json(template)) == template
    assert known.written((text,)) == text


@given(st.lists(_label.filter(lambda label: label.strip(" \u00a0\n") not in ("", "<")), min_size=1, max_size=6))
def test_each_tag_has_a_name_of_its_own_that_reads_as_it(labels: list[str]) -> None:
    known = words(*labels)
    for id in known.tags:
        if known.names[id]:
            assert ids_in(known.parse(f"x {known.tag(id)} y")) == {id}


_wild = st.text("-nom<>&\"'\r\n\x00\x85\u2028 ab", max_size=30) | st.sampled_from(
    ["--nom--", "<script>", "\r\nBcc: a@b.fr", "https://piege.example", "&amp;", "\n\n"]
)


@given(_wild, _wild)
def test_an_answer_is_never_a_tag_nor_html_nor_a_line_of_the_header(one: str, other: str) -> None:
    known = words("nom", "ville")
    template = known.parse("Bonjour --nom--,\n\nde --ville--.")
    values = {"tdc1": one, "tdc2": other}
    pieces = filled(template, values)
    assert "".join(piece.words for piece in pieces if piece.id) == one + other
    letter = worded(filled(known.parse("--nom-- à --ville--"), values), pieces, _standard())
    line = subject(letter, "fr")
    assert len(line.splitlines()) <= 1
    assert line
    html, text = as_html(letter, "fr"), as_text(letter, "fr")
    assert one in text
    assert escape(one).replace("\n", "<br>") in html
    assert html.count("<a ") == 2  # the button and its address: an answer leads nowhere
    assert html.count("<p ") == 5  # two of the author, the button, its address, the foot
    assert "<script>" not in html


def _standard() -> Letter:
    return standard("https://demarches.example.org/dossiers/12", Event.ACCEPT, number=12, procedure="Cantine")


# -- filling -------------------------------------------------------------------------------------------------------
def test_paragraphs_are_the_author_s_own() -> None:
    known = words("nom")
    told = paragraphs(filled(known.parse("Un\n\n--nom--\ndeux\n \n\ntrois"), {"tdc1": "a\n\nb"}))
    assert ["".join(piece.words for piece in part) for part in told] == ["Un", "a\n\nb\ndeux", "trois"]


def test_a_paragraph_of_tags_without_a_value_leaves_no_hole() -> None:
    known = words("nom")
    assert len(paragraphs(filled(known.parse("Un\n\n--nom--\n\ndeux"), {}))) == 2


def test_only_addresses_of_the_author_and_of_the_dossier_may_be_followed() -> None:
    said = "https://mairie.example, "
    pieces = (
        Piece(said),
        Piece("https://piege.example", "tdc1"),
        Piece("https://ici.example/dossiers/1", "dossier_link"),
    )
    html = as_html(worded((), pieces, _standard()), "fr")
    assert '<a href="https://mairie.example"' in html
    assert '<a href="https://ici.example/dossiers/1"' in html
    assert '"https://piege.example"' not in html


def test_the_button_to_the_dossier_stays_and_an_empty_subject_is_ours() -> None:
    letter = worded((), (Piece("Bravo."),), _standard())
    assert subject(letter, "fr") == "Votre dossier n° 12 est accepté"
    assert as_text(letter, "fr").startswith("Bravo.\n\nVoir mon dossier\nhttps://demarches.example.org/dossiers/12")


def test_a_long_line_of_dashes_is_read_whole() -> None:
    known = words("nom")
    text = "-" * 20_000 + "--x" * 5_000
    assert known.written(known.parse(text)) == text
