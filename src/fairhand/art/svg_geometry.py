"""Numbers of SVG to geometry: lengths, transforms, view boxes, and basic shapes as paths.

Unit: px of CSS (96 to the inch), y down, until the walk maps them to the page.
"""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import TYPE_CHECKING

from fontTools.misc.bezierTools import calcCubicBounds
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from fairhand.art.drawing import ellipse, rectangle
from fairhand.art.svg_tree import broken, refusal
from fairhand.geometry import Affine, Rect, Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from fairhand.art.drawing import Path, Step

MOST_STEPS = 100_000
"""The most steps of all paths together."""

FURTHEST = 1e7
"""The largest number that a drawing may hold."""

_BLANK = " \t\r\n\f,"
_NUMBER = r"[-+]?(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d++)?"
_NUMBERS = re.compile(_NUMBER)
_LENGTH = re.compile(rf"^({_NUMBER})\s*([a-zA-Z%]*)$")
_GAP = r"[\s,]*+"
_ARC = re.compile(
    _GAP.join([f"({_NUMBER})"] * 3) + _GAP + _GAP.join(["([01])"] * 2)
    + _GAP + _GAP.join([f"({_NUMBER})"] * 2)
)  # fmt: skip
_COMMANDS = "MmZzLlHhVvCcSsQqTtAa"
_COMMAND = re.compile(f"([{_COMMANDS}])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
_LONGEST_TRANSFORM = 5_000
_ONE = r"[a-zA-Z]++\s*+\([^()]*+\)"
_TRANSFORM = re.compile(r"([a-zA-Z]++)\s*+\(([^()]*+)\)")
_TRANSFORMS = re.compile(rf"^{_GAP}(?:{_ONE}{_GAP})*+$")
_UNITS = {
    "": 1.0, "px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
    "pt": 96 / 72, "pc": 16.0,
}  # fmt: skip


def numbers(text: str, line: int, most: int = 1_000) -> list[float]:
    """Return the numbers of a list; InputError for `most` and more, and for what is none."""
    parts = list(islice(_NUMBERS.finditer(text), most))
    if len(parts) >= most:
        raise refusal("too many points", line)
    if _NUMBERS.sub("", text).strip(_BLANK):
        raise broken(f'"{text[:40].strip()}" is not a list of numbers.', line)
    found = [float(part[0]) for part in parts]
    if any(abs(value) > FURTHEST for value in found):
        raise refusal("a number too large for paper", line)
    return found


def length(text: str, whole: float, line: int) -> float:
    """Return a length in px, a percentage of `whole`; InputError for what is none."""
    match = _LENGTH.match(text.strip())
    unit = match[2].lower() if match else ""
    if match is None or (unit != "%" and unit not in _UNITS):
        raise broken(
            f'"{text[:40]}" is not a length that is known.', line,
            "Use px, mm, cm, in, pt, pc or %.",
        )  # fmt: skip
    value = float(match[1]) * (whole / 100 if unit == "%" else _UNITS[unit])
    if not abs(value) <= FURTHEST:
        raise refusal("a number too large for paper", line)
    return value


def transform(text: str, line: int) -> Affine:
    """Return the matrix of a transform list (SVG 1.1 section 7.6); the last is done first."""
    total = Affine()
    if text.strip() in ("", "none"):
        return total
    if len(text) > _LONGEST_TRANSFORM:
        raise refusal("too long a transform", line)
    if not _TRANSFORMS.match(text):
        raise broken(f'"{text[:40]}" is not a transform that is known.', line)
    for kind, values in _TRANSFORM.findall(text):
        one = _one_transform(kind, numbers(re.sub(r"(?<=[\d.])(?:px|deg)", "", values), line))
        if one is None:
            raise broken(f'"{kind[:20]}({values[:40]})" is not a transform that is known.', line)
        total = one.then(total)
    return total


def _one_transform(kind: str, values: list[float]) -> Affine | None:
    match kind, values:
        case "matrix", [a, b, c, d, e, f]:
            return Affine(a, b, c, d, e, f)
        case "translate", [x]:
            return Affine.move(x, 0.0)
        case "translate", [x, y]:
            return Affine.move(x, y)
        case "scale", [both]:
            return Affine(both, 0.0, 0.0, both)
        case "scale", [x, y]:
            return Affine(x, 0.0, 0.0, y)
        case "rotate", [angle]:
            cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            return Affine(cosine, sine, -sine, cosine)
        case "rotate", [angle, x, y]:
            turned = _one_transform("rotate", [angle])
            return turned and Affine.move(-x, -y).then(turned).then(Affine.move(x, y))
        case "skewX", [angle]:
            return Affine(c=math.tan(math.radians(angle)))
        case "skewY", [angle]:
            return Affine(b=math.tan(math.radians(angle)))
        case _:
            return None


def view(box: list[float], place: Rect, aspect: str) -> Affine:
    """Return what takes a view box to its place (SVG 1.1 section 7.8, preserveAspectRatio)."""
    left, top, width, height = box
    across, down = place.width / width, place.height / height
    align, *how = aspect.replace("defer", "").split() or ["xMidYMid"]
    if align == "none":
        return Affine(across, 0.0, 0.0, down, place.left - left * across, place.bottom - top * down)
    scale = max(across, down) if how == ["slice"] else min(across, down)
    share = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    x = share.get(align[1:4], 0.5) * (place.width - width * scale)
    y = share.get(align[5:8], 0.5) * (place.height - height * scale)
    return Affine(
        scale, 0.0, 0.0, scale, place.left + x - left * scale, place.bottom + y - top * scale
    )


def outline_of(tag: str, own: Mapping[str, str], viewport: Size, line: int) -> Path:
    """Return the path of a basic shape or a path element; () where it draws nothing."""
    across, down = viewport
    both = math.hypot(across, down) / math.sqrt(2)

    def of(name: str, whole: float, otherwise: str = "0") -> float:
        text = own.get(name, "").strip()
        return length(otherwise if text in ("", "auto") else text, whole, line)

    match tag:
        case "path":
            return path_of(own.get("d", ""), line)
        case "line":
            ends = (of("x1", across), of("y1", down)), (of("x2", across), of("y2", down))
            return ("m", ends[0]), ("l", ends[1])
        case "polyline" | "polygon":
            values = numbers(own.get("points", ""), line, 2 * MOST_STEPS)
            if len(values) % 2:
                raise broken("The points of a polygon are not in pairs.", line)
            points = list(zip(values[::2], values[1::2], strict=True))
            lines = tuple(("l" if index else "m", point) for index, point in enumerate(points))
            return (*lines, ("h", ())) if tag == "polygon" and lines else lines
        case "circle":
            rx = ry = of("r", both)
        case "ellipse":
            rx, ry = of("rx", across, own.get("ry", "0")), of("ry", down, own.get("rx", "0"))
        case _:
            return _rect(own, of, viewport)
    if rx <= 0 or ry <= 0:
        return ()
    return ellipse(of("cx", across), of("cy", down), rx, ry)


def _rect(own: Mapping[str, str], of: Callable[..., float], viewport: Size) -> Path:
    across, down = viewport
    x, y, width, height = of("x", across), of("y", down), of("width", across), of("height", down)
    if width <= 0 or height <= 0:
        return ()
    rx = min(of("rx", across, own.get("ry") or "0"), width / 2)
    ry = min(of("ry", down, own.get("rx") or "0"), height / 2)
    right, low = x + width, y + height
    if rx <= 0 or ry <= 0:
        return rectangle(x, y, right, low)
    # The corners of an ellipse: as far from the corner as its own control points.
    u, v = rx * (1 - 0.5522847498), ry * (1 - 0.5522847498)
    return (
        ("m", (x + rx, y)), ("l", (right - rx, y)),
        ("c", (right - u, y, right, y + v, right, y + ry)), ("l", (right, low - ry)),
        ("c", (right, low - v, right - u, low, right - rx, low)), ("l", (x + rx, low)),
        ("c", (x + u, low, x, low - v, x, low - ry)), ("l", (x, y + ry)),
        ("c", (x, y + v, x + u, y, x + rx, y)), ("h", ()),
    )  # fmt: skip


def path_of(data: str, line: int) -> Path:
    """Return the steps of path data (SVG 1.1 section 8.3), curves and arcs as cubics.

    fontTools reads it, but by its own grammar, which passes over what it does not know and
    some numbers that SVG has; so it is given numbers that both understand.
    """
    if data.strip() in ("", "none"):
        return ()
    pen = RecordingPen()
    canonical = _canonical(data, line)
    try:
        parse_path(canonical, pen)
    except (ValueError, IndexError, ZeroDivisionError, OverflowError):
        raise broken("The data of a path cannot be read.", line) from None
    return _steps(pen.value)


def _canonical(data: str, line: int) -> str:
    if sum(map(data.count, _COMMANDS)) > MOST_STEPS:
        raise refusal("too many points", line)
    before, *parts = _COMMAND.split(data)
    written = []
    steps = 0
    if before.strip():
        raise broken("The data of a path cannot be read.", line)
    for command, text in zip(parts[::2], parts[1::2], strict=True):
        if command in "Zz":
            wrong = bool(text.strip(_BLANK))
            written.append(command)
        elif command in "Aa":
            arcs = [arc.groups() for arc in islice(_ARC.finditer(text), MOST_STEPS // 4 + 1)]
            steps += 4 * len(arcs)
            if steps > MOST_STEPS:
                raise refusal("too many points", line)
            wrong = not arcs or bool(_ARC.sub("", text).strip(_BLANK))
            for arc in arcs:
                written.append(_arc(command, arc, line))
        else:
            count = _COUNTS[command.upper()]
            values = numbers(text, line, count * MOST_STEPS)
            wrong = not values or len(values) % count > 0
            written += [command, *map(repr, values)]
            steps += len(values) // count
        if wrong:
            raise broken("The data of a path cannot be read.", line)
        if steps > MOST_STEPS:
            raise refusal("too many points", line)
    return " ".join(written)


def _arc(command: str, arc: tuple[str, ...], line: int) -> str:
    rx, ry, turned, x, y = numbers(" ".join((*arc[:3], *arc[5:])), line)
    if min(abs(rx), abs(ry)) < 1e-6:
        # A line by the standard (SVG 1.1 section F.6.2); fontTools would leave it out.
        return f"{'L' if command == 'A' else 'l'} {x!r} {y!r}"
    return f"{command} {rx!r} {ry!r} {turned!r} {arc[3]} {arc[4]} {x!r} {y!r}"


def _steps(recorded: Iterable[tuple[str, tuple[tuple[float, float], ...]]]) -> Path:
    """Turn what fontTools drew into steps; a closing line to the start is left to "h"."""
    steps: list[Step] = []
    start = at = (0.0, 0.0)
    for name, points in recorded:
        if name == "closePath":
            if steps[-1] == ("l", start) and len(steps) > 1 and steps[-2][0] != "m":
                steps.pop()
            steps.append(("h", ()))
            at = start
            continue
        if name == "endPath":
            continue
        if name == "moveTo":
            if steps and steps[-1][0] == "m":
                steps.pop()
            start = points[0]
            steps.append(("m", start))
        else:
            if steps[-1][0] == "h":
                steps.append(("m", start))
            if name == "lineTo":
                steps.append(("l", points[0]))
            elif name == "curveTo":
                steps.append(("c", (*points[0], *points[1], *points[2])))
            else:
                (cx, cy), (x, y) = points
                first = at[0] + (cx - at[0]) * 2 / 3, at[1] + (cy - at[1]) * 2 / 3
                steps.append(("c", (*first, x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, x, y)))
        at = points[-1]
    if steps and steps[-1][0] == "m":
        steps.pop()
    return tuple(steps)


def mapped(path: Path, matrix: Affine) -> Path:
    """Return a path with every point mapped."""
    a, b, c, d, e, f = matrix
    return tuple(
        (
            operator,
            tuple(
                value
                for x, y in zip(xy[::2], xy[1::2], strict=True)
                for value in (a * x + c * y + e, b * x + d * y + f)
            ),
        )
        for operator, xy in path
    )


def bounds(path: Path) -> Rect:
    """Return the smallest upright rectangle about a path that is not empty."""
    at = path[0][1]
    left, bottom = right, top = at
    for operator, xy in path:
        if operator == "c":
            near = calcCubicBounds(at, xy[:2], xy[2:4], xy[4:])
            left, bottom = min(left, near[0]), min(bottom, near[1])
            right, top = max(right, near[2]), max(top, near[3])
        elif xy:
            left, bottom = min(left, xy[0]), min(bottom, xy[1])
            right, top = max(right, xy[0]), max(top, xy[1])
        at = xy[-2:] or at
    return Rect(left, bottom, right, top)
