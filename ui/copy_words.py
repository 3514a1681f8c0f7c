"""How copies are spoken of: when one was made, how large it is, and what is told when something goes wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from coordinator.domain.days import kyiv, kyiv_day
from coordinator.errors import UserError
from coordinator.services.backups import SecondState
from coordinator.services.salvaging import Salvaged
from resources.i18n import _, language, ngettext
from ui import texts

MB = 1_000_000


def when(made: datetime, now: datetime) -> str:
    """ "14:03" on the same day, else "12.08.2026": as short as the bottom line needs it."""
    same_day = kyiv_day(made) == kyiv_day(now)
    return f"{kyiv(made):%H:%M}" if same_day else texts.day_short(kyiv_day(made))


def age(made: datetime, now: datetime) -> str:
    """ "5 minutes ago", "3 hours ago", "2 days ago". A moment that lies ahead is one of a clock that was set back."""
    passed = now - made
    if passed < timedelta(0):
        return _("by a clock that was set back since")
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    if minutes < 24 * 60:
        return ngettext("{n} hour ago", "{n} hours ago", minutes // 60).format(n=minutes // 60)
    days = minutes // (24 * 60)
    return ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def size(count: int) -> str:
    """Bytes as "0.4 MB", "12 MB"; the comma of the language."""
    amount = count / MB
    text = f"{amount:.1f}" if amount < 10 else texts.number(round(amount))
    return _("{amount} MB").format(amount=text if language() == "en" else text.replace(".", ","))


def last(made: datetime | None, now: datetime) -> str:
    if made is None:
        return _("No copy has been made yet.")
    return _("The last copy was made {when}, {ago}.").format(when=texts.moment(made), ago=age(made, now))


def how_made(folder: Path) -> str:
    """What happens by itself, and where the copies lie."""
    return _(
        "One is made at the start and every half hour if something changed; each is opened, checked and counted. "
        "They are encrypted as the register is, and lie in {path}"
    ).format(path=folder)


def copied_to(path: Path) -> str:
    return _("A copy of the whole register was made: {path}. The same passphrases open it.").format(path=path)


def failed(error: UserError) -> str:
    """The core's sentence: what happened, what was kept, what to do."""
    return _("The copy could not be made. {why}").format(why=texts.error_text(error))


def rescued(error: UserError) -> str:
    return _("The copy lies in the second place only. {why}").format(why=texts.error_text(error))


def second_failed(second: SecondState) -> str:
    return _("No copy could be made in the second place. {why}").format(why=second_fault(second))


def second_fault(second: SecondState) -> str:
    """Why the last try there failed; "" where it did not."""
    facts = {"path": second.place, **dict(second.facts)}
    return texts.error_text(UserError(second.fault, **facts)) if second.fault else ""


def no_second_since(second: SecondState, now: datetime) -> str:
    """For the bottom line."""
    if second.last is None:
        return _("No copy in the second place yet")
    return _("No copy in the second place since {time}").format(time=when(second.last, now))


def overdue(second: SecondState, now: datetime) -> str:
    if second.last is None:
        text = _("No copy has come to the second place {place} yet. Put the stick in, or choose another place.")
        return text.format(place=second.place)
    text = _("The last copy came to the second place {place} {ago}. Put the stick in, or choose another place.")
    return text.format(place=second.place, ago=age(second.last, now))


def second_gone(second: SecondState, now: datetime) -> str:
    if second.last is None:
        return _("The second place {place} is out of reach, and it has no copy yet.").format(place=second.place)
    text = _("The second place {place} is out of reach. Its last copy was made {ago}; copies on this computer go on.")
    return text.format(place=second.place, ago=age(second.last, now))


def register_gone(folder: Path) -> str:
    return _(
        "The register is out of reach: {path}. What was saved before is kept there; nothing can be saved now. "
        "Put the stick back in, or make a copy elsewhere."
    ).format(path=folder)


def register_back() -> str:
    return _("The register is within reach again. Work goes on.")


def salvaged(saved: Salvaged) -> str:
    """How much was read and how much was not, in entries of all kinds."""
    read = ngettext("{n} entry was read and checked.", "{n} entries were read and checked.", saved.read)
    parts = [read.format(n=texts.number(saved.read))]
    if saved.lost:
        lost = ngettext("{n} entry could not be read.", "{n} entries could not be read.", saved.lost)
        parts.append(lost.format(n=texts.number(saved.lost)))
    if saved.left_out:
        text = ngettext(
            "{n} entry was left out, since what it belongs to is lost.",
            "{n} entries were left out, since what they belong to is lost.",
            saved.left_out,
        )
        parts.append(text.format(n=texts.number(saved.left_out)))
    parts.append(_("They are the newest copy in the list now; restore it, or an older one."))
    return " ".join(parts)
