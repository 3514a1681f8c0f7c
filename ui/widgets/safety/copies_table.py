"""The columns of the list of copies, and why a copy was made in words."""

from __future__ import annotations

from collections.abc import Mapping

from coordinator.copies import AS_IT_WAS, CHANGED, NO_DATA, NO_KEYS, CopyInfo
from resources.i18n import N_, _
from resources.messages import sentence
from ui import copy_words, texts
from ui.tables.columns import Column

WHY: Mapping[str, str] = {
    "start": N_("at the start"),
    "changed": N_("by itself, every half hour"),
    "asked": N_("by hand"),
    "before-import": N_("before an import"),
    "before-merge": N_("before two households were joined"),
    "before-migration": N_("before an update of the program"),
    "before-restore": N_("before a copy was restored"),
    "before-removal": N_("before personal data were removed"),
    "salvaged": N_("what could still be read of a damaged register"),
    "set-aside": N_("a damaged register, as it was"),
    "after-removal": N_("after personal data were removed"),
}
NOT_WHOLE: Mapping[str, str] = {
    NO_KEYS: N_("no: its keys are missing"),
    NO_DATA: N_("no: its data are missing"),
    CHANGED: N_("no: it was changed"),
    AS_IT_WAS: N_("no: files of a damaged register"),
}


def why(copy: CopyInfo) -> str:
    return _(WHY[copy.why]) if copy.why in WHY else _("for another reason")


def where(copy: CopyInfo) -> str:
    return _("second place") if copy.elsewhere else _("this computer")


def whole(copy: CopyInfo) -> str:
    """Each copy is opened, checked and counted when it is made; here its parts are looked at."""
    if not copy.fault:
        return _("yes")
    return _(NOT_WHOLE[copy.fault]) if copy.fault in NOT_WHOLE else _("no")


def _why_not_whole(copy: CopyInfo) -> str:
    return sentence(copy.fault) if copy.fault else _("It was opened, checked and counted when it was made.")


def _count(count: int | None) -> str:
    return _("not known") if count is None else texts.number(count)


COPY_COLUMNS: list[Column[CopyInfo]] = [
    Column("made", N_("Made"), lambda copy: texts.moment(copy.made_at), sort=lambda copy: copy.made_at, width=17,
           always=True),
    Column("why", N_("Why"), why, width=25),
    Column("where", N_("Where"), where, width=14),
    Column("households", N_("Households"), lambda copy: _count(copy.households), sort=lambda copy: copy.households,
           width=17, right=True),
    Column("people", N_("People"), lambda copy: _count(copy.people), sort=lambda copy: copy.people, width=12,
           right=True),
    Column("size", N_("Size"), lambda copy: copy_words.size(copy.size), sort=lambda copy: copy.size, width=11,
           right=True),
    Column("whole", N_("Whole"), whole, width=24,
           tooltip=_why_not_whole, mark=lambda copy: "danger" if copy.fault else "",
           icon=lambda copy: "danger" if copy.fault else "success"),
    Column("folder", N_("Folder"), lambda copy: copy.path.name, width=44, shown=False),
]  # fmt: skip
