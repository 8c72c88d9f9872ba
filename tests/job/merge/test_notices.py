"""What `fairhand write` tells of a card is told by a merge: once for all, or of its row."""

import re

import pytest
from job.merge.merging import HEADERS, NOTE, merge, people, problems, run, table, texts

CODE = "00 123 123456 123456789 "
COUNT = 12
WRONG_CODE, OTHER_LETTER, ODD_POSTCODE = 5, 8, 11


def rows(count=COUNT):
    return [[*row, CODE + row[5]] for row in people(count)]


def merged(folder, made, *options, note=NOTE, **how):
    return merge(folder, table(made, (*HEADERS, "imb")), *options, note=note, **how)


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    made = rows()
    made[WRONG_CODE - 1][7] = CODE + "99501"
    made[OTHER_LETTER - 1][0] = "Владимир"
    note = NOTE.replace("card: a2", "card: a2\naddress_hand: mynerve").replace(
        "Dear {{ first_name }},", "Dear friend,"
    )
    told = merged(tmp_path_factory.mktemp("odd"), made, note=note)
    assert told.code == 0, told.err
    return told


def test_a_hand_for_machines_is_told_once_though_few_rows_need_it(tmp_path):
    made = [[*row, "homemade-apple" if number < 4 else "playpen-sans"]
            for number, row in enumerate(people(COUNT))]  # fmt: skip
    told = merge(tmp_path, table(made, (*HEADERS, "Hand")))
    assert told.code == 0, told.err
    assert f"In 4 of {COUNT} rows: The envelope is addressed in Playpen Sans" in told.err
    assert not (told.folder / "problems.csv").exists()


def test_a_barcode_for_another_address_is_told_with_its_row(odd):
    line = next(one for one in problems(odd.folder) if one["kind"] == "odd barcode")
    assert int(line["row"]) == WRONG_CODE
    assert "99501" in line["problem"]
    assert re.search(rf"row {WRONG_CODE} .*99501", odd.err)


def test_a_row_that_another_hand_addresses_is_told(odd):
    line = next(one for one in problems(odd.folder) if one["kind"] == "another hand")
    assert int(line["row"]) == OTHER_LETTER
    assert "Mynerve has no" in line["problem"]


def test_rows_that_were_warned_of_stand_first_in_the_proof(odd):
    pages = texts(odd.folder / "proof.pdf")[:2]
    shown = {int(re.match(r"Row (\d+)", page)[1]): page for page in pages}
    assert shown.keys() == {WRONG_CODE, OTHER_LETTER}
    assert "Shown as odd barcode" in shown[WRONG_CODE]
    assert "Shown as another hand" in shown[OTHER_LETTER]


def test_no_more_than_two_rows_of_a_kind_of_warning_are_shown_for_it(tmp_path):
    made = rows(40)
    for number in range(20, 30):
        made[number][5] = "0210"
        made[number][7] = ""
    told = merged(tmp_path, made, "--per-file", 7)
    assert told.code == 0, told.err
    pages = [page for page in texts(told.folder / "proof.pdf") if "odd address" in page]
    assert [int(re.match(r"Row (\d+) of 40", page)[1]) for page in pages] == [21, 22]


def test_what_is_alike_for_all_rows_is_told_once(tmp_path):
    note = NOTE.replace("card: a2", "card: a2\nhand: nothing-you-could-do")
    told = merged(tmp_path, rows(), note=note)
    assert told.err.count("The envelope is addressed in Playpen Sans") == 1
    assert "problems.csv" not in told.names
    again = merged(tmp_path, rows(), note=note)
    assert again.err.count("The envelope is addressed in Playpen Sans") == 1
    labels = merged(tmp_path, rows(), "--labels", "avery-5160", note=note, out="labels")
    assert labels.err.count("The envelope is addressed in Playpen Sans") == 1
    assert labels.err.count("no Intelligent Mail barcode") == 1


