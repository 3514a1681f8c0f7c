"""Every page of a register's files in plain text, the free ones too: what somebody with the key could dig out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def decrypted(folder: Path, key: bytes) -> bytes:
    """The pages of register.db and of its -wal, as SQLCipher 4 encrypts them (AES-256-CBC, page by page)."""
    found = [_page(page, key, first=at == 0) for at, page in enumerate(_pages(folder / "register.db"))]
    assert found[0][:2] == PAGE.to_bytes(2, "big"), "not the right key"
    wal = folder / "register.db-wal"
    if wal.exists():
        found += [_page(page, key, first=number == 1) for number, page in _frames(wal)]
    return b"".join(found)


def _pages(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    for at in range(0, len(content), PAGE):
        yield content[at : at + PAGE]


def _frames(path: Path) -> Iterator[tuple[int, bytes]]:
    content = path.read_bytes()
    for at in range(WAL_HEADER, len(content), FRAME_HEADER + PAGE):
        frame = content[at : at + FRAME_HEADER + PAGE]
        yield int.from_bytes(frame[:4], "big"), frame[FRAME_HEADER:]


def _page(page: bytes, key: bytes, *, first: bool) -> bytes:
    sealed = page[SALT if first else 0 : PAGE - RESERVED]
    iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    opening = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return opening.update(sealed) + opening.finalize()
