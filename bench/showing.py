"""After any one answer, what shows: 500 chained conditions and 1,000 mixed fields, beside bare Python and json-logic.

Limits: 0.05 ms at p95 for the chain, 0.2 ms for the mixed form. Each figure is one answer entered, what shows
computed, and its difference from before.
"""

import gzip
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from time import perf_counter

from json_logic import jsonLogic

from bench.prepared import figure, mixed_fields, quantile
from bench.real_procedures import DEFAULT, NAME
from dsbuilder.domain.checking_conditions import check
from dsbuilder.domain.conditions import Comparison
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.fields.operators import Operator
from dsbuilder.domain.interpreting import shown_plainly
from dsbuilder.domain.making_conditions import with_conditions, with_showable_conditions
from dsbuilder.domain.open_data import read_procedure
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.showing import compiled, difference
from tests.domain.conditioned import conditioned, random_answers, telling_values
from tests.forms import a_field

TODAY = date(2026, 3, 27)
CHAIN, MIXED, MIXED_CONDITIONS = 500, 1000, 500
RUNS, SLOW_RUNS = 4000, 60
OPTIONS = ("Lundi", "Mardi", "Jeudi")
Step = tuple[str, Answer | None]


def main() -> None:
    """Print the figures."""
    chain = chained(CHAIN)
    answers = {str(field.id): Answer(value=OPTIONS[0]) for field in chain.fields}
    random = Random(1)
    steps = [a_step_of_chain(random) for _ in range(RUNS)]
    report("bare generated Python, 500 chained", bare(CHAIN, steps), "")
    report("500 chained conditions, what shows after an answer", ours(chain, answers, steps), "≤ 0.05 ms at p95")
    report("  the same read term by term", plain(chain, answers, steps[:SLOW_RUNS]), "")
    report("  the same by json-logic-qubit", json_logic(CHAIN, steps[:SLOW_RUNS]), "")
    mixed = with_showable_conditions(Revision(tuple(mixed_fields(MIXED))), MIXED_CONDITIONS, TODAY, seed=2)
    values = telling_values(mixed, TODAY)
    asked = [id for id, some in values.items() if some]
    changes: list[Step] = [
        (str(id), random.choice([None, *(Answer(value=value) for value in values[id])]))
        for id in random.choices(asked, k=RUNS)
    ]
    carrying = sum(field.condition is not None for field in mixed.walk())
    taken = ours(mixed, random_answers(mixed, random, TODAY), changes)
    report(f"1,000 mixed fields, {carrying} with conditions", taken, "≤ 0.2 ms at p95")
    once("compiling 500 chained conditions", lambda: compiled(chained(CHAIN)), "")
    once("checking 500 fields with 300 conditions", checking(500, 300), "≤ 1 s")
    real = Path(os.environ.get("DSBUILDER_REAL_PROCEDURES", DEFAULT)) / NAME
    if real.is_file():
        forms = [with_conditions(form, 37 * n % 301, seed=n) for n, form in enumerate(real_forms(real))]
        taken = timed(lambda: [check(form, TODAY) for form in forms])
        figure(f"checking {len(forms)} real lists with 0 to 300 conditions", f"{taken:.2f} s", "≤ 10 s")


def chained(length: int) -> Revision:
    """Choices, each of which shows when the one before it is the first option."""
    fields = [a_field(1, "drop_down_list", drop_down_options=OPTIONS)]
    for id in range(2, length + 1):
        condition = Comparison(FieldId(id - 1), Operator.EQ, OPTIONS[0])
        fields.append(conditioned(a_field(id, "drop_down_list", drop_down_options=OPTIONS), condition))
    return Revision(tuple(fields))


def a_step_of_chain(random: Random) -> Step:
    """One answer anywhere, mostly one that keeps the chain whole."""
    return str(random.randint(1, CHAIN)), Answer(value=random.choice((OPTIONS[0],) * 9 + OPTIONS[1:]))


