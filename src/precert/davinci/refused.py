"""A CRD request that gets an error and no answer: the HTTP status and the OperationOutcome.

The statuses are those of CRD 2.1 and 2.2 ("Error handling") and of the CDS Hooks specification.
"""

from __future__ import annotations

from enum import StrEnum

from precert.davinci.settings import Version
from precert.errors import CallerError


class CrdError(CallerError):
    """A request that cannot be answered; each class says which status and issue code it means."""

    status = 400
    issue = "invalid"

    def status_in(self, version: Version) -> int:  # noqa: ARG002 - most mean one in all versions
        """Return the HTTP status in a version of CRD."""
        return self.status


class NotJson(CrdError):
    """A body that is no JSON object."""


class NotAHookRequest(CrdError):
    """JSON that is no request of the hook, or holds no readable FHIR: 422 before CRD 2.2."""

    issue = "structure"

    def status_in(self, version: Version) -> int:
        """Return the HTTP status: CRD 2.2 keeps 422 for what only CRD forbids."""
        return 400 if version is Version.V2_2 else 422


class NoCoverage(CrdError):
    """No coverage, or more than one, or one whose payer is not named: nobody can be asked."""

    issue = "required"


class ForeignPayer(CrdError):
    """A coverage of a payer that this service does not answer for."""

    issue = "not-supported"


class NoPrefetch(CrdError):
    """What the hook needs was not sent, and there is no server and token to ask for it."""

    status = 412
    issue = "required"


class UnknownService(CrdError):
    """An address under which no service stands, or a hook that is not the service's."""

    status = 404
    issue = "not-found"


class TooManyOrders(CrdError):
    """More orders than are answered in one request."""

    status = 413
    issue = "too-costly"

    def __init__(
        self, number: int, most: int, what: str = "billing codes and resources without one"
    ) -> None:
        """Take how many of what were read, and the limit."""
        super().__init__(
            f"read {number} {what}, expected at most {most} in one request; send them in several"
        )


class Distrust(StrEnum):
    """Why a token is not trusted, in a word that is ours: for the log and the metrics alone."""

    ABSENT = "absent"
    FORM = "form"
    ALGORITHM = "algorithm"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    EARLY = "not-yet-valid"
    LIFETIME = "lifetime"
    TENANT = "tenant"
    JKU = "jku"
    KEY = "key"
    SIGNATURE = "signature"
    REPLAY = "replayed"
    REPLAY_FULL = "replay-memory-full"


class BadToken(CrdError):
    """A call without a token that is trusted. The message names no detail: it is sent to anyone."""

    status = 401
    issue = "security"

    def __init__(self, why: Distrust) -> None:
        """Take what was wrong with the token."""
        self.why = why
        super().__init__("expected the bearer token of a client that is trusted here")
