"""Which built file answers an address, and what its answer says."""

import gzip
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from dsbuilder.web.front_end import ASK_AGAIN, FOREVER, FrontEnd, Shell, inline_script_hashes
from dsbuilder.web.hardening import Hardened, content_security_policy

PAGE = '<!DOCTYPE html><html lang="fr"><head></head><body>{}</body></html>'
SHELLS = (Shell("/dossiers/[number]", "fr", "Dossier"), Shell("/en/dossiers/[number]", "en", "A <file>"))


@pytest.fixture
def browser(tmp_path: Path) -> TestClient:
    """Asks the front end alone."""
    files = {
        "index.html": PAGE.format("home"),
        "en/index.html": PAGE.format("english home"),
        "dossiers/index.html": PAGE.format("list"),
        "404.html": PAGE.format("nothing"),
        "__spa-fallback.html": PAGE.format("shell"),
        "assets/a-1234.js": "console.log(1)",
        "icons.svg": "<svg/>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "assets" / "a-1234.js.gz").write_bytes(gzip.compress(b"squeezed"))
    return TestClient(FrontEnd(tmp_path, SHELLS, nothing), follow_redirects=False)


async def nothing(request: Request) -> Response:
    return PlainTextResponse("nothing", 404)


@pytest.mark.parametrize(
    ("path", "status", "content"),
    [
        ("/", 200, "home"),
        ("/en", 200, "english home"),
        ("/en/", 200, "english home"),
        ("/dossiers", 200, "list"),
        ("/dossiers/", 200, "list"),
        ("/dossiers/12", 200, "shell"),
        ("/en/dossiers/12", 200, "shell"),
        ("/dossiers/12/identite", 404, "nothing"),
        ("/rien", 404, "nothing"),
        ("/en/nothing", 404, "nothing"),
        ("/__spa-fallback.html", 404, "nothing"),
        ("/assets/a-1234.js.gz", 404, "nothing"),
        ("/../secret-key", 404, "nothing"),
        ("/%2e%2e/secret-key", 404, "nothing"),
        ("/assets/", 404, "nothing"),
    ],
)
def test_an_address_gets_its_page(browser: TestClient, path: str, status: int, content: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, content in answer.text) == (status, True)


def test_a_page_whose_address_varies_has_its_language_and_title_before_it_is_drawn(browser: TestClient) -> None:
    assert "<title>Dossier</title>" in browser.get("/dossiers/1").text
    english = browser.get("/en/dossiers/1").text
    assert '<html lang="en">' in english and "<title>A &lt;file&gt;</title>" in english


def test_files_named_after_their_content_are_kept_forever_and_pages_asked_again(browser: TestClient) -> None:
    assert browser.get("/assets/a-1234.js").headers["cache-control"] == FOREVER
    for path in ("/", "/icons.svg", "/dossiers/1"):
        assert browser.get(path).headers["cache-control"] == ASK_AGAIN


def test_a_browser_that_has_the_page_gets_no_second_copy(browser: TestClient) -> None:
    first = browser.get("/")
    again = browser.get("/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_policy_of_a_page_not_sent_again_still_lets_its_scripts_run(browser: TestClient) -> None:
    hardened = TestClient(Hardened(browser.app, ["http://localhost"]))
    first = hardened.get("/")
    again = hardened.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_files_are_sent_compressed_to_who_can_read_that(browser: TestClient) -> None:
    with browser.stream("GET", "/assets/a-1234.js", headers={"accept-encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.read() == b"squeezed"
    assert browser.get("/assets/a-1234.js", headers={"accept-encoding": "identity"}).text == "console.log(1)"


def test_pages_are_only_read(browser: TestClient) -> None:
    assert browser.post("/").status_code == 405
    assert browser.head("/").status_code == 200


def test_inline_scripts_are_named_by_their_hash_and_files_are_not() -> None:
    inline = '<script>a()</script><script type="module" async="">b()</script><script>a()</script>'
    page = inline + '<script src="/x.js"></script>'
    assert len(inline_script_hashes(page)) == 2
    assert all(one.startswith("'sha256-") for one in inline_script_hashes(page))


def test_only_the_base_map_of_the_settings_may_be_fetched_from_elsewhere() -> None:
    plain = content_security_policy((), ("ws://localhost",))
    assert "https:" not in plain
    rules = dict(rule.split(" ", 1) for rule in content_security_policy((), (), ("https://m.example",)).split("; "))
    assert [name for name, allowed in rules.items() if "https://m.example" in allowed] == ["img-src", "connect-src"]
    assert rules["worker-src"] == "'self'"
