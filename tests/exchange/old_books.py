"""Workbooks that no library here writes: .xls, .xlsb and .ods by their records and tags, and any under a password."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from hashlib import md5
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import DocumentRC4, _makekey

SECTOR = 512
SALT = bytes(range(16))
OFFICE = "http://schemas.openxmlformats.org"
RELATIONS = (
    f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
)


def protect(path: Path, password: str) -> Path:
    """The workbook as Excel saves it with a password to open."""
    with path.open("rb") as plain:
        kept = BytesIO()
        OOXMLFile(plain).encrypt(password, kept)
    path.write_bytes(kept.getvalue())
    return path


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def cell(row: int, column: int, value: object) -> bytes:
    """A LABEL, a NUMBER, or the BOOLERR of #N/A for ValueError."""
    head = struct.pack("<HHH", row, column, 0)
    if value is ValueError:
        return record(0x0205, head + b"\x2a\x01")
    if isinstance(value, str):
        return record(0x0204, head + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    assert isinstance(value, (int, float))
    return record(0x0203, head + struct.pack("<d", value))


def write_xls(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    name: str = "Подоли",
    more: bytes = b"",
    hidden: bool = False,
    epoch_1904: bool = False,
    password: str = "",
) -> Path:
    """One sheet of BIFF8. `more`: further records of the sheet; `password`: the RC4 of Excel 97."""
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    sheet += b"".join(
        cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None
    )
    sheet += more + record(0x000A)
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    if password:
        start += record(0x002F, struct.pack("<HHH", 1, 1, 1) + SALT + _verifier(password))
    start += record(0x0022, struct.pack("<H", epoch_1904))
    title = struct.pack("<BBBB", hidden, 0, len(name), 1) + name.encode("utf-16-le")
    end = record(0x000A)
    offset = len(start) + 4 + 4 + len(title) + len(end)
    stream = start + record(0x0085, struct.pack("<I", offset) + title) + end + sheet
    path.write_bytes(compound(_obfuscated(stream, password) if password else stream))
    return path


def _verifier(password: str) -> bytes:
    """The encrypted verifier and its hash, [MS-OFFCRYPTO] 2.3.6.1."""
    verifier = bytes(16)
    encryptor = Cipher(ARC4(_makekey(password, SALT, 0)), mode=None).encryptor()
    return bytes(encryptor.update(verifier) + encryptor.update(md5(verifier).digest()))


def _obfuscated(stream: bytes, password: str) -> bytes:
    """Record data encrypted in place; heads, BOF, FILEPASS and the offset of BOUNDSHEET stay readable."""
    plain = DocumentRC4.decrypt(password, SALT, BytesIO(bytes(len(stream))), blocksize=1024).read()
    result, place = bytearray(stream), 0
    while place < len(stream):
        number, size = struct.unpack_from("<HH", stream, place)
        place += 4
        skipped = size if number in (0x0809, 0x002F) else 4 if number == 0x0085 else 0
        for each in range(place + skipped, place + size):
            result[each] ^= plain[each]
        place += size
    return bytes(result)


def compound(stream: bytes) -> bytes:
    """A compound file, version 3, with the one stream "Workbook"."""
    stream = stream.ljust(4096, b"\x00")  # smaller ones would have to go into the mini stream
    sectors = -(-len(stream) // SECTOR)
    fats = 1
    while fats * 128 < sectors + 1 + fats:
        fats += 1
    chain = [*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * fats]
    chain += [0xFFFFFFFF] * (fats * 128 - len(chain))
    first_fat = sectors + 1
    assert fats <= 109
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fats, sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *[first_fat + n if n < fats else 0xFFFFFFFF for n in range(109)])
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 0, len(stream))
    folder = folder.ljust(SECTOR, b"\x00")
    return header + stream.ljust(sectors * SECTOR, b"\x00") + folder + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\x00").encode("utf-16-le")
    none = 0xFFFFFFFF
    return (
        text.ljust(64, b"\x00") + struct.pack("<HBBIII", len(text), kind, 1, none, none, child) + bytes(36)
        + struct.pack("<IQ", start, size)
    )  # fmt: skip


def ods(path: Path, rows: str, before: str = "", after: str = "") -> Path:
    """An OpenDocument table of one sheet, from the XML of its rows."""
    xml = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c" xmlns:style="s">'
        f"{before}<office:body><office:spreadsheet>{after}"
        f'<table:table table:name="Подоли" table:style-name="ta1">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(*cells: str, more: str = "") -> str:
    inside = "".join(
        text if text.startswith("<") else
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in cells
    )  # fmt: skip
    return f"<table:table-row{more}>{inside}</table:table-row>"


def new_record(number: int, data: bytes) -> bytes:
    """A record of an .xlsb: number and size in groups of seven bits."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    return head + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, *rows: list[object], more: bytes = b"", epoch_1904: bool = False, state: int = 0) -> Path:
    """A binary workbook of one sheet; ValueError is a cell with #REF!."""
    data = new_record(129, b"") + new_record(148, struct.pack("<4I", 0, len(rows) - 1, 0, 9)) + more
    data += new_record(145, b"")
    for number, row in enumerate(rows):
        data += new_record(0, struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if "hidden" in row else 0) + bytes(5))
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if value is ValueError:
                data += new_record(3, head + b"\x17")
            elif isinstance(value, str):
                data += new_record(6, head + wide(value))
            elif isinstance(value, (int, float)):
                data += new_record(5, head + struct.pack("<d", value))
    data += new_record(146, b"")
    book = new_record(131, b"") + new_record(153, struct.pack("<III", int(epoch_1904), 0, 0)) + new_record(143, b"")
    book += new_record(156, struct.pack("<II", state, 1) + wide("rId1") + wide("Подоли")) + new_record(144, b"")
    book += new_record(132, b"")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.bin", data + new_record(130, b""))
    return path
