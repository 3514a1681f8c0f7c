"""The window's part of a restore: finish the open register's work, let the copy take its place, open it again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from coordinator.copies import CopyInfo
from coordinator.errors import UserError
from coordinator.services import backups
from coordinator.services.restore import NotRestored, restore
from coordinator.session import Session
from resources.i18n import _
from ui import texts, theme
from ui.desk import OpenRegister
from ui.drafts import LastWords

BAR_WIDTH = 260


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `session` None: the register has to be opened anew. `aside`: the register as it was before."""

    session: Session | None
    copy: CopyInfo
    aside: CopyInfo | None = None
    fault: BaseException | None = None


def restore_open(register: OpenRegister, last: LastWords, copy: CopyInfo) -> Restored:
    """In a worker: the last writes of a stopped register, then the copy in its place."""
    session = register.session
    try:
        errors = register.tasks.finish()
        last.write(session, bool(errors))
        opened = restore(session, copy.path)
    except NotRestored as fault:
        return Restored(fault.session, copy, fault=fault)
    except UserError as fault:
        return Restored(session if session.keyring.key else None, copy, fault=fault)
    except Exception as fault:
        session.close()
        return Restored(None, copy, fault=fault)
    made = (info for info in backups.list_copies(opened) if info.why == "before-restore")
    return Restored(opened, copy, next(made, None))


def words(restored: Restored) -> str:
    """What was done, and where the register as it was lies now."""
    done = _("The copy of {when} is restored.").format(when=texts.moment(restored.copy.made_at))
    if restored.aside is None:
        return done
    kept = _("The register as it was is kept as the copy of {when}.")
    return f"{done} {kept.format(when=texts.moment(restored.aside.made_at))}"


class WaitingPage(QWidget):
    """Stands in the window while there is no register: a sentence and a moving bar."""

    def __init__(self, text: str) -> None:
        super().__init__()
        theme.dress(self, "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        label, bar = QLabel(text), QProgressBar()
        theme.dress(label, "heading")
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(theme.unit(BAR_WIDTH))
        bar.setAccessibleName(text)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(14))
        column.addStretch(1)
        column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
