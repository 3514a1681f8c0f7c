"""The recovery code: 24 signs in six groups, printed once on paper; another key to the register.

Signs are Crockford's base 32 (no I, L, O, U), 120 random bits, so that it can be read and typed by torch light.
"""

from __future__ import annotations

import secrets

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 6, 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
# A Ukrainian keyboard gives these for letters that look the same.
_CYRILLIC = str.maketrans("АВСЕНКМОРТХІУ", "ABCEHKM0PTX1Y")


def new_code() -> str:
    """ "7K2M-…": six groups of four."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(GROUPS * GROUP))
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def normal(typed: str) -> str:
    """The code as it is kept, from what was typed: spaces, dashes and case do not count, O is 0, I and L are 1."""
    signs = typed.upper().translate(_CYRILLIC).translate(_READ_AS)
    return "".join(sign for sign in signs if sign in SIGNS)


def complete(typed: str) -> bool:
    return len(normal(typed)) == GROUPS * GROUP
