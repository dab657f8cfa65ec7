"""An address that an administrator wrote reaches no host but those that the installation allows, and no private network."""

import asyncio
from collections.abc import Sequence

import pytest

from dsbuilder.domain.fields.lookups import Ask, NothingFound, Outcome, Register, Token, Unavailable, Why
from dsbuilder.domain.fields.reference_api import is_address
from dsbuilder.integrations import asking, reference_api
from dsbuilder.integrations.asking import Asker
from dsbuilder.integrations.reference_api import MOST_ASKERS, ReferenceApi, is_public
from tests.in_a_thread import in_a_thread

ALLOWED = ("api.exemple.gouv.fr", "*.ville.example")


class Sent(Exception):
    """Something was sent."""


def asked(address: str, addresses: Sequence[str] = ("192.0.2.1",), words: str = "1") -> Outcome:
    async def resolve(host: str) -> Sequence[str]:
        return addresses

    async def work() -> Outcome:
        api = ReferenceApi(ALLOWED, resolve=resolve)
        try:
            return await api.find(Ask(Register.REFERENCE, (words,), address, (("a", "$.a"),)))
        finally:
            await api.close()

    return in_a_thread(work())


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, dict]]:
    """What would have been sent: to which address, for what, with what."""
    found: list[tuple[str, str, dict]] = []

    async def note(self: Asker, path: str, parameters: object = None, **how: object) -> dict:
        found.append((self.base_url, path, how))
        return {"a": "b"}

    monkeypatch.setattr(Asker, "json", note)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "http://api.exemple.gouv.fr/{id}",
        "https://api.exemple.gouv.fr:8443/{id}",
        "https://user@api.exemple.gouv.fr/{id}",
        "https://user:pw@api.exemple.gouv.fr/{id}",
        "https://{id}.ville.example/",
        "https://api.exemple.gouv.fr@evil.example/{id}",
        "https://evil.example/{id}#api.exemple.gouv.fr",
        "https://evil.example/{id}?api.exemple.gouv.fr",
        "https://api.exemple.gouv.fr.evil.example/{id}",
        "https://xville.example/{id}",
        "https://ville.example/{id}",
        "https://evil.example\\@api.exemple.gouv.fr/{id}",
        "https://127.0.0.1/{id}",
        "https://2130706433/{id}",
        "https://0x7f.1/{id}",
        "https://127.1/{id}",
        "https://[::1]/{id}",
        "https://localhost/{id}",
        "https://metadata/{id}",
        "file:///etc/passwd?{id}",
        "gopher://api.exemple.gouv.fr/{id}",
        "https://api.exemple.gouv.fr/",
        "https://api.exemple.gouv.fr/{id}\r\nHost: evil.example",
        "//api.exemple.gouv.fr/{id}",
        "https://api.exemple.gouv.fr:x/{id}",
        "",
    ],
)
def test_no_other_host_is_asked(sent: list, address: str) -> None:
    assert asked(address) == Unavailable(Why.NOT_ALLOWED)
    assert sent == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.5"],
        ["192.168.1.1"],
        ["172.16.0.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["0.0.0.0"],
        ["224.0.0.1"],
        ["255.255.255.255"],
        ["::1"],
        ["fe80::1%eth0"],
        ["fc00::1"],
        ["::ffff:127.0.0.1"],
        ["::ffff:10.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["::127.0.0.1"],
        ["::10.0.0.5"],
        ["::ffff:0:7f00:1"],
        ["64:ff9b:1::7f00:1"],
        ["2001:0:7f00:1::"],
        ["fec0::1"],
        ["8.8.8.8", "127.0.0.1"],
        ["nonsense"],
        [],
    ],
)
def test_a_name_that_leads_into_a_private_network_is_not_asked(sent: list, addresses: list[str]) -> None:
    assert asked("https://api.exemple.gouv.fr/{id}", addresses) == Unavailable(Why.NOT_ALLOWED)
    assert sent == []


