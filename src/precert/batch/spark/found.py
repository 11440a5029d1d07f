"""A file that Spark reads lines from."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """A file of lines: its name for people, its path for Spark's readers, its address in them."""

    name: str
    path: str
    address: str
