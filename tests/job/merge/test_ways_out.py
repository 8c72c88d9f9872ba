"""Volumes, files of one person, sheets, labels, a print shop, shares of a cluster."""

import re
import unicodedata
from hashlib import sha256

import pypdfium2
import pytest
from conftest import needs_hand
from job.merge.merging import (
    HEADERS,
    NOTE,
    files_of,
    manifest,
    merge,
    people,
    person,
    problems,
    run,
    squeezed,
    table,
    texts,
)

KEY = re.compile(r"\b0\d{3}\b")


def name(number):
    return " ".join(person(number - 1)[:2])


def led_to(folder, piece):
    """For each line of the manifest, the words of the page to which it leads for a piece."""
    kept = {}
    for line in manifest(folder):
        file = line[f"{piece} file"]
        if file not in kept:
            kept[file] = texts(folder / file)
            digest = sha256((folder / file).read_bytes()).hexdigest()
        assert line[f"{piece} SHA-256"] == digest
        yield line, kept[file], int(line[f"{piece} page"])


def test_volumes_hold_so_many_and_begin_where_the_last_one_ended(tmp_path):
    told = merge(tmp_path, table(people(11)), "--per-file", 4)
    for volume, rows in ((1, range(1, 5)), (2, range(5, 9)), (3, range(9, 12))):
        pages = texts(told.folder / f"envelopes.{volume:03d}.pdf")
        assert [name(row) in page for row, page in zip(rows, pages, strict=True)]
    for number, (line, pages, page) in enumerate(led_to(told.folder, "cards"), start=1):
        assert int(line["volume"]) == (number + 3) // 4
        assert line["key"] in pages[page - 1] + pages[page]


def test_the_cards_of_volumes_are_those_of_one_file(tmp_path):
    one = merge(tmp_path, table(people(6)))
    many = merge(tmp_path, table(people(6)), "--per-file", 4, out="many")
    pages = [
        page for n in (1, 2) for page in texts(many.folder / f"cards.{n:03d}.pdf")
    ]  # fmt: skip
    assert pages == texts(one.folder / "cards.pdf")


def test_one_each_has_the_name_on_the_file_and_in_it(tmp_path):
    told = merge(tmp_path, table(people(5)), "--one-each", "--per-file", 2)
    for number in range(1, 6):
        stem = f"{number:04d} {name(number)}"
        assert {f"{stem}.card.pdf", f"{stem}.envelope.pdf", f"{stem}.envelope-back.pdf"} <= (
            told.names
        )
        assert name(number) in texts(told.folder / f"{stem}.envelope.pdf")[0]
    lines = list(led_to(told.folder, "cards"))
    assert [line["cards file"] for line, *_ in lines] == [
        f"{n:04d} {name(n)}.card.pdf" for n in range(1, 6)
    ]
    assert all(page == 1 for *_, page in lines)


def test_labels_take_the_place_of_envelopes_from_the_place_that_is_free(tmp_path):
    told = merge(tmp_path, table(people(40)), "--labels", "avery-5160", "--start", 5)
    assert not any(one.startswith("envelope") for one in told.names)
    sheets = texts(told.folder / "labels.pdf")
    assert len(sheets) == 2
    for number, (_, pages, page) in enumerate(led_to(told.folder, "labels"), start=1):
        assert page == (1 if number + 4 <= 30 else 2)
        assert name(number) in pages[page - 1]
    at = [sheets[0].index(name(number)) for number in range(1, 4)]
    assert at == sorted(at)


def test_labels_of_the_second_volume_begin_a_new_sheet(tmp_path):
    told = merge(tmp_path, table(people(70)), "--labels", "avery-5160", "--per-file", 40)
    pages = [len(texts(told.folder / f"labels.{n:03d}.pdf")) for n in (1, 2, 3)]
    assert pages == [1, 1, 1]
    assert [line["volume"] for line in manifest(told.folder)] == ["1"] * 30 + ["2"] * 30 + [
        "3"
    ] * 10


