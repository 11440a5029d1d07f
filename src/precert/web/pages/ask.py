"""The Ask page: an address in, the form with its answer out, or only the part that changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from precert.determine import OTHER_PLAN, determine
from precert.web.pages.answer import answer_page
from precert.web.pages.asking import Wrong, asking_of, order_asked
from precert.web.pages.questions import questions_of
from precert.web.pages.receipt import receipt_text
from precert.web.pages.rendering import asked_by_htmx, fragment, page

if TYPE_CHECKING:
    from starlette.requests import Request

    from precert.determine import OrderAnswer
    from precert.web.pages.asking import Asking
    from precert.web.served import Served

WRONG = 422
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked and what came of it: an answer, something wrong, or nothing yet."""

    asking: Asking
    answer: OrderAnswer | None = None
    wrong: Wrong | None = None


def ask(request: Request, served: Served) -> Response:
    """Return the page, the part with form and answer, or the answer alone, as it is asked for.

    What is half typed is no failure: a part of a page says with 200 what is wrong, a page with 422.
    """
    asked = asked_of(request, served)
    address = asked.asking.address()
    if asked_by_htmx(request, "answer"):
        headers = {"HX-Replace-Url": address}
        return fragment("parts/answered.html", _context(asked, served), headers=headers)
    if asked_by_htmx(request, "asked"):
        headers = {"HX-Push-Url": address}
        context = {**_context(asked, served), "focus": True}
        return fragment("parts/ask.html", context, headers=headers)
    if asked.answer is not None and request.query_params.multi_items() != asked.asking.pairs():
        return RedirectResponse(address, status_code=303)
    status = WRONG if asked.wrong else 200
    return page(served, "ask.html", "Ask", _context(asked, served), status=status)


def asked_of(request: Request, served: Served) -> Asked:
    """Return what an address asks, the day and the rulebook named in it, with its answer."""
    asking = asking_of(request.query_params)
    if not asking.on:
        asking = replace(asking, on=datetime.now().astimezone().date().isoformat())
    if not asking.codes:
        return Asked(replace(asking, rulebook=""))
    try:
        order = order_asked(asking, served.rulebook, served.settings.max_order_lines)
    except Wrong as wrong:
        return Asked(asking, wrong=wrong)
    if not asking.rulebook:
        asking = replace(asking, rulebook=served.rulebook.digest[:_SHORT])
    return Asked(asking, determine(served.rulebook, order))


def answer_context(asked: Asked, served: Served) -> dict[str, object]:
    """Return what the parts that print an answer need."""
    asking, answer = asked.asking, asked.answer
    if answer is None:
        return {"answer": None, "other_rulebook": ""}
    text = receipt_text(answer)
    other = not served.rulebook.digest.startswith(asking.rulebook)
    return {
        "answer": answer_page(answer),
        "questions": questions_of(answer, asking),
        "receipt": text,
        "other_rulebook": asking.rulebook if other else "",
        "digest": served.rulebook.digest,
        "receipt_address": asking.address("/receipt"),
        "download_address": asking.address("/receipt.json"),
    }


def _context(asked: Asked, served: Served) -> dict[str, object]:
    asking = asked.asking
    return {
        "asking": asking,
        "wrong_field": asked.wrong.field if asked.wrong else "",
        "wrong": str(asked.wrong) if asked.wrong else "",
        "plans": (*served.rulebook.plans, OTHER_PLAN),
        "programs": served.rulebook.program_names,
        "of_codes": tuple(
            (f"{fact}.{code}", f"{code}: {fact.replace('_', ' ')} {told}", told)
            for fact, code, told in asking.of_codes
        ),
        "focus": False,
        **answer_context(asked, served),
    }
