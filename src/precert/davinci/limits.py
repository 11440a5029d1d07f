"""How much one request may ask: the resources of a request in, or TooManyOrders out.

Each billing code costs time and some two kilobytes of answer, so that a body of a megabyte could
hold up the requests of others for seconds. No visit comes near the limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.refused import TooManyOrders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.davinci.focus import Focus

MOST_CODES = 1_000
"""Billing codes of one request, candidates too; a resource without one counts as one."""

MOST_CODINGS = 10_000
"""Codings of one request, billing codes or not; a product's count for each order that names it."""


def check_listed(number: int) -> None:
    """Refuse as many resources before any is read or asked for. Raises TooManyOrders."""
    if number > MOST_CODES:
        raise TooManyOrders(number, MOST_CODES)


def check_codings(number: int) -> None:
    """Refuse as many codings before more are read. Raises TooManyOrders."""
    if number > MOST_CODINGS:
        raise TooManyOrders(number, MOST_CODINGS, "codings")


def check_number(focuses: Sequence[Focus]) -> None:
    """Refuse what would take long to answer. Raises TooManyOrders."""
    number = 0
    for focus in focuses:
        number += len(focus.billings) or 1
    check_listed(number)
