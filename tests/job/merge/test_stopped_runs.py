"""A merge that is killed, interrupted or out of room goes on where it stopped."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from job.merge.merging import NOTE, begun, files_of, merge, people, run, table, visible

COUNT, PER_FILE = 160, 10
HIDDEN = Path(".fairhand-merge") / "all"
LONGEST = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stopped")
    (folder / "note.md").write_text(NOTE)
    (folder / "people.csv").write_bytes(table(people(COUNT)))
    return folder


@pytest.fixture(scope="module")
def whole(folder):
    """The files of a run that nobody stopped, in another folder."""
    told = merge(folder, table(people(COUNT)), "--per-file", PER_FILE, out="whole")
    assert told.code == 0, told.err
    return files_of(told.folder)


def arguments(folder, out, jobs):
    return ("merge", folder / "note.md", folder / "people.csv", "-o", out, "--jobs", jobs,
            "--per-file", PER_FILE)  # fmt: skip


def until(is_so, what):
    end = time.monotonic() + LONGEST
    while not is_so():
        assert time.monotonic() < end, f"{what} within {LONGEST} s"
        time.sleep(0.01)


def lines_of(journal):
    return [line for line in journal.read_bytes().split(b"\n") if line] if journal.exists() else []


def stopped_in_the_middle(folder, out, jobs, how):
    """Start a merge, stop it when two volumes are finished; return it and its children."""
    process = begun(*arguments(folder, out, jobs))
    until(lambda: len(lines_of(out / HIDDEN / "journal.jsonl")) >= 2, "two volumes are finished")
    children = children_of(process.pid)
    process.send_signal(how)
    _, told = process.communicate(timeout=LONGEST)
    return process.returncode, told.decode(), children


def children_of(parent):
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def is_alive(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def finished_in(out):
    return {json.loads(line)["number"] for line in lines_of(out / HIDDEN / "journal.jsonl")}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_started_again_it_makes_the_rest_and_the_same_bytes(folder, whole, jobs, how):
    out = folder / f"{how.name}-{jobs}"
    code, told, children = stopped_in_the_middle(folder, out, jobs, how)
    assert code != 0
    assert len(children) == (jobs if jobs > 1 else 0)
    assert not visible(out), "nothing is in sight before all is good"
    until(lambda: not any(map(is_alive, children)), "no process lives on")
    if how != signal.SIGKILL:
        assert code == 1
        assert told.index("Stopping after the volumes") < told.index("fairhand: Stopped")
        assert "goes on where it stopped" in told
        assert "Traceback" not in told
    finished = finished_in(out)
    assert 2 <= len(finished) < COUNT // PER_FILE
    again = run(*arguments(folder, out, 1), folder=out)
    assert again.code == 0, again.err
    assert f"({PER_FILE * len(finished)} were there from before)" in again.err
    assert files_of(out) == whole


def test_nothing_but_the_journal_is_left_of_a_killed_run(folder, whole):
    out = folder / "SIGKILL-2"
    assert {path.name for path in out.iterdir()} == {*whole, ".fairhand-merge"}
    assert {path.name for path in (out / HIDDEN).iterdir()} <= {
        "journal.jsonl", "published.json", "lock"
    }  # fmt: skip


def test_a_finished_merge_started_again_makes_nothing(folder, whole):
    out = folder / "whole"
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("cards.*")}
    told = run(*arguments(folder, out, 1), folder=out)
    assert f"{COUNT} cards made ({COUNT} were there from before)" in told.err
    assert files_of(out) == whole
    assert times == {path.name: path.stat().st_mtime_ns for path in out.glob("cards.*")}


def test_a_torn_journal_and_torn_files_are_made_again(folder, whole, tmp_path):
    out = folder / "torn"
    stopped_in_the_middle(folder, out, 1, signal.SIGKILL)
    journal = out / HIDDEN / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-40])
    card = out / HIDDEN / "cards.001.pdf"
    card.write_bytes(card.read_bytes()[:-100])
    (out / HIDDEN / ".fairhand.left").write_bytes(b"half")
    told = run(*arguments(folder, out, 1), folder=out)
    assert told.code == 0
    assert files_of(out) == whole
    assert not (out / HIDDEN / ".fairhand.left").exists()


def test_a_file_that_somebody_spoiled_afterwards_is_made_again(folder, whole):
    out = folder / "whole"
    (out / "envelopes.003.pdf").write_bytes(b"%PDF-1.4 nothing")
    (out / "cards.005.pdf").unlink()
    told = run(*arguments(folder, out, 1), folder=out)
    assert f"{COUNT - 2 * PER_FILE} were there from before" in told.err
    assert files_of(out) == whole


def test_what_another_note_left_behind_is_not_taken_for_this_one(folder, whole):
    """A run with other words is killed; then the first words come back."""
    out = folder / "whole"
    (folder / "note.md").write_text(NOTE.replace("so much", "ever so much"))
    try:
        stopped_in_the_middle_again = begun(*arguments(folder, out, 1))
        until((out / HIDDEN / "cards.001.pdf").exists, "another cards.001.pdf is made")
        stopped_in_the_middle_again.kill()
        stopped_in_the_middle_again.communicate()
    finally:
        (folder / "note.md").write_text(NOTE)
    told = run(*arguments(folder, out, 1), folder=out)
    assert told.code == 0
    assert files_of(out) == whole


def test_a_full_disk_is_one_sentence_and_the_rest_is_made_when_there_is_room(
    folder, whole, monkeypatch
):
    out = folder / "full"
    written = os.fdopen
    left = 350_000

    class Full:
        def __init__(self, handle, mode):
            self.stream = written(handle, mode)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.stream.close()

        def write(self, data):
            nonlocal left
            left -= len(data)
            if left < 0:
                self.stream.write(data[: len(data) // 2])
                raise OSError(28, "No space left on device")
            self.stream.write(data)

    with monkeypatch.context() as patch:
        patch.setattr("fairhand.output.save.os.fdopen", Full)
        told = run(*arguments(folder, out, 1), folder=out)
    assert told.code == 1
    said = told.err.splitlines()[-2:]
    assert re.fullmatch(r'fairhand: ".*" cannot be written: No space left on device\.', said[0])
    assert "Make room" in said[1]
    assert told.out == ""
    assert not visible(out)
    assert not list((out / HIDDEN).glob(".fairhand.*")), "half files are taken away"
    finished = finished_in(out)
    assert finished
    again = run(*arguments(folder, out, 1), folder=out)
    assert again.code == 0
    assert f"{PER_FILE * len(finished)} were there from before" in again.err
    assert files_of(out) == whole


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk")
def test_a_real_small_disk_fills_and_the_merge_says_so(folder):
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        told = run(*arguments(folder, disk / "out", 1), folder=disk / "out")
        assert told.code == 1
        assert "No space left on device" in told.err
        assert "Make room" in told.err
        assert "Traceback" not in told.err
    finally:
        subprocess.run(["umount", disk], check=True)
