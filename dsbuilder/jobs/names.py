"""Which job does what: a name and the function that a worker calls with the job's payload."""

from collections.abc import Callable, Mapping
from typing import Any

from dsbuilder.actions import files, housekeeping, looking_up, outbox, publishing, treating_files
from dsbuilder.actions.context import PLATFORM, perform
from dsbuilder.integrations.mail_server import MailServer
from dsbuilder.integrations.registers import WAIT, Registers
from dsbuilder.storage.database import Database

JobFunction = Callable[..., None]


def all_jobs(database: Database, mail_server: MailServer, registers: Registers) -> Mapping[str, JobFunction]:
    """Every job by its name. Most are one action; one that waits for others must not hold a transaction meanwhile."""

    def as_action(action: Callable[..., Any]) -> JobFunction:
        return lambda **payload: perform(database, action, actor=PLATFORM, **payload)

    def deliver_mail(mail_id: int) -> None:
        message = perform(database, outbox.message_of, mail_id, actor=PLATFORM)
        if message is not None and mail_server.send(message):
            perform(database, outbox.note_sent, mail_id, actor=PLATFORM)

    def mark_file(token: str) -> None:
        waiting = perform(database, treating_files.to_mark, token, actor=PLATFORM)
        if waiting is not None:
            treating_files.put_mark(waiting)
            perform(database, treating_files.keep_marked, token, actor=PLATFORM)

    def look_up_again(number: int) -> None:
        taken = perform(database, looking_up.take, number, actor=PLATFORM)
        asked = [(one, registers.ask(one.ask)) for one in taken]  # all at once: none waits for another
        for one, answer in asked:
            perform(database, looking_up.note, one, answer.result(WAIT), again=False, actor=PLATFORM)
        if perform(database, looking_up.is_unsettled, number, actor=PLATFORM):
            raise looking_up.StillAway

    return {
        looking_up.JOB: look_up_again,
        "deliver_mail": deliver_mail,
        "close_overdue": as_action(publishing.close_overdue),
        "clear_dossiers": as_action(housekeeping.clear_dossiers),
        "clear_expired": as_action(housekeeping.clear_expired),
        "clear_files": as_action(files.clear_files),
        "mark_file": mark_file,
        "purge_decided": as_action(treating_files.purge_decided),
    }
