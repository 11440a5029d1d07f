"""The rulebook page and that of differences: what it is made of, what an edition changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.diagnostics import catalogue
from precert.errors import CallerError
from precert.web.pages.chart import chart_of
from precert.web.pages.rendering import page
from precert.web.views.difference import diff_view
from precert.web.views.rulebook import rulebook_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from precert.diagnostics import Kind
    from precert.web.served import Served
    from precert.web.views.difference import DifferenceView, DiffView
    from precert.web.views.rulebook import DiagnosticView

MOST_SHOWN = 200
"""How many differences of a kind, and diagnostics of a code, a page shows."""
_WRONG = 422


@dataclass(frozen=True, slots=True)
class Found:
    """The diagnostics of one code, with its entry in the catalogue."""

    kind: Kind
    count: int
    shown: tuple[DiagnosticView, ...]


@dataclass(frozen=True, slots=True)
class OfKind:
    """The differences of one kind, as many as a page shows."""

    title: str
    count: int
    shown: tuple[DifferenceView, ...]


def rulebook_page(request: Request, served: Served) -> Response:  # noqa: ARG001 - as the others
    """Return the page of the rulebook, the newest edition first."""
    view = rulebook_view(served)
    editions = [
        (edition, chart_of(edition.programs), grouped(edition.diagnostics))
        for edition in reversed(view.editions)
    ]
    context = {"view": view, "editions": editions, "of_all": grouped(view.diagnostics)}
    return page(served, "rulebook.html", "Rulebook", context)


def diff_page(request: Request, served: Served) -> Response:
    """Return the page of what one edition says otherwise than another."""
    before, after = (request.query_params.get(name) or None for name in ("before", "after"))
    names = [book.edition.name for book in served.rulebook.editions]
    view, wrong = None, ""
    if len(names) > 1:
        try:
            view = diff_view(served, before, after)
        except CallerError as error:
            wrong = str(error)
    context = {
        "names": names,
        "view": view,
        "wrong": wrong,
        "kinds": _by_kind(view) if view else (),
        "before": view.before.edition if view else before or "",
        "after": view.after.edition if view else after or "",
    }
    status = _WRONG if wrong else 200
    return page(served, "diff.html", "Rulebook", context, status=status)


def grouped(diagnostics: Iterable[DiagnosticView]) -> tuple[Found, ...]:
    """Return the diagnostics by their codes, in the order of the codes."""
    of_code: dict[str, list[DiagnosticView]] = {}
    for found in diagnostics:
        of_code.setdefault(found.code, []).append(found)
    kinds = catalogue()
    return tuple(
        Found(kinds[code], len(several), tuple(several[:MOST_SHOWN]))
        for code, several in sorted(of_code.items())
    )


def _by_kind(view: DiffView) -> tuple[OfKind, ...]:
    return tuple(
        OfKind(view.kinds[kind], count, tuple(shown[:MOST_SHOWN]))
        for kind, count in view.counts.items()
        if (shown := [one for one in view.differences if one.kind is kind])
    )
