"""A note and a table as a person works at them: looked at, checked, shown and made."""

import re
import threading
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from job.merge.merging import HEADERS, NOTE, files_of, merge, people, run, table, texts

from fairhand.errors import InputError, StoppedError
from fairhand.job import make as make_card
from fairhand.job.merge.apart import apart
from fairhand.job.merge.session import checked, make, source_of_row, table_of
from fairhand.job.merge.wished import USUAL, Step, Wishes

GOOD = people(9)


def laid(folder, rows=GOOD, note=NOTE, headers=HEADERS):
    """The paths of a note and of its table."""
    folder.mkdir(exist_ok=True, parents=True)
    words, found = folder / "note.md", folder / "people.csv"
    words.write_text(note, encoding="utf-8")
    found.write_bytes(table(rows, headers))
    return words, found


def test_a_word_is_given_the_column_that_it_stands_for_and_the_card_says_it(tmp_path):
    note, found = laid(tmp_path, note=NOTE.replace("gift", "present"))
    assert table_of(note, found, {}).missing == ("present",)
    look = table_of(note, found, {"present": "Gift"})
    assert (look.missing, look.faults, look.columns["present"]) == ((), (), ("Gift",))
    words = source_of_row(note, found, {"present": "Gift"}, 1).note.words
    assert GOOD[0][-1] in words
    assert checked(note, found, {"present": "Gift"}).bad == 0


def test_a_table_is_looked_at_with_what_the_words_want_of_it(tmp_path):
    look = table_of(*laid(tmp_path), {})
    assert (look.headers, look.count, look.faults) == (HEADERS, 9, ())
    assert look.columns["postcode"] == ("ZIP",)
    assert look.columns["name"] == ("First Name", "Last Name")
    assert look.wanted == ("first_name", "gift")
    assert look.missing == look.unused == ()
    found = {one.name: one for one in look.insertable}
    assert found["gift"].column == "Gift"
    assert found["gift"].example == GOOD[0][-1]
    assert found["name"].example == "Ana Adams"
    for one in look.insertable:
        words = NOTE.replace("{{ gift }}", "{{ " + one.name + " }}")
        assert table_of(*laid(tmp_path, note=words), {}).faults == ()


def test_words_that_name_no_column_are_a_fault_of_the_look_until_a_column_is_chosen(tmp_path):
    headers = ("Who", *HEADERS[1:])
    note, found = laid(tmp_path, headers=headers)
    look = table_of(note, found, {})
    assert look.unused == ("Who",)
    assert table_of(note, found, {"first_name": "Who"}).columns["first_name"] == ("Who",)
    note.write_text(NOTE.replace("gift", "present"))
    look = table_of(note, found, {})
    assert look.missing == ("present",)
    assert [one.field for one in look.faults] == ["present"]
    assert set(look.unused) == {"Who", "Gift"}


def test_a_choice_of_a_column_that_is_gone_is_told_and_the_rest_is_looked_at(tmp_path):
    look = table_of(*laid(tmp_path), {"city": "Town", "name": "Gift"})
    assert [one.field for one in look.faults] == ["city"]
    assert "Town" in look.faults[0].message
    assert look.columns["name"] == ("Gift",)
    assert look.columns["city"] == ("City",)


@pytest.mark.parametrize(
    ("note", "field"),
    [("Dear {{ first_name }},\n\nThank you for {{ gift }}.\n", "from"),
     (NOTE.replace("the {{ gift }}", "[what]").replace("Thank you so", "[what: they gave]"), ""),
     (NOTE.replace("{{ gift }}", "{{ gift"), "")],
)  # fmt: skip
def test_a_note_of_which_no_card_can_be_made_does_not_hide_the_table(tmp_path, note, field):
    look = table_of(*laid(tmp_path, note=note), {})
    assert look.count == 9
    assert len(look.insertable) > len(HEADERS) - 1
    assert [one.field for one in look.faults] == [field]
    assert look.faults[0].message
    if field:
        assert look.wanted == ("first_name", "gift")


def test_a_file_that_is_no_table_is_refused(tmp_path):
    note, found = laid(tmp_path)
    found.write_bytes(b"%PDF-1.4\n")
    with pytest.raises(InputError, match="PDF"):
        table_of(note, found, {})


def test_whom_the_note_itself_goes_to_gives_way_to_the_table(tmp_path):
    to = "to:\n  name: Jane Roe\n  address: 1 Old Road\n  city: Hadley\ncard:"
    note, found = laid(tmp_path, note=NOTE.replace("card:", to))
    look = table_of(note, found, {})
    assert look.faults == ()
    assert any("left out" in one for one in look.told)
    assert source_of_row(note, found, {}, 2).note.to.name == "Ben Adams"
    made = checked(note, found, {})
    assert made.bad == 0
    assert any("left out" in one for one in made.told)


def test_who_the_words_name_by_columns_stays(tmp_path):
    to = 'to:\n  name: "{{ first_name }} and family"\ncard:'
    note, found = laid(tmp_path, note=NOTE.replace("card:", to))
    assert source_of_row(note, found, {}, 1).note.to.name == "Ana and family"


