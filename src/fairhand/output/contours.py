"""TrueType contours to the steps of a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

Step = tuple[str, tuple[float, ...]]


def contours(
    points: NDArray[np.float64] | NDArray[np.int64],
    on_curve: NDArray[np.bool_],
    ends: NDArray[np.int64],
) -> Iterator[list[Step]]:
    """Yield each contour as steps: m (x, y), l (x, y), q (control x, y, end x, y); it is closed.

    Between two control points lies an implied point midway (OpenType 1.9, glyf).
    """
    start = 0
    for end in ends:
        xy = [(float(x), float(y)) for x, y in points[start : end + 1]]
        on = [bool(flag) for flag in on_curve[start : end + 1]]
        start = int(end) + 1
        if not on[0]:
            xy, on = [*xy[1:], xy[0]], [*on[1:], on[0]]
        steps: list[Step] = [("m", xy[0])]
        count = len(xy)
        index = 1
        while index <= count:
            x, y = xy[index % count]
            if on[index % count]:
                if index < count:
                    steps.append(("l", (x, y)))
                index += 1
                continue
            after, after_on = xy[(index + 1) % count], on[(index + 1) % count]
            if index + 1 > count:
                after, after_on = xy[0], True
            to = after if after_on else ((x + after[0]) / 2, (y + after[1]) / 2)
            steps.append(("q", (x, y, *to)))
            index += 2 if after_on else 1
        yield steps
