"""The HTML reports: well formed, accessible, by themselves, and no text in them is code."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from precert.cli.diff_report import compare
from precert.cli.diff_sides import Side
from precert.cli.reports.diff_html import diff_as_html
from precert.cli.reports.frame import Section, page
from precert.cli.reports.lint_html import lint_as_html
from precert.cli.reports.markup import Markup, element, text
from precert.cli.reports.tables import Cell, Line, counted, table
from precert.compiler import Accounting, Lint
from precert.diagnostics import catalogue
from tests.cli import invented
from tests.cli.test_diff import AFTER
from tests.cli.test_lint import PATHS, diagnostics_of_pages_and_sheets
from tests.rulebook.test_diff import Row, listed

if TYPE_CHECKING:
    from tests.cli.conftest import Run

HOSTILE = "<script>alert('x')</script> & \"quoted\" </td></table><img src=x onerror=y> \u202egnirts"
VOID = {"meta", "br"}


class Page(HTMLParser):
    """A page as a browser reads it; an element that is not closed in its turn is refused."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop(), f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["title"]):
            self.words.append(data)

    def values(self, name: str, *tags: str) -> list[str | None]:
        """Return the values of an attribute, of these elements or of all."""
        return [
            value
            for tag, key, value in self.attributes
            if key == name and (not tags or tag in tags)
        ]


