"""The rows of a rulebook that many tests open are read once: the same text gives the same rules."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING
from unittest.mock import patch

from precert.rulebook import one_edition
from precert.rulebook.rules_csv import parse_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.model import Rule


@lru_cache(maxsize=16)
def _read(
    text: str, path: str, programs: tuple[str, ...], documents: tuple[str, ...]
) -> tuple[Rule, ...]:
    return parse_rules(text, path, programs, documents)


def _read_once(
    text: str, path: str, programs: Iterable[str], documents: Iterable[str]
) -> tuple[Rule, ...]:
    return _read(text, path, tuple(programs), tuple(documents))


@contextmanager
def rows_read_once() -> Iterator[None]:
    """Remember the rules of a text. Whether its file is as it was written is checked every time."""
    with patch.object(one_edition, "parse_rules", _read_once):
        yield
