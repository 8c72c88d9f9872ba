"""The same note gives the same bytes: in every run, process, place and order."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from fairhand.job import make, read
from fairhand.output.formats import FORMATS
from fairhand.output.pdf import About, pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.impose.sheet import Sheet

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
HANDS = ["mynerve", "homemade-apple"]
SCRIPT = """
import hashlib, json, sys
from pathlib import Path
from fairhand.job import make, read
from fairhand.output.formats import FORMATS
made = make(read(Path(sys.argv[1]), hand=sys.argv[2]))
files = [made.card_pdf(), made.card_pdf("cmyk"), made.envelope_pdf()]
files += FORMATS[".svg"](made.card_sheets, made.card_about("rgb"))
print(json.dumps([hashlib.sha256(file).hexdigest() for file in files]))
"""


def digests(name: str, **overrides: object) -> list[str]:
    """Make the card anew and return what its files are."""
    card = make(read(SAMPLE, hand=name, **overrides))
    files = [card.card_pdf(), card.card_pdf("cmyk"), card.envelope_pdf()]
    files += FORMATS[".svg"](card.card_sheets, card.card_about("rgb"))
    return [hashlib.sha256(file).hexdigest() for file in files]


def in_another_process(name: str, folder: Path, **environment: str) -> list[str]:
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(SAMPLE), name],
        env={**os.environ, **environment}, cwd=folder, capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(made.stdout)


@pytest.mark.parametrize("name", HANDS)
def test_two_runs_give_the_same_bytes(name: str) -> None:
    assert digests(name) == digests(name)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "random"},
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": "/nonexistent"},
        {"SOURCE_DATE_EPOCH": "1"},
    ],
    ids=lambda environment: "-".join(f"{key}={value}" for key, value in environment.items()),
)
def test_every_process_gives_the_same_bytes(environment: dict[str, str], tmp_path: Path) -> None:
    assert in_another_process("mynerve", tmp_path, **environment) == digests("mynerve")


def test_threads_at_work_at_once_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    seeds = [str(number) for number in range(4)] * 2
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda seed: digests("mynerve", seed=seed), seeds))
    assert found == [digests("mynerve", seed=seed) for seed in seeds]
    assert os.environ["SOURCE_DATE_EPOCH"] == "1"


def test_what_was_made_before_has_no_part_in_it() -> None:
    first = digests("mynerve")
    make(read(SAMPLE, hand="caveat", seed="7")).card_pdf()
    make(read(SAMPLE, neatness=0.4, card="a7")).card_pdf()
    assert digests("mynerve") == first


def test_while_a_file_is_drawn_another_can_be_made() -> None:
    """As a merge does, whose cards are made one by one while their file is drawn."""
    card = make(read(SAMPLE))

    def sheets() -> Iterator[Sheet]:
        for sheet in card.card_sheets:
            assert pdf([sheet], About("A look at one side"))
            yield sheet

    with ThreadPoolExecutor(1) as other:
        drawn = other.submit(lambda: pdf(sheets(), card.card_about("rgb")))
        assert drawn.result(timeout=60) == card.card_pdf()


def test_files_of_one_title_are_told_apart_by_their_id() -> None:
    """Readers keep by it where a person was in which file (ISO 32000-1 section 14.4)."""
    made = [make(read(SAMPLE, seed=seed)).card_pdf() for seed in ("1", "2")]
    one, other = (bytes(pikepdf.open(io.BytesIO(data)).trailer.ID[0]) for data in made)
    assert one != other


def test_the_picture_is_the_same_twice() -> None:
    card = make(read(SAMPLE))
    pictures = [FORMATS[".png"](card.card_sheets, card.card_about("rgb")) for _ in range(2)]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("name", HANDS)
def test_another_seed_gives_other_bytes(name: str) -> None:
    """The card, in both colours and both formats, and the envelope too."""
    one, other = digests(name, seed="1"), digests(name, seed="2")
    assert not set(one) & set(other)


def test_a_file_names_no_time_and_no_place_on_this_machine() -> None:
    card = make(read(SAMPLE))
    for data in (card.card_pdf(), card.envelope_pdf()):
        assert str(SAMPLE.parent).encode() not in data
        assert str(datetime.date.today().year).encode() not in re.findall(rb"D:(\d{4})", data)


@pytest.mark.parametrize("name", HANDS)
def test_at_neatness_0_all_words_of_a_line_stand_on_one_straight_line(name: str) -> None:
    card = make(read(SAMPLE, hand=name, neatness=0))
    for sheet in (*card.card_sheets, *card.envelope_sheets):
        for placed in sheet.placements:
            for line in placed.page.lines:
                assert len({word.matrix.f for word in line.words}) <= 1
                assert {(word.matrix.b, word.matrix.c) for word in line.words} <= {(0.0, 0.0)}
                assert len({(word.matrix.a, word.matrix.d) for word in line.words}) <= 1


@pytest.mark.parametrize("name", HANDS)
def test_at_neatness_0_the_seed_changes_nothing(name: str) -> None:
    assert digests(name, neatness=0, seed="1") == digests(name, neatness=0, seed="2")
