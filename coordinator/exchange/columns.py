"""What stands in the columns of a table, looked at once: what no cell says need not be asked of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from coordinator.domain.names import clean, fold
from coordinator.exchange.layout import Table, is_blank, meaningful

_EXAMPLE_WORDS = frozenset({"приклад", "зразок", "пример", "образец", "example", "sample"})
_INVENTED = {
    "patronymic": fold("Прикладівна"), "full_name": fold("Зразкова Марія Прикладівна"), "plate": fold("AX 0000 XX"),
}  # fmt: skip
"""In the examples of our own forms (see `supplied`): no patronymic and no plate that exists."""
TELLING = ("number", *_INVENTED)
"""The columns in which an example of our own forms is told from a row of data."""
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Columns:
    """The texts below the headers. `blanks`: the blank ones; `dashes`: those without a letter or digit, also blank.

    `repeated`: column -> the texts in it that say its header once more, for columns with such. `example`: whether
    any text is that of the example of a form.
    """

    blanks: frozenset[str]
    dashes: frozenset[str]
    repeated: Mapping[int, frozenset[str]]
    example: bool

    @property
    def special(self) -> bool:
        """Whether a row that looks like a person's may be none."""
        return self.example or bool(self.repeated)


def looked_over(table: Table, ask: Callable[[], None]) -> Columns:
    """Of a column only its different texts are looked at, once each. `ask` is called for each column; it may raise."""
    texts = []
    for column in zip_longest(*table.sheet.rows[table.first_row :]):
        ask()
        texts.append({value for value in set(column) if type(value) is str})
    marks = {text for column in texts for text in column if not text[:1].isalnum()}
    repeated = {place: _saying(header, texts[place]) for place, header in table.headers.items() if place < len(texts)}
    return Columns(
        frozenset(mark for mark in marks if is_blank(mark)),
        frozenset(mark for mark in marks if not meaningful(mark)),
        {place: said for place, said in repeated.items() if said},
        any(_names_example(key, texts[place]) for key, place in table.places if key in TELLING and place < len(texts)),
    )


def _saying(header: str, texts: Iterable[str]) -> frozenset[str]:
    """Those that are the header when they are cleaned: two letters or a digit at the beginning stay as they are."""
    begins = header[:1]
    may = [text for text in texts if text[:1] == begins or not (text[:2].isalpha() or text[:1] in _DIGITS)]
    return frozenset([text for text in may if clean(text) == header])


def _names_example(key: str, texts: Iterable[str]) -> bool:
    if key != "number":
        texts = [text for text in texts if len(text) == len(_INVENTED[key])]
    return any(names_example(key, text) for text in texts)


def names_example(key: str, text: str) -> bool:
    """Whether a text of a telling column is that of an example: a word in the place of the number, or a name or plate
    that nobody has."""
    if key == "number":
        return text[:1].isalpha() and fold(text) in _EXAMPLE_WORDS
    return len(text) == len(_INVENTED[key]) and fold(text) == _INVENTED[key]
