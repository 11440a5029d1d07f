"""What decision words are widely used for; a word that is not here is left to a person."""

from __future__ import annotations

from precert.lists.markup import spoken
from precert.model import Requirement

_SUBJECTS = (
    "",
    "pa",
    "prior auth",
    "prior authorization",
    "authorization",
    "auth",
    "precert",
    "precertification",
    "prior approval",
    "preauthorization",
)

_REQUIRED = {
    *("yes", "y", "required", "x requires pa", "pa"),
    *(f"{subject} required".strip() for subject in _SUBJECTS),
    *(f"{subject} is required".strip() for subject in _SUBJECTS),
    *(f"requires {subject}".strip() for subject in _SUBJECTS[1:]),
    *(f"yes {subject} required" for subject in _SUBJECTS[1:]),
}
_NOT_REQUIRED = {
    *("no", "n", "not required", "none required"),
    *(f"no {subject} required" for subject in _SUBJECTS[1:]),
    *(f"no {subject}" for subject in _SUBJECTS[1:]),
    *(f"{subject} not required".strip() for subject in _SUBJECTS),
    *(f"does not require {subject}" for subject in _SUBJECTS[1:]),
}
_OTHERS = {
    Requirement.OUT_OF_SCOPE: {"out of scope", "not in scope"},
    Requirement.ADD_ON: {"add on", "add on code", "addon", "addon code"},
    Requirement.INVESTIGATIONAL: {
        "investigational",
        "experimental",
        "experimental investigational",
        "investigational experimental",
        "experimental and investigational",
        "investigational and experimental",
    },
    Requirement.UNLISTED: {"unlisted", "unlisted code"},
}
_REQUIREMENTS: dict[str, Requirement] = {
    **dict.fromkeys(_REQUIRED, Requirement.REQUIRED),
    **dict.fromkeys(_NOT_REQUIRED, Requirement.NOT_REQUIRED),
    **{word: requirement for requirement, forms in _OTHERS.items() for word in forms},
}

MARKS = frozenset(("x", "✓", "✔", "√", "●", "•", "☒", "☑"))
"""Signs that stand in a column for `yes, this one`."""


def requirement_of(text: str) -> Requirement | None:
    """Return what a decision word is widely used for; None for any other, as `Yes*`."""
    return _REQUIREMENTS.get(spoken(text))


def is_mark(text: str) -> bool:
    """Return whether the text is a mark, not a word."""
    return text.strip().casefold() in MARKS
