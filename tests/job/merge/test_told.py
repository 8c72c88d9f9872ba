"""What a program is told and may give, and rows that are looked at before a merge."""

import json

import pytest
from job.merge.merging import HEADERS, NOTE, manifest, merge, people, run, table, texts
from PIL import Image

import fairhand
from fairhand.errors import InputError


@pytest.fixture
def folder(tmp_path):
    rows = people(4)
    rows[2][6] = ""
    (tmp_path / "note.md").write_text(NOTE)
    (tmp_path / "people.csv").write_bytes(table(people(4)))
    (tmp_path / "bad.csv").write_bytes(table(rows))
    return tmp_path


def test_json_tells_how_the_table_was_read_and_what_the_person_is_told(tmp_path):
    told = merge(tmp_path, table(people(4)), "--hand", "nothing-you-could-do", "--json")
    found = json.loads(told.out)
    assert (found["cards"], found["left_out"], found["card"]) == (4, 0, "a2")
    assert found["columns"]["postcode"] == ["ZIP"]
    assert any("UTF-8" in notice for notice in found["notices"])
    assert any("Playpen Sans" in notice for notice in found["notices"])
    assert any("100 %" in line for line in found["printing"])
    assert {path.rpartition("/")[2] for path in found["files"]} == told.names
    assert "error" not in found


def test_json_tells_of_bad_rows_and_of_wrong_wishes_with_the_same_exit_code(tmp_path):
    rows = people(4)
    rows[2][6] = ""
    told = merge(tmp_path, table(rows), "--json")
    found = json.loads(told.out)
    assert told.code == 2
    assert found["cards"] == 0
    assert "cannot be made as written" in found["error"]
    assert "--skip-bad" in found["hint"]
    assert [one["row"] for one in found["problems"]] == [3]
    told = merge(tmp_path, table(rows), "--json", "--card", "no-such-card")
    found = json.loads(told.out)
    assert told.code == 2
    assert "no-such-card" in found["error"]
    assert found["error"] in told.err
    (tmp_path / "taken").write_bytes(b"")
    told = merge(tmp_path, table(people(1)), "--json", out="taken")
    assert told.code == 1
    assert "there is a file of that name" in json.loads(told.out)["error"]


@pytest.mark.parametrize(
    "rows", ["1-2", [1, 2], (1, 2), range(1, 3), iter([2, 1])], ids=lambda rows: type(rows).__name__
)
def test_rows_may_be_numbers(folder, rows):
    made = fairhand.merge(folder / "note.md", folder / "people.csv", output=folder / "o", rows=rows)
    assert made.cards == 2
    assert [line["row"] for line in manifest(folder / "o", "manifest.rows-1-2.csv")] == ["1", "2"]


def test_people_may_be_mappings(folder):
    rows = [dict(zip(HEADERS, row, strict=True)) for row in people(4)]
    made = fairhand.merge(folder / "note.md", iter(rows), output=str(folder / "a"))
    assert made.cards == 4
    fairhand.merge(str(folder / "note.md"), str(folder / "people.csv"), output=folder / "b")
    for name in ("cards.pdf", "envelopes.pdf"):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rows": 1.5}, "rows"), ({"rows": ["1"]}, "rows"), ({"rows": True}, "rows"),
        ({"people": 7}, "people"), ({"people": []}, "people"), ({"people": [1]}, "people"),
        ({"note": None}, "note"), ({"output": 3}, "output"), ({"columns": "name"}, "columns"),
        ({"columns": {"name": 1}}, "columns"), ({"per_file": 0}, "per_file"),
        ({"per_file": "9"}, "per_file"), ({"jobs": True}, "jobs"), ({"skip_bad": 1}, "skip_bad"),
        ({"envelopes": "no"}, "envelopes"), ({"labels": "avery-5160"}, "--labels"),
        ({"no_envelope": True}, "envelopes=False"), ({"nonsense": 1}, "nonsense"),
    ],
)  # fmt: skip
def test_what_is_not_of_its_kind_is_one_sentence(folder, wrong, told):
    given = {"note": folder / "note.md", "people": folder / "people.csv", "output": folder / "o"}
    given |= wrong
    with pytest.raises(InputError) as caught:
        fairhand.merge(given.pop("note"), given.pop("people"), **given)
    assert told in f"{caught.value.message} {caught.value.hint}"
    assert not (folder / "o").exists()


def test_check_looks_at_all_rows_and_makes_nothing(folder):
    before = sorted(path.name for path in folder.iterdir())
    good = run("check", folder / "note.md", "--for", folder / "people.csv")
    assert good.code == 0, good.err
    assert "4 of 4 rows are good" in good.out
    bad = run("check", folder / "note.md", "--for", folder / "bad.csv")
    assert bad.code == 2
    assert "row 3 (line 4), gift" in bad.out
    assert "3 of 4 rows are good; 1 cannot" in bad.out
    found = json.loads(run("check", folder / "note.md", "--for", folder / "bad.csv", "--json").out)
    assert not found["ok"]
    assert [one["row"] for one in found["problems"]] == [3]
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_picture_shows_the_card_of_a_row(folder):
    pictures = {}
    for row in (1, 2):
        told = run("preview", folder / "note.md", "--for", folder / "people.csv", "--row", row,
                   "-o", folder / "p.png")  # fmt: skip
        assert told.code == 0, told.err
        with Image.open(folder / "p.png") as picture:
            pictures[row] = picture.tobytes()
    assert pictures[1] != pictures[2]
    for row, code in ((5, 2), (0, 2)):
        told = run("preview", folder / "note.md", "--for", folder / "people.csv", "--row", row)
        assert told.code == code
    assert "--for" in run("preview", folder / "note.md", "--row", 1).err
    assert "--for" in run("check", folder / "note.md", "--map", "name=Gift").err


def test_a_merged_pdf_is_printed_from_a_viewer(tmp_path):
    told = merge(tmp_path, table(people(1)))
    assert texts(told.folder / "cards.pdf")
    printed = run("print", told.folder / "cards.pdf")
    assert printed.code == 2
    assert "at 100 %" in printed.err
