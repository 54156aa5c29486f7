import io
import struct
import zipfile

import pytest

from actionlines.documents import archive, read_bytes
from actionlines.problems import InputError
from made_documents import docx_of, docx_with


def message_of(data: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read_bytes(data, "a.docx")
    return str(refused.value)


BOMB = "a.docx: unpacked, the file grows beyond measure (a zip bomb, or more than 256 MB)."
DAMAGED = "a.docx: the file is damaged. Expected: a file that opens in its program."


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    data = docx_with({"word/media/zeros.bin": bytes(20_000_000)})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("a part was unpacked"))
    assert message_of(data) == BOMB


def test_archive_with_too_much_inside_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 10_000)
    assert message_of(docx_of(["SDG 9"])).startswith("a.docx: unpacked, the file grows beyond measure")


def test_part_that_grows_while_it_is_unpacked_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_PART", 0)
    monkeypatch.setattr(archive, "_CHUNK", 512)
    assert message_of(docx_of(["SDG 9"])) == BOMB


def test_archive_with_too_many_parts_is_refused():
    parts = {f"word/media/{number}": b"" for number in range(archive.MAX_PARTS)}
    assert message_of(docx_with(parts)).endswith(f"parts; at most {archive.MAX_PARTS} are read.")


def test_part_that_is_longer_than_the_archive_says_is_refused():
    data = docx_with({"word/document.xml": b"<a/>" + b" " * 5000})
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        size = struct.pack("<I", whole.getinfo("word/document.xml").file_size)
    assert message_of(data.replace(size, struct.pack("<I", 10))) == DAMAGED


@pytest.mark.parametrize("cut", [slice(2000), slice(-30), slice(100, None)])
def test_damaged_archive_is_refused(cut):
    with pytest.raises(InputError):
        read_bytes(docx_of(["SDG 9"])[cut], "a.docx")


def test_part_with_a_wrong_checksum_is_refused():
    data = bytearray(docx_of(["SDG 9"]))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as whole:
        offset = whole.getinfo("word/document.xml").header_offset
    data[offset + 120] ^= 0xFF
    assert message_of(bytes(data)) == DAMAGED


def test_two_parts_of_one_name_are_refused():
    stream = io.BytesIO(docx_of(["SDG 9"]))
    with zipfile.ZipFile(stream, "a") as whole, pytest.warns(UserWarning, match="Duplicate name"):
        whole.writestr("word/document.xml", "<a/>")
    assert message_of(stream.getvalue()) == DAMAGED
