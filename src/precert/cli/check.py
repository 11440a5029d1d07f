"""`precert check`: does this order need prior authorization, from whom, on which platform?"""

from __future__ import annotations

from datetime import date, datetime

import click

from precert.cli.options import day, json_option, rulebook_option
from precert.determine import Acquisition


@click.command(short_help="Answer an order of one or more codes.")
@click.argument("codes", nargs=-1, metavar="CODE...")
@click.option(
    "--complete",
    is_flag=True,
    help="The codes are the whole order; several codes count as it if nothing is told.",
)
@click.option("--partial", is_flag=True, help="The codes are not the whole order.")
@click.option("--on", type=day, metavar="YYYY-MM-DD", help="The date of service. Default: today.")
@click.option("--program", metavar="NAME", help="Ask this program's list; its beginning is enough.")
@click.option(
    "--plan", metavar="NAME", help="The member's plan; `other` is none of the rulebook's."
)
@click.option(
    "--client-managed",
    is_flag=True,
    help="The member's client (employer) has its client-specific codes managed.",
)
@click.option("--no-client-managed", is_flag=True, help="The client does not have them managed.")
@click.option("--age", metavar="N", help="The member's age in whole years on the date of service.")
@click.option("--state", metavar="XX", help="The state that the member is in: FL.")
@click.option(
    "--diagnosis",
    "diagnoses",
    multiple=True,
    metavar="CODE",
    help="A diagnosis of the order (ICD-10-CM), repeatable; tell all of them, or `none`.",
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
    help="A modifier of one code, repeatable, or `none`; with several codes write 27447-RT.",
)
@click.option("--order", "order_file", metavar="FILE", help="Read the order from JSON; - is stdin.")
@json_option
@rulebook_option
def command(
    *,
    codes: tuple[str, ...],
    complete: bool,
    partial: bool,
    on: date | None,
    program: str | None,
    plan: str | None,
    client_managed: bool,
    no_client_managed: bool,
    age: str | None,
    state: str | None,
    diagnoses: tuple[str, ...],
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
    from precert.determine import determine
    from precert.determine.asked import Told, asked_of_codes
    from precert.rulebook import load_rulebook

    if bool(codes) == (order_file is not None):
        expected = "expected codes, or --order FILE without codes"
        raise click.UsageError(expected)
    told = Told(
        _either("--complete", complete, "--partial", partial),
        plan,
        _either("--client-managed", client_managed, "--no-client-managed", no_client_managed),
        program,
        place_of_service,
        acquisition,
        units,
        modifiers,
        age,
        state,
        diagnoses,
    )
    book = load_rulebook(rulebook)
    today = datetime.now().astimezone().date()
    if order_file is None:
        asked = asked_of_codes(codes, told, on or today, book)
    else:
        from precert.cli.order_file import asked_of_file

        asked = asked_of_file(_read_order(order_file), told, on or today, book)
    answer = determine(book, asked.order)
    if as_json:
        from precert.cli.json_text import to_json
        from precert.determine import receipt

        click.echo(to_json(receipt(answer)))
    else:
        from precert.cli.answer_page import answer_page
        from precert.cli.page import print_page

        of_today = None if on else today
        print_page(answer_page(answer, today=of_today, as_file=asked.as_file))


def _either(yes: str, told_yes: bool, no: str, told_no: bool) -> bool | None:  # noqa: FBT001
    """Return what two flags tell, None where neither stands; both at once contradict each other."""
    if told_yes and told_no:
        both = f"{yes} and {no} contradict each other: expected one of them"
        raise click.UsageError(both)
    return told_yes if told_yes or told_no else None


def _read_order(path: str) -> object:
    from precert.cli.json_text import NotJson, read_json
    from precert.cli.refusals import Refused

    try:
        return read_json(path)
    except NotJson as error:
        raise Refused(str(error)) from error
