"""Setting a sheet in a process of its own: what is too long or breaks the typesetter ends that process and no other."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from dsbuilder.domain.errors import Refused
from dsbuilder.domain.texts import Text

LONGEST = 20.0  # seconds
log = structlog.get_logger("documents")
_PROGRAM = Path(__file__).with_name("typesetter.py")
_TOO_LONG = Text(
    "Ce dossier est trop long pour un PDF. Lisez-le en ligne, ou imprimez sa page.",
    "This dossier is too long for a PDF. Read it online, or print its page.",
)


def typeset(template: str, sheet: dict[str, Any], missing: str, at: datetime) -> bytes:
    """The PDF of `sheet`, whose remark ends with `missing` when no font has one of its characters.

    Raises Refused when it takes too long or too much memory.
    """
    asked = {"template": template, "sheet": sheet, "missing": missing, "at": int(at.timestamp())}
    try:
        done = subprocess.run(
            [sys.executable, "-I", _PROGRAM],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it may quote what people wrote
            timeout=LONGEST,
            env={"RAYON_NUM_THREADS": "1"},  # one processor each, and no secret of the site
            check=True,
        )
    except subprocess.TimeoutExpired:
        log.warning("sheet_too_long")
        raise Refused(_TOO_LONG) from None
    except subprocess.CalledProcessError as error:
        log.warning("sheet_broke_typesetter", code=error.returncode)
        raise Refused(_TOO_LONG) from None
    return done.stdout
