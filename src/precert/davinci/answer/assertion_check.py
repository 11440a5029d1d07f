"""An assertion id read again: a line of a record in, what differs from today's answer out.

The answers are recomputed from the receipts of the line, and the id from them: a receipt that was
changed no longer says what the rulebook answers, or no longer has that id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from precert.davinci.answer.assertion_id import assertion_of, basis_of_receipt
from precert.determine import check_receipt, determine, order_from_json, verified
from precert.determine.words.answer import answer_in_words, route_in_words
from precert.errors import UnreadableReceipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.rulebook import AnyRulebook

EXPECTED = "expected a line of the record that `precert serve` keeps of CRD answers"


class AssertionVerified(NamedTuple):
    """What stands behind an id, and what differs from today's answer, a sentence each.

    `answers` are today's, `unanswered` what was said without asking the rulebook; `digests` are
    those of the editions that answer now.
    """

    answers: tuple[str, ...]
    unanswered: tuple[str, ...]
    differences: tuple[str, ...]
    digests: tuple[str, ...]


class _Recorded(NamedTuple):
    """An assertion as a record holds it, of the right form throughout."""

    references: str
    settings: str
    answers: list[tuple[int, int]]
    unanswered: list[str]
    receipts: list[dict[str, Any]]


def check_assertion(
    entry: object, assertion_id: str, rulebook: AnyRulebook, where: str
) -> AssertionVerified:
    """Return what differs between a record's line and the rulebook's answer to its facts.

    `where` names the line in messages. Raises `UnreadableReceipt` for a line that does not hold the
    id, or not in the form in which a record is written.
    """
    recorded = _recorded(entry, assertion_id, where)
    differences, digests = [], dict[str, None]()
    for place in sorted({place for place, _ in recorded.answers}):
        found = verified(recorded.receipts[place], rulebook)
        digests.update(dict.fromkeys(found.digests))
        differences += [f"receipts[{place}]: {text}" for text in found.differences]
    again = assertion_of(
        recorded.references,
        recorded.settings,
        recorded.answers,
        recorded.unanswered,
        [basis_of_receipt(one) for one in recorded.receipts],
    )
    if again.assertion_id != assertion_id:
        differences.append(f"the id: what is recorded makes the id {again.assertion_id}")
    answers = () if differences else tuple(_answers(recorded, rulebook))
    return AssertionVerified(
        answers, tuple(recorded.unanswered), tuple(differences), tuple(digests)
    )


def _answers(recorded: _Recorded, rulebook: AnyRulebook) -> Iterator[str]:
    """Yield what the rulebook answers about each code that the assertion is about."""
    for place, number in recorded.answers:
        answer = determine(rulebook, order_from_json(recorded.receipts[place]["facts"]))
        line = answer.determinations[number - 1]
        edition = answer.rulebook_of(line).edition
        words, route = answer_in_words(line, edition), route_in_words(line, edition)
        where = f" ({route})" if route else ""
        yield f"{line.code} on {line.date_of_service}: {words}{where}"


def _recorded(entry: object, assertion_id: str, where: str) -> _Recorded:
    """Return the assertion as the line records it. Raises `UnreadableReceipt`."""
    if not isinstance(entry, dict):
        raise UnreadableReceipt(where, f"read no object, {EXPECTED}")
    found = [
        one
        for one in _list(entry, "assertions", where)
        if isinstance(one, dict) and one.get("assertion_id") == assertion_id
    ]
    if not found:
        raise UnreadableReceipt(where, f"no assertion of it has the id {assertion_id}, {EXPECTED}")
    one = found[0]
    receipts = _list(entry, "receipts", where)
    checked = [
        check_receipt(receipt, f"{where}: receipts[{at}]") for at, receipt in enumerate(receipts)
    ]
    return _Recorded(
        references=_text(one.get("references"), "references", where),
        settings=_text(one.get("settings"), "settings", where),
        answers=[_place(answer, checked, where) for answer in _list(one, "answers", where)],
        unanswered=[_text(said, "unanswered", where) for said in _list(one, "unanswered", where)],
        receipts=checked,
    )


def _place(answer: object, receipts: list[dict[str, Any]], where: str) -> tuple[int, int]:
    """Return the place of a receipt and the number of a line in it; both are there."""
    told = answer if isinstance(answer, dict) else {}
    place = _number(told.get("receipt"), range(len(receipts)), where)
    lines = len(receipts[place]["facts"]["lines"])
    return place, _number(told.get("line"), range(1, lines + 1), where)


def _number(value: object, among: range, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in among:
        raise UnreadableReceipt(where, f"answers: read no receipt and line of it, {EXPECTED}")
    return value


def _list(entry: dict[str, Any], key: str, where: str) -> list[Any]:
    value = entry.get(key)
    if not isinstance(value, list):
        raise UnreadableReceipt(where, f"{key}: read no list, {EXPECTED}")
    return value


def _text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise UnreadableReceipt(where, f"{key}: read no text, {EXPECTED}")
    return value
