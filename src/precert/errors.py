"""Everything a caller can do wrong, drawn as a tree. A bug is not here: it crashes.

PrecertError
├── CallerError                 the question is wrong (exit code 2)
│   ├── BadCode                 a text that is no procedure code
│   ├── BadOrder                an order that cannot be read
│   ├── BadQuery                a question about a rulebook that cannot be read
│   ├── BadEdition              an edition whose dates are missing or contradict each other
│   ├── BadColumns              a table of order lines whose columns cannot be told apart
│   ├── CannotServe             an address or a certificate that a server cannot use
│   ├── MissingExtra            something that an optional part of precert is needed for
│   ├── TooLittleMemory         a batch that needs more memory than it was given
│   ├── NoRulebook              rules, programs and documents that make no rulebook
│   ├── PublishedEdition        an edition that is published already, with another content
│   ├── UnknownEdition          an edition that the rulebook does not hold
│   ├── Unwritable              a folder or file that cannot or may not be written
│   ├── UnknownProgram          a program that the rulebook does not know
│   ├── UnknownPlan             a plan that the rulebook does not know
│   └── UnknownRule             a rule that the edition does not hold
└── UnreadableError             a file that cannot be read (exit code 3)
    ├── UnreadableDocument      a document that cannot be opened or holds no list
    ├── UnreadableLayout        a layout file with an error in it
    ├── UnreadableRulebook      a rulebook with an error in it, at a file and line
    ├── UnreadableReceipt       a receipt that is none
    ├── UnreadableSettings      a settings file with an error in it
    └── UnreadableLines         a file of order lines that cannot be read at all

Each class takes facts and writes its own message: what was read, where, what was expected, what to
do. Faces translate the two branches once, into an exit code or a problem document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_LONGEST = 60


def _shown(text: str) -> str:
    """Return what was read as a message shows it: quoted, escaped, cut where it is long."""
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")


class PrecertError(Exception):
    """Something the caller can mend; the message says what was read and what to do."""


class CallerError(PrecertError):
    """The question is wrong."""


class UnreadableError(PrecertError):
    """A document, layout, rulebook, receipt, settings or order lines cannot be read."""


class BadCode(CallerError):
    """A text that is no procedure code."""

    def __init__(self, reason: str, where: str = "") -> None:
        """Take the grammar's sentence and, for an order, the place of the text in it."""
        self.reason, self.where = reason, where
        super().__init__(f"{where}: {reason}" if where else reason)


class BadOrder(CallerError):
    """An order that cannot be read."""

    def __init__(self, read: str, expected: str, where: str = "") -> None:
        """Take what was read, what was expected, and the place in the order."""
        self.read, self.expected, self.where = read, expected, where
        place = f"{where}: " if where else ""
        super().__init__(f"{place}read {read}, expected {expected}")


class BadQuery(CallerError):
    """A question about a rulebook that cannot be read: a filter, a page, a parameter."""

    def __init__(self, read: str, expected: str, where: str) -> None:
        """Take what was read, what was expected, and the name of the parameter."""
        self.read, self.expected, self.where = read, expected, where
        super().__init__(f"{where}: read {read}, expected {expected}")


class BadEdition(CallerError):
    """An edition whose dates are missing or contradict each other."""

    def __init__(self, read: str, expected: str) -> None:
        """Take what was read and what was expected."""
        super().__init__(f"read {read}, expected {expected}")


class BadColumns(CallerError):
    """A table of order lines whose columns cannot be told apart."""

    def __init__(self, read: str, expected: str) -> None:
        """Take what was read and what was expected."""
        super().__init__(f"read {read}, expected {expected}")


class MissingExtra(CallerError):
    """Something that an optional part of precert is needed for."""

    def __init__(self, what: str, extra: str) -> None:
        """Take what was asked for and the extra that installs what it needs."""
        self.what, self.extra = what, extra
        super().__init__(
            f"{what} needs more than is installed: pip install 'precert[{extra}]', "
            f"or in a checkout pip install '.[{extra}]'"
        )


class CannotServe(CallerError):
    """An address or a certificate that a server cannot use."""

    def __init__(self, what: str, reason: str) -> None:
        """Take what was told and the reason, a clause that says what to do."""
        super().__init__(f"{what} {reason}")


