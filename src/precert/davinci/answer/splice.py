"""Coverage-informations put into the bytes of a resource, of which nothing else changes.

The bytes outside the top-level `extension` array stay as the client sent them, whatever order,
whitespace or repeated keys they have; so do all its entries but ours for the same coverage. Of a
key that stands twice the last one counts, as it does for whoever reads JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from precert.davinci.answer.extension import URL
from precert.davinci.refused import NotAHookRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEY = b'"extension":'
_MARK = b"ext-coverage-information"
_BLANK = b" \t\r\n"

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_OPENING = frozenset(b"[{")
_QUOTE = ord('"')


class _Resource(msgspec.Struct):
    extension: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class _Reference(msgspec.Struct):
    reference: str = ""


class _Coding(msgspec.Struct):
    code: str | None = None


class _Part(msgspec.Struct, rename="camel"):
    """One part of a coverage-information."""

    url: str = ""
    value_reference: _Reference | None = None
    value_coding: _Coding | None = None
    value_date: str | None = None
    value_string: str = ""
    value_code: str = ""


class _Said(msgspec.Struct):
    """A coverage-information that stands on a resource, as far as it is compared."""

    url: str = ""
    extension: list[_Part] = []  # msgspec copies an empty default

    def part(self, url: str) -> _Part:
        """Return the part of that name, an empty one where there is none."""
        return next((part for part in self.extension if part.url == url), _Part())

    def what(self) -> tuple[str, str, str, str]:
        """Return what it says, in words: somebody may have changed it and left its id.

        Its end is among them: an answer that stands there may be over.
        """
        billing = self.part("billingCode").value_coding or _Coding()
        return (
            *(self.part("covered").value_code, self.part("pa-needed").value_code),
            *(billing.code or "", self.part("expiry-date").value_date or ""),
        )


_resource = msgspec.json.Decoder(_Resource)
_entries = msgspec.json.Decoder(list[msgspec.Raw])
_said = msgspec.json.Decoder(_Said)


def with_extensions(
    raw: bytes, extensions: Sequence[bytes], coverage: str, assertion_id: str
) -> bytes | None:
    """Return the resource with these extensions; None where they stand on it already.

    `raw` is the JSON object as it was sent. Of the coverage-informations on it those for the same
    coverage are replaced: the first one by all of the new ones, in its place. They are already
    there if as many stand on it, each with the assertion id and the same words. Raises
    `NotAHookRequest` where `extension` is no array.
    """
    new = b",".join(extensions)
    value = _resource.decode(raw).extension
    if value is msgspec.UNSET:
        return _added(raw, new)
    array = bytes(value)
    begin = _place(raw, array)
    if array == b"null":
        array = b"[]"
        end = begin + len(b"null")
    elif array[:1] == b"[":
        end = begin + len(array)
    else:
        message = "extension: read something else, expected an array of extensions"
        raise NotAHookRequest(message)
    renewed = _renewed(array, extensions, coverage, assertion_id)
    return None if renewed is None else raw[:begin] + renewed + raw[end:]


def _added(raw: bytes, new: bytes) -> bytes:
    """Return the object with an `extension` behind all that stands in it."""
    end = raw.rindex(b"}")
    body = raw[:end]
    comma = b"" if body.rstrip(_BLANK)[-1:] == b"{" else b","
    return b"".join((body, comma, _KEY, b"[", new, b"]", raw[end:]))


def _place(raw: bytes, value: bytes) -> int:
    """Return where the value of the top-level `extension` begins.

    Bytes that stand in the resource once stand where they were read. Others are found by reading
    the resource from its beginning.
    """
    first = raw.find(value)
    if raw.find(value, first + 1) < 0:
        return first
    return _walked(raw)


def _walked(raw: bytes) -> int:
    """Return where the value of the last top-level `extension` begins, token by token."""
    depth, found = 0, -1
    for token in _TOKEN.finditer(raw):
        text = token[0]
        if text[0] in _OPENING:
            depth += 1
        elif text[0] != _QUOTE:
            depth -= 1
        elif depth == 1 and _is_key(text):
            colon = _after_blanks(raw, token.end())
            if raw[colon : colon + 1] == b":":  # otherwise it is the value of another key
                found = _after_blanks(raw, colon + 1)
    return found


def _after_blanks(raw: bytes, at: int) -> int:
    while raw[at] in _BLANK:
        at += 1
    return at


def _is_key(text: bytes) -> bool:
    """Return whether the string, which may be written with escapes, is `extension`."""
    return text == b'"extension"' or (b"\\" in text and msgspec.json.decode(text) == "extension")


def _renewed(
    array: bytes, extensions: Sequence[bytes], coverage: str, assertion_id: str
) -> bytes | None:
    """Return the array with the new entries, byte for byte the same elsewhere, or None."""
    new = b",".join(extensions)
    if _MARK not in array:
        return _appended(array, new)
    entries = [bytes(entry) for entry in _entries.decode(array)]
    ours = {index: said for index, entry in enumerate(entries) if (said := _ours(entry, coverage))}
    if not ours:
        return _appended(array, new)
    ids = {said.part("coverage-assertion-id").value_string for said in ours.values()}
    if ids == {assertion_id}:
        told = sorted(said.what() for said in ours.values())
        if told == sorted(_said.decode(extension).what() for extension in extensions):
            return None
    kept: list[bytes] = []
    copied = before = 1  # up to where the array is copied, and where the entry before ends
    for index, entry in enumerate(entries):
        begin = array.index(entry, before)  # between two entries is nothing but a comma and blanks
        end = begin + len(entry)
        if index in ours:
            kept.append(array[copied:before] if kept else array[copied:begin] + new)
            copied = end
        before = end
    return b"".join((b"[", *kept, array[copied:]))


def _appended(array: bytes, new: bytes) -> bytes:
    """Return the array with the new entries behind the last one."""
    end = len(array[:-1].rstrip(_BLANK))
    comma = b"," if end > 1 else b""
    return b"".join((array[:end], comma, new, array[end:]))


def _ours(entry: bytes, coverage: str) -> _Said | None:
    """Return the coverage-information that the entry is, if it is one for that coverage."""
    if _MARK not in entry:
        return None
    try:
        said = _said.decode(entry)
    except msgspec.ValidationError:
        return None
    reference = said.part("coverage").value_reference
    if said.url != URL or reference is None or not _same(reference.reference, coverage):
        return None
    return said


def _same(one: str, other: str) -> bool:
    """Return whether two references name one resource; one of them may leave out the server."""
    first, second = one.partition("/_history/")[0], other.partition("/_history/")[0]
    return first == second or first.endswith(f"/{second}") or second.endswith(f"/{first}")
