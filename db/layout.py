"""What lies in the folder of a register, by name."""

SUFFIX = ".register"
DATA = "register.db"
LOG = "register.db-wal"
KEYS = "keys.json"
BACKUPS = "backups"
SET_ASIDE = "set-aside-"
"""Begins the names of folders with the untouched files of a damaged register."""
