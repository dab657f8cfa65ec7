"""The worked example of `docs/field-types.md` keeps the promises of a field type."""

from pathlib import Path

import pytest

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import CATALOGUE

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "field-types.md"


def test_the_example_of_the_guide_works() -> None:
    code = GUIDE.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    before = dict(CATALOGUE)
    try:
        exec(compile(code, str(GUIDE), "exec"), {"__name__": "guide"})
        stay = CATALOGUE["stay"]
    finally:
        CATALOGUE.clear()
        CATALOGUE.update(before)
    options = stay.Options(longest=10)
    assert stay.parse(" 3 ", options) == 3
    assert stay.parse("", options) is None
    assert [stay.display(n, options) for n in (None, 1, 3)] == ["", "1 jour", "3 jours"]
    for raw in ("11", "0", "-1", "trois", "1" * 5000, "²"):
        with pytest.raises(Invalid):
            stay.parse(raw, options)
