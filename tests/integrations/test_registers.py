"""Each register against the stand-in: found, not known, and every fault of every service."""

import inspect
from collections.abc import Iterator
from typing import Any, cast

import pytest
from pydantic import SecretStr

from dsbuilder.domain.fields.base import CATALOGUE
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.lookups import Ask, Found, NothingFound, Register, Unavailable, Why, record_of
from dsbuilder.integrations import asking
from dsbuilder.integrations.registers import Registers, registers_at, registers_for
from dsbuilder.integrations.stand_in import Fault, StandIn, stand_in
from dsbuilder.integrations.stand_in_answers import SERVICES
from dsbuilder.settings import Settings

BOATS = "https://bateaux.exemple.gouv.fr/bateaux/{id}"
PORT = (("r_port", "$.port.nom"), ("r_longueur", "$.longueur"))
KNOWN: dict[Register, tuple[Ask, str, str]] = {
    Register.ADDRESSES: (Ask(Register.ADDRESSES, ("7 rue des tilleuls 29200 belle-rive",)), "city_code", "29299"),
    Register.COMPANIES: (Ask(Register.COMPANIES, ("00012345500016",)), "name", "ATELIER ROUSSEL"),
    Register.ASSOCIATIONS: (Ask(Register.ASSOCIATIONS, ("W291000002",)), "name", "FIL ROUGE"),
    Register.FOUNDATIONS: (Ask(Register.FOUNDATIONS, ("029-FDD-00001-01",)), "region_name", "Bretagne"),
    Register.SCHOOLS: (Ask(Register.SCHOOLS, ("0299003D",)), "name", "Lycée du Moulin"),
    Register.FAMILY: (Ask(Register.FAMILY, ("1234567", "29200")), "quotient", "741"),
    Register.TAXES: (Ask(Register.TAXES, ("2926000000001", "2926A00000001")), "income", "24310"),
    Register.EMPLOYMENT: (Ask(Register.EMPLOYMENT, ("nour_lambert_29",)), "since", "2026-01-15"),
    Register.STUDENTS: (Ask(Register.STUDENTS, ("0290LAM0001",)), "school", "Université de Belle-Rive"),
    Register.REFERENCE: (Ask(Register.REFERENCE, ("BR-0001",), BOATS, PORT), "r_port", "Belle-Rive"),
}
UNKNOWN: dict[Register, tuple[str, ...]] = {
    Register.ADDRESSES: ("7 rue qui n’existe pas",),
    Register.COMPANIES: ("12002701600563",),
    Register.ASSOCIATIONS: ("W000000000",),
    Register.FOUNDATIONS: ("075-FDD-00003-01",),
    Register.SCHOOLS: ("0750655E",),
    Register.FAMILY: ("7654321", "29200"),
    Register.TAXES: ("2926000000009", "2926A00000009"),
    Register.EMPLOYMENT: ("personne",),
    Register.STUDENTS: ("0290LAM0009",),
    Register.REFERENCE: ("BR-9999",),
}
every_register = pytest.mark.parametrize("register", list(Register))


@pytest.fixture
def local() -> Iterator[StandIn]:
    with stand_in() as made:
        yield made


@pytest.fixture
def registers(local: StandIn) -> Iterator[Registers]:
    urls: dict[str, Any] = {f"{service}_url": local.at(service) for service in SERVICES}
    made = registers_at(Settings().model_copy(update={**urls, "individuals_token": SecretStr("jeton")}))
    yield made
    made.close()


def asked(registers: Registers, ask: Ask) -> Any:
    return registers.ask(ask).result(20)


@every_register
def test_what_a_register_knows_is_found(registers: Registers, register: Register) -> None:
    ask, name, fact = KNOWN[register]
    found = asked(registers, ask)
    assert isinstance(found, Found)
    assert dict(found.record)[name] == fact


@every_register
def test_what_a_register_does_not_know_is_not_found(registers: Registers, register: Register) -> None:
    ask = KNOWN[register][0]
    unknown = Ask(register, UNKNOWN[register], ask.address, ask.paths)
    assert asked(registers, unknown) == NothingFound()


@every_register
@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.MISSING])
def test_no_fault_of_a_service_reaches_who_asks(
    registers: Registers, local: StandIn, monkeypatch: pytest.MonkeyPatch, register: Register, fault: Fault
) -> None:
    monkeypatch.setattr(asking, "SECONDS", 0.4 if fault in (Fault.SLOW, Fault.DRIPPING) else 30.0)
    local.fail(fault)
    outcome = asked(registers, KNOWN[register][0])
    # What is JSON of another shape may also be an API of reference data that says none of what is wanted.
    empty = register is Register.REFERENCE and fault is Fault.OTHER_SHAPE
    assert outcome == Found(()) if empty else isinstance(outcome, Unavailable)


