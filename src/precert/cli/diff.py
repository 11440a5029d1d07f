"""`precert diff`: what one edition of a list says otherwise than another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precert.cli.options import day, layout_option, line_of_business_option, report_option

if TYPE_CHECKING:
    from datetime import date

    from precert.cli.diff_orders import ToldOrders
    from precert.cli.diff_report import DiffReport

_FORMATS = ("text", "json", "csv", "html")


@click.command(short_help="Say what differs between two editions of a list.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@layout_option
@line_of_business_option
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help="text: for people; json for programs; csv for a spreadsheet; html: one file to send.",
)
@report_option
@click.option(
    "--orders",
    multiple=True,
    metavar="FILE",
    help="Also say which of these orders get another answer: files, folders or patterns, as for "
    "`precert batch`; repeatable.",
)
@click.option(
    "--impact-output",
    metavar="FILE",
    help="Where --format csv writes the changed order lines. Default: beside the output, as "
    "NAME.impact.csv.",
)
@click.option(
    "--from",
    "since",
    metavar="YYYY-MM-DD",
    type=day,
    help="The day from which B is in force, where B does not tell it.",
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="ROLE=COLUMN",
    help="What a column of the orders means, as for `precert batch`; repeatable.",
)
@click.option(
    "--date-format",
    metavar="us|PATTERN",
    help="How the orders write dates: us (month first), or a pattern such as %d.%m.%Y.",
)
@click.option("--partial", is_flag=True, help="An order's lines are not all of it.")
@click.option("--force", is_flag=True, help="Replace the files.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    before: str,
    after: str,
    layout: str | None,
    line_of_business: str | None,
    form: str,
    output: str | None,
    orders: tuple[str, ...],
    impact_output: str | None,
    since: date | None,
    maps: tuple[str, ...],
    date_format: str | None,
    partial: bool,
    force: bool,
) -> None:
    """Say what B says otherwise than A: codes added, removed and moved, answers, conditions.

    A and B are documents, rulebook folders, editions in them (FOLDER@2026-04), or `bundled`. Other
    line numbers, another order of rows and other spellings are no differences. Exits with 1 if
    anything differs, or a line of the orders could not be compared.
    """
    from precert.cli.diff_orders import ToldOrders, impact_on
    from precert.cli.diff_report import compare
    from precert.cli.diff_sides import side_of

    _refuse_idle(before, after, layout=layout, line_of_business=line_of_business)
    told = ToldOrders(orders, maps, date_format, partial, since)
    impact_output = _impact_output(told, form, output, impact_output)
    sides = (
        side_of(before, layout, line_of_business),
        side_of(after, layout, line_of_business),
    )
    report = compare(*sides)._replace(impact=impact_on(told, *sides))
    _tell(report, form, (output, impact_output), force=force, orders=orders)
    if report.says_something:
        ctx.exit(1)


def _refuse_idle(before: str, after: str, **options: str | None) -> None:
    """Raise `UsageError` for an option about documents where neither of the two is one."""
    from precert.cli.diff_sides import is_document

    told = [f"--{name.replace('_', '-')}" for name, value in options.items() if value is not None]
    if told and not (is_document(before) or is_document(after)):
        message = f"{told[0]} says nothing where neither A nor B is a document"
        raise click.UsageError(message)


def _impact_output(
    told: ToldOrders, form: str, output: str | None, impact_output: str | None
) -> str | None:
    """Return the file of the changed order lines, which only CSV has; a table holds one thing."""
    if not (told.inputs and form == "csv"):
        if impact_output is not None:
            message = "--impact-output says nothing without --orders and --format csv"
            raise click.UsageError(message)
        return None
    if impact_output is None and output is None:
        message = (
            "with --orders and --format csv say where to write: -o FILE or --impact-output FILE"
        )
        raise click.UsageError(message)
    from precert.cli.impact_table import impact_beside

    return impact_output or impact_beside(output or "")


def _tell(
    report: DiffReport,
    form: str,
    outputs: tuple[str | None, str | None],
    *,
    force: bool,
    orders: tuple[str, ...],
) -> None:
    output, impact_output = outputs
    if form == "text" and output is None:
        from precert.cli.diff_page import diff_page
        from precert.cli.page import print_page

        print_page(diff_page(report))
        return
    from precert.cli.report_file import write_reports

    reports = [(_text(report, form), output)]
    if impact_output is not None and report.impact is not None:
        from precert.cli.impact_table import impact_as_csv

        reports.append((impact_as_csv(report.impact), impact_output))
    inputs = [*report.before.files, *report.after.files, *_files(orders)]
    write_reports(reports, inputs, force=force)


def _files(orders: tuple[str, ...]) -> tuple[str, ...]:
    if not orders:
        return ()
    from precert.batch.sources import find_files

    return find_files(orders)[0]


def _text(report: DiffReport, form: str) -> str:
    """Return the report in one of the forms, as text that ends with a line break."""
    if form == "csv":
        from precert.cli.diff_csv import diff_as_csv

        return diff_as_csv(report)
    if form == "html":
        from precert.cli.reports.diff_html import diff_as_html

        return diff_as_html(report)
    if form == "json":
        from precert.cli.diff_json import diff_as_json
        from precert.cli.json_text import to_json

        return to_json(diff_as_json(report)) + "\n"
    from precert.cli.diff_page import diff_page
    from precert.cli.page import format_page

    return format_page(diff_page(report)) + "\n"
