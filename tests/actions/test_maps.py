"""Drawings are kept whole, for who may draw, and never over one that came meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from dsbuilder.actions import depositing, filling, maps
from dsbuilder.actions.context import ANONYMOUS, perform
from dsbuilder.domain.errors import Forbidden, Invalid, NotFound
from dsbuilder.domain.geometry import Shape, ShapeKind, drawing
from dsbuilder.domain.people import Actor
from dsbuilder.storage.database import Database
from dsbuilder.storage.tables import DossierRow
from tests.builders import NOW, an_actor, an_instructor
from tests.forms import a_draft, a_field, an_open_procedure


def points(*longitudes: float) -> tuple[Shape, ...]:
    return drawing([Shape(ShapeKind.POINT, (((longitude, 46.0),),)) for longitude in longitudes])


@pytest.fixture
def applicant(database: Database) -> tuple[Actor, int]:
    an_open_procedure(database, a_field(1, "carte", "Emprise", max_shapes=3), a_field(2, "text", required=False))
    return a_draft(database)


def test_a_drawing_goes_into_the_document_and_comes_back(database: Database, applicant: tuple[Actor, int]) -> None:
    actor, number = applicant
    kept = perform(database, maps.keep, number, "1", points(2, 3), "", actor=actor)
    assert kept.is_kept and kept == perform(database, maps.drawn, number, "1", actor=actor)
    with database.reading() as db:
        entry = db.get_one(DossierRow, number).answers["1"]
    assert entry["v"]["features"][1]["geometry"] == {"type": "Point", "coordinates": [3.0, 46.0]}
    assert entry["by"] == actor.account_id


def test_of_two_drawings_made_from_one_version_the_second_is_told(
    database: Database, applicant: tuple[Actor, int]
) -> None:
    actor, number = applicant

    def draw(longitude: int) -> maps.Drawn:
        return perform(database, maps.keep, number, "1", points(longitude), "", actor=actor)

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(draw, range(6)))
    (winner,) = [one for one in outcomes if one.is_kept]
    assert all(one.shapes == winner.shapes and one.version == winner.version for one in outcomes)
    assert perform(database, maps.drawn, number, "1", actor=actor) == winner


def test_other_answers_given_meanwhile_stay(database: Database, applicant: tuple[Actor, int]) -> None:
    actor, number = applicant
    with ThreadPoolExecutor(2) as pool:
        typed = [pool.submit(perform, database, filling.answer, number, "2", f"Nom {n}", actor=actor) for n in range(9)]
        seen = ""
        for place in range(5):
            seen = perform(database, maps.keep, number, "1", points(place), seen, actor=actor).version
        assert all(one.result() for one in typed)
    answers = perform(database, filling.read_dossier, number, actor=actor).answers
    assert str(answers["2"].value).startswith("Nom") and answers["1"].value == points(4)


def test_what_the_question_does_not_take_is_refused_at_its_path(
    database: Database, applicant: tuple[Actor, int]
) -> None:
    actor, number = applicant
    with pytest.raises(Invalid, match="At most 3") as refused:
        perform(database, maps.keep, number, "1", points(1, 2, 3, 4), "", actor=actor)
    assert refused.value.path == "1"


def test_only_its_applicant_draws_and_only_its_readers_read(database: Database, applicant: tuple[Actor, int]) -> None:
    actor, number = applicant
    perform(database, maps.keep, number, "1", points(2), "", actor=actor)
    perform(database, depositing.submit, number, actor=actor, now=NOW)
    with database.reading() as db:
        procedure = db.get_one(DossierRow, number).procedure_id
    agent = an_instructor(database, type("Row", (), {"id": procedure})())  # type: ignore[arg-type]
    assert perform(database, maps.drawn, number, "1", actor=agent).shapes == points(2)
    with pytest.raises(Forbidden):
        perform(database, maps.keep, number, "1", points(3), "", actor=agent)
    for stranger in (an_actor(database), ANONYMOUS):
        for action in (maps.drawn, maps.keep):
            with pytest.raises(NotFound):
                perform(
                    database, action, number, "1", *((points(3), "") if action is maps.keep else ()), actor=stranger
                )
    with pytest.raises(Forbidden):
        perform(database, maps.may_draw, actor=ANONYMOUS)
