"""Filters by column, as in a spreadsheet: the list of values with their counts, ranges, and how they are said."""
