"""Codings into billing codes, diagnoses and places of service."""

from __future__ import annotations

import pytest

from precert.davinci.focus import Coding
from precert.davinci.request.coding import (
    BILLING_OPTIONS,
    Billed,
    billed,
    codings_of,
    diagnoses_of,
    place_of,
)
from precert.davinci.request.resources.elements import Concept, Extension, SentCoding
from tests.support.hook_requests import CPT, HCPCS, ICD, PLACES

HTTP_HCPCS = HCPCS.replace("https", "http")
BLUEBUTTON = "https://bluebutton.cms.gov/resources/codesystem/hcpcs"
CDT = "http://www.ada.org/cdt"
REVENUE = "https://www.nubc.org/CodeSystem/RevenueCodes"
SNOMED = "http://snomed.info/sct"


def _codes(*codings: tuple[str, str]) -> list[tuple[str, tuple[str, ...] | None]]:
    return [
        (billing.code, billing.modifiers)
        for billing in billed(Coding(*each) for each in codings).billings
    ]


@pytest.mark.parametrize(
    ("system", "code", "read"),
    [
        (CPT, "27447", "27447"),
        (CPT + "/", "27447", "27447"),
        (CPT.replace("http", "https"), "27447", "27447"),
        (CPT.upper().replace("HTTP", "http"), "27447", "27447"),
        ("urn:oid:2.16.840.1.113883.6.12", "27447", "27447"),
        (CPT, "0331t", "0331T"),
        (CPT, " 27447 ", "27447"),
        (HCPCS, "E0601", "E0601"),
        (HTTP_HCPCS, "e0601", "E0601"),
        (HCPCS + "/", "E0601", "E0601"),
        (BLUEBUTTON, "E0601", "E0601"),
        (BLUEBUTTON.replace("https", "http"), "E0601", "E0601"),
        ("urn:oid:2.16.840.1.113883.6.285", "E0601", "E0601"),
        ("urn:oid:2.16.840.1.113883.6.14", "E0601", "E0601"),
        (HCPCS, "27447", "27447"),
        (CDT, "D0120", "D0120"),
        (HCPCS, "D0120", "D0120"),
        (REVENUE, "0240", "REV0240"),
        (REVENUE, "rev 0240", "REV0240"),
    ],
)
def test_a_billing_code_under_every_address_of_its_system(
    system: str, code: str, read: str
) -> None:
    assert _codes((system, code)) == [(read, None)]
    assert not billed([Coding(system, code)]).unread


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("", "27447"),
        ("", ""),
        (SNOMED, "27447"),
        ("http://loinc.org", "E0601"),
        ("http://www.ama-assn.org/go/cpt/other", "27447"),
        ("http://evil.example/www.ama-assn.org/go/cpt", "27447"),
        (ICD, "C50.911"),
        (PLACES, "11"),
    ],
)
def test_what_is_no_billing_code(system: str, code: str) -> None:
    assert billed([Coding(system, code)]) == Billed((), unread=False)


@pytest.mark.parametrize(
    ("system", "code"),
    [
        (CPT, ""),
        (CPT, "2744"),
        (CPT, "27447X"),
        (CPT, "27447-27448"),
        (CPT, "27447-RT-LT-50-59-22"),
        (CPT, "27447-RTX"),
        (CPT, "27447 knee"),
        (CPT, "E0601"),
        (CDT, "E0601"),
        (HCPCS, "O0601"),
        (REVENUE, "27447"),
        (CPT, "REV0240"),
        (CPT, "1" * 100_000),
        (CPT, "<script>alert(1)</script>"),
    ],
)
def test_a_code_that_is_none_of_its_system_is_not_read(system: str, code: str) -> None:
    assert billed([Coding(system, code)]) == Billed((), unread=True)