def test_what_is_alike_for_nearly_all_says_for_how_many(tmp_path):
    made = [[*row, "nothing-you-could-do" if number else "playpen-sans"]
            for number, row in enumerate(people(10))]  # fmt: skip
    told = merge(tmp_path, table(made, (*HEADERS, "Hand")))
    assert "In 9 of 10 rows: The envelope is addressed in Playpen Sans" in told.err


@pytest.mark.parametrize(
    ("home", "country", "said"),
    [("Royal Mail", "United Kingdom", "plain type"), ("Deutsche Post", "Germany", "plain type"),
     ("USPS", "United States", "")],
)  # fmt: skip
def test_posts_that_want_type_for_business_mail_are_told_of(tmp_path, home, country, said):
    note = re.sub(r"from:.*?card: a2", f"from: |\n  Tom Lee\n  5 Elm Road\n  Hadley\n  {country}\n"
                  "card: a6", NOTE, flags=re.S)  # fmt: skip
    made = [["Ana", "Silva", "5 Elm Road\nHadley", "a mug"], ["Ben", "Ito", "6 Elm Road\nHadley",
            "a bowl"]]  # fmt: skip
    told = merge(tmp_path, table(made, ("First Name", "Last Name", "Address block", "Gift")),
                 "--map", "address=Address block", note=note, out=country.split()[0])  # fmt: skip
    if said:
        line = next(one for one in told.err.splitlines() if said in one)
        assert 'the address hand "plain"' in line
        assert home in line
    else:
        assert 'the address hand "plain"' not in told.err
    plain = merge(tmp_path, table(made, ("First Name", "Last Name", "Address block", "Gift")),
                  "--map", "address=Address block", "--address-hand", "plain", note=note,
                  out="plain")  # fmt: skip
    assert "plain type, not" not in plain.err


def test_a_square_envelope_is_told_once(tmp_path):
    told = merged(tmp_path, rows(), "--card", "square-4_75")
    assert told.code == 0, told.err
    assert len(re.findall("nonmachinable", told.err)) == 1
    alone = run("write", *_one(tmp_path), folder=tmp_path)
    line = next(one for one in alone.err.splitlines() if "nonmachinable" in one)
    assert line in told.err.splitlines()


def _one(folder):
    note = NOTE.replace("card: a2", "card: square-4_75\nto: {name: Ana, address: 1 Main Street, "
                        "city: Boston, region: MA, postcode: '02101'}")  # fmt: skip
    path = folder / "one.md"
    path.write_text(note.replace("{{ first_name }}", "Ana").replace("{{ gift }}", "it"))
    return path, "-o", folder


def test_how_the_files_are_printed_is_told_at_the_end(tmp_path):
    told = merged(tmp_path, rows())
    assert '100 % (actual size) on 8.5 x 5.5 in (216 x 140 mm), both sides, "flip on' in told.err
    assert "--no-key they go through the printer once" in told.err
    assert "On their backs stands the key" in told.err
    told = merged(tmp_path, rows(), "--no-key", out="one-sided")
    assert "both sides" not in told.err
    assert "once" not in told.err
    assert "On their backs" not in told.err
    told = merged(tmp_path, rows(), "--on", "letter", "--labels", "avery-5160", out="sheets")
    assert "to a sheet of" in told.err
    assert 'paper type "labels"' in told.err
    told = merged(tmp_path, rows(), "--art", "stripes", out="art")
    assert "The art goes to the edge" in told.err
    told = merged(tmp_path, rows(), "--press", out="press")
    assert "PDF/X-4" in told.err
    assert "actual size" not in told.err


def test_a_sender_on_the_flap_is_told_and_shown(tmp_path):
    note = NOTE.replace("card: a2", "card: a2\nreturn_address: flap")
    told = merged(tmp_path, rows(), note=note)
    assert "On their backs stand the sender and the key" in told.err
    assert "5 Elm Road" in texts(told.folder / "proof.pdf")[0]
    assert "5 Elm Road" not in texts(told.folder / "envelopes.pdf")[0]
