"""The printable answer with its sha256, and the receipt as a file that `precert verify` accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from precert.web.pages.ask import answer_context, asked_of
from precert.web.pages.receipt import receipt_text
from precert.web.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from precert.web.served import Served


def printed_receipt(request: Request, served: Served) -> Response:
    """Return the page to be printed; what cannot be answered goes back to the Ask page."""
    asked = asked_of(request, served)
    if asked.answer is None:
        return RedirectResponse(asked.asking.address(), status_code=303)
    context = {"asking": asked.asking, **answer_context(asked, served)}
    return page(served, "receipt.html", "Ask", context)


def receipt_file(request: Request, served: Served) -> Response:
    """Return the receipt as a file; what cannot be answered goes back to the Ask page."""
    asked = asked_of(request, served)
    if asked.answer is None:
        return RedirectResponse(asked.asking.address(), status_code=303)
    receipt = receipt_text(asked.answer)
    name = f"precert-receipt-{receipt.sha256[:12]}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(receipt.content, media_type="application/json", headers=headers)
