"""The orders that `precert diff` was told, and what the other edition changes for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from datetime import date

    from precert.batch.changed_lines import Impact
    from precert.cli.diff_sides import Side


class ToldOrders(NamedTuple):
    """Where the orders are, how they are read, and from when B is in force if it does not say."""

    inputs: tuple[str, ...]
    maps: tuple[str, ...]
    date_format: str | None
    partial: bool
    since: date | None


def impact_on(told: ToldOrders, before: Side, after: Side) -> Impact | None:
    """Return what changes for the orders; None where none were told.

    Raises `UsageError` for options that say nothing or contradict B, `MissingExtra`, and what
    `impact_of` raises.
    """
    if not told.inputs:
        _refuse_idle(told)
        return None
    from precert.batch.impact import impact_of
    from precert.cli.batch_told import columns_told

    return impact_of(
        before.rulebook,
        after.rulebook,
        told.inputs,
        since=_first_day(told, after),
        columns=columns_told(told.maps),
        date_format=told.date_format,
        whole=not told.partial,
    )


def _first_day(told: ToldOrders, after: Side) -> date | None:
    begins = after.rulebook.edition.effective_from if after.dated else None
    if told.since is not None and begins not in {None, told.since}:
        expected = f"read {told.since}, expected {begins}, the day that {after.told} tells itself"
        raise click.BadParameter(expected, param_hint="--from")
    return told.since or begins


def _refuse_idle(told: ToldOrders) -> None:
    """Raise `UsageError` for an option about orders where there are none."""
    for option, value in (
        ("--map", told.maps),
        ("--date-format", told.date_format),
        ("--partial", told.partial),
        ("--from", told.since),
    ):
        if value:
            message = f"{option} says nothing without --orders"
            raise click.UsageError(message)