class TooLittleMemory(CallerError):
    """A batch that needs more memory than it was given."""

    def __init__(self, given: str) -> None:
        """Take what was given, as it was told."""
        super().__init__(f"{given} of memory is too little for this batch; give it more")


class NoRulebook(CallerError):
    """Rules, programs and documents that make no rulebook."""

    def __init__(self, reason: str) -> None:
        """Take what would not read back as it was given."""
        super().__init__(f"these rules make no rulebook: {reason}")


class PublishedEdition(CallerError):
    """An edition that is published already, with another content."""

    def __init__(self, folder: str, published: str, new: str) -> None:
        """Take the rulebook's folder, and what each of the two is, with all its digests."""
        super().__init__(
            f"{folder} holds another edition of that name or first day: {published}; these "
            f"documents make {new}: tell another --edition and --effective-from, or replace the "
            "published one with --replace-edition"
        )


class UnknownEdition(CallerError):
    """An edition that the rulebook does not hold."""

    def __init__(self, edition: str, known: Iterable[str]) -> None:
        """Take the name that was told and the names of those that the rulebook holds."""
        self.read, self.known = edition, tuple(known)
        super().__init__(
            f"the rulebook holds no edition {_shown(edition)}; it holds: {', '.join(self.known)}"
        )


class Unwritable(CallerError):
    """A folder or file that cannot or may not be written."""

    def __init__(self, path: str, reason: str) -> None:
        """Take the path and the reason, a clause that says what to do."""
        super().__init__(f"{path} {reason}")


class UnknownProgram(CallerError):
    """A program that the rulebook does not know."""

    def __init__(self, program: str, known: Iterable[str]) -> None:
        """Take the name that was told and the names the rulebook knows."""
        self.read, self.known = program, tuple(known)
        names = ", ".join(self.known)
        super().__init__(f"the rulebook knows no program {_shown(program)}; it knows: {names}")


class UnknownPlan(CallerError):
    """A plan that the rulebook does not know."""

    def __init__(self, plan: str, known: Iterable[str]) -> None:
        """Take the name that was told and the names the rulebook knows."""
        self.read, self.known = plan, tuple(known)
        names = ", ".join(self.known) or "none"
        super().__init__(
            f"the rulebook knows no plan {_shown(plan)}; it knows: {names}; "
            "say 'other' for a plan that is none of these"
        )


class UnknownRule(CallerError):
    """A rule that the edition does not hold."""

    def __init__(self, rule_id: str, edition: str) -> None:
        """Take the rule_id that was told and the name of the edition."""
        self.read, self.known = rule_id, ()
        super().__init__(
            f"edition {edition} holds no rule {_shown(rule_id)}; expected a rule_id, as answers "
            "cite it"
        )


class UnreadableDocument(UnreadableError):
    """A document that cannot be opened or holds no list."""

    def __init__(self, document: str, reason: str) -> None:
        """Take the path and the reason, a clause that says what to do."""
        self.document, self.reason = document, reason
        super().__init__(f"{document}: {reason}")


class UnreadableLayout(UnreadableError):
    """A layout file with an error in it."""

    def __init__(self, layout: str, place: str, reason: str) -> None:
        """Take the file, the key in it, and what was read and expected there."""
        super().__init__(f"{layout}: {place}: {reason}")


class UnreadableRulebook(UnreadableError):
    """A rulebook with an error in it, at a file and line."""

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        """Take the file, the line in it where there is one, and what was read and expected."""
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {reason}")


class UnreadableSettings(UnreadableError):
    """A settings file with an error in it."""

    def __init__(self, path: str, place: str, reason: str) -> None:
        """Take the file, the key in it, and what was read and expected there."""
        super().__init__(f"{path}: {place}: {reason}")


class UnreadableReceipt(UnreadableError):
    """A receipt that is none."""

    def __init__(self, path: str, reason: str) -> None:
        """Take the file and what was read and expected."""
        super().__init__(f"{path}: {reason}")


class UnreadableLines(UnreadableError):
    """A file of order lines that cannot be read at all; a bad line in it is a reject instead."""

    def __init__(self, path: str, reason: str) -> None:
        """Take the path and the reason, a clause that says what to do."""
        super().__init__(f"{path}: {reason}")
