"""What a person reads: transcripts of `precert check`, renewed with `pytest --renew`.

`golden/invented/` shows every outcome, condition and question on an invented rulebook;
`golden/bundled/` the answers of the bundled rulebook that the foundation had to give.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Run

GOLDEN = Path(__file__).parent / "golden"

INVENTED = {
    "outcomes": [
        "E0621",
        "E0625",
        "E0635",
        "E0636",
        "E0637",
        "E0781",
        "E0786",
        "E0791",
        "E0621 E0630",
        "A9999",
    ],
    "conditions": [
        "E0630",
        "E0630 --complete",
        "E0782 --partial",
        "E0782 E0621 --on 2026-08-01",
        "E0782 --complete",
        "E0784",
        "E0785",
        "K0455",
        "T1030",
        "T1030 --plan gold --place-of-service 12",
        "T1030 --plan other --place-of-service 11",
        "T1031 --client-managed",
        "S9123",
    ],
    "limits": [
        "E0639",
        "E0639 NU",
        "E0639 --acquisition rental",
        "E0642",
        "E0621 E0642",
    ],
    "scope": [
        "E0650",
        "E0650 --age 34",
        "E0650 --age 12",
        "E0651",
        "E0651 --state georgia --place-of-service 11",
        "E0651 --state TX",
        "E0652 --diagnosis I890",
        "E0652 --diagnosis C50.911,Z17.0",
        "E0655 --modifier none",
        "E0656-RT x3",
        "E0657 E0781",
        "E0657 E0621",
    ],
    "dates": [
        "E0640",
        "E0640 --on 2026-06-01",
        "E0641",
        "E0625 --on 2025-12-31",
        "E0625 --on 2027-01-02",
    ],
    "programs": [
        "E0637 --program pumps",
        "E0621 --program home",
    ],
    "order": [
        "E0621-NU E0630 'E0782 x2' E0781 E0625 E0640 E0635 E0637 A9999 A9998 --on 2026-06-01",
    ],
}

BUNDLED = {
    "plain": ["72148", "70450", "96413", "0648T", "22848", "L1933 --on 2031-01-01"],
    "statements": ["95800", "95800 --on 2021-12-31", "43206", "43252", "E0784", "K0553", "A4239"],
    "add-ons": [
        "64480",
        "64480 64479",
        "78434 72148",
        "36476 36475",
        "36476 37215",
    ],
    "companions": [
        "C1767",
        "C1767 --complete",
        "C1767 63650",
        "C1767 63047",
        "C1767 L8680",
        "C1767 22899",
        "J7330",
        "J7330 27412",
        "J7330 27447",
    ],
    "unlisted": [
        "22899",
        "22899 22899",
        "22899 63047",
        "22899 27447",
        "22899 63047 27447",
        "64999",
    ],
    "two-programs": [
        "E0470",
        "A4604",
        "E0492",
        "E0492 95810",
        "E0492 --program sleep",
        "72148 --program sleep",
        "E0782",
        "E0782 --complete",
        "E0782 62361",
        "L8685",
    ],
    "limits": [
        "K0820",
        "K0820 'E0956 x2' E0961 E0973 E1002 --acquisition rental",
        "K0820 'E0956 x2' E0961 E0973 E1002 --acquisition purchase",
        "K0820 'E0956 x2' 'E0961 x1' --acquisition rental",
        "K0820 'E0956 x5'",
        "K0820 'E0956 x2' 'E0951 x2' --acquisition rental",
        "K0848 RR",
        "J9312",
        "J9312 --place-of-service 11",
    ],
    "plans": [
        "T1031",
        "T1031 --plan 'FL DSNP'",
        "T1031 --plan Gold",
        "63620",
    ],
    "mistyped": ["7214B", "7Z148", "O331T", "63650 2"],
    "order": [
        "27447 29884 63047 64479 64480 C1767 E0492 96413",
        "27447 J7330 63047 22848 72148 95800 E0492 96413",
    ],
}


def transcript(run: Run, commands: list[str], *options: str) -> str:
    """Return the commands with what they print, and their exit code where it is not 0.

    What stands below every answer alike, the rulebook and the caveats, is kept in the first only.
    """
    parts: list[str] = []
    for command in commands:
        on = () if "--on" in command else ("--on", "2026-03-02")
        done = run("check", *shlex.split(command), *on, *options)
        code = f"[exit code {done.exit_code}]\n" if done.exit_code else ""
        answer, rulebook, below = done.output.partition("\nRulebook: ")
        printed = answer + rulebook + below if not parts else answer
        parts.append(f"$ precert check {command}\n{printed}{code}")
    return "\n".join(parts)


@pytest.mark.parametrize("name", INVENTED)
def test_of_the_invented_rulebook(
    run: Run, book: Path, golden: Callable[[Path, str], None], name: str
) -> None:
    text = transcript(run, INVENTED[name], "--rulebook", str(book))
    golden(GOLDEN / "invented" / f"{name}.txt", text)


@pytest.mark.parametrize("name", BUNDLED)
def test_of_the_bundled_rulebook(run: Run, golden: Callable[[Path, str], None], name: str) -> None:
    golden(GOLDEN / "bundled" / f"{name}.txt", transcript(run, BUNDLED[name]))


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*/*.txt")), ids=lambda path: path.stem)
def test_no_transcript_is_wider_than_100_columns_or_left_behind(path: Path) -> None:
    assert path.stem in {"invented": INVENTED, "bundled": BUNDLED}[path.parent.name]
    for line in path.read_text("utf-8").splitlines():
        assert len(line) <= 100 or line.startswith(("Error: ", "$ ")), line
        assert line == line.rstrip()
