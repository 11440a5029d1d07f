"""The compact notation of conditions: `with-program(Joint Surgery, Sleep); with-code(27412)`.

A rulebook's `conditions` column holds it, a layout's note patterns are written in it, and an
answer prints it. Conditions are separated by `; `, arguments by `, `, a named argument is
`name=value`; the characters `% ; , ( ) =` inside a value are percent-encoded. A scope guard is
negated by the prefix `unless-`. `parse_conditions` and `format_conditions` are each other's
inverse.
"""

from precert.notation.arguments import encode
from precert.notation.conditions import format_condition, format_conditions, parse_conditions

__all__ = ["encode", "format_condition", "format_conditions", "parse_conditions"]
