"""The page that points to the JSON API, with examples that can be copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.web.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from precert.web.served import Served

_ORDER = (
    '{"complete": true, "lines": [{"code": "27447", "date_of_service": "2026-03-02"}, '
    '{"code": "C1767", "date_of_service": "2026-03-02"}]}'
)


@dataclass(frozen=True, slots=True)
class Example:
    """A call that can be copied: its id, what it is for, the command."""

    id: str
    title: str
    command: str


def api_page(request: Request, served: Served) -> Response:
    """Return the page, with the address under which it was asked for in its examples."""
    base = f"{request.url.scheme}://{request.url.netloc}"
    examples = (
        Example(
            "determine",
            "Answer an order",
            f"curl -s {base}/api/v1/determinations \\\n"
            f"  -H 'Content-Type: application/json' \\\n  -d '{_ORDER}'",
        ),
        Example("code", "What the list says of a code", f"curl -s {base}/api/v1/codes/27447"),
        Example("rulebook", "What the rulebook is made of", f"curl -s {base}/api/v1/rulebook"),
        Example(
            "verify",
            "Whether a receipt still holds",
            f"curl -s {base}/api/v1/receipts/verify \\\n"
            "  -H 'Content-Type: application/json' \\\n  --data-binary @receipt.json",
        ),
    )
    return page(served, "api.html", "API", {"examples": examples})
