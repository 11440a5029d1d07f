"""From what a person typed to the order that is asked: the codes, and what else was told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from precert.determine.named import named_as, plan_named
from precert.determine.order import Order
from precert.determine.order_facts import read_age, read_diagnosis, read_state
from precert.determine.order_line import Acquisition, OrderLine
from precert.determine.order_text import (
    read_lines,
    read_modifier,
    read_place_of_service,
    read_units,
)
from precert.errors import BadCode, BadOrder, UnknownProgram

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from precert.rulebook import AnyRulebook

_MAX_MODIFIERS = 4  # a claim line holds four
_NONE = "none"
_NUMBER = re.compile(r"'(\d{1,4})' is not a code")


class Told(NamedTuple):
    """What was told beside the codes, as typed; None or empty where nothing was."""

    complete: bool | None
    plan: str | None
    client_managed: bool | None
    program: str | None
    place_of_service: str | None
    acquisition: str | None
    units: str | None
    modifiers: tuple[str, ...]
    age: str | None = None
    state: str | None = None
    diagnoses: tuple[str, ...] = ()


class Asked(NamedTuple):
    """An order; `as_file` where it counts as the whole one because it came in a file."""

    order: Order
    as_file: bool = False


def asked_of_codes(codes: Iterable[str], told: Told, on: date, rulebook: AnyRulebook) -> Asked:
    """Return the order that the codes write, each line with what was told.

    The arguments are read as one text, however the shell split it: `63650 x2`, `e0601 nu`. Units
    and modifiers belong to one code; with several codes they are refused. Raises `CallerError`.
    """
    lines = _lines(" ".join(codes), on)
    if len(lines) > 1 and (told.units is not None or told.modifiers):
        option = "--units" if told.units is not None else "--modifier"
        raise BadOrder(
            read=f"{option} for {len(lines)} codes",
            expected="it beside the code that it belongs to, as in: 63650 x2, 27447-RT",
        )
    program = None if told.program is None else _program(told.program, rulebook)
    place = None if told.place_of_service is None else read_place_of_service(told.place_of_service)
    acquisition = None if told.acquisition is None else Acquisition(told.acquisition)
    order = Order(
        tuple(
            replace(
                line,
                units=_units(line, told.units),
                modifiers=_modifiers(line, told.modifiers),
                program=program,
                place_of_service=place,
                acquisition=acquisition,
            )
            for line in lines
        ),
        complete=told.complete,
        plan=None if told.plan is None else plan_named(rulebook, told.plan),
        client_managed=told.client_managed,
        age=None if told.age is None else read_age(told.age),
        state=None if told.state is None else read_state(told.state),
        diagnoses=told_diagnoses(told.diagnoses),
    )
    return Asked(order)


def told_diagnoses(told: Iterable[str]) -> tuple[str, ...] | None:
    """Return the diagnoses that the options write, `none` for none, None where nothing is told."""
    words = _words(told)
    if not words:
        return None
    return () if _is_none(words) else tuple(map(read_diagnosis, words))


def _lines(text: str, on: date) -> tuple[OrderLine, ...]:
    """Return the lines that the text writes; a bare number behind a code is told how to mean."""
    try:
        return read_lines([text], on=on)
    except BadCode as error:
        number = _NUMBER.match(str(error))
        if number is None:
            raise
        message = f"{error}; for units write x{number[1]}"
        raise BadCode(message) from error


def _program(told: str, rulebook: AnyRulebook) -> str:
    """Return the program that is meant by its name, in any case, or by how its name begins."""
    named = named_as(told, rulebook.program_names)
    if named is not None:
        return named
    wanted = told.strip().casefold()
    begin = [name for name in rulebook.program_names if name.casefold().startswith(wanted)]
    if not begin or not wanted:
        raise UnknownProgram(told, rulebook.program_names)
    if len(begin) > 1:
        raise BadOrder(read=f"the program {told!r}", expected=f"one of {', '.join(begin)}")
    return begin[0]


def _units(line: OrderLine, told: str | None) -> int | None:
    if told is None:
        return line.units
    units = read_units(told)
    if line.units not in {None, units}:
        raise BadOrder(read=f"{line.code} x{line.units} and --units {units}", expected="units once")
    return units


def _is_none(words: list[str]) -> bool:
    return len(words) == 1 and words[0].lower() == _NONE


def _words(told: Iterable[str]) -> list[str]:
    return [word for text in told for word in text.replace(",", " ").split()]


def _modifiers(line: OrderLine, told: Iterable[str]) -> tuple[str, ...] | None:
    words = _words(told)
    if not words:
        return line.modifiers
    if _is_none(words) and line.modifiers is None:
        return ()
    modifiers = tuple(dict.fromkeys((*(line.modifiers or ()), *map(read_modifier, words))))
    if len(modifiers) > _MAX_MODIFIERS:
        raise BadOrder(read=f"{len(modifiers)} modifiers", expected="at most four modifiers")
    return modifiers
