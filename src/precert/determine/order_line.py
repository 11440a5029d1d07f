"""One line of an order: a code, a date of service, and the facts that were told about it.

A fact that was not told is None, which is not "no".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from precert.codes import is_code, parse_code, parse_modifier
from precert.errors import BadCode, BadOrder

if TYPE_CHECKING:
    from precert.model import Code


class Acquisition(StrEnum):
    """How equipment is obtained."""

    PURCHASE = "purchase"
    RENTAL = "rental"


_PLACE = re.compile(r"[0-9]{2}")

# CMS HCPCS Level II modifiers for durable medical equipment. KH (first month of a rental, or the
# purchase) tells neither and is left out on purpose.
_BY_MODIFIER = {
    "NU": Acquisition.PURCHASE,
    "UE": Acquisition.PURCHASE,
    "BP": Acquisition.PURCHASE,
    "RR": Acquisition.RENTAL,
    "BR": Acquisition.RENTAL,
    "KI": Acquisition.RENTAL,
    "KJ": Acquisition.RENTAL,
    "LL": Acquisition.RENTAL,
}


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One code to be done on one date, with what was told about it.

    `modifiers` are all of the line's; `()` tells that there are none. `units` counts from 1;
    `place_of_service` is CMS's two-digit code; `program` chooses the list's program by name (a
    choice of list, not a fact).
    """

    code: Code
    date_of_service: date
    modifiers: tuple[str, ...] | None = None
    units: int | None = None
    program: str | None = None
    place_of_service: str | None = None
    acquisition: Acquisition | None = None

    def __post_init__(self) -> None:
        """Bring the code and the modifiers into canonical form; refuse what is no order line.

        A mistyped code that got here by way of a plain text would be "not listed", a modifier in
        lower case would be lost, and what was told twice in contradiction would be a question.
        Raises `BadCode` and `BadOrder`.
        """
        code = parse_code(self.code)
        if not is_code(code):
            raise BadCode(str(code))
        object.__setattr__(self, "code", code)
        if isinstance(self.date_of_service, datetime) or not isinstance(self.date_of_service, date):
            raise BadOrder(read=repr(self.date_of_service), expected="a date", where=code)
        if self.place_of_service is not None and not _PLACE.fullmatch(self.place_of_service):
            expected = "a place of service code of two digits (11 office, 12 home)"
            raise BadOrder(read=repr(self.place_of_service), expected=expected, where=code)
        if self.acquisition is not None:
            object.__setattr__(self, "acquisition", _acquisition(self.acquisition, code))
        if self.units is not None and self.units < 1:
            raise BadOrder(read=str(self.units), expected="units from 1", where=code)
        if self.modifiers is not None:
            object.__setattr__(self, "modifiers", _canonical(self.modifiers, code))
        told = self._told() if self.modifiers or self.acquisition is not None else ()
        if len(told) > 1:
            read = f"both {' and '.join(sorted(told))} (acquisition, modifiers)"
            raise BadOrder(read=read, expected="one of them", where=code)

    def acquired(self) -> Acquisition | None:
        """Return purchase or rental as told or as the modifiers say; None if neither is told."""
        return next(iter(self._told()), None)

    def _told(self) -> set[Acquisition]:
        modifiers = self.modifiers or ()
        told = {_BY_MODIFIER[modifier] for modifier in modifiers if modifier in _BY_MODIFIER}
        return told if self.acquisition is None else told | {self.acquisition}


def _acquisition(told: str, code: Code) -> Acquisition:
    try:
        return Acquisition(told)
    except ValueError:
        expected = " or ".join(Acquisition)
        raise BadOrder(read=repr(told), expected=expected, where=code) from None


def _canonical(modifiers: tuple[str, ...], code: Code) -> tuple[str, ...]:
    """Return the modifiers in canonical form. Raises `BadOrder`, for a plain text too."""
    canonical = [parse_modifier(modifier) for modifier in modifiers]
    known = tuple(modifier for modifier in canonical if modifier is not None)
    if isinstance(modifiers, str) or len(known) < len(canonical):
        expected = 'modifiers of two letters or digits, as ("RT", "50")'
        raise BadOrder(read=repr(modifiers), expected=expected, where=code)
    return known
