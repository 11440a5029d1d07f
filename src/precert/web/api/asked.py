"""What may be asked: an order as `determine.order_from_json` reads it, for the description.

Nothing is decoded into these: the order is read by the one reader that the command line uses too,
and a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

Units = Annotated[int, Meta(ge=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """A line of an order. What is not told, or null, is not known; it is never taken for a no.

    `modifiers` are all of the line's, at most four; an empty list tells that there are none.
    `program` is a choice of list: the whole name of a program. `line` is its number, from 1.
    """

    line: int | None = None
    code: str
    date_of_service: date | None = None
    modifiers: Annotated[list[str], Meta(max_length=4)] | None = None
    units: Units | str | None = None
    program: str | None = None
    place_of_service: str | None = None
    acquisition: Literal["purchase", "rental"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOrder:
    """An order. `complete` tells whether its lines are the whole of it.

    `age` is the member's on the date of service, `state` the member's (USPS), `diagnoses` are all
    of the order's (ICD-10-CM); an empty list tells that there are none.
    """

    lines: Annotated[list[AskedLine], Meta(min_length=1)]
    complete: bool | None = None
    plan: str | None = None
    client_managed: bool | None = None
    age: Annotated[int, Meta(ge=0, le=130)] | str | None = None
    state: str | None = None
    diagnoses: list[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOrders:
    """Several orders; each is answered by itself."""

    orders: Annotated[list[AskedOrder], Meta(min_length=1)]
