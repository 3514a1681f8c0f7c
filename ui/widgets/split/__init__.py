"""The parts of the dialog in which a family is split."""
