"""A dossier as a PDF: what was answered is there, as it was written, for those who see and those who do not."""

import re
import resource
import subprocess
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from dsbuilder.documents import dossier_pdf, typesetting
from dsbuilder.documents.dossier_pdf import Sheet, Step, rendered
from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.dossier import Answer, DossierState, Event
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.fields.lookups import Lookup, Registered
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.geometry import Shape, ShapeKind
from dsbuilder.domain.making_answers import made_answers
from dsbuilder.domain.procedure import Field, FieldId
from dsbuilder.domain.reading import ReadAnswer, ReadSection, read
from dsbuilder.domain.texts import Language
from tests.domain.conditioned import conditioned
from tests.forms import a_field, a_form
from tests.pdf_reading import ReadPdf, squeezed

TODAY = date(2026, 7, 15)
AT = datetime(2026, 7, 15, 14, 30, tzinfo=UTC)
ROW, NEXT = "01JD2K3M4N5P6Q7R8S9TAVBWCX", "01JD2K3M4N5P6Q7R8S9TAVBWCY"
AREA = Shape(ShapeKind.AREA, (((-4.49, 48.38), (-4.485, 48.38), (-4.484, 48.384), (-4.49, 48.38)),), "Terrasse", 1)
POINT = Shape(ShapeKind.POINT, (((-4.487, 48.3815),),), "", 2)


def a_sheet(*sections: ReadSection, **told: Any) -> Sheet:
    plain: dict[str, Any] = {
        "number": 1042,
        "title": "Terrasse sur le domaine public",
        "organisation": "Service de la voirie, Ville de Brest",
        "state": DossierState.SUBMITTED,
        "requester": "Mme Camille Martin",
        "made_at": AT,
        "deposited_at": AT,
    }
    return Sheet(sections=sections, **plain | told)


def of(sheet: Sheet) -> ReadPdf:
    return ReadPdf(rendered(sheet))


def saying(text: str, **told: Any) -> ReadPdf:
    """A PDF with one answer."""
    return of(a_sheet(ReadSection("s0", "", "", (ReadAnswer("1", "Question", text),)), **told))


def answering(fields: tuple[Field, ...], answers: dict[str, Answer], language: Language = "fr") -> ReadPdf:
    """A PDF of these answers, read as every page reads them."""
    return of(a_sheet(*read(a_form(*fields), answers, language, TODAY), language=language))


# -- what stands in it ---------------------------------------------------------------------------------------------
def test_the_first_page_says_which_dossier_this_is() -> None:
    pdf = saying("Oui", account="camille@example.fr", under_instruction_at=AT, processed_at=AT)
    for words in (
        "Dossier n° 1 042",
        "Terrasse sur le domaine public",
        "Service de la voirie, Ville de Brest",
        "Déposé le 15 juillet 2026 à 14:30",
        "En instruction depuis le 15",
        "Décidé le 15",
        "Demandeur Mme Camille Martin",
        "Compte camille@example.fr",
    ):
        assert words in pdf.words.replace("\u00a0", " ")
    assert "Brouillon" not in pdf.words and "Essai" not in pdf.words


def test_every_page_bears_the_number_of_the_dossier_and_its_own() -> None:
    answers = tuple(ReadAnswer(str(n), f"Question {n}", "Oui") for n in range(90))
    pages = of(a_sheet(ReadSection("s0", "", "", answers))).pages
    assert len(pages) == 3
    for place, page in enumerate(pages, start=1):
        last = page.replace("\u00a0", " ").splitlines()[-1]
        assert "Dossier n° 1 042" in last and last.endswith(f"{place} / 3")


def test_a_draft_says_so_on_every_page() -> None:
    long = tuple(ReadAnswer(str(n), f"Question {n}", "Oui") for n in range(60))
    draft = of(a_sheet(ReadSection("s0", "", "", long), state=DossierState.DRAFT, deposited_at=None, is_test=True))
    assert len(draft.pages) == 2 and all("BROUILLON" in page for page in draft.pages)
    assert "ce dossier n’est pas déposé" in draft.words and "Essai" in draft.words


