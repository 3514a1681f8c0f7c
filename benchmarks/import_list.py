"""A list of 60,000 people with 15 columns from its workbook to the commit, against openpyxl that merely reads it.

    uv run python -m benchmarks.import_list [--rows 60000] [--workbook list.xlsx]

Ours: read, understood, compared with the register and within itself for duplicates, a safety copy, and everything
written in one journalled action; into an empty register, and into one with as many people, a tenth of them the same.
The peer: `openpyxl.load_workbook(read_only=True)` and one pass over the rows' values. Each in a fresh process, one
after the other. Printed are seconds of the clock and of the processor, peak memory, the longest time between two
questions whether to go on; how long the window's thread was held up at most while it imports the same list; and the
time from a cancel, at several moments, until everything is as before.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Timer
from time import perf_counter, process_time
from typing import NamedTuple, TypeVar

import openpyxl

from benchmarks.lists import LIST_DAY, write_list
from coordinator.errors import Cancelled
from coordinator.register import create_register
from coordinator.services import gazetteer, imports
from coordinator.session import Session

PASSPHRASE = "a long passphrase of nobody"
MOMENTS = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)
TICK_MS = 5
T = TypeVar("T")


class Took(NamedTuple):
    clock: float
    processor: float
    peak: int
    """MB; 0 where the system does not tell."""
    said: str = ""
    stages: str = ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--workbook", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first, other, filled = (Path(folder) / f"{name}.xlsx" for name in ("first", "other", "filled"))
        if chosen.workbook:
            compare(chosen.workbook, chosen.workbook)
            return
        apart(partial(write_list, first, chosen.rows))
        apart(partial(write_list, other, chosen.rows, seed=2, of_first=chosen.rows // 10))
        apart(partial(write_list, filled, chosen.rows, filled=True))
        print("As lists come: blank where there is nothing new to say")
        took = compare(first, first)
        compare_beside(other, first)
        print("The same people with every cell filled")
        compare(filled, filled)
        print(apart(partial(in_window, first)))
        print(apart(partial(cancelled, first, took.clock)))


def compare(workbook: Path, read: Path) -> Took:
    peer, ours = apart(partial(read_only, read)), apart(partial(whole_import, workbook, None))
    show("openpyxl, reading only", peer, peer)
    show("into an empty register", ours, peer)
    return ours


def compare_beside(workbook: Path, known: Path) -> None:
    peer, ours = apart(partial(read_only, workbook)), apart(partial(whole_import, workbook, known))
    show("beside as many people", ours, peer)


def show(name: str, took: Took, peer: Took) -> None:
    """`took` and how many times the peer's clock and processor it is."""
    times = "" if took is peer else f"  {took.clock / peer.clock:.2f} x, {took.processor / peer.processor:.2f} x"
    print(f"  {name:24} {took.clock:6.1f} s, {took.processor:6.1f} s of processor, {took.peak} MB{times}")
    print(f"    {took.said}\n{took.stages}", end="")


def apart(job: Callable[[], T]) -> T:
    """In a fresh process, so that no job's memory counts for another."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(job)


def read_only(workbook: Path) -> Took:
    with measuring() as took:
        book = openpyxl.load_workbook(workbook, read_only=True)
        rows = cells = 0
        for row in book.worksheets[0].iter_rows(values_only=True):
            rows, cells = rows + 1, cells + len(row) - row.count(None)
    return took()._replace(said=f"{rows} rows, {cells} cells")


def whole_import(workbook: Path, known: Path | None) -> Took:
    with made_register() as session:
        if known:
            imports.apply_import(session, imports.preview_import(session, known, LIST_DAY))
        silence = Silence()
        with measuring() as took:
            preview = imports.preview_import(session, workbook, LIST_DAY, silence)
            report = imports.apply_import(session, preview, silence).value
            silence(1, "")
    said = f"{report.added.people} people in {report.added.households} households, {report.rows_updated} rows changed"
    return took()._replace(said=f"{said}, {len(report.possible_duplicates)} possible duplicates", stages=str(silence))


def in_window(workbook: Path) -> str:
    """The same import through the page of the window, offscreen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from benchmarks.held_up import longest_gaps

    with made_register() as session:
        gaps = longest_gaps(session, workbook, LIST_DAY, TICK_MS)
    told = ", ".join(f"{name} {gap * 1000:.0f} ms" for name, gap in gaps.items())
    return f"The window's thread is held up at most: {told}"


def cancelled(workbook: Path, whole: float) -> str:
    waits = []
    with made_register() as session:
        for moment in MOMENTS:
            waits.append(f"{moment:.0%} {_until_stopped(session, workbook, whole * moment)}")
    return "From a cancel at … of the time until all is as before: " + ", ".join(waits)


def _until_stopped(session: Session, workbook: Path, after: float) -> str:
    asked: list[float] = []
    timer = Timer(after, lambda: asked.append(perf_counter()))
    timer.start()
    try:
        preview = imports.preview_import(session, workbook, LIST_DAY, lambda _part, _label: not asked)
        imports.apply_import(session, preview, lambda _part, _label: not asked)
    except Cancelled:
        return f"{perf_counter() - asked[0]:.2f} s"
    finally:
        timer.cancel()
    return "too late"


@contextmanager
def made_register() -> Iterator[Session]:
    with tempfile.TemporaryDirectory() as folder, create_register(Path(folder) / "list", PASSPHRASE) as session:
        gazetteer.seed(session)
        yield session


class Silence:
    """The progress of an import, which remembers how long nobody asked it, by what was being done."""

    def __init__(self) -> None:
        self._longest: defaultdict[str, float] = defaultdict(float)
        self._lasted: defaultdict[str, float] = defaultdict(float)
        self._last, self._label = perf_counter(), "import.reading"

    def __call__(self, _part: float, label: str) -> bool:
        now = perf_counter()
        self._longest[self._label] = max(self._longest[self._label], now - self._last)
        self._lasted[self._label] += now - self._last
        self._last, self._label = now, label
        return True

    def __str__(self) -> str:
        return "".join(
            f"    {label:20} {lasted:6.1f} s, longest silence {self._longest[label]:.2f} s\n"
            for label, lasted in self._lasted.items()
        )


@contextmanager
def measuring() -> Iterator[Callable[[], Took]]:
    clock, processor, ended = perf_counter(), process_time(), list[Took]()
    yield lambda: ended[0]
    ended.append(Took(perf_counter() - clock, process_time() - processor, peak()))


def peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)


if __name__ == "__main__":
    main()
