"""The FHIR extension: a coverage-information in, its JSON bytes in a version of CRD out.

Every version takes what this makes: prior authorization is always said, info-needed stands if and
only if something is conditional, `OTH` never without a reason and a detail, and what a version does
not know yet is said in its own terms (coverage-information of CRD 2.0.1, 2.1.0 and 2.2.1).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from precert.davinci.answer.coverage_information import NOT_COVERED, Info, Kind, PaNeeded
from precert.davinci.settings import Version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from precert.davinci.answer.coverage_information import (
        Category,
        CoverageInformation,
        Detail,
        Reached,
    )
    from precert.davinci.focus import Coding

URL = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information"
_TEMPORARY = "http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp"
_DETAIL = "http://terminology.hl7.org/CodeSystem/crd-coverage-detail"

_TECHNICAL = "technical"
_DETAIL_CODE = "detail-code"
_NO_ACTIVE_COVERAGE = "no-active-coverage"


class _Form(NamedTuple):
    """What a version of CRD writes in another way than the others."""

    indeterminate: bool
    """Whether there is `indeterminate`, with the reason `technical`."""
    detail_code: bool
    """Whether `detail-code` is an information needed; before, it is a reason."""
    instructions: str
    """The code system of the detail `instructions`; empty where that is no code."""
    category: bool
    """Whether a detail has a category."""
    contact_detail: bool
    """Whether the contact is a ContactDetail; before, it is one ContactPoint or several."""
    expiry_date: bool


_FORMS = {
    Version.V2_0: _Form(
        indeterminate=False,
        detail_code=False,
        instructions="",
        category=False,
        contact_detail=False,
        expiry_date=False,
    ),
    Version.V2_1: _Form(
        indeterminate=False,
        detail_code=False,
        instructions=_TEMPORARY,
        category=False,
        contact_detail=False,
        expiry_date=True,
    ),
    Version.V2_2: _Form(
        indeterminate=True,
        detail_code=True,
        instructions=_DETAIL,
        category=True,
        contact_detail=True,
        expiry_date=True,
    ),
}

_HEAD = b'{"url":"%b","extension":[' % URL.encode()

_text = msgspec.json.Encoder().encode


def extension_of(said: CoverageInformation, version: Version) -> bytes:
    """Return the extension as JSON bytes, valid by every constraint of that version."""
    return _HEAD + b",".join(_parts(said, _FORMS[version])) + b"]}"


def _parts(said: CoverageInformation, form: _Form) -> list[bytes]:
    covered, pa_needed, info, cause = _in_terms_of(said, form)
    parts = [
        b'{"url":"coverage","valueReference":{"reference":%b}}' % _text(said.coverage),
        _codes(covered, pa_needed, info),
    ]
    if said.billing is not None:
        parts.append(b'{"url":"billingCode","valueCoding":%b}' % _coding(said.billing))
    parts.append(_reasons(said.reasons, cause))
    parts.append(_detail(said.to_do, form))
    if said.details:
        parts.append(_details(said.details, form))
    for reference in said.dependencies:
        parts.append(b'{"url":"dependency","valueReference":{"reference":%b}}' % _text(reference))  # noqa: PERF401
    parts.append(_date("date", said.said_on))
    parts.append(b'{"url":"coverage-assertion-id","valueString":%b}' % _text(said.assertion_id))
    if said.contact is not None:
        parts.extend(_contact(said.contact, form))
    if form.expiry_date and said.ends is not None:
        parts.append(_date("expiry-date", said.ends))
    return parts


@cache  # the values are those of closed lists
def _codes(covered: str, pa_needed: str | None, info: tuple[Info, ...]) -> bytes:
    """Return what is said in codes: covered, pa-needed, and what has to be known."""
    codes = [_code("covered", covered)]
    if pa_needed is not None:
        codes.append(_code("pa-needed", pa_needed))
    return b",".join([*codes, *[_code("info-needed", each) for each in info]])


def _reasons(reasons: tuple[str, ...], cause: str) -> bytes:
    """Return the reasons; the cause is that of the first one, which is of prior authorization."""
    first, *others = reasons
    return b",".join([_reason(first, cause), *[_reason(other, "") for other in others]])


def _details(details: tuple[Detail, ...], form: _Form) -> bytes:
    """Return the details; an alternative may name this order's resources, and is not kept."""
    if any(detail.kind is Kind.ALTERNATIVE for detail in details):
        return b",".join([_detail(detail, form) for detail in details])
    return _kept_details(details, form)


