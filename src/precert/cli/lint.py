"""`precert lint`: everything wrong with a published list, each at its printed line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precert.cli.options import (
    codes_option,
    day,
    layout_option,
    line_of_business_option,
    report_option,
)
from precert.diagnostics import Severity

if TYPE_CHECKING:
    from datetime import date

    from precert.compiler import Lint
    from precert.diagnostics import Diagnostic

_FORMATS = ("text", "json", "sarif", "html")
_FLOORS = [severity.value for severity in Severity]


@click.command(short_help="Say what is wrong with a published list.")
@click.argument("documents", nargs=-1, metavar="DOCUMENT...", type=click.Path())
@layout_option
@line_of_business_option
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help="text: one diagnostic a line; json and sarif (2.1.0) for programs; html: a file to send.",
)
@report_option
@click.option("--force", is_flag=True, help="Replace the file.")
@click.option(
    "--severity",
    type=click.Choice(_FLOORS),
    default=Severity.INFO.value,
    help="The least severe diagnostics to print.",
)
@codes_option
@click.option(
    "--effective-from",
    metavar="YYYY-MM-DD",
    type=day,
    help="With --codes: the first day of the list, where it prints none.",
)
@click.option("--explain", metavar="CODE", help="Print the manual entry of a diagnostic, and stop.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    documents: tuple[str, ...],
    layout: str | None,
    line_of_business: str | None,
    form: str,
    output: str | None,
    force: bool,
    severity: str,
    codes: tuple[str, ...],
    effective_from: date | None,
    explain: str | None,
) -> None:
    """Say what is wrong with DOCUMENT..., together one edition of one list.

    Exits with 1 if any diagnostic is an error, printed or not.
    """
    if explain is not None:
        _explain(explain)
        return
    if not documents:
        expected = "expected at least one DOCUMENT, or --explain CODE"
        raise click.UsageError(expected)
    from precert.cli.report_file import write_reports
    from precert.compiler import lint_documents

    paths = list(map(Path, documents))
    files = list(map(Path, codes))
    lint = lint_documents(
        paths,
        layout=layout,
        line_of_business=line_of_business,
        codes=files,
        effective_from=effective_from,
    )
    shown = _FLOORS[: _FLOORS.index(severity) + 1]
    diagnostics = [one for one in lint.diagnostics if one.severity in shown]
    report = _text(diagnostics, lint, paths, form)
    write_reports([(report, output)], [*documents, *codes], force=force)
    if form == "text":
        _sum_up(diagnostics, lint)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in lint.diagnostics):
        ctx.exit(1)


def _text(diagnostics: list[Diagnostic], lint: Lint, paths: list[Path], form: str) -> str:
    """Return the report in one of the forms, as text that ends with a line break."""
    if form == "text":
        return "".join(f"{diagnostic}\n" for diagnostic in diagnostics)
    if form == "html":
        from precert.cli.reports.lint_html import lint_as_html

        return lint_as_html(diagnostics, lint, paths)
    from precert.cli.json_text import to_json
    from precert.cli.lint_json import as_json, as_sarif

    log = as_json(diagnostics, lint) if form == "json" else as_sarif(diagnostics, paths)
    return to_json(log) + "\n"


def _sum_up(diagnostics: list[Diagnostic], lint: Lint) -> None:
    """Print on standard error how many there are of each code and severity."""
    from precert.cli.findings import counted, summary_table
    from precert.cli.page import format_page

    if diagnostics:
        click.echo(f"\n{format_page([summary_table(diagnostics)])}", err=True)
    click.echo(f"\n{counted(lint.diagnostics)}", err=True)


def _explain(code: str) -> None:
    from precert.cli.findings import manual_page
    from precert.cli.page import print_page
    from precert.diagnostics import catalogue

    kind = catalogue().get(code.strip().upper())
    if kind is None:
        expected = f"read {code!r}, expected one of {', '.join(catalogue())}"
        raise click.BadParameter(expected, param_hint="--explain")
    print_page(manual_page(kind))