def test_the_decision_and_its_reason_and_the_history() -> None:
    history = (Step(Event.SUBMIT, AT), Step(Event.REFUSE, AT, "Inès Belkacem", "Plan sans date."))
    told: dict[str, Any] = {"state": DossierState.REFUSED, "reason": "Plan sans date.", "history": history}
    assert "Motif de la décision Plan sans date." in saying("Oui", **told).words
    assert "Dossier refusé par Inès Belkacem Plan sans date." in saying("Oui", **told).words
    english = saying("Yes", language="en", **told).words
    assert "Reason for the decision" in english and "Dossier refused by Inès Belkacem" in english


def test_sections_rows_files_and_what_a_register_said() -> None:
    purged = {"token": "a", "name": "carte.jpg", "size": 0, "state": "purged"}
    fields = (
        a_field(1, "text", "Sans titre au-dessus"),
        a_field(2, "header_section", "Le chantier"),
        a_field(3, "repetition", "Intervenant", a_field(4, "text", "Nom")),
        a_field(5, "piece_justificative", "Plan"),
        a_field(6, "rna", "Association"),
        a_field(7, "titre_identite", "Pièce d’identité"),
    )
    pdf = answering(
        fields,
        {
            f"3:{ROW}": Answer(True),
            f"4:{ROW}": Answer("Yuna Le Goff"),
            f"3:{NEXT}": Answer(True),
            f"4:{NEXT}": Answer("Bao Nguyễn"),
            "5": Answer([{"token": "t", "name": "plan d’accès.pdf", "size": 412_000}]),
            "6": Answer(Registered(("W291000001",), Lookup.FOUND, (("name", "Les Amis du quai"),))),
            "7": Answer([purged]),
        },
    )
    assert pdf.outline == [
        (1, "Terrasse sur le domaine public"),
        (2, "Réponses"),
        (2, "1\u2002Le chantier"),
        (3, "Intervenant 1"),
        (3, "Intervenant 2"),
    ]
    said = pdf.words.replace("\u00a0", " ")
    for words in ("Sans titre au-dessus Sans réponse", "Nom Yuna Le Goff", "Nom Bao Nguyễn", "plan d’accès.pdf 412 ko"):
        assert words in said
    assert "Les Amis du quai" in said and "carte.jpg supprimé après la décision" in said
    assert pdf.tagged("/Figure") == []  # no picture of anybody


def test_what_a_condition_hides_is_not_there() -> None:
    fields = (
        a_field(1, "yes_no", "Marié ?"),
        conditioned(a_field(2, "text", "Conjoint"), Comparison(FieldId(1), Operator.EQ, True)),
    )
    for married in (True, False):
        words = answering(fields, {"1": Answer(married), "2": Answer("Sacha")}).words
        assert ("Sacha" in words, "Conjoint" in words) == (married, married)


# -- maps ----------------------------------------------------------------------------------------------------------
def test_a_map_is_drawn_described_and_told_as_a_table() -> None:
    pdf = answering((a_field(1, "carte", "Emprise"),), {"1": Answer((AREA, POINT))})
    (figure,) = pdf.tagged("/Figure")
    alternative = str(figure["/Alt"])
    assert alternative.startswith("Emprise\u00a0: Terrasse – Une zone de ") and "Un point situé à" in alternative
    said = pdf.words.replace("\u00a0", " ")
    for words in ("N° Tracé Mesure Latitude ; longitude", "1 Zone Terrasse", "m² 48,38 ; -4,49", "2 Point"):
        assert words in said
    assert re.search(r" \d+ m ", said)  # of the scale
    assert len(pdf.tagged("/TH")) == 4 and len(pdf.tagged("/Table")) == 1
    assert drawn_lines(pdf) > 50  # the area, the outline of France


