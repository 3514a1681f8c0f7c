"""What the work is: households, decisions, schedule, counts and exchange. No Qt, no SQL."""
