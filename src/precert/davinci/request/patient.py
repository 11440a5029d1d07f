"""The patient's facts, as far as they are told without doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.davinci.focus import Member
from precert.davinci.request.dates import day_of, first_day_of, last_day_of
from precert.davinci.request.resources.patient import Patient
from precert.facts import parse_state

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from precert.davinci.request.found import Found
    from precert.davinci.request.resources.elements import Period
    from precert.davinci.request.resources.patient import Address

_HERE = frozenset({None, "", "US", "us", "usa", "united states", "united states of america"})


def member_of(found: Found | None, today: date) -> Member:
    """Return the day of birth and the state of the patient, each None unless it is told wholly."""
    if found is None or found.resource_type != Patient.resource_type:
        return Member()
    patient: Patient = found.read()
    if patient.is_modified():
        return Member()
    return Member(day_of(patient.birth_date), _state(patient.address or (), today))


def is_over(period: Period | None, today: date) -> bool:
    """Return whether a period ended before today; a month ends with its last day."""
    if period is None or period.end is None:
        return False
    end = last_day_of(period.end)
    return end is not None and end < today


def _state(addresses: Iterable[Address], today: date) -> str | None:
    """Return the state of the one current home; several homes in one state are one.

    An address without a use counts where none is called home.
    """
    homes: set[str | None] = set()
    others: set[str | None] = set()
    for address in addresses:
        use = address.use
        if (use is None or use == "home") and _is_current(address, today):
            (others if use is None else homes).add(_state_of(address))
    states = homes or others
    return states.pop() if len(states) == 1 else None


def _is_current(address: Address, today: date) -> bool:
    if address.type == "postal":
        return False
    if address.period is None:
        return True
    if is_over(address.period, today):
        return False
    start = None if address.period.start is None else first_day_of(address.period.start)
    return start is None or start <= today


def _state_of(address: Address) -> str | None:
    country = address.country
    if country not in _HERE and (country or "").strip().casefold() not in _HERE:
        return None
    return parse_state(address.state or "")