@pytest.mark.parametrize(
    ("ask", "offered"),
    [
        (Ask(Register.ADDRESSES, ("7 rue des til",)), "7 Rue des Tilleuls 29200 Belle-Rive"),
        (Ask(Register.SCHOOLS, ("moulin",)), "Lycée du Moulin, Belle-Rive (0299003D)"),
        (Ask(Register.SCHOOLS, ("0299002",)), "Collège Jeanne Keller, Belle-Rive (0299002C)"),
        (
            Ask(
                Register.REFERENCE,
                ("rose",),
                "https://bateaux.exemple.gouv.fr/bateaux?q={id}",
                (("value", "$.id"), ("label", "$.nom")),
                "$.bateaux",
            ),
            "La Rose des vents (BR-0001)",
        ),
    ],
)
def test_what_matches_is_offered(registers: Registers, local: StandIn, ask: Ask, offered: str) -> None:
    assert offered in [choice.value for choice in registers.search(ask).result(20)]
    local.fail(Fault.BROKEN)
    other = Ask(ask.register, (f"{ask.words[0]}e",), ask.address, ask.paths, ask.within)
    assert registers.search(other).result(20) == Unavailable(Why.BROKEN)


@pytest.mark.parametrize("register", [Register.ADDRESSES, Register.SCHOOLS])
@pytest.mark.parametrize("words", ["", "ru", "  a "])
def test_a_search_begins_with_three_letters(
    registers: Registers, local: StandIn, register: Register, words: str
) -> None:
    assert registers.search(Ask(register, (words,))).result(20) == ()
    assert local.asked == []


def test_what_is_typed_cannot_say_more_in_a_query_than_words(registers: Registers, local: StandIn) -> None:
    registers.search(Ask(Register.SCHOOLS, ('moulin") or (1=1',))).result(20)
    assert "search%28%22moulin+or+1+1%22%29" in local.asked[0]


def test_what_a_page_cannot_show_is_not_offered() -> None:
    class Hostile:
        async def search(self, ask: Ask) -> tuple[Choice, ...]:
            return tuple(Choice(text, text) for text in ("7 rue\x00 \ud800\u202edu Bac", "x" * 501, "\x00", "8 rue"))

        async def close(self) -> None:
            pass

    made = Registers({Register.ADDRESSES: cast(Any, Hostile())})
    offered = made.search(Ask(Register.ADDRESSES, ("rue",))).result(20)
    assert offered == (Choice("7 rue du Bac", "7 rue du Bac"), Choice("8 rue", "8 rue"))
    made.close()


def test_a_token_is_sent_to_the_service_that_gave_it_alone(registers: Registers, local: StandIn) -> None:
    for register in Register:
        asked(registers, KNOWN[register][0])
    sent = {
        path.split("/")[1]: headers.get("x-api-key") for path, headers in zip(local.asked, local.headers, strict=True)
    }
    assert sent == {service: "jeton" if service == "individuals" else None for service in SERVICES}


def test_without_a_token_nobody_is_asked_about_people() -> None:
    made = registers_at(Settings())
    assert Register.FAMILY not in made.services
    assert asked(made, KNOWN[Register.FAMILY][0]) == Unavailable(Why.NO_TOKEN)
    made.close()


def test_the_demonstration_asks_the_stand_in_but_for_what_it_is_told(local: StandIn) -> None:
    with registers_for(Settings(demo=True, companies_url=local.at("companies"))) as made:
        for register in Register:
            assert isinstance(asked(made, KNOWN[register][0]), Found)
    assert [path.split("/")[1] for path in local.asked] == ["companies"]


def test_an_answer_that_nobody_foresaw_is_not_available(registers: Registers) -> None:
    class Odd:
        async def find(self, ask: Ask) -> Any:
            raise KeyError("secret")

        search = find

        async def close(self) -> None: ...

    made = Registers({Register.COMPANIES: Odd()})
    ask = KNOWN[Register.COMPANIES][0]
    assert asked(made, ask) == made.search(ask).result(20) == Unavailable(Why.WRONG_ANSWER)
    made.close()


def test_every_example_of_a_type_is_known_to_the_stand_in(registers: Registers) -> None:
    """So that what the preview and the demonstration make up is found."""
    options = {"referentiel": {"referentiel_url": BOATS}}
    checked = 0
    for kind, type_ in CATALOGUE.items():
        made = type_.Options(**options.get(kind, {}))
        for example in getattr(type_, "examples", ()):
            ask = type_.ask(type_.parse(example, made), made)
            if ask is not None:
                assert isinstance(asked(registers, ask), Found), (kind, example)
                checked += 1
    assert checked > 15


def test_a_record_is_of_texts_none_too_long() -> None:
    record = record_of({"a": " b \n c ", "n": 1, "e": "", "l": "x" * 600, "none": None})
    assert record == (("a", "b c"), ("l", "x" * 500))


def test_every_service_is_asked_asynchronously(registers: Registers) -> None:
    assert all(inspect.iscoroutinefunction(service.find) for service in registers.services.values())
