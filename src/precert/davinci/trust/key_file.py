"""A file of a client's public keys in, those of a `kid` out; a changed file is read again."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from precert.davinci.trust.jwks import LONGEST_SET, UnreadableKeysError, parse_keys
from precert.errors import UnreadableSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from precert.davinci.trust.jwks import Key

LOOKED_AT = 10.0
"""Whether the file changed is looked at once in so many seconds."""
_log = logging.getLogger(__name__)


class KeyFile:
    """The keys in a file. `clock` counts seconds."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Read the file. Raises UnreadableSettings where it holds no key that is taken."""
        self._path, self._clock = path, clock
        self._looked = clock()
        try:
            self._stamp = self._changed()
            self._keys = self._read()
        except OSError as error:
            reason = f"cannot be opened ({error.strerror}); expected a JSON Web Key Set"
            raise UnreadableSettings(str(path), "file", reason) from error
        except UnreadableKeysError as error:
            reason = f"read {error}; expected a JSON Web Key Set with the client's public keys"
            raise UnreadableSettings(str(path), "keys", reason) from error

    def find(self, kid: str, algorithm: str) -> list[Key]:
        """Return the keys of that name for that algorithm."""
        if self._clock() - self._looked >= LOOKED_AT:
            self._looked = self._clock()
            self._read_again()
        return [key for key in self._keys if key.kid == kid and key.algorithm == algorithm]

    def _read_again(self) -> None:
        """Read a file that changed; one that cannot be read is logged, and the keys stay."""
        try:
            if (stamp := self._changed()) != self._stamp:
                self._keys = self._read()
                self._stamp = stamp
        except (OSError, UnreadableKeysError) as error:
            _log.error("crd keys: %s is not read again: %s", self._path, type(error).__name__)

    def _changed(self) -> tuple[int, int, int]:
        stat = self._path.stat()
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _read(self) -> tuple[Key, ...]:
        with self._path.open("rb") as file:
            return parse_keys(file.read(LONGEST_SET + 1))
