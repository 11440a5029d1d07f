"""Pages asked for and looked at: a client without a network, and the HTML as elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.testclient import TestClient

from precert.web.pages.routes import page_routes
from tests.web.support import served

if TYPE_CHECKING:
    from pathlib import Path

    from precert.rulebook import AnyRulebook

_VOID = {"br", "hr", "img", "input", "link", "meta"}
AS_ANSWER = {"HX-Request": "true", "HX-Target": "answer"}
AS_ASKED = {"HX-Request": "true", "HX-Target": "asked"}
AS_FOUND = {"HX-Request": "true", "HX-Target": "found"}


def client(rulebook: AnyRulebook, *documents: Path, folder: Path | None = None) -> TestClient:
    """Return what asks the pages of a rulebook; a bug in a page is raised."""
    return TestClient(Starlette(routes=page_routes(served(rulebook, *documents, folder=folder))))


@dataclass
class Element:
    """An element: its tag, its attributes, the text beneath it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Html(HTMLParser):
    """The elements of a page in their order; `wrong` says what is not well formed."""

    elements: list[Element] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.wrong.append(f"<{tag}> has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.wrong.append(f"</{tag}> where {[one.tag for one in self._open]} are open")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def close(self) -> None:
        super().close()
        self.wrong += [f"<{element.tag}> is never closed" for element in self._open]

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of a tag with these values of attributes, `_` for `-`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self.elements
            if one.tag == tag and wanted.items() <= one.attributes.items()
        ]

    def by_id(self, name: str) -> Element:
        """Return the only element of that id."""
        (found,) = (one for one in self.elements if one.attributes.get("id") == name)
        return found

    @property
    def words(self) -> str:
        """All text, with single blanks."""
        return " ".join(self.elements[0].text.split()) if self.elements else ""


def html(text: str) -> Html:
    """Return the elements of a page."""
    parsed = Html()
    parsed.feed(text)
    parsed.close()
    return parsed
