"""Identity documents: nobody reads one without its watermark, and none outlives the decision."""

from pathlib import Path
from typing import Any

import pytest

from dsbuilder.actions import depositing, files, filling, instruction, treating_files
from dsbuilder.actions.context import perform
from dsbuilder.domain.documents import revision_to_json
from dsbuilder.domain.errors import Invalid, NotFound, Refused
from dsbuilder.domain.people import PLATFORM, Actor
from dsbuilder.domain.questionnaire import files_of
from dsbuilder.integrations.mail_server import NoServer
from dsbuilder.integrations.registers import Registers
from dsbuilder.jobs.names import all_jobs
from dsbuilder.jobs.worker import Worker
from dsbuilder.storage import procedures
from dsbuilder.storage.blobs import Blobs
from dsbuilder.storage.database import Database
from dsbuilder.storage.files import any_of_token
from dsbuilder.storage.tables import ProcedureRow
from tests.builders import NOW, an_actor, an_instructor
from tests.forms import a_draft, a_field, a_form, an_open_procedure
from tests.pictures_to_send import a_bomb, a_photograph, a_picture

ROW = "01JD2K3M4N5P6Q7R8S9TAVBWCX"
FIELDS = (
    a_field(1, "titre_identite", "Votre pièce d’identité"),
    a_field(2, "piece_justificative", "Celle du conjoint", required=False, nature="TITRE_IDENTITE"),
    a_field(3, "piece_justificative", "Avis d’imposition", required=False, pj_auto_purge=True),
    a_field(4, "piece_justificative", "Plan", required=False),
    a_field(5, "repetition", "Enfant", a_field(6, "titre_identite", "Sa pièce", required=False), required=False),
)
PDF = b"%PDF-1.7\n" + b"x" * 300


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = Blobs(tmp_path / "files")
    monkeypatch.setattr(files, "blobs", lambda: store)
    monkeypatch.setattr("dsbuilder.clock.now", lambda: NOW)
    return tmp_path / "files"


@pytest.fixture
def procedure(database: Database):
    return an_open_procedure(database, *FIELDS)


@pytest.fixture
def draft(database: Database, procedure) -> tuple[Actor, int]:
    return a_draft(database)


def send(database: Database, draft: tuple[Actor, int], path: str, name: str, sent: bytes) -> str:
    """Attach a file as the page does."""
    awaited = perform(database, files.announce, draft[1], path, name, len(sent), actor=draft[0])
    files.blobs().append(awaited.token, sent)
    waiting = perform(database, files.awaited, awaited.token, actor=draft[0])
    perform(database, files.finish, awaited.token, *files.look_into(waiting), actor=draft[0])
    return awaited.token


def work(database: Database) -> None:
    Worker(database, all_jobs(database, NoServer(), Registers({}))).run_due()


def held(database: Database, draft: tuple[Actor, int], path: str) -> list[tuple[str, str, bool]]:
    """The files of an answer as a page shows them: name, state, whether one may read them."""
    answer = perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers[path]
    return [(view.name, view.state, bool(view.address)) for view in files_of(answer.value, "fr")]


def why_not(database: Database, actor: Actor, token: str) -> str:
    with pytest.raises(NotFound) as refused:
        perform(database, files.readable, token, actor=actor)
    return refused.value.text.fr


def read(database: Database, actor: Actor, token: str) -> bytes:
    return perform(database, files.readable, token, actor=actor).path.read_bytes()


def decided(database: Database, draft: tuple[Actor, int], procedure, verb: Any = instruction.accept) -> Actor:
    """The dossier deposited, instructed and decided, by an agent."""
    agent = an_instructor(database, procedure)
    perform(database, depositing.submit, draft[1], actor=draft[0])
    perform(database, instruction.start_instruction, draft[1], last(database, draft, agent), actor=agent)
    perform(database, verb, draft[1], last(database, draft, agent), "Parce que.", actor=agent)
    return agent


def last(database: Database, draft: tuple[Actor, int], agent: Actor) -> int:
    number = perform(database, filling.read_dossier, draft[1], actor=agent).number
    return perform(database, instruction.open_dossier, number, 1, actor=agent).seen


# -- the watermark -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["1", "2"])
def test_nobody_reads_an_identity_document_before_its_watermark_is_on_it(
    database: Database, procedure, draft: tuple[Actor, int], path: str
) -> None:
    sent = a_photograph()
    token = send(database, draft, path, "carte.jpg", sent)
    assert held(database, draft, path) == [("carte.jpg", "marking", False)]
    assert "filigrane" in why_not(database, draft[0], token)
    work(database)
    assert held(database, draft, path) == [("carte.jpg", "", True)]
    marked = read(database, draft[0], token)
    assert marked != sent and marked[:3] == b"\xff\xd8\xff" and b"Telephone" not in marked
    assert perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers[path].value[0]["size"] == len(
        marked
    )


def test_the_picture_that_came_is_not_kept(database: Database, draft: tuple[Actor, int], folder: Path) -> None:
    sent = a_photograph()
    token = send(database, draft, "1", "carte.jpg", sent)
    work(database)
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [token]
    assert all(path.read_bytes() != sent for path in folder.rglob("*") if path.is_file())


