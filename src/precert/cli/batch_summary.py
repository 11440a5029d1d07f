"""How many lines got which answer, as tables; the first words of a row are those of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.answers import Place
from precert.cli.blocks import Heading, Table
from precert.determine import Outcome
from precert.determine.words.answer import outcome_in_words
from precert.model import PAYER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from precert.batch.summary import Summary
    from precert.cli.blocks import Block
    from precert.model import Edition

_TONES = {
    Outcome.AUTH_NEEDED: "act",
    Outcome.FOLLOWS_PRIMARY: "act",
    Outcome.NO_AUTH: "clear",
    Outcome.NOT_MANAGED: "open",
    Outcome.INVESTIGATIONAL: "stop",
    Outcome.CONDITIONAL: "open",
    Outcome.NOT_LISTED: "open",
}
_NOTHING = "-"  # as a summary counts what has no route or program
_SHOWN_AS_0 = 0.0005


def summary_page(summary: Summary, edition: Edition) -> Iterator[Block]:
    """Yield the tables of a summary, and the share of the lines that a person must look at."""
    if not summary.lines:
        yield Heading("No line was answered")
        return
    outcomes = [Outcome(value) for value in summary.outcomes]
    words = [outcome_in_words(outcome, edition) for outcome in outcomes]
    tones = [_TONES[outcome] for outcome in outcomes]
    yield _counts("outcome", summary.outcomes, summary, words, tones)
    words = [_place_in_words(Place(value), edition) for value in summary.case_plan]
    yield _counts("case_plan", summary.case_plan, summary, words)
    routes = {PAYER: edition.payer, _NOTHING: "nowhere, or not known yet"}
    yield _counts("Where", _named(summary.routes, routes), summary)
    yield _counts("Program", _named(summary.programs, {_NOTHING: "no program"}), summary)
    share = _share(summary.for_a_person)
    yield Heading(f"A person must look at {share} of the answered lines")


def _place_in_words(place: Place, edition: Edition) -> str:
    return {
        Place.CASE: "build a case, or add to one",
        Place.NO_CASE: "build no case",
        Place.ASK_PAYER: f"ask {edition.payer}",
        Place.FOR_A_PERSON: "give it to a person",
    }[place]


def _counts(
    name: str,
    counts: Mapping[str, int],
    summary: Summary,
    words: Sequence[str] = (),
    tones: Sequence[str] = (),
) -> Table:
    """Return how many of the lines have each value, with what it means where there are words."""
    header = ("Lines", "Share", name, *(["Meaning"] if words else []))
    rows = [
        (f"{count:,}", _share(count / summary.lines), value, *words[at : at + 1])
        for at, (value, count) in enumerate(counts.items())
    ]
    return Table(header, rows, right=(0, 1), tones=tones, toned=len(header) - 1)


def _named(counts: Mapping[str, int], names: Mapping[str, str]) -> dict[str, int]:
    return {names.get(value, value): count for value, count in counts.items()}


def _share(share: float) -> str:
    """Return a share in percent; what is there at all is not shown as nothing."""
    return "< 0.1 %" if 0 < share < _SHOWN_AS_0 else f"{share:.1%}".replace("%", " %")
