"""The closed union of conditions: everything a list says about whether, where, when and how.

A *guard* decides whether the rule applies (those of scope stand in `scope_guards`), a *statement*
changes the answer or the route, a *limit* never changes the outcome and is printed as met, violated
or not known. A date on which a rule begins is not here: it is the rule's own `effective_from`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, get_args

from precert.model.scope_guards import ScopeGuard, Unless

if TYPE_CHECKING:
    from datetime import date

    from precert.model.code import Code, CodeRange
    from precert.model.requirements import Requirement


# --- guards ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WithProgram:
    """Managed only if submitted with a code of one of these programs (a companion code)."""

    programs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithCode:
    """The companions the list names: the preferred primary, printed as a limit where absent."""

    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class ForPlan:
    """In scope for members of this plan only."""

    plan: str


@dataclass(frozen=True, slots=True)
class ClientSpecific:
    """In scope only where the member's client (employer) has it managed."""


@dataclass(frozen=True, slots=True)
class DefersTo:
    """Gives way to that program's own rule for the same code."""

    program: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Something printed on the row that nothing read: no answer is firmer than `conditional`.

    `field` names the column, `digest` is the first 12 hex digits of the printed text's sha256: the
    rulebook tells that the text changed without holding the payer's sentence.
    """

    field: str
    digest: str


@dataclass(frozen=True, slots=True)
class AddOnTo:
    """The primaries that an add-on may follow, by the CMS add-on code file."""

    codes: tuple[Code | CodeRange, ...]


# --- statements -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoAuthStated:
    """The list states that no prior authorization is required, from a date where it prints one."""

    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class DeniedIfRequested:
    """A request for one of these codes will be denied as experimental."""

    codes: tuple[Code, ...]


class ContactParty(StrEnum):
    """Whom a contact names."""

    PAYER = "payer"
    MANUFACTURER = "manufacturer"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to reach: the payer (who then is the route) or the device's manufacturer."""

    party: ContactParty
    phone: str | None = None
    fax: str | None = None
    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the row prints for when a scope guard of it is false; never `unread`."""

    requirement: Requirement


# --- limits ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Purchase:
    """Purchase only, no rental."""


@dataclass(frozen=True, slots=True)
class PurchaseAbove:
    """Purchase only when requested with more than `components` components."""

    components: int


@dataclass(frozen=True, slots=True)
class DescribeProcedure:
    """An unlisted code: the request must describe the procedure."""


@dataclass(frozen=True, slots=True)
class AtHome:
    """The program speaks of services at the member's home (place of service 12)."""


Guard = (
    WithProgram
    | WithCode
    | ForPlan
    | ClientSpecific
    | DefersTo
    | Unread
    | AddOnTo
    | ScopeGuard
    | Unless
)
Statement = NoAuthStated | DeniedIfRequested | Contact | Otherwise
Limit = Purchase | PurchaseAbove | DescribeProcedure | AtHome
Condition = Guard | Statement | Limit

GUARDS: tuple[type[Guard], ...] = get_args(Guard)
STATEMENTS: tuple[type[Statement], ...] = get_args(Statement)
LIMITS: tuple[type[Limit], ...] = get_args(Limit)
