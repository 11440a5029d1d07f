"""What `precert batch` was told: its options as values, and the combinations that say nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

DUCKDB, SPARK = "duckdb", "spark"

_SIZE = re.compile(r"\d{1,6}(?:\.\d{1,3})? ?(?:[KMGT]i?B)", re.IGNORECASE)


class Told(NamedTuple):
    """What to answer, how to read it, where to write it, and what runs it."""

    inputs: tuple[str, ...]
    output: str
    columns: dict[str, str]
    date_format: str | None
    whole: bool
    rejects: str | None
    summary: bool
    prefix: str
    force: bool
    engine: str
    master: str | None
    memory: str | None
    threads: int | None


def columns_told(maps: Sequence[str]) -> dict[str, str]:
    """Return the column that was told of each role, as `ROLE=COLUMN`; empty where it is left out.

    Raises `UsageError` for a text without `=`, and for a role that is told twice.
    """
    told: dict[str, str] = {}
    for text in maps:
        role, equals, column = text.partition("=")
        name = role.strip().lower().replace("-", "_").replace(" ", "_")
        if not equals or not name:
            expected = f"read {text!r}, expected ROLE=COLUMN, as in code=CPT"
            raise click.BadParameter(expected, param_hint="--map")
        if name in told:
            expected = (
                f"{name} is told twice; expected one column, or several of modifiers with commas "
                "between them, as in modifiers=mod1,mod2"
            )
            raise click.BadParameter(expected, param_hint="--map")
        told[name] = column.strip()
    return told


def refuse_contradictions(told: Told) -> None:
    """Raise `UsageError` for an empty name, a size that is none, an option of the other engine."""
    for what, path in (
        ("INPUT", told.inputs),
        ("OUTPUT", told.output),
        ("--rejects", told.rejects),
    ):
        paths = path if isinstance(path, tuple) else (path,)
        if any(one is not None and not one.strip() for one in paths):
            expected = "read an empty name, expected that of a file"
            raise click.BadParameter(expected, param_hint=what)
    if told.memory is not None and not _SIZE.fullmatch(told.memory.strip()):
        expected = f"read {told.memory!r}, expected a size, as 512MB or 4GB"
        raise click.BadParameter(expected, param_hint="--memory")
    if told.engine == SPARK:
        _refuse(
            ("--memory", told.memory),
            ("--threads", told.threads),
            engine=SPARK,
            because=(
                "Spark has settings of its own, as spark.executor.memory; expected it with "
                "--engine duckdb only"
            ),
        )
    else:
        _refuse(
            ("--master", told.master),
            engine=DUCKDB,
            because=("DuckDB runs in this process; expected it with --engine spark only"),
        )


def _refuse(*options: tuple[str, object], engine: str, because: str) -> None:
    for option, value in options:
        if value is not None:
            message = f"{option} says nothing to --engine {engine}: {because}"
            raise click.UsageError(message)