def test_a_map_on_which_nothing_is_drawn_is_no_answer() -> None:
    pdf = answering((a_field(1, "carte", "Emprise"),), {})
    assert pdf.tagged("/Figure") == [] and "Emprise Sans réponse" in pdf.words


def test_a_large_drawing_says_what_it_leaves_out() -> None:
    many = tuple(Shape(ShapeKind.POINT, (((2 + n / 1000, 48.0),),), "", n + 1) for n in range(80))
    pdf = answering((a_field(1, "carte", "Arbres"),), {"1": Answer(many)})
    assert "Et 30 autres tracés" in pdf.words and len(str(pdf.tagged("/Figure")[0]["/Alt"])) < 500


def drawn_lines(pdf: ReadPdf) -> int:
    """How many straight lines the page draws, in itself or in the pictures it shows."""
    count = 0
    for page in pdf.reader.pages:
        forms = [one.get_object() for one in page["/Resources"].get("/XObject", {}).values()]
        for stream in (page.get_contents(), *forms):
            count += sum(line.endswith(b" l") for line in stream.get_data().replace(b" l ", b" l\n").splitlines())
    return count


# -- for those who do not see --------------------------------------------------------------------------------------
def test_it_keeps_to_the_standards_for_everyone_and_for_archives() -> None:
    pdf = saying("Oui", language="en")
    assert pdf.promises == {"pdfuaid:part", "pdfaid:part", "pdfaid:conformance"}
    root = pdf.reader.root_object
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata is not None
    assert pdf.reader.metadata.title == "Dossier no.\u00a01,042 – Terrasse sur le domaine public"
    assert len(pdf.tagged("/H1")) == 1 and len(pdf.tagged("/H2")) == 1


def test_the_same_dossier_at_the_same_instant_is_the_same_file() -> None:
    sheet = a_sheet(ReadSection("s0", "", "", (ReadAnswer("1", "Question", "Oui"),)))
    assert rendered(sheet) == rendered(sheet)


# -- whatever people write -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        '#eval("1+1") #read("/etc/passwd") #import "@preview/cetz:0.3.1"',
        '#sys.inputs #panic("x") #let x = 1; #pagebreak()',
        "$x^2$ *gras* _italique_ `code` @ref <label> // note /* note */ \\ ~ -- --- ... = Titre",
        "- liste\n+ liste\n/ terme : sens\n= Titre\n```x```",
        '"}] {"a": 1} \\u0041 \\n %s {0} {{x}} </text><svg onload="x">&amp;',
        "' OR 1=1 --",
        "Nguyễn Łódź Ærø ʻōlelo Tahitiens: fa’a’āpu, ﬁn",
        "Привет, Γειά σου",
        "😀👍 ✓ → ≤ ∑ x² m³ ½ € № … «\u00a0»",
    ],
)
def test_what_is_written_is_printed_as_it_is(text: str) -> None:
    pdf = saying(text)
    assert squeezed(text) in pdf.letters
    assert pdf.promises


@pytest.mark.parametrize("text", ["שלום עולם", "مرحبا بالعالم", "\u202eabc\u202c \u200fdef", "abc שלום 123 مرحبا"])
def test_what_is_written_from_right_to_left_keeps_to_the_standards(text: str) -> None:
    assert saying(text).promises


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x00b\x07c\x1bd\x7fe\x85f\ufffeg\ud800h", "abcdefgh"),
        ("a\r\nb\tc", "abc"),
        ("e" + "\u0301" * 50_000 + "fin", "fin"),  # the typesetter breaks on more than 32 767
    ],
)
def test_what_no_paper_holds_is_left_out(text: str, printed: str) -> None:
    pdf = saying(text)
    assert printed in pdf.letters and pdf.promises


def test_a_character_that_no_font_has_is_said_and_the_rest_is_there() -> None:
    pdf = saying("avant \ue123 après")
    assert "avant" in pdf.words and "après" in pdf.words
    assert "Certains caractères ne peuvent pas être imprimés ici" in pdf.words
    assert pdf.promises == set()
    assert "Certains caractères" not in saying("avant après").words


