"""The proof shows the worst cards first, each with its row, and the card is the same for all."""

import ctypes
import re

import pypdfium2
import pytest
from job.merge.merging import HEADERS, NOTE, manifest, merge, people, table, texts

COUNT = 80
LONGEST, SHORTEST, MOST_LINES, RARE, LONG_NAME = 61, 12, 33, 47, 70
AUTO = NOTE.replace("card: a2\n", "")
LONG = "the reading lamp that has stood by my chair since the first evening of that long winter"


def rows():
    made = people(COUNT)
    made[LONGEST - 1][6] = LONG
    made[SHORTEST - 1][6] = "tea"
    made[MOST_LINES - 1][2] = "Building 4\nStaircase 2\n12 Lakeview Avenue\nApt 4B"
    made[RARE - 1][0] = "Zoë"
    made[LONG_NAME - 1][:2] = ["Maximiliane", "Featherstonehaugh-Cholmondeley"]
    return made


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    told = merge(tmp_path_factory.mktemp("proof"), table(rows()), note=AUTO)
    assert told.code == 0, told.err
    return told


def shown(folder, name="proof.pdf"):
    """Row and reason of each page of a proof, and all its words."""
    for words in texts(folder / name):
        row = int(re.match(rf"Row (\d+) of {COUNT}, key (\d+):", words)[1])
        yield row, re.search(r"Shown as (.*?); (?:at|shown)", words)[1], words


def test_each_worst_card_is_there_with_its_row_and_why(told):
    reasons = {row: why for row, why, _ in shown(told.folder)}
    assert "the longest" in reasons[LONGEST]
    assert "the shortest" in reasons[SHORTEST]
    assert "the most address lines" in reasons[MOST_LINES]
    assert 'the rare letter "ë"' in reasons[RARE]
    assert "the longest name" in reasons[LONG_NAME]


def test_the_worst_stand_before_the_sample(told):
    why = [reason for _, reason, _ in shown(told.folder)]
    assert why[0].startswith("the longest")
    first = why.index("a sample")
    assert set(why[first:]) == {"a sample"}
    assert 3 <= why.count("a sample") <= 10
    rows = [row for row, *_ in shown(told.folder)]
    assert len(set(rows)) == len(rows)


def test_a_page_shows_the_card_and_its_envelope(told):
    made = rows()
    for row, _, words in shown(told.folder):
        first, last, street, *_, gift = made[row - 1]
        assert f"Dear {first}," in words
        assert gift in words
        assert " ".join(street.split()) in words
        assert f"key {row:04d}: {first} {last}" in words


def test_a_proof_is_on_paper_that_people_have(told):
    sizes = {page.get_size() for page in pypdfium2.PdfDocument(told.folder / "proof.pdf")}
    assert sizes == {(612.0, 792.0)}


def test_the_card_that_is_chosen_is_that_of_the_longest_note_and_the_same_for_all(told):
    sizes = {page.get_size() for page in pypdfium2.PdfDocument(told.folder / "cards.pdf")}
    assert len(sizes) == 1
    assert "One card for all" in told.err


def test_whichever_rows_are_made_they_get_that_card(told):
    folder = told.folder.parent
    words = f"Thank you {'so very much ' * 30}for"
    note = AUTO.replace("Thank you so much for", "{% if gift == 'tea' %}Thanks for{% else %}"
                        f"{words}{{% endif %}}")  # fmt: skip
    whole = merge(folder, table(rows()), note=note, out="auto")
    assert whole.code == 0, whole.err
    size = pypdfium2.PdfDocument(whole.folder / "cards.pdf")[0].get_size()
    said = [line for line in whole.err.splitlines() if "One card for all" in line]
    assert said
    for chosen in ("1", str(SHORTEST), "70-80"):
        part = merge(folder, table(rows()), "--rows", chosen, note=note, out="auto")
        assert part.code == 0, part.err
        again = pypdfium2.PdfDocument(whole.folder / f"cards.rows-{chosen}.pdf")
        assert {page.get_size() for page in again} == {size}
        assert said == [line for line in part.err.splitlines() if "One card for all" in line]


def test_a_proof_of_some_rows_shows_only_these(told):
    folder = told.folder.parent
    part = merge(folder, table(rows()), "--rows", "30-35", note=AUTO, out="some")
    pages = texts(part.folder / "proof.rows-30-35.pdf")
    rows_shown = {int(re.match(r"Row (\d+), key", page)[1]) for page in pages}
    assert rows_shown == set(range(30, 36))


def test_one_row_and_two_alike_rows_have_a_proof(tmp_path):
    for count in (1, 2):
        told = merge(tmp_path, table(people(count)), out=str(count))
        assert told.code == 0
        assert len(texts(told.folder / "proof.pdf")) == count


def test_a_table_without_people_is_told(tmp_path):
    for number, data in enumerate((table([]), b"", b"\n\n", b"Name\n")):
        told = merge(tmp_path, data, out=str(number))
        assert told.code == 2
        assert "people" in told.err or "empty" in told.err
        assert not told.folder.exists()


def test_a_row_wider_than_the_table_is_that_rows_fault(tmp_path):
    made = people(3)
    made[1] += ["more", "and more"]
    told = merge(tmp_path, table(made, HEADERS), "--skip-bad")
    assert told.code == 0
    assert [line["row"] for line in manifest(told.folder)] == ["1", "3"]


def first_font(file, number=0):
    """The name of the font of a page's first letter."""
    page = pypdfium2.PdfDocument(file)[number].get_textpage()
    name = ctypes.create_string_buffer(80)
    pypdfium2.raw.FPDFText_GetFontInfo(page, 0, name, len(name), ctypes.c_int())
    return name.value.decode()


def test_what_is_told_beside_the_cards_is_in_type_and_not_in_a_hand(told):
    for name in ("proof.pdf", "envelope-backs.pdf"):
        assert "Plain" in first_font(told.folder / name)
    outside, inside = (first_font(told.folder / "cards.pdf", number) for number in (0, 1))
    assert "Plain" in outside, "the key"
    assert "Plain" not in inside
