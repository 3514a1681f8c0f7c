"""A list of 60,000 people with 15 columns from its workbook to the commit, against openpyxl that merely reads it.

    uv run python -m benchmarks.import_list [--rows 60000] [--workbook list.xlsx] [--quick]

Ours: read, understood, compared with the register and within itself for duplicates, a safety copy, and everything
written in one journalled action; into an empty register, and into one with as many people, a tenth of them the same.
The peer: `openpyxl.load_workbook(read_only=True)` and one pass over the rows' values. Each in a fresh process, one
after the other, with the same file: every cell filled, as Excel saves it (texts shared) and as openpyxl itself writes
it (each text in its cell), and as lists come. Printed are seconds of the clock and of the
processor, for each stage too, peak memory, the longest time between two questions whether to go on; how long one
corrected cell takes; and, unless `--quick`: how long the window's thread was held up at most while it imports the
same list, and the time from a cancel, at several moments, until everything is as before.
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

from benchmarks.lists import LIST_DAY, write_inline, write_list
from coordinator.errors import Cancelled
from coordinator.exchange.originals import Correction
from coordinator.register import create_register, open_register, register_folder
from coordinator.services import gazetteer, imports
from coordinator.session import Session

PASSPHRASE = "a long passphrase of nobody"
MOMENTS = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)
TICK_MS = 5
UNDERSTANDING = 0.2
"""The part of a preview from which on a file is read and is being understood."""
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
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.workbook:
            compare(chosen.workbook, folder / "empty")
            return
        for filled, title in ((True, "Every cell filled"), (False, "As lists come: blank where nothing new is said")):
            print(title)
            first, other = folder / f"first-{filled}.xlsx", folder / f"other-{filled}.xlsx"
            apart(partial(write_list, first, chosen.rows, filled=filled))
            apart(partial(write_list, other, chosen.rows, seed=2, of_first=chosen.rows // 10, filled=filled))
            took = compare(first, folder / f"empty-{filled}")
            known = folder / f"known-{filled}"
            apart(partial(bring, first, known))
            if filled:
                print(apart(partial(corrected, other, known)))
            compare(other, known, "beside as many people")
            if filled:
                print("Every cell filled, as openpyxl itself writes it")
                inline = folder / "inline.xlsx"
                apart(partial(write_inline, first, inline))
                compare(inline, folder / "empty-inline")
        if not chosen.quick:
            print(apart(partial(in_window, first)))
            print(apart(partial(cancelled, first, took.clock)))


def compare(workbook: Path, register: Path, beside: str = "into an empty register") -> Took:
    peer, ours = apart(partial(read_only, workbook)), apart(partial(whole_import, workbook, register))
    show("openpyxl, reading only", peer, peer)
    show(beside, ours, peer)
    return ours


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


def bring(workbook: Path, register: Path) -> None:
    """A register with the people of this list in it."""
    with register_at(register) as session:
        imports.apply_import(session, imports.preview_import(session, workbook, LIST_DAY))


def whole_import(workbook: Path, register: Path) -> Took:
    with register_at(register) as session:
        stages = Stages()
        with measuring() as took:
            preview = imports.preview_import(session, workbook, LIST_DAY, stages)
            report = imports.apply_import(session, preview, stages).value
            stages(1, "")
    said = f"{report.added.people} people in {report.added.households} households, {report.rows_updated} rows changed"
    return took()._replace(said=f"{said}, {len(report.possible_duplicates)} possible duplicates", stages=str(stages))


def corrected(workbook: Path, register: Path) -> str:
    """One name corrected in the preview, as the preview shows it again."""
    with register_at(register) as session:
        preview = imports.preview_import(session, workbook, LIST_DAY)
        sheet = preview.incoming.sheets[0].name
        with measuring() as took:
            imports.correct_cells(session, preview, [Correction(sheet, "B10", "", "Коваленко Оксана Петрівна")])
    return f"  one cell corrected       {took().clock:6.1f} s, {took().processor:6.1f} s of processor, {took().peak} MB"


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
    with tempfile.TemporaryDirectory() as folder, register_at(Path(folder) / "list") as session:
        yield session


@contextmanager
def register_at(path: Path) -> Iterator[Session]:
    """The register that is there, or an empty one that knows the settlements."""
    if register_folder(path).exists():
        with open_register(path, PASSPHRASE) as session:
            yield session
        return
    with create_register(path, PASSPHRASE) as session:
        gazetteer.seed(session)
        yield session


class Stages:
    """The progress of an import, which remembers how long each stage took and how long nobody asked it."""

    def __init__(self) -> None:
        self._longest: defaultdict[str, float] = defaultdict(float)
        self._lasted: defaultdict[str, float] = defaultdict(float)
        self._worked: defaultdict[str, float] = defaultdict(float)
        self._clock, self._processor, self._stage = perf_counter(), process_time(), "reading"

    def __call__(self, part: float, label: str) -> bool:
        clock, processor = perf_counter(), process_time()
        self._longest[self._stage] = max(self._longest[self._stage], clock - self._clock)
        self._lasted[self._stage] += clock - self._clock
        self._worked[self._stage] += processor - self._processor
        self._clock, self._processor = clock, processor
        stage = label.removeprefix("import.")
        self._stage = "understanding" if stage == "reading" and part >= UNDERSTANDING else stage
        return True

    def __str__(self) -> str:
        return "".join(
            f"    {stage:14} {lasted:6.1f} s, {self._worked[stage]:6.1f} s of processor, "
            f"longest silence {self._longest[stage]:.2f} s\n"
            for stage, lasted in self._lasted.items()
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
