"""What of an answer is compared with that of another edition, whatever looks otherwise in it.

How names are spelt, in which order things are asked, and what a renamed program was called before
change nothing of what is to be done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.changed_lines import COMPARED
from precert.determine import Fact
from precert.notation import encode
from precert.notation.arguments import read_arguments
from precert.rulebook.as_compared import as_compared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.batch.answers import AnswerRow

_ASKS_FOR_PROGRAMS = {Fact.PROGRAM, Fact.ABSENT_PROGRAM, Fact.DEFERRED_PROGRAM}


def compared(row: AnswerRow, renames: Mapping[str, str]) -> tuple[str, ...]:
    """Return what of the answer is compared, one text for each of `COMPARED`.

    `renames` are programs that the other edition calls otherwise, as `renamed_programs` gives them.
    """
    texts = row._asdict()
    texts["ask"] = "; ".join(sorted(_asked(ask, renames) for ask in _parts(row.ask)))
    if row.case_key is not None:
        place = f"{row.platform or row.route} / "
        texts["case_key"] = place + _renamed(row.case_key.removeprefix(place), renames)
    return tuple(as_compared(texts[name] or "") for name in COMPARED)


def _parts(ask: str | None) -> list[str]:
    return ask.split("; ") if ask else []


def _asked(ask: str, renames: Mapping[str, str]) -> str:
    """Return one thing that is asked, its choices in an order that says nothing."""
    fact, _, arguments = ask.removesuffix(")").partition("(")
    choices, _ = read_arguments(arguments)
    if fact in _ASKS_FOR_PROGRAMS:
        choices = [_renamed(name, renames) for name in choices]
    return f"{fact}({', '.join(sorted(encode(as_compared(choice)) for choice in choices))})"


def _renamed(program: str, renames: Mapping[str, str]) -> str:
    name = as_compared(program)
    return renames.get(name, name)
