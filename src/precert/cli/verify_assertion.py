"""`precert verify RECORD.jsonl --assertion ID`: the answer behind a coverage-assertion-id."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Found(NamedTuple):
    """A line of a record that holds the id, and what differs from today's answer there."""

    where: str
    answers: tuple[str, ...]
    unanswered: tuple[str, ...]
    differences: tuple[str, ...]
    digests: tuple[str, ...]


def assertions_in(path: str, assertion_id: str, folder: str | None) -> Iterator[Found]:
    """Yield what stands behind the id, for each line of the record that holds it.

    Raises `UnreadableReceipt` for a file that cannot be read, in which no line holds the id, or in
    which such a line is no record; `MissingExtra` where CRD is not installed.
    """
    try:
        from precert.davinci.answer.assertion_check import check_assertion
    except ModuleNotFoundError as error:
        if error.name != "msgspec":
            raise
        from precert.errors import MissingExtra

        what = "--assertion"
        raise MissingExtra(what, "davinci") from error
    from precert.rulebook import load_rulebook

    rulebook = load_rulebook(folder)
    for where, entry in _entries(path, assertion_id):
        yield Found(where, *check_assertion(entry, assertion_id, rulebook, where))


def _entries(path: str, assertion_id: str) -> Iterator[tuple[str, object]]:
    """Yield each line that names the id, as JSON, with its place."""
    import json

    from precert.errors import UnreadableReceipt

    wanted, found, cut = assertion_id.encode(), False, ""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib would cost a cold start 4 ms
            for number, line in enumerate(file, start=1):
                if not assertion_id or wanted not in line:
                    continue
                where = f"{path}:{number}"
                try:
                    entry = json.loads(line)
                except (ValueError, RecursionError):
                    cut = f"; {where} names it, but is no JSON: it may have been cut off"
                    continue
                found = True
                yield where, entry
    except OSError as error:
        reason = f"cannot be opened ({error.strerror}); name a record that `precert serve` kept"
        raise UnreadableReceipt(path, reason) from error
    if not found:
        raise UnreadableReceipt(path, f"no line holds the assertion id {assertion_id!r}{cut}")
