"""Documents: a file in (txt, md, html, docx, pdf), passages with pages and offsets out."""

from actionlines.documents.passage import Document, Passage
from actionlines.documents.reading import MAX_BYTES, read, read_bytes

__all__ = ["MAX_BYTES", "Document", "Passage", "read", "read_bytes"]
