"""Several editions of one list in one value: the date of service picks the one that answers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from precert.errors import NoRulebook
from precert.rulebook.book import Rulebook
from precert.rulebook.editions_toml import entry_of, format_editions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from precert.model import Code, Rule
    from precert.rulebook.editions_toml import Replaced


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Editions:
    """The editions of one list, sorted by their first days, no two of which are the same.

    `program_names` and `plans` are those of all editions, the newest edition's first: a name that
    only one of them knows may be told. `digest` (sha256, hex) is that of `editions.toml` and names
    all of them; an answer names the digest of the edition that gave it. `begins` is what `on` looks
    up: the first day of each.

    Make one with `Editions.build`, `add_edition` or `read_rulebook`.
    """

    editions: tuple[Rulebook, ...]
    replaced: tuple[Replaced, ...]
    program_names: tuple[str, ...]
    plans: tuple[str, ...]
    digest: str
    begins: tuple[date, ...]

    @classmethod
    def build(cls, editions: Iterable[Rulebook], replaced: Iterable[Replaced] = ()) -> Editions:
        """Return the value that holds these editions, given in any order.

        Raises NoRulebook where there is none, where two have one name or one first day, and where
        they are not of one payer, line of business and vendor.
        """
        books = tuple(sorted(editions, key=lambda book: book.edition.effective_from))
        if not books:
            raise NoRulebook(reason="there is no edition")
        for first, second in combinations(books, 2):
            _refuse_alike(first, second)
        kept = tuple(replaced)
        return cls(
            editions=books,
            replaced=kept,
            program_names=_names(books, lambda book: book.program_names),
            plans=_names(books, lambda book: book.plans),
            digest=format_editions(map(entry_of, books), kept)[1],
            begins=tuple(book.edition.effective_from for book in books),
        )

    @property
    def newest(self) -> Rulebook:
        """The edition that begins last."""
        return self.editions[-1]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all editions: what may be in force on some day. None answers by itself."""
        return tuple(rule for book in self.editions for rule in book.rules)

    def rules_for(self, code: Code) -> tuple[Rule, ...]:
        """Return what any edition says of a code: what may be in force on some day."""
        return tuple(rule for book in self.editions for rule in book.rules_for(code))

    def on(self, day: date) -> Rulebook:
        """Return the edition that answers for a day: the one that began last, on it or before it.

        A later edition takes the place of the earlier ones for good, whatever end they state: where
        two overlap the later one answers, and after the end of an edition nothing older is asked
        again. In a gap, and past the last end, the edition that ended answers, and itself says that
        it ended. Before the first, the first answers, and itself says that it begins later.
        """
        return self.editions[max(bisect_right(self.begins, day) - 1, 0)]

    def folders(self) -> Iterator[tuple[str, Rulebook]]:
        """Yield each edition with the name of its folder, in which it stands as one rulebook."""
        for book in self.editions:
            yield entry_of(book).folder, book

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Editions) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        names = ", ".join(book.edition.name for book in self.editions)
        return f"<Editions {names}: {self.digest[:12]}>"


AnyRulebook = Rulebook | Editions
"""What a folder holds, and what an order is asked of: one edition, or several."""


def owner_of(rulebook: Rulebook) -> tuple[str, str, str]:
    """Return whose list it is: payer, line of business, vendor."""
    edition = rulebook.edition
    return edition.payer, edition.line_of_business, edition.vendor


def same_edition(first: Rulebook, second: Rulebook) -> bool:
    """Return whether two would take each other's place: one name (in any case) or one first day."""
    one, other = first.edition, second.edition
    same_name = one.name.casefold() == other.name.casefold()
    return same_name or one.effective_from == other.effective_from


def _refuse_alike(first: Rulebook, second: Rulebook) -> None:
    if owner_of(first) != owner_of(second):
        read = f"{', '.join(owner_of(first))} and {', '.join(owner_of(second))}"
        raise NoRulebook(reason=f"read {read}, expected editions of one list")
    if same_edition(first, second):
        said = [
            f"{book.edition.name} from {book.edition.effective_from}" for book in (first, second)
        ]
        read = f"the editions {' and '.join(said)}"
        raise NoRulebook(reason=f"read {read}, expected each name and each first day once")


def _names(
    books: tuple[Rulebook, ...], names_of: Callable[[Rulebook], tuple[str, ...]]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for book in reversed(books) for name in names_of(book)))
