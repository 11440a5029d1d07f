"""Receipts read again: a receipt in, what differs from today's answer out."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from precert.determine.determination import determine
from precert.determine.order_json import brief, order_from_json
from precert.determine.receipt import SCHEMA
from precert.determine.receipt import receipt as receipt_of
from precert.errors import CallerError, UnknownPlan, UnknownProgram, UnreadableReceipt
from precert.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.determine import Order
    from precert.rulebook import AnyRulebook

_NO_PART = "words"
_ABSENT = object()
_SAID = (".digest", ".edition")
"""What the first sentence says of another rulebook."""
_LONGEST = 100
EXPECTED = "expected the output of `precert check --json`"


def check_receipt(read: object, where: str) -> dict[str, Any]:
    """Return the JSON value as the receipt that it is.

    Raises `UnreadableReceipt` for what is no receipt, or is one of a schema that is not known;
    `where` names it in the message.
    """
    if not isinstance(read, dict):
        raise UnreadableReceipt(where, f"read {brief(read)}, {EXPECTED}")
    if read.get("schema") != SCHEMA or isinstance(read["schema"], bool):
        schema = brief(read.get("schema"))
        raise UnreadableReceipt(where, f"read the schema {schema}, expected {SCHEMA}; {EXPECTED}")
    for key in ("rulebook", "facts", "determinations", "case_plan"):
        if key not in read:
            raise UnreadableReceipt(where, f"{key} is missing, {EXPECTED}")
    try:
        order_from_json(read["facts"])
    except CallerError as error:
        raise UnreadableReceipt(where, f"facts: {error}; {EXPECTED}") from error
    return read


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
    digests = [one.get("digest") for one in thens]
    if not isinstance(rulebook, Rulebook):
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
