"""A workbook that is put together in memory: XlsxWriter's own temporary files would hold names in plain text.

Its mode "in_memory" keeps every cell as an object (1.8 million cells: 869 MB), its mode "constant_memory" writes
each row to a file at once. Here the rows are kept as packed text: little memory, and no file at all.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

_CHUNK = 1 << 18
_FAST = 1


class _Packed(StringIO):
    """Text that is written once from front to back; kept compressed. XlsxWriter asks whether it is a StringIO."""

    def __init__(self) -> None:
        super().__init__()
        self._pressing = zlib.compressobj(_FAST)
        self._packed: list[bytes] = []
        self._waiting: list[str] = []
        self._size = 0

    def write(self, text: str) -> int:
        self._waiting.append(text)
        self._size += len(text)
        if self._size > _CHUNK:
            self._press()
        return len(text)

    def _press(self) -> None:
        self._packed.append(self._pressing.compress("".join(self._waiting).encode()))
        self._waiting, self._size = [], 0

    def pieces(self) -> Iterator[bytes]:
        """All of it in UTF-8. Nothing can be written afterwards."""
        self._press()
        self._packed.append(self._pressing.flush())
        unpacking = zlib.decompressobj()
        for piece in self._packed:
            yield unpacking.decompress(piece)
        yield unpacking.flush()

    def take(self, other: _Packed) -> None:
        """Write all that the other one holds."""
        self._press()
        for piece in other.pieces():
            self._packed.append(self._pressing.compress(piece))

    def getvalue(self) -> Any:
        return self

    def encode(self, _encoding: str = "utf-8") -> bytes:
        return b"".join(self.pieces())


class _Page(Worksheet):
    """A worksheet that writes each row away at once, into memory."""

    def _initialize(self, init_data: dict[str, Any]) -> None:
        super()._initialize(init_data)
        self.constant_memory = True
        rows: Any = _Packed()
        self.row_data_fh = self.fh = rows

    def _write_optimized_sheet_data(self) -> None:
        if self.dim_rowmin is None:
            self._xml_empty_tag("sheetData")
            return
        self._xml_start_tag("sheetData")
        self.fh.take(self.row_data_fh)
        self._xml_end_tag("sheetData")


class _Parts(Packager):
    """The files inside the workbook, kept packed until they go into it."""

    def _filename(self, xml_filename: str) -> _Packed:
        part = _Packed()
        self.filenames.append((part, xml_filename, False))
        return part


class MemoryBook(Workbook):
    """As xlsxwriter.Workbook with text that is never a formula. Rows are written in their order."""

    def __init__(self, whole: BytesIO) -> None:
        super().__init__(whole, {"in_memory": True, "strings_to_formulas": False})
        self.worksheet_class = _Page

    def _get_packager(self) -> Packager:
        return _Parts()
