"""The studio begins, goes on and ends well, whatever happens to its folder and its window."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from conftest import running

ENDINGS = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise there")
@pytest.mark.parametrize("ending", ENDINGS)
def test_however_it_is_ended_what_works_behind_it_ends_too(tmp_path, ending):
    with running(tmp_path) as studio, studio.client() as client:
        note = studio.with_note("Many.md", "---\nto: '{{ name }}'\n---\n\nDear {{ name }},\n\nHi.")
        rows = "".join(f'P{n},"{n} Main Street, Springfield, IL 62701"\n' for n in range(2000))
        table = f"name,address\n{rows}".encode()
        state = client.put(f"{note}/people?name=p.csv", content=table).json()
        assert state["check"]["state"] == "working"
        workers = _children(studio.process.pid)
        studio.process.send_signal(getattr(signal, ending))
        _, said = studio.process.communicate(timeout=30)
        assert studio.process.returncode == 0
        assert "Traceback" not in said
        assert not [one for one in workers if _is_alive(one)]


def test_a_folder_that_is_gone_is_told_in_a_sentence_and_taken_again_when_it_is_back(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    beginning = {"occasion": "", "language": "en", "values": {}}
    with running(folder) as studio, studio.client() as client:
        shutil.rmtree(folder)
        answers = [client.get(""), client.post("begin", json=beginning)]
        for answer in answers:
            assert answer.status_code == 500
            assert "cannot be read" in answer.json()["message"]
        folder.mkdir()
        assert client.get("").status_code == 200
        assert client.post("begin", json=beginning).status_code == 200
        studio.process.terminate()
        assert "Traceback" not in studio.process.communicate(timeout=30)[1]


def _children(parent: int) -> list[int]:
    """Return the processes that another has begun, but for the tracker, which outlives it (Linux).

    After its name in brackets, /proc/N/stat has the state of a process and who began it.
    """
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            told = (entry / "stat").read_text().rpartition(")")[2].split()
            is_tracker = "resource_tracker" in (entry / "cmdline").read_text()
        except OSError:
            continue
        if int(told[1]) == parent and not is_tracker:
            found.append(int(entry.name))
    return found


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
