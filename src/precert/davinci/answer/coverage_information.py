"""A coverage-information as it is said, in whatever version of CRD it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from precert.davinci.focus import Coding

NOT_COVERED = "not-covered"
"""What is said of a coverage that is not in force, and of no other: a list does not know more."""


class PaNeeded(StrEnum):
    """What is said of prior authorization."""

    AUTH_NEEDED = "auth-needed"
    NO_AUTH = "no-auth"
    CONDITIONAL = "conditional"
    INDETERMINATE = "indeterminate"
    """Something technical kept it from being found out; `conditional` before CRD 2.2."""


class Info(StrEnum):
    """What has to be known for an answer that is not conditional."""

    LOCATION = "location"
    DETAIL_CODE = "detail-code"
    """A code in which services are billed; a reason instead of an information before CRD 2.2."""
    OTHER = "OTH"
    """What the reasons say."""


class Category(StrEnum):
    """How much a detail matters to who reads the answer."""

    LIMITATION = "cat-limitation"
    """Not safe to read the answer without it."""
    OTHER = "cat-other"


class Kind(StrEnum):
    """What a detail tells. `instructions` is a code of CRD's, the others are said in words."""

    INSTRUCTIONS = "Instructions"
    WHERE = "Where the case is built"
    CONDITION = "Condition"
    STATED = "Stated"
    LIMIT = "Limit"
    ALTERNATIVE = "Alternative"
    NOT_CHECKED = "Not checked"
    EVIDENCE = "Evidence"


class Detail(NamedTuple):
    """A detail of the answer: one sentence or several."""

    kind: Kind
    category: Category
    text: str


class ContactPoint(NamedTuple):
    """A way to reach whom `Reached` names: `phone`, `fax` or `url`."""

    system: str
    value: str


class Reached(NamedTuple):
    """Whom to ask about the answer."""

    name: str
    ways: tuple[ContactPoint, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnswerWords:
    """What a coverage-information says whatever the order: of one answer there is one, as itself.

    `covered` and `pa_needed` share their words; `pa_needed` is None if and only if the coverage is
    not in force. `info` is filled if and only if one of the two is conditional. Each reason speaks
    of one of them and says of which. `details` are all but what is to be done. `last_day` is the
    last one on which the answer holds, where the list tells one. `speak_of_lines` tells that
    reasons or alternatives name lines of the order by their numbers.
    """

    covered: str
    pa_needed: PaNeeded | None
    info: tuple[Info, ...]
    reasons: tuple[str, ...]
    details: tuple[Detail, ...]
    last_day: date | None = None
    speak_of_lines: bool = False


class CoverageInformation(Struct, frozen=True, gc=False):
    """One repetition of coverage-information: what is said of one billing code of one resource.

    `billing` is the coding that has to be billed for the answer to hold; None where the resource
    has none. `to_do` says what is to be done with this order. `dependencies` are the references of
    the orders that it hangs on. `ends` is the last day on which it holds, where that is known.
    """

    words: AnswerWords
    billing: Coding | None
    to_do: str
    dependencies: tuple[str, ...] = ()
    contact: Reached | None = None
    ends: date | None = None
