"""The board of a working date: trips, who waits and why, totals, and what was printed before a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from coordinator.domain.figures import Persons
from coordinator.domain.household import Household, load_of
from coordinator.domain.person import Person, age_on
from coordinator.domain.schedule import Finding, LeftReason, Load, layout_for
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus, list_number
from coordinator.errors import UserError
from coordinator.queries.board import BoardStop, BoardTrip, DayBoard, HouseholdLine, MetLine, Totals, WaitingLine
from coordinator.queries.day_records import driver_phone, head_of, phones_of, read_day
from coordinator.queries.draft import DayDraft
from coordinator.queries.papers import PickupPapers
from coordinator.queries.problem import Rules, Scene, capacity_of, rules_of
from coordinator.session import Session
from db.connection import Database
from db.rows import StopRow, TripRow


def day_board(session: Session, day: date) -> DayBoard:
    """Everything that the schedule page shows of a day, in one reading."""
    with session.reading() as db:
        return board_of(session, db, day)


def board_and_draft(session: Session, day: date) -> tuple[DayBoard, DayDraft | None]:
    """The board with the day as it can be tried out in memory; None where nothing can be planned yet."""
    with session.reading() as db:
        made = _Board(session, db, day, rules_of(session))
        return made.board(), made.draft


def board_of(session: Session, db: Database, day: date) -> DayBoard:
    """As `day_board`, within a reading that is under way."""
    return _Board(session, db, day, rules_of(session)).board()


class _Board:
    def __init__(self, session: Session, db: Database, day: date, rules: Rules) -> None:
        self.records = read_day(db, day)
        self.scene = Scene.of(db, self.records, rules)
        self.papers = PickupPapers(session, db, self.records, self.scene)
        self.findings: dict[str, list[Finding]] = {}
        self.missing = ""
        self.draft: DayDraft | None = None
        try:
            draft = DayDraft.of(db, self.records, self.scene)
            self.findings, self.draft = draft.as_read(), draft
        except UserError as nothing_to_plan_with:
            self.missing = nothing_to_plan_with.code

    def board(self) -> DayBoard:
        trips = tuple(self._trip(trip) for trip in self.records.trips)
        waiting = tuple(sorted(map(self._waiting, self.records.waiting()), key=_urgency))
        return DayBoard(self.records.day, trips, waiting, self._totals(waiting), self._said_no(), self.missing)

    def _said_no(self) -> tuple[HouseholdLine, ...]:
        notices = self.records.notices.values()
        said = [self.records.households[row.household_id] for row in notices if row.outcome == CallOutcome.SAID_NO]
        lines = (self._line(household, self.records.asked(household.id)) for household in said)
        return tuple(sorted(lines, key=lambda line: line.number))

    def _totals(self, waiting: tuple[WaitingLine, ...]) -> Totals:
        """A household that was tried twice on a day is planned once; nobody counts on a trip that was cancelled."""
        records, live = self.records, [trip for trip in self.records.trips if trip.status != TripStatus.CANCELLED]
        people = [members for one in records.ready if (members := records.going(one))]
        planned = _each_once(records.expected(stop) for trip in live for stop in records.stops[trip.id])
        arrived = self._aboard(trip for trip in live if trip.status == TripStatus.ARRIVED)
        boarded = self._aboard(trip for trip in live if trip.status != TripStatus.ARRIVED)
        return Totals(
            planned.value, boarded.value, arrived.value, sum(line.household.people for line in waiting),
            sum(map(len, people)), len(people), planned, boarded, arrived, _each_once(people),
        )  # fmt: skip

    def _aboard(self, trips: Iterable[TripRow]) -> Persons:
        """Who boarded at a stop, or came along without being on the list."""
        records = self.records
        return _each_once(
            part
            for trip in trips
            for part in (*(records.boarded(stop) for stop in records.stops[trip.id]), records.met(trip.id))
        )

    def _trip(self, row: TripRow) -> BoardTrip:
        records = self.records
        vehicle, driver = records.vehicles[row.vehicle_id], records.drivers.get(row.driver_id or "")
        destination = records.destinations.get(row.destination_id or "")
        stops = records.stops[row.id]
        load = self._load(row)
        layouts = (capacity_of(vehicle), *records.layouts.get(vehicle.id, ()))
        printed = self.papers.printed.get(row.id)
        return BoardTrip(
            trip_id=row.id,
            number=row.number,
            list_number=list_number(row.work_on, row.number),
            status=TripStatus(row.status),
            vehicle_id=vehicle.id,
            plate=vehicle.plate,
            model=vehicle.model,
            capacity=layout_for(layouts, load) or layouts[0],
            layouts=layouts,
            driver_id=driver.id if driver else None,
            driver=driver.name if driver else "",
            driver_phone=driver_phone(driver),
            destination=destination.name if destination else "",
            depart=row.depart,
            back=row.back,
            km=row.km,
            override_reason=row.override_reason,
            stops=tuple(self._stop(stop) for stop in stops),
            met=self._met(row.id),
            load=load,
            findings=tuple(self.findings.get(row.id, ())) if row.status != TripStatus.ARRIVED else (),
            version=printed.version if printed else None,
            pinned=row.pinned,
            changed=self.papers.changed(row),
            changes=self.papers.changes(row),
        )

    def _load(self, row: TripRow) -> Load:
        """What the vehicle carries when full: each family with what it brings, and who was met on the way."""
        records = self.records
        parties = [(records.households[stop.household_id], records.aboard(stop)) for stop in records.stops[row.id]]
        return sum((self.scene.load(*party) for party in parties), load_of(records.met(row.id)))

    def _stop(self, row: StopRow) -> BoardStop:
        household = self.records.households[row.household_id]
        line = self._line(household, self.records.expected(row))
        boarded = len(self.records.boarded(row))
        return BoardStop(
            row.id, line, row.arrive, row.leave, StopResult(row.result), row.result_note, boarded, row.pinned,
            row.override_reason,
        )  # fmt: skip

    def _line(self, household: Household, people: tuple[Person, ...]) -> HouseholdLine:
        records = self.records
        place, notice = records.place(household.id), records.notices.get(household.id)
        return HouseholdLine(
            household_id=household.id,
            number=household.number,
            head=head_of(household).full,
            settlement=place.name if place else household.settlement_text,
            address=household.address.line,
            phones=phones_of(household),
            people=len(people),
            children=_children(people, records.day),
            load=self.scene.load(household, people),
            days_waiting=records.days_waiting(household.id),
            estimated=self.scene.point(place)[1],
            notice=CallOutcome(notice.outcome) if notice else None,
        )

    def _met(self, trip_id: str) -> tuple[MetLine, ...]:
        found: dict[str, list[Person]] = {}
        for person in self.records.met(trip_id):
            found.setdefault(person.household_id, []).append(person)
        return tuple(
            MetLine(key, household.number, head_of(household).full, len(people), _children(people, self.records.day))
            for key, people in found.items()
            for household in [self.records.households[key]]
        )

    def _waiting(self, household: Household) -> WaitingLine:
        line = self._line(household, self.records.going(household.id))
        left = self.records.left_over.get(household.id)
        return WaitingLine(line, LeftReason(left.reason), left.facts or {}) if left else WaitingLine(line, None)


def _children(people: Sequence[Person], day: date) -> int:
    return sum(1 for person in people if age_on(person.birth, day).is_child)


def _urgency(line: WaitingLine) -> tuple[bool, int, int]:
    household = line.household
    return (not household.first, -household.days_waiting, household.number)


def _each_once(parties: Iterable[Iterable[Person]]) -> Persons:
    return Persons.of(person.id for party in parties for person in party)
