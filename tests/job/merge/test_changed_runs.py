"""What is made again when something changed, and what is never touched."""

import os
import re
import stat

import pytest
from job.merge.merging import NOTE, files_of, merge, people, person, run, table, texts, visible
from PIL import Image

COUNT, PER_FILE = 12, 3
FROM_BEFORE = "were there from before"


@pytest.fixture
def folder(tmp_path):
    told = made(tmp_path)
    assert told.code == 0, told.err
    return tmp_path


def made(folder, rows=None, *options, **how):
    return merge(folder, table(rows or people(COUNT)), "--per-file", PER_FILE, *options, **how)


def resumed(told):
    return int(told.err.rpartition("(")[2].split()[0]) if FROM_BEFORE in told.err else 0


def test_a_changed_row_makes_its_volume_again_and_no_other(folder):
    before = files_of(folder / "out")
    rows = people(COUNT)
    rows[4][6] = "the green lamp"
    told = made(folder, rows)
    assert resumed(told) == COUNT - PER_FILE
    after = files_of(told.folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed - {"proof.pdf"} == {"cards.002.pdf", "manifest.csv"}
    assert "the green lamp" in " ".join(texts(told.folder / "cards.002.pdf"))


def test_a_changed_note_makes_all_again(folder):
    told = made(folder, note=NOTE.replace("so much", "ever so much"))
    assert resumed(told) == 0
    assert "ever so much" in texts(told.folder / "cards.004.pdf")[1]


def test_another_wish_makes_all_again(folder):
    assert resumed(made(folder, None, "--no-key")) == 0
    assert resumed(made(folder, None, "--no-key", "--ink", "black")) == 0
    assert resumed(made(folder, None, "--no-key", "--ink", "black")) == COUNT


def test_more_processes_change_nothing(folder):
    before = files_of(folder / "out")
    assert resumed(made(folder, None, "--jobs", 2)) == COUNT
    two = made(folder, None, "--jobs", 2, out="two")
    assert resumed(two) == 0
    assert files_of(two.folder) == before


def test_fewer_people_leave_no_volume_of_before(folder):
    told = made(folder, people(5))
    assert {name for name in told.names if name.startswith("cards")} == {
        "cards.001.pdf", "cards.002.pdf"
    }  # fmt: skip
    told = made(folder, people(2))
    assert told.names == {"cards.pdf", "envelopes.pdf", "envelope-backs.pdf", "proof.pdf",
                          "manifest.csv"}  # fmt: skip
    told = made(folder)
    assert resumed(told) == 0
    assert "cards.pdf" not in told.names


def test_it_is_told_which_files_of_an_earlier_run_are_no_longer_there(tmp_path):
    assert "earlier run" not in made(tmp_path, people(3)).err
    assert "earlier run" not in made(tmp_path, people(3)).err
    told = made(tmp_path, people(3), "--labels", "avery-5160")
    line = next(line for line in told.err.splitlines() if "earlier run" in line)
    assert re.search(r"replaced .*manifest\.csv", line)
    assert "taken away envelope-backs.pdf, envelopes.pdf" in line
    assert "cards.pdf" not in line
    again = made(tmp_path, [*people(2), ["Xenia", *person(2)[1:]]], "--labels", "avery-5160")
    assert "replaced cards.pdf, labels.pdf" in again.err


def test_files_for_a_press_and_for_home_live_beside_each_other(tmp_path):
    home = files_of(merge(tmp_path, table(people(3))).folder)
    told = merge(tmp_path, table(people(3)), "--press")
    assert "earlier run" not in told.err
    both = files_of(told.folder)
    assert {name: both[name] for name in home} == home
    assert both.keys() - home == {
        "cards.press.pdf", "envelopes.press.pdf", "envelope-backs.press.pdf", "proof.press.pdf",
        "manifest.press.csv",
    }  # fmt: skip
    merge(tmp_path, table(people(2)), "--press", "--per-file", 1)
    after = files_of(merge(tmp_path, table(people(3))).folder)
    assert {name: after[name] for name in home} == home
    assert {"cards.press.001.pdf", "cards.press.002.pdf"} <= after.keys()
    assert "cards.press.pdf" not in after
    told = merge(tmp_path, table(people(1)), "--press", "--one-each", out="each")
    assert "0001 Ana Adams.card.press.pdf" in told.names


def test_one_volume_that_becomes_the_first_of_two_is_not_made_again(tmp_path):
    made(tmp_path, people(PER_FILE))
    told = made(tmp_path, people(PER_FILE + 1))
    assert resumed(told) == PER_FILE
    assert {"cards.001.pdf", "cards.002.pdf"} <= told.names
    assert "cards.pdf" not in told.names


def test_files_of_ones_own_in_the_folder_are_never_touched(folder):
    own = {"list.xlsx": b"mine", "cards.009.pdf": b"mine too", "proof of love.pdf": b"!"}
    for name, data in own.items():
        (folder / "out" / name).write_bytes(data)
    made(folder, people(2))
    made(folder)
    assert {name: (folder / "out" / name).read_bytes() for name in own} == own


@pytest.mark.parametrize("name", ["cards.002.pdf", "manifest.csv", "proof.pdf", "problems.csv"])
def test_a_file_of_ones_own_is_not_replaced_by_one_of_the_merge(tmp_path, name):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(b"mine")
    rows = people(COUNT)
    if name == "problems.csv":
        rows[3][6] = ""
    told = made(tmp_path, rows)
    assert told.code == 1
    assert f'{name}" is there already, and no merge has made it.' in told.err
    assert visible(told.folder) == {name}
    assert (told.folder / name).read_bytes() == b"mine"
    (told.folder / name).rename(tmp_path / "away")
    again = made(tmp_path, rows)
    assert again.code == (2 if name == "problems.csv" else 0)


def test_a_picture_that_was_changed_is_seen_wherever_it_lies(tmp_path):
    (tmp_path / "pictures").mkdir()
    for name, colour in (("a", "red"), ("b", "blue")):
        Image.new("RGB", (900, 1200), colour).save(tmp_path / "pictures" / f"{name}.png")
    note = NOTE.replace("card: a2", "card: a2\nart: pictures/{{ picture }}.png")
    headers = ("First Name", "Gift", "Picture")
    rows = [["Ana", "a mug", "a"], ["Ben", "a bowl", "b"], ["Cleo", "a lamp", "a"]]

    def again():
        return merge(
            tmp_path, table(rows, headers), "--per-file", 1, "--no-envelope", note=note
        )  # fmt: skip

    assert again().code == 0
    assert resumed(again()) == 3
    Image.new("RGB", (900, 1201), "green").save(tmp_path / "pictures" / "b.png")
    assert resumed(again()) == 2
    (tmp_path / "pictures" / "b.png").unlink()
    told = again()
    assert told.code == 2
    assert "row 2" in told.err


def test_two_merges_at_once_do_not_meet_in_one_folder(folder, monkeypatch):
    monkeypatch.setattr("fairhand.job.merge.lock._WAIT", 0.2)
    before = files_of(folder / "out")
    fcntl = pytest.importorskip("fcntl")
    with (folder / "out" / ".fairhand-merge" / "all" / "lock").open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        told = made(folder, people(5))
    assert told.code == 1
    assert "Another merge is at work" in told.err
    assert files_of(folder / "out") == before
    assert made(folder, people(5)).code == 0


def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "out").write_bytes(b"a file")
    told = made(tmp_path)
    assert (told.code, told.out) == (1, "")
    assert "there is a file of that name" in told.err
    assert (tmp_path / "out").read_bytes() == b"a file"


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(stat.S_IRUSR | stat.S_IXUSR)
    told = made(tmp_path)
    assert told.code == 1
    assert "cannot be written" in told.err or "Nothing can be written" in told.err


def test_the_table_may_lie_in_the_folder_and_stays_as_it_is(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    data = table(people(4))
    (out / "people.csv").write_bytes(data)
    (tmp_path / "note.md").write_text(NOTE)
    for _ in range(2):
        told = run("merge", tmp_path / "note.md", out / "people.csv", "-o", out, folder=out)
        assert told.code == 0, told.err
        assert (out / "people.csv").read_bytes() == data


def test_no_answer_depends_on_where_the_folder_is(tmp_path, folder):
    told = made(tmp_path / "elsewhere", out="a b ü")
    assert files_of(told.folder) == files_of(folder / "out")
