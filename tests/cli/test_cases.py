"""The command line gives the determinations of the case suite: one semantics for every face."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from precert.rulebook import add_edition
from tests.support.cases import CaseBook, SuiteCase, all_cases, differences
from tests.support.each_file import of_each_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[SuiteCase], Path]:
    """Return the folder of a case's rulebook, which is written once."""
    folders: dict[CaseBook, Path] = {}

    def folder(case: SuiteCase) -> Path:
        if case.book not in folders:
            folders[case.book] = tmp_path_factory.mktemp("book")
            for edition in case.rulebook.editions:
                add_edition(edition, folders[case.book])
        return folders[case.book]

    return folder


@of_each_file(all_cases())
def test_check_answers_as_the_case_expects(
    run: Run, folder_of: Callable[[SuiteCase], Path], case: SuiteCase
) -> None:
    order = {"complete": None, **case.order}  # a file that is silent on it is the whole order
    arguments = ("check", "--order", "-", "--json", "--rulebook", str(folder_of(case)))
    done = run(*arguments, given=json.dumps(order))
    if "error" in case.expect:
        assert (done.exit_code, done.stdout) == (2, "")
    else:
        assert differences(json.loads(done.stdout), case.expect) == []
