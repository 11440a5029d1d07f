"""Which tokens were used already: an issuer and a `jti` in, whether it is the first time out.

The memory is bounded: a token is remembered until it could not be used any more, and at most so
many of one issuer. Where that many are remembered, a new one is not taken, since to forget an old
one would let it be used again. One issuer cannot fill the memory of another.
"""

from __future__ import annotations

from collections import defaultdict
from enum import Enum, auto
from hashlib import blake2b
from threading import Lock

MOST_TOKENS = 1_000_000
"""At most so many tokens are remembered at once: about 130 bytes each."""
_MINUTE = 60


class Use(Enum):
    """What is known of a token that is used now."""

    FIRST = auto()
    AGAIN = auto()
    NO_ROOM = auto()


class Replay:
    """The tokens that were used, of several issuers. Safe to use from several threads."""

    def __init__(self, issuers: int = 1, most: int = MOST_TOKENS) -> None:
        """Take how many issuers there are; each may use an equal part of the memory."""
        self._most = max(most // max(issuers, 1), 1)
        self._seen: defaultdict[str, _Seen] = defaultdict(_Seen)
        self._lock = Lock()

    def use(self, issuer: str, jti: str, until: float, now: float) -> Use:
        """Return whether a token is used for the first time, and remember it.

        `until` and `now` are seconds since the epoch; at `until` the token is refused anyway.
        """
        name = blake2b(jti.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with self._lock:
            return self._seen[issuer].use(name, until, now, self._most)

    def __len__(self) -> int:
        with self._lock:
            return sum(len(seen.names) for seen in self._seen.values())


class _Seen:
    """The tokens of one issuer, forgotten a minute at a time."""

    __slots__ = ("minutes", "names", "next_minute")

    def __init__(self) -> None:
        self.names: set[bytes] = set()
        self.minutes: defaultdict[int, list[bytes]] = defaultdict(list)
        self.next_minute = 0

    def use(self, name: bytes, until: float, now: float, most: int) -> Use:
        self._forget(int(now // _MINUTE))
        if name in self.names:
            return Use.AGAIN
        if len(self.names) >= most:
            return Use.NO_ROOM
        self.names.add(name)
        self.minutes[int(until // _MINUTE)].append(name)
        return Use.FIRST

    def _forget(self, minute: int) -> None:
        """Forget the tokens whose last minute is over; looked at once a minute."""
        if minute < self.next_minute:
            return
        self.next_minute = minute + 1
        for past in [each for each in self.minutes if each < minute]:
            self.names.difference_update(self.minutes.pop(past))
