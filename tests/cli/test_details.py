"""What stands beneath the table of an answer has words for everything that can be asked."""

from __future__ import annotations

from precert.cli.answer_details import HOW_TO_TELL
from precert.determine import Fact


def test_every_fact_says_how_it_is_told() -> None:
    assert set(HOW_TO_TELL) == set(Fact)
    assert all(text.strip() for text in HOW_TO_TELL.values())
