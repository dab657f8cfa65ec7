"""An answer is looked up in its register once, never over a newer answer, and again later while the register is away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from dsbuilder import clock
from dsbuilder.actions import context, depositing, filing, filling, instruction, looking_up
from dsbuilder.actions.context import PLATFORM, Subject, perform
from dsbuilder.domain.errors import NotFound
from dsbuilder.domain.fields.lookups import Found, Lookup, NothingFound, Register, Unavailable, Why, record_of
from dsbuilder.domain.people import Actor
from dsbuilder.domain.prefill import parameter_for
from dsbuilder.domain.procedure import FieldId
from dsbuilder.integrations.asking import Asker
from dsbuilder.integrations.companies import CompanySearch
from dsbuilder.integrations.mail_server import NoServer
from dsbuilder.integrations.registers import Registers
from dsbuilder.integrations.stand_in import Fault, StandIn, stand_in
from dsbuilder.jobs.names import all_jobs
from dsbuilder.storage import jobs
from dsbuilder.storage.database import Database
from tests.builders import NOW, an_actor, an_instructor
from tests.forms import a_draft, a_field, an_open_procedure
from tests.in_a_thread import in_a_thread

SIRET, OTHER, UNKNOWN = "00012345500016", "00023456700022", "12002701600563"
FIELDS = (a_field(1, "siret", "Votre entreprise"), a_field(2, "text", "Nom", required=False))
AWAY = Unavailable(Why.BROKEN)
FOUND = Found((("name", "ATELIER ROUSSEL"),))


@pytest.fixture
def local() -> Iterator[StandIn]:
    with stand_in() as made:
        asked = registers(made)
        looking_up.use(asked)
        yield made
        asked.close()
    looking_up._registers.clear()


@pytest.fixture(autouse=True)
def unspent() -> None:
    looking_up.looked_up.forget()
    looking_up.looked_up_in_private.forget()
    looking_up.searched.forget()


@pytest.fixture
def draft(database: Database) -> tuple[Actor, int]:
    an_open_procedure(database, *FIELDS)
    return a_draft(database)


def registers(local: StandIn) -> Registers:
    return Registers({Register.COMPANIES: CompanySearch(Asker(local.at("companies")))})


def give(database: Database, draft, raw: str, *, now=NOW) -> filling.Saved:
    return perform(database, filling.answer, draft[1], "1", raw, actor=draft[0], now=now)


def value(database: Database, draft) -> Any:
    return perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers["1"].value


def note(database: Database, one: looking_up.LookUp, outcome, *, now=NOW, **how) -> None:
    perform(database, looking_up.note, one, outcome, actor=PLATFORM, now=now, **how)


def test_a_number_typed_is_looked_up_and_found(database: Database, draft, local: StandIn) -> None:
    context.use(database)
    saved = give(database, draft, "000 123 455 00016")
    assert saved.look_up is not None
    assert saved.error is None
    assert value(database, draft).state is Lookup.LOOKING
    in_a_thread(looking_up.look_up(saved.look_up))
    found = value(database, draft)
    assert (found.state, found.fact("name"), found.fact("city_name")) == (Lookup.FOUND, "ATELIER ROUSSEL", "BELLE-RIVE")


def test_a_number_that_no_register_knows_is_said_and_prevents_nothing(database: Database, draft, local) -> None:
    context.use(database)
    in_a_thread(looking_up.look_up(give(database, draft, UNKNOWN).look_up))
    assert value(database, draft).state is Lookup.NOT_FOUND
    assert deposit(database, draft)


def test_one_answer_is_looked_up_once_at_a_time(database: Database, draft) -> None:
    first = give(database, draft, SIRET)
    again = give(database, draft, SIRET)  # the input was left once more
    assert first.look_up is not None
    assert again.look_up is None
    assert value(database, draft).since == first.look_up.since
    assert perform(database, looking_up.resume, draft[1], actor=draft[0], now=NOW) == ()


def test_what_is_known_is_not_asked_again(database: Database, draft) -> None:
    note(database, give(database, draft, SIRET).look_up, FOUND)
    assert give(database, draft, SIRET).look_up is None
    assert value(database, draft).fact("name") == "ATELIER ROUSSEL"


def test_a_late_result_is_not_written_on_another_number(database: Database, draft) -> None:
    late = give(database, draft, SIRET).look_up
    newer = give(database, draft, OTHER, now=NOW + timedelta(seconds=1)).look_up
    note(database, late, FOUND)
    assert (value(database, draft).words, value(database, draft).record) == ((OTHER,), ())
    note(database, newer, NothingFound())
    assert value(database, draft).state is Lookup.NOT_FOUND


def test_a_late_result_is_not_written_where_nothing_is_any_more(database: Database, draft) -> None:
    late = give(database, draft, SIRET).look_up
    give(database, draft, "")
    note(database, late, FOUND)
    assert value(database, draft) is None
    late = give(database, draft, SIRET).look_up
    give(database, draft, "12", now=NOW + timedelta(seconds=1))
    note(database, late, FOUND)
    assert perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers["1"].raw == "12"
    perform(database, filing.discard_draft, draft[1], actor=draft[0])
    note(database, late, FOUND)
    assert not perform(database, looking_up.is_unsettled, draft[1], actor=PLATFORM)


def test_an_edit_forgets_what_was_found(database: Database, draft) -> None:
    note(database, give(database, draft, SIRET).look_up, FOUND)
    give(database, draft, OTHER)
    assert value(database, draft).record == ()


def test_noting_does_not_make_the_dossier_look_changed(database: Database, draft) -> None:
    one = give(database, draft, SIRET).look_up
    before = perform(database, filling.read_dossier, draft[1], actor=draft[0]).updated_at
    note(database, one, FOUND, now=NOW + timedelta(hours=2))
    assert perform(database, filling.read_dossier, draft[1], actor=draft[0]).updated_at == before


def test_what_was_cut_off_is_begun_again_when_the_form_opens(database: Database, draft) -> None:
    give(database, draft, SIRET)
    later = NOW + looking_up.GIVEN_UP + timedelta(seconds=1)
    (again,) = perform(database, looking_up.resume, draft[1], actor=draft[0], now=later)
    assert again.ask.words == (SIRET,)
    assert perform(database, looking_up.resume, draft[1], actor=draft[0], now=later) == ()


def test_only_who_fills_a_dossier_begins_its_look_ups_again(database: Database, draft) -> None:
    give(database, draft, SIRET)
    with pytest.raises(NotFound):
        perform(database, looking_up.resume, draft[1], actor=an_actor(database))


# -- while a register is away --------------------------------------------------------------------------------------
def due(database: Database, now) -> list[str]:
    with database.transaction() as db:
        found = []
        while (job := jobs.claim(db, "test", now)) is not None:
            found.append(job.name)
            jobs.done(db, job.id or 0, "test", now)
        return found


def deposit(database: Database, draft, *, now=NOW) -> depositing.Deposited:
    perform(database, filing.identify, draft[1], "", "Nour", "Lambert", actor=draft[0])
    return perform(database, depositing.submit, draft[1], actor=draft[0], now=now)


def test_a_register_that_is_away_prevents_no_deposit_and_the_agent_is_told(database: Database) -> None:
    procedure = an_open_procedure(database, *FIELDS)
    draft = a_draft(database)
    agent = an_instructor(database, procedure)
    one = give(database, draft, SIRET).look_up
    note(database, one, AWAY)
    deposit(database, draft)
    (section,) = perform(database, instruction.answers, draft[1], "en", actor=agent)
    read = next(answer for answer in section.answers if answer.path == "1")
    assert (read.lookup, read.facts) == (Lookup.UNAVAILABLE, ())
    assert "Not checked" in read.said
    perform(database, looking_up.take, draft[1], actor=PLATFORM, now=NOW)
    taken = value_of_platform(database, draft)
    note(database, replace(one, since=taken.since), FOUND)
    (section,) = perform(database, instruction.answers, draft[1], "en", actor=agent)
    read = next(answer for answer in section.answers if answer.path == "1")
    assert (read.lookup, [fact.words for fact in read.facts]) == (Lookup.FOUND, ["ATELIER ROUSSEL"])


def value_of_platform(database: Database, draft) -> Any:
    return perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers["1"].value


def test_a_job_asks_again_and_those_who_look_are_woken(
    database: Database, draft, local: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[Subject] = []
    monkeypatch.setattr(context, "_listeners", [woken.append])
    context.use(database)
    local.fail(Fault.BROKEN)
    in_a_thread(looking_up.look_up(give(database, draft, SIRET).look_up))
    assert value(database, draft).state is Lookup.UNAVAILABLE
    assert due(database, NOW) == []
    job = all_jobs(database, NoServer(), looking_up._registers[0])[looking_up.JOB]
    with pytest.raises(looking_up.StillAway):
        job(number=draft[1])
    local.fail(None)
    woken.clear()
    job(number=draft[1])
    assert value(database, draft).fact("name") == "ATELIER ROUSSEL"
    assert {Subject("looked_up", draft[1]), Subject("dossier", draft[1])} <= set(woken)
    asked = len(local.asked)
    job(number=draft[1])  # nothing is left to ask
    assert len(local.asked) == asked


def test_a_job_waits_for_what_somebody_else_is_looking_up(database: Database, draft, local: StandIn) -> None:
    give(database, draft, SIRET, now=clock.now())  # and then the process ends
    deposit(database, draft)
    job = all_jobs(database, NoServer(), looking_up._registers[0])[looking_up.JOB]
    with pytest.raises(looking_up.StillAway):
        job(number=draft[1])
    assert local.asked == []


def test_a_job_looks_up_what_was_cut_off(database: Database, draft, local: StandIn) -> None:
    give(database, draft, SIRET)  # long ago, by the real clock of the job
    deposit(database, draft)
    all_jobs(database, NoServer(), looking_up._registers[0])[looking_up.JOB](number=draft[1])
    assert value(database, draft).fact("name") == "ATELIER ROUSSEL"


def test_what_a_link_brought_is_looked_up_when_the_form_opens(database: Database, local: StandIn) -> None:
    an_open_procedure(database, *FIELDS)
    applicant = an_actor(database)
    link = ((parameter_for(FieldId(1)), SIRET),)
    number = perform(database, filing.start, "cantine", parameters=link, actor=applicant, now=NOW)
    draft = applicant, number
    assert value(database, draft).state is Lookup.IDLE
    (one,) = perform(database, looking_up.resume, number, actor=applicant, now=NOW)
    note(database, one, FOUND)
    assert value(database, draft).state is Lookup.FOUND
    again = perform(database, filing.start, "cantine", parameters=link, actor=applicant, now=NOW)
    assert again == number  # what was found since makes it no other answer


def test_one_job_is_left_for_all_that_fails_within_a_few_seconds(database: Database, draft) -> None:
    for number in (SIRET, OTHER, SIRET):
        note(database, give(database, draft, number).look_up, AWAY)
    soon = NOW + timedelta(seconds=2 * looking_up.AGAIN_AFTER)
    assert due(database, NOW) == []
    assert due(database, soon) == [looking_up.JOB]
    note(database, give(database, draft, OTHER, now=soon).look_up, AWAY, now=soon)
    assert due(database, soon + timedelta(seconds=30)) == [looking_up.JOB]


def test_a_deposit_leaves_what_is_unsettled_to_a_job(database: Database, draft) -> None:
    give(database, draft, SIRET)
    deposit(database, draft)
    assert looking_up.JOB in due(database, NOW + timedelta(minutes=1))


def test_a_deposit_where_all_is_known_leaves_no_job(database: Database, draft) -> None:
    note(database, give(database, draft, SIRET).look_up, FOUND)
    deposit(database, draft)
    assert looking_up.JOB not in due(database, NOW + timedelta(minutes=1))


def test_what_is_found_after_the_deposit_is_found_by_lists(database: Database, draft) -> None:
    one = give(database, draft, SIRET).look_up
    deposit(database, draft)
    note(database, one, FOUND)
    with database.reading() as db:
        keys = db.execute(text("SELECT column_name, text FROM answer_key WHERE field_id = 1")).all()
    assert ("name", "atelier roussel") in [tuple(key) for key in keys]


def test_a_form_cannot_be_used_to_hammer_a_register(database: Database, draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_up, "looked_up", looking_up.Allowance(burst=3, per_second=0))
    begun = [give(database, draft, number).look_up for number in (SIRET, OTHER, SIRET, OTHER, SIRET)]
    assert [one is not None for one in begun] == [True, True, True, False, False]
    assert value(database, draft).state is Lookup.UNAVAILABLE
    assert due(database, NOW + timedelta(hours=1)) == []
    assert perform(database, looking_up.resume, draft[1], actor=draft[0]) == ()
    deposit(database, draft)
    assert looking_up.JOB in due(database, NOW + timedelta(minutes=1))


def test_a_job_does_not_ask_more_than_its_applicant_may(database: Database, draft, monkeypatch) -> None:
    monkeypatch.setattr(looking_up, "looked_up", looking_up.Allowance(burst=1, per_second=0))
    for number in (SIRET, OTHER):  # the second is left to the job
        give(database, draft, number)
    assert perform(database, looking_up.take, draft[1], actor=PLATFORM) == ()
    assert perform(database, looking_up.is_unsettled, draft[1], actor=PLATFORM)
    looking_up.looked_up.forget()
    assert len(perform(database, looking_up.take, draft[1], actor=PLATFORM)) == 1


def test_nobody_tries_numbers_of_people_until_one_fits(database: Database) -> None:
    an_open_procedure(database, a_field(1, "mesri", "INE"), a_field(2, "siret", "Entreprise"))
    citizen, number = a_draft(database)

    def begun(path: str, raw: str) -> bool:
        return perform(database, filling.answer, number, path, raw, actor=citizen, now=NOW).look_up is not None

    tried = [begun("1", f"0290LAM{at:04}") for at in range(30)]
    assert tried == [True] * 20 + [False] * 10
    assert begun("2", SIRET)


def test_what_cannot_be_kept_of_what_a_register_says_is_left_out(database: Database, draft) -> None:
    one = give(database, draft, SIRET).look_up
    assert one is not None
    note(database, one, Found(record_of({"name": "ATE\x00LIER \ud800\u202eROUSSEL", "trade_name": "\x00"})))
    assert value(database, draft).record == (("name", "ATELIER ROUSSEL"),)
    deposit(database, draft)


# -- a table of reference data -------------------------------------------------------------------------------------
def test_a_row_of_a_table_is_found_at_once_without_any_register(database: Database) -> None:
    def boats(name: str) -> dict[str, Any]:
        return {"referentiel_source": "csv", "referentiel_table": ("Matricule,Nom", f"BR-0001,{name}")}

    an_open_procedure(database, a_field(1, "referentiel", "Bateau", **boats("La Rose des vents")))
    applicant, number = a_draft(database)
    saved = perform(database, filling.answer, number, "1", "br-0001", actor=applicant)
    assert (saved.look_up, saved.error) == (None, None)
    value = perform(database, filling.read_dossier, number, actor=applicant).answers["1"].value
    assert (value.state, value.fact("r_nom")) == (Lookup.FOUND, "La Rose des vents")
    saved = perform(database, filling.answer, number, "1", "BR-0002", actor=applicant)
    assert (saved.look_up, saved.error) == (None, None)
    perform(database, depositing.submit, number, actor=applicant)
    with database.reading() as db:
        waiting = db.execute(text("SELECT count(*) FROM job WHERE name = 'look_up_again'")).scalar_one()
    assert waiting == 0
    assert perform(database, looking_up.is_unsettled, number, actor=PLATFORM) is False
