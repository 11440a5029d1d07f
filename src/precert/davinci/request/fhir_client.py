"""Queries to the client's own FHIR server, with the token that came with the request.

The token goes to the request's `fhirServer`, which has to be one that the settings name for the
client whose own token was trusted, over https, and nowhere else: not to a redirect, not to another
host in a page's `next`, not to another server of the same client, which it is not for. Whatever
goes wrong is a word in the answer, never an exception; no id, address or token is named in it.
"""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import httpx2
from msgspec import Raw
from msgspec.json import Decoder

from precert.davinci.request.found import found_in
from precert.davinci.request.lookup import COVERAGES
from precert.davinci.request.reading import UNREADABLE
from precert.davinci.request.references import is_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from precert.davinci.request.hooks import HookRequest
    from precert.davinci.request.references import Reference
    from precert.davinci.settings import Client

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750, section 2.1
_NOT_THERE = frozenset({404, 410})
_OK = 200
_MAX_BYTES = 2_000_000  # of one answer; a resource with an attachment may be larger and is not read
_MAX_PAGES = 5
_MAX_QUERIES = 40  # for one request, all rounds together
_KEPT = 8  # of them for what every answer needs, however many orders there are
_NEEDED = frozenset({"Organization", "Patient"})
_AT_ONCE = 8

_ANY = Decoder(Raw)


class Server(NamedTuple):
    """A client's FHIR server that may be queried: its base address, and the token for it."""

    base: str
    token: str

    def __repr__(self) -> str:
        """Return the name of the class: a token in a traceback would be in a log."""
        return type(self).__name__


class Answer(NamedTuple):
    """What came of a query: resources, or why there are none. `why` is empty if none exist."""

    resources: tuple[bytes, ...] = ()
    why: str = ""


def server_of(request: HookRequest, client: Client | None) -> Server | None:
    """Return the server that may be queried for a request, None where none may.

    It has to be one that the settings name for the client, by https; plain http only to this
    machine itself. The token has to be one that a header can carry.
    """
    authorization = request.fhir_authorization
    if client is None or request.fhir_server is None or authorization is None:
        return None
    token = authorization.access_token or ""
    if (authorization.token_type or "Bearer").casefold() != "bearer":
        return None
    allowed = frozenset(base for base in map(_bare, client.fhir_servers) if _is_safe(base))
    base = _bare(request.fhir_server)
    if base not in allowed or not _TOKEN.fullmatch(token):
        return None
    return Server(base, token)


class FhirServers:
    """Queries clients' FHIR servers. `seconds` are those of all queries of a request together."""

    def __init__(self, http: httpx2.AsyncClient, seconds: float) -> None:
        self._http = http
        self._seconds = seconds

    def begin(self, server: Server) -> Queries:
        """Return the queries of one request, whose time begins now."""
        return Queries(self._http, server, self._seconds)


