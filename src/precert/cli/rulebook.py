"""`precert rulebook`: what a rulebook holds: programs, counts, edition, documents, digest."""

from __future__ import annotations

import click

from precert.cli.options import folder, json_option


@click.command(short_help="Say what a rulebook holds.")
@click.argument("path", required=False, metavar="[DIR]", type=folder)
@json_option
def command(*, path: str | None, as_json: bool) -> None:
    """Say what the rulebook in DIR holds; without DIR, the bundled one."""
    from precert.rulebook import load_rulebook

    book = load_rulebook(path)
    if as_json:
        from precert.cli.json_text import to_json
        from precert.cli.rulebook_page import rulebook_as_json

        click.echo(to_json(rulebook_as_json(book)))
    else:
        from precert.cli.page import print_page
        from precert.cli.rulebook_page import rulebook_page

        print_page(rulebook_page(book))
