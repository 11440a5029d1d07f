"""The files that Spark can reach, on whatever they lie: listed, and put in place when whole."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from precert.batch.sources.kinds import KNOWN_SUFFIXES, Kind, kind_of
from precert.batch.spark.errors import first_line
from precert.batch.spark.extra import functions, java
from precert.batch.spark.found import Found
from precert.errors import UnreadableLines, Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyspark.sql import Column, SparkSession


class Files:
    """Hadoop's file systems, as the session is set up for them."""

    def __init__(self, spark: SparkSession) -> None:
        """Take the session."""
        self._jvm: Any = spark._jvm  # noqa: SLF001 - PySpark has no other way to the file systems
        self._conf: Any = spark._jsc.hadoopConfiguration()  # noqa: SLF001 - as above

    def find(self, inputs: Sequence[str]) -> tuple[list[Found], Kind]:
        """Return the files of folders, patterns and names, in the order named, and their kind.

        Raises `UnreadableLines` where there is none, and where they are of several kinds.
        """
        files = {found.address: found for name in inputs for found in self._files(name)}
        kinds: dict[str, str] = {}
        for found in files.values():
            kind = kind_of(found.name)
            if kind is None:
                raise UnreadableLines(found.name, f"is of no known kind, expected {KNOWN_SUFFIXES}")
            kinds.setdefault(kind.format, found.name)
        if len(kinds) != 1:
            shown = ", ".join(f"{kind} ({name})" for kind, name in kinds.items()) or "none"
            reason = f"expected files of one kind, found {shown}; name files of one kind"
            raise UnreadableLines(inputs[0] if inputs else "the input", reason)
        return list(files.values()), Kind(next(iter(kinds)), gzipped=False)

    def exists(self, path: str) -> bool:
        """Return whether a file or folder of that name is there. Raises `Unwritable`."""
        with self._told(path):
            place, system = self._place(path)
            return bool(system.exists(place))

    def address(self, path: str) -> str:
        """Return the whole address of a path. Raises `Unwritable`."""
        with self._told(path):
            place, system = self._place(path)
            return str(system.makeQualified(place).toString())

    def draft(self, path: str) -> str:
        """Return a new hidden name beside the path. Raises `Unwritable` without that folder."""
        with self._told(path):
            place, system = self._place(path)
            parent = system.makeQualified(place).getParent()
            if not system.exists(parent):
                raise Unwritable(path, f"lies in no folder: {parent} is missing; make it first")
            return f"{parent.toString()}/.{place.getName()}.{uuid4().hex}.partial"

    def put(self, draft: str, path: str) -> None:
        """Give a whole draft its name; what had the name is deleted. Raises `Unwritable`."""
        with self._told(path):
            place, system = self._place(path)
            system.delete(place, True)  # noqa: FBT003 - Java's flag: with all that lies in it
            if not system.rename(self._place(draft)[0], place):
                raise Unwritable(path, f"cannot be given its name; the answers lie in {draft}")

    def remove(self, path: str) -> None:
        """Delete a draft, if it is there."""
        place, system = self._place(path)
        system.delete(place, True)  # noqa: FBT003 - as above

    def _files(self, name: str) -> list[Found]:
        try:
            place, system = self._place(name)
            if system.exists(place):
                status = system.getFileStatus(place)
                if status.isFile():
                    return [_found(status, name)]
                found = self._beneath(status)
            else:
                found = [
                    file
                    for status in system.globStatus(place) or []
                    for file in ([_found(status)] if status.isFile() else self._beneath(status))
                ]
        except java.Py4JError as error:
            raise UnreadableLines(name, f"cannot be reached ({first_line(error)})") from error
        if not found:
            raise UnreadableLines(name, f"leads to no file; looked for {KNOWN_SUFFIXES}")
        return found

    def _beneath(self, folder: Any) -> list[Found]:  # noqa: ANN401 - Java's
        """Return the files of lines in a folder, sorted; hidden ones are not whole."""
        system = folder.getPath().getFileSystem(self._conf)
        listed, found = system.listFiles(folder.getPath(), True), []  # noqa: FBT003 - Java's flag
        top = len(folder.getPath().toString())
        while listed.hasNext():
            status = listed.next()
            inner = status.getPath().toString()[top:].strip("/").split("/")
            if not any(part.startswith((".", "_")) for part in inner) and kind_of(inner[-1]):
                found.append(_found(status))
        return sorted(found)

    def _place(self, path: str) -> tuple[Any, Any]:
        place = self._jvm.org.apache.hadoop.fs.Path(path)
        return place, place.getFileSystem(self._conf)

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        try:
            yield
        except java.Py4JError as error:
            raise Unwritable(path, f"cannot be reached ({first_line(error)})") from error


def _found(status: Any, name: str | None = None) -> Found:  # noqa: ANN401 - Java's
    path = re.sub(r"^file:/+", "file:/", status.getPath().toString())
    as_pattern = re.sub(r"([\\*?\[\]{}])", r"\\\1", path)  # Spark takes every path for one
    return Found(name or path.removeprefix("file:"), as_pattern, path)


def address_column() -> Column:
    """Return the address of the file that a row was read from."""
    path = functions.replace(
        functions.col("_metadata.file_path"), functions.lit("+"), functions.lit("%2B")
    )
    return functions.regexp_replace(functions.url_decode(path), "^file:/+", "file:/")
