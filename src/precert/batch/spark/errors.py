"""What Spark and Java say went wrong, without stacks; of files that cannot be read, as ours."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from precert.batch.spark.extra import errors, java
from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.batch.spark.found import Found

_UNREADABLE = re.compile(
    r"\[(?:FAILED_READ_FILE|CANNOT_MERGE_SCHEMA|PATH_NOT_FOUND|UNABLE_TO_INFER)[^\n]*(?:\n[^\n]*)?"
)


@contextmanager
def readable(files: Sequence[Found]) -> Iterator[None]:
    """Raise `UnreadableLines` where Spark cannot read the files, in its words."""
    try:
        yield
    except (errors.PySparkException, java.Py4JJavaError) as error:
        told = _UNREADABLE.search(str(error))
        if told is None:
            raise
        names = [found.name for found in files if found.address in told[0].replace("///", "/")]
        causes = re.findall(r"Caused by: [\w.$]*?(\w+: .*)", str(error))
        reason = f"cannot be read ({causes[-1] if causes else told[0]}); get the file again"
        raise UnreadableLines(names[0] if names else files[0].name, reason) from error


def first_line(error: Exception) -> str:
    """Return what Java says, without its stack."""
    java = getattr(error, "java_exception", None)
    return str(java.toString() if java is not None else error).partition("\n")[0][:300]
