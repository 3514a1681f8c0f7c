"""A table as a worksheet: a cursor that goes from cell to cell, edits in place, blocks that are copied and pasted."""
