"""Notes, groupings, descriptions and headings: what is read, and what is never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from precert.notation import format_conditions
from tests.lists.support import codes_of, conditions_of_note, listed, only_entry, read, row

COMPANION = "Managed if submitted with a delegated MSK program code; otherwise Cigna will manage"
MSK = "with-program(Joint Surgery, Interventional Pain Management, Spine Surgery)"


@pytest.mark.parametrize(
    ("note", "conditions"),
    [
        ("Purchase only", "purchase"),
        ("  <b>PURCHASE</b>   only. ", "purchase"),
        ("Purchase-only", "purchase"),
        ("**Purchase only**", "purchase"),
        ("Purchase only. Purchase only.", "purchase"),
        ("If requested with >12 components, purchase only", "purchase-above(12)"),
        ("If requested with &gt; 12 components, purchase only", "purchase-above(12)"),
        ("Companion procedure to E0992", "with-code(E0992)"),
        (
            "This is the companion procedure to e0992, K0005 and 97542.",
            "with-code(E0992, K0005, 97542)",
        ),
        ("Part of the sleep DME", "defers-to(Sleep)"),
        ("No PA required effective 2/29/2028", "no-auth-stated(from=2028-02-29)"),
        ("no pa required, effective 2.29.28", "no-auth-stated(from=2028-02-29)"),
        (
            "Please reach out to Cigna: 555-010-0199, fax 1-555-010-0198",
            "contact(payer, phone=555-010-0199, fax=1-555-010-0198)",
        ),
        (
            "Reach out to Cigna (555) 010-0199 or fax 555.010.0198",
            "contact(payer, phone=555 010-0199, fax=555.010.0198)",
        ),
        (COMPANION, MSK),
        ("Companion procedure to E0992. Purchase only.", "with-code(E0992); purchase"),
    ],
)
def test_a_note_is_read(note: str, conditions: str) -> None:
    assert conditions_of_note(note) == conditions
    assert codes_of(read(listed(row(note=note)))) == []


@pytest.mark.parametrize("note", ["", "   ", "-", "<b></b>", "&nbsp;"])
def test_a_note_that_says_nothing_leaves_nothing_unread(note: str) -> None:
    assert conditions_of_note(note) == ""


@pytest.mark.parametrize(
    ("note", "read_besides"),
    [
        ("Ask the payer", ""),
        ("This is the code", ""),  # fillers alone say something, and nobody knows what
        ("Not purchase only", "purchase"),
        ("Purchase only?", "purchase"),
        ("Purchase only*", "purchase"),
        ("Purchase only for adults", "purchase"),
        ("Purchase only, except children", "purchase"),
        ("Repurchase only", ""),
        ("Purchase onlyx", ""),
        ("Purchase not only", ""),
        ("If requested with <7 components, purchase only", "purchase"),
        ("If requested with 7 components, purchase only", "purchase"),
        ("If requested with >4,000 components, purchase only", "purchase"),
        ("Companion procedure to E099", ""),
        ("Companion procedure to I0992", ""),
        ("Companion procedure to E0992-E0995", "with-code(E0992)"),
        ("No PA required", ""),
        ("No PA required effective 13/01/2031", ""),
        ("No PA required effective 2/29/2027", ""),
        ("No PA required effective 1/1/2031/2", ""),
        ("No PA required effective soon", ""),
        ("No PA is required until 1/1/2031", ""),
        ("Reach out to Acme: 555-010-0199, fax 555-010-0198", ""),
        ("Reach out to Cigna: 555-010-0199", ""),
        (COMPANION.replace("MSK", "Cardiac"), ""),
        (f"Not {COMPANION}", MSK),
        ("Deleted, effective 1/1/2031 AMA additions", ""),
        ("Purchase \x00 only", ""),
    ],
)
def test_what_a_note_says_besides_stays_unread(note: str, read_besides: str) -> None:
    reading = read(listed(row(note=note.replace("\x00", "\ufffd"))))
    rule = reading.entries[0].rule
    kept = [part for part in format_conditions(rule.conditions).split("; ") if "unread" not in part]
    assert "; ".join(kept) == read_besides
    assert any("unread(note" in part for part in format_conditions(rule.conditions).split("; "))
    in_other_order = ["PC327"] if "13/01" in note else []  # a day only where the day comes first
    assert codes_of(reading) == ["PC302", *in_other_order]
    assert rule.effective_from is None


def test_an_unread_note_keeps_a_digest_and_not_its_text() -> None:
    assert conditions_of_note("Ask the payer") == "unread(note, d2724d96472b)"
    assert conditions_of_note("Ask the  payer") != conditions_of_note("Ask the payer")


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Add 1/1/2031", date(2031, 1, 1)),
        ("Effective 7/1/2031 AMA Additions", date(2031, 7, 1)),
        ("AMA addition - eff 01/01/2031", date(2031, 1, 1)),
        ("1/1/31 - eviCore Program Additions", date(2031, 1, 1)),
    ],
)
def test_a_note_dates_the_rule(note: str, expected: date) -> None:
    rule = only_entry(listed(row(note=note))).rule
    assert (rule.effective_from, rule.effective_to, rule.conditions) == (expected, None, ())


@pytest.mark.parametrize(
    "note", ["1/1/2031", "Added 1/1/2031", "Effective 7/1/2031", "Add 1/1", "Add"]
)
def test_a_note_does_not_date_the_rule(note: str) -> None:
    rule = only_entry(listed(row(note=note))).rule
    assert rule.effective_from is None
    assert len(rule.conditions) == 1


def test_two_dates_that_differ_date_nothing_twice() -> None:
    agreed = read(listed(row(description="Seat, effective 1/1/2031", note="Add 1/1/2031")))
    assert agreed.entries[0].rule.effective_from == date(2031, 1, 1)
    assert agreed.entries[0].rule.conditions == ()
    differ = read(listed(row(description="Seat, effective 1/2/2031", note="Add 1/1/2031")))
    assert differ.entries[0].rule.effective_from == date(2031, 1, 1)
    assert "unread(description" in format_conditions(differ.entries[0].rule.conditions)
    assert codes_of(differ) == ["PC302", "PC307"]


@pytest.mark.parametrize(
    ("description", "conditions"),
    [
        (
            "Seat. *Requires precertification through Cigna, effective 3.1.31",
            "contact(payer, from=2031-03-01)",
        ),
        (
            "Seat. Reach out to Cigna at 555-010-0199 or fax 555-010-0198",
            "contact(payer, phone=555-010-0199, fax=555-010-0198)",
        ),
        (f"{COMPANION}. Seat", MSK),
    ],
)
def test_a_rule_in_a_description_is_read(description: str, conditions: str) -> None:
    reading = read(listed(row(description=description)))
    assert format_conditions(reading.entries[0].rule.conditions) == conditions
    assert codes_of(reading) == ["PC307"]


@pytest.mark.parametrize(
    "description",
    [
        "Seat, purchase only",
        "Seat: ask Cigna",
        "Seat, effective 13/1/2031",
        "No longer a seat",
        "Seat. Reach out to Cigna at 555-010-0199 in June or fax 555-010-0198",
        "Seat, managed if submitted with another code",
        "Seat that needs precertification",
    ],
)
def test_what_sounds_like_a_rule_in_a_description_stays_unread(description: str) -> None:
    reading = read(listed(row(description=description)))
    assert "unread(description" in format_conditions(reading.entries[0].rule.conditions)
    assert "PC302" in codes_of(reading)


@pytest.mark.parametrize(
    "description",
    [
        "Seat, effective and only for adults",
        "Seat, not adjustable, 2 parts",
        "Submitted seat",
        "Managed seat",
        "Seat; see E0994",
        "",
    ],
)
def test_a_description_speaks_of_other_things(description: str) -> None:
    rule = only_entry(listed(row(description=description))).rule
    assert (rule.conditions, rule.effective_from) == ((), None)


@pytest.mark.parametrize(
    "text",
    [
        "Part of sleep DME",
        "Add 1/1/2031",
        "Companion procedure to E0994",
        "Seat, prior approval required",
        "Seat, predetermination",
        "Seat for ages 0-20",
        "HMO members only",
        "Seat, beginning 1/1/2031",
    ],
)
def test_a_rule_in_the_description_or_the_category_is_not_overlooked(text: str) -> None:
    described = only_entry(listed(row(description=text, decision="No"))).rule
    grouped = only_entry(listed(row(decision="No").replace("SEATS", text))).rule
    assert "unread(description" in format_conditions(described.conditions)
    assert "unread(category" in format_conditions(grouped.conditions)


@pytest.mark.parametrize(
    "description",
    ["Seat, which starts by itself", "Rollator aged wood", "Approximate size, begins with 2 parts"],
)
def test_words_that_only_resemble_a_rule_are_harmless(description: str) -> None:
    assert only_entry(listed(row(description=description, decision="No"))).rule.conditions == ()


@pytest.mark.parametrize(
    "note", ["Seat insert", "Purchase only. SEAT, insert", "Seat insert. Purchase only"]
)
def test_a_copy_of_the_description_says_nothing_more(note: str) -> None:
    reading = read(listed(row(note=note)))
    assert codes_of(reading) == ["PC307"]
    assert "unread" not in format_conditions(reading.entries[0].rule.conditions)


@pytest.mark.parametrize(
    ("note", "description"),
    [
        ("Seat insert for adults", "Seat insert"),
        ("Seat", "Seat insert"),
        ("Seat", "Seat"),  # one word is too little to be sure
        ("Purchase only. Seat insert, not for children", "Seat insert"),
    ],
)
def test_what_is_no_copy_of_the_description_stays_unread(note: str, description: str) -> None:
    assert "unread(note" in conditions_of_note(note, description)


def test_a_note_that_is_the_description_is_read_before_it_counts_as_a_copy() -> None:
    said = conditions_of_note("Part of sleep DME", "Part of sleep DME")
    assert said.startswith("defers-to(Sleep); unread(description")


@pytest.mark.parametrize(
    "heading", ["Client specific managed code(s)", "<b>CLIENT SPECIFIC MANAGED</b>"]
)
def test_a_heading_says_something_of_its_rows(heading: str) -> None:
    reading = read(listed(f"\t\t\t{heading}\t\t\t", row()))
    assert format_conditions(reading.entries[0].rule.conditions) == "client-specific"


@pytest.mark.parametrize(
    "heading", ["Client specific", "Only adults", "Arms, if approved by Cigna"]
)
def test_what_sounds_like_a_rule_in_a_heading_stays_unread(heading: str) -> None:
    reading = read(listed(f"\t\t\t{heading}\t\t\t", row(), row("E0994")))
    assert [len(entry.rule.conditions) for entry in reading.entries] == [1, 1]
    assert "unread(heading" in format_conditions(reading.entries[1].rule.conditions)
    assert codes_of(reading) == ["PC302"]


@pytest.mark.parametrize("heading", ["Arms", "Managers' seats", "Arms and legs (left)"])
def test_a_heading_that_is_only_a_name_says_nothing_of_its_rows(heading: str) -> None:
    reading = read(listed(f"\t\t\t{heading}\t\t\t", row()))
    assert reading.entries[0].rule.conditions == ()
