"""A code that is not listed: `no-auth` only where the list prints so and all of it was read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.determine import Outcome, ReasonKind
from precert.determine.words.answer import reasons_in_words
from precert.determine.words.plan import next_step
from precert.model import Program, SourceDocument, SourceRef
from precert.rulebook import Rulebook, read_edition, write_rulebook
from tests.support.batch import by_duckdb, differing, rows_of, table_of, wanted
from tests.support.batch import given as answered_by
from tests.support.rulebooks import (
    DOCUMENT,
    answer,
    ask,
    book,
    facts_asked,
    line,
    reasons_given,
    row,
)

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = book(row("Wheels", "E0992"), exhaustive=True)
AGED = book(row("Wheels", "E0992"), exhaustive=True, effective_to=date(2026, 6, 30))


def test_a_code_that_is_not_listed_needs_none_where_the_list_says_so() -> None:
    found = answer(WHOLE, "E0994")
    assert found.outcome is Outcome.NO_AUTH
    assert (found.rules, found.ask, found.route) == ((), (), None)
    assert found.reasons == ((ReasonKind.EXHAUSTIVE, (f"{DOCUMENT}:98",)),)
    (sentence,) = reasons_in_words(found, WHOLE.edition)
    assert sentence.startswith(f"{DOCUMENT}:98 says")
    assert "Build no case" in next_step(found, ask(WHOLE, "E0994"))
    assert ask(WHOLE, "E0994").case_plan.no_case == (1,)


def test_a_list_that_does_not_say_so_leaves_it_not_listed() -> None:
    found = answer(book(row("Wheels", "E0992")), "E0994")
    assert found.outcome is Outcome.NOT_LISTED
    assert reasons_given(found) == {"link-only-programs"}


def changed(**parts: object) -> Rulebook:
    given: dict[str, object] = {
        "edition": WHOLE.edition,
        "programs": WHOLE.programs,
        "plans": WHOLE.plans,
        "documents": WHOLE.documents,
        "rules": WHOLE.rules,
        "exhaustive": WHOLE.exhaustive,
    }
    return Rulebook.build(**{**given, **parts})  # type: ignore[arg-type]  # by their names


@pytest.mark.parametrize(
    ("parts", "reasons"),
    [
        (
            {"documents": [SourceDocument(DOCUMENT, "a" * 64, 99, unread=1)]},
            {"unread-lines", "exhaustive-not-relied-on"},
        ),
        (
            {"programs": [*WHOLE.programs, Program("Drops", True, SourceRef(DOCUMENT, 1))]},  # noqa: FBT003 - link_only
            {"link-only-programs", "exhaustive-not-relied-on"},
        ),
    ],
)
def test_where_a_code_may_stand_unread_it_is_not_relied_on(
    parts: dict[str, object], reasons: set[str]
) -> None:
    found = answer(changed(**parts), "E0994")
    assert found.outcome is Outcome.NOT_LISTED
    assert reasons_given(found) == reasons


@pytest.mark.parametrize(
    ("on", "outcome", "reasons", "asked"),
    [
        (date(2025, 12, 31), "not-listed", {"no-edition"}, set()),
        (date(2026, 1, 1), "no-auth", {"exhaustive"}, set()),
        (date(2026, 6, 30), "no-auth", {"exhaustive"}, set()),
        (date(2026, 7, 1), "conditional", {"exhaustive", "past-edition"}, {"newer-edition"}),
    ],
)
def test_it_holds_while_the_edition_does(
    on: date, outcome: str, reasons: set[str], asked: set[str]
) -> None:
    found = answer(AGED, line("E0994", date_of_service=on))
    assert (found.outcome, reasons_given(found), facts_asked(found)) == (outcome, reasons, asked)


def test_a_code_whose_rule_is_not_in_force_is_listed() -> None:
    ended = book(row("Wheels", "E0992", effective_to=date(2026, 2, 1)), exhaustive=True)
    found = answer(ended, "E0992")
    assert found.outcome is Outcome.NOT_LISTED
    assert reasons_given(found) == {"rule-not-in-force"}


@pytest.mark.parametrize(
    ("printed", "codes", "spoken_of"),
    [
        (("E0992",), ("27447", "0001U", "3008F", "D0120", "REV0240"), False),
        (("27447",), ("E0994", "0331T", "REV0240"), False),
        (("E0992", "27445-27447", "REV0240", "D0120-D0150"), ("E0994", "27448", "D0160"), True),
    ],
)
def test_a_list_speaks_of_the_code_sets_of_which_it_prints_codes(
    printed: tuple[str, ...], codes: tuple[str, ...], *, spoken_of: bool
) -> None:
    """A list of equipment that is whole does not say that an operation needs none."""
    listed = book(*(row("Wheels", text) for text in printed), exhaustive=True)
    for text in codes:
        found = answer(listed, text)
        assert (found.outcome is Outcome.NO_AUTH) is spoken_of
        assert found.outcome in {Outcome.NO_AUTH, Outcome.NOT_LISTED}
        kind = "exhaustive" if spoken_of else "exhaustive-not-relied-on"
        assert reasons_given(found) == {kind}
    orders = {text: ask(listed, text, "E0601").order for text in codes}
    rows = [each for several in rows_of(orders) for each in several]
    answers = by_duckdb(table_of(rows), listed).answers
    assert differing(answered_by(answers), wanted(listed, orders)) == []


def test_the_code_set_that_a_list_does_not_speak_of_is_named() -> None:
    (sentence,) = reasons_in_words(answer(WHOLE, "27447"), WHOLE.edition)
    assert sentence.endswith(
        "it prints none of the CPT Category I codes, so it may not speak of it."
    )


def test_a_told_program_does_not_change_it() -> None:
    found = answer(WHOLE, line("E0994", program="Air"))
    assert found.outcome is Outcome.NO_AUTH
    assert reasons_given(found) == {"not-in-told-program", "exhaustive"}


def test_a_line_that_is_not_listed_may_still_be_a_component() -> None:
    limited = book(row("Wheels", "E0992", conditions="purchase-above(1)"), exhaustive=True)
    found = answer(limited, line("E0992", acquisition="rental"), "E0994")
    assert [limit.truth for limit in found.limits] == [None]


def test_the_rulebook_keeps_it(tmp_path: Path) -> None:
    place = SourceRef(DOCUMENT, 4, 2, None, "1,2,3,4")
    kept = changed(exhaustive=place)
    write_rulebook(kept, tmp_path)
    again = read_edition(tmp_path)
    assert (again.exhaustive, again.digest) == (place, kept.digest)
    plain = changed(exhaustive=None)
    assert plain.digest not in {kept.digest, WHOLE.digest}
    write_rulebook(plain, tmp_path)
    assert "exhaustive" not in (tmp_path / "rulebook.toml").read_text(encoding="utf-8")


def test_the_line_is_one_of_the_documents() -> None:
    with pytest.raises(Exception, match=r"exhaustive\.document: read 'other\.md', expected one of"):
        changed(exhaustive=SourceRef("other.md", 1))


def test_a_batch_answers_so_too() -> None:
    limited = book(
        row("Wheels", "E0992", conditions="purchase-above(1)"),
        row("Wheels", "E0995"),
        exhaustive=True,
    )
    elsewhere = line("E0996", date_of_service=date(2029, 1, 1))
    orders = {
        "a": ask(limited, "E0994", "E0995").order,
        "b": ask(limited, "E0994").order,
        "c": ask(limited, line("E0994", date_of_service=date(2025, 1, 1)), "E0994").order,
        "d": ask(limited, line("E0992", acquisition="rental"), "E0994").order,
        "e": ask(limited, line("E0994", program="Air"), elsewhere).order,
    }
    rows = [each for several in rows_of(orders) for each in several]
    answers = by_duckdb(table_of(rows), limited).answers
    assert differing(answered_by(answers), wanted(limited, orders)) == []
    cited = {each["source_lines"] for each in answers if each["line_id"] == "b/1"}
    assert cited == {f"{DOCUMENT}:98"}
