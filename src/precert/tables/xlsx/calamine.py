"""The values of a workbook's sheets, by calamine, which alone knows its formats."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from precert.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from python_calamine import CalamineSheet, CalamineWorkbook

    from precert.tables.xlsx.package import Package


def open_workbook(package: Package) -> CalamineWorkbook:
    """Return the workbook.

    Raises MissingExtra without calamine, and UnreadableDocument for what it cannot open.
    """
    calamine = _calamine(package)
    with refusals(package):
        return calamine.load_workbook(BytesIO(package.document.content))  # type: ignore[no-any-return]  # a ModuleType has no names


@contextmanager
def refusals(package: Package) -> Iterator[None]:
    """Turn what calamine raises over a damaged file, a panic too, into UnreadableDocument."""
    calamine = _calamine(package)
    try:
        yield
    except calamine.PasswordError as error:
        reason = "it is encrypted; open it with its password and save it without one"
        raise package.unreadable(reason) from error
    except calamine.CalamineError as error:
        raise package.unreadable(_reason(package, error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Rust's, which no module exports
            raise
        raise package.unreadable(_reason(package, error)) from error


def read_sheet(package: Package, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    """Return a sheet by its name. Raises UnreadableDocument for one that is damaged."""
    with refusals(package):
        return workbook.get_sheet_by_name(name)


def _calamine(package: Package) -> ModuleType:
    try:
        import python_calamine  # noqa: PLC0415 - an extra: only who reads a workbook needs it
    except ImportError as error:
        what = f"reading the workbook {package.document.name}"
        raise MissingExtra(what, "xlsx") from error
    return python_calamine


def _reason(package: Package, error: BaseException) -> str:
    return (
        f"it looks like a workbook ({package.kind.value}) and cannot be read as one ({error}); "
        "it may be damaged, or take more memory than its reader may have: open it in a spreadsheet "
        "program and save it again as .xlsx"
    )
