"""`precert verify`: does a receipt still say what the rulebook answers?"""

from __future__ import annotations

import click

from precert.cli.options import rulebook_option


@click.command(short_help="Recompute a receipt and say what differs.")
@click.argument("receipt", metavar="RECEIPT.json")
@rulebook_option
@click.pass_context
def command(ctx: click.Context, *, receipt: str, rulebook: str | None) -> None:
    """Recompute RECEIPT.json, the --json of a check (- is standard input), and compare.

    Says `identical`, or what differs: the place in the receipt, what stood there, what stands there
    now. Exits with 1 if anything differs. `words` takes no part.
    """
    from precert.cli.receipts import differences, read_receipt
    from precert.rulebook import load_rulebook

    then = read_receipt(receipt)
    book = load_rulebook(rulebook)
    found = list(differences(then, book))
    if not found:
        click.echo(f"identical: {receipt}, rulebook {book.digest[:12]}")
        return
    for sentence in found:
        click.echo(sentence)
    ctx.exit(1)
