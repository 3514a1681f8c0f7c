"""What power, disk, people and bad luck do to a register. `python -m tests.faults` is the long run by hand."""
