"""JSON read from a file or from standard input, and written to standard output."""

from __future__ import annotations

import json
import sys
from errno import EBADF

STDIN = "-"


class NotJson(Exception):  # noqa: N818 - named for what is wrong, as in precert.errors
    """A file that cannot be opened or holds no JSON; its text is the sentence that says why."""

    def __init__(self, name: str, reason: str) -> None:
        """Take what was read and the reason, a clause about it."""
        super().__init__(f"{name} {reason}")


def read_json(path: str) -> object:
    """Return the value of a JSON file, of standard input for `-`. Raises `NotJson`.

    A key that stands twice in an object is refused: of two values only one would be seen.
    """
    name = "standard input" if path == STDIN else path
    try:
        return json.loads(_read(path), object_pairs_hook=_object)
    except OSError as error:
        reason = f"cannot be opened ({error.strerror}); name a JSON file, or - for standard input"
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        reason = f"is no JSON: read the byte 0x{byte:02x}, expected JSON in UTF-8"
    except json.JSONDecodeError as error:
        reason = f"is no JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except ValueError as error:
        reason = f"cannot be read: {error}"
    except RecursionError:
        reason = "cannot be read: it is nested too deeply"
    raise NotJson(name, reason)


def _read(path: str) -> bytes:
    if path != STDIN:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib would cost a cold start 4 ms
            return file.read()
    if sys.stdin is None:
        raise OSError(EBADF, "it is closed")
    return sys.stdin.buffer.read()


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object that the pairs make. Raises `ValueError` for a key that stands twice."""
    read: dict[str, object] = {}
    for key, value in pairs:
        if key in read:
            from precert.determine.order_json import brief

            message = f"the key {brief(key)} stands twice in an object"
            raise ValueError(message)
        read[key] = value
    return read


def to_json(value: object) -> str:
    """Return the value as JSON, indented, in ASCII: it survives every terminal and pipe."""
    return json.dumps(value, indent=2)
