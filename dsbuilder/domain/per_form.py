"""What is worked out once for each form and kept for as long as that very form lives."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import ref

from dsbuilder.domain.procedure import Revision

T = TypeVar("T")


def per_form(work_out: Callable[[Revision], T]) -> Callable[[Revision], T]:
    """Have `work_out` called once for each form: by identity, for comparing two long forms costs more than most uses."""
    kept: dict[int, tuple[Any, T]] = {}

    @wraps(work_out)
    def once(revision: Revision) -> T:
        key = id(revision)
        found = kept.get(key)
        if found is not None and found[0]() is revision:
            return found[1]

        def forget(gone: Any) -> None:
            if kept.get(key, (None,))[0] is gone:  # another form may have taken its place in memory
                del kept[key]

        outcome = work_out(revision)
        kept[key] = ref(revision, forget), outcome
        return outcome

    return once
