"""Files of codes that the user supplies and that never come with precert: CMS's and the AMA's.

A code file says which codes there are, until when, and how they are described (`KnownCodes`); the
file of add-on code edits says which primaries an add-on may follow (`AddOnEdits`). A file that is
none of the known ones is refused with what was expected.
"""

from precert.compiler.code_files.add_ons import (
    AddOnEdits,
    add_on_primaries,
    read_add_on_edits,
    with_primaries,
)
from precert.compiler.code_files.check import check_codes
from precert.compiler.code_files.known import KnownCode, KnownCodes
from precert.compiler.code_files.reading import read_code_file

__all__ = [
    "AddOnEdits",
    "KnownCode",
    "KnownCodes",
    "add_on_primaries",
    "check_codes",
    "read_add_on_edits",
    "read_code_file",
    "with_primaries",
]
