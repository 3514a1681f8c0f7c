"""A row of a file beside the households that it may be: field by field, with why it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.report import Candidate
from coordinator.queries.duplicates import PairView, Side
from coordinator.services.imports import ImportPreview
from resources.i18n import _
from ui.pages.import_words import candidate_words
from ui.widgets.pair_lines import SIGN_WORDS, Line, Sign, lines
from ui.widgets.small_table import Part

_ROLES = {Sign.SAME: "success", Sign.ALIKE: "accent", Sign.DIFFERENT: "warning", Sign.ONE_SIDE: "muted"}


def candidate_lines(preview: ImportPreview, number: int, sides: Mapping[str, Side]) -> list[Sequence[Part]]:
    """For each household that the entry may be: why, and then its fields. `sides` by id, as far as they are read."""
    entry = preview.report.entries[number]
    found: list[Sequence[Part]] = []
    for candidate in entry.candidates:
        side = _side(preview, candidate, sides)
        words = candidate_words(candidate)
        found.append((Part(words, "duplicates", "warning", words, strong=True, wide=True), *[Part("")] * 4))
        if side is not None and number < len(preview.incoming.households):
            own = _own(preview.incoming.households[number], entry.place, preview.incoming.file_name)
            pair = PairView("", side, own, candidate.reasons)
            found += [_parts(line) for line in lines(pair, preview.day)]
    return found


def _side(preview: ImportPreview, candidate: Candidate, sides: Mapping[str, Side]) -> Side | None:
    if candidate.household_id is not None:
        return sides.get(candidate.household_id)
    for place, entry in enumerate(preview.report.entries):
        if (entry.sheet, entry.row) == (candidate.sheet, candidate.row):
            return _own(preview.incoming.households[place], entry.place, preview.incoming.file_name)
    return None


def _own(incoming: IncomingHousehold, place: str, file: str) -> Side:
    """A household of the file as it would be shown in the register."""
    people = tuple(
        Person("", "", position, one.name, one.sex, one.birth, one.relation, one.needs, note=one.note)
        for position, one in enumerate(incoming.people, start=1)
    )
    household = Household(
        id="", number=0, settlement_id=None, settlement_text=place or incoming.settlement_text,
        address=incoming.address, decision=incoming.decision, wants_on=incoming.wants_on, head_id=None,
        part_stays=incoming.part_stays, pets=incoming.pets, destination_wish=incoming.destination_wish,
        note=incoming.note, people=people, contacts=incoming.contacts,
    )  # fmt: skip
    return Side(household, place, file)


def _parts(line: Line) -> Sequence[Part]:
    sign = f"{line.sign.value} {line.second}" if line.second else line.sign.value
    words = _("{field}: {words}").format(field=line.caption, words=_(SIGN_WORDS[line.sign]))
    said = Part(sign, role=_ROLES[line.sign], tip=words)
    return Part(line.caption), Part(line.first or "–"), said, Part(""), Part("")
