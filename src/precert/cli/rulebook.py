"""`precert rulebook`: what a rulebook holds: editions, programs, counts, documents, digests."""

from __future__ import annotations

import click

from precert.cli.options import edition_named, edition_option, folder, json_option


@click.command(short_help="Say what a rulebook holds.")
@click.argument("path", required=False, metavar="[DIR]", type=folder)
@edition_option
@json_option
def command(*, path: str | None, edition: str | None, as_json: bool) -> None:
    """Say what the rulebook in DIR holds; without DIR, the bundled one.

    Of a rulebook of several editions: which they are, from when until when, with which digests, and
    whether their periods overlap or leave days out.
    """
    from precert.rulebook import Rulebook, load_rulebook

    book = load_rulebook(path)
    if edition is not None:
        book = edition_named(book, edition)
    if as_json:
        from precert.cli.json_text import to_json
        from precert.cli.rulebook_page import rulebook_as_json

        if isinstance(book, Rulebook):
            click.echo(to_json(rulebook_as_json(book)))
        else:
            from precert.cli.editions_page import editions_as_json

            click.echo(to_json(editions_as_json(book)))
    else:
        from precert.cli.page import print_page
        from precert.cli.rulebook_page import rulebook_page

        if isinstance(book, Rulebook):
            print_page(rulebook_page(book))
        else:
            from precert.cli.editions_page import editions_page

            print_page(editions_page(book))
