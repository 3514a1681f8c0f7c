"""The parts of the dialogs in which a decision is recorded."""