def test_the_note_of_a_row_is_that_of_its_card(tmp_path):
    note, found = laid(tmp_path, note=NOTE.replace("card: a2\n", ""))
    for row in (1, 9):
        source = source_of_row(note, found, {}, row)
        assert f"Dear {GOOD[row - 1][0]}," in source.note.words
        assert make_card(source).composed.card.name == checked(note, found, {}).card
    with pytest.raises(InputError, match="no row 10"):
        source_of_row(note, found, {}, 10)


def bad_rows():
    rows = people(12)
    rows[3][5] = ""
    rows[7][-1] = ""
    rows[9] = rows[1]
    return rows


def test_bad_rows_are_those_of_the_command_line(tmp_path):
    note, found = laid(tmp_path, bad_rows())
    look = checked(note, found, {})
    told = merge(tmp_path, table(bad_rows()))
    assert told.code == 2
    assert (look.rows, look.bad) == (12, 3)
    assert [one.row for one in look.faults] == [4, 8, 10]
    assert look.faults[1].field == "gift"
    for one in look.faults:
        assert one.name
        assert one.title in told.err
        assert one.message in told.err
        assert one.hint
    assert not {one.row for one in look.faults} & {one.row for one in look.worst}
    assert checked(note, found, {}, replace(USUAL, keep_duplicates=True)).bad == 2


def test_the_worst_cards_are_those_of_the_proof_and_nothing_is_made(tmp_path):
    rows = people(30)
    rows[20][-1] = "the very long scarf of red wool that you have knitted for all of us"
    rows[11][2] = "Flat 2\nThe Old Mill\n12 Main Street"
    rows[5][0] = "Zoë"
    note, found = laid(tmp_path, rows)
    before = sorted(tmp_path.iterdir())
    look = checked(note, found, {})
    assert sorted(tmp_path.iterdir()) == before
    assert merge(tmp_path, table(rows)).code == 0
    proof = texts(tmp_path / "out" / "proof.pdf")
    shown = [int(re.match(r"Row (\d+) of 30", one)[1]) for one in proof]
    assert [one.row for one in look.worst] == shown
    for one, page in zip(look.worst, proof, strict=True):
        assert f"Shown as {one.why};" in page
        assert one.name == one.source.note.to.name
        assert one.source == source_of_row(note, found, {}, one.row)


def test_a_check_tells_how_far_it_is_and_stops_when_it_is_asked(tmp_path):
    note, found = laid(tmp_path)
    steps = []
    checked(note, found, {}, observe=steps.append)
    assert [one.rows for one in steps] == list(range(1, 10))
    assert {one.count for one in steps} == {9}
    seen = []
    with pytest.raises(StoppedError):
        checked(note, found, {}, observe=seen.append, is_stopping=lambda: len(seen) >= 4)
    assert len(seen) == 4


def test_two_hundred_rows_are_looked_at_before_one_waits_for_them(tmp_path):
    sample = Path(__file__).parents[3] / "samples" / "after-rejection" / "note.md"
    note, found = laid(tmp_path, people(200), sample.read_text(encoding="utf-8"))
    start = process_time()
    assert checked(note, found, {}).rows == 200
    assert process_time() - start < 2


def test_what_is_made_is_what_the_command_line_makes(tmp_path):
    note, found = laid(tmp_path)
    steps = []
    made = make(note, found, {}, tmp_path / "made", USUAL, steps.append)
    assert merge(tmp_path, table(GOOD)).code == 0
    assert files_of(tmp_path / "made") == files_of(tmp_path / "out")
    assert made.cards == 9
    assert {one.path.name for one in made.files} == files_of(tmp_path / "made").keys()
    assert all(one.size == one.path.stat().st_size for one in made.files)
    assert "Cards" in [one.title for one in made.files]
    assert made.printing
    cards = [one.cards for one in steps]
    assert cards == sorted(cards)
    assert len(set(cards)) >= 9
    assert steps[-1] == Step(9, 9, 0, 0, 9)


def test_nothing_that_is_told_names_an_option(tmp_path):
    """The small table tells of its card, of the address's hand, of the key and of the columns."""
    headers = ("First Name", "Last Name", "Street 1", "Where", "State", "Zip Code 2", "Gift")
    auto = NOTE.replace("card: a2\n", "hand: mynerve\n")
    for headings, note in ((HEADERS, auto), (headers, NOTE)):
        given = (*laid(tmp_path, note=note, headers=headings), {})
        look, found = table_of(*given), checked(*given)
        made = make(*given, tmp_path / "made")
        told = [*look.told, *found.told, *found.notices, *made.notices, *made.printing]
        for one in (*look.faults, *found.faults, *found.warnings, *made.faults, *made.warnings):
            told += [one.message, one.hint]
        assert told
        assert not any(re.search(r"(?<![\w-])--|fairhand", one) for one in told)
    assert any("Zip Code 2" in one or "Where" in one for one in told)


