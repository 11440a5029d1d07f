"""A document that no layout reads yet in, a draft of its layout out: what each part seems to be.

`tables` finds the headers, `columns` gathers what stands under each header word, `fields` says what
a column seems to hold and why, `decisions` what its words seem to require, `titles` and `notes`
what stands around and beside, `draft` puts it together, `layout_text` writes the TOML. A draft is a
proposal for a person: what it is not sure of stands in a comment, and nothing is read by it.
"""

from precert.lists.draft.draft import Draft, draft_layout
from precert.lists.draft.layout_text import layout_text

__all__ = ["Draft", "draft_layout", "layout_text"]
