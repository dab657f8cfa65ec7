"""Builds the front end: Reflex compiles the pages, Vite bundles them, and the result is made fit to ship.

The result lies in `dsbuilder/_web`, in a source checkout as in the wheel, so both are served the same way.
"""

import fcntl
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent
WEB = PACKAGE / "_web"
STAMP = "sources.sha256"
WORK = CHECKOUT / ".web"
# What the pages are made of. Storage, actions and jobs change nothing in the browser's files.
SOURCES = ("assets", "dsbuilder/components", "dsbuilder/domain", "dsbuilder/pages", "dsbuilder/state")
SOURCE_FILES = ("rxconfig.py", "dsbuilder/dsbuilder.py", "dsbuilder/building.py")
COMPRESSED = {".html", ".js", ".mjs", ".css", ".svg", ".json", ".txt"}
PATIENCE = 10  # seconds between two signs of life


class BuildError(Exception):
    """The front end could not be built; the text says what to read."""


def is_checkout() -> bool:
    """Whether the sources of the pages are here; an installed package has only their result."""
    return (CHECKOUT / "rxconfig.py").is_file() and (CHECKOUT / "assets").is_dir()


def ensure_built() -> bool:
    """Build the front end when it is absent or its sources changed. Returns whether it was built now."""
    if not is_checkout():
        if not (WEB / STAMP).is_file():
            raise BuildError(f"The built pages are missing from {WEB}: install dsbuilder from its wheel.")
        return False
    with _alone():
        wanted = sources_hash()
        if (WEB / STAMP).is_file() and (WEB / STAMP).read_text() == wanted:
            return False
        build(wanted)
        return True


def sources_hash() -> str:
    """One hash over everything that the browser's files are made from."""
    digest = hashlib.sha256(version("reflex").encode())
    files = [CHECKOUT / name for name in SOURCE_FILES]
    for folder in SOURCES:
        files += [file for file in (CHECKOUT / folder).rglob("*") if file.is_file() and _is_source(file)]
    for file in sorted(files):
        digest.update(str(file.relative_to(CHECKOUT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_source(file: Path) -> bool:
    # `assets/external` holds links that Reflex makes while compiling.
    return not {"__pycache__", "external"} & set(file.relative_to(CHECKOUT).parts)


def build(stamp: str) -> None:
    """Compile, bundle and finish the front end, saying what goes on."""
    started = time.monotonic()
    say("Building the pages (under a minute, longer the first time: the JavaScript packages are fetched).")
    _export()
    fresh = WEB.with_name("_web.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(WORK / "build" / "client", fresh / "client", ignore=shutil.ignore_patterns("*.gz"))
    shutil.copytree(WORK / "backend", fresh / "backend")
    shutil.copy2(CHECKOUT / "rxconfig.py", fresh)
    finish(fresh / "client")
    (fresh / STAMP).write_text(stamp)
    shutil.rmtree(WEB, ignore_errors=True)
    fresh.rename(WEB)
    say(f"The pages are built ({time.monotonic() - started:.0f} s).")


def say(sentence: str) -> None:
    """One line for whoever waits."""
    print(sentence, flush=True)


def finish(client: Path) -> None:
    """Make the built files relocatable, give English pages their language, and compress all."""
    for chunk in client.glob("assets/reflex-env-*.js"):
        chunk.write_text(relocatable(chunk.read_text()))
    for duplicate in client.rglob("index.html"):
        duplicate.with_name(duplicate.parent.name + ".html").unlink(missing_ok=True)
        if duplicate.parent != client:
            duplicate.parent.with_suffix(".html").unlink(missing_ok=True)
    for page in client.glob("en/**/*.html"):
        page.write_text(page.read_text().replace('<html lang="fr"', '<html lang="en"', 1))
    for file in client.rglob("*"):
        if file.suffix in COMPRESSED and file.is_file():
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def relocatable(chunk: str) -> str:
    """The chunk that holds the server's address, rewritten to use the address that the page came from."""
    chunk = re.sub(r"`http://localhost:\d+", "`${location.origin}", chunk)
    return re.sub(r"`ws://localhost:\d+", "`${location.origin.replace(/^http/,'ws')}", chunk)


def _export() -> None:
    log = WORK.with_name(".web.log")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
            cwd=CHECKOUT, env=_environment(), stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started = time.monotonic()
        while True:
            try:
                process.wait(PATIENCE)
                break
            except subprocess.TimeoutExpired:
                say(f"  still building, {time.monotonic() - started:.0f} s ({_last_step(log)})")
    if process.returncode != 0:
        raise BuildError(f"The pages could not be built. The end of {log}:\n\n{_tail(log)}")


STEPS = (
    ("Creating Production Build", "bundling"),
    ("Compiling", "compiling the pages"),
    ("Installing", "fetching JavaScript packages"),
)


def _last_step(log: Path) -> str:
    text = log.read_text(errors="replace")
    return next((said for mark, said in STEPS if mark in text), "preparing")


def _tail(log: Path, lines: int = 40) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _environment() -> dict[str, str]:
    """The environment of the build: the Node.js of this Python, npm's own registry, nothing sent home."""
    env = dict(os.environ)
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', os.defpath)}"
    if shutil.which("node", path=str(Path(sys.executable).parent)) is None:
        raise BuildError("Node.js is missing from this Python: run `pip install -e .[dev]`, or `make run`.")
    env.setdefault("NPM_CONFIG_REGISTRY", _registry(env))
    return env | {
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_DIR": str(WORK.with_name(".states") / "reflex"),
        "NODE_NO_WARNINGS": "1",
    }


def _registry(env: dict[str, str]) -> str:
    """The package registry that npm itself is configured with; Reflex would probe another."""
    asked = subprocess.run(
        ["npm", "config", "get", "registry"], env=env, capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    return asked.stdout.strip()


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time in this checkout."""
    with (CHECKOUT / ".build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
