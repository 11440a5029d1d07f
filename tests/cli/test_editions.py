"""Several editions on the command line: added, looked at, asked, and their receipts verified."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from precert.rulebook import add_edition, read_rulebook
from tests.cli import invented
from tests.cli.test_receipt_schema import VALIDATOR
from tests.support.editions import ACME, AUTUMN, SPRING, WINTER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

JANUARY = ("--edition", "2026-01", "--effective-from", "2026-01-01")
APRIL = ("--edition", "2026-04", "--effective-from", "2026-04-01")


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("acme") / "book"
    for edition in ACME.editions:
        add_edition(edition, folder)
    return folder


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The invented list with one decision changed, as a file of another name."""
    path = tmp_path / "later.md"
    path.write_text(invented.LIST.replace("Face mask\tYes", "Face mask\tNo"), encoding="utf-8")
    return path


# --- import --into -------------------------------------------------------------------------------


def test_editions_are_added_and_the_day_picks_one(
    run: Run, document: Path, later: Path, tmp_path: Path
) -> None:
    folder = str(tmp_path / "book")
    assert run("import", str(document), "--into", folder, *JANUARY).exit_code == 0
    alone = read_rulebook(folder)
    done = run("import", str(later), "--into", folder, *APRIL)
    assert done.exit_code == 0
    book = read_rulebook(folder)
    assert f"{folder} holds 2 editions" in done.stdout
    assert f"Digest {book.digest}." in done.stdout
    assert book.editions[0] == alone
    answers = {}
    for day in ("2026-03-31", "2026-04-01"):
        asked = run("check", "A7030", "--on", day, "--json", "--rulebook", folder)
        told = json.loads(asked.stdout)
        answers[day] = told["determinations"][0]["outcome"]
        assert told["rulebook"]["digest"] in {one.digest for one in book.editions}
    assert answers == {"2026-03-31": "auth-needed", "2026-04-01": "no-auth"}
    again = run("import", str(later), "--into", folder, *APRIL)
    assert again.exit_code == 0
    said = " ".join(again.stdout.split())
    assert f"{folder} holds this edition already: nothing was changed." in said
    assert read_rulebook(folder) == book


