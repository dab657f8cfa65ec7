"""How many of the State's real procedures import, how many publish as they are, and how long that takes.

`python -m bench.real_procedures [FILE]`; without a file, the one that `DSBUILDER_REAL_PROCEDURES` names.
"""

import gzip
import json
import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from time import perf_counter

from dsbuilder.domain.open_data import read_procedure
from dsbuilder.domain.procedure import Field, FieldId
from dsbuilder.domain.procedure_files import ImportReport, import_report

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
NAME = "real_procedures.jsonl.gz"


def main() -> None:
    """Print the counts, then the figures of the longest list."""
    given = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DSBUILDER_REAL_PROCEDURES", DEFAULT))
    path = given / NAME if given.is_dir() else given
    if not path.is_file():
        sys.exit(f"{path} is not there: give the file, or set DSBUILDER_REAL_PROCEDURES to its folder.")
    begun = perf_counter()
    report = import_report(path)
    print_counts(report, perf_counter() - begun)
    print_longest_list(path)


def print_counts(report: ImportReport, seconds: float) -> None:
    """What came in, and what is not built yet."""
    print(f"imported     {report.imported:>6}   refused {len(report.refused)}   {seconds:.2f} s")
    print(f"publishable  {report.publishable:>6}   as they are")
    print(f"fields       {report.fields:>6}   of which to complete {report.placeholders.total()}:")
    for name, times in report.placeholders.most_common():
        print(f"  {times:>6}  {name}")
    for position, text in report.refused:
        print(f"line {position}: {text.en}")


def print_longest_list(path: Path) -> None:
    """The list with the most options: reading it, showing it for the first time, searching it."""
    field = longest_list(path)
    first = timed(lambda: field.type.choices(field.options, "fr"))
    again = timed(lambda: field.type.choices(field.options, "fr"))
    choices = field.type.choices(field.options, "fr") or field.type.search(field.options, "")
    within = max((choice.value for choice in choices), key=lambda value: len(_under(field, value)))
    field.type.search(field.options, "ecole", within=within)
    search = timed(lambda: field.type.search(field.options, "ecole", within=within))
    print(f"longest list {len(field.options.drop_down_options):>6}   “{field.label}”")
    print(f"  choices, first time {first:.1f} ms, again {again:.3f} ms; a search within {within} {search:.1f} ms")


def longest_list(path: Path) -> Field:
    """The field with the most options of the whole file."""
    numbers = count(1)
    longest: Field | None = None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for field in read_procedure(json.loads(line), lambda: FieldId(next(numbers))).revision.walk():
                if longest is None or _length(field) > _length(longest):
                    longest = field
    assert longest is not None
    return longest


def _length(field: Field) -> int:
    return len(getattr(field.options, "drop_down_options", ()))


def _under(field: Field, value: str) -> tuple[object, ...]:
    return field.type.search(field.options, "", within=value, limit=10**6)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
