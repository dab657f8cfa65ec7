"""Finds a Chromium that runs, or installs one: this machine's, Playwright's, npm's, Debian's when root.

`python -m tests.browser.chromium` prints its path; `make test` calls it first, so that one sees what is fetched.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

CHECKOUT = Path(__file__).parents[2]
KEPT = CHECKOUT / ".browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_PACKAGE = "@sparticuz/chromium@147.0.0"  # MIT; a Chromium for servers, 70 MB, with the libraries it needs
ANSWER_SECONDS = 30
DOWNLOAD_SECONDS = 600
UNPACK = """
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
const [from, to] = process.argv.slice(-2);
await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
"""


class NoChromium(Exception):
    """No way of getting a browser worked here."""


def find(ways: Sequence[Callable[[], Path | None]] | None = None) -> Path:
    """A Chromium that answers, fetched when none is here."""
    for way in ways or WAYS:
        path = way()
        if path is not None and runs(path):
            return path
    raise NoChromium("No Chromium runs here, and none could be fetched. On Debian: apt-get install chromium")


def runs(path: Path) -> bool:
    """Whether this program starts under Playwright and draws a page."""
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright, path)
            page = browser.new_page()
            page.goto("data:text/html,<p>drawn</p>")
            return page.inner_text("p") == "drawn"
    except Error:
        return False


def launch(playwright: Playwright, path: Path) -> Browser:
    """The browser at `path`, started."""
    return playwright.chromium.launch(executable_path=path, env=environment(path), timeout=ANSWER_SECONDS * 1000)


def environment(path: Path) -> dict[str, str]:
    """What this Chromium needs around it: npm's brings its libraries, and fonts for a machine without any."""
    if KEPT not in path.parents:
        return dict(os.environ)
    fonts = {} if Path("/usr/share/fonts").is_dir() else {"FONTCONFIG_PATH": str(KEPT)}
    return os.environ | {"LD_LIBRARY_PATH": str(KEPT / "lib")} | fonts


def installed() -> Path | None:
    """The machine's own."""
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def playwright_s() -> Path | None:
    """Playwright's own build, downloaded when its server answers."""
    say("No Chromium is installed; asking Playwright for its own.")
    quick = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000"}
    _try([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"], quick)
    shown = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "--only-shell", "--dry-run", "chromium"],
        capture_output=True, text=True, timeout=ANSWER_SECONDS,
    )  # fmt: skip
    folders = [Path(line.split(":", 1)[1].strip()) for line in shown.stdout.splitlines() if "Install location" in line]
    programs = (program for folder in folders for program in folder.glob("*/*headless*shell*"))
    return next((program for program in programs if os.access(program, os.X_OK) and program.is_file()), None)


def npm_kept() -> Path | None:
    """The one from npm, when an earlier run fetched it."""
    return KEPT / "chromium" if (KEPT / "chromium").is_file() else None


def npm_s() -> Path | None:
    """The one from npm, through the Node.js of this Python."""
    say(f"Fetching {NPM_PACKAGE} from npm (70 MB).")
    node = Path(sys.executable).parent / "node"
    npm = Path(sys.executable).parent / "npm"
    KEPT.mkdir(exist_ok=True)
    if not _try([npm, "install", "--prefix", KEPT, "--no-save", "--ignore-scripts", NPM_PACKAGE]):
        return None
    packed = KEPT / "node_modules" / "@sparticuz" / "chromium" / "bin"
    for name in ("chromium", "al2023.tar", "fonts.tar", "swiftshader.tar"):
        command = [node, "--input-type=module", "-e", UNPACK, "--", packed / f"{name}.br", KEPT / name]
        if not _try(command):
            return None
    for archive in KEPT.glob("*.tar"):
        with tarfile.open(archive) as opened:
            opened.extractall(KEPT, filter="data")
        archive.unlink()
    (KEPT / "fonts.conf").write_text(f"<fontconfig><dir>{KEPT / 'fonts'}</dir></fontconfig>")
    shutil.rmtree(KEPT / "node_modules")
    (KEPT / "chromium").chmod(0o755)
    return KEPT / "chromium"


def debian_s() -> Path | None:
    """Debian's package, when we may install it."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    say("Installing Debian's chromium.")
    _try(["apt-get", "update", "-qq"])
    _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    return installed()


def say(sentence: str) -> None:
    """One line for whoever waits."""
    print(sentence, file=sys.stderr, flush=True)


def _try(command: list[str | Path], more: dict[str, str] | None = None) -> bool:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    env = os.environ | {"PATH": path, "DEBIAN_FRONTEND": "noninteractive"} | (more or {})
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


WAYS: tuple[Callable[[], Path | None], ...] = (installed, npm_kept, playwright_s, npm_s, debian_s)

if __name__ == "__main__":
    try:
        print(find())
    except NoChromium as error:
        raise SystemExit(str(error)) from None
