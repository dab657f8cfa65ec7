"""What an author wrote, as safe HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsbuilder.domain.markup import to_html, to_text


def test_plain_words_keep_their_lines_and_signs() -> None:
    assert to_html("Moins de 3 & plus\nde 2 < 4") == "Moins de 3 &amp; plus<br>de 2 &lt; 4"
    assert to_html("  \n ") == ""


def test_an_address_becomes_a_link_without_the_full_stop_after_it() -> None:
    html = to_html("Voir https://exemple.fr/a?b=1&c=2. Merci")
    assert 'href="https://exemple.fr/a?b=1&amp;c=2"' in html
    assert html.endswith("</a>. Merci")


def test_a_few_tags_of_an_author_stay() -> None:
    assert to_html("Lisez <strong>bien</strong><ul><li>un</li></ul>").count("<") == 6


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<b onclick=alert(1)>x</b>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,<script>">x</a>',
        "<img src=x onerror=alert(1)>",
        "<b><style>*{}</style></b>",
        "<b><iframe src=//evil.example></iframe></b>",
        'https://exemple.fr/"onmouseover=alert(1)',
        "<p><svg/onload=alert(1)></p>",
    ],
)
def test_nothing_in_it_can_act(attack: str) -> None:
    html = to_html(attack)
    tags = re.findall(r"<[^>]*>", html)
    assert all(re.fullmatch(r'</?(a|b|p|br|ul|li)( href="https?://[^"]*")?( rel="[^"]*")?>', tag) for tag in tags), html


@given(st.text())
def test_any_text_gives_balanced_harmless_html(text: str) -> None:
    html = to_html(text)
    assert "<script" not in html.lower()
    assert to_text(html) is not None


def test_text_alone_has_no_tag_left_and_stands_on_one_line() -> None:
    assert to_text("<b>Nom</b>\n &amp; prénom") == "Nom & prénom"


@pytest.mark.parametrize("label", ["Nom\u00a0: «\u202fx\u202f»", "A & B\u00a0: «\u202fx\u202f»"])
def test_text_keeps_the_blanks_that_must_not_break(label: str) -> None:
    assert to_text(f" <b>{label}</b>\r\n") == to_text(f"\t{label} ") == label