def test_agents_wait_too_and_then_read_the_marked_one(database: Database, procedure, draft: tuple[Actor, int]) -> None:
    token = send(database, draft, "1", "carte.png", a_picture("PNG"))
    agent = an_instructor(database, procedure)
    perform(database, depositing.submit, draft[1], actor=draft[0])
    assert "filigrane" in why_not(database, agent, token)
    work(database)
    assert read(database, agent, token).startswith(b"\x89PNG")
    for stranger in (an_actor(database), an_instructor(database, an_open_procedure(database, path="ailleurs"))):
        why_not(database, stranger, token)


def test_marking_twice_or_after_it_was_taken_away_changes_nothing(
    database: Database, draft: tuple[Actor, int], folder: Path
) -> None:
    token, other = (send(database, draft, "1", name, a_picture()) for name in ("un.jpg", "deux.jpg"))
    waiting = [perform(database, treating_files.to_mark, one, actor=PLATFORM) for one in (token, other)]
    perform(database, files.give_up, other, actor=draft[0])
    for one in waiting:
        treating_files.put_mark(one)
        perform(database, treating_files.keep_marked, one.token, actor=PLATFORM)
    first = read(database, draft[0], token)
    perform(database, treating_files.keep_marked, token, actor=PLATFORM)
    work(database)
    assert read(database, draft[0], token) == first
    assert held(database, draft, "1") == [("un.jpg", "", True)]
    assert not list(folder.rglob("*.new"))
    why_not(database, draft[0], other)


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("carte.jpg", a_picture()[:400], "abîmée"),
        ("carte.png", a_bomb(), "trop de points"),
        ("carte.jpg", a_picture("PNG"), "n’est pas un vrai JPG"),
        ("carte.png", PDF, "n’est pas un vrai PNG"),
    ],
)
def test_what_is_no_picture_does_not_enter(
    database: Database, draft: tuple[Actor, int], name: str, sent: bytes, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        send(database, draft, "1", name, sent)
    assert said in refused.value.text.fr
    assert "1" not in perform(database, filling.read_dossier, draft[1], actor=draft[0]).answers


@pytest.mark.parametrize("name", ["carte.pdf", "carte.gif", "carte.heic", "carte.webp", "carte"])
def test_other_formats_and_more_than_twenty_megabytes_are_refused_before_a_byte(
    database: Database, draft: tuple[Actor, int], name: str
) -> None:
    with pytest.raises(Invalid) as refused:
        perform(database, files.announce, draft[1], "1", name, 500, actor=draft[0])
    assert "JPEG et PNG" in refused.value.text.fr
    with pytest.raises(Invalid, match="20 MB"):
        perform(database, files.announce, draft[1], "1", "carte.jpg", 20_000_001, actor=draft[0])


# -- the purge -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("verb", [instruction.accept, instruction.refuse, instruction.dismiss])
def test_a_decision_ends_identity_documents_and_what_else_asks_for_it(
    database: Database, procedure, draft: tuple[Actor, int], folder: Path, verb: Any
) -> None:
    block = perform(database, filling.add_row, draft[1], "5", actor=draft[0])
    (row,) = (path.partition(":")[2] for path in block.answers if path.startswith("5:"))
    ends = [send(database, draft, path, "carte.jpg", a_picture()) for path in ("1", "2", f"6:{row}")]
    ends.append(send(database, draft, "3", "avis.pdf", PDF))
    stays = send(database, draft, "4", "plan.pdf", PDF)
    work(database)
    agent = decided(database, draft, procedure, verb)
    assert read(database, agent, ends[0])  # until the worker comes
    work(database)
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [stays]
    for path, name in (("1", "carte.jpg"), ("2", "carte.jpg"), (f"6:{row}", "carte.jpg"), ("3", "avis.pdf")):
        assert held(database, draft, path) == [(name, "purged", False)]
    assert held(database, draft, "4") == [("plan.pdf", "", True)]
    for token in ends:
        assert "supprimé après la décision" in why_not(database, agent, token)
        with database.reading() as db:
            assert any_of_token(db, token).size == 0
    assert read(database, agent, stays) == PDF


def test_a_decision_taken_back_in_time_keeps_them(database: Database, procedure, draft: tuple[Actor, int]) -> None:
    token = send(database, draft, "1", "carte.jpg", a_picture())
    agent = decided(database, draft, procedure)
    perform(database, instruction.reopen, draft[1], last(database, draft, agent), actor=agent)
    work(database)
    assert read(database, agent, token)


def test_one_that_still_waits_for_its_watermark_is_purged_all_the_same(
    database: Database, procedure, draft: tuple[Actor, int], folder: Path
) -> None:
    token = send(database, draft, "1", "carte.jpg", a_picture())
    waiting = perform(database, treating_files.to_mark, token, actor=PLATFORM)
    treating_files.put_mark(waiting)
    agent = decided(database, draft, procedure)
    perform(database, treating_files.purge_decided, draft[1], actor=PLATFORM)
    perform(database, treating_files.keep_marked, token, actor=PLATFORM)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert "supprimé" in why_not(database, agent, token)


def test_a_form_that_asks_for_none_plans_nothing(database: Database) -> None:
    procedure = an_open_procedure(database, a_field(1, "piece_justificative", "Plan", required=False), path="plan")
    draft = a_draft(database, "plan")
    send(database, draft, "1", "plan.pdf", PDF)
    agent = an_instructor(database, procedure)
    perform(database, depositing.submit, draft[1], actor=draft[0])
    for verb, more in ((instruction.start_instruction, ()), (instruction.accept, ("",))):
        perform(database, verb, draft[1], last(database, draft, agent), *more, actor=agent)
    done: list[int] = []
    jobs = {name: (lambda **payload: None) for name in all_jobs(database, NoServer(), Registers({}))}
    Worker(database, {**jobs, "purge_decided": lambda dossier: done.append(dossier)}).run_due()
    assert done == []


def test_nobody_but_the_platform_marks_and_purges(database: Database, draft: tuple[Actor, int]) -> None:
    token = send(database, draft, "1", "carte.jpg", a_picture())
    for action, given in (
        (treating_files.to_mark, token),
        (treating_files.keep_marked, token),
        (treating_files.purge_decided, draft[1]),
    ):
        with pytest.raises(Exception, match="platform"):
            perform(database, action, given, actor=draft[0])


def test_a_question_that_becomes_one_for_identity_while_a_file_comes_takes_no_unexamined_one(
    database: Database, draft: tuple[Actor, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    awaited = perform(database, files.announce, draft[1], "4", "plan.jpg", 400, actor=draft[0])
    files.blobs().append(awaited.token, a_picture()[:400])
    plan = FIELDS[3].type
    monkeypatch.setattr(type(plan), "is_identity", lambda self, options: True)
    with pytest.raises(Refused):
        perform(database, files.finish, awaited.token, *files.look_into(awaited), actor=draft[0])


def test_what_came_before_the_form_asked_for_an_identity_document_is_marked_at_the_deposit(database: Database) -> None:
    procedure = an_open_procedure(database, a_field(1, "piece_justificative", "Votre carte"), path="carte")
    draft = a_draft(database, "carte")
    tokens = [send(database, draft, "1", f"{name}.jpg", a_photograph()) for name in ("recto", "verso")]
    work(database)
    assert read(database, draft[0], tokens[0]) == a_photograph()
    newer = revision_to_json(a_form(a_field(1, "piece_justificative", "Votre carte", nature="TITRE_IDENTITE")))
    with database.transaction() as db:
        row = db.get_one(ProcedureRow, procedure.id)
        procedures.publish(db, row, path="carte", document=newer, publisher_id=None, now=NOW)
    perform(database, filling.open_dossier, draft[1], actor=draft[0])
    perform(database, depositing.submit, draft[1], actor=draft[0])
    assert held(database, draft, "1") == [("recto.jpg", "marking", False), ("verso.jpg", "marking", False)]
    agent = an_instructor(database, procedure)
    assert all("filigrane" in why_not(database, agent, token) for token in tokens)
    work(database)
    assert all(b"Telephone" not in read(database, agent, token) for token in tokens)


def test_a_decision_ends_what_was_taken_away_or_never_finished_too(
    database: Database, procedure, draft: tuple[Actor, int], folder: Path
) -> None:
    send(database, draft, "1", "carte.jpg", a_picture())
    for path, name, sent in (("1", "raturée.jpg", a_picture()), ("3", "avis.pdf", PDF)):
        perform(database, files.give_up, send(database, draft, path, name, sent), actor=draft[0])
    block = perform(database, filling.add_row, draft[1], "5", actor=draft[0])
    (row,) = (path.partition(":")[2] for path in block.answers if path.startswith("5:"))
    send(database, draft, f"6:{row}", "enfant.jpg", a_picture())
    perform(database, filling.remove_row, draft[1], "5", row, actor=draft[0])
    half = perform(database, files.announce, draft[1], "2", "conjoint.jpg", 500, actor=draft[0])
    files.blobs().append(half.token, a_picture()[:100])
    work(database)
    decided(database, draft, procedure)
    work(database)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_decision_ends_identity_documents_that_the_form_no_longer_asks_for(database: Database, folder: Path) -> None:
    identity, name = a_field(1, "titre_identite", "Votre carte"), a_field(2, "text", "Nom", required=False)
    procedure = an_open_procedure(database, identity, name, path="carte")
    draft = a_draft(database, "carte")
    token = send(database, draft, "1", "carte.jpg", a_picture())
    work(database)
    with database.transaction() as db:
        row = db.get_one(ProcedureRow, procedure.id)
        newer = revision_to_json(a_form(name))
        procedures.publish(db, row, path="carte", document=newer, publisher_id=None, now=NOW)
    perform(database, filling.open_dossier, draft[1], actor=draft[0])
    agent = decided(database, draft, procedure)
    work(database)
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert "supprim" in why_not(database, agent, token)