@pytest.mark.parametrize("sides", ["both", "fronts", "backs", "apart"])
def test_sheets_hold_the_cards_in_order(tmp_path, sides):
    told = merge(tmp_path, table(people(7)), "--on", "letter", "--card", "a2-flat",
                 "--sides", sides)  # fmt: skip
    assert told.code == 0, told.err
    pieces = {
        "both": ["sheets"], "fronts": ["sheets-fronts"], "backs": ["sheets-backs"],
        "apart": ["sheets-fronts", "sheets-backs"],
    }[sides]  # fmt: skip
    assert {one for one in told.names if one.startswith(("sheets", "cards"))} == {
        f"{piece}.pdf" for piece in pieces
    }
    words = {piece: texts(told.folder / f"{piece}.pdf") for piece in pieces}
    whole = " ".join(page for pages in words.values() for page in pages)
    assert len(KEY.findall(whole)) == (0 if sides == "fronts" else 7)
    assert whole.count("Dear") == (0 if sides == "backs" else 7)
    for piece in pieces:
        for line, pages, page in led_to(told.folder, piece):
            there = pages[page - 1] + (pages[page] if piece == "sheets" else "")
            row = int(line["row"])
            if "backs" not in piece:
                assert f"Dear {person(row - 1)[0]}," in there
            if "fronts" not in piece:
                assert line["key"] in there


def test_reversed_sheets_are_found_in_the_manifest_too(tmp_path):
    told = merge(tmp_path, table(people(9)), "--on", "letter", "--card", "a2-flat", "--reverse")
    for line, pages, page in led_to(told.folder, "sheets"):
        assert f"Dear {person(int(line['row']) - 1)[0]}," in pages[page - 1] + pages[page]
        assert line["key"] in pages[page - 1] + pages[page]


def test_a_print_shop_gets_volumes_that_pass_the_check(tmp_path):
    told = merge(tmp_path, table(people(3)), "--press", "--condition", "auto")
    assert told.code == 0, told.err
    for piece in ("cards", "envelopes"):
        checked = run("check", told.folder / f"{piece}.press.pdf", folder=told.folder)
        assert checked.code == 0, checked.out + checked.err
    document = pypdfium2.PdfDocument(told.folder / "cards.press.pdf")
    assert len(document) == 6
    assert all(page.get_trimbox() != page.get_mediabox() for page in document)


def test_labels_for_a_print_shop_cards_are_printed_at_home(tmp_path):
    told = merge(tmp_path, table(people(3)), "--press", "--labels", "avery-5160")
    assert told.code == 0, told.err
    assert pypdfium2.PdfDocument(told.folder / "labels.press.pdf")[0].get_size() == (612.0, 792.0)


def test_three_shares_are_together_the_whole_byte_for_byte(tmp_path):
    rows = people(20)
    whole = merge(tmp_path, table(rows), "--per-file", 3, out="whole")
    for share in (1, 2, 3):
        told = merge(tmp_path, table(rows), "--per-file", 3, "--shard", f"{share}/3", out="shares")
        assert told.code == 0, told.err
        apart = merge(tmp_path, table(rows), "--per-file", 3, "--shard", f"{share}/3",
                      out=f"machine-{share}")  # fmt: skip
        assert apart.names <= set(files_of(tmp_path / "shares"))
    together = files_of(tmp_path / "shares")
    volumes = {one: data for one, data in files_of(whole.folder).items() if re.search(r"\d", one)}
    assert len(volumes) == 21
    assert volumes == {one: together[one] for one in volumes}
    rows_of = [
        line["row"]
        for share in (1, 2, 3)
        for line in manifest(tmp_path / "shares", f"manifest.shard-{share}-of-3.csv")
    ]
    assert sorted(map(int, rows_of)) == list(range(1, 21))


