"""Charts at 60,000 people and 100,000 events: recount, redraw and drill-down beside peers.

    uv run python -m benchmarks.charts [--people 60000]

Recounting (in a worker: counted, laid out, put into words and rows) is measured beside a plain SQL GROUP BY over the
same file; redrawing (on the window's thread) beside clearing the plot and making every item anew. Printed are
milliseconds of this thread's processor time and how many times the peer takes. How long the window is held up while
changes come in, and how soon they show, is printed by benchmarks/live.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from time import thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from benchmarks.counting import SINCE, UNTIL, asked, full_register, wanted_people
from coordinator.queries.behind import figures_at, joined, people_behind
from coordinator.queries.charts import CHARTS, Span, Wish
from coordinator.queries.count_memory import CountMemory
from coordinator.session import Session
from db import stores
from ui import theme
from ui.charts.layers import Drawn
from ui.charts.reading import ChartRead, read_chart
from ui.charts.view import ChartView

WISH = Wish(Span.BETWEEN, SINCE, UNTIL)
BY_DAY = """SELECT occurred_on, kind, count(DISTINCT person_id) FROM event
            WHERE NOT voided AND kind != 'returned' GROUP BY 1, 2"""
ROWS = "SELECT * FROM event e JOIN person p ON p.id = e.person_id WHERE e.occurred_on ="


def main() -> None:
    wanted = wanted_people(__doc__)
    application = QApplication([])
    theme.load_fonts()
    theme.wear(application, theme.load("light"))
    with full_register(wanted) as session:
        measure(session)
    application.quit()


def measure(session: Session) -> None:
    """Seconds of each job and of its peer."""
    memory = CountMemory(session)
    read_chart(memory, "daily", WISH, UNTIL)
    for key in CHARTS:
        change_one(session, memory)
        timed(f"recount: {key}", lambda key=key: read_chart(memory, key, WISH, UNTIL), lambda: asked(session, BY_DAY))
    for key in ("daily", "running", "settlement"):
        read = read_chart(memory, key, WISH, UNTIL)
        view = shown(read)
        timed(f"redraw: {key}", partial(redraw, view, read.drawn), partial(replot, view, read.drawn))
        view.close()
    daily = read_chart(memory, "daily", WISH, UNTIL).chart
    at = max(range(len(daily.points)), key=lambda n: daily.total(n, "organised") or 0)
    figure = joined(daily.unit, (one for _series, one in figures_at(daily, at)))
    assert figure
    timed(
        f"open the {figure.value} rows of a day",
        lambda: people_behind(memory, figure.ids, daily.asked, UNTIL),
        lambda: asked(session, f"{ROWS} '{daily.points[at].key}'"),
    )


def change_one(session: Session, memory: CountMemory) -> None:
    """One event is withdrawn, as a correction does it."""
    fact = next(fact for fact in memory.book().ledger.facts if fact.withdrawn_at is None)
    with session.act("seed") as act:
        stores.events.change(act.db, fact.id, voided=True)


def shown(read: ChartRead) -> ChartView:
    view = ChartView(read.chart.drawing, read.chart.key)
    view.resize(640, 420)
    view.show()
    view.show_drawn(read.drawn)
    view.grab()
    return view


def redraw(view: ChartView, drawn: Drawn) -> None:
    view.show_drawn(drawn)
    view.grab()


def replot(view: ChartView, drawn: Drawn) -> None:
    """What is usual: everything out, everything in again, and the range found anew."""
    plot = pg.PlotWidget()
    plot.resize(view.size())
    plot.show()
    plot.clear()
    for bars in drawn.bars:
        high = np.nan_to_num(bars.high)
        plot.addItem(pg.BarGraphItem(x0=bars.left, y0=bars.low, width=np.nan_to_num(bars.wide), height=high))
    for line in drawn.lines:
        plot.plot(line.x, line.y, symbol="o", connect="finite")
    for x, y, text in zip(drawn.numbers.x, drawn.numbers.y, drawn.numbers.texts, strict=True):
        label = pg.TextItem(text)
        label.setPos(x, y)
        plot.addItem(label)
    plot.grab()
    plot.close()


def timed(name: str, job: Callable[[], object], peer: Callable[[], object]) -> None:
    seconds = []
    for work in (job, peer):
        begun = thread_time()
        work()
        seconds.append(thread_time() - begun)
    ours, other = seconds
    print(f"{name:34} {ours * 1000:8.1f} ms   peer {other * 1000:8.1f} ms   {other / max(ours, 1e-6):6.2f} x")


if __name__ == "__main__":
    main()
