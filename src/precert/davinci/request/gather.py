"""From a request to all that it tells for its answer: what is asked, by whom it is paid, for whom.

`gather_sent` reads what came along, without any I/O. `gather` queries the client's server for what
did not, within one span of time. What fails then is said in `Gathered.failed`, and what hangs on it
is not told; only without the coverage, its payer, or any order at all there is nothing to answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.davinci.focus import Gathered
from precert.davinci.refused import NoPrefetch
from precert.davinci.request.coverages import coverage_of
from precert.davinci.request.fhir_client import server_of
from precert.davinci.request.focuses import focuses_of
from precert.davinci.request.lookup import Lookup
from precert.davinci.request.patient import member_of
from precert.davinci.request.prefetch import sent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from precert.davinci.request.fhir_client import FhirServers
    from precert.davinci.request.hooks import HookRequest
    from precert.davinci.request.references import Reference
    from precert.davinci.settings import Client, CrdSettings


class Missing(NamedTuple):
    """What has to be queried: resources by reference, and the patient's active coverages.

    A relative reference is of the client's own server.
    """

    references: tuple[Reference, ...]
    coverages: bool


def gather_sent(request: HookRequest, settings: CrdSettings, today: date) -> Gathered | Missing:
    """Return what the request tells, or what has to be queried for it.

    Without a server and a token in the request nothing can be queried, and what was sent has to do.
    Raises `NotAHookRequest`, `NoCoverage`, `ForeignPayer`, `NoPrefetch`.
    """
    authorization = request.fhir_authorization
    may_query = bool(request.fhir_server and authorization and authorization.access_token)
    return _gathered(request, settings, today, Lookup(sent(request), {}, may_query=may_query))


async def gather(
    request: HookRequest,
    settings: CrdSettings,
    servers: FhirServers,
    today: date,
    client: Client | None = None,
) -> Gathered:
    """Return what the request tells, with what did not come along queried.

    `client` is the one whose token was trusted: only its servers are queried. Raises as
    `gather_sent` does.
    """
    resources, tried = sent(request), dict[str, str]()
    server = server_of(request, client)
    queries = None if server is None else servers.begin(server)
    while True:
        lookup = Lookup(resources, tried, may_query=queries is not None)
        gathered = _gathered(request, settings, today, lookup)
        if isinstance(gathered, Gathered):
            return gathered
        if queries is None:
            message = "the client's server may not be queried; send what the hook needs"
            raise NoPrefetch(message)
        coverages_of = request.context.patient() if gathered.coverages else None
        answers = await queries.ask(gathered.references, coverages_of)
        for key, answer in answers.items():
            tried[key] = answer.why
            for raw in answer.resources:
                resources.add(raw, key if "://" in key else None)


def _gathered(
    request: HookRequest, settings: CrdSettings, today: date, lookup: Lookup
) -> Gathered | Missing:
    """Return what the resources at hand tell. All that is wanted is named at once."""
    asked = focuses_of(request, lookup, settings.version)
    patient = lookup.find(f"Patient/{request.context.patient()}")
    coverage = coverage_of(request, asked.focuses, lookup, settings, today)
    if coverage is None or lookup.wanted:
        return Missing(tuple(lookup.wanted.values()), lookup.wants_coverages)
    if asked.missing and not asked.focuses:
        raise _nothing_asked(asked.missing, lookup)
    return Gathered(
        request.hook,
        asked.focuses,
        coverage,
        member_of(patient if patient and lookup.resources.is_certain(patient) else None, today),
        complete=asked.complete,
        failed=lookup.failed(),
    )


def _nothing_asked(missing: Iterable[str], lookup: Lookup) -> NoPrefetch:
    """Return the error for a request none of whose resources is at hand."""
    types = ", ".join(dict.fromkeys(missing))
    failed = lookup.failed()
    why = f"could not be queried ({failed})" if failed else "was not prefetched, nor queried"
    return NoPrefetch(
        f"what is asked about ({types}) {why}; send it in the prefetch, or a fhirServer that the "
        "settings name for the client, with its token"
    )
