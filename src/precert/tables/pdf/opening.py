"""The bytes of a PDF, opened by PDFium and closed again; the one module that imports it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from precert.errors import MissingExtra, UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.model import Document

_WRONG = {
    3: "it is damaged, or no PDF in spite of its beginning; fetch it again",
    4: "it is protected by a password; save a copy without one",
    5: "its protection is of a kind that cannot be opened; print it into a new PDF",
}
_ELSE = "it cannot be opened as a PDF; fetch it again, or save it anew from a viewer of PDFs"


def pdfium() -> Any:  # noqa: ANN401 - its functions have no types
    """Return PDFium's functions. Raises MissingExtra where the extra `pdf` is not installed."""
    try:
        import pypdfium2  # noqa: PLC0415 - an extra, and its import starts the library
    except ModuleNotFoundError:
        raise MissingExtra(what="a PDF", extra="pdf") from None
    return pypdfium2.raw


@contextmanager
def opened(document: Document) -> Iterator[tuple[Any, int]]:
    """Yield PDFium's handle of the document, and the number of its pages.

    Raises UnreadableDocument for a file that is damaged, protected by a password, or without pages.
    """
    raw = pdfium()
    handle = raw.FPDF_LoadMemDocument64(document.content, len(document.content), None)
    if not handle:
        reason = _WRONG.get(raw.FPDF_GetLastError(), _ELSE)
        raise UnreadableDocument(document.name, reason)
    try:
        pages = raw.FPDF_GetPageCount(handle)
        if pages < 1:
            reason = "it has no page that can be found, so it is damaged; fetch it again"
            raise UnreadableDocument(document.name, reason)
        yield handle, pages
    finally:
        raw.FPDF_CloseDocument(handle)


@contextmanager
def opened_page(handle: Any, at: int) -> Iterator[tuple[Any, Any] | None]:  # noqa: ANN401 - as above
    """Yield PDFium's handles of the page (from 0) and of its text; None if it is damaged."""
    raw = pdfium()
    page = raw.FPDF_LoadPage(handle, at)
    text = raw.FPDFText_LoadPage(page) if page else None
    try:
        yield (page, text) if text else None
    finally:
        if text:
            raw.FPDFText_ClosePage(text)
        if page:
            raw.FPDF_ClosePage(page)
