"""What an answer says wherever its line stands: made once for each answer, however often it comes.

Most of what is said of a code is said of every order of it: the outcome and its reasons, where the
case is built, conditions, limits, evidence. It hangs on the determination and the rulebook alone,
neither on the day nor on the order, so the latest ones are kept. Nothing of a person is among them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from precert.davinci.answer.by_code import in_codes, names_like_lines, speaks_of_lines
from precert.davinci.answer.coverage_information import AnswerWords, Info, Kind, PaNeeded
from precert.davinci.answer.details import NOT_CHECKED, details_of, not_met
from precert.davinci.settings import Covered
from precert.determine import Determination, Fact, Outcome, ReasonKind
from precert.determine.words.answer import (
    answer_in_words,
    ask_in_words,
    limit_in_words,
    reasons_in_words,
)
from precert.model import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.determine import OrderAnswer
    from precert.rulebook import Rulebook

KEPT = 2_048
"""Answers whose words are kept, of some 2 kB each: more than most lists have."""

_ANY_DAY = date.min

_PA_NEEDED = {
    Outcome.AUTH_NEEDED: PaNeeded.AUTH_NEEDED,
    Outcome.FOLLOWS_PRIMARY: PaNeeded.AUTH_NEEDED,
    Outcome.NO_AUTH: PaNeeded.NO_AUTH,
}
"""Every other outcome is conditional; so is `no-auth` beside a limit that is not met."""

NOT_SAID = (
    "Coverage: the list says whether prior authorization is needed, not what the member's plan "
    "covers."
)


def words_of(line: Determination, answer: OrderAnswer, covered: str, failed: str) -> AnswerWords:
    """Return what is said of one line of an answer, but for what hangs on its order.

    `covered` is the payer's setting; `failed` says in words what could not be asked of the client's
    server, empty where the answer does not hang on it.
    """
    case = line if line.primary is None else answer.determinations[line.primary - 1]
    program = case.rules[0].program if case.rules else ""
    anywhere = Determination(0, line.code, _ANY_DAY, *line[3:])
    return _words(anywhere, program, answer.rulebook_of(line), covered, failed)


@lru_cache(maxsize=KEPT)
def _words(
    line: Determination, program: str, rulebook: Rulebook, covered: str, failed: str
) -> AnswerWords:
    """Return the words for a line without its number and its day, so that every such line has them.

    `program` is the one in whose case the line goes.
    """
    edition = rulebook.edition
    pa_needed = PaNeeded.INDETERMINATE if failed else _pa_needed(line)
    said = _covered(line, pa_needed, covered)
    words = [
        f"Prior authorization for {line.code}: {answer_in_words(line, edition)}.",
        *reasons_in_words(line, edition),
    ]
    if line.outcome is Outcome.NO_AUTH:
        words += [f"But {limit_in_words(limit, edition)}." for limit in not_met(line)]
    if pa_needed is PaNeeded.CONDITIONAL:
        words += map(ask_in_words, line.ask)
    if failed:
        words.append(failed)
    told = _reasons(" ".join(words), said)
    details = tuple(details_of(line, program, rulebook))
    # The evidence has printed lines, by numbers that are no order line's.
    alike = names_like_lines(rulebook)
    sentences = [*told, *[each.text for each in details if each.kind is Kind.ALTERNATIVE]]
    return AnswerWords(
        said,
        pa_needed,
        tuple(_info(line, said, pa_needed)),
        told,
        details,
        _last_day(line, rulebook),
        any(speaks_of_lines(each, alike) for each in sentences),
    )


@lru_cache(maxsize=256)  # a code that is refused, and what failed, are among them
def open_words(pa_needed: PaNeeded, reason: str, *info: Info) -> AnswerWords:
    """Return what is said where the rulebook was not asked, and why it was not."""
    return AnswerWords(pa_needed, pa_needed, info, _reasons(reason, pa_needed), (NOT_CHECKED,))


def words_by_code(
    words: AnswerWords, names: tuple[str, ...], alike: tuple[str, ...]
) -> AnswerWords:
    """Return the same, with the names of the order's lines for their numbers."""
    reasons = tuple([in_codes(reason, names, alike) for reason in words.reasons])
    details = [
        detail._replace(text=in_codes(detail.text, names, alike))
        if detail.kind is Kind.ALTERNATIVE
        else detail
        for detail in words.details
    ]
    return replace(words, reasons=reasons, details=tuple(details))


def _reasons(said: str, covered: str) -> tuple[str, ...]:
    """Return the reasons: that of prior authorization, and that of coverage where it is open."""
    return (said, NOT_SAID) if covered == Covered.CONDITIONAL else (said,)


def _pa_needed(line: Determination) -> PaNeeded:
    """Return what is said of prior authorization where everything could be asked."""
    if line.outcome is Outcome.NO_AUTH and not_met(line):
        return PaNeeded.CONDITIONAL  # what the list prints may not be said of this order
    return _PA_NEEDED.get(line.outcome, PaNeeded.CONDITIONAL)


def _covered(line: Determination, pa_needed: PaNeeded, covered: str) -> str:
    """Return the payer's setting, or what is said where the answer is open or a limit violated."""
    if pa_needed is PaNeeded.INDETERMINATE:
        return PaNeeded.INDETERMINATE
    violated = any(limit.truth is False for limit in line.limits)
    if pa_needed is PaNeeded.CONDITIONAL or violated:
        return Covered.CONDITIONAL
    return covered


def _info(line: Determination, covered: str, pa_needed: PaNeeded) -> Iterator[Info]:
    """Yield what has to be known: nothing where nothing is conditional."""
    if pa_needed is PaNeeded.INDETERMINATE:
        return
    conditional = pa_needed is PaNeeded.CONDITIONAL
    if conditional and any(ask.fact is Fact.PLACE_OF_SERVICE for ask in line.ask):
        yield Info.LOCATION
    if conditional or covered == Covered.CONDITIONAL:
        yield Info.OTHER


def _last_day(line: Determination, rulebook: Rulebook) -> date | None:
    """Return the last day on which the answer holds, where the list tells one.

    That is the end of the edition or of a rule that answers; for no-auth also the day by which the
    document itself wants to be reviewed. A date that an importer told or that is ours by default is
    none that the payer knows.
    """
    edition = rulebook.edition
    told = [edition.effective_to, *(rule.effective_to for rule in line.rules)]
    if line.outcome is Outcome.NO_AUTH and edition.review_by_basis is Basis.STATED:
        told.append(edition.review_by)
    ends = [day for day in told if day is not None]
    if not ends or any(reason.kind is ReasonKind.NO_EDITION for reason in line.reasons):
        return None
    return min(ends)
