"""The typed receipt says what the receipt says, key by key, in its order."""

from __future__ import annotations

import json

import pytest

from precert.determine import determine, order_from_json, receipt
from precert.web.encoding import encode
from precert.web.views.receipt import receipt_view
from tests.support.cases import SuiteCase, answered_cases


@pytest.mark.parametrize("case", answered_cases(), ids=str)
def test_it_encodes_as_the_receipt_of_every_case(case: SuiteCase) -> None:
    answer = determine(case.rulebook, order_from_json(case.order))
    encoded = json.loads(encode(receipt_view(answer)), object_pairs_hook=list)
    plain = json.loads(json.dumps(receipt(answer)), object_pairs_hook=list)
    assert encoded == plain


def test_the_editions_that_answered_are_told_as_one_kind_of_thing() -> None:
    cases = [case for case in answered_cases() if case.file in {"plain", "editions"}]
    answers = [determine(case.rulebook, order_from_json(case.order)) for case in cases]
    counts = set()
    for answer in answers:
        editions = receipt_view(answer).rulebook.all_editions
        assert [one.digest for one in editions] == [b.digest for b in answer.lines_by_rulebook()]
        counts.add(len(editions))
    assert {1, 2} <= counts
