"""Several editions in one folder: the date picks one, an import adds one, whole or not at all."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from precert.errors import (
    BadEdition,
    CallerError,
    NoRulebook,
    PublishedEdition,
    UnreadableRulebook,
    Unwritable,
)
from precert.rulebook import (
    Addition,
    Editions,
    Rulebook,
    add_edition,
    check_editions,
    read_rulebook,
    write_rulebook,
)
from tests.rulebook.invented import edit
from tests.support.rulebooks import book, row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def edition(begins: str, ends: str | None = None, *, code: str = "K0001", **facts: Any) -> Rulebook:  # noqa: ANN401 - any field of Edition
    """An edition called by its month, with one rule."""
    first = date.fromisoformat(begins)
    dates = {"effective_from": first, "review_by": first.replace(year=first.year + 1)}
    last = None if ends is None else date.fromisoformat(ends)
    told = {"name": begins[:7], "effective_to": last, **dates, **facts}
    return book(row("Wheels", code), **told)


JANUARY = edition("2026-01-01")
APRIL = edition("2026-04-01", "2026-06-30", code="K0002")
MENDED = edition("2026-04-01", code="E0601")
SEPTEMBER = edition("2026-09-01", code="E0470")
SERIES = Editions.build([SEPTEMBER, JANUARY, APRIL])


# --- in memory -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "answers"),
    [
        ("0001-01-01", JANUARY),
        ("2025-12-31", JANUARY),
        ("2026-01-01", JANUARY),
        ("2026-03-31", JANUARY),
        ("2026-04-01", APRIL),
        ("2026-06-30", APRIL),
        ("2026-07-01", APRIL),  # a gap: that edition says itself that it ended
        ("2026-08-31", APRIL),
        ("2026-09-01", SEPTEMBER),
        ("9999-12-31", SEPTEMBER),
    ],
)
def test_the_day_picks_the_edition_that_began_last(day: str, answers: Rulebook) -> None:
    assert SERIES.on(date.fromisoformat(day)) is answers


def test_an_edition_within_another_is_the_last_word() -> None:
    year = edition("2026-01-01", "2026-12-31")
    editions = Editions.build([year, APRIL])
    assert editions.on(date(2026, 5, 1)) is APRIL
    assert editions.on(date(2026, 8, 1)) is APRIL


def test_one_edition_answers_for_every_day() -> None:
    assert JANUARY.on(date(2030, 1, 1)) is JANUARY
    assert JANUARY.editions == (JANUARY,)


def test_the_order_in_which_editions_are_given_says_nothing() -> None:
    again = Editions.build([JANUARY, APRIL, SEPTEMBER])
    assert (again, again.digest, hash(again)) == (SERIES, SERIES.digest, hash(SERIES))
    assert Editions.build([JANUARY, APRIL]) != SERIES
    assert again != JANUARY
    assert repr(again) == f"<Editions 2026-01, 2026-04, 2026-09: {again.digest[:12]}>"


@pytest.mark.parametrize(
    ("editions", "said"),
    [
        ([], "no edition"),
        (
            [JANUARY, edition("2026-02-01", name="2026-01")],
            "2026-01 from 2026-01-01 and 2026-01 fr",
        ),
        ([APRIL, edition("2026-05-01", name="2026-04")], "each first day once"),
        ([JANUARY, edition("2026-01-01", name="other")], "each name and each first day once"),
        ([JANUARY, edition("2026-02-01", payer="Zenith")], "editions of one list"),
        ([edition("2026-01-01", name="a"), edition("2026-02-01", name="A")], "each name"),
    ],
)
def test_what_is_no_series_is_refused(editions: list[Rulebook], said: str) -> None:
    with pytest.raises(NoRulebook, match=said):
        Editions.build(editions)


# --- on disk -------------------------------------------------------------------------------------


def series(folder: Path, *books: Rulebook) -> Path:
    for one in books:
        add_edition(one, folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_editions_are_read_as_they_were_added(tmp_path: Path) -> None:
    series(tmp_path, SEPTEMBER, JANUARY, APRIL)
    found = read_rulebook(tmp_path)
    assert found == SERIES
    assert isinstance(found, Editions)
    assert found.editions == SERIES.editions
    assert [one.rules for one in found.editions] == [one.rules for one in SERIES.editions]


def test_the_order_of_the_imports_says_nothing(tmp_path: Path) -> None:
    first = series(tmp_path / "a", SEPTEMBER, JANUARY, APRIL)
    second = series(tmp_path / "b", JANUARY, APRIL, SEPTEMBER)
    assert files(first) == files(second)


def test_an_edition_stays_as_it_was_byte_for_byte(tmp_path: Path) -> None:
    write_rulebook(JANUARY, tmp_path)
    (tmp_path / "more.csv").write_text("of January")
    (tmp_path / "notes.txt").write_text("mine")
    before = files(tmp_path)
    added = add_edition(APRIL, tmp_path, along=("more.csv",))
    assert added.addition is Addition.ADDED
    assert read_rulebook(added.place) == APRIL
    after = files(tmp_path)
    place = f"2026-01-01-{JANUARY.digest[:12]}"
    for name in ("rulebook.toml", "rules.csv", "more.csv"):
        assert after[f"{place}/{name}"] == before[name]
        assert name not in after
    assert after["notes.txt"] == b"mine"
    assert read_rulebook(tmp_path / place) == JANUARY


def test_the_digest_is_what_a_shell_computes(tmp_path: Path) -> None:
    series(tmp_path, JANUARY, APRIL)
    command = "grep -v '^digest = ' editions.toml | sha256sum"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=True)  # noqa: S602 - our own words
    assert done.stdout.split()[0].decode() == read_rulebook(tmp_path).digest


def test_the_same_edition_again_changes_nothing(tmp_path: Path) -> None:
    write_rulebook(JANUARY, tmp_path)
    assert add_edition(JANUARY, tmp_path) == (JANUARY, tmp_path, Addition.SAME)
    series(tmp_path, APRIL)
    before = files(tmp_path)
    for replace in (False, True):
        again = add_edition(JANUARY, tmp_path, replace=replace)
        assert again.addition is Addition.SAME
        assert read_rulebook(again.place) == JANUARY
    assert files(tmp_path) == before


@pytest.mark.parametrize("several", [False, True])
def test_a_published_edition_is_not_changed_silently(tmp_path: Path, *, several: bool) -> None:
    series(tmp_path, APRIL, *([JANUARY] if several else []))
    before = files(tmp_path)
    with pytest.raises(PublishedEdition) as refused:
        add_edition(MENDED, tmp_path)
    for said in (APRIL.digest, MENDED.digest, "a" * 64, "--replace-edition"):
        assert said in str(refused.value)
    assert files(tmp_path) == before


@pytest.mark.parametrize("several", [False, True])
def test_an_edition_that_is_replaced_is_remembered(tmp_path: Path, *, several: bool) -> None:
    series(tmp_path, APRIL, *([JANUARY] if several else []))
    done = add_edition(MENDED, tmp_path, replace=True)
    assert done.addition is Addition.REPLACED
    found = read_rulebook(tmp_path)
    assert isinstance(found, Editions)
    assert MENDED in found.editions
    assert APRIL not in found.editions
    (kept,) = found.replaced
    assert (kept.name, kept.rulebook) == ("2026-04", APRIL.digest)
    assert kept.documents == (f"{'a' * 64}  invented.md",)
    folders = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert len(folders) == len(found.editions)
    renamed = edition("2026-04-01", name="spring")
    twice = add_edition(renamed, tmp_path, replace=True).rulebook
    assert isinstance(twice, Editions)
    assert [one.rulebook for one in twice.replaced] == [APRIL.digest, MENDED.digest]


@pytest.mark.parametrize(
    ("new", "replace", "error", "said"),
    [
        (
            SEPTEMBER,
            True,
            BadEdition,
            r"2026-09 .* as one to replace, expected .*2026-01 .*2026-04",
        ),
        (edition("2026-04-01", name="2026-01"), True, BadEdition, "of one edition, or of none"),
        (edition("2026-09-01", payer="Zenith"), False, Unwritable, "Acme Health.*, not of Zenith"),
        (edition("2026-09-01", vendor="Gull"), False, Unwritable, "not of .*Gull"),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, new: Rulebook, *, replace: bool, error: type[CallerError], said: str
) -> None:
    series(tmp_path, JANUARY, APRIL)
    before = files(tmp_path)
    with pytest.raises(error, match=said):
        add_edition(new, tmp_path, replace=replace)
    assert files(tmp_path) == before


def test_a_single_edition_is_not_written_over_several(tmp_path: Path) -> None:
    series(tmp_path, JANUARY, APRIL)
    with pytest.raises(Unwritable, match="holds several editions"):
        write_rulebook(JANUARY, tmp_path)


def test_nothing_is_added_to_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "rules.csv").write_text("mine")
    with pytest.raises(UnreadableRulebook):
        add_edition(JANUARY, tmp_path)
    assert files(tmp_path) == {"rules.csv": b"mine"}


def first_folder(folder: Path) -> Path:
    return min(path for path in folder.iterdir() if path.is_dir())


def sealed(folder: Path, old: str, new: str) -> None:
    """Change `editions.toml` and make its digest fit."""
    path = folder / "editions.toml"
    edit(path, old, new)
    lines = path.read_text().split("\n")
    kept = [line for at, line in enumerate(lines) if at != 2]
    command = ["sha256sum"]
    done = subprocess.run(command, input="\n".join(kept).encode(), capture_output=True, check=True)
    kept.insert(2, f'digest = "{done.stdout.split()[0].decode()}"')
    path.write_text("\n".join(kept))


def _newer(folder: Path) -> None:
    edit(folder / "editions.toml", "schema = 1", "schema = 2")


def _of_another_day(folder: Path) -> None:
    edit(folder / "editions.toml", "effective_from = 2026-04-01", "effective_from = 2026-04-02")


def _resealed(folder: Path) -> None:
    sealed(folder, 'name = "2026-04"', 'name = "2026-05"')


def _another_folder(folder: Path) -> None:
    sealed(folder, 'folder = "2026-04', 'folder = "../2026-04')


def _without_folder(folder: Path) -> None:
    (first_folder(folder) / "rules.csv").unlink()


def _with_another_edition(folder: Path) -> None:
    write_rulebook(edition("2026-01-01", code="K0003"), first_folder(folder))


def _beside(folder: Path) -> None:
    write_rulebook(SEPTEMBER, folder / "x")
    (folder / "x" / "rulebook.toml").rename(folder / "rulebook.toml")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_newer, r"editions\.toml:2: schema: read 2, expected 1: it was made by a newer precert"),
        (_of_another_day, r"editions\.toml:3: digest: was changed after it was written"),
        (
            _resealed,
            r"2026-04-01-.*rulebook\.toml: read edition 2026-04,.* expected edition 2026-05",
        ),
        (_another_folder, r"folder: read '\.\./2026-04-01-.*', expected '2026-04-01-"),
        (_without_folder, r"2026-01-01-.*rules\.csv: cannot be opened"),
        (_with_another_edition, r"read edition 2026-01, digest .*, expected edition 2026-01"),
        (_beside, r"rulebook\.toml: another rulebook .* stands beside editions\.toml"),
    ],
)
def test_what_was_changed_is_refused(
    tmp_path: Path, change: Callable[[Path], None], said: str
) -> None:
    series(tmp_path, JANUARY, APRIL)
    change(tmp_path)
    with pytest.raises(UnreadableRulebook, match=said):
        read_rulebook(tmp_path)


# --- cut short -----------------------------------------------------------------------------------


class Killed(BaseException):
    """The process ends here: nothing of ours catches it."""


STEPS = ("mkdir", "rename", "replace", "unlink", "rmdir", "fsync")


def killed_after(count: int, patch: pytest.MonkeyPatch) -> list[str]:
    """End the process at the step of that number that changes the disk; return the steps done."""
    import os  # noqa: PLC0415 - patched here alone
    from pathlib import Path  # noqa: PLC0415

    done: list[str] = []

    def counting(name: str, step: Callable[..., object]) -> Callable[..., object]:
        def counted(*given: object, **told: object) -> object:
            if len(done) == count:
                raise Killed
            done.append(name)
            return step(*given, **told)

        return counted

    for name in STEPS:
        owner: Any = os if name == "fsync" else Path
        patch.setattr(owner, name, counting(name, getattr(owner, name)))
    return done


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("several", [False, True])
def test_a_killed_import_leaves_the_old_rulebook_or_the_new_one(
    tmp_path: Path, *, several: bool, replace: bool
) -> None:
    first = APRIL if replace else JANUARY
    new = MENDED if replace else APRIL
    seen = set()
    for count in range(99):
        folder = series(tmp_path / str(count), first, *([SEPTEMBER] if several else []))
        old = read_rulebook(folder)
        with pytest.MonkeyPatch.context() as patch:
            done = killed_after(count, patch)
            try:
                add_edition(new, folder, replace=replace)
            except Killed:
                pass
            else:
                assert len(done) == count
                break
        found = read_rulebook(folder)
        seen.add(found == old)
        if found != old:
            assert new in found.editions
        again = add_edition(new, folder, replace=replace and found == old).rulebook
        assert read_rulebook(folder) == again
        assert new in again.editions
    assert seen == {True, False}
    assert count > 5


# --- the series together -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("editions", "said"),
    [
        ([JANUARY, APRIL], []),
        ([edition("2026-01-01", "2026-03-31"), APRIL], []),
        ([edition("2026-01-01", "2026-04-01"), APRIL], ["PC420 5:13"]),
        (
            [edition("2026-01-01", "2026-12-31"), APRIL, SEPTEMBER],
            [
                "PC420 5:13",
                "PC420 5:21",
                "PC421 13:21",
            ],
        ),
        ([edition("2026-01-01", "2026-03-30"), APRIL], ["PC421 5:13"]),
    ],
)
def test_overlaps_and_gaps_are_said(editions: list[Rulebook], said: list[str]) -> None:
    found = [one for one in check_editions(Editions.build(editions)) if one.code != "PC422"]
    assert [f"{one.code} {one.related[0].line}:{one.ref.line}" for one in found] == said
    assert check_editions(editions[0]) == ()


def test_the_same_documents_are_said() -> None:
    found = check_editions(SERIES)
    assert {one.code for one in found} == {"PC421", "PC422"}
    assert "no edition holds from 2026-07-01 to 2026-08-31" in " ".join(map(str, found))
