"""What is wrong in, a FHIR OperationOutcome out: the body of every reply that is no answer."""

from __future__ import annotations

import msgspec

ISSUE_OF_STATUS = {
    400: "invalid",
    404: "not-found",
    405: "not-supported",
    408: "timeout",
    413: "too-long",
    415: "not-supported",
}
"""The issue codes of what is refused before anything is read."""


class _Issue(msgspec.Struct):
    code: str
    diagnostics: str
    severity: str = "error"


class _OperationOutcome(msgspec.Struct, rename="camel"):
    issue: tuple[_Issue, ...]
    resource_type: str = "OperationOutcome"


def operation_outcome(code: str, diagnostics: str) -> bytes:
    """Return an OperationOutcome with one issue, as JSON."""
    return msgspec.json.encode(_OperationOutcome((_Issue(code, diagnostics),)))
