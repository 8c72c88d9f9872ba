"""Rows of people who mean harm: set as plain text or refused, and never a file elsewhere."""

import os
import random
import re
import sys
import unicodedata
from hashlib import sha256
from pathlib import PureWindowsPath

import pytest
from job.merge.merging import (
    HEADERS,
    NOTE,
    manifest,
    merge,
    people,
    problems,
    squeezed,
    table,
    texts,
)

COUNT = 5000 if os.environ.get("CI") else 500
COLUMNS = (*HEADERS, "Hand", "Card", "Ink", "Art", "Seed", "Language", "Layout")
PATHS = (
    "../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "C:\\x", "~/.ssh/id_rsa", "a/../../b",
    "\\\\server\\share", "file:///etc/passwd", "CON", "nul.txt", "a\0b", "/dev/stdin", "|id",
)  # fmt: skip
TEMPLATES = (
    "{{ ''.__class__.__mro__ }}", "{{ 7*7 }}", "{% for x in range(10**9) %}x{% endfor %}",
    "{{ first_name }}", "{% include '/etc/passwd' %}", "{# x #}", "${7*7}", "<% 7*7 %>",
)  # fmt: skip
FORMULAS = ("=cmd()", '=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1")
ODD = (
    "\u202egpj.exe", "\u2066x\u2069", "a\u0301" * 30, "\ufeffAna", "\u200b", "Z" * 300,
    "\U0001f600", "\x1b[31mred", "%s%n%x", "'; DROP TABLE seen; --", "---\nfrom: Eve",
    "# Dear you", "- list", "[blank]", "* * *", "a\r\nb", "\x00", "é", "e\u0301", "I\u0307stanbul",
)  # fmt: skip


def hostile_row(number):
    """A row of one of many kinds, always the same for a number."""
    dice = random.Random(number)
    row = [*people(1)[0], *[""] * 7]
    row[:3] = [f"Ana{number}", "Lima", f"{number} Main Street"]
    kind = number % 9
    where = dice.randrange(len(COLUMNS))
    if kind == 0:
        row[0] = "".join(chr(random_letter(dice)) for _ in range(dice.randint(1, 30)))
    elif kind == 1:
        row[dice.choice((0, 6, where))] = dice.choice(FORMULAS)
    elif kind == 2:
        row[where] = dice.choice(PATHS)
    elif kind == 3:
        row[where] = dice.choice(TEMPLATES)
    elif kind == 4:
        row[where] = dice.choice(ODD)
    elif kind == 5:
        row[dice.randrange(2)] = dice.choice(PATHS)
    elif kind == 6 and number % 27 == 6:
        row[where] = dice.choice("xé茶 ") * 65_536
    elif kind == 7:
        row[7 + dice.randrange(7)] = dice.choice((*PATHS, *TEMPLATES, *ODD))
    return row


def random_letter(dice):
    while True:
        code = dice.randrange(32, 0x30000)
        if not 0xD800 <= code <= 0xDFFF and unicodedata.category(chr(code)) != "Cn":
            return code


def seen_below(folder, apart):
    """All files below a folder, with their bytes' digest, but not those of `apart`."""
    return {
        str(path): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and apart not in path.parents
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The result of thousands of such rows, and what lay beside it before and after."""
    top = tmp_path_factory.mktemp("hostile")
    folder = top / "deep" / "deeper"
    folder.mkdir(parents=True)
    for place in (top, top / "deep", folder):
        (place / "boot.ini").write_text("mine")
        (place / "Ana Lima").mkdir()
    data = table([hostile_row(number) for number in range(COUNT)], COLUMNS)
    (folder / "note.md").write_text(NOTE)
    (folder / "people.csv").write_bytes(data)
    before = seen_below(top, folder / "out")
    opened = []
    is_watching = True

    def watch(event, arguments):
        if is_watching and event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                opened.append(os.fsdecode(arguments[0]))

    sys.addaudithook(watch)
    told = merge(folder, data, "--skip-bad", "--encoding", "utf-8", "--per-file", 200)
    is_watching = False
    return told, before, seen_below(top, folder / "out"), opened


def test_the_good_ones_are_made_and_the_bad_ones_are_told(hostile):
    told, *_ = hostile
    assert told.code == 0, told.err[-2000:]
    assert "Traceback" not in told.err
    assert "\x1b" not in told.err
    made = {int(line["row"]) for line in manifest(told.folder)}
    bad = {int(line["row"]) for line in problems(told.folder)}
    assert len(made) > COUNT / 3
    assert made | bad == set(range(1, COUNT + 1))


def test_nothing_is_written_beside_the_output(hostile):
    told, before, after, opened = hostile
    assert after == before
    assert {path.name for path in told.folder.iterdir()} <= {
        "cards.pdf", "manifest.csv", "proof.pdf", "problems.csv", ".fairhand-merge",
        *(f"{piece}.{n:03d}.pdf" for piece in ("cards", "envelopes", "envelope-backs")
          for n in range(1, COUNT // 200 + 2)),
    }  # fmt: skip
    tests = str(told.folder.parents[2])
    written = [path for path in opened if path.startswith(tests)]
    assert written
    assert all(path.startswith(f"{told.folder}{os.sep}") for path in written)


def test_what_looks_like_an_instruction_is_written_as_it_stands_or_refused(hostile):
    told, *_ = hostile
    pages = {f"cards.{n:03d}.pdf": texts(told.folder / f"cards.{n:03d}.pdf") for n in (1, 2)}
    words = " ".join(page for one in pages.values() for page in one)
    assert not re.search(r"\b49\b|<class|root:x|Undefined", words)
    formulas = 0
    for line in manifest(told.folder):
        row = hostile_row(int(line["row"]) - 1)
        if line["cards file"] in pages and {row[0], row[6]} & set(FORMULAS):
            page = int(line["cards page"]) - 1
            both = squeezed("".join(pages[line["cards file"]][page : page + 2]))
            assert squeezed(f"Dear {row[0]},") in both
            assert squeezed(f"for {row[6]}.") in both
            formulas += 1
    assert formulas > 10


def test_no_cell_of_our_own_tables_is_a_formula(hostile):
    told, *_ = hostile
    for lines in (manifest(told.folder), problems(told.folder)):
        cells = [cell for line in lines for cell in line.values()]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_names_of_files_are_safe_on_every_system(tmp_path):
    names = [
        "CON", "nul.txt", "com1", "LPT9", "Ana.", "Ana ", "Ana. . .", "..", ".", "...", "/", "\\",
        "../../x", "C:\\temp\\x", "a:b", 'say "hi"', "what?", "a*b", "a|b", "a<b>", "x" * 5000,
        "茶" * 200, "\u202egpj.exe", "é", "e\u0301", "ana", "ANA", "\u200bAna", "tab\tname",
        "new\nline", "~", "-rf", "$(id)", "`id`", "%PATH%", "emoji \U0001f600", "ß", "SS", " ",
    ]  # fmt: skip
    rows = [[name, "a mug"] for name in names]
    note = NOTE.replace("{{ first_name }}", "friend")
    told = merge(
        tmp_path, table(rows, ("Name", "Gift")), "--one-each", "--skip-bad", "--no-envelope",
        "--keep-duplicates", note=note,
    )  # fmt: skip
    assert told.code == 0, told.err
    files = [line["cards file"] for line in manifest(told.folder)]
    assert len(files) > 25
    assert {name for name in told.names if name.endswith(".card.pdf")} == {
        name.removeprefix("'") for name in files
    }  # fmt: skip
    seen = set()
    for line in manifest(told.folder):
        name = line["cards file"]
        assert name.startswith(line["key"])
        assert len(name.encode()) <= 255
        assert all(letter.isprintable() and letter not in '<>:"/\\|?*' for letter in name)
        stem = name.removesuffix(".card.pdf")
        assert stem == stem.strip(" .")
        assert not PureWindowsPath(name).is_reserved()
        alike = unicodedata.normalize("NFC", name).casefold()
        assert alike not in seen
        seen.add(alike)


def test_a_note_of_thirty_pages_in_a_cell_is_a_row_that_does_not_fit(tmp_path):
    rows = people(3)
    rows[1][6] = "word " * 12_000
    told = merge(tmp_path, table(rows), "--skip-bad")
    assert told.code == 0
    problem = problems(told.folder)[0]
    assert (problem["row"], problem["what to do"][:7]) == (
        "2", "Shorten"
    )  # fmt: skip
    assert len(problem["problem"]) < 400


def test_a_column_twelve_times_is_one_sentence(tmp_path):
    headers = ("First Name", "Gift", *["Note"] * 12)
    told = merge(tmp_path, table([["Ana", "a mug", *map(str, range(12))]], headers))
    assert told.code == 2
    assert 'called "Note"' in told.err
    assert not told.folder.exists()


def test_half_characters_of_json_are_refused_by_row(tmp_path):
    people = [
        '{"name": "\\ud800Ana", "first_name": "Ana", "gift": "a mug"}',
        '{"name": "Ben", "first_name": "Ben", "gift": "a \\udfff"}',
        '{"name": "Cleo", "first_name": "Cleo", "gift": "a lamp"}',
    ]
    told = merge(tmp_path, "\n".join(people).encode(), "--skip-bad")
    assert told.code == 0, told.err
    assert [line["row"] for line in manifest(told.folder)] == ["3"]
    found = [(line["row"], line["field"]) for line in problems(told.folder)]
    assert found == [("1", "name"), ("2", "gift")]
