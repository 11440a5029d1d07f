"""The grammar of codes, ranges and modifiers: text in, a canonical value or what is wrong out.

Nothing is corrected silently: only blanks and line ends around a text are stripped, and its case is
ignored, which means nothing in any code set. A text that is no code names those it may stand for.
"""

from precert.codes.invalid import InvalidCode
from precert.codes.meant import looks_like_code
from precert.codes.parsing import is_code, parse_code, parse_modifier
from precert.codes.ranges import parse_code_or_range, parse_range
from precert.codes.shapes import CodeSet, code_set

__all__ = [
    "CodeSet",
    "InvalidCode",
    "code_set",
    "is_code",
    "looks_like_code",
    "parse_code",
    "parse_code_or_range",
    "parse_modifier",
    "parse_range",
]
