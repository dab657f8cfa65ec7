"""What people install: built, installed where nobody may write, and started by someone else without Node.js."""

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.running import Site, running_site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
CHECKOUT = Path(__file__).parents[1]
NOBODY = 65534


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that other users may enter, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="dsbuilder-wheel-"))
    made.chmod(0o755)
    yield made
    subprocess.run(["chmod", "-R", "u+w", made], check=False)
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def wheel(built: None, folder: Path) -> Path:
    """The wheel of this checkout."""
    pip(Path(sys.executable), "wheel", "--no-deps", "--wheel-dir", folder, CHECKOUT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, folder: Path) -> Path:
    """An environment that holds the wheel and what it needs, and that nobody may change."""
    environment = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    pip(environment / "bin" / "python", "install", wheel)
    subprocess.run(["chmod", "-R", "a-w,a+rX", environment], check=True)
    return environment


@pytest.fixture(scope="module")
def site_of_another(installed: Path, folder: Path) -> Iterator[Site]:
    """The installed demonstration, started from an empty folder by someone who may change nothing of it."""
    home = folder / "home"
    home.mkdir()
    how: dict[str, object] = {"cwd": home, "env": {"PATH": str(home), "HOME": str(home)}}
    command: list[str | Path] = [installed / "bin" / "dsbuilder"]
    if os.geteuid() == 0 and others_may_run(Path(sys._base_executable)):
        os.chown(home, NOBODY, NOBODY)
        how |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    elif os.geteuid() == 0:
        # This Python lies in root's own folder: root without its privileges is as good, it may not write either.
        command = [shutil.which("setpriv") or "setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    with running_site(home / "data", command=command, **how) as running:
        yield running


def others_may_run(program: Path) -> bool:
    """Whether every folder on the way to a program may be entered by anybody."""
    return all(folder.stat().st_mode & 0o001 for folder in program.resolve().parents)


def pip(python: Path, *arguments: str | Path) -> None:
    done = subprocess.run(
        [python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_wheel_carries_the_built_pages_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "dsbuilder/_web/client/index.html" in names
    assert "dsbuilder/_web/client/en/index.html" in names
    assert "dsbuilder/_web/rxconfig.py" in names
    assert "dsbuilder/domain/geography.zip" in names
    assert "dsbuilder/documents/dossier.typ" in names
    assert "dsbuilder/documents/fonts/PublicSans_400Regular.ttf" in names
    assert any(name.startswith("dsbuilder/storage/migrations/versions/") for name in names)
    assert [name for name in names if name.startswith(("tests/", ".web/")) or "__pycache__" in name] == []


def test_the_installed_site_shows_its_pages(site_of_another: Site) -> None:
    assert urlopen(f"{site_of_another.url}/sante").read() == b"ok"
    for path, language in (("/", "fr"), ("/en", "en")):
        page = urlopen(f"{site_of_another.url}{path}").read().decode()
        assert f'<html lang="{language}"' in page and "<h1" in page


def test_the_installed_program_sets_a_dossier(installed: Path, folder: Path) -> None:
    made = subprocess.run([installed / "bin" / "python", "-c", A_PDF], cwd=folder, capture_output=True, check=True)
    assert made.stdout.startswith(b"%PDF-") and b"PublicSans" in made.stdout


A_PDF = """
import sys
from datetime import UTC, datetime
from dsbuilder.documents.dossier_pdf import Sheet, rendered
from dsbuilder.domain.dossier import DossierState
sheet = Sheet(1, "Terrasse", "Ville de Brest", DossierState.DRAFT, "Camille Martin", (), datetime.now(UTC))
sys.stdout.buffer.write(rendered(sheet))
"""


def test_the_installed_site_opens_sockets(site_of_another: Site) -> None:
    connection = http.client.HTTPConnection(urlsplit(site_of_another.url).netloc)
    handshake = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Origin": site_of_another.url,
    }
    connection.request("GET", "/_event/?EIO=4&transport=websocket&token=a", headers=handshake)
    assert connection.getresponse().status == 101


def test_the_demonstration_says_how_to_sign_in(site_of_another: Site) -> None:
    written = site_of_another.log.read_text()
    assert site_of_another.password in written
    assert site_of_another.url in written


def test_serving_in_earnest_names_what_is_missing(installed: Path, folder: Path) -> None:
    refused = subprocess.run(
        [installed / "bin" / "dsbuilder", "serve"], capture_output=True, text=True, cwd=folder, env={"PATH": "/usr/bin"}
    )
    assert refused.returncode == 1
    assert [line.split(" ")[0] for line in refused.stderr.splitlines()] == [
        "DSBUILDER_URL",
        "DSBUILDER_SECRET_KEY",
        "DSBUILDER_SMTP_URL",
    ]
