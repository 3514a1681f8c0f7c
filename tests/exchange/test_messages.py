"""Every code of the readers has a sentence, and every sentence its facts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import coordinator.exchange
from resources.messages import exchange, sentence

READERS = Path(coordinator.exchange.__file__).parent
CODES = sorted(
    {code for file in READERS.glob("*.py") for code in re.findall(r'"(import\.\w*[a-z0-9])"', file.read_text("utf-8"))}
)


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_for_each_code(code: str) -> None:
    text = sentence(code, {})
    assert text != code
    assert text.endswith(".")


def test_sentences_use_braces_only_for_facts() -> None:
    for text in exchange.SENTENCES.values():
        assert re.sub(r"\{[a-z_]+\}", "", text).count("{") == 0
