"""JSON read from a file or from standard input, and written to standard output."""

from __future__ import annotations

import json
import sys

STDIN = "-"


class NotJson(Exception):  # noqa: N818 - named for what is wrong, as in precert.errors
    """A file that cannot be opened or holds no JSON; its text is the clause that says why."""


def read_json(path: str) -> object:
    """Return the value of a JSON file, of standard input for `-`. Raises `NotJson`."""
    try:
        if path == STDIN:
            return json.loads(sys.stdin.buffer.read())
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib would cost a cold start 4 ms
            return json.loads(file.read())
    except OSError as error:
        reason = f"cannot be opened ({error.strerror}); name a JSON file, or - for standard input"
        raise NotJson(reason) from error
    except UnicodeDecodeError as error:
        reason = f"read the byte 0x{error.object[error.start]:02x}, expected JSON in UTF-8"
        raise NotJson(reason) from error
    except ValueError as error:
        reason = f"expected JSON, but {error}"
        raise NotJson(reason) from error
    except RecursionError as error:
        reason = "expected JSON that is not nested so deeply"
        raise NotJson(reason) from error


def to_json(value: object) -> str:
    """Return the value as JSON, indented, in ASCII: it survives every terminal and pipe."""
    return json.dumps(value, indent=2)
