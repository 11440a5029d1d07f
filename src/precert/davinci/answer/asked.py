"""What a request asks of the rulebook: its resources as orders, a line for each billing code.

All resources of a request are one order. Where each of them has one candidate billing code, that
order answers them all. A resource with several candidates bills one of them or more, and does not
say which: each candidate is asked with the certain lines of the other resources, as an order that
is not whole, so that what is settled so stays settled whatever is billed in the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from precert.davinci.focus import Billing, Focus
from precert.determine import OTHER_PLAN, Order, OrderLine
from precert.errors import BadCode, BadOrder
from precert.facts import OLDEST, parse_diagnosis, parse_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from precert.davinci.focus import Coverage, Gathered

_MAX_MODIFIERS = 4  # a claim line holds four
_MAX_UNITS = 999_999  # as an order file and a receipt hold them
_PLAIN = "none: they may change what the order means, and are not known here"
_MOST_TOGETHER = 200
"""So many resources are asked as one order: each line looks at the others. Of more, each is asked
by itself, which tells less and so settles nothing that would not stand."""
_MOST_LINES = 1_000
"""So many lines are asked for candidates with the certain lines; of more, each by itself."""


class LineOf(Struct, frozen=True, gc=False):
    """A candidate billing code of a resource, with the order line that it makes.

    Where it makes none, `refused` says in words why.
    """

    focus: Focus
    billing: Billing
    line: OrderLine | None
    refused: str = ""


class AskedOrder(Struct, frozen=True, gc=False):
    """An order, and where each of its lines comes from."""

    order: Order
    lines: tuple[LineOf, ...]


class Candidate(Struct, frozen=True, gc=False):
    """A candidate billing code of a resource: the line of an order that asks about it.

    `order` is its place among `Asked.orders`, `line` the number of the line in it. `refused` says
    in words why the code cannot be asked about; where it does, there is no line.
    """

    billing: Billing
    order: int = 0
    line: int = 0
    refused: str = ""


class AskedFocus(Struct, frozen=True, gc=False):
    """A resource that gets an answer, with its candidate billing codes; none where it has none."""

    focus: Focus
    candidates: Sequence[Candidate]


class Asked(Struct, frozen=True, gc=False):
    """All that a request asks."""

    orders: Sequence[AskedOrder]
    focuses: Sequence[AskedFocus]


class _Told(Struct, frozen=True, gc=False):
    """What is told of an order as a whole, in canonical form; None where it was not told."""

    plan: str | None
    client_managed: bool | None
    age: int | None
    state: str | None
    diagnoses: tuple[str, ...] | None


def asked_of(gathered: Gathered, today: date) -> Asked:
    """Return the orders that a request asks, and which of their lines ask about which resource.

    `today` is the date of service of a resource that tells none. What cannot be asked, as modifiers
    that contradict each other, is refused in words and leaves the order not whole. No error.
    """
    read = [_lines(focus, today) for focus in gathered.focuses]
    certain = _certain(read)
    orders: list[AskedOrder] = []
    told = _told(gathered, today)
    if certain:
        whole = gathered.complete and len(certain) == len(read)
        orders.append(_order(tuple(certain.values()), told, complete=whole))
    several = sum(map(len, read)) - len(certain)
    others = certain if several * (len(certain) + 1) <= _MOST_LINES else {}
    focuses, number = [], 0
    for index, focus in enumerate(gathered.focuses):
        number += index in certain
        if not focus.asked:
            continue
        if index in certain:
            candidates = [Candidate(certain[index].billing, 0, number)]
        else:
            candidates = _candidates(read[index], _around(index, others), told, orders)
        focuses.append(AskedFocus(focus, candidates))
    return Asked(orders, focuses)


def _certain(read: Sequence[Sequence[LineOf]]) -> dict[int, LineOf]:
    """Return the lines of the resources that bill one code and no other, by their place."""
    certain: dict[int, LineOf] = {}
    if len(read) <= _MOST_TOGETHER:
        for index, lines in enumerate(read):
            if len(lines) != 1 or lines[0].line is None:
                continue
            if not (lines[0].focus.unread or lines[0].focus.uncertain):
                certain[index] = lines[0]
    return certain


def _around(index: int, certain: Mapping[int, LineOf]) -> tuple[list[LineOf], list[LineOf]]:
    """Return the certain lines of the resources before the one at this place, and after it."""
    before = [each for at, each in certain.items() if at < index]
    return before, [each for at, each in certain.items() if at > index]


def _lines(focus: Focus, today: date) -> list[LineOf]:
    """Return the candidate billing codes of a resource, each once, with their order lines."""
    billings: Iterable[Billing] = focus.billings
    if len(focus.billings) > 1:  # one code may stand under two addresses of its system
        once: dict[tuple[str, tuple[str, ...] | None], Billing] = {}
        for billing in focus.billings:
            once.setdefault((billing.code, billing.modifiers), billing)
        billings = once.values()
    return [_read(focus, billing, today) for billing in billings]


def _read(focus: Focus, billing: Billing, today: date) -> LineOf:
    """Return a candidate billing code with its order line, or in words why it makes none."""
    try:
        return LineOf(focus, billing, _line(focus, billing, today))
    except BadOrder as error:
        return LineOf(focus, billing, None, f"read {error.read}, expected {error.expected}.")
    except BadCode as error:
        return LineOf(focus, billing, None, f"{error}.")


def _line(focus: Focus, billing: Billing, today: date) -> OrderLine:
    """Return the order line of a candidate billing code. Raises `BadCode` and `BadOrder`."""
    modifiers, units, code = billing.modifiers, focus.units, billing.code
    if focus.modified:
        raise BadOrder(read="a modifier extension or implicit rules", expected=_PLAIN, where=code)
    if focus.undated:
        raise BadOrder(read="a date of service without its day", expected="the day", where=code)
    if modifiers is not None and len(modifiers) > _MAX_MODIFIERS:
        expected = "at most four modifiers"
        raise BadOrder(read=f"{len(modifiers)} modifiers", expected=expected, where=code)
    if units is not None and units > _MAX_UNITS:
        expected = f"units from 1 to {_MAX_UNITS}"
        raise BadOrder(read=str(units)[:20], expected=expected, where=code)
    return OrderLine(code, focus.on or today, modifiers, units, None, focus.place_of_service)


def _candidates(
    lines: Iterable[LineOf],
    around: tuple[list[LineOf], list[LineOf]],
    told: _Told,
    orders: list[AskedOrder],
) -> list[Candidate]:
    """Return the candidates of a resource, each asked in an order of its own added to `orders`."""
    before, after = around
    candidates = []
    for each in lines:
        if each.line is None:
            candidates.append(Candidate(each.billing, refused=each.refused))
            continue
        candidates.append(Candidate(each.billing, order=len(orders), line=len(before) + 1))
        orders.append(_order((*before, each, *after), told, complete=False))
    return candidates


def _order(lines: tuple[LineOf, ...], told: _Told, *, complete: bool) -> AskedOrder:
    """Return the order of these lines, with what is told of the member."""
    asked = tuple([each.line for each in lines if each.line is not None])
    order = Order(
        asked,
        complete,
        told.plan,
        told.client_managed,
        told.age,
        told.state,
        told.diagnoses,
    )
    return AskedOrder(order, lines)


def _told(gathered: Gathered, today: date) -> _Told:
    """Return what is told of the order as a whole; what is no fact is not told.

    It is the same for every order that is made of the request: a line that was settled while its
    order told more than another one does would not stay so.
    """
    coverage, member = gathered.coverage, gathered.member
    age = None if member.born is None else _age(member.born, gathered.focuses, today)
    state = None if member.state is None else parse_state(member.state)
    diagnoses = _diagnoses(gathered.focuses)
    return _Told(_plan(coverage), coverage.client_managed, age, state, diagnoses)


def _plan(coverage: Coverage) -> str | None:
    """Return the plan; one that the rulebook does not know tells nothing."""
    plan = coverage.plan
    return plan if plan == OTHER_PLAN or plan in coverage.payer.rulebook.plans else None


def _age(born: date, focuses: Iterable[Focus], today: date) -> int | None:
    """Return the age in whole years, where it is the same on each resource's date of service."""
    told: int | None = None
    for focus in focuses:
        on = focus.on or today
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        if told is not None and age != told:
            return None
        told = age
    return told if told is not None and 0 <= told <= OLDEST else None


def _diagnoses(focuses: Iterable[Focus]) -> tuple[str, ...] | None:
    """Return the diagnoses, where each resource tells the same.

    What one order is for says nothing of another: it must neither spare nor bring it a case.
    """
    told: tuple[str, ...] | None = None
    for focus in focuses:
        read = _read_diagnoses(focus)
        if read is None or (told is not None and set(read) != set(told)):
            return None
        told = read if told is None else told
    return told


def _read_diagnoses(focus: Focus) -> tuple[str, ...] | None:
    """Return the diagnoses of a resource, None unless it tells them and all can be read."""
    read = tuple([parse_diagnosis(text) for text in focus.diagnoses or ()])
    known = tuple([diagnosis for diagnosis in read if diagnosis is not None])
    return known if focus.diagnoses is not None and len(known) == len(read) else None