def test_a_published_edition_is_replaced_only_if_told(
    run: Run, document: Path, later: Path, tmp_path: Path
) -> None:
    folder = str(tmp_path / "book")
    run("import", str(document), "--into", folder, *JANUARY)
    old = read_rulebook(folder)
    arguments = ("import", str(later), "--into", folder, *JANUARY)
    refused = run(*arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert old.digest in refused.stderr
    assert old.editions[0].documents[0].sha256 in refused.stderr
    assert "--replace-edition" in refused.stderr
    done = run(*arguments, "--replace-edition")
    assert done.exit_code == 0
    (new,) = read_rulebook(folder).editions
    assert new != old
    assert f"Replaced: 2026-01, from 2026-01-01, digest {old.digest}" in " ".join(
        done.stdout.split()
    )
    told = json.loads(run("rulebook", folder, "--json").stdout)
    assert told["replaced"] == [
        {
            "edition": "2026-01",
            "effective_from": "2026-01-01",
            "digest": old.digest,
            "documents": [
                {"name": one.name, "sha256": one.sha256} for one in old.editions[0].documents
            ],
        }
    ]


def test_descriptions_stand_beside_their_own_edition(
    run: Run, document: Path, later: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "book"
    run("import", str(document), "-o", str(folder), *JANUARY, "--with-descriptions")
    run("import", str(later), "--into", str(folder), *APRIL, "--with-descriptions")
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["editions.toml"]
    assert len(list(folder.glob("*/descriptions.csv"))) == 2
    shown = run("show", "A7030", "--rulebook", str(folder))
    assert shown.stdout.count("Described:") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "one of -o DIR (this edition alone) and --into DIR"),
        (("-o", "a", "--into", "b"), "one of -o DIR (this edition alone) and --into DIR"),
        (("-o", "a", "--replace-edition"), "--replace-edition with --into only"),
        (("--into", "a", "--force"), "--force with -o only"),
    ],
)
def test_what_contradicts_itself_is_refused(
    run: Run, document: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("import", str(document), *JANUARY, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_several_editions_are_not_written_over(run: Run, document: Path, acme: Path) -> None:
    for force in ((), ("--force",)):
        done = run("import", str(document), "-o", str(acme), *JANUARY, *force)
        assert done.exit_code == 2
        assert "holds several editions" in done.stderr
    refused = run("import", str(document), "--into", str(acme), *JANUARY)
    assert refused.exit_code == 2
    assert "holds editions of Acme Health, Commercial, Tern, not of Cigna" in refused.stderr


# --- looked at -----------------------------------------------------------------------------------


def test_a_rulebook_says_its_editions(run: Run, acme: Path) -> None:
    page = run("rulebook", str(acme)).stdout
    assert f"Digest {ACME.digest}." in page
    for edition in ACME.editions:
        assert edition.digest[:12] in page
    assert "PC420 warning: edition 2026-01 states that it ends on 2026-06-30" in page
    assert "PC421 warning: no edition holds from 2026-09-01 to 2026-09-30" in page
    told = json.loads(run("rulebook", str(acme), "--json").stdout)
    assert [one["edition"] for one in told["editions"]] == ["2026-01", "2026-04", "2026-10"]
    assert [one["code"] for one in told["diagnostics"]] == ["PC420", "PC421"]
    for one in told["editions"]:
        assert read_rulebook(acme / one["folder"]).digest == one["digest"]


def test_one_edition_is_looked_at_as_it_is_alone(run: Run, acme: Path) -> None:
    folder = acme / next(path.name for path in acme.iterdir() if "2026-04-01" in path.name)
    for command in (("rulebook", "{}"), ("rulebook", "{}", "--json")):
        alone = run(*(word.format(folder) for word in command))
        among = run(*(word.format(acme) for word in command), "--edition", "2026-04")
        assert alone.stdout == among.stdout


def test_a_code_is_shown_in_every_edition_the_newest_first(run: Run, acme: Path) -> None:
    told = json.loads(run("show", "K0005", "--json", "--rulebook", str(acme)).stdout)
    shown = [(one["rulebook"]["edition"], len(one["rules"])) for one in told["editions"]]
    assert shown == [("2026-10", 0), ("2026-04", 1), ("2026-01", 0)]
    page = run("show", "K0005", "--rulebook", str(acme)).stdout
    places = [page.index(edition.digest[:12]) for edition in (AUTUMN, SPRING, WINTER)]
    assert places == sorted(places)


@pytest.mark.parametrize("picking", [("--on", "2026-06-01"), ("--edition", "2026-04")])
def test_one_edition_of_a_code_is_shown(run: Run, acme: Path, picking: tuple[str, str]) -> None:
    done = run("show", "K0001", "--json", "--rulebook", str(acme), *picking)
    told = json.loads(done.stdout)
    assert told["rulebook"] == {"digest": SPRING.digest, "edition": "2026-04"}
    assert [rule["line"] for rule in told["rules"]] == [11]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--edition", "2027"), "no edition '2027'; it holds: 2026-01, 2026-04, 2026-10"),
        (("--edition", "2026-04", "--on", "2026-06-01"), "expected one of them"),
    ],
)
def test_an_edition_that_is_not_there_is_refused(
    run: Run, acme: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("show", "K0001", "--rulebook", str(acme), *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


# --- asked and verified --------------------------------------------------------------------------

ORDER = {
    "lines": [
        {"code": "K0002", "date_of_service": "2026-03-31"},
        {"code": "K0002", "date_of_service": "2026-04-01"},
        {"code": "E0601", "date_of_service": "2026-03-31"},
    ]
}


def receipt_of(run: Run, folder: Path, order: object = ORDER) -> dict[str, Any]:
    arguments = ("check", "--order", "-", "--json", "--rulebook", str(folder))
    told: dict[str, Any] = json.loads(run(*arguments, given=json.dumps(order)).stdout)
    return told


def verify(run: Run, folder: Path, receipt: object) -> tuple[int, str]:
    done = run("verify", "-", "--rulebook", str(folder), given=json.dumps(receipt))
    return done.exit_code, done.stdout


def test_the_answer_names_each_edition_with_its_lines(run: Run, acme: Path) -> None:
    arguments = ("check", "--order", "-", "--rulebook", str(acme))
    page = " ".join(run(*arguments, given=json.dumps(ORDER)).stdout.split())
    for edition, lines in ((WINTER, "lines 1 and 3"), (SPRING, "line 2")):
        assert f"edition {edition.edition.name} ({edition.digest[:12]})" in page
        assert f"review by {edition.edition.review_by}: {lines}" in page


def test_a_receipt_over_two_editions_verifies(run: Run, acme: Path) -> None:
    receipt = receipt_of(run, acme)
    VALIDATOR.validate(receipt)
    named = [(one["lines"], one["digest"]) for one in receipt["rulebook"]["editions"]]
    assert named == [([1, 3], WINTER.digest), ([2], SPRING.digest)]
    code, said = verify(run, acme, receipt)
    assert (code, said.startswith("identical: ")) == (0, True)
    assert f"{WINTER.digest[:12]} and {SPRING.digest[:12]}" in said
    receipt["rulebook"]["editions"][0]["lines"] = [1]
    assert verify(run, acme, receipt)[0] == 1
    del receipt["rulebook"]["editions"][0]["lines"]
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(receipt)


def test_a_receipt_is_the_same_alone_and_among_others(run: Run, acme: Path, tmp_path: Path) -> None:
    order = {"lines": [{"code": "K0003", "date_of_service": "2026-02-02"}]}
    add_edition(WINTER, tmp_path / "alone")
    alone = receipt_of(run, tmp_path / "alone", order)
    assert receipt_of(run, acme, order) == alone
    add_edition(AUTUMN, tmp_path / "alone")
    assert verify(run, tmp_path / "alone", alone)[0] == 0


def test_a_receipt_of_a_day_that_another_edition_took_over(
    run: Run, acme: Path, tmp_path: Path
) -> None:
    order = {"lines": [{"code": "K0001", "date_of_service": "2026-05-04"}]}
    add_edition(WINTER, tmp_path)
    receipt = receipt_of(run, tmp_path, order)
    code, said = verify(run, acme, receipt)
    assert code == 1
    first = said.splitlines()[0]
    assert first.startswith(f'another rulebook: then edition "2026-01", digest "{WINTER.digest}"')
    assert f'now edition "2026-04", digest "{SPRING.digest}"' in first
    assert f"in the folder 2026-01-01-{WINTER.digest[:12]} of this rulebook" in first
    folder = acme / f"2026-01-01-{WINTER.digest[:12]}"
    assert verify(run, folder, receipt)[0] == 0


def test_a_receipt_of_an_edition_that_was_replaced(run: Run, tmp_path: Path) -> None:
    order = {"lines": [{"code": "K0001", "date_of_service": "2026-02-02"}]}
    add_edition(WINTER, tmp_path)
    receipt = receipt_of(run, tmp_path, order)
    shorter = type(WINTER).build(
        WINTER.edition, WINTER.programs, WINTER.plans, WINTER.documents, WINTER.rules[1:]
    )
    add_edition(shorter, tmp_path, replace=True)
    code, said = verify(run, tmp_path, receipt)
    assert code == 1
    assert "Edition 2026-01 was replaced in this rulebook since." in said


@pytest.mark.parametrize("editions", [[], [1], "x", [{"digest": 1}], None])
def test_what_stands_for_editions_may_be_anything(run: Run, acme: Path, editions: object) -> None:
    receipt = receipt_of(run, acme) | {"rulebook": {"editions": editions}}
    code, said = verify(run, acme, receipt)
    assert code == 1
    assert said.startswith("another rulebook: ")


def test_a_batch_names_the_edition_of_each_line(run: Run, acme: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text(
        "order_id,code,date_of_service\n1,K0002,2026-03-31\n1,K0002,2026-04-01\n", encoding="utf-8"
    )
    out = tmp_path / "out.csv"
    done = run("batch", str(lines), str(out), "--json", "--rulebook", str(acme))
    told = json.loads(done.stdout)
    assert told["rulebook"]["digest"] == ACME.digest
    assert [one["edition"] for one in told["rulebook"]["editions"]] == [
        one.edition.name for one in ACME.editions
    ]
    answers = out.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.rpartition(",")[2] for line in answers] == [WINTER.digest, SPRING.digest]
    page = run("batch", str(lines), str(out), "--force", "--rulebook", str(acme)).stdout
    assert all(one.digest[:12] in page for one in ACME.editions)
