"""The texts of a row as facts: each distinct text is read once, by the readers every face uses."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from precert.batch.columns import Role
from precert.determine import (
    Acquisition,
    OrderLine,
    plan_named,
    program_named,
    read_age,
    read_diagnosis,
    read_modifier,
    read_place_of_service,
    read_state,
    read_units,
)
from precert.errors import BadOrder, UnknownPlan, UnknownProgram
from precert.model import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from precert.determine import Sought
    from precert.rulebook import AnyRulebook

T = TypeVar("T")

Texts = dict[Role, str | None]
"""The text of each column that the table has; None or blank where a row tells nothing."""

_FLAGS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}
_BETWEEN = re.compile(r"[\s,;:/|\[\]\"']+")  # also as a list is written: ["RT", "50"]
_EMPTY_LIST = re.compile(r"\[\s*\]")
NONE = "none"
_FLOAT = re.compile(r"([0-9]+)\.0+")
_MAX_MODIFIERS = 4  # a claim line holds four
NOTHING_TOLD = OrderLine(Code("99999"), date.max)
"""The facts of a line are kept as an order line, whose code and date take no part."""


class OrderFacts(NamedTuple):
    """What a row tells about its order as a whole; None where it tells nothing.

    `diagnoses` are one text, sorted, with blanks between them, or `none`. What is `seen` is the
    same as far as the rulebook asks for it.
    """

    complete: bool | None = None
    client_managed: bool | None = None
    plan: str | None = None
    age: int | None = None
    state: str | None = None
    diagnoses: str | None = None
    seen_age: int | None = None
    seen_state: str | None = None
    seen_diagnoses: str | None = None


def read_line_facts(texts: Texts, rulebook: AnyRulebook, sought: Sought) -> OrderLine:
    """Return what the texts tell, as an order line of no code, in as few facts as are sought.

    Raises `BadOrder` and `UnknownProgram`, each naming the role.
    """
    program = _told(texts, Role.PROGRAM, lambda text: program_named(rulebook, text))
    modifiers = _told(texts, Role.MODIFIERS, _modifiers)
    units = _told(texts, Role.UNITS, _units)
    place = _told(texts, Role.PLACE_OF_SERVICE, _place)
    acquisition = _told(texts, Role.ACQUISITION, _acquisition)
    try:
        line = OrderLine(
            NOTHING_TOLD.code,
            NOTHING_TOLD.date_of_service,
            modifiers,
            units,
            program,
            place,
            acquisition,
        )
    except BadOrder as error:  # facts that contradict each other
        raise BadOrder(read=error.read, expected=error.expected) from None
    return sought.line(line)


def read_order_facts(texts: Texts, rulebook: AnyRulebook, sought: Sought) -> OrderFacts:
    """Return what the texts tell about the order.

    Raises `BadOrder` and `UnknownPlan`, each naming the role.
    """
    age = _told(texts, Role.AGE, lambda text: read_age(_without_fraction(text)))
    state = _told(texts, Role.STATE, read_state)
    diagnoses = _told(texts, Role.DIAGNOSES, _diagnoses)
    return OrderFacts(
        _told(texts, Role.COMPLETE, _flag),
        _told(texts, Role.CLIENT_MANAGED, _flag),
        _told(texts, Role.PLAN, lambda text: plan_named(rulebook, text)),
        age,
        state,
        _as_text(diagnoses),
        sought.age(age),
        sought.state(state),
        _as_text(sought.of_diagnoses(diagnoses)),
    )


def diagnoses_of(text: str | None) -> tuple[str, ...] | None:
    """Return the diagnoses that a text of `OrderFacts` holds."""
    return None if text is None else () if text == NONE else tuple(text.split(" "))


def _as_text(diagnoses: tuple[str, ...] | None) -> str | None:
    return None if diagnoses is None else " ".join(diagnoses) or NONE


def _told(texts: Mapping[Role, str | None], role: Role, read: Callable[[str], T]) -> T | None:
    """Return what `read` makes of the text of that role, None for a blank; name the role if bad."""
    text = texts.get(role)
    if text is None or not text.strip():
        return None
    try:
        return read(text)
    except BadOrder as error:
        raise BadOrder(read=error.read, expected=error.expected, where=role) from None
    except (UnknownPlan, UnknownProgram) as error:
        error.args = (f"{role}: {error}",)
        raise


def _flag(text: str) -> bool:
    flag = _FLAGS.get(text.strip().lower())
    if flag is None:
        raise BadOrder(read=repr(text[:40]), expected="true or false (yes or no, 1 or 0)")
    return flag


def _modifiers(text: str) -> tuple[str, ...]:
    if _is_none(text):
        return ()
    words = [word for word in _BETWEEN.split(text) if word]
    if text.lstrip().startswith("["):  # a list, which may have gaps
        words = [word for word in words if word.lower() != "null"]
    modifiers = tuple(dict.fromkeys(map(read_modifier, words)))
    if len(modifiers) > _MAX_MODIFIERS:
        raise BadOrder(read=f"{len(modifiers)} modifiers", expected="at most four modifiers")
    return modifiers


def _diagnoses(text: str) -> tuple[str, ...]:
    if _is_none(text):
        return ()
    words = [word for word in _BETWEEN.split(text) if word and word.lower() != "null"]
    return tuple(sorted(set(map(read_diagnosis, words))))


def _is_none(text: str) -> bool:
    """Return whether the text tells that there are none: in a word, or as an empty list."""
    return text.strip().lower() == NONE or _EMPTY_LIST.fullmatch(text.strip()) is not None


def _units(text: str) -> int:
    return read_units(_without_fraction(text))


def _place(text: str) -> str:
    return read_place_of_service(_without_fraction(text))


def _without_fraction(text: str) -> str:
    """Return a whole number as such, which a table of floats writes as 12.0."""
    whole = _FLOAT.fullmatch(text.strip())
    return whole[1] if whole else text.strip()


def _acquisition(text: str) -> Acquisition:
    try:
        return Acquisition(text.strip().lower())
    except ValueError:
        raise BadOrder(read=repr(text[:40]), expected=" or ".join(Acquisition)) from None
