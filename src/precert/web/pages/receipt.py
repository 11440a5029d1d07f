"""The receipt of an answer: the text that is downloaded, and the sha256 that names it.

The text is byte for byte what `precert check --json` prints for the same order, so that the printed
sha256 is what `sha256sum` says of the downloaded file, and of the command's output.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from precert.determine import receipt

if TYPE_CHECKING:
    from precert.determine import OrderAnswer


@dataclass(frozen=True, slots=True)
class ReceiptText:
    """A receipt as a file: its bytes, and their sha256 (hex)."""

    content: bytes
    sha256: str


def receipt_text(answer: OrderAnswer) -> ReceiptText:
    """Return the receipt of an answer as a file."""
    content = (json.dumps(receipt(answer), indent=2) + "\n").encode("ascii")
    return ReceiptText(content, sha256(content).hexdigest())
