"""Phones as they come in lists: read where they can be, kept as typed where not (FAULTS 40-43)."""

from __future__ import annotations

import math
import re

import phonenumbers

from coordinator.domain.household import Contact
from coordinator.domain.names import clean

REGION = "UA"

_NO_PHONE = frozenset(
    ("немає", "нема", "нет", "відсутній", "отсутствует", "без телефону", "без телефона", "none", "no", "н/д")
)
_LETTER_O = re.compile(r"(?<![^\W\d_])[OoОо](?=[\s()-]*\d)")
_CHUNK = re.compile(r"\+?[\s(]*\d(?:[\s().\u2010-\u2015-]*\d)*\)?")
_DOT_ZERO = re.compile(r"(\d+)[.,]0+")
_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?[eEеЕ]\+?\d+")
_ROUNDED_AMONG = re.compile(r"(?<![\w.,])\d(?:[.,]\d+)?[eEеЕ]\+\d{1,2}(?!\w)")
"""One that was rounded, beside others in a cell: its comma parts nothing."""
_PIECE = re.compile(rf"[\s(]*{_ROUNDED_AMONG.pattern}|{_CHUNK.pattern}")
_SEPARATOR = re.compile(r"[,;/|\n]|\s(?:або|чи|та|і|й|или|и|or|and)\s")
_LABELS = re.compile(
    r"(?:^|(?<=[\s(.]))(?:телефон[иы]?|тел|моб|мобільний|мобильный|номери?|tel|phone|mob)(?:\.|:|(?=\s)|$)",
    re.IGNORECASE,
)
_SHORT_LABEL = re.compile(r"(?:^|(?<=[\s,;]))[тм]\.?\s*$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:або|чи|та|і|й|или|и|or|and)\s")
_SLASH_CODE = re.compile(r"(?<!\d)(0\d\d)/(?=\d{3}\D)")
_MOBILE = re.compile(
    r"(?:(?:(?:\+?38 ?|8 ?)?0)?(39|50|6[36-8]|73|9[1-9])|(?:\+?38 )?\(0(39|50|6[36-8]|73|9[1-9])\))"
    r"[ -]?([0-9]{3})[ -]?([0-9]{2})[ -]?([0-9]{2})"
)
"""One plain mobile number of Ukraine: most cells hold nothing else, and the long way would come to the same."""
_SHORTEST = 5
"""Digits that a local number has at least; fewer are part of a remark ("2-й поверх")."""


def parse_phones(value: object) -> tuple[Contact, ...]:
    """Every phone of one cell, in order, each once; nothing for an empty cell.

    A number that cannot be read (too short, rounded by a spreadsheet to 3,8E+11) keeps its text in `raw`
    and has no `e164`. Words beside a number become its note ("сусідка").
    """
    text = _text(value)
    if mobile := _MOBILE.fullmatch(text):
        return (Contact(text, f"+380{''.join(filter(None, mobile.groups()))}"),)
    return taken_apart(text)


def taken_apart(text: str) -> tuple[Contact, ...]:
    """The phones of a text that may hold anything."""
    if not any(char.isalnum() for char in text) or clean(text).lower().strip(" .") in _NO_PHONE:
        return ()
    if _ROUNDED.fullmatch(text.replace(" ", "")):
        return (Contact(clean(text)),)
    if whole := _DOT_ZERO.fullmatch(text.replace(" ", "")):
        text = whole.group(1)
    found = _numbers(text)
    if not found:
        return (Contact(clean(text)),)
    return _unique(_with_notes(text, found))


def search_digits(e164: str) -> str:
    """The digits to search: "+380501234567" is "0501234567", a foreign number has its country code."""
    if e164.startswith("+380") and e164[4:].isdecimal():
        return "0" + e164[4:]
    digits = re.sub(r"\D", "", e164)
    return "0" + digits[3:] if e164.startswith("+380") else digits


def show_phone(e164: str) -> str:
    """As people read it: "050 123 45 67" for Ukraine, the international form for other countries."""
    if re.fullmatch(r"\+380\d{9}", e164):
        local = search_digits(e164)
        return f"{local[:3]} {local[3:6]} {local[6:8]} {local[8:]}"
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str) and "\n" not in value and "\r" not in value:
        return clean(value)
    lines = str(value).replace("\r", "\n").split("\n")
    return "\n".join(line for line in map(clean, lines) if line)


