"""The discovery document, beside the guide's own example."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from precert.davinci.discovery import discovery
from precert.davinci.services import SERVICES
from precert.davinci.settings import CrdSettings
from tests.davinci.asking import EVERY, payer, published

SETTINGS = CrdSettings("https://crd.acme.example", (payer(EVERY),))
ANNOUNCED: list[dict[str, Any]] = json.loads(discovery(SETTINGS))["services"]
PRIMARY = {"order-sign", "order-dispatch", "appointment-book"}
_TOKEN = re.compile(r"\{\{(.*?)\}\}")


def test_the_six_hooks_have_a_service_each() -> None:
    assert {service["hook"]: service["id"] for service in ANNOUNCED} == {
        service.hook: f"precert-{service.hook}" for service in SERVICES.values()
    }
    assert len(ANNOUNCED) == 6
    assert {service.hook for service in SERVICES.values() if service.primary} == PRIMARY


@pytest.mark.parametrize("service", ANNOUNCED, ids=lambda each: each["hook"])
def test_every_service_says_what_it_must(service: dict[str, Any]) -> None:
    assert set(service) == {"hook", "id", "title", "description", "prefetch", "extension"}
    assert service["title"].endswith(" (Acme Health)")
    versions = service["extension"]["davinci-crd.version"]
    assert versions == ["2.0", "2.1", "2.2"]
    options = service["extension"]["davinci-crd.configuration-options"]
    for option in options:
        assert set(option) == {"code", "type", "name", "description", "default"}
        assert option["type"] == "boolean"
        assert option["default"] is True
    assert [option["code"] for option in options] == ["coverage-info"]


@pytest.mark.parametrize("service", ANNOUNCED, ids=lambda each: each["hook"])
def test_the_member_needs_no_more_than_values_of_the_context(service: dict[str, Any]) -> None:
    for key in {"patient", "coverage", "encounter"} & set(service["prefetch"]):
        assert re.fullmatch(r"context\.\w+", _TOKEN.findall(service["prefetch"][key])[0])
    assert {"patient", "coverage"} <= set(service["prefetch"])


def test_prefetch_is_written_as_in_the_guide() -> None:
    guide = {s["hook"]: s["prefetch"] for s in published("CRDServices.json")["services"]}
    for service in ANNOUNCED:
        standard = guide[service["hook"]]
        for key, template in service["prefetch"].items():
            assert template == standard[key], (service["hook"], key)


def test_options_are_among_those_of_the_guide() -> None:
    guide = published("CRDServices.json")["services"]
    for option in ANNOUNCED[0]["extension"]["davinci-crd.configuration-options"]:
        known = [
            each
            for service in guide
            for each in service["extension"]["davinci-crd.configuration-options"]
            if each["code"] == option["code"]
        ]
        assert {(each["type"], each["name"]) for each in known} == {
            (option["type"], option["name"])
        }


def test_several_payers_are_not_named() -> None:
    two = (payer(EVERY), replace(payer(EVERY), name="Other Health"))
    assert "Health" not in discovery(CrdSettings("https://crd.acme.example", two)).decode()
