"""Looks at a file before anything opens it: what it really is, and whether it is safe to unpack.

The name of a file proves nothing: a web page is saved as .xls, a CSV as .xlsx, and a small archive can
unpack to gigabytes. So the kind is taken from the content, and an archive is measured and tested before
a reader sees it (FAULTS 52-61).
"""

from __future__ import annotations

import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Protocol

from coordinator.errors import UserError
from coordinator.exchange.protected import OLE

LARGEST_FILE = 128 * 1024 * 1024
"""Bytes on disk. A list of 60,000 people takes about 5 MB."""

LARGEST_UNPACKED = 384 * 1024 * 1024
"""Bytes of all parts of an archive together. The same list takes about 80 MB."""

MOST_PARTS = 5000

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    TEXT = "text"


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")


def read_bytes(path: Path) -> bytes:
    """The whole file; UserError where it is missing, locked, empty or too large."""
    try:
        if path.is_dir():
            raise UserError("import.is_folder", file=path.name or str(path))  # "." has no name
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UserError("import.file_too_large", file=path.name, mb=size >> 20, limit=LARGEST_FILE >> 20)
        content = path.read_bytes()
    except FileNotFoundError as missing:
        raise UserError("import.no_file", file=path.name) from missing
    except PermissionError as locked:
        raise UserError("import.file_in_use", file=path.name) from locked
    except (OSError, ValueError) as failed:
        raise UserError("import.cannot_read", file=path.name) from failed
    if not content:
        raise UserError("import.empty_file", file=path.name)
    return content


class Named(Protocol):
    """A file by its name."""

    @property
    def name(self) -> str: ...

    @property
    def suffix(self) -> str: ...


def kind_of(path: Named, content: bytes) -> FileKind:
    """What the content is; UserError with the code of what it is instead of a list."""
    name = path.name
    if name.startswith("~$"):
        raise UserError("import.lock_file", file=name)
    if content.startswith(b"PK"):
        return _archive_kind(path, content)
    if content.startswith(OLE):
        return _ole_kind(name, content)
    if content.startswith(b"%PDF"):
        raise UserError("import.is_document", file=name)
    suffix = path.suffix.lower()
    if content.startswith(_PICTURES) and not (suffix in _TEXT_SUFFIXES and _is_text(content)):
        raise UserError("import.is_picture", file=name)
    if _is_html(content):
        raise UserError("import.is_html", file=name)
    if suffix in _TEXT_SUFFIXES:
        return FileKind.TEXT
    if suffix == ".xls" and content.startswith(_BIFF):
        return FileKind.XLS
    if suffix in SUFFIXES:
        raise UserError("import.is_text" if _is_text(content) else "import.damaged", file=name)
    raise UserError("import.unknown_type", file=name)


def _is_html(content: bytes) -> bool:
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<?xml", b"mime-version"))


def _is_text(content: bytes) -> bool:
    """UTF-16, or bytes without control characters."""
    start = content[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in start)


def _ole_kind(name: str, content: bytes) -> FileKind:
    """An old compound file without a password: .xls, or another program's document."""
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "WORKBOOK", "Book")):
        return FileKind.XLS
    others = ("WordDocument", "PowerPoint Document", "VisioDocument", "__properties_version1.0")
    if any(stream.encode("utf-16-le") in content for stream in others):
        raise UserError("import.is_document", file=name)
    raise UserError("import.damaged", file=name)


def _archive_kind(path: Named, content: bytes) -> FileKind:
    """The workbook inside an archive that has been measured and tested."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {info.filename for info in archive.infolist()}
            kind = _part_kind(path.name, archive, names)
            _test(path.name, archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as broken:
        raise UserError("import.damaged", file=path.name) from broken
    return kind


def _part_kind(name: str, archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise UserError("import.protection_unknown", file=name)
    lowered = {part.lower() for part in names}
    if "xl/workbook.bin" in lowered:
        return FileKind.XLSB
    if "xl/workbook.xml" in lowered:
        return FileKind.XLSX
    if "content.xml" in lowered and _is_spreadsheet(name, archive, names):
        return FileKind.ODS
    if any(part.startswith(("word/", "ppt/")) for part in lowered) or "content.xml" in lowered:
        raise UserError("import.is_document", file=name)
    raise UserError("import.is_zip", file=name)


def _is_spreadsheet(name: str, archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether an OpenDocument archive is a table; UserError where it is encrypted."""
    manifest = "META-INF/manifest.xml"
    if (
        manifest in names
        and archive.getinfo(manifest).file_size < 1 << 20
        and b"encryption-data" in archive.read(manifest)
    ):
        raise UserError("import.protection_unknown", file=name)
    return "mimetype" not in names or b"spreadsheet" in archive.open("mimetype").read(200)


def _test(name: str, archive: zipfile.ZipFile) -> None:
    """Refuses an archive that unpacks to too much, then checks every part's checksum."""
    unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > LARGEST_UNPACKED or len(archive.infolist()) > MOST_PARTS:
        raise UserError("import.unpacks_too_large", file=name, mb=unpacked >> 20, limit=LARGEST_UNPACKED >> 20)
    try:
        broken = archive.testzip()
    except Exception as failed:  # zlib, lzma and zipfile raise their own kinds for damaged bytes
        raise UserError("import.damaged", file=name) from failed
    if broken is not None:
        raise UserError("import.damaged_part", file=name, part=broken)
