"""The typed receipt says what the receipt says, key by key, in its order."""

from __future__ import annotations

import json

import msgspec

from precert.determine import determine, order_from_json, receipt
from precert.web.encoding import encode
from precert.web.views.receipt import Receipt
from tests.support.cases import SuiteCase, answered_cases
from tests.support.each_file import of_each_file


@of_each_file(answered_cases())
def test_it_encodes_as_the_receipt_of_every_case(case: SuiteCase) -> None:
    answer = determine(case.rulebook, order_from_json(case.order))
    encoded = json.loads(encode(msgspec.convert(receipt(answer), Receipt)), object_pairs_hook=list)
    plain = json.loads(json.dumps(receipt(answer)), object_pairs_hook=list)
    assert encoded == plain
