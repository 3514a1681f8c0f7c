"""What becomes of the rows of a list, in one sentence for the window and the terminal."""

from __future__ import annotations

from coordinator.exchange.report import ImportReport
from resources.i18n import _
from ui import texts


def totals_line(report: ImportReport) -> str:
    """rows_read = added + changed + only completed + the same + set aside + no data, in words."""
    return _(
        "{rows} rows read = {added} added + {changed} changed + {completed} only completed + {same} the same + "
        "{rejected} set aside + {skipped} that are no data (totals, signatures)"
    ).format(
        rows=texts.number(report.rows_read),
        added=texts.number(report.rows_added),
        changed=texts.number(report.rows_updated - report.rows_completed),
        completed=texts.number(report.rows_completed),
        same=texts.number(report.rows_unchanged),
        rejected=texts.number(len(report.rows_rejected)),
        skipped=texts.number(report.rows_skipped),
    )
