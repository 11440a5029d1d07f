"""References of FHIR, taken apart by their grammar: `Type/id` behind an optional base address."""

from __future__ import annotations

import re
from typing import NamedTuple

# FHIR R4, "Literal References" and the type `id`. `fullmatch`, so that no line end is let by.
_LOCAL = re.compile(
    r"(?:(?P<base>https?://[^\s?#]+)/)?(?P<local>[A-Z][A-Za-z]{1,63}/[\w.-]{1,64})"
    r"(?:/_history/[\w.-]{1,64})?",
    re.ASCII,
)
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}", re.ASCII)


class Reference(NamedTuple):
    """A reference to a resource: `base` is the server's address, None for a relative one."""

    base: str | None
    local: str

    @property
    def resource_type(self) -> str:
        """The type of the resource that is meant."""
        return self.local.partition("/")[0]

    def __str__(self) -> str:
        """Return the reference as it is written, without a version."""
        return self.local if self.base is None else f"{self.base}/{self.local}"


def parse_reference(text: str | None) -> Reference | None:
    """Return the reference that the text is, or None: it is a fragment, a URN, or none of FHIR's.

    An id of dots alone is no id here: it would be a step up in an address.
    """
    if text is None:
        return None
    match = _LOCAL.fullmatch(text)
    if match is None or not is_id(match["local"].partition("/")[2]):
        return None
    return Reference(match["base"], match["local"])


def is_id(text: str) -> bool:
    """Return whether the text is an id of FHIR that is no step in an address."""
    return _ID.fullmatch(text) is not None and bool(text.strip("."))
