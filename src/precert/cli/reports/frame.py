"""The frame of every report: one HTML file, light or dark as the reader's screen, good on paper."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from precert.cli.reports.markup import Markup, element, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

# Nothing is loaded from anywhere, whatever a text in the page says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class Section(NamedTuple):
    """A part of a report: an id of its own, a heading, what stands in it."""

    id: str
    heading: str
    content: Markup


def page(
    title: str,
    summary: Markup,
    sections: Sequence[Section],
    footer: str,
    *,
    contents: bool = True,
) -> str:
    """Return the HTML file of a report; the footer also says what made it.

    `contents` are links to the sections; a report whose first table links to them needs none.
    """
    listed = _contents(sections) if contents else Markup("")
    body = _body(title, joined((summary, listed)), sections, footer)
    return "<!doctype html>\n" + element("html", _head(title), body, lang="en") + "\n"


def _head(title: str) -> Markup:
    style = files("precert.cli.reports").joinpath("report.css").read_text("utf-8")
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", " ".join(title.split())),
        element("style", Markup(style)),
    )


def _body(title: str, summary: Markup, sections: Sequence[Section], footer: str) -> Markup:
    made_by = f"Made by precert {version('precert')}. {footer}".strip()
    return element(
        "body",
        element("header", element("h1", title), summary),
        element("main", *map(_section, sections)),
        element("footer", element("p", made_by)),
    )


def _contents(sections: Sequence[Section]) -> Markup:
    links = (
        element("li", element("a", section.heading, href=f"#{section.id}")) for section in sections
    )
    listed = element("ul", *links)
    return element("nav", listed, aria_label="Contents") if len(sections) > 1 else Markup("")


def _section(section: Section) -> Markup:
    heading = element("h2", section.heading, id=section.id)
    return element("section", joined((heading, section.content)), aria_labelledby=section.id)
