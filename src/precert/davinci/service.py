"""The CRD service: a call in, its reply out. The only driver over reading, asking and answering.

A call is trusted, read, gathered, determined, answered, recorded and counted, in this order; what
fails on the way becomes an OperationOutcome. Nothing of a call but words of ours reaches a log.
"""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import httpx2
import msgspec

from precert.davinci.answer.response import Answered, Options, answer
from precert.davinci.call import CrdReply
from precert.davinci.course import Course
from precert.davinci.discovery import discovery
from precert.davinci.limits import check_number
from precert.davinci.metrics import Metrics
from precert.davinci.records import Record, hashed
from precert.davinci.refused import CrdError, NotJson, UnknownService
from precert.davinci.request.fhir_client import FhirServers
from precert.davinci.request.gather import Missing, gather, gather_sent
from precert.davinci.request.hooks import read_hook_request
from precert.davinci.services import SERVICES
from precert.davinci.trust.keys import KeySets
from precert.davinci.trust.replay import Replay
from precert.davinci.trust.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from precert.davinci.call import CrdCall
    from precert.davinci.focus import Gathered
    from precert.davinci.request.hooks import HookRequest
    from precert.davinci.services import Service
    from precert.davinci.settings import CrdSettings

_SERVICES = "/cds-services"
_FEEDBACK = "/feedback"
_EMPTY = b"{}"
_OK = 200
_TELLING = ("httpx2", "httpcore2")
"""Libraries whose logs below a warning tell addresses, with a patient's id, and tokens."""
_ANY = msgspec.json.Decoder(msgspec.Raw)
_log = logging.getLogger(__name__)


class _Door(NamedTuple):
    """A service and the addresses that its tokens have to name."""

    service: Service
    address: str
    feedback: str


class CrdService:
    """A payer's CRD service, for one event loop at a time."""

    def __init__(self, settings: CrdSettings, http: httpx2.AsyncClient | None = None) -> None:
        """Take the settings, and the client that calls other servers; one of its own for None.

        Raises UnreadableSettings for a client's keys that cannot be read, and Unwritable for a
        record that cannot be written.
        """
        for name in _TELLING:
            logging.getLogger(name).setLevel(logging.WARNING)
        self.metrics = Metrics()
        self.settings, self._http = settings, http
        self._discovery = discovery(settings)
        self._record = None if settings.record is None else Record(settings.record)
        keys = KeySets(settings.clients, self._client)
        self._tokens = Tokens(settings.clients, keys, Replay(len(settings.clients)))
        self._address = f"{settings.base_url}{_SERVICES}"
        self._doors = {
            name: _Door(service, f"{self._address}/{name}", f"{self._address}/{name}{_FEEDBACK}")
            for name, service in SERVICES.items()
        }

    async def answer(self, call: CrdCall) -> CrdReply:
        """Return the reply to a request of a hook."""
        return await self._replied(call, self._answered)

    async def discover(self, call: CrdCall) -> CrdReply:
        """Return which services there are."""
        return await self._replied(call, self._discovered)

    async def feedback(self, call: CrdCall) -> CrdReply:
        """Return that feedback on a service was received. It is counted, and nothing of it kept."""
        return await self._replied(call, self._received)

    async def close(self) -> None:
        """Close the connections and the record."""
        if self._http is not None:
            await self._http.aclose()
        if self._record is not None:
            self._record.close()

    async def _replied(
        self, call: CrdCall, step: Callable[[Course], Awaitable[CrdReply]]
    ) -> CrdReply:
        """Return what a step replies; what it raises becomes an OperationOutcome."""
        course = Course(call, self.settings.version, perf_counter())
        try:
            reply = await step(course)
        except CrdError as error:
            reply = course.refused(error)
        except Exception as error:  # noqa: BLE001 - a bug: the client gets a reply, the log its place
            reply = course.broken(error)
        if course.invoked and self._record is not None and reply.status != _OK:
            self._keep(self._record, course, reply.status, Answered(reply.body))
        self.metrics.observe(course.observed(reply, perf_counter()))
        return reply

    async def _answered(self, course: Course) -> CrdReply:
        call, settings = course.call, self.settings
        door = await self._trusted(course, feedback=False)
        course.invoked = True
        request = read_hook_request(call.body, door.service.hook)
        course.version = request.version(settings.version)
        today = call.now.date()
        gathered = gather_sent(request, settings, today)
        if isinstance(gathered, Missing):
            gathered = await self._queried(course, request, today)
        course.payer = gathered.coverage.payer.name
        course.types = [focus.resource_type for focus in gathered.focuses]
        check_number(gathered.focuses)
        answered = answer(gathered, Options(course.version, request.configuration()), today)
        if self._record is not None:
            self._keep(self._record, course, _OK, answered)
        return CrdReply(_OK, answered.body, answered.outcomes, course.hook, course.version)

    async def _discovered(self, course: Course) -> CrdReply:
        course.hook = "discovery"
        await self._check_token(course, self._address)
        return CrdReply(_OK, self._discovery)

    async def _received(self, course: Course) -> CrdReply:
        await self._trusted(course, feedback=True)
        try:
            content = bytes(_ANY.decode(course.call.body))
        except (msgspec.DecodeError, RecursionError):
            content = b""
        if not content.startswith(b"{"):
            message = (
                "the body is no JSON object; send feedback as the CDS Hooks specification says"
            )
            raise NotJson(message)
        self.metrics.feedback(course.hook)
        return CrdReply(_OK, _EMPTY, hook=course.hook)

    async def _trusted(self, course: Course, *, feedback: bool) -> _Door:
        """Return the service that is called, after its caller is known."""
        name = course.call.service or ""
        door = self._doors.get(name)
        if door is None:
            suffix = _FEEDBACK if feedback else ""
            await self._check_token(course, f"{self._address}/{name}{suffix}")
            message = f"no service stands at this address; {_SERVICES} names those that do"
            raise UnknownService(message)
        course.hook = door.service.hook
        if self.settings.requires_token:
            await self._check_token(course, door.feedback if feedback else door.address)
        return door

    async def _check_token(self, course: Course, address: str) -> None:
        if self.settings.requires_token:
            call = course.call
            course.client = await self._tokens.check(call.authorization, address, call.now)

    async def _queried(self, course: Course, request: HookRequest, today: date) -> Gathered:
        """Return what the request tells, with what it does not asked of the client's server."""
        course.queried = True
        servers = FhirServers(self._client(), self.settings.query_seconds)
        return await gather(request, self.settings, servers, today, course.client)

    def _keep(self, record: Record, course: Course, status: int, answered: Answered) -> None:
        """Append the reply to the record. One that cannot be written is logged and counted.

        A refusal is one without an answer. CRD wants every invocation and its response kept.
        """
        call = course.call
        try:
            record.append(
                {
                    "when": call.now.isoformat(),
                    "request_id": call.request_id,
                    "client": course.client.issuer if course.client else None,
                    "service": call.service,
                    "version": course.version,
                    "status": status,
                    "request_sha256": hashed(call.body),
                    "response_sha256": hashed(answered.body),
                    **answered.recorded(),
                }
            )
        except OSError as error:
            self.metrics.unrecorded()
            reason = error.strerror or "it was cut off"
            _log.error(
                "crd record not written: %s; request %s",
                *(reason, call.request_id),
                extra={"fields": {"request_id": call.request_id, "hook": course.hook}},
            )

    def _client(self) -> httpx2.AsyncClient:
        """Return the client that calls other servers, made with the first call."""
        if self._http is None:
            self._http = httpx2.AsyncClient(follow_redirects=False)
        return self._http
