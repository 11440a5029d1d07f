"""What the address of an answer tells: an address in, an order out, and the address again.

Every fact stands in the address, also the day, so that it gives the same answer to whoever opens
it. A fact of one code among several has the code behind its name: `acquisition.E0601=rental`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from precert.determine import (
    Acquisition,
    plan_named,
    program_named,
    read_age,
    read_date,
    read_modifier,
    read_place_of_service,
    read_state,
    read_units,
)
from precert.determine.asked import Told, asked_of_codes, told_diagnoses
from precert.errors import BadOrder, CallerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from starlette.datastructures import QueryParams

    from precert.determine import Order, OrderLine
    from precert.rulebook import AnyRulebook

Read = TypeVar("Read")

_LONGEST = 20_000
_COMMAS = re.compile(r"\s*[,;][\s,;]*")
_YES, _NO = "yes", "no"
CODES = "codes"
OF_ONE_CODE = ("program", "place_of_service", "acquisition", "units", "modifiers")
"""Facts of a line, which may be told of one code only."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What was told, as it was typed; empty where nothing was.

    `of_codes` are the facts of single codes: the fact, the code, what was told. `rulebook` is the
    beginning of the digest that answered when the address was made.
    """

    codes: str = ""
    on: str = ""
    complete: str = ""
    plan: str = ""
    program: str = ""
    place_of_service: str = ""
    acquisition: str = ""
    units: str = ""
    modifiers: str = ""
    client_managed: str = ""
    age: str = ""
    state: str = ""
    diagnoses: str = ""
    rulebook: str = ""
    of_codes: tuple[tuple[str, str, str], ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the names and values of the address, without those that tell nothing."""
        told = [(field.name, getattr(self, field.name)) for field in fields(self)[:-1]]
        of_codes = [(f"{fact}.{code}", text) for fact, code, text in self.of_codes]
        return [pair for pair in told if pair[1]] + of_codes

    def address(self, path: str = "/") -> str:
        """Return the address that tells all of it."""
        return f"{path}?{urlencode(self.pairs())}" if self.pairs() else path

    @property
    def speaks_of_a_person(self) -> bool:
        """Whether facts of a member are told, which stand in the address as well."""
        return bool(self.age or self.state or self.diagnoses)

    @property
    def facts_are_told(self) -> bool:
        """Whether more is told than codes, day, plan and whether these are all codes."""
        plain = {"codes", "on", "complete", "plan", "rulebook"}
        return any(name not in plain for name, _ in self.pairs())


class Wrong(Exception):  # noqa: N818 - named for what is wrong, as in precert.errors
    """A field that cannot be read; `field` is its name, the text what to do."""

    def __init__(self, field: str, error: CallerError) -> None:
        """Take the field and what its reader said."""
        self.field = field
        named = "" if field == CODES else f"{field.replace('_', ' ')}: "
        super().__init__(f"{named}{error}")


def asking_of(query: QueryParams) -> Asking:
    """Return what an address tells; of a field that stands twice, the last that tells anything.

    `add` are codes that join the others. A name that is not known tells nothing.
    """
    told: dict[str, str] = {}
    of_codes: dict[tuple[str, str], str] = {}
    known = {field.name for field in fields(Asking)[:-1]}
    for name, value in query.multi_items():
        text = " ".join(value.split())
        fact, _, code = name.partition(".")
        if fact in OF_ONE_CODE and code and text:
            of_codes[fact, code.upper()] = text
        elif name in known and text:
            told[name] = text
    added = " ".join(query.get("add", "").split())
    if added:
        told["codes"] = ", ".join(part for part in (told.get("codes", ""), added) if part)
    if "codes" in told:
        told["codes"] = _COMMAS.sub(", ", told["codes"]).strip(", ")
    facts = tuple((fact, code, text) for (fact, code), text in of_codes.items())
    return replace(Asking(), of_codes=facts, **told)


def order_asked(asking: Asking, rulebook: AnyRulebook, max_lines: int) -> Order:
    """Return the order that is asked. Raises `Wrong` for the first field that cannot be read."""
    day: date = _read("on", lambda: read_date(asking.on))
    _check_fields(asking, rulebook)
    told = Told(
        complete={_YES: True, _NO: False}.get(asking.complete),
        plan=asking.plan or None,
        client_managed={_YES: True, _NO: False}.get(asking.client_managed),
        program=asking.program or None,
        place_of_service=asking.place_of_service or None,
        acquisition=asking.acquisition or None,
        units=asking.units or None,
        modifiers=(asking.modifiers,) if asking.modifiers else (),
        age=asking.age or None,
        state=asking.state or None,
        diagnoses=(asking.diagnoses,) if asking.diagnoses else (),
    )

    def read() -> Order:
        if len(asking.codes) > _LONGEST:
            read, expected = f"{len(asking.codes):,} characters", f"at most {_LONGEST:,}"
            raise BadOrder(read, expected)
        order = asked_of_codes([asking.codes], told, day, rulebook).order
        if len(order.lines) > max_lines:
            read, expected = f"{len(order.lines):,} codes", f"at most {max_lines:,} in an order"
            raise BadOrder(read, expected)
        lines = tuple(_with_own_facts(line, asking, rulebook) for line in order.lines)
        return replace(order, lines=lines)

    return _read(CODES, read)


def _check_fields(asking: Asking, rulebook: AnyRulebook) -> None:
    """Refuse what cannot be read beside the codes, each with the name of its field."""
    readers: dict[str, Callable[[str], object]] = {
        "complete": _yes_or_no,
        "plan": lambda text: plan_named(rulebook, text),
        "program": lambda text: program_named(rulebook, text),
        "place_of_service": read_place_of_service,
        "acquisition": _acquisition,
        "units": read_units,
        "client_managed": _yes_or_no,
        "age": read_age,
        "state": read_state,
        "diagnoses": lambda text: told_diagnoses([text]),
    }
    for field, reader in readers.items():
        text = getattr(asking, field)
        if text:
            _read(field, partial(reader, text))


def _with_own_facts(line: OrderLine, asking: Asking, rulebook: AnyRulebook) -> OrderLine:
    """Return the line with what was told of its code alone; what stands behind the code wins."""
    for fact, told in _own_facts(line, asking):
        match fact:
            case "program":
                line = replace(line, program=program_named(rulebook, told))
            case "place_of_service":
                line = replace(line, place_of_service=read_place_of_service(told))
            case "acquisition":
                line = replace(line, acquisition=_acquisition(told))
            case "units" if line.units is None:
                line = replace(line, units=read_units(told))
            case "modifiers" if line.modifiers is None:
                line = replace(line, modifiers=_modifiers(told))
    return line


def _own_facts(line: OrderLine, asking: Asking) -> Iterator[tuple[str, str]]:
    yield from ((fact, text) for fact, code, text in asking.of_codes if code == line.code)


def _modifiers(told: str) -> tuple[str, ...]:
    words = told.replace(",", " ").split()
    return () if words == ["none"] else tuple(map(read_modifier, words))


def _acquisition(told: str) -> Acquisition:
    try:
        return Acquisition(told)
    except ValueError:
        raise BadOrder(repr(told), " or ".join(Acquisition)) from None


def _yes_or_no(told: str) -> None:
    if told not in {_YES, _NO}:
        raise BadOrder(repr(told), f"{_YES} or {_NO}")


def _read(field: str, reader: Callable[[], Read]) -> Read:
    """Return what a reader returns; what it refuses is wrong with the field."""
    try:
        return reader()
    except CallerError as error:
        raise Wrong(field, error) from error
