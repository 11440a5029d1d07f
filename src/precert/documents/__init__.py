"""A published file in, a `Document` out: its hash and its numbered lines."""

from precert.documents.opening import document_of, open_document

__all__ = ["document_of", "open_document"]
