"""The public keys of the clients: a client, a `kid` and an algorithm in, the keys to try out.

Keys come from the client's file, or from an address (`jku`) that the settings allow; nothing else
is ever fetched. What a token says never makes an address be called more than once a minute.
"""

from __future__ import annotations

import logging
import time
from asyncio import Lock
from typing import TYPE_CHECKING

from precert.davinci.trust.jwks import UnreadableKeysError, parse_keys
from precert.davinci.trust.key_fetch import fetch_keys
from precert.davinci.trust.key_file import KeyFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import httpx2

    from precert.davinci.settings import Client
    from precert.davinci.trust.jwks import Key

FRESH = 600.0
"""Fetched keys are used so many seconds without asking again; so long a withdrawn one counts."""
KEPT = 3600.0
"""Where they cannot be fetched again, they are used so many seconds after they were fetched."""
PAUSE = 60.0
"""An address is called at most once in so many seconds, whether it answered or not."""
_log = logging.getLogger(__name__)


class KeySets:
    """The keys of all clients. `clock` counts seconds."""

    def __init__(
        self,
        clients: Iterable[Client],
        http: Callable[[], httpx2.AsyncClient],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read the keys in files. Raises UnreadableSettings for a file that holds none."""
        self._files: dict[str, KeyFile] = {}
        self._fetched: dict[str, _Fetched] = {}
        for client in clients:
            if client.jwks is not None:
                self._files[client.issuer] = KeyFile(client.jwks, clock)
            for jku in client.jku:
                self._fetched.setdefault(jku, _Fetched(jku, http, clock))

    async def find(self, client: Client, jku: str | None, kid: str, algorithm: str) -> list[Key]:
        """Return the keys that a token of the client may be signed with; none where none fits.

        `jku` is the address that the token names, which must be one that the client may use; where
        it names none, the client's file is looked at, and its addresses only where it has no file.
        """
        if jku is not None:
            if jku not in client.jku:
                return []
            return await self._fetched[jku].find(kid, algorithm)
        if client.jwks is not None:
            return self._files[client.issuer].find(kid, algorithm)
        found: list[Key] = []
        for address in sorted(client.jku):
            found += await self._fetched[address].find(kid, algorithm)
        return found


class _Fetched:
    """The keys at one address: kept for a while, asked for again where a `kid` is not known."""

    def __init__(
        self, jku: str, http: Callable[[], httpx2.AsyncClient], clock: Callable[[], float]
    ) -> None:
        self._jku, self._http, self._clock = jku, http, clock
        self._keys: tuple[Key, ...] = ()
        self._fetched = self._called = float("-inf")
        self._lock = Lock()

    async def find(self, kid: str, algorithm: str) -> list[Key]:
        found = self._known(kid, algorithm)
        if found and self._age() < FRESH:
            return found
        async with self._lock:  # those who wait here find what the first one fetched
            await self._fetch_if_due()
        return self._known(kid, algorithm) if self._age() < KEPT else []

    def _known(self, kid: str, algorithm: str) -> list[Key]:
        return [key for key in self._keys if key.kid == kid and key.algorithm == algorithm]

    def _age(self) -> float:
        return self._clock() - self._fetched

    async def _fetch_if_due(self) -> None:
        if self._clock() - self._called < PAUSE:
            return
        self._called = self._clock()
        try:
            self._keys = parse_keys(await fetch_keys(self._http(), self._jku))
        except UnreadableKeysError as error:
            _log.warning("crd keys: %s gave no keys: %s", self._jku, error)
            return
        self._fetched = self._clock()
