"""The sha256 by which a file of a rulebook is known, and the line that holds a file's own.

That line takes no part in the digest, so a shell can check it:
`grep -v '^digest = ' rulebook.toml | sha256sum`.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from precert.rulebook.toml import format_pairs

if TYPE_CHECKING:
    from precert.rulebook.toml import Section

_SHA256 = re.compile(r"[0-9a-f]{64}")


def sha256_of(text: str) -> str:
    """Return the sha256 (hex) of the text in UTF-8."""
    return sha256(text.encode()).hexdigest()


def with_digest(head: str, body: str) -> tuple[str, str]:
    """Return the text of a file with the line of its digest behind the head, and the digest."""
    digest = sha256_of(head + body)
    return f"{head}{_digest_line(digest)}{body}", digest


def verify_digest(top: Section, text: str, digest: str, *, remedy: str) -> None:
    """Refuse a text that is not the one of that digest. Raises UnreadableRulebook."""
    computed = sha256_of(text.replace(f"\n{_digest_line(digest)}", "\n", 1))
    if digest != computed:
        raise top.error(key="digest", reason=changed(text, computed, digest), remedy=remedy)


def changed(text: str, computed: str, noted: str) -> str:
    """Return the clause that says a file is not as it was written, and why that may be."""
    clause = f"was changed after it was written: read sha256 {computed}, expected {noted}"
    if "\r\n" in text:
        clause += " (its line ends are CRLF, expected LF: git may have converted them)"
    return clause


def take_sha256(section: Section, key: str = "sha256") -> str:
    """Return the sha256 that a key must hold. Raises UnreadableRulebook."""
    digest = section.take(key, str)
    if not _SHA256.fullmatch(digest):
        reason = f"read {digest!r}, expected 64 hexadecimal digits in lower case"
        raise section.error(key=key, reason=reason)
    return digest


def _digest_line(digest: str) -> str:
    return format_pairs([("digest", digest)])
