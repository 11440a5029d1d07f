"""The reader of HTML pages: tags in, rows and lines out."""
