"""Sentences about users, passphrases and the recovery code, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "users.unknown": N_("There is no user called {name}. Nothing was changed; coordinator users FILE lists them."),
    "users.which": N_("Say whose passphrase is set anew with --user NAME. The users are: {names}."),
}  # fmt: skip
