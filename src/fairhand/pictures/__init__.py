"""Pictures of a finished job: panels, the mock-up, contact sheets, and strips to choose by."""

from fairhand.pictures.overview import (
    MOCKUP_DPI,
    SPECIMEN_DPI,
    fronts_sheet,
    hands_sheet,
    layouts_sheet,
    mockup_of,
    neatness_sheet,
    specimen,
)
from fairhand.pictures.panels import Shown, panel_picture, png_of, shown_panels
from fairhand.pictures.strips import front_picture, hand_strip

__all__ = [
    "MOCKUP_DPI",
    "SPECIMEN_DPI",
    "Shown",
    "front_picture",
    "fronts_sheet",
    "hand_strip",
    "hands_sheet",
    "layouts_sheet",
    "mockup_of",
    "neatness_sheet",
    "panel_picture",
    "png_of",
    "shown_panels",
    "specimen",
]
