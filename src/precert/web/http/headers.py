"""The headers that every answer carries: nothing but our own files, in no other site's frame."""

from __future__ import annotations

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

Headers = list[tuple[bytes, bytes]]

SECURITY: Headers = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]

CACHE_CONTROL = b"cache-control"
NO_STORE = (CACHE_CONTROL, b"no-store")
"""For every answer that does not say otherwise, as static files do: an order is nobody else's."""


def with_security(headers: Headers) -> Headers:
    """Return the headers of an answer with those that every answer carries."""
    for name, _ in headers:
        if name == CACHE_CONTROL:
            return [*headers, *SECURITY]
    return [*headers, *SECURITY, NO_STORE]
