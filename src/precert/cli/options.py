"""The options and option types that several commands share."""

from __future__ import annotations

from datetime import date

import click


def day(text: str) -> date:
    """Return the day that an option's text writes, or say what was read and what was expected."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = f"read {text!r}, expected a date as YYYY-MM-DD"
        raise click.BadParameter(message) from None


rulebook_option = click.option(
    "--rulebook",
    metavar="DIR",
    help="Ask the rulebook in this folder, as `precert import` wrote it. Default: the bundled one.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for programs instead of words for people."
)
