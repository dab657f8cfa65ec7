"""Runs the tests in two processes side by side, those that drive a browser and the others: `make test`.

A browser mostly waits, so two cores do both in little more than the time of one. What one half says is shown as it comes,
the rest of the other at its end; arguments go to both.
"""

import subprocess
import sys
import tempfile

import pytest

SHOWN_LAST, SHOWN_FIRST = "browser and not soak", "not browser and not soak"
FINE = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}  # arguments may choose tests of one half alone


def main(arguments: list[str]) -> int:
    """The exit code: zero only when both halves passed, and one of them had tests."""
    with tempfile.TemporaryFile("w+") as said:
        beside = subprocess.Popen(_command(SHOWN_LAST, arguments), stdout=said, stderr=subprocess.STDOUT)
        first = subprocess.run(_command(SHOWN_FIRST, arguments), check=False).returncode
        print("Waiting for the tests in the browser.", flush=True)
        last = beside.wait()
        said.seek(0)
        sys.stdout.write(said.read())
    codes = {first, last}
    wrong = sorted(codes - FINE)
    return wrong[0] if wrong else 0 if pytest.ExitCode.OK in codes else int(pytest.ExitCode.NO_TESTS_COLLECTED)


def _command(selected: str, arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", "-m", selected, *arguments]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