def test_a_share_in_which_nothing_is_left_is_no_failure(tmp_path):
    told = merge(tmp_path, table(people(4)), "--per-file", 3, "--shard", "3/3")
    assert told.code == 0
    assert told.out == ""
    assert "nothing to make" in told.err


def test_who_is_there_twice_gets_one_card_or_two_if_that_is_wished(tmp_path):
    rows = [*people(3), [*person(1)[:6], "another gift"]]
    assert merge(tmp_path, table(rows)).code == 2
    told = merge(tmp_path, table(rows), "--skip-bad")
    assert [line["row"] for line in manifest(told.folder)] == ["1", "2", "3"]
    assert "row 2" in problems(told.folder)[0]["problem"]
    told = merge(tmp_path, table(rows), "--keep-duplicates")
    assert [line["row"] for line in manifest(told.folder)] == ["1", "2", "3", "4"]
    assert "problems.csv" not in told.names


def test_rows_choose_their_hand_ink_seed_and_card(tmp_path):
    columns = (*HEADERS, "Hand", "Ink", "Seed", "Card")
    plain = people(5)
    wishes = [["", "", "", ""], ["kalam", "", "", ""], ["", "black", "", ""], ["", "", "7", ""],
              ["", "", "", "a7"]]  # fmt: skip
    usual = merge(tmp_path, table(plain), "--no-envelope", out="usual")
    told = merge(
        tmp_path, table([[*row, *wish] for row, wish in zip(plain, wishes, strict=True)], columns),
        "--no-envelope", "--one-each",
    )  # fmt: skip
    assert told.code == 0, told.err
    first = pypdfium2.PdfDocument(usual.folder / "cards.pdf")
    drawn = []
    for number in range(5):
        file = told.folder / manifest(told.folder)[number]["cards file"]
        document = pypdfium2.PdfDocument(file)
        drawn.append([
            document[1].render(scale=1).to_numpy().tobytes()
            == first[2 * number + 1].render(scale=1).to_numpy().tobytes(),
            document[1].get_size() == first[2 * number + 1].get_size(),
        ])  # fmt: skip
    assert drawn == [[True, True], [False, True], [False, True], [False, True], [False, False]]


def test_an_unknown_hand_in_one_row_is_that_rows_fault(tmp_path):
    rows = [[*row, ""] for row in people(4)]
    rows[2][7] = "quill"
    told = merge(tmp_path, table(rows, (*HEADERS, "Hand")), "--skip-bad")
    assert told.code == 0
    assert [(one["row"], one["field"]) for one in problems(told.folder)] == [("3", "hand")]


def test_postcards_and_notes_to_nobody_have_no_envelope_but_a_card(tmp_path):
    note = NOTE.replace("{{ first_name }}", "friend")
    told = merge(tmp_path, table([["a mug"], ["a bowl"]], ("Gift",)), note=note)
    assert told.code == 0, told.err
    assert "envelopes.pdf" not in told.names
    assert len(manifest(told.folder)) == 2
    told = merge(tmp_path, table(people(3)), "--card", "postcard", out="postcards", note=note)
    assert told.code == 0, told.err
    assert "envelopes.pdf" not in told.names
    for number, (_, pages, page) in enumerate(led_to(told.folder, "cards"), start=1):
        assert name(number) in " ".join(pages[page - 1 : page + 1])


def test_rows_of_many_scripts_each_in_its_hand(tmp_path):
    japanese = needs_hand("zen-kurenaido")
    columns = ("Name", "Gift", "Hand", "Language")
    rows = [["Ana Lima", "a mug", "", "en"], ["山田太郎", "お茶", japanese, "ja"]]
    note = NOTE.replace("Dear {{ first_name }},\n\nThank you so much for {{ gift }}. We think of "
                        "you each time we use it.", "{{ name }}\n\n{{ gift }}")  # fmt: skip
    told = merge(tmp_path, table(rows, columns), "--no-envelope", note=note)
    assert told.code == 0, told.err
    words = unicodedata.normalize("NFKC", " ".join(texts(told.folder / "cards.pdf")))
    assert "山田太郎" in words.replace(" ", "")
    assert "お茶" in words.replace(" ", "")


