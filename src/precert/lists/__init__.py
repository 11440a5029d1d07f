"""Tables in, rules out, by a layout that is data: one TOML file for each published list.

The way of the data: `layout_file` makes a `Layout`; `reading` takes the blocks of a document to
the `walk`; `sheets` tells which sheet is read, `lines` what a line is, `columns` what a header
names, `rows` what a row is, `code_cells` which codes it is about, `headings` what a heading says,
`row_above` that a row goes on; `rules` builds its rules, `answers` tells what they require,
`footnotes` which marks they have, `texts` and `notes` read the texts by the layout's `phrases` and
the `alerts` of every list, and `findings` puts together what they say. At the end
`whole_document` holds against the rules what notices, legends and dates say of them.
"""

from precert.lists.entries import Entry, LineKind, ListReading, PrintedHeading
from precert.lists.findings import with_conditions
from precert.lists.layout import Layout
from precert.lists.layout_file.loading import layout_names, load_layout
from precert.lists.markup import prints_code
from precert.lists.reading import read_list

__all__ = [
    "Entry",
    "Layout",
    "LineKind",
    "ListReading",
    "PrintedHeading",
    "layout_names",
    "load_layout",
    "prints_code",
    "read_list",
    "with_conditions",
]
