"""What a list prints in its decision column."""

from __future__ import annotations

from enum import StrEnum


class Requirement(StrEnum):
    """What the list prints in its decision column."""

    REQUIRED = "required"
    NOT_REQUIRED = "not-required"
    OUT_OF_SCOPE = "out-of-scope"
    ADD_ON = "add-on"
    INVESTIGATIONAL = "investigational"
    UNLISTED = "unlisted"
    UNREAD = "unread"
    """A decision word that the layout does not know; the rule also holds an `Unread` condition."""
