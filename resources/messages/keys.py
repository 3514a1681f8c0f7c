"""Sentences about users, passphrases and the recovery code, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "keys.there": N_("The key file of {path} is there and can be read. Nothing was changed."),
    "keys.of_other": N_("The key file in {path} does not belong to this register. Nothing was changed; choose a copy of this one."),
    "users.unknown": N_("There is no user called {name}. Nothing was changed; coordinator users FILE lists them."),
    "users.which": N_("Say whose passphrase is set anew with --user NAME. The users are: {names}."),
}  # fmt: skip
