"""Values as JSON bytes: the one encoder that every answer goes through."""

from __future__ import annotations

from msgspec.json import Encoder

encode = Encoder().encode
