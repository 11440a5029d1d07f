"""A report printed, or written into a file that appears whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

Report = tuple[str, str | None]
"""A text that ends with a line break, and the file that it belongs into; None is printed."""


def write_reports(reports: Sequence[Report], inputs: Sequence[str], *, force: bool) -> None:
    """Write or print the reports. Raises `Unwritable`.

    An existing file is replaced only with `force`, one of the `inputs` never.
    """
    for text in (text for text, output in reports if output is None):
        click.echo(text, nl=False)
    written = [(Path(output), text) for text, output in reports if output is not None]
    if not written:
        return
    from precert.batch.pending import Pending

    targets = [target for target, _ in written]
    with Pending(targets, inputs=inputs, force=force) as pending:
        for target, text in written:
            pending.draft(target).write_text(text, encoding="utf-8", newline="")
        pending.commit()
