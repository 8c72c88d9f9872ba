"""Hands that do not come with fairhand: a folder of one's own, and other packages' hands."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import missing

from fairhand import catalog
from fairhand.catalog import HANDS_GROUP, fonts_folder
from fairhand.errors import InputError
from fairhand.hand.hand import CJK_HANDS, HOW_TO_INSTALL, bundled_hand, hand
from fairhand.job import make, read

NOTE = {"paragraphs": ["Thank you so much."]}
SOURCE = Path(sys.modules["fairhand"].__file__).parents[1]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder of hands with one in it, a copy of a bundled one."""
    return Path(shutil.copytree(fonts_folder() / "kalam", tmp_path / "hands" / "mine")).parent


@pytest.mark.parametrize("name", ["hands/mine", "./hands/mine", "hands/mine/"])
def test_a_folder_with_a_hand_toml_is_a_hand(own: Path, name: str) -> None:
    found = hand(name, own.parent)
    assert found.slug == "mine"
    assert found.data == bundled_hand("kalam").data


def test_the_path_in_a_note_begins_at_the_note(own: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("---\nhand: hands/mine\n---\nHi Tom,\n\nThanks!\n\nLove,\nAnn\n", "utf-8")
    assert make(read(note)).hand.slug == "mine"


def test_the_path_on_the_command_line_begins_where_one_stands(own: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "note.md").write_text("Hi Tom,\n\nThanks!\n\nLove,\nAnn\n", "utf-8")
    ran = fairhand(tmp_path, "check", "notes/note.md", "--hand", "hands/mine")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("name", ["./kalam", "no/such/folder", "../x", "nul/\0", ".", "a\\b"])
def test_a_folder_without_one_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no folder of that name that holds"):
        hand(name, tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [("x_height_em = 0.502", '"x_height_em" is missing'), ("Kalam-Light.ttf", "no font file"),
     ('joined = "no"', "")],
)  # fmt: skip
def test_a_folder_whose_hand_is_wrong_is_refused_with_its_fault(
    own: Path, change: str, says: str
) -> None:
    data = own / "mine" / "hand.toml"
    new = "Other.ttf" if change.endswith(".ttf") else "" if says else 'joined = "often"'
    data.write_text(data.read_text("utf-8").replace(change, new), "utf-8")
    with pytest.raises(InputError, match=says or "joined"):
        hand(str(own / "mine"))


def fairhand(where: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    searched = os.pathsep.join(filter(None, [path, str(SOURCE)]))
    return subprocess.run(
        [sys.executable, "-P", "-m", "fairhand", *arguments], cwd=where, text=True,
        env={**os.environ, "PYTHONPATH": searched}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Lay out two packages as an installer does: one brings a hand, one is broken."""
    folder = tmp_path / "site-packages"
    shutil.copytree(fonts_folder() / "kalam", folder / "their_hands" / "their-hand")
    (folder / "their_hands" / "__init__.py").write_text("raise SystemExit('no code is run')\n")
    for name, module in (("their", "their_hands"), ("broken", "no_such_module")):
        info = folder / f"{name}_hands-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-hands\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{HANDS_GROUP}]\nany = {module}\n")
    return folder


def test_a_package_brings_hands_by_its_entry_point(packages: Path, tmp_path: Path) -> None:
    listed = fairhand(tmp_path, "hands", path=str(packages))
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "  their-hand " in listed.stdout
    (tmp_path / "note.md").write_text("Hi Tom,\n\nThanks!\n\nLove,\nAnn\n", "utf-8")
    ran = fairhand(tmp_path, "check", "note.md", "--hand", "their-hand", path=str(packages))
    assert ran.returncode == 0, ran.stderr


def test_other_packages_are_not_searched_for_a_bundled_hand(monkeypatch) -> None:
    """To ask all installed packages costs more than to open a font."""
    monkeypatch.setattr(importlib.metadata, "entry_points", None)
    catalog.other_hands.cache_clear()
    bundled_hand.cache_clear()
    for name in ("mynerve", "print", "joined"):
        assert make(read(NOTE, hand=name)).card_pdf()


@pytest.mark.parametrize("name", CJK_HANDS)
def test_a_hand_of_fairhand_cjk_that_is_not_installed_is_told_how_to_get(name, monkeypatch) -> None:
    monkeypatch.setattr("fairhand.hand.hand.other_hands", dict)
    for remembered in (bundled_hand, sys.modules["fairhand.hand.hand"].all_hands):
        remembered.cache_clear()
    try:
        with pytest.raises(InputError, match="is not installed") as error:
            make(read(NOTE, hand=name))
        assert error.value.hint == HOW_TO_INSTALL
        for text in ("ありがとう", "감사합니다", "谢谢"):
            with pytest.raises(InputError, match="cannot write") as error:
                make(read({"paragraphs": [text]}))
            assert error.value.hint == HOW_TO_INSTALL
    finally:
        for remembered in (bundled_hand, sys.modules["fairhand.hand.hand"].all_hands):
            remembered.cache_clear()


def test_fairhand_cjk_says_that_it_holds_hands() -> None:
    points = importlib.metadata.entry_points(group=HANDS_GROUP)
    if "fairhand_cjk" not in [point.value for point in points]:
        missing("fairhand-cjk is not installed (pip install ./fonts/cjk)")
