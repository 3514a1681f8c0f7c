"""Pictures under the map out of a local file: asked for in a worker, kept while they may be seen again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from coordinator.errors import UserError
from coordinator.exchange.mbtiles import MapFile, Tile, read_tiles
from ui.tasks import Tasks
from ui.widgets.map.camera import Camera

KEPT = 200
MOST_AT_ONCE = 80


class Tiles(QObject):
    """`arrived` when more pictures are there to be painted; `failed` with the UserError of a file out of reach."""

    arrived = Signal()
    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._file: MapFile | None = None
        self._kept: OrderedDict[Tile, QImage | None] = OrderedDict()
        self._asked = False

    @property
    def file(self) -> MapFile | None:
        return self._file

    def use(self, file: MapFile | None) -> None:
        self._file = file
        self._kept.clear()
        self.arrived.emit()

    def paint(self, painter: QPainter, camera: Camera) -> None:
        """What is there; what is not is asked for, once at a time."""
        if self._file is None:
            return
        missing = []
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile in tiles_in_sight(camera, self._file):
            if tile not in self._kept:
                missing.append(tile)
                continue
            picture = self._kept[tile]
            self._kept.move_to_end(tile)
            if picture is not None:
                painter.drawImage(tile_rect(tile, camera), picture)
        if missing and not self._asked:
            self._asked = True
            self._tasks.run_work(_load, self._file, missing, done=self._take, failed=self._fail)

    def _take(self, loaded: tuple[MapFile, dict[Tile, QImage | None]]) -> None:
        self._asked = False
        file, pictures = loaded
        if file is self._file:
            self._kept.update(pictures)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self.arrived.emit()

    def _fail(self, error: UserError) -> None:
        self._asked = False
        self._file = None
        self.failed.emit(error)


def tiles_in_sight(camera: Camera, file: MapFile) -> list[Tile]:
    """The tiles of the file's nearest zoom that the window shows; none where they would be too many."""
    zoom = min(file.highest, max(file.lowest, camera.tile_zoom))
    count = 1 << zoom
    first, last = camera.spot(0, 0), camera.spot(camera.width, camera.height)
    columns = range(max(0, int(first.x * count)), min(count, int(last.x * count) + 1))
    rows = range(max(0, int(first.y * count)), min(count, int(last.y * count) + 1))
    if len(columns) * len(rows) > MOST_AT_ONCE:
        return []
    return [Tile(zoom, x, y) for y in rows for x in columns]


def tile_rect(tile: Tile, camera: Camera) -> QRectF:
    """Where a tile lies, in pixels."""
    side = camera.scale / (1 << tile.zoom)
    left = (tile.x / (1 << tile.zoom) - camera.centre.x) * camera.scale + camera.width / 2
    top = (tile.y / (1 << tile.zoom) - camera.centre.y) * camera.scale + camera.height / 2
    return QRectF(left, top, side, side)


def _load(file: MapFile, wanted: Sequence[Tile]) -> tuple[MapFile, dict[Tile, QImage | None]]:
    """In a worker: read and unpacked. A tile that the file lacks, or that is no picture, is remembered as None."""
    found = read_tiles(file, wanted)
    pictures = {tile: QImage.fromData(found[tile]) if tile in found else None for tile in wanted}
    return file, {tile: None if one is None or one.isNull() else one for tile, one in pictures.items()}
