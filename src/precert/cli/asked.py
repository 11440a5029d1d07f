"""From what was typed to the order that is asked: codes and options, or an order file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from precert.determine import (
    OTHER_PLAN,
    Acquisition,
    Order,
    OrderLine,
    order_from_json,
    read_lines,
    read_modifier,
    read_place_of_service,
    read_units,
)
from precert.errors import BadOrder, UnknownProgram

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from precert.rulebook import Rulebook

T = TypeVar("T", str, bool)

_MAX_MODIFIERS = 4  # a claim line holds four


class Told(NamedTuple):
    """What the options told; None or empty where they told nothing."""

    complete: bool | None
    plan: str | None
    client_managed: bool | None
    program: str | None
    place_of_service: str | None
    acquisition: str | None
    units: str | None
    modifiers: tuple[str, ...]


def order_of_codes(codes: Iterable[str], told: Told, on: date, rulebook: Rulebook) -> Order:
    """Return the order that the codes write, each line with what the options told.

    The arguments are read as one text, however the shell split it: `63650 x2`, `e0601 nu`. Units
    and modifiers belong to one code; with several codes they are refused. Raises `CallerError`.
    """
    lines = read_lines([" ".join(codes)], on=on)
    if len(lines) > 1 and (told.units is not None or told.modifiers):
        option = "--units" if told.units is not None else "--modifier"
        raise BadOrder(
            read=f"{option} for {len(lines)} codes",
            expected="it beside the code that it belongs to, as in: 63650 x2, 27447-RT",
        )
    program = None if told.program is None else _program(told.program, rulebook)
    place = None if told.place_of_service is None else read_place_of_service(told.place_of_service)
    acquisition = None if told.acquisition is None else Acquisition(told.acquisition)
    return Order(
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
        plan=None if told.plan is None else _plan(told.plan, rulebook),
        client_managed=told.client_managed,
    )


def order_of_file(value: object, told: Told, on: date, rulebook: Rulebook) -> Order:
    """Return the order of an order file, with what the options told about the order as a whole.

    A file that does not speak of `complete` is the whole order. What belongs to a line stands in
    the file, and nothing may be told twice. Raises `CallerError`.
    """
    of_a_line = {
        "--program": told.program,
        "--place-of-service": told.place_of_service,
        "--acquisition": told.acquisition,
        "--units": told.units,
        "--modifier": told.modifiers or None,
    }
    for option, given in of_a_line.items():
        if given is not None:
            raise BadOrder(read=f"{option} beside --order", expected="it in the lines of the file")
    order = order_from_json(value, on=on)
    silent = isinstance(value, dict) and "complete" not in value
    complete = _told_once("complete", order.complete, told.complete)
    return replace(
        order,
        complete=True if silent and complete is None else complete,
        plan=_told_once("plan", order.plan, told.plan and _plan(told.plan, rulebook)),
        client_managed=_told_once("client_managed", order.client_managed, told.client_managed),
    )


def _told_once(fact: str, in_file: T | None, by_option: T | None) -> T | None:
    if in_file is not None and by_option is not None and in_file != by_option:
        raise BadOrder(
            read=f"{fact}: {in_file!r} in the file and {by_option!r} as an option",
            expected="it once",
        )
    return by_option if in_file is None else in_file


def _program(told: str, rulebook: Rulebook) -> str:
    """Return the program that is meant by its name, in any case, or by how its name begins."""
    wanted = told.strip().casefold()
    names = rulebook.program_names
    found = [name for name in names if name.casefold() == wanted] or [
        name for name in names if wanted and name.casefold().startswith(wanted)
    ]
    if not found:
        raise UnknownProgram(told, names)
    if len(found) > 1:
        raise BadOrder(read=f"--program {told!r}", expected=f"one of {', '.join(found)}")
    return found[0]


def _plan(told: str, rulebook: Rulebook) -> str:
    """Return the plan as the rulebook writes it; an unknown one as told, `determine` refuses it."""
    known = (*rulebook.plans, OTHER_PLAN)
    return next((plan for plan in known if plan.casefold() == told.strip().casefold()), told)


def _units(line: OrderLine, told: str | None) -> int | None:
    if told is None:
        return line.units
    units = read_units(told)
    if line.units not in {None, units}:
        raise BadOrder(read=f"{line.code} x{line.units} and --units {units}", expected="units once")
    return units


def _modifiers(line: OrderLine, told: Iterable[str]) -> tuple[str, ...]:
    words = [word for text in told for word in text.replace(",", " ").split()]
    modifiers = tuple(dict.fromkeys((*line.modifiers, *map(read_modifier, words))))
    if len(modifiers) > _MAX_MODIFIERS:
        raise BadOrder(read=f"{len(modifiers)} modifiers", expected="at most four modifiers")
    return modifiers
