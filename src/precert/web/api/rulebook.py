"""What the rulebook says: of a code, its rules, their printed lines, itself, two editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta
from starlette.concurrency import run_in_threadpool

from precert.errors import BadQuery
from precert.web.api.operations import Operation
from precert.web.api.query import read_query
from precert.web.http.responses import Json
from precert.web.views.codes import CodeView, code_view
from precert.web.views.difference import DiffView, diff_view
from precert.web.views.lines import AROUND, MOST_AROUND, LinesView, lines_view
from precert.web.views.rulebook import RulebookView, rulebook_view
from precert.web.views.search import Search, SearchView, search_view

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from precert.web.served import Served


@dataclass(frozen=True, slots=True)
class CodeQuery:
    """`on` asks the edition that answers for a day, `edition` the one of that name; else all."""

    on: date | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesQuery:
    """`rule` is a rule_id as answers cite it, `around` how many lines are told on either side.

    `edition` is the name of the rule's, the newest that holds it where it is not told.
    """

    rule: str
    edition: str | None = None
    around: Annotated[int, Meta(ge=0, le=MOST_AROUND)] = AROUND


@dataclass(frozen=True, slots=True)
class DiffQuery:
    """The names of two editions; `after` is the newest, `before` the one before it, if not told."""

    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class NoQuery:
    """No parameter at all."""


async def _code(served: Served, request: Request) -> Response:
    told = read_query(request, CodeQuery)
    if told.on is not None and told.edition is not None:
        read, expected = "on and edition", "one of them: both pick an edition"
        raise BadQuery(read, expected, "query")
    code = request.path_params["code"]
    view = await run_in_threadpool(code_view, served, code, on=told.on, edition=told.edition)
    return Json(view)


async def _rules(served: Served, request: Request) -> Response:
    search = read_query(request, Search)
    return Json(await run_in_threadpool(search_view, served, search, printed=True))


async def _lines(served: Served, request: Request) -> Response:
    told = read_query(request, LinesQuery)
    view = await run_in_threadpool(
        lines_view, served, told.rule, edition=told.edition, around=told.around
    )
    return Json(view)


async def _rulebook(served: Served, request: Request) -> Response:
    read_query(request, NoQuery)
    return Json(await run_in_threadpool(rulebook_view, served))


async def _diff(served: Served, request: Request) -> Response:
    told = read_query(request, DiffQuery)
    return Json(await run_in_threadpool(diff_view, served, told.before, told.after))


OPERATIONS = (
    Operation(
        name="show_code",
        method="GET",
        path="/api/v1/codes/{code}",
        summary="Everything of one code",
        description=(
            "Every rule of the code, edition by edition, the newest first; those of printed ranges "
            "that hold it are among them. A code that an edition does not list has no rules there."
        ),
        run=_code,
        query=CodeQuery,
        answers=(CodeView,),
        problems=(404, 422),
        path_words={"code": "A procedure code, in any case."},
    ),
    Operation(
        name="search_rules",
        method="GET",
        path="/api/v1/rules",
        summary="Search the rules of an edition",
        description=(
            "Several values of one filter are alternatives, filters narrow each other. Each "
            "filter's values are counted beside the other filters."
        ),
        run=_rules,
        query=Search,
        answers=(SearchView,),
        problems=(404, 422),
    ),
    Operation(
        name="show_lines",
        method="GET",
        path="/api/v1/lines",
        summary="The printed lines around a rule",
        description=(
            "Text is quoted only from the very document that the edition was compiled from, where "
            "the server was told of the user's own copy."
        ),
        run=_lines,
        query=LinesQuery,
        answers=(LinesView,),
        problems=(404, 422),
    ),
    Operation(
        name="show_rulebook",
        method="GET",
        path="/api/v1/rulebook",
        summary="What the rulebook is made of",
        description="Editions, documents, programs by requirement, and what is wrong with it.",
        run=_rulebook,
        query=NoQuery,
        answers=(RulebookView,),
        problems=(422,),
    ),
    Operation(
        name="compare_editions",
        method="GET",
        path="/api/v1/diff",
        summary="What differs between two editions",
        description="Codes added, removed and moved, changed answers, conditions and details.",
        run=_diff,
        query=DiffQuery,
        answers=(DiffView,),
        problems=(404, 422),
    ),
)
