"""Two pictures of one drawing: ours, by PDF, and that of another program."""

import io
import subprocess

from conftest import tool
from PIL import Image

from fairhand.geometry import Affine, Rect
from fairhand.hand.hand import bundled_hand
from fairhand.impose.sheet import Placement, Sheet
from fairhand.output.pdf import About, pdf
from fairhand.output.raster import rasters
from fairhand.stationery.catalogue import ink
from fairhand.write.page import WrittenPage

SCALE = 2


def ours(vector):
    box = Rect.of(vector.size)
    page = WrittenPage(
        "front", vector.size, box, (), vector.shapes, bundled_hand("mynerve"), ink("black"), 0.0
    )
    sheet = Sheet("front", vector.size, box, (Placement(page, Affine(), box),))
    return rasters(pdf([sheet], About("Art")), 96 * SCALE)[0]


def theirs(svg):
    made = subprocess.run(
        [tool("rsvg-convert"), "--zoom", str(SCALE), "--background-color", "white"],
        input=svg, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return Image.open(io.BytesIO(made.stdout)).convert("RGB")
