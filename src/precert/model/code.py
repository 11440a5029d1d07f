"""The type of a procedure code that was parsed."""

from __future__ import annotations

from typing import NewType

Code = NewType("Code", str)
"""A procedure code in canonical form. Only `precert.codes.parse_code` makes one."""
