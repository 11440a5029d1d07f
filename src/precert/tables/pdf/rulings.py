"""The drawn lines of a page (lines, thin rectangles, edges of boxes), and its shaded areas."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from precert.tables.pdf.opening import pdfium
from precert.tables.pdf.shapes import Box, Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.tables.pdf.frame import Frame

MOST_DRAWINGS = 50_000
"""More objects on one page, and its drawn lines are not looked at: it is a drawing, no table."""

MOST_MEETINGS = 2_000_000
"""So many pairs of lines are held against each other, at most."""

_PATH, _IMAGE, _FORM = 2, 3, 5
_DRAWINGS = (_PATH, _IMAGE)
_DEEPEST = 8
_THIN = 3.0
_SHORTEST = 3.0
_MOST_POINTS = 400
_CURVE, _MOVE = 1, 2
_SLANTED = 0.05
_LARGEST_MARK = 60.0
_WHITE = 240
_JOINS = 1.5
_Matrix = tuple[float, float, float, float, float, float]
_AS_IS: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What a page draws besides text; `too_much` of it, and nothing was looked at."""

    across: list[Ruling] = field(default_factory=list)
    """Horizontal lines."""
    down: list[Ruling] = field(default_factory=list)
    """Vertical lines."""
    shades: list[Box] = field(default_factory=list)
    """Areas that are filled with something else than white."""
    fills: list[tuple[Box, str]] = field(default_factory=list)
    """Those of them that are rectangles, each with its colour."""
    marks: list[Box] = field(default_factory=list)
    """Images, and paths that are neither lines nor rectangles: a check mark may be one."""
    images: int = 0
    too_much: bool = False


def drawn_on(page: Any, frame: Frame) -> Drawn:  # noqa: ANN401 - PDFium's handle
    """Return the drawn lines of the page, those merged that continue each other."""
    drawn = Drawn()
    raw = pdfium()
    for count, (kind, drawing, matrix) in enumerate(_objects(page, _AS_IS, 0)):
        if count > MOST_DRAWINGS:
            return Drawn(too_much=True)
        if kind not in _DRAWINGS:
            continue
        drawn.images += kind == _IMAGE
        if (box := _bounds(raw, drawing, matrix, frame)) is None:
            continue
        if kind == _PATH:
            _take_path(drawn, drawing, matrix, frame, box)
        else:
            drawn.shades.append(box)
            drawn.marks.append(box)
    drawn.across, drawn.down = merged(drawn.across), merged(drawn.down)
    return drawn if len(drawn.across) * len(drawn.down) <= MOST_MEETINGS else Drawn(too_much=True)


def _objects(holder: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[int, Any, _Matrix]]:  # noqa: ANN401 - PDFium's handles
    """Yield the kind of each object of a page, or of a form in it, the object and its matrix."""
    raw = pdfium()
    if depth:
        number, get = raw.FPDFFormObj_CountObjects(holder), raw.FPDFFormObj_GetObject
    else:
        number, get = raw.FPDFPage_CountObjects(holder), raw.FPDFPage_GetObject
    for at in range(number):
        drawing = get(holder, at)
        kind = raw.FPDFPageObj_GetType(drawing)
        yield kind, drawing, matrix
        if kind == _FORM and depth < _DEEPEST:
            yield from _objects(drawing, _times(_matrix_of(drawing), matrix), depth + 1)


def _take_path(drawn: Drawn, path: Any, matrix: _Matrix, frame: Frame, box: Box) -> None:  # noqa: ANN401 - PDFium's handle
    wide, high = box.right - box.left, box.height
    if high < _THIN and wide >= _SHORTEST and wide > high:
        drawn.across.append(Ruling(box.middle, box.left, box.right))
    elif wide < _THIN and high >= _SHORTEST:
        drawn.down.append(Ruling((box.left + box.right) / 2, box.top, box.bottom))
    elif wide >= _THIN and high >= _THIN:
        raw = pdfium()
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        colour = _colour(raw, path) if fill.value else ""
        if colour:
            drawn.shades.append(box)
        if (colour or stroke.value) and max(wide, high) < _LARGEST_MARK and _is_drawing(raw, path):
            drawn.marks.append(box)
        elif colour:
            drawn.fills.append((box, colour))
        if stroke.value:
            _take_edges(drawn, path, matrix, frame)


