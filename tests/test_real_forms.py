"""Every real procedure through libraries that others read our files with: long, so run by `make soak`."""

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pyxform.xls2xform import convert

from dsbuilder.domain.making_conditions import with_conditions, with_showable_conditions
from dsbuilder.domain.open_data import ImportedProcedure
from dsbuilder.domain.procedure_document import to_document
from dsbuilder.domain.procedure_files import read_file
from dsbuilder.domain.procedure_schema import schema
from dsbuilder.domain.xlsform_reading import read_xlsform
from dsbuilder.domain.xlsform_writing import write_xlsform
from tests.domain.test_making_answers import TODAY, all_branches_are_right
from tests.domain.test_xlsform import carried, told
from tests.strategies import next_ids

ROOT = Path(__file__).resolve().parents[1]
REAL = Path(os.environ.get("DSBUILDER_REAL_PROCEDURES", ROOT.parent / "shared" / "data"))
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3_600)]


@pytest.fixture(scope="module")
def real() -> tuple[ImportedProcedure, ...]:
    """The real procedures, where they are."""
    path = REAL / "real_procedures.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"no real procedures at {path}")
    return read_file(path.read_bytes(), next_ids())


def test_every_real_procedure_is_as_the_schema_says(real: tuple[ImportedProcedure, ...]) -> None:
    validator = Draft202012Validator(schema())
    assert all(validator.is_valid(to_document(procedure)) for procedure in real)


def test_the_reference_converter_takes_every_real_form_and_it_comes_back(real: tuple[ImportedProcedure, ...]) -> None:
    for seed, procedure in enumerate(real):
        form = with_conditions(procedure.revision, 30, seed)
        written = write_xlsform(replace(procedure, fields=form.fields)).content
        assert "<h:html" in convert(io.BytesIO(written), validate=False, warnings=[]).xform
        back = read_xlsform(written, next_ids())
        assert [told(field) for field in back.fields] == [told(field) for field in carried(form.fields)]


def test_every_real_form_with_conditions_has_valid_branches_that_show_all(real: tuple[ImportedProcedure, ...]) -> None:
    for seed, procedure in enumerate(real):
        for count in (10, 100):
            all_branches_are_right(with_showable_conditions(procedure.revision, count, TODAY, seed), seed)
