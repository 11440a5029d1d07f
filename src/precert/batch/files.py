"""Files of order lines in, files of answered lines out, by the embedded engine."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.asked import Asked
from precert.batch.columns import Columns, find_columns
from precert.batch.duckdb import answer_lines
from precert.batch.engine_errors import enough_memory
from precert.batch.extras import import_extra
from precert.batch.pending import Pending
from precert.batch.rejects import (
    Reject,
    as_told,
    create_rejects,
    first_rejects,
    rejects_beside,
    rejects_query,
)
from precert.batch.sinks import pass_through, write
from precert.batch.sources import open_source
from precert.batch.sources.found_files import find_files
from precert.batch.sources.kinds import KNOWN_SUFFIXES, kind_of
from precert.batch.summary import summarize
from precert.batch.watching import Stage, Watching
from precert.errors import Unwritable
from precert.rulebook import load_rulebook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from precert.batch.sources.kinds import Kind
    from precert.batch.summary import Summary
    from precert.batch.watching import Watch
    from precert.rulebook import AnyRulebook

MEMORY = "512MB"
"""What DuckDB may hold where nothing is told: ten million lines are not slower with it."""


class Run(NamedTuple):
    """What became of the lines: `lines` is `answered` and `rejected` together."""

    lines: int
    answered: int
    rejected: int
    columns: Columns
    output: str
    rejects: str
    first_rejects: tuple[Reject, ...]
    stages: tuple[Stage, ...]
    summary: Summary | None
    rulebook: str
    """The digest of the rulebook that was asked; of several editions, that of all together."""


def determine_files(  # noqa: PLR0913 - what can be told about a run
    inputs: Sequence[str],
    output: str,
    rulebook: AnyRulebook | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    whole: bool = True,
    prefix: str = "",
    rejects: str | None = None,
    force: bool = False,
    summary: bool = False,
    memory: str | None = None,
    threads: int | None = None,
    spill: str | None = None,
    called: Sequence[str] = (),
    started: Callable[[Columns, bool], None] | None = None,
    watch: Watch | None = None,
) -> Run:
    """Write the answered lines of the inputs into `output`, the others into the rejects file.

    `inputs` are files, folders or patterns, all of one kind (Parquet, CSV, TSV, JSON Lines). The
    lines stay in their order; the rejects file has each other line with its file, line number and
    reason, and stands beside the output as `NAME.rejects.csv` where nothing is told. Both files
    appear whole or not at all. `columns`, `date_format`, `whole` and `prefix` are those of
    `determine_table`; `memory` and `threads` bound what DuckDB takes, and `spill` is the folder in
    which it keeps what does not fit into memory, the system's if it is None. `called` are the names
    by which rejects know the files, their paths if there are none. `started` is told the columns
    and whether orders are whole (those of an earlier run's rejects are not), `watch` the stage and
    how far it is. Raises `CallerError` and `UnreadableError`.
    """
    duckdb = import_extra("duckdb", "a batch", "batch")
    files, _ = find_files(inputs)
    target, rejected = Path(output), Path(rejects or rejects_beside(output))
    kind, kind_of_rejects = _kind(target), _kind(rejected)
    book = rulebook or load_rulebook()
    with (
        Pending([rejected, target], inputs=files, force=force) as pending,
        enough_memory(memory or MEMORY),
        TemporaryDirectory(prefix="precert-", dir=spill) as spilled,
        duckdb.connect(config=engine_settings(memory, threads, spilled)) as con,
        Watching(con, watch) as watching,
    ):
        with watching.stage("reading the lines"):
            source = open_source(con, files)
        told, whole = as_told(source.names, columns, whole=whole)
        found = find_columns(source.names, told, [book])
        if started is not None:
            started(found, whole)
        types = dict(zip(source.names, source.types, strict=True))
        asked = Asked(con, book, found, types, source.names, date_format, whole)
        answered = answer_lines(asked, watching.stage)
        with watching.stage("writing the answers"):
            own = pass_through(source, kind)
            query = answered.answers(own, prefix, json=kind.format == "jsonl")
            count = write(con, query, pending.draft(target), kind)
        with watching.stage("writing the rejects"):
            lost = create_rejects(answered, source, count)
            source = source._replace(files=tuple(called) or source.files)
            query = rejects_query(source, kind_of_rejects)
            write(con, query, pending.draft(rejected), kind_of_rejects)
        counted = summarize(answered) if summary else None
        first = first_rejects(con, source)
        pending.commit()
    return Run(
        count + lost,
        count,
        lost,
        found,
        output,
        str(rejected),
        first,
        tuple(watching.stages),
        counted,
        book.digest,
    )


def _kind(path: Path) -> Kind:
    kind = kind_of(path)
    if kind is None:
        raise Unwritable(str(path), f"is of no known kind; name it {KNOWN_SUFFIXES}")
    return kind


def engine_settings(memory: str | None, threads: int | None, spill: str) -> dict[str, str | int]:
    """Return what DuckDB is told: what it may hold, where it spills, how many threads it has."""
    settings: dict[str, str | int] = {"memory_limit": memory or MEMORY, "temp_directory": spill}
    return settings if threads is None else {**settings, "threads": threads}
