"""Sentences about roles, and registers that can only be read, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "role.may_look": N_("You may look at this register, not change it."),
    "role.refused.write": N_("You may look at this register, not change it. Ask a coordinator."),
    "role.refused.print": N_("Your role does not include printing. Ask a coordinator."),
    "role.refused.export_names": N_("Only a coordinator may take lists of names out of the register. Nothing was copied or saved."),
    "role.refused.manage_users": N_("Only a coordinator may change users, keys and the settings that guard the register. Nothing was changed."),
    "role.refused.restore": N_("Only a coordinator may put a copy in the place of the register. Nothing was changed."),
    "role.refused.anonymise": N_("Only a coordinator may remove personal data. Nothing was changed."),
    "role.refused.erase": N_("Only a coordinator may erase a register. Nothing was changed."),
    "role.copy_one": N_("Here rows that name people can be copied one at a time. Nothing was copied."),
    "role.copied_enough": N_("Within {minutes} minutes {most} rows that name people may be copied, and so many were. Nothing was copied now; ask a coordinator if you need a list."),
    "time.twice": N_("On {day} the clocks are put back, so {time} comes twice. Write {time} (1) for the first time, or {time} (2) for the second."),
    "time.never": N_("On {day} the clocks are put forward, so {time} is left out that night. Look at the paper again and write another time."),
    "time.unreadable": N_("“{value}” is no time of day. Write it as 06:45."),
    "import.time_twice": N_("The time of this call ({value}) comes twice that night, when the clocks are put back. The first one was taken."),
    "import.time_never": N_("The time of this call ({value}) is left out that night, when the clocks are put forward. An hour later was taken."),
}  # fmt: skip
