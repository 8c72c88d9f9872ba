"""Press files before other people's eyes: plates, checkers' words, and the pictures of print.

    python -m benchmarks.press OUT

For three cards (folded A2 with art, flat 5x7, A6 folded) OUT gets the press file, a picture of
each page's plates as Ghostscript separates them, and words.txt: what every checker on this
machine says of it. Beside them press-sheet.png, card-stock.png (both sides of a sheet of
pre-scored stock) and loading.png, those of docs/pictures.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageOps

from fairhand.impose.corrected import quarter_turned
from fairhand.job import Made, make, read, save
from fairhand.job.loading import load_of, loading_pdf
from fairhand.job.press import press_file
from fairhand.job.sheets import SheetWish, copies_of, imposition, sheets_pdf
from fairhand.output.contact import contact_sheet
from fairhand.output.formats import png_file
from fairhand.output.raster import rasters
from fairhand.press.preflight.report import where
from fairhand.press.preflight.run import preflight
from fairhand.stationery.condition import condition
from fairhand.stationery.paper import paper

NOTE = Path(__file__).parents[1] / "samples" / "after-rejection" / "note.md"
CARDS = {
    "a2-folded-art": {"card": "a2", "art": "botanical"},
    "5x7-flat": {"card": "a7-flat", "ink": "black"},
    "a6-folded": {"card": "iso-a6", "ink": "royal-blue", "hand": "caveat"},
}
PLATE_DPI = 100
CHECKERS = (
    ("qpdf", "--check", "{}"),
    ("pdfinfo", "-box", "{}"),
    ("pdffonts", "{}"),
    ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dPDFSTOPONERROR", "-sDEVICE=inkcov",
     "-o", "-", "{}"),
    ("mutool", "info", "{}"),
    ("verapdf", "--flavour", "2b", "{}"),
)  # fmt: skip


def main(folder: Path) -> None:
    for name, wishes in CARDS.items():
        made = make(read(NOTE, **wishes))
        chosen = condition("auto", made.composed.card.region)
        path = folder / f"{name}.press.pdf"
        file = press_file(made, "card", chosen)
        save({path: file.data})
        said = [f"$ fairhand check\n{own_words(file.data)}", *map(str, file.notices)]
        said += [words(checker, path) for checker in CHECKERS]
        (folder / f"{name}.words.txt").write_text("\n\n".join(said), encoding="utf-8")
        for page, plates in enumerate(separations(path, folder / name), 1):
            sheet = contact_sheet(plates, 3, 620)
            save({folder / f"{name}.plates.{page}.png": png_file(sheet, PLATE_DPI)})
        print(f"{path.name}: {len(file.data) // 1024} kB, {len(file.notices)} notices")
    save({folder / name: png_file(few(picture)) for name, picture in pictures().items()})


def own_words(data: bytes) -> str:
    """Return what our own preflight says."""
    report = preflight(data)
    told = [f"{where(one)}{one.message}" for one in report.findings]
    return "\n".join([f"{report.standard}, passes: {report.passes}", *told])


def words(checker: tuple[str, ...], path: Path) -> str:
    """Return what a checker says, or that it is not here."""
    program = shutil.which(checker[0])
    command = " ".join(checker).format(path.name)
    if program is None:
        return f"$ {command}\n(not on this machine)"
    done = subprocess.run(
        [program, *(part.format(path) for part in checker[1:])],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    told = (done.stdout + done.stderr).strip().replace(str(path), path.name)
    return f"$ {command}\n{told}\n(exit code {done.returncode})"


def separations(path: Path, stem: Path) -> list[list[tuple[str, Image.Image]]]:
    """Return Ghostscript's plates of each page, by name."""
    program = shutil.which("gs")
    if program is None:
        return []
    stem.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [program, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{PLATE_DPI}",
         f"-sOutputFile={stem}/p%d.tif", str(path)],
        check=True, timeout=120,
    )  # fmt: skip
    pages: dict[int, list[tuple[str, Image.Image]]] = {}
    for plate in sorted(stem.glob("p*(*).tif")):
        number, name = re.match(r"p(\d+)\((.*)\)", plate.name).groups()  # type: ignore[union-attr]
        with Image.open(plate) as image:
            pages.setdefault(int(number), []).append((name, image.convert("RGB")))
    shutil.rmtree(stem)
    return [pages[number] for number in sorted(pages)]


def pictures() -> dict[str, Image.Image]:
    """Return the pictures of a press sheet, of card stock and of a loading page."""
    art = make(read(NOTE, card="a2", art="terrazzo", front="Thank you"))
    press = press_file(art, "card", condition("auto", "us")).data
    sheet = rasters(press, 110)[0]
    plain = make(read(NOTE, card="a2", art="botanical", front="Thank you"))
    stock = contact_sheet(list(zip(("front", "back"), on_stock(plain), strict=True)), 2, 640)
    fed = quarter_turned(plain.card_sheets[0])
    load = rasters(loading_pdf([load_of(plain, fed, envelope=False)], "us"), 80)[0]
    return {
        "press-sheet.png": sheet,
        "card-stock.png": stock,
        "loading.png": ImageOps.expand(load, 1, "#b9b2a6"),
    }


def on_stock(made: Made) -> list[Image.Image]:
    wish = SheetWish(paper("pre-scored A2 2-up"), copies=2)
    how = imposition(made.composed.card, made.card_sheets, wish)
    cards = copies_of(made.card_sheets, wish)
    return rasters(sheets_pdf(cards, how, wish, made.card_about("rgb"), "both"), 75)


def few(picture: Image.Image) -> Image.Image:
    """Return a picture with few colours, which is a small file."""
    return picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
