"""A dossier of 500 questions as a PDF, from its answers to the file, the start of the typesetter's process included.

Limit: one second, so that whoever clicks waits for nothing.
"""

from datetime import date
from random import Random
from statistics import median
from time import perf_counter

from bench.prepared import figure, mixed_fields
from dsbuilder import clock
from dsbuilder.documents.dossier_pdf import Sheet, rendered
from dsbuilder.domain.dossier import DossierState
from dsbuilder.domain.making_answers import made_answers
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.reading import read

QUESTIONS, TIMES, LIMIT = 500, 9, 1.0
TODAY = date(2026, 7, 15)


def main() -> None:
    """Print how long it takes, and how large it is."""
    form = Revision(tuple(mixed_fields(QUESTIONS)), title="Mesure")
    answers = made_answers(form, Random(1), TODAY, optional=1)
    taken, made = [], b""
    for _ in range(TIMES):
        start = perf_counter()
        sections = read(form, answers, "fr", TODAY)
        made = rendered(
            Sheet(1, form.title, "Ville", DossierState.SUBMITTED, "Camille Martin", sections, clock.local(clock.now()))
        )
        taken.append(perf_counter() - start)
    said = f"{median(taken) * 1000:.0f} ms"
    figure(f"PDF of {QUESTIONS} answers ({len(made) / 1000:.0f} kB)", said, "1 s", median(taken) / LIMIT)


if __name__ == "__main__":
    main()
