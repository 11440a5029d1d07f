"""Thirty known edits of the published list, and edits of its looks that are no differences.

The text of the list is edited where the bundled rulebook says that a rule stands; nothing of it is
repeated here but codes, decisions and platforms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.rulebook.difference import DifferenceKind as Kind

if TYPE_CHECKING:
    from pathlib import Path

    from precert.model import Rule
    from precert.rulebook import Rulebook

CODE, CATEGORY, NOTE = "CPT® Code", "Category", "External Notation"
DECISION = "Commercial Prior Authorization Required?"
PLATFORM = "Commercial Case Build Platform"
RADIOLOGY, JOINT, SLEEP = "Radiology & Cardiology", "Joint Surgery", "Sleep"
DME, SPINE = "Durable Medical Equipment", "Spine Surgery"
MEDSOLUTIONS, CARECORE = "MedSolutions", "CareCore National"

ADDED = ("G9991", "G9992", "G9993", "G9994", "G9995")


class Expected(NamedTuple):
    """A difference that has to be told: kind, code, and the fields that changed."""

    kind: Kind
    code: str
    what: tuple[str, ...] = ()


class EditedList:
    """The lines of the list, and what was edited so far; a line is found by its rule."""

    def __init__(self, path: Path, rulebook: Rulebook) -> None:
        self._lines: list[list[str]] = [[line] for line in path.read_text("utf-8").split("\n")]
        self._printed = [line for (line,) in self._lines]
        self._unused = {
            program: [rule for rule in rulebook.rules if _is_plain(rule, program, rulebook)]
            for program in rulebook.program_names
        }
        self.rulebook = rulebook
        self.expected: list[Expected] = []

    def text(self) -> str:
        return "\n".join(line for lines in self._lines for line in lines)

    def plain_rule(self, program: str, requirement: str = "required") -> Rule:
        """Take a rule that nobody edits yet, alone for its code, without conditions."""
        found = next(rule for rule in self._unused[program] if rule.requirement == requirement)
        self._unused[program].remove(found)
        return found

    def cells(self, rule: Rule) -> dict[str, str]:
        """Return the cells of a rule's row by their header words."""
        at = rule.ref.line - 1
        header = next(line for line in reversed(self._printed[:at]) if CODE in line.split("\t"))
        cells = self._printed[at].split("\t")
        width = len(header.split("\t"))
        return dict(zip(header.split("\t"), cells + [""] * (width - len(cells)), strict=False))

    def write(self, rule: Rule, **cells: str) -> None:
        """Replace cells of a rule's row, named decision, platform, note, category or code."""
        named = {"decision": DECISION, "platform": PLATFORM, "note": NOTE}
        named |= {"category": CATEGORY, "code": CODE}
        row = self.cells(rule)
        row |= {named[name]: cell for name, cell in cells.items()}
        self._lines[rule.ref.line - 1][0] = "\t".join(row.values())

    def remove(self, rule: Rule) -> None:
        self._lines[rule.ref.line - 1].clear()

    def insert_beside(self, rule: Rule, code: str, **cells: str) -> None:
        """Print a row like that of a rule behind it, for another code."""
        kept = list(self._lines[rule.ref.line - 1])
        self.write(rule, code=code, **cells)
        (row,) = self._lines[rule.ref.line - 1]
        self._lines[rule.ref.line - 1] = [*kept, row]

    def expect(self, kind: Kind, code: str, *what: str) -> None:
        self.expected.append(Expected(kind, code, what))


def _is_plain(rule: Rule, program: str, rulebook: Rulebook) -> bool:
    return (
        rule.program == program
        and not (rule.conditions or rule.heading or rule.descriptor_add_on)
        and len(rulebook.by_code[rule.code]) == 1  # type: ignore[index]  # the real list has no ranges
        and rule.platform is not None
    )


def edit_thirty(edited: EditedList) -> None:
    """Make thirty edits that change what the list says."""
    _add_and_remove(edited)
    _move(edited)
    _change_answers(edited)
    _change_conditions(edited)


def _add_and_remove(edited: EditedList) -> None:
    for code, program in zip(ADDED, (RADIOLOGY, JOINT, SLEEP, DME, SPINE), strict=True):
        edited.insert_beside(edited.plain_rule(program), code)
        edited.expect(Kind.CODE_ADDED, code, "rule")
        gone = edited.plain_rule(program)
        edited.remove(gone)
        edited.expect(Kind.CODE_REMOVED, str(gone.code), "rule")


def _move(edited: EditedList) -> None:
    for program, to, decision in (
        (JOINT, SPINE, "Yes"),
        (SPINE, JOINT, "Yes"),
        (JOINT, SPINE, "No"),
        (RADIOLOGY, JOINT, "No"),
    ):
        rule, beside = edited.plain_rule(program), edited.plain_rule(to)
        edited.remove(rule)
        edited.insert_beside(
            beside, str(rule.code), decision=decision, platform=rule.platform or ""
        )
        edited.expect(Kind.MOVED, str(rule.code))


def _change_answers(edited: EditedList) -> None:
    for program, requirement, decision in (
        (RADIOLOGY, "required", "No"),
        (SPINE, "required", "Out of Scope"),
        (DME, "required", "No"),
        (DME, "out-of-scope", "Yes"),
        (SLEEP, "required", "Experimental/Investigational"),
    ):
        rule = edited.plain_rule(program, requirement)
        edited.write(rule, decision=decision)
        edited.expect(Kind.ANSWER, str(rule.code), "requirement")
    for program, platform in ((RADIOLOGY, CARECORE), (JOINT, CARECORE), (DME, MEDSOLUTIONS)):
        rule = edited.plain_rule(program)
        edited.write(rule, platform=platform)
        edited.expect(Kind.ANSWER, str(rule.code), "platform")
    dated = [rule for rule in edited.rulebook.rules if any(map(_prints_2022, rule.statements))]
    for rule in dated[:2]:
        edited.write(rule, note=edited.cells(rule)[NOTE].replace("01/01/22", "04/01/22"))
        edited.expect(Kind.ANSWER, str(rule.code), "statements")


def _prints_2022(statement: object) -> bool:
    return str(getattr(statement, "effective_from", "")) == "2022-01-01"


def _change_conditions(edited: EditedList) -> None:
    for _ in range(3):
        rule = edited.plain_rule(DME)
        edited.write(rule, note="Purchase only")
        edited.expect(Kind.CONDITIONS, str(rule.code), "limits")
    limited = [rule for rule in edited.rulebook.rules if rule.limits and rule.program == DME]
    for rule in limited[:2]:
        edited.write(rule, note="")
        edited.expect(Kind.CONDITIONS, str(rule.code), "limits")
    rule = edited.plain_rule(RADIOLOGY)
    edited.write(rule, category="Another kind of picture")
    edited.expect(Kind.DETAILS, str(rule.code), "category")


def look_otherwise(text: str) -> str:
    """Return the list with other lines, an order of rows and spellings: it says the same."""
    lines = text.split("\n")
    rows = [at for at, line in enumerate(lines) if "\tMedSolutions" in line]
    for first, second in zip(rows[::40], rows[1::40], strict=False):
        if second == first + 1:
            lines[first], lines[second] = lines[second], lines[first]
    respelt = [
        line.replace("Cardiology\tCID\t", "Cardiology\tCid \t")
        .replace("\tOut of Scope\tOut of Scope", "\tOUT OF  SCOPE\tout of scope")
        .replace("Procedure List: Joint Surgery", "Procedure List: JOINT  Surgery")
        for line in lines
    ]
    return "\n".join([*[""] * 7, *respelt[:1000], "", "", *respelt[1000:]])
