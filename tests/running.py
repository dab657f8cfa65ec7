"""A running site of its own: `serve --demo` in a process, on a free port, with a data folder that goes away."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 120
STOP_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Site:
    """Where a running site answers and what it keeps."""

    url: str
    data_dir: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def password(self) -> str:
        """The password of every account of `dsbuilder.actions.demo.FIGURES`."""
        return (self.data_dir / "demo-password").read_text().strip()


@contextmanager
def running_site(
    data_dir: Path,
    *,
    command: Sequence[str | Path] = (sys.executable, "-m", "dsbuilder"),
    port: int | None = None,
    **how: object,
) -> Iterator[Site]:
    """Start a site, wait until it answers, and stop it at the end. `how` goes to the process (env, cwd, user...)."""
    port = port or free_port()
    log = data_dir.with_name(f"{data_dir.name}.log")
    env = {**(how.pop("env", None) or os.environ), "DSBUILDER_DATA_DIR": str(data_dir)}
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, "serve", "--demo", "--port", str(port)], stdout=output, stderr=subprocess.STDOUT, env=env, **how
        )
    try:
        site = Site(f"http://localhost:{port}", data_dir, log, process)
        wait_until_up(site)
        yield site
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_until_up(site: Site, path: str = "/sante") -> None:
    """Return once the site answers; say what it wrote when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if site.process.poll() is not None:
            break
        try:
            with urlopen(site.url + path, timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"The site did not start:\n{site.log.read_text()}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
