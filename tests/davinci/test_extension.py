"""The extension is valid by every invariant of every version, whatever was answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from precert.davinci.answer.coverage_information import (
    AnswerWords,
    ContactPoint,
    CoverageInformation,
    Info,
    PaNeeded,
    Reached,
)
from precert.davinci.answer.details import NOT_CHECKED
from precert.davinci.answer.extension import Extensions
from precert.davinci.focus import Coding
from precert.davinci.settings import Version
from precert.determine import Outcome
from precert.model import CodeRange
from precert.rulebook import load_rulebook
from tests.davinci.asking import ask, details, focus, gathered, repetitions, value, values
from tests.davinci.drawn import requests
from tests.davinci.invariants import INVARIANTS, TEMPORARY, faults
from tests.support.thorough import examples

if TYPE_CHECKING:
    from precert.davinci.focus import Gathered

_WORDS = AnswerWords(
    covered="conditional",
    pa_needed=PaNeeded.CONDITIONAL,
    info=(Info.DETAIL_CODE, Info.OTHER),
    reasons=("One.", "Two."),
    details=(NOT_CHECKED,),
)
_SAID = CoverageInformation(
    words=_WORDS,
    billing=Coding("", "K0001"),
    to_do='Say "so".',
    dependencies=("DeviceRequest/2",),
    contact=Reached("Acme Health", (ContactPoint("phone", "1"), ContactPoint("url", "x:y"))),
    ends=date(2026, 12, 31),
)


@settings(max_examples=examples(50, 200))
@given(requests(), st.sampled_from(Version))
def test_every_answer_is_valid_in_every_version(asked: Gathered, version: Version) -> None:
    for extension in repetitions(ask(asked, version)):
        assert faults(extension, version) == [], extension


@settings(max_examples=examples(50, 200))
@given(requests(), st.sampled_from(Version))
def test_no_auth_is_said_only_of_what_was_answered_so(asked: Gathered, version: Version) -> None:
    answered = ask(asked, version)
    said = repetitions(answered)
    assert len(said) == len(answered.outcomes)
    for extension, outcome in zip(said, answered.outcomes, strict=True):
        pa_needed = value(extension, "pa-needed")
        if outcome == "no-auth" and pa_needed == "conditional":
            assert not all(limit.endswith(": met") for limit in details(extension)["Limit"])
            continue
        expected = {"auth-needed": "auth-needed", "follows-primary": "auth-needed"}
        otherwise = "no-auth" if outcome == "no-auth" else "conditional"
        if outcome == "technical" and version is Version.V2_2:
            otherwise = "indeterminate"
        assert pa_needed == expected.get(outcome, otherwise), outcome


@settings(max_examples=examples(50, 200))
@given(requests(), st.sampled_from(Version))
def test_covered_is_said_only_beside_a_settled_answer(asked: Gathered, version: Version) -> None:
    setting = asked.coverage.payer.covered
    for extension in repetitions(ask(asked, version)):
        covered, pa_needed = value(extension, "covered"), value(extension, "pa-needed")
        assert covered in {setting, "conditional", "indeterminate"}
        if covered == "covered":
            assert pa_needed in {"auth-needed", "no-auth"}


def test_the_drawn_requests_reach_every_outcome() -> None:
    expected = {outcome.value for outcome in Outcome} | {"technical", "refused", "no-billing-code"}
    reached: Counter[str] = Counter()

    @settings(max_examples=100, database=None)
    @given(requests())
    def count(asked: Gathered) -> None:
        reached.update(ask(asked).outcomes)

    for _ in range(6):  # a hundred are mostly enough
        count()
        if set(reached) == expected:
            break
    assert set(reached) == expected, reached


@pytest.mark.parametrize("version", Version)
def test_every_code_of_the_bundled_rulebook_is_answered_validly(version: Version) -> None:
    rulebook = load_rulebook(None)
    codes = {rule.code for rule in rulebook.rules if not isinstance(rule.code, CodeRange)}
    assert len(codes) == 1548
    outcomes: Counter[str] = Counter()
    for code in sorted(codes):
        answered = ask(gathered(rulebook, focus("a", code)), version)
        outcomes.update(answered.outcomes)
        for extension in repetitions(answered):
            assert faults(extension, version) == [], code
    assert len(outcomes) >= 5


def written(version: Version, **said: Any) -> dict[str, Any]:  # noqa: ANN401  (any field)
    import json  # noqa: PLC0415 - here alone

    words = {name: said.pop(name) for name in list(said) if hasattr(_WORDS, name)}
    extensions = Extensions(said.pop("coverage", "Coverage/1"), date(2026, 3, 1), version)
    each = structs.replace(_SAID, words=replace(_WORDS, **words), **said)
    told: dict[str, Any] = json.loads(extensions.written(each, "id"))
    assert faults(told, version) == []
    return told


def test_a_code_that_is_none_is_a_reason_before_2_2() -> None:
    old, new = written(Version.V2_1), written(Version.V2_2)
    assert values(old, "info-needed") == ["OTH"]
    assert values(new, "info-needed") == ["detail-code", "OTH"]
    codings = [reason.get("coding") for reason in values(old, "reason")]
    assert codings == [[{"system": TEMPORARY, "code": "detail-code"}], None]
    assert all("coding" not in reason for reason in values(new, "reason"))


def test_indeterminate_is_conditional_before_2_2() -> None:
    said = {"covered": "indeterminate", "pa_needed": PaNeeded.INDETERMINATE, "info": ()}
    new, old = written(Version.V2_2, **said), written(Version.V2_0, **said)
    assert (value(new, "covered"), value(new, "pa-needed")) == ("indeterminate", "indeterminate")
    assert values(new, "info-needed") == []
    assert values(new, "reason")[0]["coding"][0]["code"] == "technical"
    assert (value(old, "covered"), value(old, "pa-needed")) == ("conditional", "conditional")
    assert values(old, "info-needed") == ["OTH"]
    assert "coding" not in values(old, "reason")[0]


def test_the_contact_is_a_detail_from_2_2_on() -> None:
    telecom = [{"system": "phone", "value": "1"}, {"system": "url", "value": "x:y"}]
    assert values(written(Version.V2_2), "contact") == [{"name": "Acme Health", "telecom": telecom}]
    assert values(written(Version.V2_1), "contact") == telecom


def test_the_expiry_is_sent_from_2_1_on() -> None:
    sent = [value(written(version), "expiry-date") for version in Version]
    assert sent == [None, "2026-12-31", "2026-12-31"]


@pytest.mark.parametrize("version", Version)
def test_what_a_client_sent_is_escaped(version: Version) -> None:
    odd = '"}]</script>\\\u2028\x00'
    told = written(version, coverage=odd, billing=Coding(odd, odd), reasons=(odd,))
    assert value(told, "coverage") == {"reference": odd}
    assert value(told, "billingCode") == {"system": odd, "code": odd}
    assert values(told, "reason")[0]["text"] == odd


def test_a_coding_without_a_system_is_sent_without_one() -> None:
    assert value(written(Version.V2_2), "billingCode") == {"code": "K0001"}


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda each: each.name)
def test_each_invariant_can_fail(invariant: Any) -> None:  # noqa: ANN401  (an Invariant)
    part: dict[str, list[dict[str, Any]]] = {
        "q1": [{"url": "questionnaire", "valueCanonical": "x"}],
        "q2": [
            {"url": "covered", "valueCode": "not-covered"},
            {"url": "pa-needed", "valueCode": "no-auth"},
        ],
        "q3": [{"url": "covered", "valueCode": "conditional"}],
        "q4": [
            {"url": "pa-needed", "valueCode": "no-auth"},
            {"url": "doc-purpose", "valueCode": "withpa"},
        ],
        "q5": [{"url": "satisfied-pa-id", "valueString": "1"}],
        "q6": [{"url": "info-needed", "valueCode": "OTH"}],
        "q7": [
            {"url": "reason", "valueCodeableConcept": {"coding": [{"system": "s", "code": "c"}]}}
        ],
        "q8": [{"url": "doc-purpose", "valueCode": "withpa"}],
        "q9": [{"url": "covered", "valueCode": "indeterminate"}],
    }
    from tests.davinci.invariants import Read  # noqa: PLC0415 - here alone

    parts = part[invariant.name[:2]]
    if "2.0.1 writes" in invariant.name:
        parts = [{"url": "info-needed", "valueCode": "OTH"}]
    if "code system" in invariant.name:
        coded = {"coding": [{"system": TEMPORARY, "code": "detail-code"}], "text": "t"}
        parts = [{"url": "reason", "valueCodeableConcept": coded}]
    assert not invariant.holds(Read(Version.V2_2, parts))
