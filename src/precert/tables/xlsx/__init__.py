"""The reader of workbooks: a `Document` in, the rows of all its sheets out.

The way of data: `package` tells what the file is and refuses what no reader should unpack;
`workbook_xml`, `styles_xml` and `strings_xml` say where the sheets lie and what their cells look
like, and `sheet_xml` marks the cells that look as if they meant more than their value; `calamine`
gives the values, `cells` their text; `sheet_rows` puts values and marks together, `lost_zeros` and
`remarks` say what cannot be trusted or was not read.
"""

from precert.tables.xlsx.reading import read_workbook

__all__ = ["read_workbook"]
