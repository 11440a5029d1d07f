"""Receipts read again: a receipt in, what differs from today's answer out."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from precert.cli.json_text import NotJson, read_json
from precert.cli.refusals import Unreadable
from precert.determine import determine, order_from_json
from precert.determine import receipt as receipt_of
from precert.determine.order_json import brief
from precert.determine.receipt import SCHEMA
from precert.errors import CallerError, UnknownPlan, UnknownProgram, UnreadableReceipt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.determine import Order
    from precert.rulebook import AnyRulebook, Rulebook

_NO_PART = "words"
_ABSENT = object()
_SAID = (".digest", ".edition")
"""What the first sentence says of another rulebook."""
_LONGEST = 100
_EXPECTED = "expected the output of `precert check --json`"


def read_receipt(path: str) -> dict[str, Any]:
    """Return the receipt in a JSON file, `-` for standard input.

    Raises `Unreadable` for what is no JSON, and `UnreadableReceipt` for what is no receipt, or is
    one of a schema that is not known.
    """
    try:
        receipt = read_json(path)
    except NotJson as error:
        message = f"{error}; {_EXPECTED}"
        raise Unreadable(message) from error
    if not isinstance(receipt, dict):
        raise UnreadableReceipt(path, f"read {brief(receipt)}, {_EXPECTED}")
    if receipt.get("schema") != SCHEMA or isinstance(receipt["schema"], bool):
        read = brief(receipt.get("schema"))
        reason = f"read the schema {read}, expected {SCHEMA}; {_EXPECTED}"
        raise UnreadableReceipt(path, reason)
    for key in ("rulebook", "facts", "determinations", "case_plan"):
        if key not in receipt:
            raise UnreadableReceipt(path, f"{key} is missing, {_EXPECTED}")
    try:
        order_from_json(receipt["facts"])
    except CallerError as error:
        raise UnreadableReceipt(path, f"facts: {error}; {_EXPECTED}") from error
    return receipt


class Verified(NamedTuple):
    """What differs between a receipt and the answer of today, a sentence each."""

    digests: tuple[str, ...]
    """Those of the editions that answer now."""
    differences: tuple[str, ...]
    same_words: bool
    """Whether the sentences for people are the same; they are not part of the answer."""


def verified(then: dict[str, Any], rulebook: AnyRulebook) -> Verified:
    """Return what differs between a receipt and the rulebook's answer to its facts.

    That other editions answer comes first, and is said once.
    """
    differences: list[str] = []
    order: Order = order_from_json(then["facts"])
    nows = list(dict.fromkeys(rulebook.on(line.date_of_service) for line in order.lines))
    digests = tuple(book.digest for book in nows)
    other = _another_rulebook(then["rulebook"], rulebook, nows)
    if other:
        differences.append(other)
    try:
        now = receipt_of(determine(rulebook, order))
    except (UnknownPlan, UnknownProgram) as error:
        differences.append(f"facts: this rulebook cannot answer them: {error}")
        return Verified(digests, tuple(differences), same_words=False)
    parts = [{key: part[key] for key in part if key != _NO_PART} for part in (then, now)]
    said = _SAID if other else ()
    differences += [text for place, text in _compared("", *parts) if not place.endswith(said)]
    return Verified(digests, tuple(differences), same_words=then.get(_NO_PART) == now[_NO_PART])


def _another_rulebook(named: object, rulebook: AnyRulebook, nows: list[Rulebook]) -> str:
    """Return the sentence that says that the receipt names another rulebook; empty if it does not.

    A receipt keeps the digests, and with them anyone can find the editions again.
    """
    told = named if isinstance(named, dict) else {}
    several = told.get("editions")
    thens = several if isinstance(several, list) else [told]
    thens = [one if isinstance(one, dict) else {} for one in thens]
    if [one.get("digest") for one in thens] == [book.digest for book in nows]:
        return ""
    then = " and ".join(_named(one.get("edition"), one.get("digest")) for one in thens)
    now = " and ".join(_named(book.edition.name, book.digest) for book in nows)
    return f"another rulebook: then {then}; now {now}. {_where_to_look(thens, rulebook)}"


def _named(edition: object, digest: object) -> str:
    return f"edition {brief(edition)}, digest {brief(digest, _LONGEST)}"


def _where_to_look(thens: Iterable[dict[str, Any]], rulebook: AnyRulebook) -> str:
    """Return where an edition is that a receipt names and that does not answer now."""
    from precert.rulebook import Editions

    digests = [one.get("digest") for one in thens]
    if isinstance(rulebook, Editions):
        for replaced in rulebook.replaced:
            if replaced.rulebook in digests:
                return f"Edition {replaced.name} was replaced in this rulebook since."
        for name, book in rulebook.folders():
            if book.digest in digests:
                return f"The first one stands in the folder {name} of this rulebook: --rulebook."
    return "Tell with --rulebook where the folder of the first one is."


def _compared(path: str, then: object, now: object) -> Iterator[tuple[str, str]]:
    """Yield each place below a JSON path that differs, and how, in the order of today's answer."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*now, *then)):
            place = f"{path}.{key}" if path else str(key)
            yield from _compared(place, then.get(key, _ABSENT), now.get(key, _ABSENT))
    elif isinstance(then, list) and isinstance(now, list):
        pairs = zip_longest(then, now, fillvalue=_ABSENT)
        for index, (before, after) in enumerate(pairs):
            yield from _compared(f"{path}[{index}]", before, after)
    elif type(then) is not type(now) or then != now:
        yield path, f"{path}: then {_said(then)}, now {_said(now)}"


def _said(value: object) -> str:
    return "absent" if value is _ABSENT else brief(value, _LONGEST)
