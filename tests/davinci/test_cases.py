"""What CRD's response says about the language-neutral cases: the words that a client reads.

That each is answered as it expects is held by `test_conformance_cases`, on the service's record;
here the response itself is held to the outcome, the primary's order, the evidence and the rules of
the guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

from precert.davinci.answer.response import Options, answer
from precert.davinci.focus import Gathered
from precert.davinci.request.gather import gather_sent
from precert.davinci.request.hooks import read_hook_request
from precert.davinci.settings import Version
from precert.determine import Outcome
from tests.davinci.asking import details, repetitions, value, values
from tests.davinci.invariants import faults
from tests.davinci.test_conformance_cases import CASES, request_of
from tests.support.crd_asking import answering
from tests.support.each_file import of_each_file
from tests.support.hook_requests import TODAY, body

if TYPE_CHECKING:
    from precert.davinci.answer.response import Answered
    from tests.support.cases import SuiteCase

PA_NEEDED = {
    Outcome.AUTH_NEEDED: "auth-needed",
    Outcome.FOLLOWS_PRIMARY: "auth-needed",
    Outcome.NO_AUTH: "no-auth",
}
"""Every other outcome is conditional; so is no-auth beside a limit that is not met."""


def answered(case: SuiteCase) -> Answered:
    plans = {plan: plan for plan in (*case.rulebook.plans, "other")}
    managed = {"True": True, "False": False}
    settings = answering(case.rulebook, plans=plans, client_managed=managed)
    gathered = gather_sent(read_hook_request(body(request_of(case))), settings, TODAY)
    assert isinstance(gathered, Gathered)
    return answer(gathered, Options(Version.V2_2), TODAY)


def needed(want: dict[str, Any]) -> str:
    """Return what is said of prior authorization for a determination of the suite."""
    needed = PA_NEEDED.get(Outcome(want["outcome"]), "conditional")
    met = all(limit["met"] is True for limit in want.get("limits", []))
    return needed if met or needed != "no-auth" else "conditional"


def wrong(case: SuiteCase, found: Answered) -> list[str]:
    """Return in what the response says another thing than the case expects."""
    wants = case.expect["determinations"]
    extensions = repetitions(found)
    if len(extensions) != len(wants):
        return [f"{len(extensions)} coverage-informations, expected {len(wants)}"]
    said = []
    for want, extension in zip(wants, extensions, strict=True):
        outcome = Outcome(want["outcome"])
        expected: dict[str, Any] = {
            "pa-needed": [needed(want)],
            "covered": ["conditional"],
            "dependency": [],
        }
        if outcome is Outcome.FOLLOWS_PRIMARY:
            expected["dependency"] = [{"reference": f"ServiceRequest/line-{want['primary']}"}]
        said += [
            f"line {want['line']}: {part} is {values(extension, part)}, expected {each}"
            for part, each in expected.items()
            if values(extension, part) != each
        ]
    return said


def unproven(found: Answered) -> list[str]:
    """Return what the evidence of the response does not name: printed lines and digests."""
    (of_order,) = found.answers
    said = []
    for line, extension in zip(of_order.determinations, repetitions(found), strict=True):
        (evidence,) = details(extension)["Evidence"]
        book = of_order.rulebook_of(line)
        cited = {rule.ref.document for rule in line.rules}
        documents = [d.sha256 for d in book.documents if d.name in cited]
        places = [f"{rule.ref.document} line {rule.ref.line} (" for rule in line.rules]
        wanted = [*places, *documents, book.digest, book.edition.name]
        said += [f"line {line.line}: {each}" for each in wanted if each not in evidence]
    return said


def test_the_cases_give_every_outcome() -> None:
    assert len(CASES) >= 400
    outcomes = {want["outcome"] for case in CASES for want in case.expect["determinations"]}
    assert outcomes == {outcome.value for outcome in Outcome}


@of_each_file(CASES)
def test_a_response_says_what_the_case_expects(case: SuiteCase) -> None:
    found = answered(case)
    assert wrong(case, found) == []
    assert [fault for each in repetitions(found) for fault in faults(each, Version.V2_2)] == []


@of_each_file(CASES)
def test_every_answer_names_its_lines_and_digests(case: SuiteCase) -> None:
    assert unproven(answered(case)) == []


@of_each_file(CASES)
def test_no_auth_is_answered_only_where_the_list_prints_it(case: SuiteCase) -> None:
    found = answered(case)
    wants = case.expect["determinations"]
    for want, extension in zip(wants, repetitions(found), strict=True):
        printed = needed(want) == "no-auth" and bool(want["source_lines"])
        assert (value(extension, "pa-needed") == "no-auth") == printed


def test_a_difference_is_found() -> None:
    case = next(case for case in CASES if case.name == "Eight codes over three programs")
    found = answered(case)
    for before, after in (("auth-needed", "no-auth"), ("line-3", "line-5"), ("794", "795")):
        changed = structs.replace(found, body=found.body.replace(before.encode(), after.encode()))
        assert wrong(case, changed) + unproven(changed) != []
    other = next(other for other in CASES if len(other.order["lines"]) < len(case.order["lines"]))
    assert wrong(other, found) != []