def _colour(raw: Any, path: Any) -> str:  # noqa: ANN401 - PDFium's functions and handle
    """Return the colour that the path is filled with; none for white or nothing."""
    inks = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(path, *inks):
        return "pattern"
    red, green, blue, alpha = (ink.value for ink in inks)
    return f"{red:02x}{green:02x}{blue:02x}" if alpha and min(red, green, blue) < _WHITE else ""


def _is_drawing(raw: Any, path: Any) -> bool:  # noqa: ANN401 - PDFium's functions and handle
    """Return whether the path has a curve or a slanted line."""
    across, up = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for at in range(min(raw.FPDFPath_CountSegments(path), _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, across, up)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == _CURVE:
            return True
        point = across.value, up.value
        if kind != _MOVE and last is not None:
            wide, high = (abs(a - b) for a, b in zip(point, last, strict=True))
            if min(wide, high) > _SLANTED * max(wide, high):
                return True
        last = point
    return False


def _take_edges(drawn: Drawn, path: Any, matrix: _Matrix, frame: Frame) -> None:  # noqa: ANN401 - PDFium's handle
    """Add the horizontal and vertical strokes of a path of several."""
    raw = pdfium()
    across, up = ctypes.c_float(), ctypes.c_float()
    own = _times(_matrix_of(path), matrix)
    start = last = None
    for at in range(min(raw.FPDFPath_CountSegments(path), _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, across, up)
        x, y = _moved(own, across.value, up.value)
        point = frame.placed(x, y, x, y)
        if raw.FPDFPathSegment_GetType(segment) == _MOVE:
            start = point
        elif last is not None:
            _take_stroke(drawn, last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            _take_stroke(drawn, point, start)


def _take_stroke(drawn: Drawn, one: Box, other: Box) -> None:
    left, right = sorted((one.left, other.left))
    top, bottom = sorted((one.top, other.top))
    if bottom - top < 1 and right - left >= _SHORTEST:
        drawn.across.append(Ruling((top + bottom) / 2, left, right))
    elif right - left < 1 and bottom - top >= _SHORTEST:
        drawn.down.append(Ruling((left + right) / 2, top, bottom))


def merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return the rulings in order, as one those that lie on each other or continue each other."""
    lanes: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if lanes and ruling.at - lanes[-1][0].at <= _JOINS:
            lanes[-1].append(ruling)
        else:
            lanes.append([ruling])
    return [ruling for lane in lanes for ruling in _joined(lane)]


def _joined(lane: list[Ruling]) -> Iterator[Ruling]:
    at = sum(ruling.at for ruling in lane) / len(lane)
    begin = end = None
    for ruling in sorted(lane, key=lambda each: each.begin):
        if begin is None or end is None:
            begin, end = ruling.begin, ruling.end
        elif ruling.begin <= end + _JOINS:
            end = max(end, ruling.end)
        else:
            yield Ruling(at, begin, end)
            begin, end = ruling.begin, ruling.end
    if begin is not None and end is not None:
        yield Ruling(at, begin, end)


def _bounds(raw: Any, drawing: Any, matrix: _Matrix, frame: Frame) -> Box | None:  # noqa: ANN401 - PDFium's
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(drawing, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    if matrix is not _AS_IS:
        corners = [_moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    return frame.placed(left, bottom, right, top)


def _matrix_of(drawing: Any) -> _Matrix:  # noqa: ANN401 - PDFium's handle
    raw = pdfium()
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawing, found):
        return _AS_IS
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    """Return the matrix that moves a point by `one` and then by `other`."""
    (a, b, c, d, e, f), (p, q, r, s, t, u) = one, other
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
