"""What is logged of a request: no query, no body, no header, no path but the route's template.

A path, a query and a body may name a code, and a code beside a time and a client may name a person.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from typing import NamedTuple

from precert.web.encoding import encode
from precert.web.settings import Log

LOGGER = logging.getLogger("precert.web")
_CRD = logging.getLogger("precert.davinci")
_SERVER = logging.getLogger("uvicorn.error")

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class RequestLine(NamedTuple):
    """One request as it is logged; `bytes` are those of the answer's body."""

    request_id: str
    method: str
    route: str
    status: int
    duration_ms: float
    bytes: int


def log_request(line: RequestLine) -> None:
    """Log a request that was answered."""
    shown = line._replace(method=line.method if line.method in _METHODS else "OTHER")
    LOGGER.info("request", extra={"fields": shown._asdict()})


def log_bug(request_id: str, route: str, error: BaseException) -> None:
    """Log where a bug is: its type and the lines it came through.

    Its message is left out, since it may repeat what the client sent.
    """
    frames = extract_tb(error.__traceback__)
    fields = {
        "request_id": request_id,
        "route": route,
        "error": type(error).__qualname__,
        "at": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }
    LOGGER.error("bug", extra={"fields": fields})


def log_trouble(request_id: str, route: str, message: str) -> None:
    """Log what the server's own files are in the way of an answer with; no client wrote it."""
    fields = {"request_id": request_id, "route": route, "message": message}
    LOGGER.error("trouble", extra={"fields": fields})


def start_logging(log: Log) -> None:
    """Log to standard error from now on; where requests are not logged, bugs still are."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TextLines() if log is Log.TEXT else JsonLines())
    for logger in (LOGGER, _CRD):
        logger.handlers[:] = [handler]
        logger.propagate = False
        logger.setLevel(logging.ERROR if log is Log.OFF else logging.INFO)
    # Of the server beneath, what it reports as an error, without the exception's own words.
    _SERVER.handlers[:] = [handler]
    _SERVER.propagate = False
    _SERVER.setLevel(logging.ERROR)


class JsonLines(logging.Formatter):
    """One JSON object a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a JSON object on one line."""
        told = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        return encode(told | getattr(record, "fields", {})).decode()


class TextLines(logging.Formatter):
    """One line of text a record, for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as `12:00:00 request key=value ...`."""
        fields = getattr(record, "fields", {})
        told = " ".join(f"{name}={value}" for name, value in fields.items())
        return f"{_time(record):%H:%M:%S} {record.getMessage()} {told}"


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, tz=UTC)


def _short(path: str) -> str:
    """Return a file within its package, without the folders before it, which are the machine's."""
    _, found, within = path.rpartition("/precert/")
    return f"precert/{within}" if found else path.rpartition("/")[2]
