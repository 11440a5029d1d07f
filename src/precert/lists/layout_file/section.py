"""One table of a layout file, read key by key; what is wrong names the file and the key."""

from __future__ import annotations

from precert.errors import UnreadableLayout
from precert.toml_section import TomlSection


class Section(TomlSection):
    """A table of a layout file. What is wrong in it raises UnreadableLayout."""

    unreadable = UnreadableLayout
    unknown = "read a key that a layout does not have here; remove or correct it"
