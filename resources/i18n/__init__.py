"""One catalogue for the window, the terminal, paper and workbooks (gettext; works without Qt).

English source text stands in the code inside `_()`, `ngettext()` or `pgettext()`; the Ukrainian
translation is resources/i18n/uk/LC_MESSAGES/coordinator.po with its compiled .mo beside it.
The language belongs to the process and can be switched while it runs; `speaking` sets another one for a piece of
work, such as a workbook for somebody who reads English.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

LANGUAGES = {"en": "English", "uk": "Українська"}
FOLDER = Path(__file__).parent
_Spoken = tuple[str, _gettext.NullTranslations]
_current: _Spoken = ("en", _gettext.NullTranslations())
_for_now: ContextVar[_Spoken | None] = ContextVar("spoken for now", default=None)


def system_language() -> str:
    """ "uk" where the system speaks Ukrainian, otherwise "en". COORDINATOR_LANG overrides."""
    for variable in ("COORDINATOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "uk" if value.lower().startswith("uk") else "en"
    return "uk" if (locale.getlocale()[0] or "").lower().startswith(("uk", "ukrainian")) else "en"


def set_language(code: str) -> None:
    """Use "en" or "uk" from now on; raises ValueError for another code."""
    global _current
    if code not in LANGUAGES:
        raise ValueError(code)
    _current = _spoken(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within the block this thread speaks `code`, and nobody else; "" leaves it as it is. ValueError as above."""
    if code and code not in LANGUAGES:
        raise ValueError(code)
    token = _for_now.set(_spoken(code) if code else _for_now.get())
    try:
        yield
    finally:
        _for_now.reset(token)


def _spoken(code: str) -> _Spoken:
    return code, _gettext.NullTranslations() if code == "en" else catalogue(code)


def _now() -> _Spoken:
    return _for_now.get() or _current


def language() -> str:
    return _now()[0]


def catalogue(code: str) -> _gettext.NullTranslations:
    return _gettext.translation("coordinator", FOLDER, languages=[code], fallback=True)


def _(text: str) -> str:
    """The text in the current language."""
    return _now()[1].gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The right plural form for n, with {n} still to be filled."""
    return _now()[1].ngettext(one, many, n)


def pgettext(context: str, text: str) -> str:
    """A text whose translation depends on where it stands."""
    return _now()[1].pgettext(context, text)


def N_(text: str) -> str:
    """Marks a text for the catalogue without translating it now."""
    return text