def test_the_address_that_was_checked_is_the_one_connected_to(sent: list) -> None:
    asked("https://api.exemple.gouv.fr/b/{id}?x=1", ["8.8.8.8", "9.9.9.9"])
    asked("https://port.ville.example/{id}", ["2606:4700::1111"])
    assert sent == [
        (
            "https://8.8.8.8",
            "/b/1?x=1",
            {
                "anew": False,
                "headers": {"host": "api.exemple.gouv.fr"},
                "extensions": {"sni_hostname": "api.exemple.gouv.fr"},
            },
        ),
        (
            "https://[2606:4700::1111]",
            "/1",
            {
                "anew": False,
                "headers": {"host": "port.ville.example"},
                "extensions": {"sni_hostname": "port.ville.example"},
            },
        ),
    ]


@pytest.mark.parametrize("words", ["../../secret", "a/b", "a?b#c", "a@b", "a b", "é", "%2e%2e%2f", "{id}"])
def test_an_identifier_stays_one_piece_of_the_path(sent: list, words: str) -> None:
    asked("https://api.exemple.gouv.fr/b/{id}", ["8.8.8.8"], words)
    ((_, path, _),) = sent
    assert path.startswith("/b/")
    assert not set(path.removeprefix("/b/")) & set("/?#@ ")


@pytest.mark.parametrize("words", [".", ".."])
def test_an_identifier_leads_to_no_other_address_of_the_host(sent: list, words: str) -> None:
    assert asked("https://api.exemple.gouv.fr/b/{id}/public", ["8.8.8.8"], words) == NothingFound()
    assert sent == []


def test_nothing_is_allowed_by_itself(sent: list) -> None:
    api = ReferenceApi([""])
    outcome = in_a_thread(api.find(Ask(Register.REFERENCE, ("1",), "https://api.exemple.gouv.fr/{id}")))
    assert outcome == Unavailable(Why.NOT_ALLOWED)


def test_a_name_that_nobody_resolves_is_closed(sent: list, monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(host: str) -> Sequence[str]:
        raise OSError

    api = ReferenceApi(ALLOWED, resolve=resolve)
    outcome = in_a_thread(api.find(Ask(Register.REFERENCE, ("1",), "https://api.exemple.gouv.fr/{id}")))
    assert outcome == Unavailable(Why.CLOSED)


def test_the_number_of_hosts_is_bounded(sent: list) -> None:
    async def resolve(host: str) -> Sequence[str]:
        return ["8.8.8.8"]

    async def work() -> ReferenceApi:
        api = ReferenceApi(ALLOWED, resolve=resolve)
        for number in range(MOST_ASKERS + 5):
            await api.find(Ask(Register.REFERENCE, ("1",), f"https://h{number}.ville.example/{{id}}"))
        return api

    kept = [host for host, _ in in_a_thread(work())._askers]
    assert (len(kept), kept[-1]) == (MOST_ASKERS, f"h{MOST_ASKERS + 4}.ville.example")


def test_an_api_that_is_being_asked_is_not_cut_off_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_api, "MOST_ASKERS", 1)
    going, go_on = asyncio.Event(), asyncio.Event()

    async def once(self: Asker, path: str, *how: object) -> tuple[dict, int]:
        going.set()
        await go_on.wait()
        return {}, 2

    monkeypatch.setattr(Asker, "_once", once)

    async def work() -> tuple[list[bool], int]:
        api = ReferenceApi((), "http://localhost")
        asks = [Ask(Register.REFERENCE, ("1",), "https://a.fr/{id}", token=Token("X-Key", name)) for name in "ab"]
        closed: list[str] = []

        async def close(self: Asker) -> None:
            closed.append(self.base_url)

        monkeypatch.setattr(Asker, "close", close)
        first = asyncio.create_task(api.find(asks[0]))
        await going.wait()
        second = asyncio.create_task(api.find(asks[1]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        were = len(closed)
        go_on.set()
        await asyncio.gather(first, second)
        await api.find(Ask(Register.REFERENCE, ("1",), "https://a.fr/{id}"))
        return were, len(closed), len(api._askers)

    assert in_a_thread(work()) == (0, 2, 1)


def test_what_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_public("8.8.8.8")
    assert is_public("2606:4700::1111")
    assert not is_public("192.0.2.1")
    assert is_address("https://api.exemple.gouv.fr/{id}")
    assert asking.LARGEST == 1_000_000
