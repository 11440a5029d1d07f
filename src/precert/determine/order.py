"""What is asked: the lines of an order, and the facts that were told about the order as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.determine.order_facts import check_age, read_diagnoses, read_state
from precert.determine.order_text import read_lines
from precert.errors import BadOrder

if TYPE_CHECKING:
    from datetime import date

    from precert.determine.order_line import OrderLine


@dataclass(frozen=True, slots=True)
class Order:
    """The lines that are asked together, and what was told about the member and the order.

    `complete` tells whether the lines are the whole order: told either way, or None. `plan` is one
    of the rulebook's plans or `other`; `client_managed` whether the member's client has its
    client-specific codes managed. `age` is the member's in whole years on the date of service,
    `state` the member's (USPS), `diagnoses` are all of the order's (ICD-10-CM); `()` tells that
    there are none.
    """

    lines: tuple[OrderLine, ...]
    complete: bool | None = None
    plan: str | None = None
    client_managed: bool | None = None
    age: int | None = None
    state: str | None = None
    diagnoses: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Bring state and diagnoses into canonical form; refuse what is no order.

        Raises `BadOrder`.
        """
        if not self.lines:
            raise BadOrder(read="nothing", expected="at least one line")
        if self.age is not None:
            check_age(self.age)
        if self.state is not None:
            object.__setattr__(self, "state", read_state(self.state))
        if self.diagnoses is not None:
            object.__setattr__(self, "diagnoses", read_diagnoses(self.diagnoses))

    @classmethod
    def of(cls, *texts: str, on: date | str, complete: bool | None = None) -> Order:
        """Return the order that `texts` write, as people write codes: `"27447-RT", "63650 x2"`.

        `on` is the date of service of every line, a date or an ISO text. Raises `BadCode` and
        `BadOrder`.
        """
        return cls(read_lines(texts, on=on), complete=complete)

    @property
    def is_complete(self) -> bool:
        """Whether the lines are known to be the whole order: so told, or several and not told."""
        return self.complete if self.complete is not None else len(self.lines) > 1
