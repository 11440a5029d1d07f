"""Browse and search, and the page of one code: an address in, rules with counts out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from precert.errors import CallerError
from precert.web.pages.rendering import asked_by_htmx, fragment, page
from precert.web.views.codes import code_view
from precert.web.views.search import Search, search_view
from precert.web.views.search_index import FILTERS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from precert.web.served import Served
    from precert.web.views.search import SearchView

_LONGEST_CODE = 7
_LONGEST_NUMBER = 6
_WRONG = 422
NAMES = {
    "requirement": "Decision",
    "platform": "Platform",
    "program": "Program",
    "condition": "Condition",
    "category": "Category",
}
"""What each filter is called, in the order in which they are shown."""
_OPEN = ("requirement", "platform", "program")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter: its words, its count, the address that chooses it or lets it go."""

    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values; `is_open` says that they are shown without being asked for."""

    name: str
    title: str
    values: tuple[FacetValue, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Looking:
    """What the address looks for: the text of the box, the chosen values, the edition, the page."""

    text: str
    chosen: tuple[tuple[str, str], ...]
    edition: str
    number: int

    def address(self, chosen: tuple[tuple[str, str], ...] | None = None, number: int = 1) -> str:
        """Return the address of this search with other values chosen, or of another page of it."""
        pairs = [
            ("q", self.text),
            *(self.chosen if chosen is None else chosen),
            ("edition", self.edition),
            ("page", str(number) if number > 1 else ""),
        ]
        told = [pair for pair in pairs if pair[1]]
        return f"/codes?{urlencode(told)}" if told else "/codes"

    def search(self) -> Search:
        """Return the search; the first word that may be a code is one, the others are words."""
        words = self.text.split()
        code = next((word for word in words if _may_be_code(word)), "")
        if code:
            words.remove(code)
        return Search(
            code=code,
            words=" ".join(words),
            program=self._values("program"),
            category=self._values("category"),
            requirement=self._values("requirement"),
            platform=self._values("platform"),
            condition=self._values("condition"),
            edition=self.edition or None,
            page=self.number,
        )

    def _values(self, of: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.chosen if name == of)


def codes_page(request: Request, served: Served) -> Response:
    """Return the page of a search, or only what was found where the page stands already."""
    looking = _looking(request)
    try:
        view, wrong = search_view(served, looking.search()), ""
    except CallerError as error:
        view, wrong = None, str(error)
    context = {
        "looking": looking,
        "view": view,
        "wrong": wrong,
        "facets": _facets(view, looking) if view else (),
        "chosen": _chosen(view, looking) if view else (),
        "editions": [book.edition.name for book in served.rulebook.editions],
    }
    if asked_by_htmx(request, "found"):
        typed = request.headers.get("HX-Trigger") == "search"
        header = "HX-Replace-Url" if typed else "HX-Push-Url"
        headers = {header: looking.address(number=looking.number)}
        return fragment("parts/found.html", {**context, "oob": True}, headers=headers)
    status = _WRONG if wrong else 200
    return page(served, "codes.html", "Codes", context, status=status)


def code_page(request: Request, served: Served) -> Response:
    """Return the page of a code: what each edition says of it. Raises `BadCode`."""
    view = code_view(served, request.path_params["code"])
    return page(served, "code.html", "Codes", {"view": view})


def _looking(request: Request) -> Looking:
    query = request.query_params
    chosen = [(name, value) for name, value in query.multi_items() if name in FILTERS and value]
    return Looking(
        text=" ".join(query.get("q", "").split())[:200],
        chosen=tuple(dict.fromkeys(chosen)),
        edition=query.get("edition", ""),
        number=_number(query.get("page", "")),
    )


def _number(text: str) -> int:
    """Return the number of a page; what is none is the first."""
    readable = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if readable else 1


def _may_be_code(word: str) -> bool:
    """Return whether a word is a code or its beginning: short, plain, with a digit in it."""
    plain = word.isascii() and word.isalnum() and len(word) <= _LONGEST_CODE
    return plain and any(sign.isdigit() for sign in word)


def _facets(view: SearchView, looking: Looking) -> tuple[Facet, ...]:
    by_name = {each.name: each for each in view.filters}
    return tuple(
        Facet(
            name,
            title,
            tuple(
                FacetValue(
                    value.label,
                    value.count,
                    value.selected,
                    looking.address(_toggled(looking.chosen, (name, value.value))),
                )
                for value in by_name[name].values
            ),
            name in _OPEN or any(value.selected for value in by_name[name].values),
        )
        for name, title in NAMES.items()
    )


def _chosen(view: SearchView, looking: Looking) -> tuple[tuple[str, str], ...]:
    """Return the chosen values in words, each with the address that lets it go."""
    labels = {
        (each.name, value.value): value.label for each in view.filters for value in each.values
    }
    return tuple(
        (
            f"{NAMES[name]}: {labels.get((name, value), value)}",
            looking.address(_toggled(looking.chosen, (name, value))),
        )
        for name, value in looking.chosen
    )


def _toggled(
    chosen: tuple[tuple[str, str], ...], one: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
    if one in chosen:
        return tuple(other for other in chosen if other != one)
    return (*chosen, one)
