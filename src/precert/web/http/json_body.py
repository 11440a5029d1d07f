"""The JSON of a request's body, read strictly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Never

from precert.determine.order_json import brief
from precert.web.http.problems import Kind, RequestProblem

if TYPE_CHECKING:
    from starlette.requests import Request

JSON = "application/json"
_LONGEST = 40


async def read_json(request: Request) -> object:
    """Return the JSON value of the body.

    Raises `RequestProblem`: 415 for a body that is not called JSON, 400 for one that is none; a key
    that stands twice in an object is refused, since of two values only one would be seen.
    """
    told = request.headers.get("content-type", "")
    kind = told.partition(";")[0].strip().lower()
    if kind != JSON:
        raise RequestProblem(
            Kind(415, "not-called-json", "A body that is not called JSON"),
            read=brief(told) if told else "no content-type",
            expected=JSON,
            where="content-type",
        )
    return _parsed(await request.body())


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        read, expected = f"the byte 0x{body[error.start]:02x}", "JSON in UTF-8"
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        read = f"what is no JSON ({error.msg})"
        raise _not_json(read, "JSON", place) from None
    except _RefusedError as error:
        read, expected = str(error), "JSON with each key once and finite numbers"
    except ValueError:  # a number of thousands of digits
        read, expected = "a number that is too long", "JSON"
    except RecursionError:
        read, expected = "JSON that is nested too deeply", "an order"
    raise _not_json(read, expected, "body")


class _RefusedError(ValueError):
    """JSON that Python reads and that means nothing certain."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                message = f"the key {brief(key, _LONGEST)} twice in an object"
                raise _RefusedError(message)
            seen.add(key)
    return read


def _no_number(text: str) -> Never:
    message = f"the number {text}"
    raise _RefusedError(message)


def _not_json(read: str, expected: str, where: str) -> RequestProblem:
    return RequestProblem(
        Kind(400, "not-json", "A body that is no JSON"), read=read, expected=expected, where=where
    )
