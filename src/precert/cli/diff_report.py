"""What `precert diff` found, whatever form it is told in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from precert.batch.changed_lines import Impact
    from precert.cli.diff_sides import Side
    from precert.model import Edition
    from precert.rulebook.difference import Differences


class DiffReport(NamedTuple):
    """The two sides, what differs between them, and what it changes for orders that were told."""

    before: Side
    after: Side
    differences: Differences
    impact: Impact | None = None

    @property
    def editions(self) -> tuple[Edition, Edition]:
        """The editions of the two sides."""
        return self.before.rulebook.edition, self.after.rulebook.edition

    @property
    def says_something(self) -> bool:
        """Whether anything differs, or a line of the orders could not be compared."""
        return bool(self.differences.found or (self.impact and self.impact.rejected))


def compare(before: Side, after: Side) -> DiffReport:
    """Return what differs; the dates of the editions count where both have some."""
    from precert.rulebook import diff_rulebooks

    dates = before.dated and after.dated
    found = diff_rulebooks(before.rulebook, after.rulebook, dates=dates)
    return DiffReport(before, after, found)
