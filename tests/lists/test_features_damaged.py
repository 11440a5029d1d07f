"""A list with all features at once, damaged: nothing is lost, nothing raises or is guessed."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from precert.lists import LineKind
from precert.lists.checks import run_checks
from precert.lists.markup import plain
from precert.model import Requirement, Unread
from tests.lists.features import DECISIONS, blocks, layout_of, read
from tests.lists.test_conservation import damages
from tests.support.thorough import examples

LAYOUT = f"""
program = "Other"
{DECISIONS}
[[decision]]
requirement = "required"
blank = true

[titles]
program = ["Group {{program}}"]
continued = ["(cont.)"]

[sheets]
ignored = ["Old"]

[codes]
several = true
ranges = true

[columns]
code = ["Codes"]
description = ["Item"]
decision = ["PA?"]
program = ["Program"]
effective_from = ["From"]
effective_to = ["To"]
units = ["Units"]
ignored = ["Fee"]

[marks]
set = ["x"]

[[mark_column]]
column = ["Free"]
requirement = "not-required"

[footnotes]
column = "description"
bare_digits = true

[[footnote]]
mark = "1"
condition = "purchase"

[[furniture]]
kind = "legend"
phrases = ["1 = purchase"]
marks = ["1"]

[[furniture]]
kind = "page"
phrases = ["page {{count}}"]

[[furniture]]
kind = "exhaustive"
phrases = ["none for other codes"]

[[notice]]
phrases = ["{{codes}} end {{date}}"]
sets = "effective-to({{date}})"

[[pattern]]
phrases = ["over {{units}}"]
columns = ["units"]
condition = "purchase-above({{units}})"
"""
TEXT = """\
Group Seats
E0992 end 12/31/2026
Codes\tItem\tPA?\tFree\tProgram\tFrom\tTo\tUnits\tFee
E0992, E0994\tSeat1\tYes\t\t\t1/5/2026\t\tover 4\t9
E0995\tArm\t\tx\tArms\t\t12/31/2999\t\t
\tRests\t\t\t\t\t\t\t
page 1
Group Seats (cont.)
E0250-E0255\tBeds\tNo\t\t\t\t\t\t
E0260\tBed\tno\t\t\t2026-01-05\t13/1/2026\t\t
1 = purchase
None for other codes"""
OLD = "[sheet Old]\nE0301\tBed\tNo\t\t\t\t\t\t"


@settings(max_examples=examples(20, 40))
@given(damages(TEXT.split("\n")))
def test_a_damaged_list_is_accounted_for(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        layout = layout_of(Path(folder), LAYOUT)
    text = "\n".join(["[sheet New]", *lines, OLD])
    reading = read(text, layout)
    refs = [
        ref
        for block in blocks(text, layout.header_words)
        for ref in ([block.ref] if hasattr(block, "ref") else _refs(block))
    ]
    assert list(reading.refs) == refs
    assert reading.kinds[-1] is LineKind.IGNORED
    reported = {each.ref for each in reading.diagnostics}
    kinds = dict(zip(reading.refs, reading.kinds, strict=True))
    for ref, kind in kinds.items():
        assert kind is not LineKind.DIAGNOSTIC or ref in reported
    ids = [entry.rule.rule_id for entry in reading.entries]
    assert len(set(ids)) == len(ids)
    for found in run_checks(reading, layout):
        assert found.ref in kinds
    for entry in reading.entries:
        rule = entry.rule
        assert kinds[rule.ref] is LineKind.RULE
        says = {plain(entry.printed.get(field, "")).casefold() for field in ("decision", "mark 1")}
        if rule.requirement is Requirement.NOT_REQUIRED:
            assert any(re.fullmatch(r"\W*(no|x)\W*", each) for each in says)
        if rule.requirement is Requirement.UNREAD:
            assert any(isinstance(each, Unread) for each in rule.conditions)


def _refs(block: object) -> list[object]:
    header, rows = getattr(block, "header"), getattr(block, "rows")  # noqa: B009 - a table
    return [each.ref for each in (*([header] if header else []), *rows)]
