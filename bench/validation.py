"""What is wrong with 500 answers, beside jsonschema, pydantic and Django forms; opening the longest real form.

Warm: a process that has validated before, once with the same values (as when a page asks again), once with values that
it never saw. Cold: the first submission of a fresh process, which has imported everything and made the form, with every
cache of ours and of the libraries empty. Time is that of the processor, so that what else the machine does counts less.
All take phones by phonenumbers; e-mails ours and pydantic by email-validator, Django and jsonschema by their own rule.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from time import process_time
from typing import Annotated, Any, Literal

import phonenumbers
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import AfterValidator, EmailStr, ValidationError, create_model

from bench.prepared import figure, mixed_fields, quantile
from bench.real_procedures import DEFAULT, NAME
from dsbuilder.domain.answering import Asked, enter, join_path, problems
from dsbuilder.domain.documents import revision_from_json, revision_to_json
from dsbuilder.domain.dossier import Answer
from dsbuilder.domain.open_data import read_procedure
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.questionnaire import sections
from tests.forms import a_field

TODAY = date(2026, 3, 27)
FIELDS, LONGEST = 500, 513
RUNS, FRESH = 60, 7
DAYS = ("Lundi", "Mardi", "Jeudi")
ROW = "01JD2K3M4N5P6Q7R8S9TAVBWCX"
PARTS = ("Matin", "Midi", "Soir")
KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("text", {}),
    ("drop_down_list", {"drop_down_options": DAYS}),
    ("integer_number", {}),
    ("textarea", {}),
    ("yes_no", {}),
    ("date", {}),
    ("email", {}),
    ("decimal_number", {}),
    ("phone", {}),
    ("multiple_drop_down_list", {"drop_down_options": PARTS}),
)
Raws = dict[str, Any]
Validate = Callable[[Raws], bool]  # whether nothing is wrong


def main() -> None:
    """Print the figures."""
    for name, (subject, _) in WAYS.items():
        if name == "django" and find_spec("django") is None:
            print("Django is not installed here (pip install -e '.[bench]'): its forms are not measured.")
            continue
        validate = WAYS[name][1]()
        report(f"{FIELDS} fields, {subject}, warm", warmly(validate, [1] * RUNS), "≤ 5 ms" if name == "ours" else "")
        report("  values never seen before", warmly(validate, range(2, RUNS + 2)), "")
        cold = [first_of_a_process(name) for _ in range(FRESH)]
        report("  the first of a process, cold", cold, "≤ 30 ms" if name == "ours" else "")
    whose, document = longest_form()
    text = json.dumps(document)
    report(f"loading {whose}, from its document", repeatedly(lambda: revision_from_json(document)), "≤ 5 ms")
    report("  the same from its text", repeatedly(lambda: revision_from_json(json.loads(text))), "")
    fresh = [revision_from_json(document) for _ in range(RUNS + 1)]
    rows = {join_path(top.id, ROW): Answer(value=True) for top in fresh[0].fields if top.children}
    shown = f"questionnaire of it, {len(rows)} blocks with a row each"
    report(f"  {shown}", repeatedly(lambda: sections(fresh.pop(), rows, "fr")), "≤ 5 ms")


# -- a submission --------------------------------------------------------------------------------------------------
def the_form() -> Revision:
    """Required fields of mixed kinds."""
    kinds = (KINDS[n % len(KINDS)] for n in range(FIELDS))
    return Revision(tuple(a_field(id, kind, **options) for id, (kind, options) in enumerate(kinds, start=1)))


def a_submission(random: Random) -> Raws:
    """What somebody enters everywhere, by path; numbers as text, as a page sends them."""
    return {str(id): raw_of(KINDS[(id - 1) % len(KINDS)][0], random) for id in range(1, FIELDS + 1)}


def raw_of(kind: str, random: Random) -> Any:
    """One valid entry."""
    number = random.randrange(10**6)
    return {
        "text": f"Rue du Moulin, {number}",
        "drop_down_list": random.choice(DAYS),
        "integer_number": str(number),
        "textarea": f"Nous préparons ce projet\navec {number} habitants du quartier.",
        "yes_no": random.choice(("true", "false")),
        "date": (date(1950, 1, 1) + timedelta(random.randrange(25_000))).isoformat(),
        "email": f"camille.martin{number}@mairie-{number % 977}.fr",
        "decimal_number": f"{number / 100:.2f}",
        "phone": f"+32 470 {number:06}" if random.random() < 0.1 else f"06 1{random.randrange(10)} {number:06}",
        "multiple_drop_down_list": random.sample(PARTS, 2),
    }[kind]


def check_phone(text: str) -> str:
    """`text`, when phonenumbers finds that it may exist. Raises ValueError."""
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise ValueError(text) from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError(text)
    return text


# -- each way ------------------------------------------------------------------------------------------------------
def by_ours() -> Validate:
    """Each raw value entered, then everything that is wrong."""
    form = the_form()
    places = [Asked(str(field.id), field) for field in form.fields]

    def validate(raws: Raws) -> bool:
        answers = {asked.path: enter(asked, raws[asked.path]) for asked in places}
        return not problems(form, answers, complete=True, today=TODAY)

    return validate


def by_jsonschema() -> Validate:
    """A schema of texts, since that is what a page sends."""
    checker = FormatChecker()
    checker.checks("phone", raises=ValueError)(lambda text: bool(check_phone(text)))
    schemas: Mapping[str, Any] = {
        "drop_down_list": {"enum": list(DAYS)},
        "integer_number": {"type": "string", "pattern": r"^-?\d+$"},
        "yes_no": {"enum": ["true", "false"]},
        "date": {"type": "string", "format": "date"},
        "email": {"type": "string", "format": "email"},
        "decimal_number": {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
        "phone": {"type": "string", "format": "phone"},
        "multiple_drop_down_list": {"type": "array", "items": {"enum": list(PARTS)}},
    }
    properties = {id: schemas.get(kind, {"type": "string", "maxLength": 100_000}) for id, kind in kinds_by_path()}
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return Draft202012Validator(schema, format_checker=checker).is_valid


def by_pydantic() -> Validate:
    """A model of the values."""
    types: Mapping[str, Any] = {
        "drop_down_list": Literal[DAYS],
        "integer_number": int,
        "yes_no": bool,
        "date": date,
        "email": EmailStr,
        "decimal_number": float,
        "phone": Annotated[str, AfterValidator(check_phone)],
        "multiple_drop_down_list": list[Literal[PARTS]],
    }
    fields: dict[str, Any] = {f"q{id}": (types.get(kind, str), ...) for id, kind in kinds_by_path()}
    model = create_model("Submission", **fields)

    def validate(raws: Raws) -> bool:
        try:
            model.model_validate({f"q{id}": raw for id, raw in raws.items()})
        except ValidationError:
            return False
        return True

    return validate


def by_django() -> Validate:
    """A form of Django's."""
    settings = import_module("django.conf").settings
    if not settings.configured:
        settings.configure(USE_I18N=False)
        import_module("django").setup()
    forms, exceptions = import_module("django.forms"), import_module("django.core.exceptions")

    def phone(text: str) -> None:
        try:
            check_phone(text)
        except ValueError:
            raise exceptions.ValidationError("phone") from None

    makers: Mapping[str, Callable[[], Any]] = {
        "drop_down_list": lambda: forms.ChoiceField(choices=[(day, day) for day in DAYS]),
        "integer_number": forms.IntegerField,
        "yes_no": lambda: forms.ChoiceField(choices=[("true", "Oui"), ("false", "Non")]),
        "date": forms.DateField,
        "email": forms.EmailField,
        "decimal_number": forms.DecimalField,
        "phone": lambda: forms.CharField(validators=[phone]),
        "multiple_drop_down_list": lambda: forms.MultipleChoiceField(choices=[(part, part) for part in PARTS]),
    }
    made = type("Submission", (forms.Form,), {id: makers.get(kind, forms.CharField)() for id, kind in kinds_by_path()})
    return lambda raws: bool(made(raws).is_valid())


