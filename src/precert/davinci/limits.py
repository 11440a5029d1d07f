"""How much one request may ask: the resources of a request in, or TooManyOrders out.

Each line of an order is answered by a look at all its others, and each candidate billing code of a
resource that has several is answered as an order of its own. What grows like that has an end, so
that one request never holds up those of others; no visit comes near it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.refused import TooManyOrders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.davinci.focus import Focus

MOST_LINES = 200
"""Lines of one order; of several orders their lines, squared and added up, count as much."""


def check_number(focuses: Sequence[Focus]) -> None:
    """Refuse what would take long to answer. Raises TooManyOrders."""
    singles = candidates = 0
    for focus in focuses:
        number = len(focus.billings)
        if number > 1:
            candidates += number
        else:
            singles += 1
    orders, lines = (candidates, singles + 1) if candidates else (1, singles)
    if orders * lines * lines > MOST_LINES * MOST_LINES:
        raise TooManyOrders(singles, candidates, MOST_LINES)
