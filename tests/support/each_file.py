"""The language-neutral cases, one test for each file of them: pytest takes longer than a case."""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.support.cases import SuiteCase


def of_each_file(cases: Iterable[SuiteCase]) -> Callable[[Callable[..., None]], Any]:
    """Let a test of a `case` try all cases of a file; a failure names every case that fails.

    Raises `ValueError` where there is no case.
    """
    by_file: dict[str, list[SuiteCase]] = {}
    for case in cases:
        by_file.setdefault(case.file, []).append(case)
    if not by_file:
        message = "there is no case"
        raise ValueError(message)

    def decorate(test: Callable[..., None]) -> Any:  # noqa: ANN401 - what pytest makes of a test
        @wraps(test)
        def of_file(**told: Any) -> None:  # noqa: ANN401 - fixtures
            try_all(test, told.pop("cases"), **told)

        asked = signature(test)
        others = [each for name, each in asked.parameters.items() if name != "case"]
        parameters = [Parameter("cases", Parameter.KEYWORD_ONLY), *others]
        of_file.__signature__ = asked.replace(  # type: ignore[attr-defined]  # what pytest asks
            parameters=[each.replace(kind=Parameter.KEYWORD_ONLY) for each in parameters]
        )
        return pytest.mark.parametrize("cases", by_file.values(), ids=list(by_file))(of_file)

    return decorate


def try_all(test: Callable[..., None], cases: Iterable[SuiteCase], **fixtures: object) -> None:
    """Try the test on all cases; raise the failures together, each with the name of its case."""
    wrong: list[BaseException] = []
    for case in cases:
        try:
            test(case=case, **fixtures)
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - raised below
            error.add_note(f"the case: {case}")
            wrong.append(error)
    if wrong:
        message = "cases that fail"
        raise BaseExceptionGroup(message, wrong)
