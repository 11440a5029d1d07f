"""Tables in, rules out, by a layout that is data: one TOML file for each published list.

The way of the data: `layout_toml` makes a `Layout`; `reading` walks the blocks; `lines` tells what
a line is, `columns` what a header names, `rows` what a row is; `rules` builds a rule, `notes` reads
its texts by the layout's `phrases`, and `findings` puts together what they say.
"""

from precert.lists.entries import Entry, LineKind, ListReading, PrintedHeading
from precert.lists.layout import Layout
from precert.lists.layout_toml import layout_names, load_layout
from precert.lists.reading import read_list

__all__ = [
    "Entry",
    "Layout",
    "LineKind",
    "ListReading",
    "PrintedHeading",
    "layout_names",
    "load_layout",
    "read_list",
]
