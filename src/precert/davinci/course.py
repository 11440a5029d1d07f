"""The course of one call: what became known of it on the way, for its reply, log and metrics."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import msgspec

from precert.davinci.call import CrdReply
from precert.davinci.metrics import Observed
from precert.davinci.operation_outcome import operation_outcome
from precert.davinci.refused import BadToken, NotAHookRequest
from precert.davinci.settings import Version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.davinci.call import CrdCall
    from precert.davinci.refused import CrdError
    from precert.davinci.settings import Client

_log = logging.getLogger(__name__)


class _Extension(msgspec.Struct):
    requested: str | float | None = msgspec.field(default=None, name="davinci-crd.requestedVersion")


class _VersionAlone(msgspec.Struct):
    extension: _Extension | None = None


_VERSION = msgspec.json.Decoder(_VersionAlone)
_PACKAGE = "precert"


class Course:
    """What is known of a call so far.

    `hook` is empty until a service was found; `invoked` is True once its hook was called by one who
    may call it.
    """

    __slots__ = (
        *("call", "client", "detail", "hook", "invoked", "issue", "payer"),
        *("queried", "started", "types", "version"),
    )

    def __init__(self, call: CrdCall, version: Version, started: float) -> None:
        """Take the call, the version that answers where it asks for none, and when it began."""
        self.call, self.version, self.started = call, version, started
        self.client: Client | None = None
        self.hook = self.payer = self.issue = self.detail = ""
        self.types: Sequence[str] = ()
        self.queried = False
        self.invoked = False

    def refused(self, error: CrdError) -> CrdReply:
        """Return the reply to a call that cannot be answered."""
        if isinstance(error, NotAHookRequest):
            self.version = _version_of(self.call.body, self.version)
        status = error.status_in(self.version)
        self.issue = error.issue
        self.detail = error.why.value if isinstance(error, BadToken) else type(error).__name__
        _log.info(
            "crd refused: %d %s at %s; request %s",
            *(status, self.detail, self.hook or "no service", self.call.request_id),
            extra={"fields": self._fields(status)},
        )
        body = operation_outcome(error.issue, str(error))
        return CrdReply(status, body, hook=self.hook or None, version=self.version)

    def broken(self, error: Exception) -> CrdReply:
        """Return the reply where the service has a bug. The log gets its type and its place.

        The message of the error is told to nobody: it may hold what the request says of a person.
        """
        self.issue, self.detail = "exception", "bug"
        request_id = self.call.request_id
        _log.error(
            "crd bug: %s at %s; request %s",
            *(type(error).__name__, _place(error), request_id),
            extra={"fields": self._fields(500)},
        )
        says = f"the service made an error; its operator finds it under the request id {request_id}"
        body = operation_outcome(self.issue, says)
        return CrdReply(500, body, hook=self.hook or None, version=self.version)

    def _fields(self, status: int) -> dict[str, object]:
        """Return what a log that is read by programs tells of the call."""
        return {
            "request_id": self.call.request_id,
            "hook": self.hook,
            "status": status,
            "issue": self.issue,
            "why": self.detail,
        }

    def observed(self, reply: CrdReply, ended: float) -> Observed:
        """Return what is counted of the call."""
        return Observed(
            self.hook,
            self.version,
            reply.status,
            ended - self.started,
            self.client is not None,
            self.payer,
            self.issue,
            self.detail,
            reply.outcomes,
            self.types,
            self.queried,
        )


def _version_of(body: bytes, default: Version) -> Version:
    """Return the version that a request asks for which cannot be read as one of a hook."""
    try:
        extension = _VERSION.decode(body).extension
    except (msgspec.DecodeError, RecursionError):
        return default
    requested = str(extension.requested)[:3] if extension else ""
    return next((version for version in Version if version == requested), default)


def _place(error: Exception) -> str:
    """Return the deepest place in this package from which an error came: module and line."""
    place = "nowhere"
    trace = error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] == _PACKAGE:
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
