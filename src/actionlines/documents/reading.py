"""Reading a file into passages, by its format."""

from pathlib import Path

from actionlines.documents.passage import Document


def read(path: Path) -> Document:
    """Read a txt, md, html, docx or pdf file.

    Raises:
        InputError: wrong encoding, empty, encrypted or image-only PDF, damaged or oversized archive, unknown format.
    """
    raise NotImplementedError
