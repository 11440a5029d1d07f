"""What the columns of a table of order lines mean: told by the user, or by their common names."""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from precert.determine import Look, looks_at
from precert.errors import BadColumns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from precert.rulebook import AnyRulebook


class Role(StrEnum):
    """What a column tells of an order line; the value is the name that precert itself gives it."""

    ORDER_ID = "order_id"
    CODE = "code"
    DATE_OF_SERVICE = "date_of_service"
    LINE_ID = "line_id"
    COMPLETE = "complete"
    CLIENT_MANAGED = "client_managed"
    PLAN = "plan"
    AGE = "age"
    STATE = "state"
    DIAGNOSES = "diagnoses"
    PROGRAM = "program"
    MODIFIERS = "modifiers"
    UNITS = "units"
    PLACE_OF_SERVICE = "place_of_service"
    ACQUISITION = "acquisition"


REQUIRED = (Role.ORDER_ID, Role.CODE, Role.DATE_OF_SERVICE)
OF_ORDER = (
    *(Role.COMPLETE, Role.CLIENT_MANAGED, Role.PLAN),
    *(Role.AGE, Role.STATE, Role.DIAGNOSES),
)
"""Facts of the order as a whole, told on any of its lines."""
OF_LINE = (
    Role.PROGRAM,
    Role.MODIFIERS,
    Role.UNITS,
    Role.PLACE_OF_SERVICE,
    Role.ACQUISITION,
)

Columns = dict[Role, tuple[str, ...]]
"""The columns of each role that the table has; modifiers and diagnoses may stand in several."""

ONLY_WHERE_SOUGHT = {Role.AGE: Look.AGE, Role.STATE: Look.STATE, Role.DIAGNOSES: Look.DIAGNOSES}
"""Roles whose names mean something else in many tables (the state of an order, the age of a
request): found by name only where a rule asks for the fact."""

# Beside a role's own name; written as `_plain` leaves them. A name that may as well mean something
# else (date, type, plan name) is not here: it must be told.
_COMMON_NAMES = {
    Role.ORDER_ID: ("orderno", "ordernumber", "accession", "accessionnumber", "accessionno"),
    Role.CODE: (
        *("cpt", "cptcode", "hcpcs", "hcpcscode", "cpthcpcs", "procedurecode", "proccode"),
        "billingcode",
    ),
    Role.DATE_OF_SERVICE: ("dos", "servicedate", "dateofservicefrom", "scheduleddate"),
    Role.LINE_ID: ("lineno", "linenumber"),
    Role.MODIFIERS: ("mods",),
    Role.UNITS: ("qty", "quantity"),
    Role.PLACE_OF_SERVICE: ("pos",),
    Role.AGE: ("memberage", "patientage"),
    Role.STATE: ("memberstate", "patientstate"),
    Role.DIAGNOSES: ("dxcodes", "diagnosiscodes", "icd10codes"),
}
# A modifier may go without a number: mod, mod2. A column dx may hold words: a diagnosis has one.
_NUMBERED = {
    Role.MODIFIERS: re.compile(r"mod(?:ifier)?[1-4]?"),
    Role.DIAGNOSES: re.compile(r"(?:dx|diag|diagnosis|icd10)(?:code)?[1-9][0-9]?"),
}


def find_columns(
    names: Sequence[str], told: Mapping[str, str], rulebooks: Iterable[AnyRulebook]
) -> Columns:
    """Return the columns of each role: as `told` (role to name), or by their common names.

    A role told as an empty text is left out, whatever the names are; several columns of modifiers
    or diagnoses are told with commas. Age, state and diagnoses are found by name only where a rule
    of the rulebooks asks for them. Raises `BadColumns` for a role or column that is not there, for
    a role that several columns may have, and for a required role without a column.
    """
    columns: Columns = {}
    for role_name, column_names in told.items():
        role = _role(role_name)
        parts = tuple(part.strip() for part in column_names.split(",") if part.strip())
        if column_names in names:
            parts = (column_names,)
        columns[role] = tuple(_column(part, names) for part in parts)
        if len(parts) > 1 and role not in _NUMBERED:
            raise BadColumns(
                read=f"several columns for {role}: {column_names}", expected="one column"
            )
    looks = looks_at(rule for rulebook in rulebooks for rule in rulebook.rules)
    for role in Role:
        sought = role not in ONLY_WHERE_SOUGHT or ONLY_WHERE_SOUGHT[role] in looks
        if sought and role not in columns:
            columns[role] = _recognised(role, names)
    missing = [role for role in REQUIRED if not columns[role]]
    if missing:
        _refuse_missing(missing, names)
    return {role: found for role, found in columns.items() if found}


def guess_columns(names: Sequence[str], rulebooks: Iterable[AnyRulebook]) -> Columns:
    """Return the columns of each role whose name says it, for a person to look at.

    A role that no column's name tells, or that several may have, is left out; nothing is refused.
    """
    looks = looks_at(rule for rulebook in rulebooks for rule in rulebook.rules)
    columns: Columns = {}
    for role in Role:
        if role not in ONLY_WHERE_SOUGHT or ONLY_WHERE_SOUGHT[role] in looks:
            with suppress(BadColumns):
                columns[role] = _recognised(role, names)
    return {role: found for role, found in columns.items() if found}


def _role(name: str) -> Role:
    try:
        return Role(_underscored(name))
    except ValueError:
        raise BadColumns(
            read=f"{name!r} as what a column means", expected=f"one of {', '.join(Role)}"
        ) from None


def _underscored(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def _column(told: str, names: Sequence[str]) -> str:
    """Return the column of that name, in any case where no column has it exactly."""
    if told in names:
        return told
    alike = [name for name in names if _plain(name) == _plain(told)]
    if len(alike) == 1:
        return alike[0]
    raise BadColumns(
        read=f"the column {told!r}", expected=f"one of the table's: {', '.join(names)}"
    )


def _recognised(role: Role, names: Sequence[str]) -> tuple[str, ...]:
    common = (_plain(role.value), *_COMMON_NAMES.get(role, ()))
    if role in _NUMBERED:
        single = tuple(name for name in names if _NUMBERED[role].fullmatch(_plain(name)))
        together = [name for name in names if _plain(name) in common]
        if single and together:  # either of them may be the other's copy
            return _only(role, [*together, *single])
        if single:
            return single
    exact = [name for name in names if _underscored(name) == role.value]
    if exact:
        return _only(role, exact)
    return _only(role, [name for name in names if _plain(name) in common])


def _only(role: Role, found: list[str]) -> tuple[str, ...]:
    if len(found) > 1:
        expected = f"one column for {role}; say which, as in --map {role}={found[0]!r}"
        raise BadColumns(read=f"the columns {', '.join(found)}", expected=expected)
    return tuple(found)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _refuse_missing(missing: Iterable[Role], names: Sequence[str]) -> None:
    maps = " ".join(f"--map {role}=NAME" for role in missing)
    raise BadColumns(
        read=f"the columns {', '.join(names) or '(none)'}",
        expected=f"a column for {', '.join(missing)}; say which, as in {maps}",
    )
