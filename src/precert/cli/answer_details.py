"""What the lines of an answer rest on beyond their plain rows: conditions, limits, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.blocks import Item
from precert.determine import Fact
from precert.determine.words.answer import ask_in_words
from precert.determine.words.grounds import grounds_of
from precert.determine.words.order import line_in_words
from precert.determine.words.phrases import lines_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.determine import Determination, Order, OrderAnswer

HOW_TO_TELL = {
    Fact.OTHER_CODES: "Give them in the same check; say --complete if there are no others.",
    Fact.PRIMARY_CODE: "None here can be it by this list; if another code is, give it in the "
    "same check.",
    Fact.COMPANION_LINE: "Tell what is asked there, and check again.",
    Fact.ABSENT_PROGRAM: "`precert lint` says where the list names it (PC405).",
    Fact.PROGRAM: "Tell it with --program.",
    Fact.PLAN: "Tell it with --plan; --plan other is none of these.",
    Fact.CLIENT_MANAGED: "Tell it with --client-managed or --no-client-managed.",
    Fact.ACQUISITION: "Tell it with --acquisition, or by the modifier (NU, RR).",
    Fact.UNITS: "Write them behind the code, as in: E0951 x2.",
    Fact.PLACE_OF_SERVICE: "Tell it with --place-of-service.",
    Fact.MODIFIERS: "Write them behind the code, as in: 27447-RT; --modifier none if it has none.",
    Fact.AGE: "Tell it with --age.",
    Fact.STATE: "Tell it with --state.",
    Fact.DIAGNOSES: "Tell all of them with --diagnosis; --diagnosis none if there are none.",
    Fact.NEWER_EDITION: "Import it (precert import), then ask it with --rulebook.",
    Fact.DEFERRED_PROGRAM: "This list does not say it.",
    Fact.PRINTED_LINE: "`precert show` prints it where the document is at hand.",
}
"""How the command line is told each fact."""

_LABEL_WIDTH = len("Condition:")


def explained(answer: OrderAnswer) -> dict[str, tuple[Item, ...]]:
    """Return what lines rest on beyond their plain rows; lines that say the same, once."""
    same: dict[tuple[Item, ...], list[int]] = {}
    for line in answer.determinations:
        details = tuple(_details(line, answer))
        if details:
            same.setdefault(details, []).append(line.line)
    return {_heading(numbers, answer.order): details for details, numbers in same.items()}


def _heading(numbers: Sequence[int], order: Order) -> str:
    codes = dict.fromkeys(line_in_words(order.lines[number - 1]) for number in numbers)
    return f"{lines_in_words(numbers).capitalize()}: {', '.join(codes)}"


def _details(line: Determination, answer: OrderAnswer) -> Iterator[Item]:
    """Yield what the line rests on beyond its plain row, and what is asked; mostly nothing."""
    for label, text in grounds_of(line, answer, str):
        yield _labelled(label, text)
    for ask in line.ask:
        yield _labelled("Question", f"{ask_in_words(ask)} {HOW_TO_TELL[ask.fact]}")


def _labelled(label: str, text: str) -> Item:
    return Item(text, f"{label}:".ljust(_LABEL_WIDTH))
