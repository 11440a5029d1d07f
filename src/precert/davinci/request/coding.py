"""Codings of a client into billing codes, diagnoses and places of service.

A coding counts only in a code system that is known by one of its addresses. A coding with another
system, or with none, is kept as it was sent and is no billing code: five digits alone may be of any
system, and an order answered for the wrong code is worse than one whose code is asked for.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from precert.codes import CodeSet, code_set, is_code, parse_code, parse_modifier
from precert.davinci.focus import Billing, Coding
from precert.facts import is_place, parse_diagnosis

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from precert.davinci.request.resources.elements import Concept
    from precert.model import Code

BILLING_OPTIONS = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-billing-options"
"""The extension of a code by which CRD 2.2 sends the codes that it may be billed as."""

_MAX_MODIFIERS = 4  # a claim line holds four
_CODE_LENGTH = 5
_SEPARATORS = re.compile(r"\s*[-:\s]\s*")
_LONGEST = 40  # no code with four modifiers is longer


class System(StrEnum):
    """A code system that is known."""

    CPT = "CPT"
    HCPCS = "HCPCS"
    CDT = "CDT"
    REVENUE = "revenue codes"
    ICD_10_CM = "ICD-10-CM"
    PLACE_OF_SERVICE = "place of service"

    __hash__ = str.__hash__  # that of an enum is computed in Python, for each look-up


# Without the scheme and a slash at the end, in lower case. The addresses are those of HL7
# Terminology (THO) and of Da Vinci's guides; the bluebutton one is sent by test kits.
_SYSTEMS = {
    "www.ama-assn.org/go/cpt": System.CPT,
    "urn:oid:2.16.840.1.113883.6.12": System.CPT,
    "www.cms.gov/medicare/coding/hcpcsreleasecodesets": System.HCPCS,
    "bluebutton.cms.gov/resources/codesystem/hcpcs": System.HCPCS,
    "urn:oid:2.16.840.1.113883.6.285": System.HCPCS,
    "urn:oid:2.16.840.1.113883.6.14": System.HCPCS,
    "www.ada.org/cdt": System.CDT,
    "urn:oid:2.16.840.1.113883.6.13": System.CDT,
    "www.nubc.org/codesystem/revenuecodes": System.REVENUE,
    "www.nubc.org/revenue-code": System.REVENUE,
    "urn:oid:2.16.840.1.113883.6.301.3": System.REVENUE,
    "hl7.org/fhir/sid/icd-10-cm": System.ICD_10_CM,
    "urn:oid:2.16.840.1.113883.6.90": System.ICD_10_CM,
    "www.cms.gov/medicare/coding/place-of-service-codes/place_of_service_code_set": (
        System.PLACE_OF_SERVICE
    ),
    "urn:oid:2.16.840.1.113883.6.50": System.PLACE_OF_SERVICE,
}
# As most clients write them, these and those that are none of these: found as they are.
_AS_WRITTEN: dict[str, System | None] = {
    "": None,
    "http://snomed.info/sct": None,
    "http://loinc.org": None,
    "http://www.nlm.nih.gov/research/umls/rxnorm": None,
    "http://hl7.org/fhir/sid/ndc": None,
    "http://www.ama-assn.org/go/cpt": System.CPT,
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": System.HCPCS,
    "http://hl7.org/fhir/sid/icd-10-cm": System.ICD_10_CM,
    BILLING_OPTIONS: System.HCPCS,
}
_NO_OPTION = Coding(BILLING_OPTIONS, "")
"""Stands for a billing option whose value cannot be read: there is one more code to bill."""

_CPT = frozenset(CodeSet) - {CodeSet.HCPCS_II, CodeSet.CDT, CodeSet.REVENUE}
_CODE_SETS: dict[System, Container[CodeSet]] = {
    System.CPT: _CPT,
    System.HCPCS: _CPT | {CodeSet.HCPCS_II, CodeSet.CDT},  # its level I is CPT, its D codes are CDT
    System.CDT: {CodeSet.CDT},
    System.REVENUE: {CodeSet.REVENUE},
}


class Billed(Struct, frozen=True, gc=False):
    """The candidate billing codes among codings; `unread` where one of them could not be read."""

    billings: tuple[Billing, ...]
    unread: bool


def system_of(address: str) -> System | None:
    """Return the code system that an address names, whatever its scheme and case, or None."""
    if address in _AS_WRITTEN:
        return _AS_WRITTEN[address]
    plain = address.strip().lower().removeprefix("https://").removeprefix("http://")
    return _SYSTEMS.get(plain.rstrip("/"))


def codings_of(concepts: Iterable[Concept]) -> list[Coding]:
    """Return all codings of the concepts and of their billing options, in their order."""
    found: list[Coding] = []
    for concept in concepts:
        _add_codings(concept, found)
        if not concept.extension:
            continue
        for extension in concept.extension:
            if extension.url != BILLING_OPTIONS:
                continue
            if extension.value_codeable_concept is None:
                found.append(_NO_OPTION)
            else:
                _add_codings(extension.value_codeable_concept, found)
    return found


def billed(codings: Iterable[Coding]) -> Billed:
    """Return the codings that are codes of a billing code set, each code with its modifiers once.

    Modifiers may stand behind the code: `27447-RT`, `27447:RT`, `27447 RT`. A code that is not of
    the code set its system names is not read: one of the two is wrong, and nobody knows which.
    """
    found: dict[tuple[Code, tuple[str, ...] | None], Billing] = {}
    unread = False
    for coding in codings:
        system = _AS_WRITTEN.get(coding.system) or system_of(coding.system)
        if system is None or system not in _CODE_SETS:
            continue
        text = coding.code.strip()
        read = _read(text, system) if len(text) <= _LONGEST else None
        if read is None:
            unread = True
        else:
            found.setdefault(read, Billing(coding, read[0], read[1]))
    return Billed(tuple(found.values()), unread)


def diagnoses_of(concepts: Iterable[Concept]) -> tuple[str, ...] | None:
    """Return the diagnoses of the concepts, None unless each of them has one in ICD-10-CM."""
    found: dict[str, None] = {}
    for concept in concepts:
        told = [
            parse_diagnosis(sent.code or "")
            for sent in concept.coding or ()
            if system_of(sent.system or "") is System.ICD_10_CM
        ]
        if not told or None in told:
            return None
        found.update(dict.fromkeys(diagnosis for diagnosis in told if diagnosis))
    return tuple(found) or None


def place_of(concepts: Iterable[Concept]) -> str | None:
    """Return the one place of service that the concepts tell in CMS's code set, or None."""
    told = {
        (sent.code or "").strip()
        for concept in concepts
        for sent in concept.coding or ()
        if system_of(sent.system or "") is System.PLACE_OF_SERVICE
    }
    place = told.pop() if len(told) == 1 else ""
    return place if is_place(place) else None


def _add_codings(concept: Concept, found: list[Coding]) -> None:
    for sent in concept.coding or ():
        found.append(Coding(sent.system or "", sent.code or "", sent.display or ""))  # noqa: PERF401 - a generator costs more for one coding


@lru_cache(maxsize=4_096)  # what is billed in one place is billed again and again
def _read(text: str, system: System) -> tuple[Code, tuple[str, ...] | None] | None:
    """Return the code and the modifiers that a text is in a code system, None where it is none."""
    revenue = system is System.REVENUE
    code, *rest = [text] if revenue or len(text) == _CODE_LENGTH else _SEPARATORS.split(text)
    parsed = parse_code(code, revenue=revenue)
    if not is_code(parsed) or code_set(parsed) not in _CODE_SETS[system]:
        return None
    if not rest:
        return parsed, None
    modifiers = tuple(modifier for modifier in map(parse_modifier, rest) if modifier is not None)
    if len(modifiers) < len(rest) or len(rest) > _MAX_MODIFIERS:
        return None
    return parsed, modifiers