def test_rows_that_say_skip_have_no_card_and_others_keep_their_keys(tmp_path):
    rows = [[*row, ""] for row in people(4)]
    rows[1][-1] = "yes"
    rows[3] = list(rows[1])
    rows[3][-1] = "no"
    told = merge(tmp_path, table(rows, (*HEADERS, "Do Not Mail")))
    assert told.code == 0, told.err
    assert [row["row"] for row in manifest(told.folder)] == ["1", "3", "4"]
    assert '1 row is left out, as "Do Not Mail" says.' in told.err
    assert "3 cards made" in told.err


def test_a_table_that_is_named_before_the_note_is_told_as_such(tmp_path):
    merge(tmp_path, table(people(1)))
    told = run("merge", tmp_path / "people.csv", tmp_path / "note.md", "-o", tmp_path / "x")
    assert told.code == 2
    assert "the note comes first" in told.err
    assert told.err.index("note.md") > told.err.index("fairhand merge ")


def test_an_address_that_is_mapped_again_goes_on_in_its_next_line(tmp_path):
    columns = ("Name", "Ship A", "Ship B", "City", "State", "ZIP", "Language", "Gift")
    rows = [["Ana Lima", "5 Elm Road", "Apt 4B", "Boston", "MA", "02035", "Blorg!", "a mug"]]
    lines = ("--map", "address=Ship A", "--map", "address=Ship B", "--map", "language=")
    note = NOTE.replace("first_name", "name")
    told = merge(tmp_path, table(rows, columns), *lines, note=note)
    assert told.code == 0, told.err
    assert 'address <- "Ship A", "Ship B"' in told.err
    (words,) = texts(told.folder / "envelopes.pdf")
    assert squeezed("5 Elm Road Apt 4B Boston") in squeezed(words)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--one-each", "--on", "letter"], "sheets"),
        (["--one-each", "--labels", "avery-5160"], "sheets"),
        (["--press", "--on", "letter"], "imposes"),
        (["--labels", "avery-5160", "--no-envelope"], "envelopes"),
        (["--start", "3"], "--labels or --on"),
        (["--start", "3", "--labels", "avery-5160", "--on", "letter"], "--label-start 1"),
        (["--start", "3", "--labels", "avery-5160", "--label-start", "2"], "both say"),
        (["--label-start", "3", "--on", "letter"], "--labels"),
        (["--no-cards", "--no-envelope"], "nothing to make"),
        (["--no-cards", "--on", "letter"], "--no-cards"),
        (["--no-cards", "--press", "--labels", "avery-5160"], "not on a press"),
        (["--on", "pre-scored A7", "--card", "a2"], "--card a7"),
        (["--outline"], "--labels"),
        (["--sides", "apart"], "--on"),
        (["--rows", "5-2"], "backwards"),
        (["--rows", "x"], "list of rows"),
        (["--from", "0"], "from 1"),
        (["--shard", "4/3"], "3/10"),
        (["--per-file", "0"], "--per-file"),
        (["--jobs", "-1"], "--jobs"),
        (["--labels", "no-such-sheet"], "no-such-sheet"),
        (["--map", "name"], "--map"),
        (["--map", "name=Nobody"], "Nobody"),
        (["--map", "name=City", "--map", "name=Gift"], "twice"),
        (["--map", "address=City", *["--map", "address=Gift"] * 4], "4 lines"),
        (["--map", "nonsense=Gift"], "nonsense"),
        (["--card", "no-such-card"], "no-such-card"),
        (["--art", "no-such.png"], "no-such.png"),
        (["--encoding", "klingon"], "klingon"),
        (["--delimiter", "ab"], "ab"),
        (["--sheet", "x"], "--sheet"),
        (["--condition", "fogra39"], "--press"),
    ],
)
def test_wishes_that_do_not_go_together_are_one_sentence(tmp_path, options, told):
    found = merge(tmp_path, table(people(2)), *options)
    assert found.code == 2, found.err
    said = found.err[found.err.index("fairhand: ") :]
    assert told in said
    assert "Traceback" not in said
    assert not found.folder.exists() or not found.names


