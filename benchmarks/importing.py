"""A whole list of people from its workbook to the commit, against openpyxl that merely reads it, in the same run.

    uv run python -m benchmarks.importing [--rows 60000] [--workbook list.xlsx]

Ours: read, understood, compared with the register and within itself for duplicates, a safety copy, and everything
written in one journalled action. The peer: `openpyxl.load_workbook(read_only=True)` and one pass over the rows. Each
runs in a process of its own, one after the other. Printed are seconds of the processor and of the clock, the peak
memory in MB, and the longest time that a cancel would wait: the longest silence between two questions whether to go
on, by what was being done.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import openpyxl
import xlsxwriter

from coordinator.register import create_register
from coordinator.services import gazetteer, imports

HEADERS = (
    "№ з/п", "Прізвище", "Імʼя", "По батькові", "Стать", "Дата народження", "Населений пункт", "Вулиця", "Будинок",
    "Квартира", "Телефон", "Потреби", "Спорідненість", "Документи", "Примітка",
)  # fmt: skip
ROOTS = "Коваленко Шевченко Бондар Ткач Кравець Олійник Шевчук Поліщук Мельник Мороз Лисенко Марчук Руденко".split()  # noqa: SIM905
TAILS = ("", "ук", "енко", "ський", "ець", "аренко", "івець", "юк")
GIVEN = "Олена Микола Дарія Іван Марія Петро Ганна Сергій Оксана Андрій Тетяна Василь Наталія Юрій Любов".split()  # noqa: SIM905
PATRONYMICS = "Іванович Петрович Миколаївна Сергіївна Андріївна Юрійович Олегівна Богданович".split()  # noqa: SIM905
PLACES = ("Ківшарівка", "Куп’янськ", "Подоли", "Кругляківка", "Курилівка", "Петропавлівка", "Дворічна")
PASSPHRASE = "a long passphrase of nobody"
LIST_DAY = date(2023, 8, 14)


class Took(NamedTuple):
    processor: float
    clock: float
    peak: int
    """MB; 0 where the system does not tell."""
    said: str
    stages: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--workbook", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workbook = chosen.workbook or Path(folder) / "list.xlsx"
        if chosen.workbook is None:
            write_list(workbook, chosen.rows)
        peer, ours = apart(read_only, workbook), apart(whole_import, workbook)
    print(f"openpyxl, reading only   {peer.processor:6.1f} s of processor {peer.clock:6.1f} s {peer.peak:5} MB")
    print(f"ours, reading to commit  {ours.processor:6.1f} s of processor {ours.clock:6.1f} s {ours.peak:5} MB")
    print(f"ours takes {ours.clock / peer.clock:.2f} times as long by the clock; {ours.said}")
    print(ours.stages)


def apart(job: Callable[[Path], Took], workbook: Path) -> Took:
    """In a fresh process, so that neither's memory counts for the other."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(job, (workbook,))


def read_only(workbook: Path) -> Took:
    with measuring() as took:
        book = openpyxl.load_workbook(workbook, read_only=True)
        rows = sum(1 for row in book.worksheets[0].iter_rows(values_only=True) if row)
    return took(f"{rows} rows", "")


def whole_import(workbook: Path) -> Took:
    silence = Silence()
    with (
        tempfile.TemporaryDirectory() as folder,
        create_register(Path(folder) / "list", PASSPHRASE) as session,
    ):
        gazetteer.seed(session)
        with measuring() as took:
            silence.begin("import.reading")
            preview = imports.preview_import(session, workbook, LIST_DAY, silence)
            report = imports.apply_import(session, preview, silence).value
            silence.end("the commit, which nothing stops")
        said = f"{report.rows_read} rows, {report.added.households} households, {len(report.possible_duplicates)} pairs"
        return took(said, str(silence))


class Silence:
    """The progress of an import, which remembers how long nobody asked it, by what was being done."""

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}
        self.lasted: dict[str, float] = {}
        self._last, self._label = 0.0, ""

    def begin(self, label: str) -> None:
        self._last, self._label = perf_counter(), label

    def __call__(self, _part: float, label: str) -> bool:
        now = perf_counter()
        self.longest[self._label] = max(self.longest.get(self._label, 0.0), now - self._last)
        self.lasted[self._label] = self.lasted.get(self._label, 0.0) + now - self._last
        self._last, self._label = now, label
        return True

    def end(self, label: str) -> None:
        self._label = label
        self(1, label)

    def __str__(self) -> str:
        return "\n".join(
            f"  {label:32} {self.lasted[label]:5.1f} s, longest wait for a cancel {silence:.2f} s"
            for label, silence in self.longest.items()
        )


@contextmanager
def measuring() -> Iterator[Callable[[str, str], Took]]:
    processor, clock = process_time(), perf_counter()
    ends: list[tuple[float, float]] = []

    def took(said: str, stages: str) -> Took:
        end = ends[0]
        return Took(end[0] - processor, end[1] - clock, peak(), said, stages)

    yield took
    ends.append((process_time(), perf_counter()))


def peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most >> (20 if sys.platform == "darwin" else 10)


def write_list(path: Path, count: int) -> None:
    """A list of families as village councils send them: the address beside the first of each. Invented people."""
    chance = random.Random(5)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Список")
    sheet.write_string(0, 0, f"Список на евакуацію станом на {LIST_DAY:%d.%m.%Y}")
    sheet.write_row(4, 0, HEADERS)
    written = 0
    while written < count:
        surname = chance.choice(ROOTS) + chance.choice(TAILS)
        home = [
            chance.choice(PLACES), f"Вулиця{chance.randrange(60)}", str(chance.randint(1, 150)),
            str(chance.randint(1, 90)) if chance.random() < 0.6 else None, f"050{chance.randrange(10**7):07}",
        ]  # fmt: skip
        for place in range(min(chance.choice((1, 1, 2, 2, 3, 4)), count - written)):
            written += 1
            cells = [
                written, surname, chance.choice(GIVEN), chance.choice(PATRONYMICS), chance.choice("чж"),
                datetime(1935, 1, 1) + timedelta(days=chance.randrange(31_000)), *(home if place == 0 else [None] * 5),
                chance.choice(("візок", "лежача")) if chance.random() < 0.05 else None,
                "член родини" if place else "голова", "паспорт",
                None if place else chance.choice(("-", "-", "відмова", "речі зібрані")),
            ]  # fmt: skip
            sheet.write_row(4 + written, 0, cells)
    book.close()


if __name__ == "__main__":
    main()
