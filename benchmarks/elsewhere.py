"""Another program that changes a register which a window has open; benchmarks/live.py starts it.

    uv run python -m benchmarks.elsewhere FOLDER PASSPHRASE BEGUN HOUSEHOLDS GAPS

BEGUN is the reading of this machine's running clock at which the day of the register began; HOUSEHOLDS and GAPS
(seconds) are JSON. It says "ready", waits for a line, and then each household comes back; what the running clock said
after each commit is printed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import monotonic, sleep

from benchmarks.live_clock import LiveClock
from coordinator.domain.decision import Decision
from coordinator.register import open_register
from coordinator.services import decisions


def main() -> None:
    folder, passphrase, begun, households, gaps = sys.argv[1:]
    with open_register(Path(folder), passphrase, clock=LiveClock(float(begun))) as session:
        print("ready", flush=True)
        sys.stdin.readline()
        for household, gap in zip(json.loads(households), json.loads(gaps), strict=True):
            sleep(gap)
            decisions.decide(session, household, Decision.RETURNED)
            print(monotonic(), flush=True)


if __name__ == "__main__":
    main()
