"""Invented requests, as they are after gathering, and what is read out of their answers."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from precert.davinci.answer.extension import URL
from precert.davinci.answer.response import Answered, Options, answer
from precert.davinci.focus import Billing, Coding, Coverage, Focus, Gathered, Member
from precert.davinci.settings import Payer, Version
from tests.support.crd_examples import crd_example
from tests.support.hook_requests import HCPCS
from tests.support.rulebooks import DAY, book, code, row

if TYPE_CHECKING:
    from precert.rulebook import AnyRulebook

TODAY = date(2026, 3, 1)
COVERAGE = "Coverage/test-coverage"


def payer(rulebook: AnyRulebook, **settings: Any) -> Payer:  # noqa: ANN401  (any field of Payer)
    return Payer("Acme Health", frozenset({("urn:acme", "1")}), rulebook, **settings)


def billing(text: str) -> Billing:
    """A candidate billing code as `K0001` or `K0001-RT`."""
    first, *modifiers = text.split("-")
    return Billing(Coding(HCPCS, text, "A display"), code(first), tuple(modifiers) or None)


def focus(name: str, *codes: str, kind: str = "DeviceRequest", **facts: Any) -> Focus:  # noqa: ANN401  (any field of Focus)
    """A resource with these candidate billing codes, on the usual day."""
    raw = {"resourceType": kind, "id": name, "status": "draft", "subject": {"reference": "x"}}
    told: dict[str, Any] = {"on": DAY, "raw": json.dumps(raw).encode(), **facts}
    billings = tuple(map(billing, codes))
    codings = tuple(each.coding for each in billings)
    return Focus(kind, f"{kind}/{name}", billings=billings, codings=codings, **told)


def gathered(of: Payer | AnyRulebook, *focuses: Focus, **facts: Any) -> Gathered:  # noqa: ANN401  (any field of Gathered, and plan and client_managed)
    """What a signed order of these resources tells."""
    of_payer = of if isinstance(of, Payer) else payer(of)
    of_coverage = {key: facts.pop(key) for key in ("plan", "client_managed") if key in facts}
    coverage = Coverage(facts.pop("coverage", COVERAGE), of_payer, **of_coverage)
    told: dict[str, Any] = {"hook": "order-sign", "member": Member(), "complete": True, **facts}
    return Gathered(focuses=focuses, coverage=coverage, **told)


def ask(
    asked: Gathered,
    version: Version = Version.V2_2,
    today: date = TODAY,
    **configuration: Any,  # noqa: ANN401  (whatever a client sends)
) -> Answered:
    options = {name.replace("_", "-"): value for name, value in configuration.items()}
    return answer(asked, Options(version, options), today)


def resources(answered: Answered) -> list[dict[str, Any]]:
    """The resources of the response's system actions."""
    body = json.loads(answered.body)
    assert list(body) == ["cards", "systemActions"]
    assert body["cards"] == []
    for action in body["systemActions"]:
        assert list(action) == ["type", "description", "resource"]
        assert action["type"] == "update"
    return [action["resource"] for action in body["systemActions"]]


def repetitions(answered: Answered) -> list[dict[str, Any]]:
    """All coverage-informations of a response."""
    return [
        extension
        for resource in resources(answered)
        for extension in resource["extension"]
        if extension["url"] == URL
    ]


def values(extension: dict[str, Any], url: str) -> list[Any]:
    """The values of the parts of that name."""
    return [
        next(value for key, value in part.items() if key.startswith("value"))
        for part in extension["extension"]
        if part["url"] == url and "extension" not in part
    ]


def value(extension: dict[str, Any], url: str) -> Any:  # noqa: ANN401  (a JSON value)
    """The value of the part of that name, None where there is none."""
    found = values(extension, url)
    assert len(found) <= 1, url
    return found[0] if found else None


def reasons(extension: dict[str, Any]) -> str:
    return " ".join(reason["text"] for reason in values(extension, "reason"))


def details(extension: dict[str, Any]) -> dict[str, list[str]]:
    """The details by what they tell."""
    found: dict[str, list[str]] = {}
    for part in extension["extension"]:
        if part["url"] == "detail":
            found.setdefault(value(part, "code")["text"], []).append(value(part, "value"))
    return found


def published(name: str) -> Any:  # noqa: ANN401  (a JSON value)
    """An example of the implementation guide; the test is skipped where it is not at hand."""
    return json.loads(crd_example(name))


EVERY = book(
    row("Wheels", "K0001", conditions="at-home"),
    row("Wheels", "K0002", "not-required"),
    row("Air", "E0601", conditions="with-program(Wheels)"),
    row("Air", "E0470", "out-of-scope", "contact(payer, phone=800 555 0100)"),
    row("Knees", "J7330", "investigational", platform="Southwind"),
    row("Wheels", "K0003", conditions="at-place(11)"),
    row("Air", "K0004", platform="payer"),
    row("Knees", "K0004", "not-required"),
)
"""A list that gives every outcome: `CODES` says by which code."""
CODES = {
    "auth-needed": "K0001",
    "no-auth": "K0002",
    "follows-primary": "E0601",
    "not-managed": "E0470",
    "investigational": "J7330",
    "conditional": "K0004",
    "not-listed": "A9999",
}