@pytest.mark.parametrize(
    ("code", "modifiers"),
    [
        ("27447-RT", ("RT",)),
        ("27447:RT", ("RT",)),
        ("27447 RT", ("RT",)),
        ("27447-rt-59", ("RT", "59")),
        ("27447:RT:LT:50:59", ("RT", "LT", "50", "59")),
        ("27447 - RT", ("RT",)),
    ],
)
def test_modifiers_behind_the_code(code: str, modifiers: tuple[str, ...]) -> None:
    assert _codes((CPT, code)) == [("27447", modifiers)]


def test_a_code_counts_once_whatever_its_address_says() -> None:
    assert _codes((HCPCS, "E0601"), (HTTP_HCPCS, "E0601")) == [("E0601", None)]
    assert _codes((CPT, "27447"), (CPT, "27447-RT")) == [("27447", None), ("27447", ("RT",))]


def test_the_coding_is_kept_as_it_was_sent() -> None:
    sent = Coding(HTTP_HCPCS, " e0601 ", "Machine")
    assert billed([sent]).billings[0].coding == sent


def test_billing_options_are_codings_too_and_other_extensions_are_not() -> None:
    def option(url: str | None, code: str) -> Extension:
        return Extension(url, Concept([SentCoding(CPT, code)]))

    options = [option(BILLING_OPTIONS, "77065"), option("http://x.example", "77066")]
    options += [option(None, "77067"), Extension()]
    concept = Concept([SentCoding(SNOMED, "726551006"), SentCoding()], options)
    assert codings_of([concept]) == [
        Coding(SNOMED, "726551006"),
        Coding("", ""),
        Coding(CPT, "77065"),
    ]


def test_a_billing_option_that_cannot_be_read_is_one_more_candidate() -> None:
    concept = Concept([SentCoding(CPT, "77065")], [Extension(BILLING_OPTIONS)])
    read = billed(codings_of([concept]))
    assert ([each.code for each in read.billings], read.unread) == (["77065"], True)


def _concept(*codings: tuple[str, str]) -> Concept:
    return Concept([SentCoding(*each) for each in codings])


@pytest.mark.parametrize(
    ("concepts", "expected"),
    [
        ([_concept((ICD, "C50.911"))], ("C50.911",)),
        ([_concept((ICD, "c50911"))], ("C50.911",)),
        ([_concept(("urn:oid:2.16.840.1.113883.6.90", "C50.911"))], ("C50.911",)),
        ([_concept((SNOMED, "1"), (ICD, "C50.911"))], ("C50.911",)),
        ([_concept((ICD, "C50.911")), _concept((ICD, "Z17.0"))], ("C50.911", "Z17.0")),
        ([_concept((ICD, "C50.911")), _concept((ICD, "C50.911"))], ("C50.911",)),
        ([_concept((ICD, "C50.911")), _concept((SNOMED, "1"))], None),
        ([_concept((ICD, "C50.911")), Concept()], None),
        ([_concept((ICD, "none"))], None),
        ([_concept((ICD, "C50.911"), (ICD, "none"))], None),
        ([_concept(("http://hl7.org/fhir/sid/icd-10", "C50.9"))], None),
        ([_concept(("", "C50.911"))], None),
        ([], None),
    ],
)
def test_diagnoses_are_told_where_all_are(
    concepts: list[Concept], expected: tuple[str, ...] | None
) -> None:
    assert diagnoses_of(concepts) == expected


@pytest.mark.parametrize(
    ("concepts", "expected"),
    [
        ([_concept((PLACES, "12"))], "12"),
        ([_concept((PLACES, "12")), _concept((PLACES, "12"))], "12"),
        ([_concept((PLACES, "12")), _concept((PLACES, "11"))], None),
        ([_concept((PLACES, "home"))], None),
        ([_concept(("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "12"))], None),
        ([Concept()], None),
    ],
)
def test_the_place_of_service_is_one_of_cms(concepts: list[Concept], expected: str | None) -> None:
    assert place_of(concepts) == expected