WAYS = {
    "labels": (Wishes(companion="labels", labels="avery-5160", start=7),
               ("--labels", "avery-5160", "--start", 7)),
    "cards": (Wishes(companion="none"), ("--no-envelope",)),
    "on": (Wishes(on="letter", start=1), ("--on", "letter")),
    "twice": (Wishes(on="letter", companion="labels", labels="avery-5160", start=3),
              ("--on", "letter", "--labels", "avery-5160", "--label-start", 3)),
    "press": (Wishes(press=True), ("--press",)),
    "skip": (Wishes(skip_bad=True, keep_duplicates=True), ("--skip-bad", "--keep-duplicates")),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_each_wish_is_an_option_of_the_command_line(tmp_path, way):
    wishes, options = WAYS[way]
    rows = bad_rows() if way == "skip" else people(4)
    note, found = laid(tmp_path, rows)
    made = make(note, found, {}, tmp_path / "made", wishes)
    assert merge(tmp_path, table(rows), *options).code == 0
    assert files_of(tmp_path / "made") == files_of(tmp_path / "out")
    assert made.left_out == (2 if way == "skip" else 0)


def test_wishes_that_do_not_go_together_are_refused(tmp_path):
    note, found = laid(tmp_path)
    for wishes in (Wishes(press=True, on="letter"), Wishes(on="a7"), Wishes(on="no-such"),
                   Wishes(companion="labels", labels="no-such"),
                   Wishes(companion="labels", labels=str(tmp_path / "my.toml"))):  # fmt: skip
        with pytest.raises(InputError):
            make(note, found, {}, tmp_path / "made", wishes)
    assert not (tmp_path / "made").exists()


def test_bad_rows_that_are_not_to_be_left_out_make_no_card_and_are_listed(tmp_path):
    note, found = laid(tmp_path, bad_rows())
    made = make(note, found, {}, tmp_path / "made")
    assert (made.cards, made.left_out) == (0, 3)
    assert [one.path.name for one in made.files] == ["problems.csv"]
    assert {one.row for one in made.faults} == {4, 8, 10}


def test_what_was_finished_before_it_was_stopped_is_not_made_again(tmp_path):
    """501 people are two volumes; the second is not begun."""
    note, found = laid(tmp_path, people(501))
    steps = []
    out = tmp_path / "made"
    with pytest.raises(StoppedError, match="500"):
        make(note, found, {}, out, USUAL, steps.append, lambda: bool(steps))
    made = make(note, found, {}, out)
    assert (made.cards, made.resumed) == (501, 500)


def test_another_process_makes_the_same_from_any_thread_and_tells_its_steps(tmp_path):
    note, found = laid(tmp_path)
    steps, results = [], []

    def work():
        results.append(apart(make, note, found, {}, tmp_path / "apart", observe=steps.append))
        results.append(apart(checked, note, found, {}))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    made, look = results
    here = make(note, found, {}, tmp_path / "here")
    assert files_of(tmp_path / "apart") == files_of(tmp_path / "here")
    assert replace(made, files=()) == replace(here, files=())
    assert look == checked(note, found, {})
    assert steps
    assert all(isinstance(one, Step) for one in steps)


def test_what_is_wrong_in_another_process_is_told_as_here(tmp_path):
    note, found = laid(tmp_path)
    note.write_text("Dear {{ first_name }},\n\nThank you.\n")
    errors = []
    for ask in (apart, lambda work, *given: work(*given)):
        with pytest.raises(InputError) as caught:
            ask(checked, note, found, {})
        errors.append((str(caught.value), caught.value.hint, caught.value.field))
    assert errors[0] == errors[1]
    assert errors[0][2] == "from"


def test_another_process_stops_when_it_is_asked(tmp_path):
    note, found = laid(tmp_path, people(1001))
    steps = []
    with pytest.raises(StoppedError):
        apart(make, note, found, {}, tmp_path / "made", observe=steps.append,
              is_stopping=lambda: bool(steps))  # fmt: skip
    assert not files_of(tmp_path / "made")
    assert make(note, found, {}, tmp_path / "made").resumed in (0, 500, 1000)


def test_two_threads_that_fill_in_words_do_not_mix_what_each_of_them_lacks(tmp_path):
    """Each row of one table lacks its gift, each of the other its first name."""
    lacking = {"gift": 6, "first_name": 0}
    found = {}
    for field, column in lacking.items():
        rows = people(60)
        for row in rows:
            row[column] = ""
        found[field] = laid(tmp_path / field, rows)
    results = {}

    def look(field):
        results[field] = {one.field for one in checked(*found[field], {}).faults}

    threads = [threading.Thread(target=look, args=(field,)) for field in lacking]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert results == {"gift": {"gift"}, "first_name": {"first_name"}}


def test_the_command_line_shows_the_row_that_a_page_shows(tmp_path):
    note, found = laid(tmp_path)
    picture = tmp_path / "row.png"
    assert run("preview", note, "--for", found, "--row", 3, "-o", picture, "--dpi", 40).code == 0
    with pytest.raises(InputError):
        source_of_row(note, found, {}, 99)
    assert run("preview", note, "--for", found, "--row", 99).code == 2
    assert picture.exists()
