"""Logs: one line per event, and never a cookie, a token, an answer or what someone typed."""

import logging
import re
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog

# Libraries print what they received. Of their words we keep the first line, up to where a value may begin.
VALUE_BEGINS = re.compile(
    r"Event\(|[{\['\"]|payload|headers|router_data|(?i:cookie|authorization|token|password|secret)\s*[=:]"
)
LONGEST = 200
OURS = f"{Path(__file__).parent}/"
LONG_SECRET = re.compile(r"[A-Za-z0-9_\-=]{20,}")


def configure(log_format: str = "text", level: int = logging.INFO) -> None:
    """Send our events and the libraries' through one handler that cannot print a value by accident."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter(log_format))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("engineio", "socketio", "httpx", "httpx2", "httpcore2", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def formatter(log_format: str) -> logging.Formatter:
    """Writes our events, and of the libraries' only what cannot be a person's."""
    as_json = log_format == "json"
    last: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[scrub_foreign, *SHARED],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    )


def scrub_foreign(logger: object, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Keep of a library's message only what cannot be a person's."""
    event["event"] = scrub(str(event.get("event", "")))
    event["logger"] = event["_record"].name if "_record" in event else "library"
    event.pop("positional_args", None)
    return event


def scrub(message: str) -> str:
    """The first line of a message, up to where a value may begin, without anything that looks like a token."""
    stripped = message.strip()
    line = stripped.splitlines()[0] if stripped else ""
    if found := VALUE_BEGINS.search(line):
        line = line[: found.start()] + "…"
    return LONG_SECRET.sub("…", line)[:LONGEST]


def safe_exception(logger: object, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Where an exception came from and its type. Its message may quote what someone typed, so it stays out."""
    raised = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if raised is True:
        raised = sys.exc_info()
    error = raised[1] if isinstance(raised, tuple) else raised
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = _places(error)
    return event


def _places(error: BaseException) -> list[str]:
    """Where it passed in our own files, and where it began."""
    frames = traceback.extract_tb(error.__traceback__)
    kept = [frame for frame in frames[:-1] if OURS in frame.filename] + frames[-1:]
    return [f"{frame.filename.rpartition(OURS)[2]}:{frame.lineno} {frame.name}" for frame in kept]


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    safe_exception,
]
