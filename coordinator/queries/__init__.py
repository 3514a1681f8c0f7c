"""What the views read: plain tuples and dataclasses, from the read-only connection."""