class Queries:
    """The queries of one request to its server, within one span of time."""

    def __init__(self, http: httpx2.AsyncClient, server: Server, seconds: float) -> None:
        self._http = http
        self._server = server
        self._seconds = seconds
        self._until = asyncio.get_running_loop().time() + seconds
        self._left = _MAX_QUERIES
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def ask(
        self, references: Iterable[Reference], coverages_of: str | None
    ) -> dict[str, Answer]:
        """Return the answer for each reference; under `Coverage` for the patient's coverages."""
        queries: list[tuple[str, bool, Callable[[], Awaitable[Answer]]]] = [
            (str(reference), _is_needed(reference), partial(self._read, reference))
            for reference in sorted(references, key=_is_needed, reverse=True)
        ]
        if coverages_of is not None:
            queries.insert(0, (COVERAGES, True, partial(self._coverages, coverages_of)))
        wanted: dict[str, Callable[[], Awaitable[Answer]]] = {}
        answers: dict[str, Answer] = {}
        for key, needed, query in queries:
            if self._may(needed=needed):
                wanted[key] = query
            else:
                answers[key] = Answer(why=f"more than {_MAX_QUERIES} queries")
        found = await asyncio.gather(*map(self._in_time, wanted.values()))
        return {**answers, **dict(zip(wanted, found, strict=True))}

    def _may(self, *, needed: bool) -> bool:
        """Return whether one more may be asked, and count it."""
        if self._left <= (0 if needed else _KEPT):
            return False
        self._left -= 1
        return True

    async def _in_time(self, query: Callable[[], Awaitable[Answer]]) -> Answer:
        try:
            async with asyncio.timeout_at(self._until), self._slots:
                return await query()
        except TimeoutError:
            return Answer(why=f"no answer within {self._seconds:g} seconds")
        except _FailedError as error:
            return Answer(why=str(error))
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError):
            return Answer(why="the server could not be reached")

    async def _read(self, reference: Reference) -> Answer:
        """Return the resource, nothing where it is another server's or is not there."""
        base = reference.base or self._server.base
        if base != self._server.base:  # the token is for that one alone
            return Answer()
        body = await self._get(f"{base}/{reference.local}")
        if body is None:
            return Answer()
        found = found_in(body)
        if found is None or found.local != reference.local:
            message = "another resource came than was asked for"
            raise _FailedError(message)
        return Answer((body,))

    async def _coverages(self, patient: str) -> Answer:
        """Return all pages of the search for the patient's active coverages."""
        if not is_id(patient):
            return Answer(why="the patientId is no id of FHIR")
        address: str | None = f"{self._server.base}/Coverage?patient={patient}&status=active"
        pages: list[bytes] = []
        while address is not None:
            body = await self._get(address)
            found = None if body is None else found_in(body)
            bundle = None if found is None else found.bundle()
            if body is None or bundle is None:
                message = "the search did not answer with a Bundle"
                raise _FailedError(message)
            pages.append(body)
            address = bundle.next_page()
            if address is not None and not _is_within(self._server.base, address):
                message = "the next page is on another server"
                raise _FailedError(message)
            if address is not None and len(pages) == _MAX_PAGES:
                message = f"more than {_MAX_PAGES} pages"
                raise _FailedError(message)
        return Answer(tuple(pages))

    async def _get(self, address: str) -> bytes | None:
        """Return the JSON at an address, None where nothing is there."""
        headers = {
            "Accept": "application/fhir+json",
            "Accept-Encoding": "identity",  # what is small on the wire could be huge unpacked
            "Authorization": f"Bearer {self._server.token}",
        }
        # Without a timeout of its own, which would end before a longer span of time does.
        async with self._http.stream(
            "GET", address, headers=headers, follow_redirects=False, timeout=None
        ) as response:
            self._http.cookies.clear()  # one client serves all: nothing of one call is for another
            if response.status_code in _NOT_THERE:
                return None
            if response.status_code != _OK:
                message = f"status {response.status_code}"
                raise _FailedError(message)
            if response.headers.get("content-encoding", "identity") != "identity":
                message = "the answer is compressed"
                raise _FailedError(message)
            return _json(await _body(response))


def _is_needed(reference: Reference) -> bool:
    """Return whether every answer needs it: the payer, the patient."""
    return reference.resource_type in _NEEDED


class _FailedError(Exception):
    """A query that failed, in words."""


async def _body(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > _MAX_BYTES:
            message = f"the answer is larger than {_MAX_BYTES} bytes"
            raise _FailedError(message)
    return bytes(body)


def _json(body: bytes) -> bytes:
    """Return the JSON without blanks around: an order is sent back as it came."""
    try:
        body.decode()
        return bytes(_ANY.decode(body)).strip()
    except UNREADABLE:
        message = "the answer is no JSON"
        raise _FailedError(message) from None


def _bare(base: str) -> str:
    return base.strip().rstrip("/")


def _is_safe(base: str) -> bool:
    """Return whether a token may be sent to a base address."""
    try:
        url = httpx2.URL(base)
    except httpx2.InvalidURL:
        return False
    if url.userinfo or url.query or url.fragment or not url.host:
        return False
    return url.scheme == "https" or (url.scheme == "http" and url.host in _LOOPBACK)


def _is_within(base: str, address: str) -> bool:
    """Return whether an address is of the server at the base address, and beneath it."""
    try:
        server, page = httpx2.URL(base), httpx2.URL(address)
    except httpx2.InvalidURL:
        return False
    if (page.scheme, page.host, page.port) != (server.scheme, server.host, server.port):
        return False
    if page.userinfo or ".." in page.path or "\\" in page.path:
        return False
    return page.path == server.path or page.path.startswith(f"{server.path.rstrip('/')}/")
