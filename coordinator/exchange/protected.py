"""Workbooks under a password, opened and closed in memory: nothing decrypted and no password touches disk or log.

Excel's own protections of .xlsx, .xlsm, .xlsb (ECMA-376) and .xls (RC4, RC4 with CryptoAPI, XOR) are known; that of
OpenDocument and of encrypted archives is not. Source: [MS-OFFCRYPTO], as msoffcrypto-tool reads it.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format import xls97
from msoffcrypto.format.ooxml import OOXMLFile

from coordinator.errors import UserError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the old compound file begins: .xls, and every Office file under a password."""

_EVERYBODY = "VelvetSweatshop"
"""With this Excel protects a workbook that it opens without asking ("read-only recommended")."""

_MOST_ROUNDS = 1_000_000
"""Excel and LibreOffice hash a password 100,000 times; ten million would take a quarter of a minute."""

_LONGEST_PASSWORD = 255


class _Memory:
    """Stands in for `tempfile`: msoffcrypto would put the decrypted .xls into a file on disk."""

    TemporaryFile = BytesIO


xls97.tempfile = _Memory


def is_protected(content: bytes) -> bool:
    """Whether a password encrypts this Office file (one that only locks sheets against changes does not)."""
    if not content.startswith(OLE):
        return False
    if "EncryptedPackage".encode("utf-16-le") in content:
        return True
    if "Workbook".encode("utf-16-le") not in content:
        return False
    try:
        return bool(_old_book(content).is_encrypted())
    except Exception:  # whatever is broken in it, the reader says so
        return False


def unprotected(name: str, content: bytes, password: str = "") -> bytes:
    """The workbook as it was before it was protected; other files as they are.

    UserError "import.password" where one is needed and none is given, "import.wrong_password",
    "import.protection_unknown", "import.damaged".
    """
    if not is_protected(content):
        return content
    if password:
        return _decrypted(name, content, password[:_LONGEST_PASSWORD])
    try:
        return _decrypted(name, content, _EVERYBODY)
    except UserError as refused:
        if refused.code == "import.protection_unknown":
            raise
        raise UserError("import.password", file=name) from refused


def protected(content: BytesIO, password: str) -> bytes:
    """A workbook (.xlsx) under this password, as Excel itself protects one (AES-256, 100,000 rounds of SHA-512)."""
    closed = BytesIO()
    OOXMLFile(content).encrypt(password[:_LONGEST_PASSWORD], closed)
    return closed.getvalue()


def _decrypted(name: str, content: bytes, password: str) -> bytes:
    plain = BytesIO()
    try:
        book = _book(name, content)
        if isinstance(book, OOXMLFile):
            book.load_key(password=password, verify_password=True)
        else:
            book.load_key(password=password)
        book.decrypt(plain)
    except UserError:
        raise
    except InvalidKeyError as wrong:
        raise UserError("import.wrong_password", file=name) from wrong
    except Exception as broken:  # the package lets struct, olefile, XML and cipher errors through
        raise UserError("import.damaged", file=name) from broken
    return plain.getvalue()


def _book(name: str, content: bytes) -> Any:
    if "EncryptedPackage".encode("utf-16-le") not in content:
        return _old_book(content)
    try:
        book = OOXMLFile(BytesIO(content))
    except Exception as unknown:
        code = "import.protection_unknown" if "EncryptionInfo" in str(unknown) else "import.damaged"
        raise UserError(code, file=name) from unknown
    if book.type not in ("agile", "standard") or book.info.get("spinValue", 0) > _MOST_ROUNDS:
        raise UserError("import.protection_unknown", file=name)
    return book


def _old_book(content: bytes) -> Any:
    return xls97.Xls97File(BytesIO(content))
