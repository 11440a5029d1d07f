"""The address of a key set in, its bytes out; nothing but that address is ever called."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx2

from precert.davinci.trust.jwks import LONGEST_SET, UnreadableKeysError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECONDS = 2.0
"""The time for all of it: to connect, to ask, to read."""
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity"}


async def fetch_keys(http: httpx2.AsyncClient, address: str) -> bytes:
    """Return what stands at an address that the settings allow.

    A redirect is not followed, an answer is read up to the longest key set, and a packed one not at
    all, since it may unpack to anything. Raises UnreadableKeysError for what fails.
    """
    try:
        async with (
            asyncio.timeout(SECONDS),
            http.stream("GET", address, headers=_HEADERS, follow_redirects=False) as response,
        ):
            if response.status_code != httpx2.codes.OK:
                message = f"the status {response.status_code}"
                raise UnreadableKeysError(message)
            if response.headers.get("content-encoding", "identity") != "identity":
                message = "a packed answer"
                raise UnreadableKeysError(message)
            return await _read(response.aiter_bytes())
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, TimeoutError) as error:
        raise UnreadableKeysError(type(error).__name__) from error


async def _read(chunks: AsyncIterator[bytes]) -> bytes:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > LONGEST_SET:
            message = f"a key set of more than {LONGEST_SET} bytes"
            raise UnreadableKeysError(message)
    return bytes(content)
