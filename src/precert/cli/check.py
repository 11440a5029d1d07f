"""`precert check`: does this order need prior authorization, from whom, on which platform?"""

from __future__ import annotations

from datetime import date, datetime

import click

from precert.cli.options import day, json_option, rulebook_option
from precert.determine import Acquisition

_ORDER_FILE = "an order file"


@click.command(short_help="Answer an order of one or more codes.")
@click.argument("codes", nargs=-1, metavar="CODE...")
@click.option(
    "--complete/--partial",
    default=None,
    help="The codes are the whole order, or a part of it. Several codes count as the whole order.",
)
@click.option("--on", type=day, metavar="YYYY-MM-DD", help="The date of service. Default: today.")
@click.option("--program", metavar="NAME", help="Ask this program's list; its beginning is enough.")
@click.option(
    "--plan", metavar="NAME", help="The member's plan; `other` is none of the rulebook's."
)
@click.option(
    "--client-managed/--no-client-managed",
    default=None,
    help="The member's client (employer) has its client-specific codes managed, or not.",
)
@click.option("--place-of-service", metavar="NN", help="Where it is done: 11 office, 12 home.")
@click.option(
    "--acquisition",
    type=click.Choice(list(Acquisition), case_sensitive=False),
    help="How equipment is obtained.",
)
@click.option("--units", metavar="N", help="Units of one code; with several codes write 63650 x2.")
@click.option(
    "--modifier",
    "modifiers",
    multiple=True,
    metavar="XX",
    help="A modifier of one code, repeatable; with several codes write 27447-RT.",
)
@click.option("--order", "order_file", metavar="FILE", help="Read the order from JSON; - is stdin.")
@json_option
@rulebook_option
def command(
    *,
    codes: tuple[str, ...],
    complete: bool | None,
    on: date | None,
    program: str | None,
    plan: str | None,
    client_managed: bool | None,
    place_of_service: str | None,
    acquisition: str | None,
    units: str | None,
    modifiers: tuple[str, ...],
    order_file: str | None,
    as_json: bool,
    rulebook: str | None,
) -> None:
    """Say for each code of an order whether it needs prior authorization, and from whom.

    The answer names the printed line of the list that says so, and what to do.
    Several codes are one order. They are read as people write them: 27447-RT, "63650 x2",
    e0601 nu, with commas or blanks between them.
    """
    from precert.cli.asked import Told, order_of_codes, order_of_file
    from precert.determine import determine
    from precert.rulebook import load_rulebook

    if bool(codes) == (order_file is not None):
        expected = "expected codes, or --order FILE without codes"
        raise click.UsageError(expected)
    told = Told(
        complete, plan, client_managed, program, place_of_service, acquisition, units, modifiers
    )
    book = load_rulebook(rulebook)
    asked_on = on or datetime.now().astimezone().date()
    if order_file is None:
        order = order_of_codes(codes, told, asked_on, book)
    else:
        order = order_of_file(_read_order(order_file), told, asked_on, book)
    answer = determine(book, order)
    if as_json:
        from precert.cli.json_text import to_json
        from precert.determine import receipt

        click.echo(to_json(receipt(answer)))
    else:
        from precert.cli.answer_page import answer_page
        from precert.cli.page import print_page

        of_today = all(line.date_of_service == asked_on for line in order.lines)
        print_page(answer_page(answer, today=on is None and of_today))


def _read_order(path: str) -> object:
    from precert.cli.json_text import NotJson, read_json
    from precert.errors import BadOrder

    try:
        return read_json(path)
    except NotJson as error:
        raise BadOrder(read=_ORDER_FILE, expected=f"it to be read: {error}", where=path) from error
