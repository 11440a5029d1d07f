"""The resources that a request asks about, hook by hook, each with what it tells for an order line.

Sources: CRD's hooks page and the CDS Hooks library ("Context"). An element that a hook requires and
that is not there is an error; anything else that is missing is not told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from precert.davinci.focus import Focus
from precert.davinci.limits import check_codings, check_listed
from precert.davinci.refused import NotAHookRequest
from precert.davinci.request.focusing import PRODUCTS, focus_of
from precert.davinci.request.hooks import Hook
from precert.davinci.request.references import parse_reference
from precert.davinci.request.resources.bundle import next_page
from precert.davinci.request.resources.readers import ORDERS
from precert.davinci.settings import Version

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from precert.davinci.request.found import Found
    from precert.davinci.request.hooks import Context, HookRequest
    from precert.davinci.request.lookup import Lookup
    from precert.davinci.request.resources.appointment import Appointment


class Focuses(Struct, frozen=True, gc=False):
    """The resources that are asked about.

    `complete` where they are known to be the whole order and each was read to one billing code.
    `missing` are the types of resources that are asked about and are not at hand.
    """

    focuses: tuple[Focus, ...]
    complete: bool = False
    missing: tuple[str, ...] = ()


def focuses_of(request: HookRequest, lookup: Lookup, default: Version) -> Focuses:
    """Return what the request's hook asks about; `default` is the version where it names none.

    What is not to be done (`doNotPerform`, or a status that gives it up) is left out. Raises
    `NotAHookRequest`.
    """
    context = request.context
    match request.hook:
        case Hook.ORDER_SIGN:
            _require(context.draft_orders, "draftOrders", "a Bundle of orders")
            # Only an order-select has selections: sent here, it is not yet the whole order.
            signed = _drafted(lookup, None)
            links = context.draft_orders.link if context.draft_orders else None
            is_whole = context.selections is None and not (links and next_page(links))
            return signed if is_whole else structs.replace(signed, complete=False)
        case Hook.ORDER_SELECT:
            _require(context.draft_orders, "draftOrders", "a Bundle of orders")
            return structs.replace(_drafted(lookup, context.selections), complete=False)
        case Hook.ORDER_DISPATCH:
            return _dispatched(context, lookup)
        case Hook.APPOINTMENT_BOOK:
            _require(context.appointments, "appointments", "a Bundle of appointments")
            return _booked(lookup, instead=request.version(default) is Version.V2_2)
        case Hook.ENCOUNTER_START | Hook.ENCOUNTER_DISCHARGE:
            return _encountered(context, lookup)
        case _:
            message = f"read another hook, expected one of {', '.join(Hook)}"
            raise NotAHookRequest(message)


def _require(element: object, name: str, expected: str) -> None:
    if not element:
        message = f"read no context.{name}, expected {expected}; the hook requires it"
        raise NotAHookRequest(message)


def _drafted(lookup: Lookup, selections: Sequence[str] | None) -> Focuses:
    """Return the draft orders; those that were not selected are only context.

    Where the selections name none of them, all are asked: no answer would look like an answer. They
    are the whole order unless an entry is no resource, or one whose kind nobody answers for.
    """
    selected = None if selections is None else set(_locals(selections))
    asked_about = _AskedAbout()
    given_up: set[str] = set()
    complete = True
    for found in lookup.resources.context:
        if found is None or found.resource_type not in ORDERS:
            complete = complete and found is not None and found.resource_type in PRODUCTS
            continue
        asked = selected is None or _is_selected(found, selected)
        focus = focus_of(found, lookup, asked=asked)
        if focus is not None:
            asked_about.add(focus, found)
        elif found.has_name:
            given_up.add(found.reference)
    focuses = asked_about.focuses
    if selected and not any(focus.asked for focus in focuses):
        focuses = [structs.replace(focus, asked=True) for focus in focuses]
    if given_up:
        focuses = [_uncertain(each) if each.reference in given_up else each for each in focuses]
    for focus in focuses:
        doubtful = focus.unread or focus.undated or focus.modified or focus.uncertain
        complete = complete and len(focus.billings) == 1 and not doubtful
    return Focuses(tuple(focuses), complete)


def _is_selected(found: Found, selected: Container[str]) -> bool:
    """Return whether a draft is among the selections, which some clients send without the type."""
    logical_id = found.local and found.local.partition("/")[2]
    return any(name and name in selected for name in (found.reference, found.url, logical_id))


class _AskedAbout:
    """The resources that are asked about, in their order: the same one once.

    Of two different ones of one name nobody knows which of them stands, so neither is certain.
    """

    __slots__ = ("_codings", "_others", "_places", "_told", "focuses")

    def __init__(self) -> None:
        self.focuses: list[Focus] = []
        self._places: dict[str, int] = {}
        self._others: dict[str, list[int]] = {}  # of a name that stands for several, but the first
        self._told: dict[int, Focus | None] = {}
        self._codings = 0

    def told(self, found: Found, lookup: Lookup) -> Focus | None:
        """Return what a resource at hand tells, read once however often it is referred to."""
        if id(found) not in self._told:
            self._told[id(found)] = focus_of(found, lookup)
        return self._told[id(found)]

    def add(self, focus: Focus, found: Found) -> None:
        """Add what a resource tells, to what it tells already if the same resource is there."""
        self._codings += len(focus.codings)
        check_codings(self._codings)
        focuses = self.focuses
        first = self._places.setdefault(focus.reference, len(focuses))
        if first < len(focuses) and found.has_name:
            others = self._others.setdefault(focus.reference, [])
            for place in (first, *others):
                if focuses[place].raw == focus.raw:
                    focuses[place] = _of_both(focuses[place], focus)
                    return
            others.append(len(focuses))
            focuses[first] = _uncertain(focuses[first])
            focus = _uncertain(focus)
        focuses.append(focus)


def _of_both(focus: Focus, again: Focus) -> Focus:
    """Return what one resource tells that was come by twice: it is done on the first of its days.

    Where one of them is not told to the day, that one may be the first.
    """
    undated = focus.undated or again.undated
    days = [each.on for each in (focus, again) if each.on is not None and not undated]
    on, asked = min(days, default=None), focus.asked or again.asked
    modified = focus.modified or again.modified
    return structs.replace(focus, on=on, undated=undated, asked=asked, modified=modified)


def _uncertain(focus: Focus) -> Focus:
    return structs.replace(focus, uncertain=True)


def _dispatched(context: Context, lookup: Lookup) -> Focuses:
    """Return the orders that are dispatched; the context has their references only."""
    references = context.dispatched()
    _require(references, "dispatchedOrders", "references to orders")
    check_listed(len(references))
    return _referred(references, ORDERS, lookup)


def _encountered(context: Context, lookup: Lookup) -> Focuses:
    """Return the encounter that starts or ends; the context has its id only."""
    _require(context.encounter_id, "encounterId", "the id of an Encounter")
    logical_id = (context.encounter_id or "").removeprefix("Encounter/")
    return _referred([f"Encounter/{logical_id}"], {"Encounter"}, lookup)


def _referred(references: Iterable[str], types: Iterable[str], lookup: Lookup) -> Focuses:
    asked_about = _AskedAbout()
    missing: list[str] = []
    for text in references:
        reference = parse_reference(text)
        if reference is not None and reference.resource_type not in types:
            continue
        found = lookup.find(text)
        if found is None:
            missing.append("order" if reference is None else reference.resource_type)
        elif found.resource_type in types and (focus := asked_about.told(found, lookup)):
            asked_about.add(focus, found)
    return Focuses(tuple(asked_about.focuses), missing=tuple(missing))


def _booked(lookup: Lookup, *, instead: bool) -> Focuses:
    """Return the appointments, and from CRD 2.2 on the orders that are asked `instead` of them.

    Such an order is done on the day of the appointment, the first one of several. Where none is at
    hand, the appointment is asked: a failure to read its order must not leave it without an answer.
    """
    asked_about = _AskedAbout()
    for found in lookup.resources.context:
        if found is None or found.resource_type != "Appointment":
            continue
        focus = focus_of(found, lookup)
        if focus is None:
            continue
        orders = list(_orders_of(found, focus, lookup, asked_about)) if instead else []
        asked_about.add(structs.replace(focus, asked=not orders), found)
        for order, of in orders:
            asked_about.add(order, of)
            check_listed(len(asked_about.focuses))
    return Focuses(tuple(asked_about.focuses))


def _orders_of(
    appointment: Found, told: Focus, lookup: Lookup, asked_about: _AskedAbout
) -> Iterator[tuple[Focus, Found]]:
    """Return what the ServiceRequests tell that an appointment is based on; `told` is its own."""
    dated = told.on is not None or told.undated
    booked: Appointment = appointment.read()
    for text in filter(None, (reference.reference for reference in booked.based_on or ())):
        reference = parse_reference(text)
        if reference is not None and reference.resource_type != "ServiceRequest":
            continue
        found = lookup.find(text, appointment)
        if found is not None and found.resource_type == "ServiceRequest":
            focus = asked_about.told(found, lookup)
            if focus is not None:
                modified = focus.modified or told.modified  # then so may be the day
                of_day = structs.replace(focus, on=told.on, undated=told.undated, modified=modified)
                yield of_day if dated else focus, found


def _locals(references: Iterable[str]) -> Iterator[str]:
    """Return the references as written, and without their server's address."""
    for text in references:
        reference = parse_reference(text)
        yield text
        if reference is not None:
            yield reference.local
