"""The response of a hook: its system actions, its ids, and the options of the client."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from precert.davinci.answer.extension import URL
from precert.davinci.focus import Gathered, Member
from precert.davinci.settings import Covered, Version
from precert.rulebook import Editions
from tests.davinci.asking import (
    CODES,
    EVERY,
    ask,
    focus,
    gathered,
    payer,
    published,
    repetitions,
    resources,
    value,
)
from tests.support.rulebooks import book, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GOLDEN = Path(__file__).parent / "golden"
HOOKS = (
    "order-sign",
    "order-dispatch",
    "appointment-book",
    "order-select",
    "encounter-start",
    "encounter-discharge",
)


# --- every outcome at every hook in every version -------------------------------------------------


def request(hook: str, outcome: str) -> Gathered:
    kind = {"appointment-book": "Appointment", "encounter": "Encounter"}.get(
        hook.removesuffix("-start").removesuffix("-discharge"), "DeviceRequest"
    )
    asked = [focus("asked", CODES[outcome], kind=kind)]
    if outcome == "follows-primary":
        asked.append(focus("primary", CODES["auth-needed"], asked=False))
    of = payer(EVERY, phone="800 555 0199")
    return gathered(of, *asked, hook=hook, complete=hook == "order-sign")


def told(extension: dict[str, Any]) -> Iterator[str]:
    """What a coverage-information says, a line for each part."""
    for part in extension["extension"]:
        if part["url"] == "detail":
            parts = {each["url"]: value(part, each["url"]) for each in part["extension"]}
            coding = parts["code"].get("coding", [{"code": ""}])[0]["code"]
            names = " ".join(filter(None, (parts.get("category"), coding)))
            yield f"detail {names}".strip() + f"\n  {parts['code']['text']}: {parts['value']}"
        else:
            (kind, said), *_ = [each for each in part.items() if each[0] != "url"]
            written = said if isinstance(said, str) else json.dumps(said)
            yield f"{part['url']} {kind.removeprefix('value')}: {written}"


def page(version: Version) -> Iterator[str]:
    for outcome in CODES:
        by_text: dict[str, list[str]] = {}
        for hook in HOOKS:
            answered = ask(request(hook, outcome), version)
            (extension,) = repetitions(answered)
            lines = "\n".join(told(extension)).replace(answered.assertion_ids[0], "(id)")
            by_text.setdefault(f"{answered.outcomes[0]}\n{lines}", []).append(hook)
        for text, hooks in by_text.items():
            yield f"== {outcome}: {', '.join(hooks)}\n{text}\n"


@pytest.mark.parametrize("version", Version)
def test_every_outcome_is_said_as_printed_here(
    version: Version, golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / f"answers-{version}.txt", "\n".join(page(version)))


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_answers_what_it_is_asked(hook: str) -> None:
    asked = request(hook, "follows-primary")
    (resource,) = resources(ask(asked))
    assert f"{resource['resourceType']}/{resource['id']}" == asked.focuses[0].reference


@pytest.mark.parametrize("hook", HOOKS)
def test_only_an_encounter_without_a_code_gets_no_answer(hook: str) -> None:
    asked = gathered(EVERY, focus("a"), hook=hook)
    assert len(resources(ask(asked))) == (0 if hook.startswith("encounter") else 1)


# --- the response ---------------------------------------------------------------------------------


def test_the_resource_comes_back_with_nothing_else_changed() -> None:
    (resource,) = resources(ask(gathered(EVERY, focus("a", "K0001"))))
    sent = json.loads(focus("a", "K0001").raw)
    assert {key: each for key, each in resource.items() if key != "extension"} == sent


def test_nothing_asked_is_an_empty_response() -> None:
    answered = ask(gathered(EVERY, focus("a", "K0001", asked=False)))
    assert answered.body == b'{"cards":[],"systemActions":[]}'


@pytest.mark.parametrize(
    ("configuration", "count"),
    [
        ({}, 1),
        ({"coverage_info": False}, 0),
        ({"coverage_info": True}, 1),
        ({"coverage_info": 0}, 1),
        ({"coverage_info": "false"}, 1),
        ({"coverage_info": None}, 1),
        ({"coverage_info": {"default": False}}, 1),
        ({"unknown": False, "max_cards": "many"}, 1),
    ],
)
def test_coverage_info_false_is_the_only_option(configuration: dict[str, Any], count: int) -> None:
    answered = ask(gathered(EVERY, focus("a", "K0001")), **configuration)
    assert len(resources(answered)) == count
    assert len(answered.assertion_ids) == len(answered.outcomes) == count


def test_every_candidate_has_its_own_repetition() -> None:
    answered = ask(gathered(EVERY, focus("a", "K0001", "K0002", "A9999")))
    found = repetitions(answered)
    assert [(value(each, "billingCode")["code"], value(each, "pa-needed")) for each in found] == [
        ("K0001", "auth-needed"),
        ("K0002", "no-auth"),
        ("A9999", "conditional"),
    ]
    assert {value(each, "coverage-assertion-id") for each in found} == set(answered.assertion_ids)


def test_candidates_with_one_answer_keep_their_own_repetitions() -> None:
    rulebook = book(row("Wheels", "K0001"), row("Wheels", "K0002"))
    assert len(repetitions(ask(gathered(rulebook, focus("a", "K0001", "K0002"))))) == 2


def test_a_follower_of_a_candidate_is_settled_by_no_guess() -> None:
    asked = gathered(EVERY, focus("a", "E0601"), focus("b", "K0001", "K0002"))
    follower, *_ = repetitions(ask(asked))
    assert value(follower, "pa-needed") == "conditional"


@pytest.mark.parametrize("asked", [True, False])
def test_no_order_is_spared_a_case_by_what_another_is_for(asked: bool) -> None:  # noqa: FBT001 - a case
    rulebook = book(row("Wheels", "K0001", "not-required", "with-diagnosis(C50)"))
    own = focus("a", "K0001", diagnoses=("Z12",))
    other = focus("b", "E0601", diagnoses=("C50",), asked=asked)
    (first, *_) = repetitions(ask(gathered(rulebook, own, other)))
    assert value(first, "pa-needed") == "conditional"


def test_an_answer_that_stands_there_already_is_no_action() -> None:
    first = ask(gathered(EVERY, focus("a", "K0001", "K0002"), focus("b", "K0002")))
    again = [
        focus(resource["id"], *codes, raw=json.dumps(resource).encode())
        for resource, codes in zip(resources(first), [("K0001", "K0002"), ("K0002",)], strict=True)
    ]
    second = ask(gathered(EVERY, *again), today=date(2026, 3, 2))
    assert resources(second) == []
    assert second.assertion_ids == first.assertion_ids
    assert second.outcomes == first.outcomes


def test_another_answer_takes_the_place_of_the_one_that_stands_there() -> None:
    (resource,) = resources(ask(gathered(EVERY, focus("a", "K0001"))))
    later = gathered(EVERY, focus("a", "K0001", "K0002", raw=json.dumps(resource).encode()))
    (changed,) = resources(ask(later))
    assert [each["url"] for each in changed["extension"]] == [URL, URL]


# --- the ids --------------------------------------------------------------------------------------


def ids(*changed: Any, version: Version = Version.V2_2, **facts: Any) -> str:  # noqa: ANN401  (focuses, and any field of Gathered)
    asked = gathered(facts.pop("of", EVERY), *(changed or (focus("a", "K0001"),)), **facts)
    (name,) = set(ask(asked, version).assertion_ids)
    return name


def test_the_same_request_has_the_same_id_on_another_day_and_in_another_version() -> None:
    one = ask(gathered(EVERY, focus("a", "K0001"))).assertion_ids
    assert one == ask(gathered(EVERY, focus("a", "K0001")), today=date(2026, 3, 2)).assertion_ids
    assert one == (ids(version=Version.V2_0),)


@pytest.mark.parametrize(
    "other",
    [
        {"changed": (focus("b", "K0001"),)},
        {"changed": (focus("a", "K0002"),)},
        {"changed": (focus("a", "K0001", "K0002"),)},
        {"changed": (focus("a", "K0001-NU"),)},
        {"changed": (focus("a", "K0001", on=date(2026, 3, 3)),)},
        {"changed": (focus("a"),)},
        {"coverage": "Coverage/another"},
        {"complete": False},
        {"member": Member(date(2000, 1, 1))},
        {"plan": "Silver"},
        {"failed": "Patient: it took too long"},
        {"of": payer(EVERY, covered=Covered.COVERED)},
        {"of": payer(EVERY, phone="1")},
        {"of": book(row("Wheels", "K0001"))},
    ],
    ids=str,
)
def test_whatever_may_change_the_answer_changes_the_id(other: dict[str, Any]) -> None:
    told = dict(other)
    assert ids(*told.pop("changed", ()), **told) != ids()


def test_an_order_that_tells_no_date_has_another_id_on_another_day() -> None:
    """It is answered for the day of the request, as docs/crd-answer.md says."""
    asked = gathered(EVERY, focus("a", "K0001", on=None))
    later = ask(asked, today=date(2026, 3, 2)).assertion_ids
    assert ask(asked).assertion_ids != later


def test_a_follower_of_another_order_has_another_id() -> None:
    """Its dependency names the order: the one that stands there would name one that is gone."""
    follower = focus("a", "E0601")
    first = ask(gathered(EVERY, follower, focus("b", "K0001")))
    said = json.dumps(resources(first)[0]).encode()
    again = gathered(EVERY, structs.replace(follower, raw=said), focus("c", "K0001"))
    (information, _) = repetitions(ask(again))
    assert value(information, "dependency") == {"reference": "DeviceRequest/c"}
    assert ask(again).assertion_ids[0] != first.assertion_ids[0]


def test_two_resources_of_one_order_have_two_ids() -> None:
    answered = ask(gathered(EVERY, focus("a", "K0001"), focus("b", "K0001")))
    assert len(set(answered.assertion_ids)) == 2


def test_an_edition_that_answers_nothing_changes_no_id() -> None:
    later = book(row("Wheels", "K0009"), name="2027", effective_from=date(2027, 1, 1))
    assert ids(of=Editions.build([EVERY, later])) == ids()


def test_an_id_tells_nothing_of_the_request() -> None:
    assert ids().startswith("precert-2-")
    assert len(ids()) == 50
    assert set(ids().removeprefix("precert-2-")) <= set("0123456789abcdef")


def test_an_id_is_made_as_the_manual_says() -> None:
    """The recipe of docs/crd-answer.md, by hand from the record."""

    def hashed(value: object) -> str:
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()

    def values(told: dict[str, Any], without: str) -> list[Any]:
        return [value for name, value in told.items() if name != without]

    of = payer(EVERY, phone="1-800-é")
    several = (focus("a", "K0001-NU", "A9999", units=2), focus("b", "K0002"))
    followed = (focus("c", "K0001"), focus("d", "E0601"))
    member = Member(date(1990, 5, 1), "TX")
    answered = [ask(gathered(of, *asked, member=member)) for asked in (several, followed)]
    records = [each.recorded() for each in answered]
    entries = [(recorded, entry) for recorded in records for entry in recorded["assertions"]]
    for resource, (recorded, entry) in zip("abcd", entries, strict=True):
        depends_on = ["DeviceRequest/c"] if resource == "d" else []
        about = [f"DeviceRequest/{resource}", "Coverage/test-coverage", *depends_on]
        references = hashed(about)
        settings = hashed([of.name, of.covered.value, of.phone, of.url])
        answers = []
        for answer in entry["answers"]:
            receipt = recorded["receipts"][answer["receipt"]]
            facts = receipt["facts"]
            lines = [values(line, "line") for line in facts["lines"]]
            basis = hashed([values(facts, "lines"), lines, [receipt["rulebook"]["digest"]]])
            answers.append([basis, answer["line"]])
        made = hashed([references, settings, answers, entry["unanswered"]])[:40]
        assert entry["assertion_id"] == f"precert-2-{made}"


def test_a_record_names_no_resource_and_no_coverage() -> None:
    answered = ask(gathered(EVERY, focus("secret-id", "K0001", "A9999")))
    record = json.dumps(answered.recorded())
    assert "secret-id" not in record
    assert "test-coverage" not in record
    assert list(answered.assertion_ids) == json.loads(record)["assertion_ids"]
    assert json.loads(record)["rulebooks"] == [EVERY.digest]


# --- the guide's own examples ---------------------------------------------------------------------


def shapes(response: Any) -> dict[str, set[str]]:  # noqa: ANN401  (JSON)
    """The types of the values of a response's coverage-informations, by their names."""
    found: dict[str, set[str]] = {}
    for action in response["systemActions"]:
        for extension in action["resource"].get("extension", []):
            if extension["url"] == URL:
                for part in extension["extension"]:
                    inner = part.get("extension", [part])
                    for each in inner:
                        name = each["url"] if each is part else f"{part['url']}.{each['url']}"
                        found.setdefault(name, set()).update(set(each) - {"url"})
    return found


@pytest.mark.parametrize("name", ["CRDServiceResponse.json", "CRDServiceResponse3.json"])
def test_the_values_have_the_types_of_the_guides_examples(name: str) -> None:
    wanted = shapes(published(name))
    of = payer(EVERY, phone="800 555 0199")
    focuses = [focus("p", "K0001"), focus("f", "E0601"), focus("n", "E0470")]
    ours = shapes(json.loads(ask(gathered(of, *focuses)).body))
    both = set(wanted) & set(ours)
    assert {"coverage", "covered", "pa-needed", "date", "coverage-assertion-id"} <= both
    other_types = {"detail.value"}  # a quantity there, words here: both are among the types
    assert {n: ours[n] for n in both - other_types} == {n: wanted[n] for n in both - other_types}


def test_the_actions_have_the_shape_of_the_guides_examples() -> None:
    wanted = published("CRDServiceResponse.json")
    ours = json.loads(ask(gathered(EVERY, focus("a", "K0001"))).body)
    assert set(ours) == set(wanted)
    assert set(wanted["systemActions"][0]) <= set(ours["systemActions"][0])
