"""What the program itself notes on a household's decision: a code with facts in the file, words when shown.

One text column holds both what people typed and these notes. A note of the program begins with "@":
"@not_home 2023-08-15: the gate is locked" – code, facts, and after the colon the person's own words as typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from resources.i18n import N_, _

NOT_HOME = "not_home"
NOT_PICKED_UP = "not_picked_up"
PART_BOARDED = "part_boarded"
CORRECTED = "corrected"
SAID_NO = "said_no"
REFUSED_AT_DOOR = "refused_at_door"
CHILDREN_KEPT = "children_kept"
PARTED = "parted"
PARTED_FROM = "parted_from"
REJOINED = "rejoined"

_SENTENCES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    NOT_HOME: (N_("Not at home on {day}"), ("day",)),
    NOT_PICKED_UP: (N_("Not picked up on {day}"), ("day",)),
    PART_BOARDED: (N_("{n} of {all} boarded on {day}"), ("n", "all", "day")),
    CORRECTED: (N_("Result corrected: {reason}"), ()),
    SAID_NO: (N_("said no on the call for {day}"), ("day",)),
    REFUSED_AT_DOOR: (N_("refused at the pickup on {day}"), ("day",)),
    CHILDREN_KEPT: (N_("children who stay under a forced order ({n}), recorded all the same"), ("n",)),
    PARTED: (N_("Those who stay are household {n} now"), ("n",)),
    PARTED_FROM: (N_("Stay behind; parted from household {n}"), ("n",)),
    REJOINED: (N_("Household {n} is back with the family"), ("n",)),
}
_CODED = re.compile(r"@(?P<code>[a-z_]+)(?P<facts>(?: [0-9-]+)*)(?:: (?P<words>.*))?", re.DOTALL)


def coded(code: str, *facts: date | int, words: str = "") -> str:
    """The text to store: a code of this module, its facts in their order, and what a person typed with it."""
    head = " ".join([f"@{code}", *(f.isoformat() if isinstance(f, date) else str(f) for f in facts)])
    return f"{head}: {words}" if words else head


def has_code(text: str, code: str) -> bool:
    """Is it this note of the program?"""
    found = _CODED.fullmatch(text)
    return found is not None and found["code"] == code


def worded(text: str) -> str:
    """A stored note or reason in the language of the moment; what is no note of the program stays as it is."""
    found = _CODED.fullmatch(text)
    sentence, names = _SENTENCES.get(found["code"], ("", ())) if found else ("", ())
    facts = found["facts"].split() if found else []
    if found is None or not sentence or len(facts) != len(names):
        return text
    words = found["words"] or ""
    said = {name: _shown(fact) for name, fact in zip(names, facts, strict=True)}
    whole = _(sentence).format(reason=words, **said)
    return f"{whole}: {words}" if words and found["code"] != CORRECTED else whole


def _shown(fact: str) -> str:
    """A number as it is, a day as it is written."""
    if "-" not in fact:
        return fact
    try:
        return f"{date.fromisoformat(fact):%d.%m.%Y}"
    except ValueError:
        return fact
