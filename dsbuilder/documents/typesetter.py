"""The program that sets one sheet and ends: JSON comes in, a PDF goes out. `typesetting.py` runs it, nothing imports it.

It imports nothing of ours, so that it starts at once.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import typst

try:
    import resource
except ImportError:  # Windows knows no such limits
    resource = None  # type: ignore[assignment]

HERE = Path(__file__).parent
STANDARDS = ["ua-1", "a-2a"]  # readable by everyone, and for as long as papers are kept
MOST_MEMORY = 1 << 30
BESIDE_PAGES = 10  # how much the processors prefer the site's own work


def main() -> None:
    """Set what stands on the standard input."""
    if resource is not None:
        _, given = resource.getrlimit(resource.RLIMIT_DATA)  # nobody may raise what the machine gives
        most = MOST_MEMORY if given == resource.RLIM_INFINITY else min(MOST_MEMORY, given)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        os.nice(BESIDE_PAGES)
    asked = json.load(sys.stdin.buffer)
    try:
        made = typeset(asked, asked["sheet"], STANDARDS)
    except typst.TypstError:
        # A character that no font has: no standard allows it, and yet the rest is worth reading.
        remark = f"{asked['sheet']['remark']} {asked['missing']}"
        made = typeset(asked, asked["sheet"] | {"remark": remark}, [])
    sys.stdout.buffer.write(made)


def typeset(asked: dict[str, Any], sheet: dict[str, Any], standards: list[Any]) -> bytes:
    """The PDF of `sheet`."""
    return typst.compile(
        (HERE / asked["template"]).read_bytes(),
        root=HERE,
        # Ours, then those of the machine: a font installed there makes its alphabet print.
        font_paths=[HERE / "fonts"],
        sys_inputs={"sheet": json.dumps(sheet)},
        timestamp=asked["at"],
        pdf_standards=standards,
    )


main()
