"""The whole way of the State's real procedures: imported, published, filled, deposited, listed, filtered, written to CSV.

`python -m bench.real_dossiers`; the file is the one that `DSBUILDER_REAL_PROCEDURES` names.
"""

import sys
from time import perf_counter

from bench.prepared import a_database
from tests.whole_way import REAL_FILE, WholeWay, real_procedures


def main() -> None:
    """Print how many came how far; fail when any was lost on the way, or when a kind is not built."""
    if not REAL_FILE.is_file():
        sys.exit(f"{REAL_FILE} is not there: set DSBUILDER_REAL_PROCEDURES to its folder.")
    begun = perf_counter()
    lost: list[str] = []
    with a_database() as (_, database):
        way = WholeWay(database)
        for place, procedure in real_procedures():
            try:
                way.take(procedure, place)
            except Exception as error:  # the others go on, so that one run says all that is wrong
                lost.append(f"line {place + 1}: {type(error).__name__}: {str(error)[:300]}")
    print(*way.tally.lines(), sep="\n")
    print(f"lost         {len(lost):>6}   {perf_counter() - begun:.0f} s", *lost, sep="\n  ")
    if lost or way.tally.to_complete:
        sys.exit(1)


if __name__ == "__main__":
    main()
