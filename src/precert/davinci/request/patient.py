"""The patient's facts, as far as they are told without doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.focus import Member
from precert.davinci.request.dates import day_of
from precert.davinci.request.reading import read_resource
from precert.davinci.request.resources.readers import PATIENT
from precert.facts import parse_state

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from precert.davinci.request.prefetch import Found
    from precert.davinci.request.resources.elements import Period
    from precert.davinci.request.resources.patient import Address

_HERE = frozenset({"", "us", "usa", "united states", "united states of america"})


def member_of(found: Found | None, today: date) -> Member:
    """Return the day of birth and the state of the patient, each None unless it is told wholly."""
    if found is None:
        return Member()
    patient = read_resource(PATIENT, found.raw, "Patient")
    return Member(day_of(patient.birth_date), _state(patient.address or (), today))


def is_over(period: Period | None, today: date) -> bool:
    """Return whether a period ended before today; one that ends in a month may not have."""
    end = None if period is None else day_of(period.end)
    return end is not None and end < today


def _state(addresses: Iterable[Address], today: date) -> str | None:
    """Return the state of the one current home; several homes in one state are one.

    An address without a use counts where none is called home.
    """
    current = [address for address in addresses if _is_current(address, today)]
    homes = [address for address in current if address.use == "home"]
    states = {_state_of(address) for address in homes or current if address.use in {"home", None}}
    return states.pop() if len(states) == 1 else None


def _is_current(address: Address, today: date) -> bool:
    if address.type == "postal" or is_over(address.period, today):
        return False
    start = None if address.period is None else day_of(address.period.start)
    return start is None or start <= today


def _state_of(address: Address) -> str | None:
    if (address.country or "").strip().casefold() not in _HERE:
        return None
    return parse_state(address.state or "")
