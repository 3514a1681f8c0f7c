"""The command palette (Ctrl+K): every action, page, saved view, household and settlement by a few letters."""
