"""`precert verify RECORD.jsonl --assertion ID`: the answer behind an id, or what was changed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

import precert
import precert.davinci
from precert.rulebook import write_rulebook
from tests.davinci.asking import EVERY, ask, focus, gathered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from precert.davinci.answer.response import Answered
    from tests.cli.conftest import Run

Entry = dict[str, Any]
BOTH = "both purchase and rental (acquisition, modifiers)"


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the rulebook that answers."""
    folder = tmp_path_factory.mktemp("every") / "book"
    write_rulebook(EVERY, folder)
    return folder


ANSWERED = ask(
    gathered(
        EVERY,
        focus("a", "E0601"),
        focus("b", "K0001"),
        focus("c", "K0002", "A9999", "K0002-NU-RR"),
        focus("d"),
    )
)
ALONE = ask(gathered(EVERY, focus("a", "K0001")))


def recorded(answered: Answered, **beside: object) -> Entry:
    """A line of a record, as it is read again."""
    told: Entry = json.loads(json.dumps({"when": "then", **beside, **answered.recorded()}))
    return told


def verify(
    run: Run, every: Path, tmp_path: Path, name: str, *entries: Entry | str
) -> tuple[int, list[str], str]:
    path = tmp_path / "record.jsonl"
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    path.write_text("\n".join(lines), encoding="utf-8")
    done = run("verify", str(path), "--assertion", name, "--rulebook", str(every))
    said = done.stdout.replace(str(path), "record.jsonl").splitlines()
    return done.exit_code, said, done.stderr.replace(str(path), "record.jsonl")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (0, ["E0601 on 2026-03-02: depends on what is not known yet"]),
        (1, ["K0001 on 2026-03-02: needs prior authorization (Northwind)"]),
        (
            2,
            [
                "K0002 on 2026-03-02: no prior authorization",
                "A9999 on 2026-03-02: not on this list",
                f"K0002: read {BOTH}, expected one of them.",
            ],
        ),
    ],
)
def test_every_id_of_a_response_is_verified(
    run: Run, every: Path, tmp_path: Path, place: int, expected: list[str]
) -> None:
    name = ANSWERED.assertion_ids[place]
    code, said, _ = verify(run, every, tmp_path, name, recorded(ALONE), recorded(ANSWERED))
    digest = EVERY.digest[:12]
    assert said == [f"identical: record.jsonl:2, rulebook {digest}", *(f"  {e}" for e in expected)]
    assert code == 0


def test_an_id_of_what_was_not_asked_is_verified(run: Run, every: Path, tmp_path: Path) -> None:
    name = ANSWERED.assertion_ids[3]
    code, said, _ = verify(run, every, tmp_path, name, recorded(ANSWERED))
    assert (code, said[0]) == (0, "identical: record.jsonl:1")
    assert "no code in which services are billed" in said[1]


def test_every_line_that_holds_the_id_is_verified(run: Run, every: Path, tmp_path: Path) -> None:
    (name,) = ALONE.assertion_ids
    entries = (recorded(ALONE), recorded(ANSWERED), recorded(ALONE, when="later"))
    _, said, _ = verify(run, every, tmp_path, name, *entries)
    assert [line for line in said if line.startswith("identical")] == [
        f"identical: record.jsonl:{number}, rulebook {EVERY.digest[:12]}" for number in (1, 3)
    ]


def _facts(entry: Entry) -> None:
    entry["receipts"][0]["facts"]["lines"][0]["units"] = 2


def _outcome(entry: Entry) -> None:
    entry["receipts"][0]["determinations"][0]["outcome"] = "no-auth"


def _references(entry: Entry) -> None:
    entry["assertions"][0]["references"] = "0" * 64


def _settings(entry: Entry) -> None:
    entry["assertions"][0]["settings"] = "0" * 64


def _unanswered(entry: Entry) -> None:
    entry["assertions"][0]["unanswered"] = ["something else"]


