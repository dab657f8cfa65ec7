"""Tables come from migrations alone, and say the same as the models."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from dsbuilder.storage.database import Database, migrate, open_database
from dsbuilder.storage.tables import Account, AnswerKey, DossierRow, Mail, MailWording, ProcedureRow, RoleRow
from tests.databases import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a table."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'blank.sqlite'}")
        yield opened
        opened.dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    opened = server.create("blank")
    yield opened
    opened.dispose()
    server.drop("blank")


def test_migrating_from_nothing_gives_the_tables_of_the_models(blank: Database) -> None:
    migrate(blank.engine)
    with blank.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(blank: Database) -> None:
    migrate(blank.engine)
    migrate(blank.engine)
    assert set(inspect(blank.engine).get_table_names()) == {*SQLModel.metadata.tables, "alembic_version"}


def test_rows_survive_every_migration(blank: Database) -> None:
    migrate(blank.engine, "0001")
    at = "2026-11-19 09:30:00.000000"
    with blank.engine.begin() as connection:
        for statement in (
            f"INSERT INTO account (email, password_hash, created_at, language, first_name, last_name) "
            f"VALUES ('a@example.fr', '-', '{at}', 'fr', '', '')",
            "INSERT INTO role (account_id, role) SELECT id, 'instructeur' FROM account",
            "INSERT INTO organisation (name, colour, logo) VALUES ('Mairie', '', '')",
            f"INSERT INTO procedure (organisation_id, state, title, details, draft, draft_sequence, draft_changed, "
            f"created_at) SELECT id, 'brouillon', '', '{{}}', '{{}}', 0, FALSE, '{at}' FROM organisation",
            f"INSERT INTO dossier (procedure_id, applicant_id, state, pile, requester, answers, annotations, created_at, "
            f"updated_at, reason, archived, test) SELECT procedure.id, account.id, 'brouillon', 'brouillon', '{{}}', "
            f"'{{}}', '{{}}', '{at}', '{at}', '', FALSE, FALSE FROM procedure, account",
            "INSERT INTO answer_key (dossier_id, field_id, column_name, row, position, procedure_id) "
            "SELECT id, 1, 'value', '', 0, procedure_id FROM dossier",
            f"INSERT INTO mail (message_id, recipient, subject, text, html, created_at, attempts) "
            f"VALUES ('<1@x>', 'a@example.fr', '', '', '', '{at}', 0)",
        ):
            connection.exec_driver_sql(statement)
    migrate(blank.engine)
    with blank.reading() as db:
        for table in (Account, RoleRow, ProcedureRow, DossierRow, AnswerKey, Mail):
            assert len(db.exec(select(table)).all()) == 1, table
    with blank.transaction() as db:
        procedure = db.exec(select(ProcedureRow)).one()
        document = {"subject": ["Bravo"], "body": []}
        db.add(
            MailWording(
                procedure_id=procedure.id or 0,
                event="accepte",
                document=document,
                language="fr",
                changed_at=procedure.created_at,
            )
        )
    with blank.transaction() as db:
        assert db.exec(select(MailWording)).one().document == document
        db.execute(delete(DossierRow))
        db.execute(delete(ProcedureRow))
    with blank.reading() as db:  # a procedure goes with its mails
        assert db.exec(select(MailWording)).all() == []
    with pytest.raises(IntegrityError), blank.transaction() as db:
        db.add(RoleRow(account_id=404, role="instructeur"))
        db.flush()
