"""The pictures by which the hands are judged, and those of docs/hands.md.

    python -m benchmarks.pictures [FOLDER]          docs/pictures when no folder is named

hands/NAME.png: a specimen of each hand. neatness.png: one note typed, neat, natural and hurried
in six hands. joins.png: letters that join, at 1200 dpi. doubles.png: doubled letters in all
hands. scripts.png: notes in scripts other than Latin. fronts.png: the drawn fronts.
labels.png: sheets of labels, and over them in red the edges of labels by the maker's dimensions.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

from fairhand.hand.hand import all_hands, bundled_hand, suits
from fairhand.job import make, read, save
from fairhand.job.labels import LabelWish, labels
from fairhand.output.contact import contact_sheet, cut_to_ink
from fairhand.output.formats import png_file
from fairhand.output.pdf import pdf
from fairhand.output.raster import rasters
from fairhand.pictures import fronts_sheet, neatness_sheet, specimen
from fairhand.stationery.label_catalogue import label_sheet

ROOT = Path(__file__).parents[1]
SPECIMEN_DPI = 100
SIX = ("mynerve", "nothing-you-could-do", "caveat", "homemade-apple", "square-peg", "beth-ellen")
JOINS = "minimum loving browse heron"
DOUBLES = "hill see letter too"
SCRIPTS = (
    "name-day-el", "thank-you-ru", "birthday-he", "thank-you-ar", "diwali-hi", "thank-you-ja",
    "thank-you-ko", "thank-you-zh",
)  # fmt: skip
LABEL_DPI = 150
PUBLISHED_MM = {
    "avery-5160": (3, 10, 66.675, 25.4, 4.7625, 12.7, 69.85, 25.4),
    "avery-l7160": (3, 7, 63.5, 38.1, 7.2, 15.15, 66.04, 38.1),
}
"""Columns, rows; a label's width and height, from the left, from the top, pitch across and down."""


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
    pictures["labels.png"] = labels_by_their_maker()
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


def labels_by_their_maker() -> Image.Image:
    """Return two sheets with their outlines, and over these the makers' own dimensions in red."""
    note = read(ROOT / "samples" / "after-rejection" / "note.md")
    found = {}
    for name, (columns, rows, *measures) in PUBLISHED_MM.items():
        width, height, left, top, across, down = (value * LABEL_DPI / 25.4 for value in measures)
        chosen = label_sheet(name).sheet
        made = labels(note, LabelWish(chosen, copies=chosen.count, outline=True))
        picture = rasters(pdf(made.sheets, made.about("rgb")), LABEL_DPI)[0].convert("RGB")
        pen = ImageDraw.Draw(picture)
        for column in range(columns):
            for row in range(rows):
                x, y = left + column * across, top + row * down
                pen.rectangle((x, y, x + width, y + height), outline=(230, 40, 40))
        found[f"{name}, and the maker's dimensions in red"] = picture
    return contact_sheet(list(found.items()), 2, 700)


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
