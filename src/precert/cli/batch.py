"""`precert batch`: a file of order lines in, the same lines with their answers out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precert.cli.options import json_option, rulebook_option

if TYPE_CHECKING:
    from precert.batch.columns import Columns
    from precert.batch.files import Run
    from precert.cli.batch_told import Told
    from precert.rulebook import AnyRulebook

_INTERRUPTED = 130  # as a shell says it; 1 would say that the run came to its end


@click.command(short_help="Answer files of order lines.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.argument("output", metavar="OUTPUT")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="ROLE=COLUMN",
    help="What a column means, where its name does not say it; repeatable. `--map plan=` leaves a "
    "role out.",
)
@click.option(
    "--date-format",
    metavar="us|PATTERN",
    help="How texts write dates: us (month first), or a pattern such as %d.%m.%Y.",
)
@click.option(
    "--partial",
    is_flag=True,
    help="An order's lines in the table are not all of it. Default: they are.",
)
@click.option(
    "--rejects",
    metavar="FILE",
    help="Where the lines without an answer go. Default: beside OUTPUT, as NAME.rejects.csv.",
)
@click.option("--summary", is_flag=True, help="Count the answers by outcome, route and program.")
@click.option(
    "--prefix", metavar="TEXT", default="", help="Begin the names of the new columns with TEXT."
)
@click.option("--force", is_flag=True, help="Replace OUTPUT and the file of the rejects.")
@click.option(
    "--engine",
    type=click.Choice(("duckdb", "spark")),
    default="duckdb",
    help="What runs it: duckdb, in this process, or spark. Default: duckdb.",
)
@click.option("--master", metavar="URL", help="The Spark to run on. Default: local, all cores.")
@click.option("--memory", metavar="SIZE", help="How much DuckDB may hold. Default: 512MB.")
@click.option(
    "--threads",
    metavar="N",
    type=click.IntRange(1, 256),
    help="DuckDB's threads. Default: one for each core.",
)
@json_option
@rulebook_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    inputs: tuple[str, ...],
    output: str,
    maps: tuple[str, ...],
    date_format: str | None,
    partial: bool,
    rejects: str | None,
    summary: bool,
    prefix: str,
    force: bool,
    engine: str,
    master: str | None,
    memory: str | None,
    threads: int | None,
    as_json: bool,
    rulebook: str | None,
) -> None:
    """Answer the order lines in INPUT... and write them, with their answers, into OUTPUT.

    INPUT is a file, a folder or a pattern: Parquet, CSV, TSV or JSON Lines; the name of OUTPUT says
    in which of them to write. A line that cannot be read goes into the file of the rejects, with
    its place and the reason; the command then exits with 1.
    """
    from precert.cli.batch_told import Told, columns_told, refuse_contradictions
    from precert.rulebook import load_rulebook

    told = Told(
        inputs,
        output,
        columns_told(maps),
        date_format,
        not partial,
        rejects,
        summary or as_json,
        prefix,
        force,
        engine,
        master,
        memory,
        threads,
    )
    refuse_contradictions(told)
    book = load_rulebook(rulebook)
    try:
        run = _answer_quietly(told, book) if as_json else _answer_seen(told, book)
    except KeyboardInterrupt:
        click.echo("Error: interrupted: nothing was written", err=True)
        ctx.exit(_INTERRUPTED)
    ctx.exit(1 if run.rejected else 0)


def _answer_quietly(told: Told, book: AnyRulebook) -> Run:
    """Answer, and print what was done as JSON."""
    from precert.cli.batch_json import run_as_json
    from precert.cli.batch_run import answer
    from precert.cli.json_text import to_json

    run = answer(told, book, None, None)
    click.echo(to_json(run_as_json(run, book, told.engine)))
    return run


def _answer_seen(told: Told, book: AnyRulebook) -> Run:
    """Answer, and print what the columns mean before it and what was done after it."""
    from precert.cli.batch_page import columns_page, run_page
    from precert.cli.batch_progress import progress_bar
    from precert.cli.batch_run import answer
    from precert.cli.page import print_page

    with progress_bar() as bar:

        def started(columns: Columns, whole: bool) -> None:  # noqa: FBT001 - a callback's
            with bar.hidden():
                print_page(columns_page(columns, whole=whole))
                click.echo()

        run = answer(told, book, started, bar.watch)
    print_page(run_page(run, book))
    return run
