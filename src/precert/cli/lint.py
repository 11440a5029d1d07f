"""`precert lint`: everything wrong with a published list, each at its printed line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precert.cli.options import line_of_business_option
from precert.diagnostics import Severity

if TYPE_CHECKING:
    from precert.compiler import Lint

_FORMATS = ("text", "json", "sarif")
_FLOORS = [severity.value for severity in Severity]


@click.command(short_help="Say what is wrong with a published list.")
@click.argument("documents", nargs=-1, metavar="DOCUMENT...", type=click.Path())
@click.option(
    "--layout",
    metavar="NAME|FILE.toml",
    help="How the list is laid out. Default: the bundled layout that reads most of its rows.",
)
@line_of_business_option
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help="text: one diagnostic a line; json and sarif (2.1.0) for programs.",
)
@click.option(
    "--severity",
    type=click.Choice(_FLOORS),
    default=Severity.INFO.value,
    help="The least severe diagnostics to print.",
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
    severity: str,
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
    from precert.compiler import lint_documents

    paths = list(map(Path, documents))
    lint = lint_documents(paths, layout=layout, line_of_business=line_of_business)
    _print(lint, paths, form, _FLOORS[: _FLOORS.index(severity) + 1])
    if any(diagnostic.severity is Severity.ERROR for diagnostic in lint.diagnostics):
        ctx.exit(1)


def _print(lint: Lint, paths: list[Path], form: str, severities: list[str]) -> None:
    diagnostics = [one for one in lint.diagnostics if one.severity in severities]
    if form == "text":
        from precert.cli.findings import counted, summary_table
        from precert.cli.page import format_page

        for diagnostic in diagnostics:
            click.echo(str(diagnostic))
        if diagnostics:
            click.echo(f"\n{format_page([summary_table(diagnostics)])}", err=True)
        click.echo(f"\n{counted(lint.diagnostics)}", err=True)
    else:
        from precert.cli.json_text import to_json
        from precert.cli.lint_json import as_json, as_sarif

        log = as_json(diagnostics, lint) if form == "json" else as_sarif(diagnostics, paths)
        click.echo(to_json(log))


def _explain(code: str) -> None:
    from precert.cli.findings import manual_page
    from precert.cli.page import print_page
    from precert.diagnostics import catalogue

    kind = catalogue().get(code.strip().upper())
    if kind is None:
        expected = f"read {code!r}, expected one of {', '.join(catalogue())}"
        raise click.BadParameter(expected, param_hint="--explain")
    print_page(manual_page(kind))
