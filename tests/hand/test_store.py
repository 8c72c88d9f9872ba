"""Forms are drawn once and kept where any process may find, and anybody delete, them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fairhand.hand.forms import FORMS, draw_form
from fairhand.hand.hand import Hand, bundled_hand
from fairhand.hand.store import FOLDER, cache_folder
from fairhand.job import save

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER, str(tmp_path / "forms"))
    return tmp_path / "forms"


def anew(name: str) -> Hand:
    """Return a hand that remembers nothing."""
    known = bundled_hand(name)
    return Hand(known.slug, known.data, known.font, known.path)


def drawn(hand: Hand) -> bytes:
    glyphs = [hand.font.nominal_glyph(letter) for letter in "aegkt&"]
    return b"".join(
        draw_form(hand, glyph, form, 1.0).tobytes() for glyph in glyphs for form in range(FORMS)
    )


@pytest.mark.parametrize("name", ["mynerve", "homemade-apple"])
def test_kept_forms_are_the_same_as_drawn_ones(folder: Path, name: str) -> None:
    first = anew(name)
    wanted = drawn(first)
    assert not folder.exists()
    first.store.keep()
    [file] = folder.iterdir()
    again = anew(name)
    assert again.store.get(again.font.nominal_glyph("a")) is not None
    assert drawn(again) == wanted
    before = file.stat().st_mtime_ns
    again.store.keep()
    assert file.stat().st_mtime_ns == before, "nothing new, nothing written"


def test_a_card_is_the_same_with_and_without_the_store(folder: Path, tmp_path: Path) -> None:
    def card(**environment: str) -> bytes:
        subprocess.run(
            [sys.executable, "-m", "fairhand", "write", str(SAMPLE), "-o", str(tmp_path / "c.pdf")],
            env={**os.environ, **environment},
            capture_output=True,
            check=True,
        )
        return (tmp_path / "c.pdf").read_bytes()

    without = card(**{FOLDER: ""})
    first = card(**{FOLDER: str(folder)})
    assert {path.suffix for path in folder.iterdir()} == {".forms"}
    assert without == first == card(**{FOLDER: str(folder)})


def test_what_two_processes_drew_is_all_kept(folder: Path) -> None:
    one, other = anew("mynerve"), anew("mynerve")
    letters = {letter: one.font.nominal_glyph(letter) for letter in "ab"}
    one.shifts(letters["a"])
    other.shifts(letters["b"])
    one.store.keep()
    other.store.keep()
    third = anew("mynerve")
    assert all(third.store.get(glyph) is not None for glyph in letters.values())


@pytest.mark.parametrize("damage", ["cut", "changed", "other", "empty"])
def test_a_damaged_file_is_as_none(folder: Path, damage: str) -> None:
    first = anew("mynerve")
    wanted = drawn(first)
    first.store.keep()
    [file] = folder.iterdir()
    data = bytearray(file.read_bytes())
    data[-100] ^= 255
    file.write_bytes(
        {"cut": data[:-7], "changed": data, "other": b"not ours", "empty": b""}[damage]
    )
    assert drawn(anew("mynerve")) == wanted


def test_a_folder_that_cannot_be_written_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(FOLDER, str(tmp_path / "file" / "forms"))
    hand = anew("mynerve")
    assert drawn(hand)
    hand.store.keep()


def test_deleting_the_files_loses_nothing(folder: Path) -> None:
    wanted = drawn(anew("caveat"))
    save({folder.parent / "card": b"any"})
    files = list(folder.iterdir())
    assert files
    for file in files:
        file.unlink()
    assert drawn(anew("caveat")) == wanted


def test_an_empty_name_turns_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, " ")
    assert cache_folder() is None
    monkeypatch.delenv(FOLDER)
    assert cache_folder() is not None
