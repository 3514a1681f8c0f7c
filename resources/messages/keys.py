"""Sentences about users, passphrases and the recovery code, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "register.wait": N_("Too many wrong tries. The next one is heard in {seconds} s; nothing was changed."),
    "register.wrong_code": N_("This recovery code does not open the register. Nothing was changed; compare it with the paper, group by group."),
    "register.user_removed": N_("This passphrase was taken away by a coordinator, so it no longer opens the register."),
    "users.name_missing": N_("A user needs a name."),
    "users.name_taken": N_("There is a user called {name} already. Nothing was changed; choose another name."),
    "users.passphrase_taken": N_("This passphrase cannot be used here. Nothing was changed; choose another one."),
    "users.wrong_old": N_("The old passphrase is not right. Nothing was changed; type it again."),
    "users.yourself": N_("Nobody can remove themselves. Another coordinator can do it."),
    "users.gone": N_("This user was removed meanwhile. Nothing was changed."),
    "users.last_coordinator": N_("This is the last coordinator with a passphrase. Nothing was changed; make another user a coordinator first."),
    "users.unknown": N_("There is no user called {name}. Nothing was changed; coordinator users FILE lists them."),
    "users.which": N_("Say whose passphrase is set anew with --user NAME. The users are: {names}."),
    "users.which_unnamed": N_("Several users have no name. Use the window to choose one."),
    "action.add_user": N_("User {name} added"),
    "action.remove_user": N_("User {name} removed"),
    "action.set_role": N_("Role of user {name} changed"),
    "action.rename_user": N_("User {old} is now called {name}"),
    "action.change_passphrase": N_("Own passphrase changed"),
    "action.reset_passphrase": N_("New passphrase for user {name}"),
    "action.recovery_code": N_("New recovery code made"),
    "action.recover": N_("Passphrase of user {name} set anew with the recovery code"),
    "action.first_user": N_("First user entered"),
}  # fmt: skip