def checked(html: str) -> Page:
    """Return the page, which is what every report has to be."""
    read = Page(html)
    assert html.startswith("<!doctype html>\n")
    assert read.values("lang", "html") == ["en"]
    assert ("meta", "charset", "utf-8") in read.attributes
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    links = [str(value) for value in read.values("href")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert set(map(str, read.values("aria-labelledby"))) <= set(ids)
    assert all(link.startswith("#") for link in links)
    assert not {"script", "link", "img", "iframe", "object"} & set(read.tags)
    assert not [name for _, name, _ in read.attributes if name == "src" or name.startswith("on")]
    assert not re.search(r"(https?:)?//|url\(|@import", html)
    headings = [int(tag[1]) for tag in read.tags if re.fullmatch("h[1-6]", tag)]
    assert headings[:1] == [1]
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert len(read.values("scope", "th")) == read.tags.count("th")
    assert read.tags.count("caption") == read.tags.count("table")
    return read


def test_a_comparison(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("before.md").write_text(invented.LIST, encoding="utf-8")
    Path("after.md").write_text(AFTER, encoding="utf-8")
    done = run("diff", "before.md", "after.md", "--format", "html", "-o", "report.html")
    assert (done.exit_code, done.stdout) == (1, "")
    read = checked(Path("report.html").read_text("utf-8"))
    said = " ".join(read.words)
    assert "Cigna Commercial: 6 differences" in said
    assert "Codes added: 1" in said
    assert {"E0255", "A7030", "authorization not required", "line 10"} <= set(read.words)
    assert run("diff", "before.md", "before.md", "--format", "html").exit_code == 0


def test_nothing_differs() -> None:
    side = Side("a", listed(Row("Air", "E0601")), dated=True)
    assert "nothing differs" in " ".join(checked(diff_as_html(compare(side, side))).words)


def test_hostile_texts_in_a_comparison_are_words() -> None:
    before = listed(Row(HOSTILE, "E0601", heading="a"), Row("Air", "E0470"))
    after = listed(
        Row(HOSTILE, "E0601", heading=HOSTILE, platform=HOSTILE, category='"><b>'),
        Row("Air", "E0470"),
        document="<b>.md",
        payer=HOSTILE,
    )
    sides = Side("<a>", before, dated=True), Side(HOSTILE, after, dated=False)
    read = checked(diff_as_html(compare(*sides)))
    said = "".join(read.words)
    assert "<script>alert('x')</script> & \"quoted\" </td></table><img" in said
    assert "\u202e" not in said
    assert "\\u202egnirts" in said
    assert "b" not in read.tags


@pytest.mark.parametrize("program", ["Air", "<i>"])
def test_every_kind_of_difference_has_its_table(program: str) -> None:
    kept = [Row(name, "S9999") for name in (program, "Wheels", "Knees")]
    renamed = [Row("Old name", text) for text in ("J7330", "A4604")]
    before = listed(
        *kept,
        *(Row(program, text) for text in ("K0001", "K0002", "K0003", "E0601")),
        *(Row("Wheels", text) for text in ("E0470", "E0471")),
        *renamed,
    )
    after = listed(
        *kept,
        Row(program, "27447"),
        Row("Knees", "K0002", "not-required"),
        Row(program, "K0003", "unlisted", "payer", "no-auth-stated", heading="New"),
        Row(program, "E0601", conditions="purchase"),
        Row("Wheels", "E0470", heading="New"),
        Row("Wheels", "E0471"),
        *(row._replace(program="New name") for row in renamed),
        vendor="Another",
    )
    report = compare(Side("a", before, dated=True), Side("b", after, dated=True))
    read = checked(diff_as_html(report))
    assert len({one.kind for one in report.differences.found}) == 8
    assert read.tags.count("table") == 9
    assert set(read.values("id")) == {"overview", *(one.kind for one in report.differences.found)}
    assert "4" in read.values("rowspan")


def test_a_lint_for_the_owner_of_the_list(run: Run, document: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    assert str(tmp_path) not in run("diff", str(document), str(document), "--format", "html").stdout
    done = run("lint", str(document), "--format", "html", "-o", str(report))
    assert (done.exit_code, done.stdout) == (1, "")
    read = checked(report.read_text("utf-8"))
    said = " ".join(read.words)
    assert str(tmp_path) not in said
    assert f"What is wrong with {invented.DOCUMENT}" in said
    for code in ("PC301", "PC402"):
        assert code in read.values("id")
        for part in (catalogue()[code].what, catalogue()[code].why, catalogue()[code].remedy):
            assert part in read.words
    assert "line 10" in read.words
    errors = run("lint", str(document), "--format", "html", "--severity", "error").stdout
    assert "less severe ones are not shown." in " ".join(checked(errors).words)


def test_a_lint_cites_pages_and_sheets() -> None:
    found = diagnostics_of_pages_and_sheets()
    lint = Lint(tuple(found), Accounting(3, {"diagnostic": 3}, {}, ()))
    for paths, place in ((PATHS, "list.pdf, page 3, line 7"), (PATHS[:1], "page 3, line 7")):
        read = checked(lint_as_html(found, lint, paths))
        assert place in read.words
    assert "sheet PA & Codes, row 12" in read.words


def test_nothing_is_wrong() -> None:
    lint = Lint((), Accounting(3, {"rule": 3}, {"Air": 3}, ()))
    read = checked(lint_as_html([], lint, [Path("<b>.csv")]))
    assert "What is wrong with <b>.csv" in read.words
    assert "0 errors, 0 warnings, 0 notes" in read.words


@pytest.mark.real_list
def test_a_lint_of_the_published_list(run: Run, real_list: Path) -> None:
    read = checked(run("lint", str(real_list), "--format", "html").stdout)
    assert read.tags.count("tr") > 300


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_colour_stands_out_from_its_ground() -> None:
    """In light and in dark: WCAG 2.2 asks for 4.5 of a text (AA), and for 3 of what is no text."""
    css = files("precert.cli.reports").joinpath("report.css").read_text("utf-8")
    palettes = [dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in css.split(":root {")[1:3]]
    for palette in palettes:
        assert len(palette) == 10
        lights = {name: luminance(colour) for name, colour in palette.items()}
        for ground in ("page", "raised"):
            for name in ("text", "quiet", "link", "error", "warning", "good", "bar"):
                darker, lighter = sorted((lights[name], lights[ground]))
                needed = 3 if name == "bar" else 4.5
                assert (lighter + 0.05) / (darker + 0.05) >= needed, (name, ground)


def test_bars_of_two_columns_can_be_compared() -> None:
    """A width in percent would be that of the column, which is as wide as its header."""
    shares = [Page(counted(count, 8).content).values("style") for count in (1, 4, 8)]
    assert shares == [["--share: 0.12"], ["--share: 0.5"], ["--share: 1.0"]]
    css = files("precert.cli.reports").joinpath("report.css").read_text("utf-8")
    assert "width: calc(var(--share) * var(--longest))" in css


def test_each_cell_of_a_wide_table_names_its_column() -> None:
    """On a narrow screen its rows are blocks; the headers do not stand above them there."""
    header = ("Code", "Program", "What", "Before", "After")
    first: Line = [Cell("K0001", rows=2), Cell("Air", rows=2), "platform", "a", "b"]
    read = Page(table("c", header, [[first, ["heading", "d", "e"]], [["K0002", *"fghi"]]]))
    assert read.values("data-label") == [
        *("Program", "What", "Before", "After"),
        *("What", "Before", "After"),
        *("Program", "What", "Before", "After"),
    ]
    assert "wide stacks" in read.values("class")
    narrow = Page(table("c", header[:4], [[["K0001", *"abc"]]]))
    assert narrow.values("data-label") == []
    assert narrow.values("class") == ["wide"]


def test_the_counts_of_a_comparison_add_up() -> None:
    before = listed(Row("Air", "E0601"), Row("Air", "E0470"))
    after = listed(Row("Air", "E0601"), vendor="Another")
    sides = Side("a", before, dated=True), Side("b", after, dated=True)
    html = diff_as_html(compare(*sides))
    counts = html.partition("(the edition)")
    assert 'Air</th><td class="number">1<' in counts[0]
    assert ">1<span" in counts[2].partition("</tr>")[0]
    assert re.findall(r'<td class="number total">(.)</td>', counts[2]) == ["1", "1"]


def test_a_lint_links_to_its_parts_once() -> None:
    found = diagnostics_of_pages_and_sheets()
    lint = Lint(tuple(found), Accounting(3, {"diagnostic": 3}, {}, ()))
    links = checked(lint_as_html(found, lint, PATHS)).values("href")
    assert len(links) == len(set(links)) == len({one.code for one in found})


def test_what_is_built_is_closed_and_escaped() -> None:
    assert element("p", "a\nb", element("b", "&"), class_="x", aria_label='"') == (
        '<p class="x" aria-label="&quot;">a<br>b<b>&amp;</b></p>'
    )
    assert element("td", "", rowspan=None) == "<td></td>"
    assert text("\0\t<\u200e") == "\\u0000 &lt;\\u200e"
    made = table("c", ("a", "b"), [[["x", Cell("y", "z")]], [[Cell("1", rows=2), "2"], ["3"]]])
    assert made.count('scope="row"') == made.count('scope="rowgroup"') == 1
    assert page("<t>", Markup(""), [Section("one", "One", text("x"))], "").count("<nav") == 0
