"""What window, terminal and paper say alike about passphrases and the recovery code. Needs no Qt."""

from __future__ import annotations

from collections.abc import Mapping

from coordinator.domain.passphrase import Strength
from coordinator.domain.roles import Role
from coordinator.register import MIN_PASSPHRASE
from resources.i18n import N_, _, ngettext

MAY: Mapping[Role, str] = {
    Role.COORDINATOR: N_("may do everything, users and erasing included"),
    Role.OPERATOR: N_(
        "enters, plans and prints, and saves the papers of a day's trips; no other lists of names as files, "
        "no users, no erasing"
    ),
    Role.VIEWER: N_("only looks, and saves workbooks without names"),
}


def about_code() -> str:
    """What the recovery code is for and where it belongs."""
    return _(
        "If a passphrase is forgotten, this code opens the register and sets a new one. It is shown only now. "
        "Put it on paper and keep the paper in a safe place, away from this computer."
    )


def without_code() -> str:
    """What is lost where neither is known any more."""
    return _("Without a passphrase and without this code the data are gone. Nobody can bring them back.")


def never_a_file() -> str:
    """Why there is no "Save as"."""
    return _("The code is not saved as a file: whoever found the file could open the register.")


def person_name(name: str) -> str:
    """A user's name; whoever made the register may have given none."""
    return name or _("(no name)")


def strength_words(strength: Strength) -> str:
    """How good a new passphrase is, and what would make it better."""
    return {
        Strength.NONE: _("Four words that do not belong together are strong and easy to remember."),
        Strength.SHORT: at_least(),
        Strength.WEAK: _("Weak: easy to guess. Add words that do not belong together."),
        Strength.FAIR: _("Good; one word more makes it strong."),
        Strength.STRONG: _("Strong."),
    }[strength]


def at_least() -> str:
    text = ngettext(
        "The passphrase needs at least {n} sign. Several words are good and easy to remember.",
        "The passphrase needs at least {n} signs. Several words are good and easy to remember.",
        MIN_PASSPHRASE,
    )
    return text.format(n=MIN_PASSPHRASE)
