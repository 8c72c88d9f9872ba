"""Every sample makes the card of its expected picture, which the README shows.

After a change that is meant to be seen, look at the new pictures and renew them:

    FAIRHAND_RENEW=1 pytest tests/test_samples.py
"""

import os
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from conftest import needs_hand
from PIL import Image, ImageFilter

import fairhand
from fairhand.hand.hand import CJK_HANDS
from fairhand.job import make, read
from fairhand.merge.columns import matched
from fairhand.merge.table import opened
from fairhand.merge.wording import Wording
from fairhand.pictures import mockup_of

SAMPLES = Path(__file__).parents[1] / "samples"
NOTES = sorted(SAMPLES.glob("*/note.*"), key=lambda path: path.parent.name)
NOTES = [path for path in NOTES if path.suffix in (".md", ".toml", ".yaml", ".json")]
MERGES = [path for path in NOTES if (path.parent / "people.csv").is_file()]
NOTES = [path for path in NOTES if path not in MERGES]
FAILURES = Path(__file__).parent / "failures"
DPI = 80
MOST_CHANGED = 0.004


def picture(note: Path, **overrides) -> Image.Image:
    return mockup_of(make(read(note, **overrides)), DPI)


def share_changed(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels that differ clearly once both are blurred a little."""
    if one.size != other.size:
        return 1.0
    soft = [
        np.asarray(image.convert("L").filter(ImageFilter.GaussianBlur(1.2)), dtype=float)
        for image in (one, other)
    ]
    return float((np.abs(soft[0] - soft[1]) > 24).mean())


def own_package(note: Path) -> None:
    """Skip a sample whose hand is not installed."""
    name = read(note).note.hand
    if name in CJK_HANDS:
        needs_hand(name)


@pytest.mark.parametrize("note", NOTES, ids=lambda path: path.parent.name)
def test_a_sample_looks_as_expected(note):
    own_package(note)
    compare(picture(note), note.parent)


def compare(actual: Image.Image, folder: Path) -> None:
    expected = folder / "expected.png"
    if os.environ.get("FAIRHAND_RENEW"):
        actual.save(expected, optimize=True)
    changed = share_changed(actual, Image.open(expected).convert("RGB"))
    if changed > MOST_CHANGED:
        FAILURES.mkdir(exist_ok=True)
        actual.save(FAILURES / f"{folder.name}.png")
    assert changed <= MOST_CHANGED, f"{changed:.2%} of the picture changed; see tests/failures/"


@pytest.mark.parametrize("note", MERGES, ids=lambda path: path.parent.name)
def test_the_first_cards_of_a_merge_look_as_expected(note):
    wording = Wording.read(note)
    with opened(note.parent / "people.csv") as table:
        columns = matched(table.headers, {}, wording.language)
        sources = [wording.note_for(columns.record(row)) for row in islice(table, 3)]
    actual = beside([mockup_of(make(source), DPI * 0.6) for source in sources])
    compare(actual, note.parent)


def beside(pictures: list[Image.Image]) -> Image.Image:
    size = sum(one.width for one in pictures), max(one.height for one in pictures)
    whole = Image.new("RGB", size, pictures[0].getpixel((0, 0)))
    x = 0
    for one in pictures:
        whole.paste(one, (x, 0))
        x += one.width
    return whole


def test_the_comparison_sees_another_seed():
    note = SAMPLES / "after-rejection" / "note.md"
    expected = Image.open(note.parent / "expected.png").convert("RGB")
    assert share_changed(picture(note, seed="2"), expected) > MOST_CHANGED


def test_the_python_face_works_as_often_as_it_is_called():
    note = SAMPLES / "after-rejection" / "note.md"
    first = fairhand.write(note).card_pdf()
    assert fairhand.preview(note).width > 100
    assert fairhand.write(note).card_pdf() == first


def test_there_are_samples_of_many_kinds():
    made = [make(read(note)) for note in NOTES if read(note).note.hand not in CJK_HANDS]
    assert len({one.composed.card.name for one in made}) >= 5
    assert len({one.hand.slug for one in made}) >= 6
    assert len({one.source.note.language.split("-")[0] for one in made}) >= 4
    assert any(len(one.card_sheets) == 2 for one in made)
    assert any(one.hand.data.character == "your own font" for one in made)
    assert any(len(one.composed.pages) >= 2 and one.composed.card.fold == "left" for one in made)
