"""What CRD 2.0.1, 2.1.0 and 2.2.1 demand of a coverage-information, as predicates.

Where the prose of an invariant and its formal expression differ, both are here, and both must hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from precert.davinci.answer.extension import URL
from precert.davinci.settings import Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Extension = dict[str, Any]

TEMPORARY = "http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp"
_ALL = tuple(Version)
_FROM_2_1 = (Version.V2_1, Version.V2_2)
_REASONS = {
    Version.V2_0: {"gold-card", "detail-code"},
    Version.V2_1: {"gold-card", "detail-code"},
    Version.V2_2: {
        *("gold-card", "no-member-found", "no-active-coverage", "coverage-not-found"),
        *("auth-out-network", "technical"),
    },
}


class Read(NamedTuple):
    """A coverage-information, its parts by name, in a version."""

    version: Version
    parts: list[Extension]

    def of(self, *urls: str) -> list[Any]:
        return [
            next((v for k, v in part.items() if k.startswith("value")), part)
            for part in self.parts
            if part["url"] in urls
        ]

    def has(self, url: str) -> bool:
        return bool(self.of(url))

    @property
    def conditional(self) -> bool:
        return "conditional" in self.of("covered", "pa-needed", "doc-needed")

    def code(self, url: str) -> str | None:
        found = self.of(url)
        return found[0] if found else None


class Invariant(NamedTuple):
    name: str
    versions: tuple[Version, ...]
    holds: Callable[[Read], bool]


def _implies(first: bool, second: bool) -> bool:  # noqa: FBT001 - logic
    return not first or second


def _q7(read: Read) -> bool:
    known = _REASONS[read.version]
    return all(
        "text" in reason
        or all(c["system"] == TEMPORARY and c["code"] in known for c in reason["coding"])
        for reason in read.of("reason")
    )


INVARIANTS = (
    Invariant(
        "q1: a questionnaire or response only with a need of documents",
        _ALL,
        lambda r: _implies(
            r.has("questionnaire") or r.has("response"),
            r.has("doc-needed") and "no-doc" not in r.of("doc-needed"),
        ),
    ),
    Invariant(
        "q2, prose: not covered, so nothing about prior authorization",
        _ALL,
        lambda r: _implies(r.code("covered") == "not-covered", not r.has("pa-needed")),
    ),
    Invariant(
        "q2, as 2.0.1 writes it: prior authorization unless not covered",
        _ALL,
        lambda r: _implies(r.code("covered") != "not-covered", r.has("pa-needed")),
    ),
    Invariant(
        "q3, as 2.2 writes it: conditional, so an information is needed",
        _ALL,
        lambda r: _implies(r.conditional, r.has("info-needed")),
    ),
    Invariant(
        "q3, as 2.0.1 writes it: an information needed, so something is conditional",
        _ALL,
        lambda r: _implies(r.has("info-needed"), r.conditional),
    ),
    Invariant(
        "q4, prose: no document with a prior authorization that nobody asks for",
        _ALL,
        lambda r: _implies(
            r.code("pa-needed") in {"satisfied", "no-auth"} or r.code("covered") == "not-covered",
            not {"withpa", "PA"} & set(r.of("doc-purpose")),
        ),
    ),
    Invariant(
        "q4, as an engine reads 2.2.1: never withpa, whatever pa-needed is",
        _ALL,
        lambda r: _implies(r.has("doc-purpose"), "withpa" not in r.of("doc-purpose")),
    ),
    Invariant(
        "q5: satisfied if and only if there is the authorization's number",
        _ALL,
        lambda r: (r.code("pa-needed") == "satisfied") == r.has("satisfied-pa-id"),
    ),
    Invariant(
        "q6: OTH, so a reason",
        _ALL,
        lambda r: _implies("OTH" in r.of("info-needed"), r.has("reason")),
    ),
    Invariant(
        "q6, comment: OTH, so a detail",
        _ALL,
        lambda r: _implies("OTH" in r.of("info-needed"), r.has("detail")),
    ),
    Invariant("q7: a reason with a text, or with a code of the value set", _ALL, _q7),
    Invariant(
        "q7, as an engine reads it: some reason has a text",
        _ALL,
        lambda r: _implies(r.has("reason"), any("text" in x for x in r.of("reason"))),
    ),
    Invariant(
        "q7, code system: a reason's code of CRD's own system is one that the version has",
        _ALL,
        lambda r: all(
            coding["code"] in _REASONS[r.version]
            for reason in r.of("reason")
            for coding in reason.get("coding", [])
            if coding["system"] == TEMPORARY
        ),
    ),
    Invariant(
        "q8: a purpose of documents, so a reason",
        _ALL,
        lambda r: _implies(r.has("doc-purpose"), r.has("reason")),
    ),
    Invariant(
        "q9: indeterminate, so a reason",
        (Version.V2_2,),
        lambda r: _implies(
            "indeterminate" in r.of("covered", "pa-needed", "doc-needed"), r.has("reason")
        ),
    ),
)

_PA = {"no-auth", "auth-needed", "satisfied", "performpa", "conditional"}
_COVERED = {"covered", "not-covered", "conditional"}
_INFO = {"performer", "location", "timeframe", "contract-window", "OTH"}
_NEW = {"indeterminate"}
_CODES = {
    "covered": (_COVERED, _COVERED | _NEW),
    "pa-needed": (_PA, _PA | _NEW),
    "info-needed": (_INFO, _INFO | {"detail-code"}),
}
"""The codes of required value sets: before 2.2, and from 2.2 on."""

_ONCE = {"coverage", "covered", "date", "coverage-assertion-id"}
_AT_MOST_ONCE = {"pa-needed", "satisfied-pa-id", "expiry-date"}
_TYPES = {
    "coverage": "valueReference",
    "covered": "valueCode",
    "pa-needed": "valueCode",
    "info-needed": "valueCode",
    "billingCode": "valueCoding",
    "reason": "valueCodeableConcept",
    "dependency": "valueReference",
    "date": "valueDate",
    "coverage-assertion-id": "valueString",
    "expiry-date": "valueDate",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DETAIL_SYSTEMS = {
    Version.V2_1: TEMPORARY,
    Version.V2_2: "http://terminology.hl7.org/CodeSystem/crd-coverage-detail",
}


def faults(extension: Extension, version: Version) -> list[str]:
    """Return what is wrong with a coverage-information in a version; nothing of a valid one."""
    if extension["url"] != URL or set(extension) != {"url", "extension"}:
        return ["it is no coverage-information"]
    read = Read(version, extension["extension"])
    broken = [
        invariant.name
        for invariant in INVARIANTS
        if version in invariant.versions and not invariant.holds(read)
    ]
    return [*broken, *_structure(read)]


def _structure(read: Read) -> Iterator[str]:
    for url in _ONCE:
        if len(read.of(url)) != 1:
            yield f"{url}: not once"
    for url in _AT_MOST_ONCE:
        if len(read.of(url)) > 1:
            yield f"{url}: more than once"
    for url, (before, since) in _CODES.items():
        among = since if read.version is Version.V2_2 else before
        found = read.of(url)
        if not set(found) <= among or len(found) != len(set(found)):
            yield f"{url}: {found}"
    for part in read.parts:
        yield from _part(part, read.version)


def _part(part: Extension, version: Version) -> Iterator[str]:
    url = part["url"]
    if url == "detail":
        yield from _detail(part["extension"], version)
        return
    wanted = _TYPES.get(url, "a part that is never sent")
    if url == "contact":
        wanted = "valueContactDetail" if version is Version.V2_2 else "valueContactPoint"
    if set(part) != {"url", wanted}:
        yield f"{url}: {sorted(part)}"
        return
    value = part[wanted]
    if url == "expiry-date" and version not in _FROM_2_1:
        yield "expiry-date: unknown before 2.1"
    if wanted == "valueDate" and not _DATE.fullmatch(value):
        yield f"{url}: no date"
    if wanted == "valueString" and not value.strip():
        yield f"{url}: empty"


def _detail(parts: list[Extension], version: Version) -> Iterator[str]:
    names = ["category"] * (version is Version.V2_2) + ["code", "value"]
    if [part["url"] for part in parts] != names:
        yield f"detail: {[part['url'] for part in parts]}"
        return
    category, code, value = parts if len(parts) == len(names) == 3 else ({}, *parts)
    if category and category["valueCode"] not in {"cat-limitation", "cat-decisional", "cat-other"}:
        yield f"detail: {category}"
    for coding in code["valueCodeableConcept"].get("coding", []):
        if coding != {"system": _DETAIL_SYSTEMS.get(version), "code": "instructions"}:
            yield f"detail: {coding}"
    if not value["valueString"].strip():
        yield "detail: empty"