def _numbers(text: str) -> list[tuple[int, int, str]]:
    """Start, end and E.164 ("" where unreadable) of each number in the text."""
    spelled = _SLASH_CODE.sub(r"\1-", _LETTER_O.sub("0", text))
    found: list[tuple[int, int, str]] = []
    for match in _PIECE.finditer(spelled):
        bare = match.group().lstrip()
        start = match.end() - len(bare)
        if _ROUNDED_AMONG.fullmatch(bare.lstrip("(")):
            found.append((match.end() - len(bare.lstrip("(")), match.end(), ""))
        else:
            found.extend(_in_chunk(spelled, start, match.end()))
    return found


def _in_chunk(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """A run of digits and blanks: one number, or several with only blanks between."""
    chunk = text[start:end]
    whole = read_number(chunk)
    if whole or len(re.sub(r"\D", "", chunk)) <= 13:
        digits = len(re.sub(r"\D", "", chunk))
        return [(start, end, whole)] if whole or digits >= _SHORTEST else []
    pieces = [(m.start(), m.end()) for m in re.finditer(r"\S+", chunk)]
    found: list[tuple[int, int, str]] = []
    first = 0
    while first < len(pieces):
        for last in range(len(pieces), first, -1):
            number = read_number(chunk[pieces[first][0] : pieces[last - 1][1]])
            if number:
                break
        else:
            last, number = first + 1, ""
        span = (start + pieces[first][0], start + pieces[last - 1][1])
        if number or not found or found[-1][2]:
            found.append((*span, number))
        else:
            found[-1] = (found[-1][0], span[1], "")
        first = last
    return found


def read_number(text: str) -> str:
    """E.164 of one number in any usual form, or ""."""
    digits = re.sub(r"\D", "", text)
    plus = text.lstrip(" (").startswith("+")
    for candidate in _candidates(digits, plus):
        try:
            number = phonenumbers.parse(candidate, REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return ""


def _candidates(digits: str, plus: bool) -> list[str]:
    """Forms to try, the likeliest first. The old trunk prefix 8 0… is stripped of its 8."""
    forms: list[str] = []
    if plus and not digits.startswith("0"):
        forms.append("+" + digits)
    bare = digits.lstrip("0")
    if len(bare) == 12 and bare.startswith("380"):
        forms.append("+" + bare)
    if len(digits) == 11 and digits.startswith("80"):
        forms.append("+38" + digits[1:])
    if len(digits) == 10 and digits.startswith("0"):
        forms.append("+38" + digits)
    if len(digits) == 9 and not plus and not digits.startswith("0"):
        forms.append("+380" + digits)
    if digits.startswith("00"):
        forms.append("+" + digits[2:])
    if len(digits) >= 11 and not digits.startswith("0"):
        forms.append("+" + digits)
    return forms


def _with_notes(text: str, found: list[tuple[int, int, str]]) -> list[Contact]:
    """Words before the first number, after a number, or in brackets go to the number they stand at."""
    notes = [""] * len(found)
    before = text[: found[0][0]]
    notes[0] = _note(before)
    leading = bool(notes[0])
    for place, (_, end, _number) in enumerate(found):
        following = place + 1 < len(found)
        gap = text[end : found[place + 1][0]] if following else text[end:]
        own, next_one = _cut(gap, leading) if following else (gap, "")
        notes[place] = ", ".join(part for part in (notes[place], _note(own)) if part)
        if following:
            notes[place + 1] = _note(next_one)
    pairs = zip(found, notes, strict=True)
    return [Contact(clean(text[start:end]), number, note) for (start, end, number), note in pairs]


def _cut(gap: str, leading: bool) -> tuple[str, str]:
    """The text between two numbers: what belongs to the first, what to the second."""
    depth = 0
    for place, char in enumerate(gap):
        depth += (char == "(") - (char == ")")
        if depth <= 0 and _SEPARATOR.match(gap, place):
            return gap[:place], gap[place:]
    if leading and "(" not in gap:
        return "", gap
    return gap, ""


def _note(text: str) -> str:
    words = text.strip(",;/| \n")
    if conjunction := _AND.match(words + " "):
        words = words[conjunction.end() :]
    words = _LABELS.sub(" ", _SHORT_LABEL.sub("", words).replace("(", " ").replace(")", " "))
    note = clean(words).strip(" .,:;/|+-–—№")
    return note if any(char.isalnum() for char in note) else ""


def _unique(contacts: list[Contact]) -> tuple[Contact, ...]:
    """Each number once, with the notes of its repetitions."""
    kept: list[Contact] = []
    for contact in contacts:
        same = next((i for i, other in enumerate(kept) if contact.e164 and other.e164 == contact.e164), None)
        if same is None:
            kept.append(contact)
        elif contact.note and contact.note not in kept[same].note:
            note = ", ".join(part for part in (kept[same].note, contact.note) if part)
            kept[same] = Contact(kept[same].raw, kept[same].e164, note)
    return tuple(kept)
