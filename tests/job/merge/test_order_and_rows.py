"""Cards and envelopes are in one order, and any rows can be made again exactly as they were."""

import re
import subprocess
from hashlib import sha256

import pytest
from conftest import tool
from job.merge.merging import (
    manifest,
    merge,
    people,
    person,
    pictures,
    problems,
    squeezed,
    table,
    texts,
)

COUNT = 200
KEY = re.compile(r"\b0\d{3}\b")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("rows")


@pytest.fixture(scope="module")
def full(folder):
    told = merge(folder, table(people(COUNT)))
    assert told.code == 0, told.err
    return told.folder


def keys(file):
    return [KEY.findall(page)[0] for page in texts(file) if KEY.search(page)]


def first_name(words):
    return re.search(r"Dear (\w+),", words)[1]


def test_200_cards_and_envelopes_stand_in_one_order(full):
    cards = texts(full / "cards.pdf")
    envelopes, backs = texts(full / "envelopes.pdf"), texts(full / "envelope-backs.pdf")
    assert len(cards) == 2 * COUNT
    assert len(envelopes) == len(backs) == COUNT
    for number in range(COUNT):
        first, last, street, *_, gift = person(number)
        words = cards[2 * number] + cards[2 * number + 1]
        assert first_name(words) == first
        assert f"for {gift}." in words
        assert f"{first} {last}" in envelopes[number]
        assert street in envelopes[number]


def test_poppler_reads_the_same_order(full):
    def read(name):
        words = subprocess.run(
            [tool("pdftotext"), "-layout", full / name, "-"], capture_output=True, check=True
        ).stdout.decode()
        return [" ".join(page.split()) for page in words.split("\f")[:-1]]

    cards, envelopes = read("cards.pdf"), read("envelopes.pdf")
    greeted = [first_name(page) for page in cards if "Dear" in page]
    assert greeted == [person(number)[0] for number in range(COUNT)]
    for number, words in enumerate(envelopes):
        assert f"{person(number)[0]} {person(number)[1]}" in words


def test_the_same_key_is_on_the_back_of_card_and_envelope(full):
    expected = [f"{number:04d}" for number in range(1, COUNT + 1)]
    assert keys(full / "cards.pdf") == expected
    assert keys(full / "envelope-backs.pdf") == expected


def test_the_key_is_no_part_of_the_address(full):
    assert not any(re.search(r"\b0\d{3}\b", page) for page in texts(full / "envelopes.pdf"))


def test_the_manifest_leads_to_the_page_of_every_person(full):
    pages = {name: texts(full / name) for name in ("cards.pdf", "envelopes.pdf")}
    lines = manifest(full)
    assert [int(line["row"]) for line in lines] == list(range(1, COUNT + 1))
    for number, line in enumerate(lines):
        first, last, street, *_ = person(number)
        assert line["key"] == f"{number + 1:04d}"
        assert line["name"] == f"{first} {last}"
        assert int(line["line"]) == number + 2
        card = int(line["cards page"]) - 1
        both = " ".join(pages[line["cards file"]][card : card + 2])
        assert first_name(both) == first
        assert line["key"] in both
        assert street in pages[line["envelopes file"]][int(line["envelopes page"]) - 1]


def test_each_sha_256_is_that_of_the_file(full):
    for line in manifest(full):
        for piece in ("cards", "envelopes", "envelope-backs"):
            data = (full / line[f"{piece} file"]).read_bytes()
            assert line[f"{piece} SHA-256"] == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (["--rows", "88-91"], range(88, 92)),
        (["--rows", "120,3,90-91,88-90"], [3, 88, 89, 90, 91, 120]),
        (["--from", 196], range(196, 201)),
        (["--rows", "1-9", "--from", 8], [8, 9]),
    ],
)
def test_rows_made_again_look_exactly_like_the_first_time(folder, full, options, rows):
    before = {path: path.read_bytes() for path in full.iterdir() if path.is_file()}
    told = merge(folder, table(people(COUNT)), *options)
    assert told.code == 0, told.err
    named = {line.rsplit("/", 1)[-1] for line in told.out.splitlines()}
    cards, envelopes, backs = (
        next(name for name in named if name.startswith(piece))
        for piece in ("cards", "envelopes.", "envelope-backs")
    )
    pages = [2 * row + side for row in rows for side in (-2, -1)]
    for name, whole, wanted in (
        (cards, "cards.pdf", pages),
        (envelopes, "envelopes.pdf", [row - 1 for row in rows]),
        (backs, "envelope-backs.pdf", [row - 1 for row in rows]),
    ):
        again, first = texts(full / name), texts(full / whole)
        assert again == [first[page] for page in wanted]
        assert pictures(full / name) == pictures(full / whole, wanted)
    assert all(path.read_bytes() == data for path, data in before.items())
    for path in full.iterdir():
        if path.is_file() and path not in before:
            path.unlink()


def test_poppler_draws_them_alike_too(folder, full):
    merge(folder, table(people(COUNT)), "--rows", "88-91")

    def drawn(name, first, last):
        return subprocess.run(
            [tool("pdftoppm"), "-r", "60", "-f", str(first), "-l", str(last), full / name],
            capture_output=True, check=True,
        ).stdout  # fmt: skip

    again = drawn("cards.rows-88-91.pdf", 1, 8)
    assert len(again) > 100_000
    assert again == drawn("cards.pdf", 2 * 88 - 1, 2 * 91)


def test_reversed_it_is_the_same_pages_from_the_last_to_the_first(folder, full):
    told = merge(folder, table(people(12)), "--reverse", out="reversed")
    front = pictures(told.folder / "envelopes.pdf")
    assert front == pictures(full / "envelopes.pdf", range(12))[::-1]
    pages = [page for number in range(11, -1, -1) for page in (2 * number, 2 * number + 1)]
    assert pictures(told.folder / "cards.pdf") == pictures(full / "cards.pdf", pages)
    assert [line["row"] for line in manifest(told.folder)] == [str(n) for n in range(1, 13)]
    words = texts(told.folder / "cards.pdf")
    for line in manifest(told.folder):
        page = int(line["cards page"]) - 1
        assert line["key"] in words[page] + words[page + 1]


def test_no_key_leaves_the_number_out_and_nothing_else(folder, full):
    told = merge(folder, table(people(4)), "--no-key", out="keyless")
    keyed = [page for page in texts(full / "cards.pdf")[:8] if "Dear" in page]
    words = texts(told.folder / "cards.pdf")
    assert not any(KEY.search(page) for page in words)
    plain = [page for page in words if "Dear" in page]
    assert [squeezed(page) for page in plain] == [squeezed(page) for page in keyed]
    assert [line["key"] for line in manifest(told.folder)] == ["0001", "0002", "0003", "0004"]


def test_rows_that_are_not_there_are_told(folder, full):
    told = merge(folder, table(people(5)), "--rows", "88-91", out="none")
    assert told.code == 2
    assert "--rows" in told.err
    assert not (told.folder.is_dir() and told.names)


def test_a_bad_row_elsewhere_does_not_stop_these_rows(folder, full):
    rows = people(COUNT)
    rows[10][6] = ""
    told = merge(folder, table(rows), "--rows", "88-91", out="others")
    assert told.code == 0
    assert "problems.rows-88-91.csv" not in told.names
    told = merge(folder, table(rows), "--rows", "10-12", out="others")
    assert told.code == 2
    assert [line["row"] for line in problems(told.folder, "problems.rows-10-12.csv")] == ["11"]