WAYS: Mapping[str, tuple[str, Callable[[], Validate]]] = {
    "ours": ("entered and validated", by_ours),
    "jsonschema": ("jsonschema", by_jsonschema),
    "pydantic": ("pydantic", by_pydantic),
    "django": ("Django forms", by_django),
}


def kinds_by_path() -> list[tuple[str, str]]:
    """Every place of the form with its kind."""
    return [(str(id), KINDS[(id - 1) % len(KINDS)][0]) for id in range(1, FIELDS + 1)]


# -- a long form ---------------------------------------------------------------------------------------------------
def longest_form() -> tuple[str, dict[str, Any]]:
    """The real procedure with the most fields as our document; where it is absent, one of ours as long."""
    real = Path(os.environ.get("DSBUILDER_REAL_PROCEDURES", DEFAULT)) / NAME
    if not real.is_file():
        print(f"{real} is not there: a form of ours stands for the longest real procedure.")
        form = Revision(tuple(mixed_fields(LONGEST)[:LONGEST]))
        return f"a made form of {LONGEST} fields", revision_to_json(form)
    longest = Revision()
    with gzip.open(real, "rt", encoding="utf-8") as lines:
        for line in lines:
            ids = iter(range(1, 10**6))
            form = read_procedure(json.loads(line), lambda ids=ids: FieldId(next(ids))).revision  # type: ignore[misc]
            longest = max(longest, form, key=size)
    return f"the real procedure of {size(longest)} fields", revision_to_json(longest)


def size(form: Revision) -> int:
    """How many fields a form has, those of blocks included."""
    return sum(1 for _ in form.walk())


# -- timing --------------------------------------------------------------------------------------------------------
def warmly(validate: Validate, seeds: Iterable[int]) -> list[float]:
    """Seconds of each of many submissions after a first."""
    timed(validate, a_submission(Random(1)))
    return [timed(validate, a_submission(Random(seed))) for seed in seeds]


def first_of_a_process(name: str) -> float:
    """Seconds of the first submission of a fresh process."""
    command = [sys.executable, "-m", "bench.validation", name]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def timed(validate: Validate, raws: Raws) -> float:
    """Seconds of one submission, which must be found right."""
    begun = process_time()
    right = validate(raws)
    taken = process_time() - begun
    assert right
    return taken


def repeatedly(work: Callable[[], object]) -> list[float]:
    """Seconds of each of many calls after a first."""
    taken = []
    for _ in range(RUNS + 1):
        begun = process_time()
        work()
        taken.append(process_time() - begun)
    return taken[1:]


def report(subject: str, taken: list[float], limit: str) -> None:
    """One line: p50 and p95."""
    half, most = (quantile(taken, part) * 1000 for part in (0.5, 0.95))
    figure(subject, f"{half:.2f} ms", f"p95 {most:.2f} ms   {limit}")


if __name__ == "__main__":
    if sys.argv[1:]:
        print(timed(WAYS[sys.argv[1]][1](), a_submission(Random(2))))
    else:
        main()
