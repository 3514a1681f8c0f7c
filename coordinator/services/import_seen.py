"""Whether an import still replaces only what its preview showed, where somebody else wrote in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coordinator.domain.names import fold
from coordinator.errors import UserError
from coordinator.exchange.report import Choice, Entry, News
from coordinator.services.import_preview import ImportPreview, Progress, with_choices
from coordinator.session import Session

CHANGED_SINCE = "import.changed_since"
_KEEPS_BOTH = frozenset({"note", "person_note"})
"""What was typed here stays beside the list's word."""

_Place = tuple[str, int, int, str, str, str]
"""Sheet, first row of the entry, row, field, person and new value."""


def refuse_unseen(shown: ImportPreview, anew: ImportPreview) -> None:
    """UserError "import.changed_since" where `anew` replaces a value that is another one than was shown, or none was.

    What only completes or adds goes on, and so does what `anew` leaves alone.
    """
    if shown.mark == anew.mark:
        return
    before = _shown(shown.report.entries)
    unseen = [
        entry
        for entry in anew.report.entries
        if any(_replaces(one) and before.get(_place(entry, one)) != one.old for one in entry.news)
    ]
    if unseen:
        first = unseen[0]
        who = f"{first.number}, {first.title}" if first.number else first.title
        raise UserError(CHANGED_SINCE, file=anew.incoming.file_name, count=len(unseen), who=who)


def look_again(
    session: Session, preview: ImportPreview, choices: Mapping[Choice, bool], progress: Progress | None = None
) -> tuple[ImportPreview, dict[Choice, bool]]:
    """The preview beside the register of now, and of the choices those about values that still are what they were."""
    before = _shown(preview.report.entries)
    anew = with_choices(session, preview, preview.listed.choices, progress)
    changed = {
        one.choice(entry.sheet)
        for entry in anew.report.entries
        for one in _values(entry)
        if before.get(_place(entry, one), one.old) != one.old
    }
    return anew, {choice: taken for choice, taken in choices.items() if choice not in changed}


def _shown(entries: Iterable[Entry]) -> dict[_Place, str]:
    return {_place(entry, one): one.old for entry in entries for one in _values(entry)}


def _values(entry: Entry) -> tuple[News, ...]:
    return (*entry.news, *entry.kept, *entry.declined)


def _place(entry: Entry, one: News) -> _Place:
    return entry.sheet, entry.row, one.row, one.field, one.person_id or one.person, one.new


def _replaces(one: News) -> bool:
    return bool(one.old) and not one.completes and one.field not in _KEEPS_BOTH and fold(one.old) not in fold(one.new)
