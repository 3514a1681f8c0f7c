"""The day's plan beside OR-Tools and pyvroom, and Solomon's instances through the same adapter.

    uv run --group benchmarks python benchmarks/schedule.py [--seconds 30] [--seeds 1]
    uv run --group benchmarks python benchmarks/schedule.py --solomon FOLDER [--seconds 30]

The day (benchmarks/schedule_day.py): 200 households with more people than the fleet can take, with seats, wheelchairs,
stretchers, windows, and a transit centre to reload at. All three get the same minutes, places and windows; each plan is
timed anew and checked by the product's own checker, which says so where it refuses one. OR-Tools reloads at optional
nodes, as its own example does; its line is the best of four first solutions, each improved for all of the time. pyvroom
knows no reload: each vehicle's day is cut into 2 to 5 trips of equal time, and its line is the best of these.

Solomon (the first use of the README beside the instances): distance = duration = Euclidean, truncated to one decimal.
A unit is a kilometre and ten minutes, so that nothing rounds: 1 hectometre = 1 minute = a tenth of a unit.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import monotonic

from schedule_day import big_day
from schedule_peers import Answer, ortools_best, vroom
from schedule_solomon import solve_solomon

from coordinator.domain.schedule import DayPlan, DayProblem
from coordinator.planning.check import check
from coordinator.planning.solve import plan_day
from coordinator.planning.worth import households_in


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--solomon", type=Path, metavar="FOLDER", help="instances C2, R2, RC2 as .vrp files")
    args = parser.parse_args()
    if args.solomon:
        solve_solomon(args.solomon, args.seconds, args.seed)
    else:
        compare(args.seconds, args.seed)


def compare(seconds: float, seed: int) -> None:
    problem = big_day()
    people = sum(pickup.load.people for pickup in problem.pickups)
    wheelchairs = sum(pickup.load.wheelchair for pickup in problem.pickups)
    stretchers = sum(pickup.load.stretcher for pickup in problem.pickups)
    print(f"{len(problem.pickups)} households, {people} people ({wheelchairs} wheelchairs, {stretchers} stretchers), "
          f"{len(problem.vehicles)} vehicles, {seconds:.0f} s each")  # fmt: skip
    print(f"{'':28}{'people':>8}{'priority':>10}{'km':>8}{'km/person':>11}{'trips':>7}{'seconds':>9}")
    for name, solve in (("this planner", _ours), ("OR-Tools, best strategy", ortools_best), ("pyvroom", vroom)):
        began = monotonic()
        answer = solve(problem, seconds, seed)
        _line(name, problem, answer, monotonic() - began)


def _ours(problem: DayProblem, seconds: float, seed: int) -> Answer:
    plan: DayPlan = plan_day(problem, seconds, seed=seed)
    return Answer(plan.trips)


def _line(name: str, problem: DayProblem, answer: Answer, took: float) -> None:
    broken = [finding for finding in check(problem, answer.trips) if not finding.warning]
    served = households_in(DayPlan(answer.trips, ()))
    chosen = [pickup for pickup in problem.pickups if pickup.household_id in served]
    people = sum(pickup.load.people for pickup in chosen)
    priority = sum(pickup.load.people * pickup.weight for pickup in chosen) / 1000
    km = sum(trip.km for trip in answer.trips)
    each = km / people if people else 0.0
    said = f"  ({answer.said})" if answer.said else ""
    print(f"{name:28}{people:8}{priority:10.1f}{km:8.0f}{each:11.2f}{len(answer.trips):7}{took:9.1f}{said}", flush=True)
    if broken:
        print(f"    the checker refuses it: {', '.join(sorted({finding.breach for finding in broken}))}")


if __name__ == "__main__":
    main()
