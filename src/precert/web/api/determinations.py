"""POST /determinations: an order in, its receipt out; or several, each with its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from starlette.concurrency import run_in_threadpool

from precert.determine import determine, order_from_json, receipt
from precert.determine.order_json import brief
from precert.errors import BadOrder, CallerError
from precert.web.api.asked import AskedOrder, AskedOrders
from precert.web.api.operations import Operation
from precert.web.api.query import read_query
from precert.web.http.json_body import read_json
from precert.web.http.problems import Kind, RequestProblem, in_order, problem_of
from precert.web.http.request_id import request_id_of
from precert.web.http.responses import Json
from precert.web.views.problem import Problem
from precert.web.views.receipt import Receipt

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from precert.rulebook import AnyRulebook
    from precert.web.served import Served
    from precert.web.settings import ServeSettings

SCHEMA: Literal[1] = 1
_FEW = 50
"""So many lines are answered at once; more are answered beside the other requests."""
_TOO_MANY = Kind(413, "too-many-lines", "Too many order lines")


@dataclass(frozen=True, slots=True)
class DeterminationsQuery:
    """`on` is the date of service of the lines that tell none; today if it is not told."""

    on: date | None = None


@dataclass(frozen=True, slots=True)
class AnsweredOrder:
    """An order of several, by its place among them from 0: its receipt, or what is wrong with it.

    One of the two is null.
    """

    order: int
    receipt: Receipt | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to several orders, in their order: `answered` and `refused` are all of them."""

    schema: Literal[1]
    answered: int
    refused: int
    answers: tuple[AnsweredOrder, ...]


async def determinations(served: Served, request: Request) -> Response:
    """Answer one order, or several."""
    on = read_query(request, DeterminationsQuery).on or today()
    asked = await read_json(request)
    count = check_lines(asked, served.settings)
    request_id = request_id_of(request.scope)
    if count <= _FEW:
        return Json(_answer(asked, on, served.rulebook, request_id))
    return Json(await run_in_threadpool(_answer, asked, on, served.rulebook, request_id))


def today() -> date:
    """Return the day on this server's calendar."""
    return datetime.now().astimezone().date()


def check_lines(asked: object, settings: ServeSettings) -> int:
    """Return how many order lines were sent. Raises `RequestProblem` where they are too many."""
    if not isinstance(asked, dict):
        return 0
    orders = asked.get("orders")
    if not isinstance(orders, list):
        return _checked(_count_lines(asked), settings.max_order_lines, "lines")
    counts = [_count_lines(order) for order in orders]
    for at, count in enumerate(counts):
        _checked(count, settings.max_order_lines, f"orders[{at}].lines")
    return _checked(max(sum(counts), len(orders)), settings.max_lines, "orders")


def _checked(count: int, limit: int, where: str) -> int:
    if count > limit:
        read, expected = f"{count:,} lines", f"at most {limit:,}"
        raise RequestProblem(_TOO_MANY, read=read, expected=expected, where=where)
    return count


def _count_lines(order: object) -> int:
    """Return how many lines an order has; what is no order has none."""
    lines = order.get("lines") if isinstance(order, dict) else None
    return len(lines) if isinstance(lines, list) else 0


def _answer(asked: object, on: date, rulebook: AnyRulebook, request_id: str) -> dict[str, Any]:
    if isinstance(asked, dict) and "orders" in asked:
        return _several(asked, on, rulebook, request_id)
    return _one(asked, on, rulebook)


def _one(asked: object, on: date, rulebook: AnyRulebook) -> dict[str, Any]:
    return receipt(determine(rulebook, order_from_json(asked, on=on)))


def _several(
    asked: dict[str, Any], on: date, rulebook: AnyRulebook, request_id: str
) -> dict[str, Any]:
    orders = _orders(asked)
    answers = [_answered(at, order, on, rulebook, request_id) for at, order in enumerate(orders)]
    answered = sum(one["problem"] is None for one in answers)
    return {
        "schema": SCHEMA,
        "answered": answered,
        "refused": len(answers) - answered,
        "answers": answers,
    }


def _orders(asked: dict[str, Any]) -> list[object]:
    others = sorted(asked.keys() - {"orders"})
    if others:
        read = f"the key {brief(others[0])}"
        raise BadOrder(read, "orders alone", "the body")
    orders = asked["orders"]
    if not isinstance(orders, list) or not orders:
        raise BadOrder(brief(orders), "a list of at least one order", "orders")
    return orders


def _answered(
    at: int, order: object, on: date, rulebook: AnyRulebook, request_id: str
) -> dict[str, Any]:
    """Return the answer to one order of several: nothing that is wrong with it harms the others."""
    try:
        return {"order": at, "receipt": _one(order, on, rulebook), "problem": None}
    except CallerError as error:
        problem = problem_of(error, request_id)
        if problem is None:
            raise
        return {"order": at, "receipt": None, "problem": in_order(problem, at)}


OPERATION = Operation(
    name="determine",
    method="POST",
    path="/api/v1/determinations",
    summary="Answer an order, or several",
    description=(
        "Does each line of the order need prior authorization, from whom, through which platform, "
        "on its date of service? The answer to one order is its receipt. Of several orders each is "
        "answered by itself: one that cannot be read is told with its problem, beside the others."
    ),
    run=determinations,
    query=DeterminationsQuery,
    bodies=(AskedOrder, AskedOrders),
    answers=(Receipt, Answers),
    problems=(400, 413, 415, 422),
)
