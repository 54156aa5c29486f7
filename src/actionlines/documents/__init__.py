"""Documents: a file in (txt, md, html, docx, pdf), passages with pages and offsets out."""

from actionlines.documents.passage import Document, Passage
from actionlines.documents.reading import read

__all__ = ["Document", "Passage", "read"]
