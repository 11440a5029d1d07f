"""What sounds like a rule in a description, a name or a heading is never passed over."""

from __future__ import annotations

from datetime import date

import pytest

from precert.notation import format_conditions
from tests.lists.support import codes_of, conditions_of_note, listed, only_entry, read, row

RULES = [
    "PA required for rentals",
    "requires PA for members under 21",
    "no PA for adults",
    "prior auth needed",
    "pre-authorization needed",
    "preauthorization needed",
    "Precert first",
    "pre-certification",
    "authorization required",
    "out of scope for some",
    "not managed",
    "will not be managed",
    "non-managed",
    "members under 21",
    "member aged over 65",
    "eff 01/01/2031",
    "eff. date 1.1.31",
    "effective Jan 1 of 2031",
    "effective 2031",
    "deleted 1/1/2031",
    "termed eff 1/1/2031",
    "terminated as of 1/1/2031",
    "through 12/31/2031",
    "Medicare",
    "for Medicaid",
    "D-SNP",
    "FL DSNP",
    "ask Cigna",
    "see EviCore",
]
NAMES = [
    "Seat",
    "Pain pump with a spatula",
    "Arrhythmia termination, long-term",
    "Endoscope, in two parts",
    "A safe and effective seat",
    "Author's certified edition",
    "Effusion, 2 or 3 views",
    "Decompression through 2 levels, 10 mm",
    "Managed care visit with family members",
    "Ratio 1/2/3, size 10.5",
    "Posts < 5 cm or > 3 mm",
    "Terminal device, rental",
]


@pytest.mark.parametrize("text", RULES)
@pytest.mark.parametrize("column", ["description", "product", "category", "heading"])
def test_what_sounds_like_a_rule_leaves_its_column_unread(column: str, text: str) -> None:
    heading, product, category, code, description = "", "", "", "E0992", "Seat"
    match column:
        case "description":
            description = f"Seat, {text}"
        case "product":
            product = f"Seats ({text})"
        case "category":
            category = text
        case _:
            heading = f"\t\t\t<b>Seats: {text}</b>\t\t\t"
    line = f"{product}\t{category}\t{code}\t{description}\tNo\tCareCore National\t"
    reading = read(listed(heading, line))
    assert f"unread({column}, " in format_conditions(reading.entries[0].rule.conditions)
    assert "PC302" in codes_of(reading)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_says_nothing(name: str) -> None:
    line = f"{name}\t{name}\tE0992\t{name}\tNo\tCareCore National\t"
    heading = "" if {"managed", "effective"} & {*name.casefold().split()} else name
    reading = read(listed(f"\t\t\t<b>{heading}</b>\t\t\t", line))
    assert reading.entries[0].rule.conditions == ()
    assert codes_of(reading) == []


@pytest.mark.parametrize("text", ["<s>Seat</s>", "Seat <if adult>", "Seat <!-- rental -->"])
def test_a_tag_that_may_change_what_a_text_says_leaves_it_unread(text: str) -> None:
    assert "unread(description" in conditions_of_note("", text)
    assert conditions_of_note("", text.replace("<", "< ")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Seat. Deleted effective 1/1/2031",
        "Seat, termed: effective 1/1/2031",
        "Seat, not effective 1/1/2031",
        "Seat, effective 1/1/2031 except for adults",
        "Seat. Do not reach out to Cigna at 555-010-0199 or fax 555-010-0198",
        "Not managed if submitted with a delegated MSK program code; otherwise Cigna will manage",
        "Seat, not for FL DSNP only",
    ],
)
def test_a_word_close_by_may_turn_round_what_a_pattern_says(text: str) -> None:
    rule = only_entry(listed(row(description=text))).rule
    assert "unread(description" in format_conditions(rule.conditions)
    assert rule.effective_from is None


@pytest.mark.parametrize(
    "text",
    ["Seat, effective 1/1/2031", "Seat not of wood, in three parts, each one effective 1/1/2031"],
)
def test_a_word_far_off_turns_nothing_round(text: str) -> None:
    rule = only_entry(listed(row(description=text))).rule
    assert (rule.conditions, rule.effective_from) == ((), date(2031, 1, 1))


def test_a_heading_may_say_the_opposite() -> None:
    reading = read(listed("\t\t\t<b>Non-client-specific managed codes</b>\t\t\t", row()))
    assert "unread(heading" in format_conditions(reading.entries[0].rule.conditions)


@pytest.mark.parametrize(
    ("decision", "conditions"),
    [
        ("Yes", "for-plan(FL DSNP)"),
        ("No", "for-plan(FL DSNP)"),
        ("Add-on code", "for-plan(FL DSNP)"),
        ("In scope for FL DSNP only", "for-plan(FL DSNP)"),
        ("Out of scope", ""),
    ],
)
def test_a_plan_in_the_description_is_a_condition(decision: str, conditions: str) -> None:
    reading = read(listed(row(description="Visit - FL DSNP Only", decision=decision)))
    assert format_conditions(reading.entries[0].rule.conditions) == conditions
    assert codes_of(reading) == ["PC307"]


@pytest.mark.parametrize(
    "text", ["Members under 21 need PA", "Not for rental", "Purchase onlyx if"]
)
def test_a_rule_in_a_description_is_no_copy_in_its_note(text: str) -> None:
    assert "unread(note" in conditions_of_note(text, text)
    assert "unread(note" in conditions_of_note(f"Purchase only. {text}", text)
