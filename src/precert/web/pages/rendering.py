"""Templates in, HTML out: everything that a page prints is escaped, and nothing stands inline."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from precert.determine.words.rulebook import requirement_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from precert.web.served import Served

STATIC = Path(__file__).parent.parent / "static"
NAVIGATION = (
    ("/", "Ask"),
    ("/codes", "Codes"),
    ("/worklist", "Worklist"),
    ("/rulebook", "Rulebook"),
    ("/api", "API"),
)
"""The pages that every page links to, by the name that their `here` says."""


def render(template: str, context: Mapping[str, object]) -> str:
    """Return the text of a template, whole page or fragment."""
    return _environment().get_template(template).render(context)


def page(  # noqa: PLR0913 - what a page is made of
    served: Served,
    template: str,
    here: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Return a whole page; `here` names the entry of the navigation that it belongs to."""
    edition = served.rulebook.editions[-1].edition
    frame = {
        "navigation": NAVIGATION,
        "here": here,
        "served_list": f"{edition.payer} {edition.line_of_business}, edition {edition.name}",
    }
    return fragment(template, {**frame, **context}, status=status, headers=headers)


def fragment(
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Return a part of a page; a cache keeps it apart from the whole one of the same address."""
    told = {"Vary": "HX-Request, HX-Target", **(headers or {})}
    return HTMLResponse(render(template, context), status_code=status, headers=told)


def asked_by_htmx(request: Request, target: str) -> bool:
    """Return whether a page that stands already asks for one of its parts."""
    return (
        request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == target
    )


@cache
def static(name: str) -> str:
    """Return the address of a static file, which changes with its content."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _counted(number: int, thing: str) -> str:
    """Return how many there are of a thing: `1 line`, `2,000 lines`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("precert.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static
    environment.filters["segment"] = lambda text: quote(str(text), safe="")
    environment.filters["thousands"] = "{:,}".format
    environment.filters["counted"] = _counted
    environment.filters["decided"] = requirement_in_words
    environment.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
    return environment
