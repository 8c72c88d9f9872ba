"""What people's pages measure, and what other programs' pages did.

People: scans of pen on unruled paper from the CSAFE Handwriting Database (the fixtures of
CSAFE-ISU/handwriterApp), 22 pages by 13 writers, 10th, 50th and 90th percentile of pages. The
unit of those rows was a band some 10 to 30 % higher than the true x-height, so that what is
given in x-heights would be so much larger in true ones. `MEASURED_HERE` is what this program
finds on all 28 of those scans. The scans are not ours to pass on; only numbers are kept here.

Other programs: one picture each of the same note, measured once with another program of the
same definitions; where two numbers were given for a row the first is kept.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Band(NamedTuple):
    """The 10th, 50th and 90th percentile of people."""

    low: float
    median: float
    high: float

    def mark(self, value: float) -> str:
        """Return "<" for a value below the band, ">" above, "?" for none, " " inside."""
        if value != value:
            return "?"
        return "<" if value < self.low else ">" if value > self.high else " "


PEOPLE: Final = {
    "slope_sd": Band(0.23, 0.45, 0.85),
    "baseline_sd": Band(0.11, 0.15, 0.23),
    "gap_cv": Band(0.21, 0.29, 0.42),
    "drift": Band(0.9, 2.7, 8.9),
    "scatter": Band(0.10, 0.25, 0.55),
    "pitch_cv": Band(0.06, 0.10, 0.14),
}
"""The human band; of `drift` without its sign."""

MEASURED_HERE: Final = {
    "slope_sd": Band(0.20, 0.51, 1.03),
    "baseline_sd": Band(0.11, 0.18, 0.28),
    "gap_cv": Band(0.22, 0.28, 0.37),
    "drift": Band(0.9, 2.6, 8.0),
    "scatter": Band(0.19, 0.34, 0.72),
    "pitch_cv": Band(0.06, 0.08, 0.14),
}
"""The same scans as this program measures them, in true x-heights."""

OTHERS: Final = {
    "Handright, tuned (words wrong)": (0.24, 0.10, 0.40, 0.1, 0.09, 0.03),
    "handwriting-generator": (0.12, 0.04, 0.09, 0.0, 0.0, 0.02),
    "handwritten-image": (0.32, 0.02, 0.14, 0.1, 0.16, 0.21),
    "text-to-handwriting-ai": (0.10, 0.10, 0.10, 0.0, 0.0, 0.01),
    "scribefont": (0.15, 0.02, 0.05, 0.0, 0.0, 0.02),
    "builtree/handwrite (words wrong)": (0.07, 0.04, 0.30, 0.1, 0.11, 0.02),
    "Playpen Sans in a browser": (0.09, 0.02, 0.10, 0.1, 0.02, 0.01),
    "Shantell Sans in a browser": (0.09, 0.02, 0.09, 0.0, 0.0, 0.01),
    "vpype, Hershey script": (0.14, 0.01, 0.20, 0.1, 0.12, 0.02),
}
"""Other programs, in the order of `PEOPLE`. "Words wrong": its words could not be told apart."""

LETTERS: Final = {
    "height_cv": Band(0.07, 0.08, 0.12),
    "width_cv": Band(0.08, 0.09, 0.10),
    "shape": Band(0.048, 0.054, 0.060),
    "warp": Band(0.030, 0.036, 0.042),
}
"""One letter drawn again: one writer on a trackpad, so a hint and no band to be held."""
