"""Hypothesis strategies for asking: orders over given codes, one fact told more, invented lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from precert.determine import OTHER_PLAN, Acquisition, Order, OrderLine
from tests.support.rulebooks import LINK_ONLY, PLANS, PROGRAMS, Row, book, code, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from precert.rulebook import Rulebook

DAYS = (date(2026, 3, 2), date(2026, 3, 3), date(2025, 12, 31), date(2027, 1, 2))
"""Two days of the edition, the day before it and the day after its review date."""

MODIFIERS = (None, None, None, (), ("RT",), ("50", "KH"), ("NU",), ("RR", "KH"))
AGES = (0, 20, 21, 64, 130)
STATES = ("FL", "GA", "PR")
DIAGNOSES = ((), ("C50.911",), ("C50",), ("Z00.0", "M80.05"), ("M1A.0",))
OF_MEMBER: dict[str, Sequence[Any]] = {"age": AGES, "state": STATES, "diagnoses": DIAGNOSES}
INVENTED_CODES = ("K0001", "K0002", "E0601", "E0470", "J7330")
INVENTED_RANGES = ("K0001-K0009", "E0470-E0601", "E0600-E0699")


class Asking(NamedTuple):
    """What orders are drawn from."""

    codes: Sequence[str]
    programs: Sequence[str] = ()
    plans: Sequence[str] = PLANS


def order_lines(asking: Asking) -> st.SearchStrategy[OrderLine]:
    """Order lines of these codes; mostly on one day, mostly with little told."""
    nothing = st.none()
    days = st.sampled_from((DAYS[0],) * 5 + DAYS)
    programs = nothing | st.sampled_from(asking.programs) if asking.programs else nothing
    return st.builds(
        OrderLine,
        code=st.sampled_from(asking.codes).map(code),
        date_of_service=days,
        modifiers=st.sampled_from(MODIFIERS),
        units=nothing | st.integers(1, 6),
        program=nothing | nothing | programs,
        place_of_service=nothing | st.sampled_from(["11", "12"]),
    ).flatmap(_perhaps_acquired)


def _perhaps_acquired(line: OrderLine) -> st.SearchStrategy[OrderLine]:
    """The line, or the line with purchase or rental told where its modifiers do not say it."""
    if line.acquired() is not None:
        return st.just(line)
    told = st.none() | st.sampled_from(Acquisition)
    return told.map(lambda acquisition: replace(line, acquisition=acquisition))


def orders(asking: Asking, max_lines: int = 5) -> st.SearchStrategy[Order]:
    """Orders of at most that many lines."""
    return st.builds(
        Order,
        lines=st.lists(order_lines(asking), min_size=1, max_size=max_lines).map(tuple),
        complete=st.none() | st.booleans(),
        plan=st.none() | st.sampled_from([*asking.plans, OTHER_PLAN]),
        client_managed=st.none() | st.booleans(),
        **{name: st.none() | st.sampled_from(values) for name, values in OF_MEMBER.items()},
    )


@st.composite
def told_more(draw: st.DrawFn, order: Order, asking: Asking) -> Order:
    """The order with one more fact told, or with further lines while it may have some.

    Several lines are the whole order unless told otherwise, so `complete` is then told already.
    """
    ways = [
        st.sampled_from(values).map(_telling(order, name))
        for name, values in OF_MEMBER.items()
        if getattr(order, name) is None
    ]
    if order.complete is None and len(order.lines) == 1:
        ways.append(st.booleans().map(lambda told: replace(order, complete=told)))
    if order.plan is None:
        plans = st.sampled_from([*asking.plans, OTHER_PLAN])
        ways.append(plans.map(lambda told: replace(order, plan=told)))
    if order.client_managed is None:
        ways.append(st.booleans().map(lambda told: replace(order, client_managed=told)))
    if not order.is_complete:
        further = st.lists(order_lines(asking), min_size=1, max_size=3)
        ways.append(further.map(lambda told: replace(order, lines=(*order.lines, *told))))
    for index in range(len(order.lines)):
        ways.extend(_line_told_more(order, index))
    return draw(st.one_of(ways)) if ways else order


def _telling(order: Order, name: str) -> Callable[[object], Order]:
    def tell(value: Any) -> Order:  # noqa: ANN401  (the fact's own type)
        return replace(order, **{name: value})

    return tell


def _agrees(modifiers: tuple[str, ...], acquired: Acquisition | None) -> bool:
    """Whether the modifiers say nothing against what was told, nor more than was told."""
    says = OrderLine(code("99999"), DAYS[0], modifiers).acquired()
    return says is None or acquired in {None, says}


def _line_told_more(order: Order, index: int) -> list[st.SearchStrategy[Order]]:
    facts: dict[str, st.SearchStrategy[object]] = {
        "units": st.integers(1, 6),
        "place_of_service": st.sampled_from(["11", "12"]),
    }
    acquired = order.lines[index].acquired()
    if acquired is None:
        facts["acquisition"] = st.sampled_from(Acquisition)
    agreeing = [m for m in MODIFIERS if m is not None and _agrees(m, acquired)]
    facts["modifiers"] = st.sampled_from(agreeing)
    before, line, after = order.lines[:index], order.lines[index], order.lines[index + 1 :]

    def telling(name: str) -> Callable[[object], Order]:
        def tell(value: Any) -> Order:  # noqa: ANN401  (the fact's own type)
            return replace(order, lines=(*before, replace(line, **{name: value}), *after))

        return tell

    return [
        values.map(telling(name)) for name, values in facts.items() if getattr(line, name) is None
    ]


SCOPE = (
    "age(from=21)",
    "age(to=20)",
    "at-place(11, 22)",
    "in-state(FL, GA)",
    "with-diagnosis(C50, M80.0-M80.9)",
    "with-modifier(RT, 50)",
    "units-above(3)",
)
OTHERWISE = (
    *("", ""),
    "otherwise(not-required)",
    "otherwise(required)",
    "otherwise(add-on)",
    "otherwise(out-of-scope)",
)
CONDITIONS = (
    "with-program(Wheels, Air)",
    "with-program(Knees)",
    "with-code(K0002)",
    "for-plan(Silver)",
    "client-specific",
    "defers-to(Air)",
    "defers-to(Wheels)",
    "unread(note, 0123456789ab)",
    "no-auth-stated",
    "no-auth-stated(from=2026-03-03)",
    "denied-if-requested(K0001, E0601)",
    "contact(payer, phone=1)",
    "contact(manufacturer)",
    "contact(payer, from=2026-03-03)",
    "purchase",
    "purchase-above(4)",
    "describe-procedure",
    "at-home",
    *SCOPE,
    *OTHERWISE[2:],
    "unless-age(from=21, to=64)",
    "unless-in-state(PR)",
    "with-diagnosis(C50.9, M05-M14)",
    "unless-with-diagnosis(C50)",
    "unless-with-modifier(NU)",
    "unless-units-above(2, per=line)",
    "add-on-to(K0002, E0600-E0699)",
)
REQUIREMENTS = ("required",) * 3 + (
    *("not-required", "out-of-scope", "add-on", "investigational", "unlisted", "unread"),
)


def _joined(conditions: list[str]) -> str:
    return "; ".join(filter(None, conditions))


def rows() -> st.SearchStrategy[Row]:
    """Rows of an invented list, with every requirement and condition; some are for a range."""
    conditions = st.lists(st.sampled_from(CONDITIONS), max_size=3, unique=True)
    of_scope = st.tuples(st.sampled_from(SCOPE), st.sampled_from(OTHERWISE)).map(list)
    return st.builds(
        row,
        st.sampled_from(PROGRAMS),
        st.sampled_from(INVENTED_CODES) | st.sampled_from(INVENTED_CODES + INVENTED_RANGES),
        st.sampled_from(REQUIREMENTS),
        st.just("") | (conditions | of_scope).map(_joined),
        platform=st.sampled_from(["Northwind", "Southwind", "payer", None]),
        category=st.sampled_from(["Things", "Parts"]),
        heading=st.sampled_from(["", "New"]),
        descriptor_add_on=st.sampled_from([False, False, True]),
        effective_from=st.sampled_from([None, None, date(2026, 3, 3)]),
    )


def lists() -> st.SearchStrategy[list[Row]]:
    """Invented lists: few codes, so that they meet each other."""
    return st.lists(rows(), min_size=1, max_size=8)


def rulebooks() -> st.SearchStrategy[Rulebook]:
    """Rulebooks of invented lists."""
    return lists().map(lambda drawn: book(*drawn))


INVENTED = Asking(INVENTED_CODES, (*PROGRAMS, *LINK_ONLY))
"""What orders over an invented list are drawn from."""