def test_the_manifest_has_what_a_mail_house_sorts_by_and_columns_that_are_kept(tmp_path):
    headers = (*HEADERS, "Country", "imb", "Constituent ID", "Fund")
    rows = [[*row, "US", f"00 123 123456 123456789 {row[5]}", f"=C-{number}", "roof"]
            for number, row in enumerate(people(3))]  # fmt: skip
    told = merge(tmp_path, table(rows, headers), "--keep", "constituent id", "--keep", "Fund",
                 "--per-file", 2)  # fmt: skip
    assert told.code == 0, told.err
    for line, row in zip(manifest(told.folder), rows, strict=True):
        assert line["postcode"] == row[5]
        assert line["country"] == "US"
        assert line["imb"] == row[8]
        assert line["Constituent ID"] == f"'{row[9]}"
        assert line["Fund"] == "roof"
        assert len(line["cards SHA-256"]) == 64
    assert merge(tmp_path, table(rows, headers), "--keep", "Fund", "--per-file", 2).code == 0
    assert "Constituent ID" not in manifest(told.folder)[0]
    wrong = merge(tmp_path, table(rows, headers), "--keep", "Constituent")
    assert wrong.code == 2
    assert 'no column "Constituent"' in wrong.err


@pytest.mark.parametrize("labels", [(), ("--labels", "avery-5160")])
def test_envelopes_or_labels_are_made_alone_beside_what_was_made_before(tmp_path, labels):
    before = files_of(merge(tmp_path, table(people(5)), *labels).folder)
    told = merge(tmp_path, table(people(5)), "--no-cards", *labels)
    assert told.code == 0, told.err
    assert "5 labels made" in told.err if labels else "5 envelopes made" in told.err
    assert "Cards:" not in told.err
    after = files_of(told.folder)
    assert {one: after[one] for one in before} == before
    pieces = ["labels"] if labels else ["envelope-backs", "envelopes"]
    assert sorted(after.keys() - before) == sorted(
        ["manifest.alone.csv", "proof.alone.pdf", *(f"{piece}.alone.pdf" for piece in pieces)]
    )
    assert all(after[f"{one}.alone.pdf"] == before[f"{one}.pdf"] for one in pieces)
    proof = " ".join(texts(told.folder / "proof.alone.pdf"))
    assert "Main Street" in proof
    assert "Thank you" not in proof


def test_cards_and_labels_begin_each_where_their_sheets_are_free(tmp_path):
    told = merge(tmp_path, table(people(3)), "--on", "letter", "--card", "a2-flat",
                 "--start", 3, "--labels", "avery-5160", "--label-start", 29)  # fmt: skip
    assert told.code == 0, told.err
    assert [line["labels page"] for line in manifest(told.folder)] == ["1", "1", "2"]
    assert [line["sheets page"] for line in manifest(told.folder)] == ["1", "1", "3"]


def test_stock_that_is_scored_chooses_the_card(tmp_path):
    note = NOTE.replace("card: a2\n", "")
    told = merge(tmp_path, table(people(3)), "--on", "pre-scored A7", note=note)
    assert told.code == 0, told.err
    assert "for which the stock is made: A7" in told.err
    (tmp_path / "alone.md").write_text("Dear Ana,\n\nThank you.\n\nLove,\nTom\n")
    alone = run("write", tmp_path / "alone.md", "--on", "pre-scored A7", folder=tmp_path)
    assert alone.code == 0, alone.err
    assert "A7" in alone.err