@pytest.mark.parametrize("text", ["a" * 100_000, "mots et phrases " * 6_250])
def test_a_hundred_thousand_characters_are_all_there(text: str) -> None:
    pdf = saying(text)
    assert "".join(pdf.pages).count("a") >= text.count("a")
    assert len(pdf.pages) > 20


def test_a_long_word_stays_within_the_page() -> None:
    pdf = saying("w" * 500)
    lines = [line for line in pdf.pages[0].splitlines() if "www" in line]
    assert len(lines) > 5 and max(map(len, lines)) < 60
    assert not any("\u200b" in words for words in pdf.said_instead)  # what is copied is what was written


def test_long_words_are_whole_where_no_line_breaks() -> None:
    long = "x" * 90
    pdf = of(a_sheet(ReadSection("s1", long, "1", (ReadAnswer("1", long, long),)), title=long))
    assert pdf.reader.metadata is not None and str(pdf.reader.metadata.title).endswith(long)
    assert pdf.outline == [(1, long), (2, f"1\u2002{long}")]


def test_an_answer_that_looks_like_a_picture_is_printed_like_any_other() -> None:
    pdf = saying("<svg> e" + "\u0301" * 50_000 + "\0\ud800 fin")
    assert "<svg>" in pdf.words and "fin" in pdf.words


# -- what goes wrong -----------------------------------------------------------------------------------------------
def test_what_takes_too_long_is_refused_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "LONGEST", 0.001)
    with pytest.raises(Refused, match="too long"):
        saying("Oui")


def test_a_typesetter_that_breaks_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier_pdf, "TEMPLATE", "absent.typ")
    with pytest.raises(Refused, match="too long"):
        saying("Oui")


def test_a_machine_that_gives_less_memory_prints_with_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    run, less = subprocess.run, 800 << 20

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (less, less))

    monkeypatch.setattr(subprocess, "run", lambda command, **how: run(command, preexec_fn=limit, **how))
    assert "Oui" in saying("Oui").words


# -- every kind ----------------------------------------------------------------------------------------------------
CHOICES = ("Lundi", "Mardi", "--Fin--", "Samedi")
OPTIONS: dict[str, dict[str, Any]] = {
    "drop_down_list": {"drop_down_options": CHOICES},
    "multiple_drop_down_list": {"drop_down_options": CHOICES},
    "linked_drop_down_list": {"drop_down_options": ("--Ville--", "Brest", "Quimper")},
}


def every_kind() -> tuple[Field, ...]:
    """A field of every kind of the catalogue, by itself, and those that a block may hold once more in a block."""
    fields = [a_field(n, kind, f"Question {kind}", **OPTIONS.get(kind, {})) for n, kind in enumerate(CATALOGUE, 1)]
    alone = [field for field in fields if field.type.control is not Control.ROWS]
    within = [
        a_field(100 + n, field.kind, f"Dans le bloc {field.kind}", **OPTIONS.get(field.kind, {}))
        for n, field in enumerate(alone)
        if field.type.asks
    ]
    return (*alone, a_field(99, "repetition", "Bloc", *within))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_answer_is_printed_as_the_page_shows_it(seed: int, language: Language) -> None:
    form = a_form(*every_kind())
    answers = made_answers(form, Random(seed), TODAY, optional=1)
    sections = read(form, answers, language, TODAY, to_agent=True)
    pdf = of(a_sheet(*sections, language=language))
    assert pdf.promises
    printed = pdf.letters
    for answer in (answer for section in sections for answer in section.answers):
        assert squeezed(answer.label) in printed
        expected = [] if answer.picture or answer.files else answer.text.splitlines()
        expected += [file.name for file in answer.files] + [fact.words for fact in answer.facts]
        expected += [shape.measure for shape in answer.shapes]
        for line in expected:
            assert squeezed(line) in printed, (answer.label, line)
    assert len(pdf.tagged("/Figure")) == sum(bool(answer.picture) for s in sections for answer in s.answers) > 0
