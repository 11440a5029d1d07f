"""Which coverage is asked about, who pays by it, and what is told of the member."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from precert.davinci.focus import Coverage, Gathered, Member
from precert.davinci.refused import CrdError, ForeignPayer, NoCoverage, NoPrefetch
from precert.davinci.request.gather import Missing, gather_sent
from precert.davinci.request.hooks import read_hook_request
from tests.support.hook_requests import (
    PAYERS,
    SERVER,
    SETTINGS,
    TODAY,
    Json,
    body,
    bundle,
    coverage,
    order,
    patient,
    prefetch,
    queryable,
    sign,
)

OTHER_SERVER = "https://other.example/fhir"


def outcome(request: Json) -> Gathered | Missing:
    return gather_sent(read_hook_request(body(request)), SETTINGS, TODAY)


def told(*coverages: Json, **prefetched: Any) -> Coverage:  # noqa: ANN401  (any JSON)
    gathered = outcome(sign(prefetch={**prefetch(*coverages), **prefetched}))
    assert isinstance(gathered, Gathered)
    return gathered.coverage


def refused(*coverages: Json, **prefetched: Any) -> type[CrdError]:  # noqa: ANN401  (any JSON)
    with pytest.raises(CrdError) as raised:
        outcome(sign(prefetch={**prefetch(*coverages), **prefetched}))
    assert "Acme" not in str(raised.value)
    return type(raised.value)


@pytest.mark.parametrize("key", ["coverage", "coverageBundle", "mine"])
@pytest.mark.parametrize("is_bundle", [True, False])
def test_a_coverage_is_known_by_its_type_under_any_key(key: str, *, is_bundle: bool) -> None:
    value = bundle(coverage()) if is_bundle else coverage()
    gathered = outcome(sign(prefetch={"patient": patient(), key: value}))
    assert isinstance(gathered, Gathered)
    assert gathered.coverage.reference == "Coverage/c1"


def test_one_coverage_that_came_twice_is_one() -> None:
    again = bundle(coverage(), base=SERVER)
    assert told(coverage(), mine=again, single=coverage()).reference == "Coverage/c1"


@pytest.mark.parametrize(
    "change",
    [{"status": "cancelled"}, {"payor": [{"identifier": {"system": "urn:x", "value": "y"}}]}],
)
def test_two_versions_of_one_coverage_that_tell_different_things_are_refused(change: Json) -> None:
    other = {**coverage(), **change}
    assert refused(coverage(), again=other) is NoCoverage
    assert refused(other, again=coverage()) is NoCoverage
    assert told(coverage(), again={**coverage(), "meta": {"versionId": "2"}}).active


def test_two_versions_of_the_patient_tell_nothing_of_the_member() -> None:
    other = {**patient(), "birthDate": "2001-02-03"}
    for first, again in ((patient(), other), (other, patient())):
        gathered = outcome(sign(prefetch={**prefetch(), "patient": first, "again": again}))
        assert isinstance(gathered, Gathered)
        assert gathered.member == Member()


@pytest.mark.parametrize(
    "change",
    [
        {"status": "draft"},
        {"status": "entered-in-error"},
        {"status": None},
        {"status": "draft", "period": {"end": "2026-02-28"}},
        {"beneficiary": {"reference": "Patient/p2"}},
        {"beneficiary": {"reference": "https://ehr.example/fhir/Patient/p2"}},
    ],
)
def test_what_is_no_active_coverage_of_the_patient_does_not_count(change: Json) -> None:
    assert refused(coverage(**change)) is NoCoverage
    assert told(coverage("c2", "BOLT", **change), coverage()).reference == "Coverage/c1"


@pytest.mark.parametrize(
    "change",
    [
        {"status": "cancelled"},
        {"period": {"end": "2026-02-28"}},
        {"period": {"end": "2026-02"}},
        {"period": {"end": "2025"}},
    ],
)
def test_a_coverage_that_is_over_is_asked_about_where_there_is_no_other(change: Json) -> None:
    ended = coverage(**change)
    assert (told(ended).reference, told(ended).active) == ("Coverage/c1", False)
    both = told(coverage("c2", "BOLT", **change), coverage())
    assert (both.reference, both.active) == ("Coverage/c1", True)
    assert refused(ended, coverage("c2", **change)) is NoCoverage
    assert refused(coverage(payer="STRANGER", **change)) is ForeignPayer
    wanted = outcome(queryable(sign(prefetch=prefetch(ended))))
    assert isinstance(wanted, Missing)
    assert wanted.coverages


@pytest.mark.parametrize(
    "change",
    [
        {"period": {"end": "2026-03-01"}},  # the server's today may be a day ahead of the member's
        {"period": {"end": "2026-03-02"}},
        {"period": {"end": "2026-03"}},
        {"period": {"end": "2026"}},
        {"period": {"end": "9999-12"}},
        {"period": {"end": "2025-13"}},
        {"period": {"end": "soon"}},
        {"period": {"start": "2026-01-01"}},
        {"beneficiary": {"reference": f"{SERVER}/Patient/p1"}},
        {"beneficiary": {"display": "Test Patient One"}},
        {"beneficiary": None},
    ],
)
def test_what_is_an_active_coverage_of_the_patient(change: Json) -> None:
    assert told(coverage(**change)).reference == "Coverage/c1"


@pytest.mark.parametrize("written", ["Patient/", f"{SERVER}/Patient/"])
@pytest.mark.parametrize("version", ["", "/_history/1"])
def test_an_id_that_is_none_of_fhir_names_another_patient_too(written: str, version: str) -> None:
    for mine in ("p_1", "p" * 65):
        for named in ("p_1", "p_2", "p" * 65):
            beneficiary = {"reference": f"{written}{named}{version}"}
            request = sign(prefetch=prefetch(coverage(beneficiary=beneficiary)))
            request["context"]["patientId"] = mine
            if mine == named:
                assert isinstance(outcome(request), Gathered)
            else:
                with pytest.raises(NoCoverage):
                    outcome(request)


@pytest.mark.parametrize("second", ["ACME", "ACME-OLD", "BOLT", "STRANGER"])
def test_several_coverages_are_refused_whoever_pays(second: str) -> None:
    assert refused(coverage(), coverage("c2", second)) is NoCoverage


@pytest.mark.parametrize("url", [None, "urn:uuid:00000000-0000-4000-8000-000000000004"])
def test_a_coverage_without_an_id_is_not_overlooked(url: str | None) -> None:
    unnamed = {**coverage(payer="BOLT"), "id": None}
    entry = {"fullUrl": url, "resource": unnamed}
    mine = {"resourceType": "Bundle", "entry": [entry]}
    with pytest.raises(NoCoverage, match="read 2 active coverages"):
        outcome(sign(prefetch={**prefetch(), "mine": mine}))
    with pytest.raises(NoCoverage, match="no id"):
        outcome(sign(prefetch={"patient": patient(), "mine": mine}))
    entry["fullUrl"] = f"{SERVER}/Coverage/c1"
    assert isinstance(outcome(sign(prefetch={"patient": patient(), "mine": mine})), Gathered)


@pytest.mark.parametrize(
    "change", [{"modifierExtension": [{"url": "urn:x"}]}, {"implicitRules": "urn:x"}]
)
def test_a_coverage_that_may_mean_something_else_is_refused(change: Json) -> None:
    assert refused({**coverage(), **change}) is NoCoverage


def test_the_same_id_on_two_servers_is_two_coverages() -> None:
    mine, other = bundle(coverage(), base=SERVER), bundle(coverage(), base=OTHER_SERVER)
    with pytest.raises(NoCoverage):
        outcome(sign(prefetch={"patient": patient(), "coverage": mine, "other": other}))


def test_a_coverage_of_the_client_s_own_server_is_not_another_server_s() -> None:
    other = bundle(coverage(), base=OTHER_SERVER)
    request = sign(prefetch={"patient": patient(), "coverage": coverage(), "other": other})
    assert isinstance(outcome({**request, "fhirServer": OTHER_SERVER}), Gathered)
    assert isinstance(outcome(request), Gathered)  # nothing says whose the first one is
    with pytest.raises(NoCoverage):
        outcome({**request, "fhirServer": SERVER})


@pytest.mark.parametrize(
    ("insurances", "expected"),
    [
        ([["Coverage/c1"]], "Coverage/c1"),
        ([["Coverage/c2"]], "Coverage/c2"),
        ([["Coverage/c2", "ClaimResponse/x"]], "Coverage/c2"),
        ([["Coverage/c2"], ["Coverage/c2"]], "Coverage/c2"),
        ([["Coverage/c2"], []], "Coverage/c2"),
        ([["Coverage/c1"], ["Coverage/c2"]], None),
        ([["Coverage/c1", "Coverage/c2"]], None),
        ([["Coverage/c3"]], None),
        ([["#c1"]], None),
        ([[]], None),
    ],
)
def test_the_orders_insurance_chooses_among_several(
    insurances: list[list[str]], expected: str | None
) -> None:
    orders = [
        order(logical_id=f"o{number}", insurance=[{"reference": each} for each in references])
        for number, references in enumerate(insurances)
    ]
    request = sign(*orders, prefetch=prefetch(coverage(), coverage("c2", "BOLT")))
    if expected is None:
        with pytest.raises(NoCoverage):
            outcome(request)
    else:
        gathered = outcome(request)
        assert isinstance(gathered, Gathered)
        assert gathered.coverage.reference == expected


def test_no_coverage_that_came_is_another_error_than_none_that_was_prefetched() -> None:
    empty = {"resourceType": "Bundle", "type": "searchset", "total": 0}
    assert refused(coverage=empty) is NoCoverage
    assert refused(coverage=None) is NoCoverage
    with pytest.raises(NoPrefetch):
        outcome(sign(prefetch={"patient": patient()}))
    with pytest.raises(NoPrefetch):
        outcome(sign(prefetch=None))


def test_a_coverage_that_did_not_come_or_not_wholly_is_queried() -> None:
    wanted = outcome(queryable(sign(prefetch={"patient": patient()})))
    assert isinstance(wanted, Missing)
    assert wanted.coverages
    pages = bundle(coverage(), link=[{"relation": "next", "url": f"{SERVER}?page=2"}])
    cut = sign(prefetch={**prefetch(), "coverage": pages})
    wanted = outcome(queryable(cut))
    assert isinstance(wanted, Missing)
    assert wanted.coverages
    assert isinstance(outcome(cut), Gathered)  # without a server, what came has to do
    pages["entry"] = bundle(coverage(status="cancelled"))["entry"]
    with pytest.raises(NoCoverage):  # one that is in force may be on the next page
        outcome(cut)


ORGANIZATION = {
    "resourceType": "Organization",
    "id": "z1",
    "name": "Acme Health",
    "identifier": [{"system": "urn:other", "value": "1"}, {"system": PAYERS, "value": "ACME"}],
}
STRANGER = {**ORGANIZATION, "identifier": [{"system": PAYERS, "value": "STRANGER"}]}
REFERRED: Json = {"payor": [{"reference": "Organization/z1", "display": "Acme Health"}]}


def test_the_payer_by_its_identifier() -> None:
    assert told().payer.name == "Acme Health"
    assert told(coverage(payer="BOLT")).payer.name == "Bolt Mutual"
    assert told(coverage(payer="ACME-OLD")).payer.name == "Acme Health"


def test_the_payer_by_its_organization() -> None:
    assert told(coverage(**REFERRED), mine=ORGANIZATION).payer.name == "Acme Health"
    assert told(coverage(**REFERRED), mine=bundle(ORGANIZATION, base=SERVER)).payer
    inside: Json = {"payor": [{"reference": "#z1"}], "contained": [ORGANIZATION]}
    assert told(coverage(**inside)).payer.name == "Acme Health"
    unknown = {"system": PAYERS, "value": "STRANGER"}
    both: Json = {"payor": [{"reference": "Organization/z1", "identifier": unknown}]}
    assert told(coverage(**both), mine=ORGANIZATION).payer.name == "Acme Health"


@pytest.mark.parametrize(
    ("coverage_base", "organization_base", "reference", "is_found"),
    [
        (SERVER, SERVER, "Organization/z1", True),
        (SERVER, None, "Organization/z1", True),
        (None, SERVER, "Organization/z1", True),
        (OTHER_SERVER, OTHER_SERVER, "Organization/z1", True),
        (OTHER_SERVER, None, "Organization/z1", True),
        (SERVER, SERVER, f"{SERVER}/Organization/z1", True),
        (SERVER, None, f"{SERVER}/Organization/z1", True),
        (None, None, f"{SERVER}/Organization/z1", True),
        (SERVER, OTHER_SERVER, "Organization/z1", False),
        (OTHER_SERVER, SERVER, "Organization/z1", False),
        (SERVER, SERVER, f"{OTHER_SERVER}/Organization/z1", False),
        (SERVER, None, f"{OTHER_SERVER}/Organization/z1", False),
        (None, SERVER, f"{OTHER_SERVER}/Organization/z1", False),
    ],
)
def test_an_organization_of_another_server_is_another_payer(
    coverage_base: str | None, organization_base: str | None, reference: str, *, is_found: bool
) -> None:
    prefetched = {
        "patient": patient(),
        "coverage": bundle(coverage(payor=[{"reference": reference}]), base=coverage_base),
        "mine": bundle(ORGANIZATION, base=organization_base),
    }
    gathered = outcome(queryable(sign(prefetch=prefetched)))
    assert isinstance(gathered, Gathered) == is_found


@pytest.mark.parametrize(
    "payor",
    [
        [],
        None,
        [{}],
        [{"display": "Acme Health"}],
        [{"identifier": {"system": PAYERS}}],
        [{"identifier": {"system": PAYERS, "value": " "}}],
        [{"reference": "Organization/z1"}],
        [{"reference": "#none"}],
        [{"reference": "Patient/p1"}],
        [{"reference": "urn:uuid:00000000-0000-4000-8000-000000000003"}],
        [{"identifier": {"system": PAYERS, "value": "ACME"}}, {"display": "another"}],
        [
            {"identifier": {"system": PAYERS, "value": "ACME"}},
            {"identifier": {"system": PAYERS, "value": "BOLT"}},
        ],
    ],
)
def test_a_payer_that_is_not_named_by_one_identifier_never_matches(
    payor: list[Json] | None,
) -> None:
    assert refused(coverage(payor=payor)) is NoCoverage


@pytest.mark.parametrize(
    "payor",
    [
        [{"identifier": {"system": PAYERS, "value": "STRANGER"}}],
        [{"identifier": {"system": PAYERS, "value": "acme"}}],
        [{"identifier": {"system": "urn:other", "value": "ACME"}}],
        [{"identifier": {"value": "ACME"}, "display": "Acme Health"}],
        [
            {"identifier": {"system": PAYERS, "value": "ACME"}},
            {"identifier": {"system": PAYERS, "value": "STRANGER"}},
        ],
    ],
)
def test_another_payer_is_foreign(payor: list[Json]) -> None:
    assert refused(coverage(payor=payor)) is ForeignPayer


def test_so_many_payors_are_a_mistake() -> None:
    ours = {"identifier": {"system": PAYERS, "value": "ACME"}}
    assert told(coverage(payor=[ours] * 10)).payer.name == "Acme Health"
    assert refused(coverage(payor=[ours] * 11)) is NoCoverage


def test_an_organization_of_our_name_and_another_identifier_is_foreign() -> None:
    assert refused(coverage(**REFERRED), mine=STRANGER) is ForeignPayer
    without = {"resourceType": "Organization", "id": "z1", "name": "Acme Health"}
    assert refused(coverage(**REFERRED), mine=without) is NoCoverage


def test_of_two_organizations_of_one_id_nothing_says_which_is_meant() -> None:
    mine = bundle(ORGANIZATION, base=SERVER)
    other = bundle(STRANGER, base=OTHER_SERVER)
    assert refused(coverage(**REFERRED), mine=mine, other=other) is NoCoverage
    assert refused(coverage(**REFERRED), other=other, mine=mine) is NoCoverage


def test_of_two_organizations_of_one_id_the_client_s_own_is_meant() -> None:
    both = {"mine": bundle(ORGANIZATION, base=SERVER), "other": bundle(STRANGER, base=OTHER_SERVER)}
    prefetched = {**prefetch(coverage(**REFERRED)), **both}
    gathered = outcome({**sign(prefetch=prefetched), "fhirServer": f"{SERVER}/"})
    assert isinstance(gathered, Gathered)
    with pytest.raises(ForeignPayer):
        outcome({**sign(prefetch=prefetched), "fhirServer": OTHER_SERVER})


def test_what_is_no_organization_is_no_payer() -> None:
    inside: Json = {
        "payor": [{"reference": "#z1"}],
        "contained": [{**ORGANIZATION, "resourceType": "Practitioner"}],
    }
    assert refused(coverage(**inside)) is NoCoverage


def test_a_payer_that_did_not_come_is_queried_and_one_named_by_identifier_is_not() -> None:
    wanted = outcome(queryable(sign(prefetch=prefetch(coverage(**REFERRED)))))
    assert isinstance(wanted, Missing)
    assert [str(each) for each in wanted.references] == ["Organization/z1"]
    unknown = {"system": PAYERS, "value": "STRANGER"}
    both = coverage(payor=[{"reference": "Organization/z1", "identifier": unknown}])
    with pytest.raises(ForeignPayer):
        outcome(queryable(sign(prefetch=prefetch(both))))
    ours = {"system": PAYERS, "value": "ACME"}
    both = coverage(payor=[{"reference": "Organization/z1", "identifier": ours}])
    assert isinstance(outcome(queryable(sign(prefetch=prefetch(both)))), Gathered)


def _class(code: str, value: object, system: str | None = "usual") -> Json:
    usual = "http://terminology.hl7.org/CodeSystem/coverage-class"
    told_system = usual if system == "usual" else system
    return {"type": {"coding": [{"system": told_system, "code": code}]}, "value": value}


@pytest.mark.parametrize(
    ("classes", "plan", "client_managed"),
    [
        ([_class("plan", "gold")], "Silver", None),
        ([_class("plan", "gold", None)], "Silver", None),
        ([_class("plan", "gold"), _class("group", "works")], "Silver", True),
        ([_class("plan", "unknown")], None, None),
        ([_class("subplan", "gold")], None, None),
        ([_class("plan", "gold", "http://x.example")], None, None),
        ([_class("plan", "gold"), _class("plan", "tin")], None, None),
        ([_class("plan", None)], None, None),
        ([{"type": {"text": "plan"}, "value": "gold"}], None, None),
        ([{"value": "gold"}, {"type": {}}], None, None),
        (None, None, None),
    ],
)
def test_plan_and_group_as_the_settings_map_them(
    classes: list[Json] | None, plan: str | None, *, client_managed: bool | None
) -> None:
    elements: Json = {"class": classes}
    read = told(coverage(**elements))
    assert (read.plan, read.client_managed) == (plan, client_managed)


HOME = {"use": "home", "state": "OK"}


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ({"birthDate": "1980-02-29"}, Member(born=date(1980, 2, 29))),
        ({"birthDate": "1980-02"}, Member()),
        ({"birthDate": "1980"}, Member()),
        ({"birthDate": None}, Member()),
        ({"address": [HOME]}, Member(state="OK")),
        ({"address": [{**HOME, "state": "Oklahoma"}]}, Member(state="OK")),
        ({"address": [{"state": "OK"}]}, Member(state="OK")),
        ({"address": [HOME, {"state": "FL"}]}, Member(state="OK")),
        ({"address": [HOME, {"use": "work", "state": "FL"}]}, Member(state="OK")),
        ({"address": [HOME, {"use": "old", "state": "FL"}]}, Member(state="OK")),
        ({"address": [HOME, {**HOME, "state": "FL"}]}, Member()),
        ({"address": [HOME, {"use": "home"}]}, Member()),
        ({"address": [HOME, HOME]}, Member(state="OK")),
        ({"address": [{**HOME, "period": {"end": "2026-03-01"}}]}, Member()),
        ({"address": [{**HOME, "period": {"end": "2026-03-02"}}]}, Member(state="OK")),
        ({"address": [{**HOME, "period": {"start": "2026-03-03"}}]}, Member()),
        ({"address": [{**HOME, "period": {"end": "2026-02"}}]}, Member()),
        ({"address": [{**HOME, "period": {"end": "2025"}}]}, Member()),
        ({"address": [{**HOME, "period": {"end": "2026-03"}}]}, Member(state="OK")),
        ({"address": [{**HOME, "period": {"start": "2026-04"}}]}, Member()),
        ({"address": [{**HOME, "period": {"start": "2027"}}]}, Member()),
        ({"address": [{**HOME, "period": {"start": "2026"}}]}, Member(state="OK")),
        ({"address": [{**HOME, "type": "postal"}]}, Member()),
        ({"address": [{"use": "work", "state": "OK"}]}, Member()),
        ({"address": [{**HOME, "state": "elsewhere"}]}, Member()),
        ({"address": [{**HOME, "country": "US"}]}, Member(state="OK")),
        ({"address": [{"use": "home", "state": "AR", "country": "AR"}]}, Member()),
        ({"address": []}, Member()),
        ({"birthDate": "1980-02-29", "implicitRules": "urn:x"}, Member()),
        ({"birthDate": "1980-02-29", "modifierExtension": [{"url": "urn:x"}]}, Member()),
    ],
)
def test_the_member_as_far_as_it_is_told(elements: Json, expected: Member) -> None:
    gathered = outcome(sign(prefetch={**prefetch(), "patient": patient(**elements)}))
    assert isinstance(gathered, Gathered)
    assert gathered.member == expected


def test_what_is_no_patient_is_not_the_member() -> None:
    name = "Patient/no id"
    stray = {**coverage(beneficiary=None), "birthDate": "1980-02-29"}
    mine = {"resourceType": "Bundle", "entry": [{"fullUrl": name, "resource": stray}]}
    request = sign(prefetch={"mine": mine})
    request["context"]["patientId"] = name
    gathered = outcome(request)
    assert isinstance(gathered, Gathered)
    assert gathered.member == Member()


def test_another_patient_is_not_the_member() -> None:
    stranger = {**patient(birthDate="1980-02-29"), "id": "p2"}
    gathered = outcome(sign(prefetch={**prefetch(), "patient": stranger}))
    assert isinstance(gathered, Gathered)
    assert gathered.member == Member()
