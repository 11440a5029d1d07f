"""The reader of PDFs: the words of each page in, the rows of ruled and of plain tables out.

PDFium (the extra `pdf`) says which letter stands where and which lines are drawn; what a table, a
column and a row is, is told here.
"""

from precert.tables.pdf.reading import read_pdf

__all__ = ["read_pdf"]
