"""The official geography: the size of its file, how long it takes to load, to be searched at each key, what it holds.

Limits: a file of 3 MB, 150 ms to load in a fresh process, 2 ms at p95 for a search. A search is any beginning of what
people type of a commune: its name as it is, in capitals, without accents, without hyphens, "St" for "Saint"; its codes.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from random import Random
from statistics import median
from time import perf_counter

from bench.prepared import figure, quantile
from dsbuilder import domain
from dsbuilder.domain import geography, geography_file
from dsbuilder.domain.texts import searchable

LOADS, COMMUNES, OTHERS, TIMES = 9, 300, 60, 3
LOADED = """
from time import perf_counter, process_time
from dsbuilder.domain import geography
start, worked = perf_counter(), process_time()
geography.load()
print(perf_counter() - start, process_time() - worked)
"""
HELD = """
import tracemalloc
from dsbuilder.domain import geography
tracemalloc.start()
geography.load()
print(tracemalloc.get_traced_memory()[0])
"""
Search = Callable[[str], object]


def main() -> None:
    """Print the figures."""
    size = (files(domain) / geography_file.FILE).stat().st_size  # type: ignore[attr-defined]
    figure("file of the geography", f"{size / 1e6:.2f} MB", "≤ 3 MB")
    loads = zip(*(in_a_fresh_process(LOADED) for _ in range(LOADS)), strict=True)
    for said, seconds in zip(("loading it", "  of the processor alone"), loads, strict=True):
        spent = f"{median(seconds) * 1000:.0f} / {max(seconds) * 1000:.0f} ms"
        figure(f"{said}, {LOADS} fresh processes, median / max", spent, "≤ 150 ms")
    figure("memory that it takes", f"{in_a_fresh_process(HELD)[0] / 1e6:.1f} MB", "")
    geography.load()
    random = Random(1)
    communes = sorted({beginning for typed in of_communes(random) for beginning in beginnings(typed)})
    report("searching a commune", communes, geography.search_communes)
    epcis = sorted({start for name in of_epcis(random) for start in beginnings(name)})
    report("searching an EPCI", epcis, geography.search_epcis)


def in_a_fresh_process(program: str) -> tuple[float, ...]:
    """The numbers that a program prints."""
    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout
    return tuple(map(float, printed.split()))


def of_communes(random: Random) -> Iterator[str]:
    """What is typed of some communes, large and small alike, with the arrondissements and the overseas ones among them."""
    every = [found for found in geography.communes() if found.postal_codes]
    for one in random.sample(every, COMMUNES):
        yield from written(one.name)
        yield from (one.code, *one.postal_codes, f"{one.name} {one.postal_codes[0]}")


def of_epcis(random: Random) -> Iterator[str]:
    """What is typed of some groups of communes."""
    for one in random.sample(list(geography.epcis().values()), OTHERS):
        yield from written(one.name)


def written(name: str) -> Iterator[str]:
    """The ways to write a name."""
    yield from (name, name.upper(), name.lower(), searchable(name).strip(), name.replace("-", " "))
    yield name.replace("Saint", "St")


def beginnings(typed: str) -> Iterator[str]:
    """What stands in the box after each key."""
    return (typed[:length] for length in range(1, len(typed) + 1))


def report(subject: str, wanted: list[str], search: Search) -> None:
    """Print how long one search takes: the least of some times, because other programs take the processor meanwhile."""
    Random(2).shuffle(wanted)
    spent = [min(taken(search, text) for _ in range(TIMES)) for text in wanted]
    middle, most, worst = (quantile(spent, part) for part in (0.5, 0.95, 1))
    said = f"{middle:.2f} / {most:.2f} / {worst:.1f} ms"
    figure(f"{subject}, {len(wanted):,} beginnings, p50 / p95 / max", said, "≤ 2 ms at p95", most / 2)


def taken(search: Search, text: str) -> float:
    """Milliseconds of one search."""
    start = perf_counter()
    search(text)
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
