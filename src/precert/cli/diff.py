"""`precert diff`: what one edition of a list says otherwise than another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from precert.cli.diff_report import DiffReport

_FORMATS = ("text", "json", "csv", "html")


@click.command(short_help="Say what differs between two editions of a list.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--layout",
    metavar="NAME|FILE.toml",
    help="How documents are laid out. Default: the bundled layout that reads most of their rows.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help="text: for people; json for programs; csv for a spreadsheet; html: one file to send.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write it into a file. Default: it is printed."
)
@click.option("--force", is_flag=True, help="Replace the file.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    before: str,
    after: str,
    layout: str | None,
    form: str,
    output: str | None,
    force: bool,
) -> None:
    """Say what B says otherwise than A: codes added, removed and moved, answers, conditions.

    A and B are documents, rulebook folders, editions in them (FOLDER@2026-04), or `bundled`. Other
    line numbers, another order of rows and other spellings are no differences. Exits with 1 if
    anything differs.
    """
    from precert.cli.diff_report import compare
    from precert.cli.diff_sides import side_of

    report = compare(side_of(before, layout), side_of(after, layout))
    _tell(report, form, output, force=force)
    if report.differences.found:
        ctx.exit(1)


def _tell(report: DiffReport, form: str, output: str | None, *, force: bool) -> None:
    if form == "text" and output is None:
        from precert.cli.diff_page import diff_page
        from precert.cli.page import print_page

        print_page(diff_page(report))
        return
    from precert.cli.report_file import write_reports

    inputs = [*report.before.files, *report.after.files]
    write_reports([(_text(report, form), output)], inputs, force=force)


def _text(report: DiffReport, form: str) -> str:
    """Return the report in one of the forms, as text that ends with a line break."""
    if form == "csv":
        from precert.cli.diff_csv import diff_as_csv

        return diff_as_csv(report)
    if form == "html":
        from precert.cli.reports.diff_report import diff_as_html

        return diff_as_html(report)
    if form == "json":
        from precert.cli.diff_json import diff_as_json
        from precert.cli.json_text import to_json

        return to_json(diff_as_json(report)) + "\n"
    from precert.cli.diff_page import diff_page
    from precert.cli.page import format_page

    return format_page(diff_page(report)) + "\n"
