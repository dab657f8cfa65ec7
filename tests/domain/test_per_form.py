"""What is worked out once per form: never for an equal one, never for one that took its place in memory."""

import gc

from dsbuilder.domain.per_form import per_form
from dsbuilder.domain.procedure import Revision


def test_it_is_worked_out_once_for_each_form_and_goes_with_it() -> None:
    asked: list[str] = []

    @per_form
    def shouted(revision: Revision) -> str:
        asked.append(revision.title)
        return revision.title.upper()

    first, equal = Revision(title="cantine"), Revision(title="cantine")
    assert [shouted(first), shouted(first), shouted(equal)] == ["CANTINE"] * 3
    assert asked == ["cantine", "cantine"]
    gc.freeze()  # what other tests left is not gone through fifty times
    for n in range(50):
        del first
        gc.collect()
        first = Revision(title=f"bourse {n}")
        assert shouted(first) == f"BOURSE {n}"
    gc.unfreeze()
