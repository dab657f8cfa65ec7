"""An API is tried before it is published; its token is sealed, goes to its host alone, and is told to nobody."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import text

from dsbuilder.actions import (
    context,
    depositing,
    drafting,
    filing,
    filling,
    looking_up,
    procedures,
    publishing,
    reference_tokens,
    trying,
)
from dsbuilder.actions.context import PLATFORM, perform
from dsbuilder.domain.errors import NotFound, Refusal, Refused
from dsbuilder.domain.fields.lookups import Examined, Found, Lookup, Register
from dsbuilder.domain.fields.reference_answers import Outcome, Tried
from dsbuilder.domain.people import Actor
from dsbuilder.domain.procedure import FieldId
from dsbuilder.integrations.reference_api import ReferenceApi
from dsbuilder.integrations.registers import Registers
from dsbuilder.integrations.stand_in import Fault, StandIn, stand_in
from dsbuilder.storage import references, sealing
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import ProcedureRow
from tests.builders import NOW, an_actor, an_administrator, an_instructor
from tests.in_a_thread import in_a_thread

ADDRESS, OTHER = "https://bateaux.exemple.gouv.fr/bateaux/{id}", "https://autre.exemple.gouv.fr/bateaux/{id}"
SECRET = "Bearer jeton-très-secret".encode("ascii", "ignore").decode()
SEARCH = {
    "referentiel_mode": "autocomplete",
    "referentiel_search_url": "https://bateaux.exemple.gouv.fr/bateaux?q={id}",
    "referentiel_datasource": "$.bateaux",
    "referentiel_value": "$.id",
    "referentiel_label": "$.nom",
    "referentiel_test_data": "rose",
}


@pytest.fixture
def local() -> Iterator[StandIn]:
    with stand_in() as made:
        asked = Registers({Register.REFERENCE: ReferenceApi((), made.at("reference"))})
        looking_up.use(asked)
        trying.allowed.forget()
        yield made
        asked.close()
    looking_up._registers.clear()


class Made:
    """A procedure with a question about a boat, and who administers it."""

    def __init__(self, database: Database) -> None:
        self.database, self.ada = database, an_administrator(database)
        context.use(database)
        self.number = self.do(procedures.create, "Place au port")
        self.boat = self.add("referentiel", "Bateau")
        self.port = self.add("text", "Port")
        self.set(referentiel_url=ADDRESS, referentiel_test_data="BR-0001")

    def do(self, action: Any, *arguments: Any, actor: Actor | None = None, **named: Any) -> Any:
        return perform(self.database, action, *arguments, actor=actor or self.ada, now=NOW, **named)

    def add(self, kind: str, label: str) -> FieldId:
        id = self.do(drafting.add, self.number, kind, None, None, 0).added
        self.do(drafting.change, self.number, id, 0, label=label)
        return id

    def set(self, **options: str) -> None:
        for name, raw in options.items():
            self.do(drafting.set_option, self.number, self.boat, name, raw, 0)

    def try_out(self, actor: Actor | None = None) -> None:
        trial = self.do(trying.prepare, self.number, self.boat, actor=actor)
        in_a_thread(trying.try_out(self.number, self.boat, trial, actor or self.ada))

    def known(self) -> trying.Tryable:
        return self.do(drafting.open_draft, self.number).tryables[self.boat]

    def obstacles(self) -> list[str]:
        found = self.do(publishing.readiness, self.number).obstacles
        return [one.text.en for one in found if one.field == self.boat]

    def publish(self) -> None:
        self.do(publishing.publish, self.number, "port")


@pytest.fixture
def made(database: Database, local: StandIn) -> Made:
    return Made(database)


# -- trying --------------------------------------------------------------------------------------------------------
def test_publishing_waits_for_a_try_of_the_settings_as_they_are(made: Made) -> None:
    assert "Try the API" in made.obstacles()[0]
    with pytest.raises(Refused, match="Try the API"):
        made.publish()
    made.try_out()
    assert made.obstacles() == [] and made.known().is_ready
    made.set(referentiel_mapping="Port = $.port.nom")  # what is taken over decides nothing
    assert made.known().is_ready
    made.set(referentiel_test_data="BR-0002")
    assert not made.known().is_current and made.obstacles()
    made.set(referentiel_test_data="BR-0001")  # as it was tried
    assert made.known().is_ready
    made.publish()


def test_a_try_shows_what_the_answer_holds(made: Made) -> None:
    made.try_out()
    tried = made.known().tried
    assert tried is not None and tried.outcome is Outcome.WELL
    assert [leaf.path for leaf in tried.leaves] == ["$.id", "$.nom", "$.port.nom", "$.longueur", "$.mise_a_l_eau"]


def test_a_search_is_tried_with_what_one_would_type(made: Made) -> None:
    made.set(**SEARCH)
    made.try_out()
    tried = made.known().tried
    assert tried is not None and (tried.outcome, tried.offered) == (Outcome.WELL, ("La Rose des vents (BR-0001)",))
    assert tried.leaves
    made.set(referentiel_datasource="$.ships")
    made.try_out()
    tried = made.known().tried
    assert tried is not None and (tried.outcome, tried.lists) == (Outcome.NO_LIST, ("$.bateaux",))
    assert made.obstacles()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault.MISSING, "404"),
        (Fault.BROKEN, "broken"),
        (Fault.GARBAGE, "JSON"),
        (Fault.CLOSED, "reached"),
        (Fault.HUGE, "1 MB"),
    ],
)
def test_a_try_that_fails_says_why_and_publishing_still_waits(
    made: Made, local: StandIn, fault: Fault, said: str
) -> None:
    local.fail(fault)
    made.try_out()
    tried = made.known().tried
    assert tried is not None and said in tried.sentence.en
    assert made.obstacles()


def test_an_api_that_changed_is_seen_at_once(made: Made, local: StandIn) -> None:
    made.try_out()
    local.fail(Fault.GARBAGE)
    made.try_out()  # nothing is remembered here
    assert made.obstacles()


def test_settings_that_cannot_be_asked_are_not_tried(made: Made, local: StandIn) -> None:
    made.set(referentiel_url="http://bateaux.exemple.gouv.fr/{id}")
    with pytest.raises(Refused, match="Complete the settings"):
        made.try_out()
    with pytest.raises(NotFound):
        made.do(trying.prepare, made.number, made.port)
    assert local.asked == []


@pytest.mark.parametrize("example", ["\x07", "x" * 300])
def test_an_example_that_is_no_identifier_is_refused_in_words(made: Made, example: str) -> None:
    made.set(referentiel_test_data=example)
    with pytest.raises(Refusal):
        made.do(trying.prepare, made.number, made.boat)


@pytest.mark.parametrize(
    "answer",
    [
        {"a\0b": [], "\ud800": [], "\u202e": [], "z" * 900_000: [], "sûr": []},
        {"bateaux": [{"id": "x" * 100_000, "nom": "y" * 500_000}, {"id": "1", "nom": "\0\ud800"}]},
        [*[[]] * 3, json.loads("[" * 900 + "]" * 900)],
    ],
)
@pytest.mark.parametrize("mode", ["exact_match", "autocomplete"])
def test_any_answer_is_kept_or_refused_and_never_large(
    made: Made, answer: Any, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def examine(ask: Any) -> Examined:
        return Examined(answer)

    monkeypatch.setattr(trying, "examine", examine)
    made.set(**SEARCH | {"referentiel_mode": mode})
    made.try_out()
    tried = made.known().tried
    assert tried is not None and len(repr(tried)) < 10_000
    assert tried.sentence.en.isprintable()


def test_two_who_try_at_once_both_end(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    both, keep = threading.Barrier(2), references.keep_try

    def keep_at_once(*told: Any, **how: Any) -> None:
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5)  # unless one waits for the other
        keep(*told, **how)

    monkeypatch.setattr(references, "keep_try", keep_at_once)
    tried = Tried(Outcome.WELL)
    with ThreadPoolExecutor(2) as threads:
        going = [threads.submit(made.do, trying.note, made.number, made.boat, "m", tried) for _ in range(2)]
        assert [one.result() for one in going] == [None, None]


def test_nobody_tries_without_end(made: Made) -> None:
    for _ in range(20):
        made.do(trying.prepare, made.number, made.boat)
    with pytest.raises(Refused, match="Too many"):
        made.do(trying.prepare, made.number, made.boat)


def test_only_those_who_edit_the_form_try_and_set_tokens(made: Made) -> None:
    others = (an_actor(made.database, "x@example.fr"), an_administrator(made.database, "autre@example.fr"))
    with made.database.reading() as db:
        agent = an_instructor(made.database, db.get_one(ProcedureRow, made.number), "agent@example.fr")
    for actor in (*others, agent):
        for action, *arguments in (
            (trying.prepare, made.number, made.boat),
            (reference_tokens.set_token, made.number, made.boat, "Authorization", SECRET),
            (reference_tokens.remove_token, made.number, made.boat),
            (drafting.send_to, made.number, made.boat, "$.nom", "all", 0),
        ):
            with pytest.raises(Refusal):
                made.do(action, *arguments, actor=actor)
    assert made.known().header == ""


# -- tokens --------------------------------------------------------------------------------------------------------
def test_a_token_opens_its_host_and_is_told_to_nobody(made: Made, local: StandIn) -> None:
    local.locks["reference"] = ("authorization", SECRET)
    made.try_out()
    assert "refused" in made.known().tried.sentence.en  # type: ignore[union-attr]
    made.do(reference_tokens.set_token, made.number, made.boat, " Authorization ", f" {SECRET} ")
    assert not made.known().is_current  # with another token it must be tried again
    made.try_out()
    assert made.known().is_ready and made.known().header == "Authorization"
    made.publish()
    assert SECRET not in everything_in(made.database)
    assert SECRET not in repr(made.do(trying.prepare, made.number, made.boat))


def test_an_api_that_repeats_what_it_was_sent_tells_no_token(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    async def repeated(self: ReferenceApi, ask: Any) -> Any:
        value = ask.token.value
        return {
            "nom": "Rose",
            "headers": {"authorization": value},
            "curl": f"{'-' * 80} {value}",
            "list": [{"a": value}],
        }

    monkeypatch.setattr(ReferenceApi, "examine", repeated)
    made.do(reference_tokens.set_token, made.number, made.boat, "Authorization", SECRET)
    made.try_out()
    tried = made.known().tried
    assert tried is not None and [leaf.path for leaf in tried.leaves] == ["$.nom"]


def test_an_applicant_is_served_with_the_token_and_never_sees_it(made: Made, local: StandIn) -> None:
    made.set(referentiel_prefill=f"{made.port} = $.port.nom")
    made.do(reference_tokens.set_token, made.number, made.boat, "Authorization", SECRET)
    made.try_out()
    made.publish()
    local.locks["reference"] = ("authorization", SECRET)
    applicant = an_actor(made.database, "marin@example.fr")
    number = made.do(filing.start, "port", actor=applicant)
    saved = made.do(filling.answer, number, str(made.boat), "BR-0001", actor=applicant)
    assert saved.look_up is not None and saved.look_up.ask.token is not None
    assert SECRET not in repr(saved)
    in_a_thread(looking_up.look_up(saved.look_up))
    answers = made.do(filling.read_dossier, number, actor=applicant).answers
    assert answers[str(made.boat)].value.state is Lookup.FOUND
    assert answers[str(made.port)].value == "Belle-Rive"
    saved = made.do(filling.answer, number, str(made.boat), "BR-9999", actor=applicant)
    assert saved.emptied == (str(made.port),)
    assert str(made.port) not in made.do(filling.read_dossier, number, actor=applicant).answers


def test_what_somebody_wrote_is_not_taken_back_though_the_api_says_the_same(made: Made) -> None:
    made.set(referentiel_prefill=f"{made.port} = $.port.nom")
    made.try_out()
    made.publish()
    applicant = an_actor(made.database, "marin@example.fr")
    number = made.do(filing.start, "port", actor=applicant)
    made.do(filling.answer, number, str(made.port), "Belle-Rive", actor=applicant)
    saved = made.do(filling.answer, number, str(made.boat), "BR-0001", actor=applicant)
    in_a_thread(looking_up.look_up(saved.look_up))
    saved = made.do(filling.answer, number, str(made.boat), "BR-9999", actor=applicant)
    assert saved.emptied == ()
    assert made.do(filling.read_dossier, number, actor=applicant).answers[str(made.port)].value == "Belle-Rive"


def test_a_job_fills_nothing_in_what_was_deposited(made: Made) -> None:
    made.set(referentiel_prefill=f"{made.port} = $.port.nom")
    made.do(drafting.change, made.number, made.port, 0, required=False)
    made.try_out()
    made.publish()
    applicant = an_actor(made.database, "marin@example.fr")
    number = made.do(filing.start, "port", actor=applicant)
    made.do(filing.identify, number, "Mme", "Camille", "Martin", actor=applicant)
    one = made.do(filling.answer, number, str(made.boat), "BR-0001", actor=applicant).look_up
    assert one is not None
    made.do(depositing.submit, number, actor=applicant)
    made.do(looking_up.note, one, Found(((f"p_{made.port}", "Belle-Rive"),)), again=False, actor=PLATFORM)
    answers = made.do(filling.read_dossier, number, actor=applicant).answers
    assert answers[str(made.boat)].value.state is Lookup.FOUND
    assert str(made.port) not in answers


def test_another_host_does_not_get_the_token(made: Made) -> None:
    made.do(reference_tokens.set_token, made.number, made.boat, "Authorization", SECRET)
    made.set(referentiel_url=OTHER)
    assert made.known().header == ""
    assert made.do(trying.prepare, made.number, made.boat).find.token is None
    made.set(referentiel_url=ADDRESS)
    assert made.do(trying.prepare, made.number, made.boat).find.token is not None
    made.do(reference_tokens.remove_token, made.number, made.boat)
    assert made.do(trying.prepare, made.number, made.boat).find.token is None


def test_a_search_at_another_host_does_not_get_the_token(made: Made) -> None:
    made.do(reference_tokens.set_token, made.number, made.boat, "Authorization", SECRET)
    made.set(**SEARCH)
    number = made.do(filing.start, str(made.number), test=True)
    asked = made.do(filling.search, number, str(made.boat), "rose")
    assert asked.token is not None
    made.set(referentiel_search_url="https://ailleurs.exemple.gouv.fr/bateaux?q={id}")  # of a draft, which tests use
    asked = made.do(filling.search, number, str(made.boat), "rose")
    assert "ailleurs" in asked.address and asked.token is None


def test_another_procedure_does_not_get_the_token(made: Made) -> None:
    made.do(reference_tokens.set_token, made.number, made.boat, "Authorization", SECRET)
    other = Made.__new__(Made)
    other.database, other.ada = made.database, made.ada
    other.number = other.do(procedures.create, "Autre port")
    other.boat = other.add("referentiel", "Bateau")
    other.set(referentiel_url=ADDRESS, referentiel_test_data="BR-0001")
    assert other.do(trying.prepare, other.number, other.boat).find.token is None


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("", "x"),
        ("Host", "x"),
        ("Content-Length", "1"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
        ("Cookie", "a=b"),
        ("TE", "trailers"),
        ("Expect", "100-continue"),
        ("Range", "bytes=0-1"),
        ("If-None-Match", "*"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Key: a\r\nHost", "x"),
        ("X-Key", ""),
        ("X-Key", "a\r\nHost: evil.example"),
        ("X-Key", "jeton\x00"),
        ("X-Key", "jeton é"),
        ("X-Key", "x" * 4_001),
    ],
)
def test_a_header_that_says_more_than_a_token_is_refused(made: Made, header: str, value: str) -> None:
    with pytest.raises(Refused):
        made.do(reference_tokens.set_token, made.number, made.boat, header, value)
    assert made.known().header == ""


def test_a_header_that_only_begins_like_one_of_http_is_taken(made: Made) -> None:
    for header in ("Tenant-Key", "Hosting-Key", "X-API-Key"):
        made.do(reference_tokens.set_token, made.number, made.boat, header, "x")
        assert made.known().header == header


def test_a_token_needs_a_host(made: Made) -> None:
    made.set(referentiel_url="")
    with pytest.raises(Refused, match="address"):
        made.do(reference_tokens.set_token, made.number, made.boat, "Authorization", SECRET)


def test_what_another_key_sealed_counts_as_no_token(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    made.do(reference_tokens.set_token, made.number, made.boat, "Authorization", SECRET)
    monkeypatch.setattr(sealing, "_PURPOSE", b"another key")
    assert made.do(trying.prepare, made.number, made.boat).find.token is None


def test_what_goes_where_is_said_of_what_the_answer_holds(made: Made) -> None:
    with pytest.raises(NotFound):
        made.do(drafting.send_to, made.number, made.boat, "$.nom", "all", 0)  # nothing was tried
    made.try_out()
    for path, destination in (("$.nowhere", "all"), ("$.nom", "12"), ("$.nom", "everyone"), ("$.nom", str(made.boat))):
        with pytest.raises(NotFound):
            made.do(drafting.send_to, made.number, made.boat, path, destination, 0)
    made.do(drafting.send_to, made.number, made.boat, "$.port.nom", str(made.port), 0)
    made.do(drafting.send_to, made.number, made.boat, "$.nom", "agents", 0)
    field = next(one for one in made.do(drafting.open_draft, made.number).revision.walk() if one.id == made.boat)
    assert field.options.referentiel_prefill == (f"{made.port} = $.port.nom",)
    assert field.options.referentiel_mapping == ("Nom (agents) = $.nom",)
    made.do(drafting.undo, made.number, 0)
    made.do(drafting.undo, made.number, 0)
    field = next(one for one in made.do(drafting.open_draft, made.number).revision.walk() if one.id == made.boat)
    assert (field.options.referentiel_prefill, field.options.referentiel_mapping) == ((), ())


def everything_in(database: Database) -> str:
    """All that is kept, as text."""
    with database.reading() as db:
        tables = ("procedure", "revision", "draft_command", "reference_token", "reference_try", "job", "mail")
        return " ".join(str(db.execute(text(f"SELECT * FROM {table}")).all()) for table in tables)
