"""A mail goes out once, under one Message-ID, however often the server refuses it; a real SMTP server tells."""

import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import select

from dsbuilder import clock
from dsbuilder.actions import outbox
from dsbuilder.actions.context import Context, perform
from dsbuilder.domain.texts import Text
from dsbuilder.integrations.mail_server import NoServer, SmtpServer
from dsbuilder.integrations.registers import Registers
from dsbuilder.jobs.names import all_jobs
from dsbuilder.jobs.worker import Worker
from dsbuilder.mails.letters import Letter
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import Mail
from tests.builders import NOW

LETTER = Letter(
    subject=Text("Reçu\nBcc: x@example.fr", "Receipt"),
    paragraphs=(Text("Bienvenue <b>Zoé</b>.", "Welcome."),),
    button=Text("Voir", "See"),
    link="http://localhost:8000/dossiers/1?a=b&c=d",
)


class Mailbox:
    """Keeps what it is sent, or refuses it for now."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.is_away = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.is_away:
            return "451 come back later"
        self.received.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
        return "250 taken"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mail_server(mailbox: Mailbox) -> Iterator[SmtpServer]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield SmtpServer(f"smtp://127.0.0.1:{port}")
    controller.stop()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


def post(ctx: Context) -> None:
    outbox.post(ctx, LETTER, "camille@example.fr", "fr")


def mails(database: Database) -> list[Mail]:
    with database.reading() as db:
        return list(db.exec(select(Mail)).all())


def test_a_mail_is_delivered_whole(
    database: Database, mail_server: SmtpServer, mailbox: Mailbox, at: Callable[[datetime], None]
) -> None:
    at(NOW)
    perform(database, post)
    worker = Worker(database, all_jobs(database, mail_server, Registers({})))
    while worker.run_one():
        pass
    (message,) = mailbox.received
    assert message["To"] == "camille@example.fr"
    assert message["Subject"] == "Reçu Bcc: x@example.fr"
    assert message["Bcc"] is None
    plain, html = (message.get_body([kind]).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert "Bienvenue <b>Zoé</b>." in plain
    assert LETTER.link in plain
    assert "&lt;b&gt;Zoé&lt;/b&gt;" in html
    assert mails(database)[0].sent_at == NOW


def test_a_refused_mail_is_sent_again_under_the_same_id(
    database: Database, mail_server: SmtpServer, mailbox: Mailbox, at: Callable[[datetime], None]
) -> None:
    at(NOW)
    mailbox.is_away = True
    perform(database, post)
    worker = Worker(database, all_jobs(database, mail_server, Registers({})))
    assert worker.run_one()
    assert mails(database)[0].sent_at is None
    mailbox.is_away = False
    assert not worker.run_one()
    at(NOW + timedelta(minutes=1))
    assert worker.run_one()
    assert not worker.run_one()
    assert [message["Message-ID"] for message in mailbox.received] == [mails(database)[0].message_id]


def test_a_mail_is_not_posted_when_its_cause_is_not(database: Database) -> None:
    def cause(ctx: Context) -> None:
        post(ctx)
        raise KeyError

    with pytest.raises(KeyError):
        perform(database, cause)
    assert mails(database) == []


def test_without_a_mail_server_mails_wait_in_the_outbox(database: Database, at: Callable[[datetime], None]) -> None:
    at(NOW)
    perform(database, post)
    worker = Worker(database, all_jobs(database, NoServer(), Registers({})))
    while worker.run_one():
        pass
    assert [mail.sent_at for mail in mails(database)] == [None]
