"""A layout is data: a new payer's list needs a file and no Python, and a bad file says where."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from precert.errors import UnreadableLayout
from precert.lists import LineKind, layout_names, load_layout
from precert.lists.phrases import LONGEST_PHRASE
from precert.notation import format_conditions
from tests.lists.support import codes_of, read

ACME = Path(__file__).parent / "acme.toml"
ACME_LIST = """\
Service group Chairs
What it is\tHCPCS\tPA?\tRemarks
Seat\tE0992\tNeeded\t
Arm, supplement to a seat\tE0994\tnot needed\tEnds 12/31/2031
Leg\tK0195\tGold Plus members only\tTogether with any lower-body item, rentals excluded
continued overleaf
Foot\tK0037\tPA\trentals excluded, the member pays
Service group Beds
Procedure\tPA?
E0250\tNeeded
"""


def test_a_layout_of_another_payer_reads_its_list() -> None:
    layout = load_layout(ACME)
    assert (layout.name, layout.payer, layout.line_of_business) == (
        "acme",
        "Acme Health",
        "Medicaid",
    )
    reading = read(ACME_LIST, layout)
    rules = {entry.rule.rule_id: entry.rule for entry in reading.entries}
    assert {rule_id: format_conditions(rule.conditions) for rule_id, rule in rules.items()} == {
        "chairs/E0992": "",
        "chairs/E0994": "",
        "chairs/K0195": "with-program(Chairs, Beds); for-plan(Gold Plus); purchase",
        "chairs/K0037": "unread(note, e113dc2aa6a3); purchase",
        "beds/E0250": "at-home",
    }
    assert rules["chairs/E0994"].effective_to == date(2031, 12, 31)
    assert rules["chairs/E0994"].descriptor_add_on
    assert rules["chairs/E0992"].um_cs is None
    assert reading.kinds[5] is LineKind.POINTER
    assert reading.plans == ("Gold", "Gold Plus")
    assert codes_of(reading) == ["PC302"]


def test_the_layout_of_one_payer_reads_nothing_of_another() -> None:
    reading = read(ACME_LIST)
    assert reading.entries == ()
    assert LineKind.RULE not in reading.kinds


def test_the_layouts_that_come_with_precert_are_found_and_load() -> None:
    assert "evicore-cigna" in layout_names()
    for name in layout_names():
        layout = load_layout(name)
        assert layout.name == name
        assert layout.decisions
        for pattern in layout.patterns:
            assert all(len(phrase.words) <= LONGEST_PHRASE for phrase in pattern.phrases)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Return the path of the invented layout with one change in it."""
    text = ACME.read_text("utf-8")
    assert old in text
    path = tmp_path / "changed.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('payer = "Acme Health"', "", "payer", "expected a text in quotes"),
        ('payer = "Acme Health"', "payer = 3", "payer", "read 3, expected a text"),
        ('plans = ["Gold", "Gold Plus"]', 'plans = "Gold"', "plans", "expected an array of texts"),
        ('plans = ["Gold", "Gold Plus"]', "plans = [1]", "plans", "expected an array of texts"),
        ('vendor = "Acme Review"', 'vendor = "A"\nvender = "B"', "vender", "remove or correct it"),
        ('"the", "member"]', '"the", "not"]', "fillers", "expected a single word"),
        ('"the", "member"]', '"the", "a member"]', "fillers", "expected a single word"),
        ('code = ["Procedure", "HCPCS"]', "", "columns.code", "expected an array of texts"),
        ('note = ["Remarks"]', 'note = ["pa"]', "columns.note", "another column has too"),
        ('note = ["Remarks"]', 'notes = ["Remarks"]', "columns.notes", "remove or correct it"),
        ('requirement = "required"', 'requirement = "maybe"', "decision[1].requirement", "one of"),
        ('requirement = "required"', 'requirement = "unread"', "decision[1].requirement", "one of"),
        ('"needed", "PA"', '"needed by {day}"', "decision[1].printed", "expected date"),
        ('"needed", "PA"', '"a b c d e f"', "decision[1].printed", "has 6 words"),
        ('"for-plan({plan})"', '"for-plan({date})"', "decision[3].condition", "date"),
        ('"for-plan({plan})"', '"only-plan({plan})"', "decision[3].condition", "expected one of"),
        ('"with-program({group})"', '"with-code({group})"', "pattern[1].condition", "not a code"),
        ('condition = "with-program({group})"', "", "pattern[1].condition", "expected {group}"),
        ('condition = "purchase"', "", "pattern[3].condition", "nothing was read"),
        ('"any {group} item"', '"a member"', "pattern[1].phrases", "a word that is no filler"),
        ('"any {group} item"', '"{group} or {group}"', "pattern[1].phrases", "has one twice"),
        ('"together with"', '"{group} items"', "pattern[1].phrases", "each placeholder only once"),
        ('"effective-to({date})"', '"ends({date})"', "pattern[2].sets", "effective-from({date})"),
        ('["ends {date}"]', '["ends soon"]', "pattern[2].sets", "{date} in a phrase"),
        ('"purchase"', '"purchase"\ncolumns = ["remarks"]', "pattern[3].columns", "some of note"),
        ('kind = "pointer"', 'kind = "advert"', "furniture[1].kind", "one of copyright, pointer"),
        ('["continued overleaf"]', "[]", "furniture[1].phrases", "at least one phrase"),
        ('["Service group {program}"]', '["Service group"]', "titles.program", "{program}"),
        ('"Beds" = "at-home"', '"Beds" = "at home"', "programs.Beds", "is no condition"),
        ("[parties]", "[parties]\nbroker = ['Bo']", "parties.broker", "remove or correct it"),
        ("[[furniture]]", "[furniture]", "furniture", "expected an array of tables"),
        ('payer = "Acme Health"', 'payer = " "', "payer", "which has a word in it"),
        ('vendor = "Acme Review"', 'vendor = "*"', "vendor", "which has a word in it"),
        ('= "Medicaid"', '= ""', "line_of_business", "which has a word in it"),
        ('"Gold", "Gold Plus"', '"Gold", ""', "plans", "which has a word in it"),
        ('["Chairs", "Beds"]', "[]", "groups.lower body", "expected the names of programs"),
        ('["Chairs", "Beds"]', '["Chairs", "-"]', "groups.lower body", "has a word in it"),
        ('"lower body" =', '"-" =', "groups.-", "which has a word in it"),
        ('payer = ["Acme"]', 'payer = ["&"]', "parties.payer", "which has a word in it"),
        ('"Beds" = "at-home"', '"Beds" = "unread(note, 1)"', "programs.Beds", "what the list says"),
        ('"purchase"', '"unread(note, 1)"', "pattern[3].condition", "what the list says"),
        ('"for-plan({plan})"', '"purchase"', "decision[3].condition", "expected {plan} in it"),
        ('"effective-to({date})"', '""', "pattern[2].condition", "expected {date} in it"),
        ('"ends {date}"', '"ends {date} for {plan}"', "pattern[2].condition", "{plan} in it"),
        ('"rentals excluded"', '"{count} rentals"', "pattern[3].condition", "{count} in it"),
        ('"rentals excluded"', '"rentals {name}"', "pattern[3].phrases", "whatever is printed"),
        ('"rentals excluded"', '"rentals {program}"', "pattern[3].phrases", "whatever is printed"),
        ('"rentals excluded"', '"rentals {year}"', "pattern[3].phrases", "whatever is printed"),
        ('["not needed"]', '["not {name}"]', "decision[2].printed", "whatever is printed"),
        ('["not needed"]', '["Needed"]', "decision[2].printed", "another decision has too"),
        ('["not needed"]', '["no", "{plan}: no"]', "decision[2].printed", "the same placeholders"),
        ('["continued overleaf"]', '["see {code}"]', "furniture[1].phrases", "read code, expected"),
        ('"purchase"', '"purchase"\nnot_where = ["x"]', "pattern[3].not_where", "one of required"),
        (
            "[parties]",
            "[platforms]\npayer = ['A']\nnone = ['a']\n[parties]",
            "platforms.none",
            "too",
        ),
        ("[parties]", "[included]\nyes = ['A']\nno = ['a']\n[parties]", "included.no", "opposite"),
    ],
)
def test_a_bad_layout_says_where_and_what(
    old: str, new: str, place: str, reason: str, tmp_path: Path
) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        load_layout(path)
    assert str(refused.value).startswith(f"{path}: {place}: ")


