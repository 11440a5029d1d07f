"""The evidence pages: a rule or a printed line in, the lines around it out, its own one marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from precert.errors import BadQuery
from precert.web.pages.rendering import page
from precert.web.views.copies import copies_of
from precert.web.views.lines import AROUND, lines_view

if TYPE_CHECKING:
    from starlette.requests import Request

    from precert.model import Rule, SourceRef
    from precert.rulebook import Rulebook
    from precert.web.served import Served
    from precert.web.views.lines import LinesView

_MORE = 20


@dataclass(frozen=True, slots=True)
class NearLine:
    """A printed line near one on which no rule stands; `cells` is None where it is not at hand."""

    place: str
    here: bool
    cells: tuple[str, ...] | None


def rule_page(request: Request, served: Served) -> Response:
    """Return the page of a rule: its printed row among its neighbours, and what was read from it.

    Raises `UnknownRule`, `UnknownEdition`.
    """
    edition = request.query_params.get("edition")
    around = _MORE if request.query_params.get("around") == "more" else AROUND
    view = lines_view(served, request.path_params["rule_id"], edition=edition, around=around)
    context = {
        "view": view,
        "columns": columns_of(view),
        "near": _near(view),
        "payer": served.edition(view.rulebook.edition).edition.payer,
        "several": len(served.rulebook.editions) > 1,
        "more": around == AROUND,
        "told_documents": bool(served.settings.documents),
    }
    return page(served, "evidence.html", "Codes", context)


def line_page(request: Request, served: Served) -> Response:
    """Return the page of a printed line: that of the rule on it, else the line itself.

    Raises `UnknownEdition`, and `BadQuery` for a document that no edition was compiled from.
    """
    document, line = request.path_params["document"], request.path_params["line"]
    edition = request.query_params.get("edition")
    books = [
        book for book in served.picked(edition) if document in {one.name for one in book.documents}
    ]
    if not books:
        known = dict.fromkeys(one.name for b in served.picked(edition) for one in b.documents)
        raise BadQuery(repr(document), f"one of {', '.join(known)}", "document")
    for book in books:
        rules = _rules_on(book, document, line, request)
        if rules:
            told = f"?edition={quote(book.edition.name, safe='')}" if edition else ""
            return RedirectResponse(f"/rules/{quote(rules[0].rule_id)}{told}", status_code=303)
    return page(served, "line.html", "Rulebook", _bare_line(served, books[0], document, line))


def columns_of(view: LinesView) -> int:
    """Return how many columns of text the printed lines take."""
    return max((len(line.cells or ()) for line in view.lines), default=1)


def _near(view: LinesView) -> range:
    """Return which of the lines stand beside the marked one: a phone shows these alone."""
    own = next((at for at, line in enumerate(view.lines) if line.highlighted), 0)
    return range(own - 1, own + 2)


def _rules_on(book: Rulebook, document: str, line: int, request: Request) -> list[Rule]:
    """Return the rules of a line; `page` and `sheet` tell which, where lines begin anew on each."""
    sheet, number = request.query_params.get("sheet"), request.query_params.get("page")

    def is_meant(ref: SourceRef) -> bool:
        same = (ref.document, ref.line) == (document, line)
        of_page = number is None or str(ref.page) == number
        return same and of_page and (sheet is None or ref.sheet == sheet)

    return [rule for rule in book.rules if is_meant(rule.ref)]


def _bare_line(served: Served, book: Rulebook, document: str, line: int) -> dict[str, object]:
    """Return what is shown of a line without a rule: the lines around it, if they are at hand."""
    copies = copies_of(served, book)
    laid_out = copies.documents.get(document)
    lines = laid_out.lines if laid_out else ()
    near = tuple(
        NearLine(one.ref.place, one.ref.line == line, one.cells)
        for one in lines
        if abs(one.ref.line - line) <= AROUND and one.ref.page is None and one.ref.sheet is None
    )
    before = [rule for rule in book.rules if rule.ref.document == document and rule.ref.line < line]
    after = [rule for rule in book.rules if rule.ref.document == document and rule.ref.line > line]
    sha256 = {one.name: one.sha256 for one in book.documents}
    return {
        "document": document,
        "line": line,
        "sha256": sha256[document],
        "edition": book.edition.name,
        "near": near,
        "changed": document in copies.changed,
        "before": max(before, key=lambda rule: rule.ref.order, default=None),
        "after": min(after, key=lambda rule: rule.ref.order, default=None),
        "told_documents": bool(served.settings.documents),
    }
