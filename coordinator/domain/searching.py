"""What a person typed into a search field, as the words that a folded text must hold."""

from __future__ import annotations

import re

from coordinator.domain.names import fold

_NUMBER_SIGN = re.compile(r"[№#]\s*(?=\d)")


def search_words(text: str) -> list[str]:
    """What a person typed as folded words, all of which must occur. A phone number becomes one word of digits.

    "+380 50 123-45-67", "8 050 1234567" and "0501234567" all find the stored "0501234567". A household's number
    may have its sign: "№ 217" is "217".
    """
    text = _NUMBER_SIGN.sub(" ", text)
    signs = set(text) - set("0123456789 +()-\u00a0")
    digits = "".join(char for char in text if char.isdecimal())
    if signs or len(digits) < 5:
        return fold(text).split()
    for prefix in ("380", "80"):
        if digits.startswith(prefix) and len(digits) > len(prefix) + 3:
            return ["0" + digits.removeprefix(prefix)]
    return [digits]
