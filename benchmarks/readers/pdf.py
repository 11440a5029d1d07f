"""The reader of PDFs against pdfplumber: `python -m benchmarks.readers.pdf`.

The published list (its folder is told with PRECERT_LISTS) is set as a PDF with ruled and with plain
tables, or, where it is not at hand, an invented one of about as many pages. Both readers get all
tables of all pages of the same bytes in one process, in turn; the reader of PDFs also puts rows of
several pages together and gives places.
"""

from __future__ import annotations

import os
import statistics
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber

from precert.documents import document_of, open_document
from precert.lists import load_layout
from precert.model import Table
from precert.tables.pdf import read_pdf
from tests.support.pdfs import as_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from precert.model import Document

RUNS = 5
_WORDS = load_layout("evicore-cigna").header_words


def the_list() -> Document:
    """Return the published list, or an invented one."""
    folder = os.environ.get("PRECERT_LISTS") or Path(__file__).parents[2].parent / "shared/lists"
    path = Path(folder) / "cigna-commercial.md"
    return open_document(path) if path.is_file() else document_of("made.md", _made().encode())


def _made() -> str:
    header = (
        "Product\tCategory\tCPT® Code\tCPT® Code Description\t"
        "Commercial Prior Authorization Required?\tCommercial Case Build Platform\t"
        "External Notation"
    )
    text = "Seat insert of a firm kind, for chairs with a sling that gives way, with pads"
    rows = (
        "\t".join(
            (
                "Mobility",
                "SEATS",
                f"E{at}",
                ", ".join([text] * (1 + at % 3)),
                "Yes",
                "MedSolutions",
                "",
            )
        )
        for at in range(1000, 2600)
    )
    return "\n".join(["Prior Authorization Procedure List: Chairs", "", header, *rows])


def rows_read(content: bytes) -> int:
    """Return how many rows the reader of PDFs finds, headers aside."""
    contents = read_pdf(document_of("list.pdf", content), _WORDS)
    return sum(len(block.rows) for block in contents.blocks if isinstance(block, Table))


def rows_of_pdfplumber(content: bytes) -> int:
    """Return how many rows the tables have that pdfplumber finds, headers included."""
    found = 0
    with pdfplumber.open(BytesIO(content)) as opened:
        for page in opened.pages:
            found += sum(len(table) for table in page.extract_tables())
            page.close()
    return found


def pages_of(content: bytes) -> int:
    """Return the number of pages."""
    with pdfplumber.open(BytesIO(content)) as opened:
        return len(opened.pages)


def main() -> None:
    """Print pages per second and rows of both readers, for ruled and for plain tables."""
    document = the_list()
    readers: dict[str, Callable[[bytes], int]] = {
        "precert": rows_read,
        "pdfplumber": rows_of_pdfplumber,
    }
    print(f"\nPDFs of {document.name} (median of {RUNS} runs; spread = slowest run / fastest run)")
    for ruled in (True, False):
        content = as_pdf(document, ruled=ruled, header_words=_WORDS)
        pages = pages_of(content)
        seconds: dict[str, list[float]] = {name: [] for name in readers}
        rows: dict[str, int] = {}
        for _ in range(RUNS):
            for name, reader in readers.items():
                begins = time.perf_counter()
                rows[name] = reader(content)
                seconds[name].append(time.perf_counter() - begins)
        for name, runs in seconds.items():
            print(
                f"  {'ruled' if ruled else 'plain'}, {pages} pages  {name:<10}  "
                f"{pages / statistics.median(runs):7.1f} pages/s  {rows[name]:5} rows  "
                f"spread {max(runs) / min(runs):4.2f}"
            )


if __name__ == "__main__":
    main()