def _digest(entry: Entry) -> None:
    entry["receipts"][0]["rulebook"]["digest"] = "0" * 64


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_facts, "the id: what is recorded makes the id precert-2-"),
        (_outcome, 'receipts[0]: determinations[0].outcome: then "no-auth", now "auth-needed"'),
        (_references, "the id: "),
        (_settings, "the id: "),
        (_unanswered, "the id: "),
        (_digest, "receipts[0]: another rulebook"),
    ],
)
def test_what_was_changed_is_found(
    run: Run, every: Path, tmp_path: Path, change: Callable[[Entry], None], expected: str
) -> None:
    entry = recorded(ALONE)
    change(entry)
    code, said, _ = verify(run, every, tmp_path, *ALONE.assertion_ids, entry)
    assert code == 1
    assert any(line.startswith(f"record.jsonl:1: {expected}") for line in said), said
    assert not any("identical" in line for line in said)


def test_a_forged_id_is_found(run: Run, every: Path, tmp_path: Path) -> None:
    forged = "precert-2-" + "0" * 40
    text = json.dumps(recorded(ALONE)).replace(ALONE.assertion_ids[0], forged)
    code, said, _ = verify(run, every, tmp_path, forged, text)
    assert code == 1
    assert said == [
        f"record.jsonl:1: the id: what is recorded makes the id {ALONE.assertion_ids[0]}"
    ]


def test_an_id_that_was_never_given_is_not_found(run: Run, every: Path, tmp_path: Path) -> None:
    code, said, error = verify(run, every, tmp_path, "precert-2-0", recorded(ALONE))
    assert (code, said) == (3, [])
    assert "record.jsonl: no line holds the assertion id 'precert-2-0'" in error


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda entry: entry.pop("receipts"), "receipts: read no list"),
        (lambda entry: entry.pop("assertions"), "assertions: read no list"),
        (
            lambda entry: entry["assertions"][0].update(answers=[{"receipt": 7, "line": 1}]),
            "answers",
        ),
        (
            lambda entry: entry["assertions"][0].update(answers=[{"receipt": 0, "line": 2}]),
            "answers",
        ),
        (lambda entry: entry["assertions"][0].update(answers=[[0, 1]]), "answers"),
        (lambda entry: entry["assertions"][0].update(answers=[{"receipt": True}]), "answers"),
        (lambda entry: entry["assertions"][0].update(references=1), "references: read no text"),
        (lambda entry: entry["receipts"][0].pop("facts"), "receipts[0]: facts is missing"),
        (lambda entry: entry["assertions"].pop(), "no assertion of it has the id"),
    ],
)
def test_a_line_that_is_no_record_is_refused(
    run: Run, every: Path, tmp_path: Path, change: Callable[[Entry], object], expected: str
) -> None:
    entry = recorded(ALONE)
    change(entry)
    code, _, error = verify(run, every, tmp_path, *ALONE.assertion_ids, entry)
    assert code == 3
    assert f"record.jsonl:1: {expected}" in error, error


def test_a_line_that_was_cut_off_is_named(run: Run, every: Path, tmp_path: Path) -> None:
    cut = json.dumps(recorded(ALONE))[:-9]
    code, _, error = verify(run, every, tmp_path, *ALONE.assertion_ids, cut)
    assert code == 3
    assert "record.jsonl:1 names it, but is no JSON" in error


def test_a_file_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("verify", str(tmp_path / "none.jsonl"), "--assertion", "x")
    assert done.exit_code == 3
    assert "cannot be opened" in done.stderr


def test_without_its_extra_it_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precert, "davinci", precert.davinci)  # what is imported anew replaces it
    for name in [name for name in sys.modules if name.startswith("precert.davinci")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "msgspec", None)
    done = run("verify", str(tmp_path / "record.jsonl"), "--assertion", "x")
    assert done.exit_code == 2
    assert "pip install 'precert[davinci]'" in done.stderr
