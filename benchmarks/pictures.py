"""The pictures by which the hands are judged, and those of docs/hands.md.

    python -m benchmarks.pictures [FOLDER]          docs/pictures when no folder is named

hands/NAME.png: a specimen of each hand. neatness.png: one note typed, neat, natural and hurried
in six hands. joins.png: letters that join, at 1200 dpi. doubles.png: doubled letters in all
hands. scripts.png: notes in scripts other than Latin. fronts.png: the drawn fronts.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from fairhand.hand.hand import all_hands, bundled_hand, suits
from fairhand.job import make, read, save
from fairhand.output.contact import contact_sheet, cut_to_ink
from fairhand.output.formats import png_file
from fairhand.output.raster import rasters
from fairhand.pictures import fronts_sheet, neatness_sheet, specimen

ROOT = Path(__file__).parents[1]
SPECIMEN_DPI = 100
SIX = ("mynerve", "nothing-you-could-do", "caveat", "homemade-apple", "square-peg", "beth-ellen")
JOINS = "minimum loving browse heron"
DOUBLES = "hill see letter too"
SCRIPTS = (
    "name-day-el", "thank-you-ru", "birthday-he", "thank-you-ar", "diwali-hi", "thank-you-ja",
    "thank-you-ko", "thank-you-zh",
)  # fmt: skip


def main(folder: Path) -> None:
    note = read(ROOT / "samples" / "after-rejection" / "note.md", card="5x7", layout="classic")
    pictures = {f"hands/{name}.png": specimen(name, SPECIMEN_DPI) for name in all_hands()}
    pictures["neatness.png"] = neatness_sheet(note, SIX, 72)
    joined = [name for name in able(JOINS) if all_hands()[name].joined == "fully"]
    pictures["joins.png"] = sheet({name: words(name, JOINS, 1200) for name in joined}, 1, 1800)
    doubles = {name: words(name, DOUBLES, 600) for name in able(DOUBLES)}
    pictures["doubles.png"] = sheet(doubles, 3, 500)
    pictures["scripts.png"] = sheet(
        {name: sample(ROOT / "samples" / name / "note.md") for name in SCRIPTS}, 4, 430
    )
    fronts = read(ROOT / "samples" / "birthday" / "note.md", front="", card="a2")
    pictures["fronts.png"] = fronts_sheet(fronts, lambda _: None)
    save({folder / name: png_file(drawn(picture), 100) for name, picture in pictures.items()})


def able(text: str) -> list[str]:
    """Return the hands that are made for the letters of some words, and have them."""
    return [
        name
        for name, data in all_hands().items()
        if suits(data, text) and not bundled_hand(name).font.missing(text)
    ]


def words(name: str, text: str, dpi: int) -> Image.Image:
    """Return some words in a hand, cropped to their ink."""
    fields = {"paragraphs": [text], "hand": name, "card": "a4", "layout": "letter"}
    made = make(read(fields), with_envelope=False)
    return cut_to_ink(rasters(made.card_pdf(), dpi)[0], dpi // 12)


def sample(path: Path) -> Image.Image:
    """Return the written panels of a sample."""
    made = make(read(path), with_envelope=False)
    pages = rasters(made.card_pdf(), 130)
    return cut_to_ink(pages[-1], 30)


def sheet(pictures: dict[str, Image.Image], columns: int, width: int) -> Image.Image:
    return contact_sheet(list(pictures.items()), columns, width)


def drawn(picture: Image.Image) -> Image.Image:
    """Return a picture with few colours, which is a small file.

    They are chosen far apart and then moved to what they stand for: by frequency alone yellow
    flowers turn red.
    """
    far = Image.Quantize.MAXCOVERAGE
    return picture.convert("RGB").quantize(192, method=far, kmeans=3, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