@lru_cache(maxsize=2_048)  # the same answer has the same details, and they tell of no order
def _kept_details(details: tuple[Detail, ...], form: _Form) -> bytes:
    return b",".join([_detail(detail, form) for detail in details])


def _detail(detail: Detail, form: _Form) -> bytes:
    return b"%b%b}]}" % (_detail_head(detail.kind, detail.category, form), _text(detail.text))


def _in_terms_of(
    said: CoverageInformation, form: _Form
) -> tuple[str, str | None, tuple[Info, ...], str]:
    """Return covered, pa-needed, info-needed and the code of the reason, as the version has them.

    `detail-code` becomes a reason where it is no information.
    """
    if said.pa_needed is PaNeeded.INDETERMINATE:
        if form.indeterminate:
            return said.covered, said.pa_needed, (), _TECHNICAL
        return PaNeeded.CONDITIONAL, PaNeeded.CONDITIONAL, (Info.OTHER,), ""
    if said.covered == NOT_COVERED:
        return said.covered, said.pa_needed, said.info, _NO_ACTIVE_COVERAGE
    if Info.DETAIL_CODE not in said.info or form.detail_code:
        return said.covered, said.pa_needed, said.info, ""
    info = tuple([needed for needed in said.info if needed is not Info.DETAIL_CODE])
    return said.covered, said.pa_needed, info, _DETAIL_CODE


@cache  # the values are those of closed lists
def _code(url: str, value: str) -> bytes:
    return f'{{"url":"{url}","valueCode":"{value}"}}'.encode()


@lru_cache(maxsize=64)  # most often today, and the end of an edition
def _date(url: str, value: date) -> bytes:
    return f'{{"url":"{url}","valueDate":"{value}"}}'.encode()


def _coding(coding: Coding) -> bytes:
    """Return the coding as the client sent it, without its display."""
    if not coding.system:
        return b'{"code":%b}' % _text(coding.code)
    return b'{"system":%b,"code":%b}' % (_text(coding.system), _text(coding.code))


def _reason(text: str, code: str) -> bytes:
    coding = b""
    if code:
        coding = b'"coding":[{"system":"%b","code":"%b"}],' % (_TEMPORARY.encode(), code.encode())
    return b'{"url":"reason","valueCodeableConcept":{%b"text":%b}}' % (coding, _text(text))


@cache
def _detail_head(kind: Kind, category: Category, form: _Form) -> bytes:
    """Return a detail up to its value."""
    first = _code("category", category) + b"," if form.category else b""
    coding = b""
    if kind is Kind.INSTRUCTIONS and form.instructions:
        coding = b'"coding":[{"system":"%b","code":"instructions"}],' % form.instructions.encode()
    return (
        b'{"url":"detail","extension":[%b'
        b'{"url":"code","valueCodeableConcept":{%b"text":%b}},{"url":"value","valueString":'
    ) % (first, coding, _text(kind))


def _contact(contact: Reached, form: _Form) -> Iterator[bytes]:
    ways = [
        b'{"system":"%b","value":%b}' % (way.system.encode(), _text(way.value))
        for way in contact.ways
    ]
    if form.contact_detail:
        telecom = b",".join(ways)
        yield (
            b'{"url":"contact","valueContactDetail":{"name":%b,"telecom":[%b]}}'
            % (_text(contact.name), telecom)
        )
        return
    for way in ways:
        yield b'{"url":"contact","valueContactPoint":%b}' % way
