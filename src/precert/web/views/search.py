"""Browse and search the rules of an edition: filters, counts of each filter's values, a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from precert.determine.order_json import brief
from precert.determine.words.rulebook import platform_in_words, requirement_in_words
from precert.errors import BadQuery, CallerError, UnknownProgram
from precert.model import Requirement
from precert.web.views.codes import EditionNamed, named
from precert.web.views.rules import RuleView, rule_views
from precert.web.views.search_index import FILTERS, NONE, Index, build_index, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.rulebook import Rulebook
    from precert.web.served import Served

SCHEMA: Literal[1] = 1
PER_PAGE = 50
MOST_PER_PAGE = 500
MOST_PAGES = 1_000_000
_LONGEST_CODE = 7
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. Several values of one filter are alternatives; filters narrow each other.

    `code` is a code or its beginning; `words` are words or their beginnings, all of which stand in
    a rule's program, category, heading or description. `program` and `category` are whole names,
    `requirement` is what the list says, `platform` a name or `payer`, `condition` a kind as
    `with-program`; `none` is the platform or condition of a rule without one. `edition` is the name
    of one, the newest where it is not told; `page` counts from 1, `per_page` is how many it has.
    """

    code: str = ""
    words: str = ""
    program: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    requirement: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    edition: str | None = None
    page: Annotated[int, Meta(ge=1, le=MOST_PAGES)] = 1
    per_page: Annotated[int, Meta(ge=1, le=MOST_PER_PAGE)] = PER_PAGE


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value of a filter, in words, and how many rules it would leave beside the other filters."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FilterCounts:
    """A filter and its values; those that would leave no rule are left out."""

    name: str
    values: tuple[ValueCount, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """A page of the rules that were found, sorted by code, then program, then place.

    `described` tells whether words of descriptions are searched: only where they were imported.
    """

    schema: Literal[1]
    rulebook: EditionNamed
    search: Search
    described: bool
    total: int
    page: int
    pages: int
    per_page: int
    filters: tuple[FilterCounts, ...]
    rules: tuple[RuleView, ...]


def search_view(served: Served, search: Search, *, printed: bool = False) -> SearchView:
    """Return the page of rules that a search finds, with their printed rows if they are wanted.

    Raises `UnknownEdition`, `UnknownProgram`, and `BadQuery` for any other value that is none.
    """
    book = served.edition(search.edition)
    index = index_of(served, book)
    _check_page(search)
    told = {name: _bits(name, getattr(search, name), index) for name in FILTERS}
    narrowed = _narrowed(search, index)
    found = narrowed
    for bits in told.values():
        found &= index.all if bits is None else bits
    total = found.bit_count()
    rules = index.some(found, (search.page - 1) * search.per_page, search.per_page)
    return SearchView(
        schema=SCHEMA,
        rulebook=named(book),
        search=search,
        described=index.described,
        total=total,
        page=search.page,
        pages=-(-total // search.per_page),
        per_page=search.per_page,
        filters=_counts(search, told, narrowed, index, book),
        rules=rule_views(served, book, rules, printed=printed),
    )


def index_of(served: Served, edition: Rulebook) -> Index:
    """Return the index of an edition, built when it is first asked for."""
    key = ("index", edition.digest)
    return served.kept.get(key, lambda: build_index(edition, served.descriptions(edition)))


def _check_page(search: Search) -> None:
    if not 1 <= search.page <= MOST_PAGES:
        raise BadQuery(brief(search.page), f"a page, 1 to {MOST_PAGES:,}", "page")
    if not 1 <= search.per_page <= MOST_PER_PAGE:
        raise BadQuery(str(search.per_page), f"1 to {MOST_PER_PAGE}", "per_page")


def _narrowed(search: Search, index: Index) -> int:
    """Return the rules that the code and the words leave."""
    found = index.all
    code = search.code.strip().upper()
    if code:
        if len(code) > _LONGEST_CODE or not (code.isascii() and code.isalnum()):
            raise BadQuery(brief(search.code), "a code or its beginning, as 274 or E06", "code")
        found = index.with_code(code)
    for word in dict.fromkeys(words_of(search.words)):
        found &= index.with_word(word)
    return found


def _bits(name: str, values: tuple[str, ...], index: Index) -> int | None:
    """Return the rules that a filter leaves; None where it is not told."""
    if not values:
        return None
    known = index.filters[name]
    found = 0
    for value in values:
        if value not in known:
            raise _unknown(name, value, known)
        found |= known[value]
    return found


def _unknown(name: str, value: str, known: Mapping[str, int]) -> CallerError:
    """Return what is wrong with a value that no rule has."""
    if name == "program":
        return UnknownProgram(value, known)
    several = [brief(each) for each in known]
    names = ", ".join(several[:_MOST_NAMED])
    more = f" and {len(several) - _MOST_NAMED} others" if len(several) > _MOST_NAMED else ""
    return BadQuery(brief(value), f"one of {names}{more}", name)


def _counts(
    search: Search,
    told: Mapping[str, int | None],
    narrowed: int,
    index: Index,
    book: Rulebook,
) -> tuple[FilterCounts, ...]:
    """Return how many rules each value would leave, the other filters being as they are."""
    counts = []
    for name in FILTERS:
        left = narrowed
        for other, bits in told.items():
            if other != name and bits is not None:
                left &= bits
        selected = set(getattr(search, name))
        values = [
            ValueCount(value, _label(name, value, book), count, value in selected)
            for value, bits in index.filters[name].items()
            if (count := (left & bits).bit_count()) or value in selected
        ]
        counts.append(FilterCounts(name, tuple(values)))
    return tuple(counts)


def _label(name: str, value: str, book: Rulebook) -> str:
    match name:
        case "requirement":
            return requirement_in_words(Requirement(value))
        case "platform":
            return platform_in_words(None if value == NONE else value, book.edition.payer)
        case "condition":
            return "no condition" if value == NONE else value.replace("-", " ")
        case _:
            return value
