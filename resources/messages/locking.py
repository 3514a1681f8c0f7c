"""Sentences about locking and half-typed forms, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "draft.not_kept": N_("What was half-typed when the register was locked could not be kept."),
    "write.unknown": N_("It is not known whether the last edit was saved. Open the register and look."),
    "closing.slow": N_("The last edits are still being written. Leave this window open until they are saved."),
    "closing.busy": N_("Another program is writing to the register. What you typed last is kept as soon as it has finished; leave this window open."),
    "closing.held": N_("Another program is writing to the register: it is open on {host} since {since}. What you typed last is kept as soon as it has finished; leave this window open."),
    "lock.sent_away": N_("The register is locked: a coordinator has removed you from its users. What you saved before stays in it."),
    "lock.code_unseen": N_("The window was locked before the recovery code of the new register was on paper. Open the register and make a new code on the page “Safety”."),
}  # fmt: skip
