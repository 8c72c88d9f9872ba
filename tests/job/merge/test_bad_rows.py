"""Bad rows speak first: all of them, by row, in words, in one run, and before any PDF."""

import re

import pytest
from job.merge.merging import HEADERS, files_of, manifest, merge, people, problems, table, texts

COLUMNS = (*HEADERS, "Hand", "Card", "Art")
FAULTS = {
    7: ("First Name", "", "empty cell", "first_name"),
    23: ("Gift", "", "empty cell", "gift"),
    41: ("Gift", "[what they gave]", "blank left", "gift"),
    58: ("Gift", "{{ gift }}", "blank left", "gift"),
    74: ("First Name", "#N/A", "leftover of a program", "first_name"),
    90: ("First Name", "Ji\x07m", "bad character", "first_name"),
    105: ("Gift", "the tea 茶", "missing letter", ""),
    119: ("Gift", "the long talk " * 400, "does not fit", ""),
    133: ("ZIP", "", "bad address", "postcode"),
    150: ("Hand", "scribble", "bad setting", "hand"),
    171: ("Art", "../../etc/passwd", "file outside", "art"),
    199: ("all", 12, "duplicate", "name"),
}
"""Row, its column and what is planted there, the kind of fault and the field that is named."""


def spoiled():
    rows = [[*row, "", "", ""] for row in people(200)]
    for number, (column, planted, _, _) in FAULTS.items():
        if column == "all":
            rows[number - 1] = list(rows[planted - 1])
        else:
            rows[number - 1][COLUMNS.index(column)] = planted
    return table(rows, COLUMNS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bad")


@pytest.fixture(scope="module")
def stopped(folder):
    return merge(folder, spoiled())


@pytest.fixture(scope="module")
def skipped(folder, stopped):
    return merge(folder, spoiled(), "--skip-bad", out="skipped")


def test_twelve_planted_faults_are_all_found_in_one_run_and_nothing_else(stopped):
    found = problems(stopped.folder)
    assert [int(one["row"]) for one in found] == list(FAULTS)
    for one, (number, (_, _, kind, field)) in zip(found, FAULTS.items(), strict=True):
        assert one["kind"] == kind, one
        assert field in one["field"], one
        assert int(one["line"]) == number + 1


def test_an_address_in_the_wrong_post_is_told_once(tmp_path):
    rows = [[*people(1)[0], "Germany"]]
    rows[0][HEADERS.index("City")], rows[0][HEADERS.index("State")] = "APO", "AE"
    told = merge(tmp_path, table(rows, (*HEADERS, "Country")))
    assert [one["kind"] for one in problems(told.folder)] == ["bad address"]


def test_no_pdf_is_there_before_all_rows_are_good(stopped):
    assert stopped.code == 2
    assert stopped.names == {"problems.csv"}
    assert "No card was made" in stopped.err
    assert stopped.out.splitlines() == [str(stopped.folder / "problems.csv")]


def test_the_terminal_names_every_bad_row_too(stopped):
    for number in FAULTS:
        assert re.search(rf"row {number} \(line {number + 1}\)", stopped.err)
    assert "Traceback" not in stopped.err


def test_each_problem_is_a_sentence_with_a_way_out(stopped):
    for one in problems(stopped.folder):
        assert one["problem"].strip().endswith((".", "?"))
        assert len(one["what to do"].split()) > 2
        assert not re.search(r"Error|Exception|undefined|None|pydantic|jinja", one["problem"])


def test_skip_bad_makes_all_others_and_counts_the_rest(skipped):
    assert skipped.code == 0
    assert "188 cards made" in skipped.err
    assert "12 rows left out" in skipped.err
    rows = [int(one["row"]) for one in manifest(skipped.folder)]
    assert rows == [number for number in range(1, 201) if number not in FAULTS]
    assert {int(one["row"]) for one in problems(skipped.folder)} == FAULTS.keys()


def test_of_a_skipped_row_nothing_stands_in_any_file(skipped):
    words = " ".join(texts(skipped.folder / "cards.pdf"))
    assert not re.search(r"None|undefined|\{\{|Dear ,|#N/A|scribble|what they gave", words)
    keys = re.findall(r"\b0\d{3}\b", words)
    assert not {f"{number:04d}" for number in FAULTS} & set(keys)
    assert len(keys) == 188


def test_a_mended_table_is_made_at_once_in_the_same_folder(tmp_path):
    rows = people(6)
    bad = [list(row) for row in rows]
    bad[4][6] = ""
    assert merge(tmp_path, table(bad), "--per-file", 2).code == 2
    told = merge(tmp_path, table(rows), "--per-file", 2)
    assert told.code == 0
    assert "problems.csv" not in told.names
    assert "4 were there from before" in told.err


def test_a_bad_row_leaves_what_an_earlier_run_made_as_it_was_and_says_so(tmp_path):
    rows = people(6)
    before = merge(tmp_path, table(rows), "--per-file", 2)
    assert before.code == 0
    assert "earlier run" not in before.err
    made = files_of(before.folder)
    bad = [list(row) for row in rows]
    bad[0][6], bad[5][0] = "another gift", ""
    for _ in range(2):
        told = merge(tmp_path, table(bad), "--per-file", 2)
        assert told.code == 2
        assert "are as they were" in told.err
        assert [line for line in told.out.splitlines() if "problems" not in line] == []
        after = files_of(told.folder)
        assert after.pop("problems.csv")
        assert after == made
    again = merge(tmp_path, table(rows), "--per-file", 2)
    assert again.code == 0
    assert "6 were there from before" in again.err
    assert "taken away problems.csv" in again.err
    assert files_of(again.folder) == made


def test_a_table_in_which_nothing_is_right_is_told_with_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr("fairhand.job.merge.run.MOST_BAD", 20)
    rows = [[*row[:6], ""] for row in people(60)]
    told = merge(tmp_path, table(rows), "--per-file", 10)
    assert told.code == 2
    assert "More than 20 rows are bad" in told.err


def test_all_bad_and_skipped_is_no_success(tmp_path):
    rows = [[*row[:6], ""] for row in people(3)]
    told = merge(tmp_path, table(rows), "--skip-bad")
    assert told.code == 2
    assert told.names == {"problems.csv"}


def test_the_list_of_problems_names_everybody_and_says_who_has_a_card(tmp_path):
    rows = people(4)
    rows[1][-1] = ""
    rows[2][5] = "99501"
    rows[3] = list(rows[0])
    names = [" ".join(row[:2]) for row in rows]
    stopped = merge(tmp_path, table(rows))
    assert stopped.code == 2
    assert {one["made"] for one in problems(stopped.folder)} == {"no"}
    told = merge(tmp_path, table(rows), "--skip-bad")
    assert told.code == 0, told.err
    found = {one["row"]: (one["name"], one["made"]) for one in problems(told.folder)}
    expected = {2: (names[1], "no"), 3: (names[2], "yes"), 4: (names[3], "no")}
    assert {row: found[str(row)] for row in expected} == expected
