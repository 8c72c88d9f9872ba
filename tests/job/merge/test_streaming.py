"""Any number of people comes through a pipe, in bounded memory, and only file names go out."""

import json
import os
import re
import subprocess
import sys

import pytest
from job.merge.merging import NOTE, begun, manifest, merge, people, person, run, table, texts

FEW, MANY = 500, 3000
SHORT = "Dear {{ first_name }},\n\nThank you.\n\nLove,\nTom\n"
MEASURED = """\
import sys
from fairhand.cli import main
try:
    main(sys.argv[1:])
finally:
    print(open("/proc/self/status").read(), file=sys.stderr)
"""
"""The high-water mark of this process alone; that of getrusage may be its parent's."""


def through_a_pipe(folder, count):
    (folder / "note.md").write_text(SHORT)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "merge", folder / "note.md", "-", "-o", folder / "out",
         "--jobs", "1", "--per-file", "250", "--no-envelope"],
        input=table(people(count)), capture_output=True, timeout=300,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_3000_rows_through_a_pipe_take_no_more_memory_than_500(tmp_path):
    peaks = {}
    for count in (FEW, MANY):
        folder = tmp_path / str(count)
        folder.mkdir()
        code, out, told = through_a_pipe(folder, count)
        assert code == 0, told
        peaks[count] = int(re.search(r"^VmHWM:\s+(\d+) kB", told, re.MULTILINE)[1])
        lines = manifest(folder / "out")
        assert [int(line["row"]) for line in lines] == list(range(1, count + 1))
        assert all((folder / "out" / line["cards file"]).is_file() for line in lines[::100])
        for path in out.splitlines():
            assert path.startswith(str(folder / "out"))
        assert len(out.splitlines()) == count // 250 + 2
    assert peaks[MANY] < 1.15 * peaks[FEW], peaks
    assert peaks[MANY] < 400_000
    words = texts(tmp_path / "3000" / "out" / "cards.012.pdf")
    assert f"Dear {person(2999)[0]}," in words[-1]


def test_a_pipe_and_a_file_give_the_same_bytes(tmp_path):
    data = table(people(7))
    file = merge(tmp_path, data)
    pipe = run("merge", tmp_path / "note.md", "-", "-o", tmp_path / "pipe", "--jobs", 1,
               folder=tmp_path / "pipe", stdin=data)  # fmt: skip
    assert pipe.code == 0
    for name in file.names:
        assert (pipe.folder / name).read_bytes() == (file.folder / name).read_bytes()


def test_the_note_may_come_through_the_pipe_instead(tmp_path):
    merge(tmp_path, table(people(3)))
    told = run("merge", "-", tmp_path / "people.csv", "-o", tmp_path / "pipe",
               folder=tmp_path / "pipe", stdin=NOTE.encode())  # fmt: skip
    assert told.code == 0, told.err
    assert texts(told.folder / "cards.pdf") == texts(tmp_path / "out" / "cards.pdf")


def test_both_through_one_pipe_is_refused(tmp_path):
    told = run("merge", "-", "-", "-o", tmp_path / "out", folder=tmp_path, stdin=NOTE.encode())
    assert told.code == 2
    assert "cannot both come from standard input" in told.err


def test_standard_output_has_file_names_only(tmp_path):
    told = merge(tmp_path, table(people(3)))
    assert {line.rpartition("/")[2] for line in told.out.splitlines()} == told.names
    assert "Read as UTF-8" in told.err


def test_json_tells_all_of_it(tmp_path):
    rows = people(5)
    rows[2][6] = ""
    told = merge(tmp_path, table(rows), "--skip-bad", "--json")
    data = json.loads(told.out)
    assert (data["cards"], data["left_out"], data["resumed"]) == (4, 1, 0)
    assert {path.rpartition("/")[2] for path in data["files"]} == told.names
    problem = data["problems"][0]
    assert (problem["row"], problem["line"], problem["field"]) == (3, 4, "gift")
    assert problem["warning"] is False
    told = merge(tmp_path, table(rows), "--json")
    assert told.code == 2
    assert json.loads(told.out)["cards"] == 0


def test_off_a_terminal_a_line_tells_now_and_then_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("fairhand.cli.progress._EVERY_ELSEWHERE", 0.0)
    told = merge(tmp_path, table(people(6)), "--per-file", 2)
    lines = [line for line in told.err.splitlines() if re.match(r"\d+ cards, ", line)]
    assert [int(line.split()[0]) for line in lines] == [2, 4, 6]
    assert all("a second" in line for line in lines)
    assert "\r" not in told.err
    assert "\x1b" not in told.err


def test_a_quick_merge_says_nothing_on_the_way(tmp_path):
    told = merge(tmp_path, table(people(6)), "--per-file", 2)
    assert not re.search(r"a second", told.err)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_there_is_a_bar_with_the_time_left(tmp_path, monkeypatch):
    import pty

    monkeypatch.delenv("CI", raising=False)
    merge(tmp_path, table(people(400)), "--rows", "1")
    above, below = pty.openpty()
    process = begun("merge", tmp_path / "note.md", tmp_path / "people.csv", "-o",
                    tmp_path / "bar", "--jobs", 1, "--per-file", 40, "--no-envelope",
                    stderr=below)  # fmt: skip
    os.close(below)
    shown = b""
    try:
        while part := os.read(above, 65536):
            shown += part
    except OSError:
        pass
    process.communicate()
    os.close(above)
    assert process.returncode == 0
    bars = re.findall(rb"\[(#*)\.*\] (\d+) of 400 cards", shown)
    assert bars
    assert re.search(rb"a second, \d+:\d\d left", shown)
    assert shown.rstrip().endswith(b"before you use paper.")
