"""Hands what `precert batch` was told to the engine that was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from precert.cli.batch_told import SPARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from precert.batch.columns import Columns
    from precert.batch.files import Run
    from precert.cli.batch_told import Told
    from precert.rulebook import AnyRulebook


def answer(
    told: Told,
    book: AnyRulebook,
    started: Callable[[Columns, bool], None] | None,
    watch: Callable[[str, float | None], None] | None,
) -> Run:
    """Return the finished run; `started` and `watch` are those of `determine_files`."""
    if told.engine == SPARK:
        return _on_spark(told, book, started)
    try:
        return _here(told, book, started, watch)
    except RuntimeError as error:
        if str(error) == "Query interrupted":  # DuckDB's word for Ctrl-C in the middle of a query
            raise KeyboardInterrupt from error
        raise


def _here(
    told: Told,
    book: AnyRulebook,
    started: Callable[[Columns, bool], None] | None,
    watch: Callable[[str, float | None], None] | None,
) -> Run:
    from precert.batch.files import determine_files

    limits: dict[str, Any] = {"memory": told.memory, "threads": told.threads, "watch": watch}
    return determine_files(told.inputs, told.output, book, **limits, **_for_both(told, started))


def _on_spark(
    told: Told, book: AnyRulebook, started: Callable[[Columns, bool], None] | None
) -> Run:
    from precert.batch.spark import determine_spark

    return determine_spark(told.master, told.inputs, told.output, book, **_for_both(told, started))


def _for_both(told: Told, started: Callable[[Columns, bool], None] | None) -> dict[str, Any]:
    """Return the arguments that both engines take."""
    return {
        "columns": told.columns,
        "date_format": told.date_format,
        "whole": told.whole,
        "prefix": told.prefix,
        "rejects": told.rejects,
        "force": told.force,
        "summary": told.summary,
        "started": started,
    }
