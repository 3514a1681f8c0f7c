"""A register of 60,000 people to a workbook of names, beside openpyxl that writes the same cells in write-only mode.

    uv run python -m benchmarks.export_list [--rows 60000] [--workbook list.xlsx]

Ours: read from the register, put into columns, written with types, formats, drop-downs and a mark, checked, logged. The
peer: `openpyxl.Workbook(write_only=True)` with the bare cells of our workbook. Printed are seconds of the clock and of
the processor, peak memory, the longest time between two questions whether to go on, and the time from a cancel, at
several moments, until nothing of it is left.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path
from threading import Timer
from time import perf_counter

import openpyxl
from python_calamine import CalamineWorkbook

from benchmarks.import_list import MOMENTS, Stages, Took, apart, made_register, measuring, show
from benchmarks.lists import LIST_DAY, write_list
from coordinator.errors import Cancelled
from coordinator.exchange.wanted import ExportKind
from coordinator.services import imports
from coordinator.services.exports import export
from coordinator.session import Session


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--workbook", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workbook = chosen.workbook or Path(folder) / "list.xlsx"
        if chosen.workbook is None:
            apart(partial(write_list, workbook, chosen.rows, filled=True))
        written = Path(folder) / "people.xlsx"
        ours, stopped = apart(partial(exported, workbook, written))
        peer = apart(partial(bare_cells, written, Path(folder) / "bare.xlsx"))
        show("openpyxl, write-only", peer, peer)
        show("the register's people", ours, peer)
        print(stopped)


def exported(workbook: Path, target: Path) -> tuple[Took, str]:
    with made_register() as session:
        imports.apply_import(session, imports.preview_import(session, workbook, LIST_DAY))
        stages = Stages()
        with measuring() as took:
            rows = export(session, ExportKind.PEOPLE, target, LIST_DAY, stages).value.rows
            stages(1, "")
        waits = [f"{part:.0%} {_until_stopped(session, target, took().clock * part)}" for part in MOMENTS]
    ours = took()._replace(said=f"{rows} rows", stages=str(stages))
    return ours, "From a cancel at … of the time until all is as before: " + ", ".join(waits)


def _until_stopped(session: Session, target: Path, after: float) -> str:
    asked: list[float] = []
    timer = Timer(after, lambda: asked.append(perf_counter()))
    timer.start()
    try:
        export(session, ExportKind.PEOPLE, target, LIST_DAY, lambda _part, _label: not asked)
    except Cancelled:
        return f"{perf_counter() - asked[0]:.2f} s"
    finally:
        timer.cancel()
    return "too late"


def bare_cells(written: Path, target: Path) -> Took:
    rows = CalamineWorkbook.from_path(written).get_sheet_by_index(0).to_python()
    with measuring() as took:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in rows:
            sheet.append([None if value == "" else value for value in row])
        book.save(target)
    return took()._replace(said=f"{len(rows)} rows")


if __name__ == "__main__":
    main()
