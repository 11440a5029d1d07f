"""`precert verify`: does a receipt still say what the rulebook answers?"""

from __future__ import annotations

import click

from precert.cli.options import rulebook_option


@click.command(short_help="Recompute a receipt and say what differs.")
@click.argument("receipt", metavar="RECEIPT.json")
@click.option(
    "--assertion",
    metavar="ID",
    help="Read RECEIPT.json as the record of a CRD service, a JSON object on each line, and verify "
    "the answers behind this coverage-assertion-id.",
)
@rulebook_option
@click.pass_context
def command(
    ctx: click.Context, *, receipt: str, assertion: str | None, rulebook: str | None
) -> None:
    """Recompute RECEIPT.json, the --json of a check (- is standard input), and compare.

    Says `identical`, or what differs: the place in the receipt, what stood there, what stands there
    now. Exits with 1 if anything differs. `words` takes no part.
    """
    if assertion is not None:
        _verify_assertion(ctx, receipt, assertion, rulebook)
        return
    from precert.determine import check_receipt, verified
    from precert.rulebook import load_rulebook

    then = check_receipt(_read(receipt), receipt)
    found = verified(then, load_rulebook(rulebook))
    if found.differences:
        for sentence in found.differences:
            click.echo(sentence)
        ctx.exit(1)
    identical = "identical"
    if not found.same_words:
        identical += ", but its words differ (they are not part of the answer)"
    digests = " and ".join(digest[:12] for digest in found.digests)
    click.echo(f"{identical}: {receipt}, rulebook {digests}")


def _verify_assertion(
    ctx: click.Context, record: str, assertion: str, rulebook: str | None
) -> None:
    """Print what stands behind the id in each line of the record, or what differs there."""
    from precert.cli.verify_assertion import assertions_in

    differs = False
    for found in assertions_in(record, assertion, rulebook):
        for sentence in found.differences:
            differs = True
            click.echo(f"{found.where}: {sentence}")
        if found.differences:
            continue
        digests = " and ".join(digest[:12] for digest in found.digests)
        click.echo(f"identical: {found.where}" + (f", rulebook {digests}" if digests else ""))
        for answered in (*found.answers, *found.unanswered):
            click.echo(f"  {answered}")
    if differs:
        ctx.exit(1)


def _read(path: str) -> object:
    from precert.cli.json_text import NotJson, read_json
    from precert.cli.refusals import Unreadable
    from precert.determine.verification import EXPECTED

    try:
        return read_json(path)
    except NotJson as error:
        message = f"{error}; {EXPECTED}"
        raise Unreadable(message) from error
