"""The language of the window: our catalogue, Qt's own dialogs, and the forms of numbers and dates."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from resources import i18n

_LOCALES = {
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "uk": QLocale(QLocale.Language.Ukrainian, QLocale.Country.Ukraine),
}
_installed: list[QTranslator] = []


def speak(code: str) -> None:
    """Use "en" or "uk" from now on. What is on the screen already has to be made anew."""
    i18n.set_language(code)
    QLocale.setDefault(_LOCALES[code])
    application = QCoreApplication.instance()
    if application is None:
        return
    for old in _installed:
        application.removeTranslator(old)
    _installed.clear()
    qt = QTranslator(application)
    if qt.load(_LOCALES[code], "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qt)
        _installed.append(qt)
