"""The FHIR extension: a coverage-information in, its JSON bytes in a version of CRD out.

Every version takes what this makes: prior authorization is always said, info-needed stands if and
only if something is conditional, `OTH` never without a reason and a detail, and what a version does
not know yet is said in its own terms (coverage-information of CRD 2.0.1, 2.1.0 and 2.2.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from precert.davinci.answer.coverage_information import (
    NOT_COVERED,
    Category,
    Info,
    Kind,
    PaNeeded,
)
from precert.davinci.answer.words import KEPT
from precert.davinci.settings import Version

if TYPE_CHECKING:
    from datetime import date

    from precert.davinci.answer.coverage_information import (
        AnswerWords,
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


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """What a version of CRD writes in another way than the first one; of each there is one."""

    instructions: str = ""
    """The code system of the detail `instructions`; empty where that is no code."""
    expiry_date: bool = False
    indeterminate: bool = False
    """Whether there is `indeterminate`, with the reason `technical`."""
    detail_code: bool = False
    """Whether `detail-code` is an information needed; before, it is a reason."""
    no_active_coverage: bool = False
    """Whether there is that reason; the code system of a version before has no such code."""
    category: bool = False
    """Whether a detail has a category."""
    contact_detail: bool = False
    """Whether the contact is a ContactDetail; before, it is one ContactPoint or several."""


_FORMS = {
    Version.V2_0: _Form(),
    Version.V2_1: _Form(_TEMPORARY, expiry_date=True),
    Version.V2_2: _Form(
        _DETAIL,
        expiry_date=True,
        indeterminate=True,
        detail_code=True,
        no_active_coverage=True,
        category=True,
        contact_detail=True,
    ),
}

_HEAD = b'{"url":"%b","extension":[{"url":"coverage","valueReference":{"reference":' % URL.encode()
_BILLING = b',{"url":"billingCode","valueCoding":'
_DEPENDENCY = b',{"url":"dependency","valueReference":{"reference":'
_ASSERTION_ID = b',{"url":"coverage-assertion-id","valueString":'

_text = msgspec.json.Encoder().encode


class Extensions:
    """Writes what is said of one coverage on one day, in one version of CRD."""

    def __init__(self, coverage: str, said_on: date, version: Version) -> None:
        """Take the reference of the coverage, the day and the version."""
        self._form = _FORMS[version]
        self._head = b"%b%b}}" % (_HEAD, _text(coverage))
        self._date = _date("date", said_on) + _ASSERTION_ID

    def written(self, said: CoverageInformation, assertion_id: str) -> bytes:
        """Return the extension as JSON bytes, valid by every constraint of the version."""
        form, words = self._form, said.words
        # Words with the names of an order's lines are that order's, and never come again.
        written = _written(words, form) if words.speak_of_lines else _kept(words, form)
        parts = [self._head, written.codes]
        if said.billing is not None:
            parts += _BILLING, _coding(said.billing), b"}"
        parts += written.reasons, written.to_do, _text(said.to_do), b"}]}", written.details
        for reference in said.dependencies:
            parts += _DEPENDENCY, _text(reference), b"}}"
        parts += self._date, _text(assertion_id), b"}"
        if said.contact is not None:
            parts.append(_contact(said.contact, form))
        if form.expiry_date and said.ends is not None:
            parts.append(_date("expiry-date", said.ends))
        parts.append(b"]}")
        return b"".join(parts)


class _Written(NamedTuple):
    """Words as JSON, each part with a comma before it; `to_do` is that detail up to its value."""

    codes: bytes
    reasons: bytes
    to_do: bytes
    details: bytes


@lru_cache(maxsize=KEPT)
def _kept(words: AnswerWords, form: _Form) -> _Written:
    return _written(words, form)


def _written(words: AnswerWords, form: _Form) -> _Written:
    covered, pa_needed, info, cause = _in_terms_of(words, form)
    codes = [_code("covered", covered)]
    if pa_needed is not None:
        codes.append(_code("pa-needed", pa_needed))
    codes += [_code("info-needed", needed) for needed in info]
    first, *others = words.reasons  # the cause is that of the first one, of prior authorization
    return _Written(
        b"".join(codes),
        b"".join([_reason(first, cause), *[_reason(other, "") for other in others]]),
        _detail_head(Kind.INSTRUCTIONS, Category.OTHER, form),
        b"".join([_detail(detail, form) for detail in words.details]),
    )


def _in_terms_of(said: AnswerWords, form: _Form) -> tuple[str, str | None, tuple[Info, ...], str]:
    """Return covered, pa-needed, info-needed and the code of the reason, as the version has them.

    `detail-code` becomes a reason where it is no information.
    """
    if said.pa_needed is PaNeeded.INDETERMINATE:
        if form.indeterminate:
            return said.covered, said.pa_needed, (), _TECHNICAL
        return PaNeeded.CONDITIONAL, PaNeeded.CONDITIONAL, (Info.OTHER,), ""
    if said.covered == NOT_COVERED:
        cause = _NO_ACTIVE_COVERAGE if form.no_active_coverage else ""
        return said.covered, said.pa_needed, said.info, cause
    if Info.DETAIL_CODE not in said.info or form.detail_code:
        return said.covered, said.pa_needed, said.info, ""
    info = tuple([needed for needed in said.info if needed is not Info.DETAIL_CODE])
    return said.covered, said.pa_needed, info, _DETAIL_CODE


def _code(url: str, value: str) -> bytes:
    return f',{{"url":"{url}","valueCode":"{value}"}}'.encode()


@lru_cache(maxsize=64)  # most often today, and the end of an edition
def _date(url: str, value: date) -> bytes:
    return f',{{"url":"{url}","valueDate":"{value}"}}'.encode()


def _coding(coding: Coding) -> bytes:
    """Return the coding as the client sent it, without its display."""
    if not coding.system:
        return b'{"code":%b}' % _text(coding.code)
    return b'{"system":%b,"code":%b}' % (_text(coding.system), _text(coding.code))


def _reason(text: str, code: str) -> bytes:
    coding = b""
    if code:
        coding = b'"coding":[{"system":"%b","code":"%b"}],' % (_TEMPORARY.encode(), code.encode())
    return b',{"url":"reason","valueCodeableConcept":{%b"text":%b}}' % (coding, _text(text))


def _detail(detail: Detail, form: _Form) -> bytes:
    head = _detail_head(detail.kind, detail.category, form)
    return b"%b%b}]}" % (head, _text(detail.text))


def _detail_head(kind: Kind, category: Category, form: _Form) -> bytes:
    """Return a detail up to its value."""
    first = _code("category", category)[1:] + b"," if form.category else b""
    coding = b""
    if kind is Kind.INSTRUCTIONS and form.instructions:
        coding = b'"coding":[{"system":"%b","code":"instructions"}],' % form.instructions.encode()
    return (
        b',{"url":"detail","extension":[%b'
        b'{"url":"code","valueCodeableConcept":{%b"text":%b}},{"url":"value","valueString":'
    ) % (first, coding, _text(kind))


@lru_cache(maxsize=256)
def _contact(contact: Reached, form: _Form) -> bytes:
    """Return one part, or one for each way where a contact is one way."""
    ways = [
        b'{"system":"%b","value":%b}' % (way.system.encode(), _text(way.value))
        for way in contact.ways
    ]
    if form.contact_detail:
        told = (_text(contact.name), b",".join(ways))
        return b',{"url":"contact","valueContactDetail":{"name":%b,"telecom":[%b]}}' % told
    return b"".join([b',{"url":"contact","valueContactPoint":%b}' % way for way in ways])
