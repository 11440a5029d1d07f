"""The OpenAPI 3.1 document: made from the operations and the very types that they answer with."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from http import HTTPStatus
from importlib.metadata import version
from inspect import getdoc
from typing import TYPE_CHECKING, Any

import msgspec

from precert.web.api.asked import AskedLine, AskedOrder, AskedOrders
from precert.web.encoding import encode
from precert.web.http.json_body import JSON
from precert.web.views.problem import MEDIA_TYPE, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from precert.web.api.operations import Operation

Json = dict[str, Any]

_REF = "#/components/schemas/{name}"
_ALWAYS = (500,)
_STRICT = (AskedLine, AskedOrder, AskedOrders)
"""Types that are sent: a key that nobody knows is refused."""
_REQUEST_ID = {
    "description": "The request's own x-request-id, or one that was made.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
}


def openapi(operations: Sequence[Operation]) -> Json:
    """Return the OpenAPI document of the operations."""
    types = _types(operations)
    _, components = msgspec.json.schema_components(types, ref_template=_REF)
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "precert",
            "version": version("precert"),
            "summary": "Does this order need prior authorization, from whom, on which platform?",
            "description": "docs/api.md describes it with examples.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": _paths(operations),
        "components": {"schemas": _finished(components)},
    }
    written: Json = msgspec.json.decode(encode(document))  # defaults are values of Python still
    return written


def _types(operations: Iterable[Operation]) -> list[Any]:
    found: dict[Any, None] = {Problem: None}
    for operation in operations:
        found |= dict.fromkeys((*operation.answers, *operation.bodies))
    return [kind for kind in found if is_dataclass(kind)]


def _finished(components: Mapping[str, Any]) -> Json:
    """Return the schemas, those of what is sent closed."""
    schemas = dict(components)
    for kind in _STRICT:
        schemas[kind.__name__] = {**schemas[kind.__name__], "additionalProperties": False}
    return schemas


def _paths(operations: Iterable[Operation]) -> Json:
    paths: Json = {}
    for operation in operations:
        at = paths.setdefault(operation.path, {})
        at[operation.method.lower()] = _operation(operation)
    return paths


def _operation(operation: Operation) -> Json:
    told: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": _description(operation),
        "parameters": [*_path_parameters(operation), *_query_parameters(operation)],
        "responses": {
            "200": {
                "description": operation.summary,
                "headers": {"x-request-id": _REQUEST_ID},
                "content": {JSON: {"schema": _any_of(operation.answers)}},
            },
            **{str(status): _problem(status) for status in (*operation.problems, *_ALWAYS)},
        },
    }
    if operation.bodies:
        schema = _any_of(operation.bodies)
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return told


def _description(operation: Operation) -> str:
    """Return what an operation does and what its parameters are, as their dataclass says it."""
    if operation.query is None or not fields(operation.query):
        return operation.description
    return f"{operation.description}\n\n{getdoc(operation.query)}"


def _any_of(kinds: Sequence[Any]) -> Json:
    schemas = [_reference(kind) for kind in kinds]
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _reference(kind: Any) -> Json:  # noqa: ANN401 - a type, or any object
    if is_dataclass(kind):
        return {"$ref": _REF.format(name=getattr(kind, "__name__", ""))}
    return {"type": "object"}


def _problem(status: int) -> Json:
    return {
        "description": HTTPStatus(status).phrase,
        "headers": {"x-request-id": _REQUEST_ID},
        "content": {MEDIA_TYPE: {"schema": _reference(Problem)}},
    }


def _path_parameters(operation: Operation) -> list[Json]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": operation.path_words[name],
            "schema": {"type": "string", "minLength": 1},
        }
        for name in re.findall(r"\{(\w+)", operation.path)
    ]


def _query_parameters(operation: Operation) -> list[Json]:
    if operation.query is None:
        return []
    schema = msgspec.json.schema(operation.query)
    (told,) = schema["$defs"].values()
    required = told.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "schema": _told(field),
        }
        for name, field in told["properties"].items()
    ]


def _told(field: Json) -> Json:
    """Return the schema of a parameter: null is told by leaving it out."""
    kept = {key: value for key, value in field.items() if key != "default" or value is not None}
    alternatives = [one for one in kept.pop("anyOf", ()) if one != {"type": "null"}]
    if not alternatives:
        return kept
    return {**kept, **(alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives})}