@pytest.mark.parametrize(
    "word", ["excepting", "minus", "lacking", "save", "besides", "beyond", "neither", "though"]
)
def test_a_word_that_turns_round_what_is_said_is_no_filler(word: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableLayout, match="a single word that adds nothing"):
        load_layout(changed(tmp_path, '"the", "member"]', f'"the", "{word}"]'))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"rentals excluded"]', '"rentals excluded"]\nfillers = ["unlisted"]'),
        ('condition = "purchase"', 'columns = ["description", "product"]'),
        ('condition = "purchase"', 'condition = "purchase"\nnot_where = ["out-of-scope"]'),
        ('["continued overleaf"]', '["continued {year}", "call {phone}"]'),
        ('["needed", "PA"]', '["needed", "PA", "PA needed"]'),
        ("[parties]", "[platforms]\nnone = ['a', 'A']\n[parties]"),
    ],
)
def test_what_loses_no_condition_is_not_refused(old: str, new: str, tmp_path: Path) -> None:
    assert load_layout(changed(tmp_path, old, new)).decisions


def test_a_pattern_may_explain_what_would_sound_like_a_rule(tmp_path: Path) -> None:
    text = 'Service group Chairs\nWhat it is\tHCPCS\tPA?\n"Medicare" seat, gold\tE0992\tNeeded\n'
    silent = 'phrases = ["gold"]\ncolumns = ["description"]\n\n[[pattern]]\nphrases = ["ends'
    layout = load_layout(changed(tmp_path, 'phrases = ["ends', silent))
    plain, explained = (read(text, each).entries[0].rule for each in (load_layout(ACME), layout))
    assert "medicaid" not in text
    assert "unread(description" in format_conditions(plain.conditions)
    assert "unread(description" in format_conditions(explained.conditions)
    told = text.replace('"Medicare" ', "Medicaid ")
    assert read(told, layout).entries[0].rule.conditions == ()


def test_a_layout_without_decisions_is_refused(tmp_path: Path) -> None:
    text = re.sub(r"\[\[decision\]\]\n(.+\n)+", "", ACME.read_text("utf-8"))
    (tmp_path / "none.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableLayout, match=r"decision: .*expected at least one"):
        load_layout(tmp_path / "none.toml")


def test_a_layout_that_cannot_be_opened_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnreadableLayout, match="evicore-cigna"):
        load_layout("evicore-signa")
    with pytest.raises(UnreadableLayout, match="cannot be opened"):
        load_layout(tmp_path)
    (tmp_path / "bad.toml").write_bytes(b"payer = \xff")
    with pytest.raises(UnreadableLayout, match="it is no TOML"):
        load_layout(tmp_path / "bad.toml")
    (tmp_path / "bad.toml").write_text("payer = ", encoding="utf-8")
    with pytest.raises(UnreadableLayout, match="it is no TOML"):
        load_layout(str(tmp_path / "bad.toml"))
