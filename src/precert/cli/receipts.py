"""Receipts read again: a receipt in, what differs from today's answer out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from precert.cli.json_text import NotJson, read_json
from precert.determine import determine, order_from_json
from precert.determine import receipt as receipt_of
from precert.determine.receipt import SCHEMA
from precert.errors import CallerError, UnknownPlan, UnknownProgram, UnreadableReceipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.determine import Order
    from precert.rulebook import Rulebook

_NO_PART = "words"
_EXPECTED = "expected the output of `precert check --json`"


def read_receipt(path: str) -> dict[str, Any]:
    """Return the receipt in a JSON file, `-` for standard input.

    Raises `UnreadableReceipt` for what is no receipt, or a receipt of a schema that is not known.
    """
    try:
        receipt = read_json(path)
    except NotJson as error:
        raise UnreadableReceipt(path, f"{error}; {_EXPECTED}") from error
    if not isinstance(receipt, dict):
        raise UnreadableReceipt(path, f"read {_brief(receipt)}, {_EXPECTED}")
    if receipt.get("schema") != SCHEMA or isinstance(receipt["schema"], bool):
        read = _brief(receipt.get("schema"))
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


def differences(then: dict[str, Any], rulebook: Rulebook) -> Iterator[str]:
    """Yield what differs between a receipt and the rulebook's answer to its facts; `words` aside.

    That the rulebook is another one comes first.
    """
    named = then["rulebook"].get("digest") if isinstance(then["rulebook"], dict) else None
    if named != rulebook.digest:
        yield (
            f"another rulebook: then {_brief(named)}, now {_brief(rulebook.digest)} "
            f"(edition {rulebook.edition.name})"
        )
    order: Order = order_from_json(then["facts"])
    try:
        now = receipt_of(determine(rulebook, order))
    except (UnknownPlan, UnknownProgram) as error:
        yield f"facts: this rulebook cannot answer them: {error}"
        return
    now.pop(_NO_PART)
    yield from _compared("", {key: then[key] for key in then if key != _NO_PART}, now)


def _compared(path: str, then: object, now: object) -> Iterator[str]:
    """Yield the differences below a JSON path, in the order of today's answer."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*now, *then)):
            place = f"{path}.{key}" if path else str(key)
            if key not in then:
                yield f"{place}: then absent, now {_brief(now[key])}"
            elif key not in now:
                yield f"{place}: then {_brief(then[key])}, now absent"
            else:
                yield from _compared(place, then[key], now[key])
    elif isinstance(then, list) and isinstance(now, list):
        for index in range(max(len(then), len(now))):
            place = f"{path}[{index}]"
            if index >= len(then):
                yield f"{place}: then absent, now {_brief(now[index])}"
            elif index >= len(now):
                yield f"{place}: then {_brief(then[index])}, now absent"
            else:
                yield from _compared(place, then[index], now[index])
    elif type(then) is not type(now) or then != now:
        yield f"{path}: then {_brief(then)}, now {_brief(now)}"


def _brief(value: object) -> str:
    """Return a JSON value on one line, cut where it is long."""
    import json

    text = json.dumps(value)
    longest = 100
    return text if len(text) <= longest else f"{text[:longest]}..."
