"""The parts of the schedule page: the day's trips, those who wait, strips and bars."""
