"""`precert check`: what was typed becomes one order, and the answer is that of `determine`."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from precert.determine import determine, order_from_json, receipt
from precert.rulebook import write_rulebook
from tests.cli import invented

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ON = ("--on", "2026-03-02")


def receipt_of(run: Run, book: Path, *arguments: str, given: str | None = None) -> dict[str, Any]:
    done = run("check", *arguments, *ON, "--json", "--rulebook", str(book), given=given)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def refusal(run: Run, book: Path, *arguments: str, given: str | None = None) -> str:
    done = run("check", *arguments, "--rulebook", str(book), given=given)
    assert (done.exit_code, done.stdout) == (2, "")
    return done.stderr


def line(told: dict[str, Any], number: int = 1) -> dict[str, Any]:
    of_order: dict[str, Any] = told["facts"]["lines"][number - 1]
    return of_order


@pytest.mark.parametrize(
    "typed",
    [
        ("E0621-NU", "E0625 x2"),
        ("e0621 nu, e0625 X 2",),
        ("e0621", "nu", "e0625", "x2"),
        ("E0621-NU,E0625", "x", "2"),
        ("E0621-NU;E0625 2x",),
    ],
)
def test_what_people_paste_is_one_order(run: Run, book: Path, typed: tuple[str, ...]) -> None:
    told = receipt_of(run, book, *typed)
    assert [(one["code"], one["modifiers"], one["units"]) for one in told["facts"]["lines"]] == [
        ("E0621", ["NU"], None),
        ("E0625", None, 2),
    ]


def test_the_answer_is_that_of_determine(run: Run, book: Path) -> None:
    told = receipt_of(run, book, "E0621", "E0630", "E0637", "E0639", "--acquisition", "RENTAL")
    order = order_from_json(told["facts"])
    assert told == receipt(determine(invented.rulebook(), order))


@pytest.mark.parametrize(
    ("arguments", "complete"),
    [(("--complete",), True), (("--partial",), False), ((), None)],
)
def test_complete_is_told_or_not(
    run: Run, book: Path, arguments: tuple[str, ...], complete: object
) -> None:
    assert receipt_of(run, book, "E0782", *arguments)["facts"]["complete"] is complete


def test_several_codes_are_the_whole_order_unless_told_otherwise(run: Run, book: Path) -> None:
    whole = receipt_of(run, book, "E0782", "E0625")
    part = receipt_of(run, book, "E0782", "E0625", "--partial")
    assert [told["determinations"][0]["outcome"] for told in (whole, part)] == [
        "not-managed",
        "conditional",
    ]


def test_facts_are_told_by_options(run: Run, book: Path) -> None:
    arguments = ["--plan", "gold", "--no-client-managed", "--place-of-service", "1", "--units", "3"]
    told = receipt_of(run, book, "E0621", *arguments, "--modifier", "nu", "--modifier", "25,RT")
    assert (told["facts"]["plan"], told["facts"]["client_managed"]) == ("Gold", False)
    assert line(told)["place_of_service"] == "01"
    assert (line(told)["units"], line(told)["modifiers"]) == (3, ["NU", "25", "RT"])


def test_facts_of_the_member_are_told_by_options(run: Run, book: Path) -> None:
    member = ("--age", "34", "--state", "Florida")
    facts = receipt_of(run, book, "E0621", *member, "--diagnosis", "c50911, Z17.0")["facts"]
    assert (facts["age"], facts["state"], facts["diagnoses"]) == (34, "FL", ["C50.911", "Z17.0"])
    assert facts["lines"][0]["modifiers"] is None
    none = receipt_of(run, book, "E0621", "--diagnosis", "none", "--modifier", "NONE")["facts"]
    assert (none["diagnoses"], none["lines"][0]["modifiers"]) == ([], [])
    assert (none["age"], none["state"]) == (None, None)


@pytest.mark.parametrize("name", ["lifts", "LIFTS", "li", " Lifts "])
def test_a_program_is_named_in_any_case_or_by_its_beginning(
    run: Run, book: Path, name: str
) -> None:
    assert line(receipt_of(run, book, "E0637", "--program", name))["program"] == "Lifts"


def test_a_program_that_is_a_beginning_of_another_is_itself(run: Run, book: Path) -> None:
    assert "one of Lifts, Laboratory" in refusal(run, book, "E0637", "--program", "L")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("7214B",), "'7214B' is not a code"),
        (("O331T",), "did you mean 0331T?"),
        (("E0621", "7Z148"), "'7Z148' is not a code"),
        (("",), "read nothing, expected at least one code"),
        ((), "expected codes, or --order FILE"),
        (("E0621", "--on", "3/2/2026"), "expected a date as YYYY-MM-DD"),
        (("E0621", "--on", "20260302"), "expected a date as YYYY-MM-DD"),
        (("E0621", "--on", "2026-W10-1"), "expected a date as YYYY-MM-DD"),
        (("E0621", "--complete", "--partial"), "--complete and --partial contradict each other"),
        (("E0621", "--partial", "--complete"), "--complete and --partial contradict each other"),
        (("E0621", "--client-managed", "--no-client-managed"), "contradict each other"),
        (("E0639", "NU", "RR"), "read both purchase and rental"),
        (("E0639", "NU", "--acquisition", "rental"), "read both purchase and rental"),
        (("E0621", "2"), "for units write x2"),
        (("E0621", "--program", "Wings"), "knows no program 'Wings'"),
        (("E0621", "--program", ""), "knows no program ''"),
        (("E0621", "--plan", "Silver"), "knows no plan 'Silver'; it knows: Gold"),
        (("E0621", "--place-of-service", "home"), "a place of service code of two digits"),
        (("E0621", "--acquisition", "loan"), "'loan' is not one of"),
        (("E0621", "--units", "0"), "units as a whole number from 1"),
        (("E0621", "--modifier", "RTX"), "a modifier of two letters or digits"),
        (("E0621 x2", "--units", "3"), "units once"),
        (("E0621", "--age", "131"), "an age in whole years, from 0 to 130"),
        (("E0621", "--age", "1990-03-02"), "an age in whole years"),
        (("E0621", "--state", "XX"), "a state of two letters"),
        (("E0621", "--diagnosis", "breast"), "a diagnosis of ICD-10-CM"),
        (("E0621", "--diagnosis", "C50", "--diagnosis", "none"), "a diagnosis of ICD-10-CM"),
        (("E0621", "--modifier", "none", "--modifier", "RT"), "a modifier of two letters"),
        (("E0621", "E0625", "--units", "3"), "read --units for 2 codes"),
        (("E0621", "E0625", "--modifier", "RT"), "read --modifier for 2 codes"),
        (("E0621-NU-RT-LT-25", "--modifier", "26"), "at most four modifiers"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    run: Run, book: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert said in " ".join(refusal(run, book, *arguments).split())


def test_the_date_of_service_is_today_and_printed(run: Run, book: Path) -> None:
    before = datetime.now().astimezone().date()
    done = run("check", "E0621", "--rulebook", str(book))
    after = datetime.now().astimezone().date()
    assert done.stdout.splitlines()[0] in {
        f"Date of service: {day} (today)" for day in (before, after)
    }


def test_a_file_that_tells_no_date_is_of_today(run: Run, book: Path) -> None:
    given = json.dumps({"lines": [{"code": "E0621"}]})
    done = run("check", "--order", "-", "--rulebook", str(book), given=given)
    assert done.stdout.splitlines()[0].endswith(" (today)")


def test_an_order_file_is_the_facts_of_a_receipt(run: Run, book: Path, tmp_path: Path) -> None:
    told = receipt_of(run, book, "E0621 x2", "E0782", "--partial", "--plan", "other")
    path = tmp_path / "order.json"
    path.write_text(json.dumps(told["facts"]), encoding="utf-8")
    assert receipt_of(run, book, "--order", str(path)) == told


def test_an_order_file_may_come_from_standard_input(run: Run, book: Path) -> None:
    given = json.dumps({"lines": [{"code": "e0621"}], "plan": "other"})
    told = receipt_of(run, book, "--order", "-", given=given)
    assert line(told)["date_of_service"] == str(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("complete", "arguments", "expected"),
    [
        ({}, (), True),
        ({}, ("--partial",), False),
        ({"complete": None}, (), None),
        ({"complete": None}, ("--complete",), True),
        ({"complete": False}, (), False),
    ],
)
def test_an_order_file_is_the_whole_order_unless_it_says_otherwise(
    run: Run, book: Path, complete: dict[str, Any], arguments: tuple[str, ...], expected: object
) -> None:
    given = json.dumps({"lines": [{"code": "E0782"}], **complete})
    told = receipt_of(run, book, "--order", "-", *arguments, given=given)
    assert told["facts"]["complete"] is expected


def test_an_order_file_may_be_a_whole_receipt(run: Run, book: Path) -> None:
    told = receipt_of(run, book, "E0621 x2", "E0782", "--partial", "--plan", "other")
    assert receipt_of(run, book, "--order", "-", given=json.dumps(told)) == told


def test_a_file_names_plans_and_programs_as_the_command_line_does(run: Run, book: Path) -> None:
    lines = [{"code": "E0637", "program": " LIFTS "}]
    given = json.dumps({"lines": lines, "plan": " gold "})
    told = receipt_of(run, book, "--order", "-", given=given)
    assert (told["facts"]["plan"], line(told)["program"]) == ("Gold", "Lifts")


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({}, "These 2 codes are taken as the whole order, as an order file is."),
        ({"complete": True}, "These 2 codes are the whole order, as told."),
        ({"complete": False}, "These 2 codes are not the whole order, as told."),
        ({"complete": None}, "These 2 codes are taken as the whole order; say --partial if"),
    ],
)
def test_who_said_that_it_is_the_whole_order(
    run: Run, book: Path, order: dict[str, Any], said: str
) -> None:
    given = json.dumps({"lines": [{"code": "E0621"}, {"code": "E0625"}], **order})
    done = run("check", "--order", "-", *ON, "--rulebook", str(book), given=given)
    assert done.stdout.splitlines()[1].startswith(f"  {said}")


def test_today_is_marked_among_several_dates(run: Run, book: Path) -> None:
    lines = [{"code": "E0621"}, {"code": "E0625", "date_of_service": "2026-02-01"}]
    given = json.dumps({"lines": lines})
    done = run("check", "--order", "-", "--rulebook", str(book), given=given)
    first = done.stdout.splitlines()[0]
    assert first.startswith("Dates of service: 2026-02-01 and ")
    assert first.endswith(" (today)")


def test_a_code_that_stands_on_several_lines_is_named(run: Run, book: Path) -> None:
    done = run("check", "E0621", "E0625", "E0621", *ON, "--rulebook", str(book))
    assert "On several lines: E0621 (lines 1 and 3)." in done.stdout


def test_many_lines_are_named_as_runs(run: Run, book: Path) -> None:
    done = run("check", *["E0621"] * 50, "E0635", *["E0621"] * 2, *ON, "--rulebook", str(book))
    assert "with lines 1 to 50, 52 and 53." in done.stdout


def test_options_tell_of_the_order_what_the_file_does_not(run: Run, book: Path) -> None:
    given = json.dumps({"lines": [{"code": "T1030"}], "client_managed": True})
    told = receipt_of(run, book, "--order", "-", "--plan", "GOLD", given=given)
    assert (told["facts"]["plan"], told["facts"]["client_managed"]) == ("Gold", True)


@pytest.mark.parametrize(
    ("given", "arguments", "said"),
    [
        ("{", (), "standard input is no JSON: Expecting property name"),
        ("[]", (), "expected an object"),
        ("[" * 100_000, (), "nested too deeply"),
        ("{}", (), "expected a list of at least one line"),
        ('{"lines": [{"code": "72l48"}]}', (), "lines[0].code: '72l48' is not a code"),
        ('{"lines": [{"code": "E0621", "unit": 2}]}', (), 'the key "unit"'),
        (
            '{"lines": [{"code": "E0621"}], "complete": true, "complete": false}',
            (),
            'the key "complete" stands twice',
        ),
        (
            '{"lines": [{"code": "E0621", "code": "E0625"}]}',
            (),
            'the key "code" stands twice',
        ),
        ('{"schema": 2, "facts": {"lines": [{"code": "E0621"}]}}', (), "read a receipt of the"),
        ('{"lines": [{"code": "E0621"}], "plan": "Silver"}', (), "knows no plan 'Silver'"),
        ('{"lines": [{"code": "E0621"}], "plan": "Gold"}', ("--plan", "other"), "expected it once"),
        ('{"lines": [{"code": "E0621"}]}', ("--units", "2"), "read --units beside --order"),
        ('{"lines": [{"code": "E0621"}]}', ("E0625",), "expected codes, or --order FILE"),
    ],
)
def test_an_order_file_that_cannot_be_meant_is_refused(
    run: Run, book: Path, given: str, arguments: tuple[str, ...], said: str
) -> None:
    assert said in " ".join(refusal(run, book, "--order", "-", *arguments, given=given).split())


def test_an_order_file_that_is_absent_is_the_callers_mistake(run: Run, book: Path) -> None:
    assert "absent.json cannot be opened" in refusal(run, book, "--order", "absent.json")


@pytest.mark.parametrize("spoilt", ["absent", "changed"])
def test_a_rulebook_that_cannot_be_read_exits_with_3(run: Run, tmp_path: Path, spoilt: str) -> None:
    folder = tmp_path / "book"
    if spoilt == "changed":
        write_rulebook(invented.rulebook(), folder)
        rules = folder / "rules.csv"
        rules.write_text(rules.read_text("utf-8").replace("required", "add-on", 1), "utf-8")
    done = run("check", "E0621", "--rulebook", str(folder))
    assert (done.exit_code, done.stdout) == (3, "")
    assert str(folder) in done.stderr
