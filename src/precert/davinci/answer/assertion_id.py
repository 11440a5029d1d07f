"""The coverage-assertion-id: what an answer rests on in, a name by which it is found again out.

The id is a hash of all that decides the answer: the references of resource, coverage and the orders
that the answer depends on, the facts that were told, the digests of the editions that answered, and
the payer's settings. The same facts get the same id on another day, and an id that was made up is
found out. A record keeps the references as a hash: it names no resource.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from precert.determine import order_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from precert.davinci.settings import Covered, Payer
    from precert.determine import Order, OrderAnswer

PREFIX = "precert-2-"
"""Names what makes an id; another way of making it is another number."""
_DIGITS = 40

_json = msgspec.json.Encoder().encode


class Assertion(msgspec.Struct, frozen=True, gc=False):
    """What stands behind one id: all that is said on one resource for one coverage.

    `references` and `settings` are hashes, `answers` the answers by their place in the record with
    the line that is meant, `unanswered` what is said in words where the rulebook was not asked.
    """

    assertion_id: str
    references: str
    settings: str
    answers: tuple[tuple[int, int], ...]
    unanswered: tuple[str, ...]


def assertion_of(
    references: str,
    settings: str,
    answers: Sequence[tuple[int, int]],
    unanswered: Iterable[str],
    bases: Sequence[str],
) -> Assertion:
    """Return the assertion with its id; `bases` are the hashes of all answers of the request."""
    of_lines = [(bases[place], line) for place, line in answers]
    words = tuple(unanswered)
    made_of = _json((references, settings, of_lines, words))
    name = PREFIX + sha256(made_of).hexdigest()[:_DIGITS]
    return Assertion(name, references, settings, tuple(answers), words)


def references_hash(resource: str, coverage: str, *depends_on: str) -> str:
    """Return the hash of the references that an id is about, and of those that it depends on."""
    return _hash((resource, coverage, *depends_on))


def settings_hash(payer: Payer) -> str:
    """Return the hash of what the payer's settings say in an answer."""
    return _settings_hash(payer.name, payer.covered, payer.phone, payer.url)


@lru_cache(maxsize=64)
def _settings_hash(name: str, covered: Covered, phone: str | None, url: str | None) -> str:
    return _hash((name, covered.value, phone, url))


def basis_of(answer: OrderAnswer) -> str:
    """Return the hash of what an answer rests on: the facts, and the editions that answered."""
    return _basis(answer.order, [book.digest for book in answer.lines_by_rulebook()])


def basis_of_receipt(receipt: dict[str, Any]) -> str:
    """Return the same of an answer's receipt, whose facts can be read as an order.

    What names the editions may be anything: a record may have been changed.
    """
    rulebook = receipt["rulebook"]
    editions = rulebook.get("editions", [rulebook]) if isinstance(rulebook, dict) else []
    digests = [one.get("digest") for one in editions if isinstance(one, dict)]
    return _basis(order_from_json(receipt["facts"]), digests)


def _basis(order: Order, digests: Sequence[object]) -> str:
    lines = [
        (
            *(line.code, line.date_of_service, line.modifiers, line.units, line.program),
            *(line.place_of_service, line.acquisition),
        )
        for line in order.lines
    ]
    facts = (
        *(order.is_complete or order.complete, order.plan, order.client_managed),
        *(order.age, order.state, order.diagnoses),
    )
    return _hash((facts, lines, digests))


def _hash(value: object) -> str:
    return sha256(_json(value)).hexdigest()
