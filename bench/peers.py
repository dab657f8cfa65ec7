"""Other form libraries on 200 fields, built in a folder that goes away, to be opened beside ours in the same run.

Their forms and how each is mounted come from a folder outside of this repository (`peer_bench`); the libraries from npm.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGES = (
    "survey-core@2.5.42", "survey-react-ui@2.5.42", "react@18.3.1", "react-dom@18.3.1", "@formio/js@5.6.0",
    "esbuild@0.25.12",
)  # fmt: skip
# By the name of the file that mounts it: its name for people, and whether its model has taken the first answer.
PEERS = {
    "formio": ("Form.io", "() => window.model?.submission?.data?.q0 === 'Bonjour'"),
    "surveyjs": ("SurveyJS", "() => window.model?.data?.q0 === 'Bonjour'"),
}
FIRST = "#app input[type=text]"
FORM = "valid_200"
INSTALL_SECONDS = 300
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>{name}</title>
<link rel="stylesheet" href="{name}.css"><main id="app"></main><script src="{name}.js"></script>
<script>fetch("{form}.json").then(answer => answer.json())
.then(form => mountForm(form, document.getElementById("app")))</script>"""


class NoPeers(Exception):
    """They cannot be measured here; the text says why."""


def build(source: Path, folder: Path) -> None:
    """Make in `folder` one page for each peer. Raises NoPeers."""
    if not (source / "gen_forms.py").is_file():
        raise NoPeers(f"there is no peer_bench in {source}")
    work = folder / "work"
    shutil.copytree(source / "browser", work / "browser", copy_function=shutil.copyfile)
    work.chmod(0o755)
    for path in work.rglob("*"):  # the source may be read-only
        path.chmod(0o755 if path.is_dir() else 0o644)
    for script in (work / "browser" / "src").glob("*.js"):
        if script.stem not in PEERS:
            script.unlink()
    _run([sys.executable, source / "gen_forms.py", folder], work, "its forms were not made")
    npm = shutil.which("npm", path=_path())
    if npm is None:
        raise NoPeers("there is no npm")
    options = ["--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"]
    _run([npm, "install", "--prefix", work, *options, *PACKAGES], work, "npm gave no packages")
    _run(
        [shutil.which("node", path=_path()) or "node", "build.mjs"],
        work / "browser",
        "they were not bundled",
        PEERS=work,
    )
    for name in PEERS:
        for kind in ("js", "css"):
            shutil.copyfile(work / "browser" / "dist" / f"{name}.{kind}", folder / f"{name}.{kind}")
        (folder / f"{name}.html").write_text(PAGE.format(name=name, form=FORM))
    shutil.rmtree(work)


def _path() -> str:
    """Where Node.js may be: beside this Python first."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"


def _run(command: list[str | Path], folder: Path, otherwise: str, **more: Path) -> None:
    environment: Mapping[str, str] = os.environ | {"PATH": _path()} | {name: str(value) for name, value in more.items()}
    try:
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoPeers(f"{otherwise} ({type(error).__name__})") from None
