"""The addresses of a settings file: an address in, what is wrong with it out.

An address that is called or trusted has to say exactly one thing: no user before the host, nothing
after the path, TLS. Plain http is for a trial on one machine.
"""

from __future__ import annotations

from urllib.parse import urlsplit

_OWN = ("localhost", "127.0.0.1", "::1")


def server_reason(address: str) -> str:
    """Return why an address is none of a server that may be called; empty if it is one."""
    expected = "expected an address such as https://ehr.example/keys"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return f"read {address!r}, {expected}"
    if address != address.strip() or not address.isascii() or not address.isprintable():
        return f"read {address!r}, {expected}"
    if not host or port == 0 or "\\" in address:
        return f"read {address!r}, {expected}"
    if parts.username is not None or parts.query or parts.fragment or address[-1] in "?#":
        return f"read {address!r}, {expected}, without user, query or fragment"
    if parts.scheme == "https" or (parts.scheme == "http" and host in _OWN):
        return ""
    return f"read {address!r}, {expected}; http only for localhost"


def origin_reason(origin: str) -> str:
    """Return why a text is no origin of a browser's page; empty if it is one."""
    if origin == "*":
        return "read '*', expected each origin by its name: the answers speak of patients"
    if reason := server_reason(origin):
        return reason
    if urlsplit(origin).path or origin != origin.lower():
        return f"read {origin!r}, expected an origin such as https://ehr.example, without a path"
    return ""