# -- each way ------------------------------------------------------------------------------------------------------
def ours(form: Revision, answers: dict[str, Answer], steps: Sequence[Step]) -> list[float]:
    """By the compiled form, from one answer to the difference."""
    made = compiled(form)
    facts = made.facts(answers)
    before = made.showing(facts, TODAY)
    taken = []
    for path, answer in steps:
        begun = perf_counter()
        made.enter(facts, path, answer)
        after = made.showing(facts, TODAY)
        difference(before, after)
        taken.append(perf_counter() - begun)
        made.enter(facts, path, answers.get(path))  # back, so that each step meets the same form
        before = made.showing(facts, TODAY)
    return taken


def plain(form: Revision, answers: dict[str, Answer], steps: Sequence[Step]) -> list[float]:
    """By the plain reading of all the terms."""
    return [timed(lambda given=given: shown_plainly(form, {**answers, **dict([given])}, TODAY)) for given in steps]  # type: ignore[misc]


def bare(length: int, steps: Sequence[Step]) -> list[float]:
    """By Python as one would write it by hand for this very chain: values in a list, a list of bools out."""
    lines = ["def shows(values):", f"    ({', '.join(f'v{n}' for n in range(length))},) = values", "    s0 = True"]
    lines += [f"    s{n} = s{n - 1} and v{n - 1} == 'Lundi'" for n in range(1, length)]
    lines += [f"    return [{', '.join(f's{n}' for n in range(length))}]"]
    namespace: dict[str, Callable[[list[str]], list[bool]]] = {}
    exec("\n".join(lines), namespace)  # type: ignore[arg-type]
    shows, taken = namespace["shows"], []
    for path, answer in steps:
        values = [OPTIONS[0]] * length
        begun = perf_counter()
        values[int(path) - 1] = answer.value if answer else ""
        shows(values)
        taken.append(perf_counter() - begun)
    return taken


def json_logic(length: int, steps: Sequence[Step]) -> list[float]:
    """By json-logic, a rule for each question, in order, the answers to what is hidden left out."""
    rules = [{"==": [{"var": f"q{n}"}, OPTIONS[0]]} for n in range(length - 1)]

    def shows(answers: dict[str, str]) -> list[bool]:
        seen, shown = {"q0": answers["q0"]}, [True]
        for n, rule in enumerate(rules, start=1):
            shown.append(bool(jsonLogic(rule, seen)))
            if shown[-1]:
                seen[f"q{n}"] = answers[f"q{n}"]
        return shown

    taken = []
    for path, answer in steps:
        answers = {f"q{n}": OPTIONS[0] for n in range(length)} | {f"q{int(path) - 1}": answer.value if answer else ""}
        taken.append(timed(lambda answers=answers: shows(answers)))  # type: ignore[misc]
    return taken


def checking(fields: int, conditions: int) -> Callable[[], object]:
    """The check of a form that was made beforehand."""
    form = with_conditions(Revision(tuple(mixed_fields(fields))), conditions, seed=3)
    return lambda: check(form, TODAY)


def real_forms(path: Path) -> Iterator[Revision]:
    """The field lists of the real procedures."""
    numbers = count(1)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield read_procedure(json.loads(line), lambda: FieldId(next(numbers))).revision


# -- timing --------------------------------------------------------------------------------------------------------
def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def report(subject: str, taken: Sequence[float], limit: str) -> None:
    """One line: p50 and p95."""
    half, most = (quantile(taken, part) * 1000 for part in (0.5, 0.95))
    figure(subject, f"{half:.3f} ms", f"p95 {most:.3f} ms   {limit}")


def once(subject: str, work: Callable[[], object], limit: str) -> None:
    """One line: the middle of five."""
    figure(subject, f"{quantile([timed(work) for _ in range(5)], 0.5) * 1000:.0f} ms", limit)


if __name__ == "__main__":
    main()
