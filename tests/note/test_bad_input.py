"""Whatever is wrong, the answer is exit code 2, one plain sentence, and no file."""

import random
import re
import time
from pathlib import Path

import pytest

from fairhand.cli import main
from fairhand.errors import InputError
from fairhand.hand.hand import bundled_hand
from fairhand.note.read import parse_note, read_note

LETTER = "\nDear Ana,\n\nThank you for the tea.\n\nLove,\nTom\n"
JARGON = re.compile(
    r"Traceback|Error\b|Exception|pydantic|NoneType|<class|object at|\['|\btuple\b|\bdict|"
    r"instance of|function-|\bstr\b|codec|errno",
    re.IGNORECASE,
)
DEEP = 1500
FUZZED = 200
SOON = 5
"""Seconds of one processor, with room for a slow machine; two are usual."""


def front(*lines):
    return "---\n" + "\n".join(lines) + "\n---\n" + LETTER


def bomb():
    levels = [
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)
    ]
    return "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(levels) + "\n"


@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def refusal(run, tmp_path):
    """Return a function that writes a bad note's card and gives the sentence of the refusal."""

    def refusal(name, content, *options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        before = sorted(tmp_path.rglob("*"))
        code, out, err = run("write", path, *options)
        assert code == 2, err
        assert out == ""
        assert_plain(err)
        assert sorted(tmp_path.rglob("*")) == before
        return err.replace(f"{path}", name)

    return refusal


def assert_plain(err):
    """One sentence, perhaps a hint under it; words for a person, and safe for a terminal."""
    sentence, *hints = err.removesuffix("\n").split("\n")
    assert sentence.startswith("fairhand: ")
    assert sentence.endswith(".")
    assert len(hints) <= 1
    assert all(hint.startswith("  ") and hint.strip() for hint in hints)
    assert err.replace("\n", "").isprintable()
    assert not JARGON.search(re.sub(r'"[^"]*"', "", err)), err


UNKNOWN_KEYS = {
    "md": ("note.md", front("hnd: caveat"), 2, '"hand"'),
    "toml": ("note.toml", 'hand = "caveat"\nparagraph = ["Hi."]\n', 2, '"paragraphs"'),
    "yaml": ("note.yaml", "paragraphs: Hi there.\nto:\n  nmae: Ana\n", 2, '"name"'),
    "json": ("note.json", '{"paragraphs": "Hi",\n "valedicton": "Love,"}', 2, '"valediction"'),
    "not near": (
        "note.md",
        front("hand: caveat", "to:", "  zzz: Ana"),
        3,
        "address, care_of, city, country",
    ),
}


@pytest.mark.parametrize("case", UNKNOWN_KEYS)
def test_an_unknown_key_is_named_and_the_nearest_known_one(refusal, case):
    name, content, line, near = UNKNOWN_KEYS[case]
    err = refusal(name, content)
    assert f"{name}, line {line}: " in err
    assert "is not a key" in err
    assert near in err


WRONG_TYPES = {
    "number for words": ("note.json", '{\n"paragraphs": 3}', 2, '"paragraphs"'),
    "number in a list": ("note.json", '{\n"paragraphs": ["a",\n 3]}', 2, '"paragraphs 2"'),
    "list for a word": ("note.md", front("date: x", "hand: [a, b]"), 3, '"hand"'),
    "words for a number": ("note.md", front("neatness: much"), 2, '"neatness"'),
    "too much": ("note.md", front("neatness: 7"), 2, '"neatness"'),
    "too little": ("note.md", front("neatness: -1"), 2, '"neatness"'),
    "not a number": ("note.json", '{"neatness": NaN,\n"paragraphs": "Hi"}', 1, '"neatness"'),
    "infinite": ("note.toml", 'paragraphs = "Hi"\nneatness = inf\n', 2, '"neatness"'),
    "words for a switch": ("note.md", front("large: perhaps"), 2, '"large"'),
    "truth for a word": ("note.json", '{"paragraphs": "Hi",\n"hand": true}', 2, '"hand"'),
    "number for a person": ("note.json", '{"paragraphs": "Hi",\n"to": 5}', 2, '"to"'),
    "list in an address": ("note.md", front("to: [[a, b], c]"), 2, '"to"'),
    "number in an address": ("note.json", '{"paragraphs": "Hi",\n"to": ["Ana", 5]}', 2, '"to"'),
    "number for a name": ("note.json", '{"paragraphs": "Hi",\n"to": {"name": 5}}', 2, '"to name"'),
    "another choice": ("note.md", front("return_address: moon"), 2, '"return_address"'),
    "empty word": ("note.md", front("seed: ''"), 2, '"seed"'),
    "no language": ("note.md", front("hand: kalam", "language: klingon"), 3, "klingon"),
}


@pytest.mark.parametrize("case", WRONG_TYPES)
def test_a_wrong_value_is_named_with_its_field_and_line(refusal, case):
    name, content, line, field = WRONG_TYPES[case]
    err = refusal(name, content)
    assert f"{name}, line {line}: " in err
    assert field in err


@pytest.mark.parametrize("date", ["2026-13-01", "2026-02-30", "0000-01-01", "2026-00-10"])
@pytest.mark.parametrize("name", ["note.md", "note.yaml", "note.toml", "note.json"])
def test_a_day_that_is_not_in_the_calendar_is_named_with_its_line(refusal, name, date):
    content = {
        "note.md": front(f"date: {date}"),
        "note.yaml": f"paragraphs: Hi.\ndate: {date}\n",
        "note.toml": f'paragraphs = "Hi."\ndate = "{date}"\n',
        "note.json": f'{{"paragraphs": "Hi.",\n "date": "{date}"}}',
    }[name]
    err = refusal(name, content)
    assert f'"{date}" is not a day in the calendar' in err
    assert f"{name}, line 2: " in err


@pytest.mark.parametrize("date", ["03/04/2026", "3.4.2026", "03-04-26", "20260304", "12:30"])
def test_a_date_that_could_be_read_two_ways_is_named_with_its_line(refusal, date):
    err = refusal("note.md", front("hand: kalam", f"date: {date}"))
    assert f'"{date}" could be read in more than one way' in err
    assert "note.md, line 3: " in err
    assert '"2026-11-22"' in err


@pytest.mark.parametrize("date", ["2026-13-01", "2026-02-30", "03/04/2026"])
def test_a_bad_toml_date_is_told_as_a_bad_date(refusal, date):
    err = refusal("note.toml", f'paragraphs = "Hi."\ndate = {date}\n')
    assert "note.toml, line 2: " in err
    assert "date" in err.partition(": This is not valid TOML")[2] or date in err


DOUBLED = {
    "note.md": (front("hand: caveat", "hand: kalam"), 3),
    "note.yaml": ("hand: caveat\nparagraphs: Hi.\nhand: kalam\n", 3),
    "note.toml": ('hand = "caveat"\nhand = "kalam"\n', 2),
    "note.json": ('{"paragraphs": "Hi.",\n"hand": "caveat",\n"hand": "kalam"}', 3),
}


@pytest.mark.parametrize("name", DOUBLED)
def test_a_key_given_twice_is_named_with_its_second_line(refusal, name):
    content, line = DOUBLED[name]
    err = refusal(name, content)
    assert '"hand" is given twice' in err
    assert f"{name}, line {line}: " in err


NO_NOTES = {
    "empty": ("note.md", b""),
    "empty toml": ("note.toml", b""),
    "empty yaml": ("note.yaml", b""),
    "empty json": ("note.json", b""),
    "empty object": ("note.json", b"{}"),
    "byte order mark": ("note.md", b"\xef\xbb\xbf"),
    "byte order mark of UTF-16": ("note.md", b"\xff\xfe"),
    "white space": ("note.md", " \n\t\u00a0\u200b\n\u3000\n".encode()),
    "only comments": ("note.md", b"<!-- Dear Ana -->\n"),
    "only front matter": ("note.md", b"---\nhand: caveat\n---\n"),
    "only a name": ("note.yaml", b"signature: Tom\n"),
    "empty paragraphs": ("note.json", b'{"paragraphs": ["", " "]}'),
    "all bytes": ("note.md", bytes(range(256))),
    "zeros": ("note.md", bytes(1000)),
    "picture": ("note.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(200))),
    "archive": ("note.md", b"PK\x03\x04\x14\0\x06\0\x08\0" + bytes(100)),
    "PDF": ("note.md", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n\0\x01\n"),
    "half a UTF-16 letter": ("note.md", b"\xff\xfeD\0e\0a"),
    "huge": ("note.md", b"Dear Ana, hello.\n" * 70_000),
    "front matter without end": ("note.md", b"---\nhand: caveat\n" + LETTER.encode()),
    "bad YAML": ("note.yaml", b"to: [Ana\nhand: caveat\n"),
    "bad front matter": ("note.md", front("to: 'Ana").encode()),
    "tab in YAML": ("note.yaml", b"to:\n\tname: Ana\n"),
    "colon in YAML": ("note.md", front("to: Ana: Lima").encode()),
    "two documents": ("note.yaml", b"paragraphs: Hi\n---\nhand: kalam\n"),
    "list for a note": ("note.yaml", b"- Dear Ana\n- Hello\n"),
    "words for settings": ("note.md", front("hello").encode()),
    "unknown alias": ("note.yaml", b"to: *ana\nparagraphs: Hi\n"),
    "alias of itself": ("note.yaml", b"to: &a [*a]\nparagraphs: Hi\n"),
    "mapping of itself": ("note.yaml", b"&a {to: *a}\n"),
    "list for a key": ("note.yaml", b"? [a, b]\n: c\nparagraphs: Hi\n"),
    "Python in YAML": ("note.yaml", b"to: !!python/object/apply:os.system [exit]\n"),
    "bad TOML": ("note.toml", b"hand caveat\n"),
    "bad JSON": ("note.json", b'{"paragraphs": "Hi"'),
    "list for JSON": ("note.json", b'["Dear Ana"]'),
    "word for JSON": ("note.json", b'"Dear Ana"'),
    "deep JSON": ("note.json", b'{"to": ' + b"[" * 100_000),
    "deep closed JSON": ("note.json", b'{"to": ' + b"[" * DEEP + b"]" * DEEP + b"}"),
    "deep YAML": ("note.yaml", b"to: " + b"[" * DEEP + b"]" * DEEP),
    "deep front matter": ("note.md", front("to: " + "{a: " * DEEP + "}" * DEEP).encode()),
    "deep TOML": ("note.toml", b"to = " + b"[" * DEEP + b"]" * DEEP),
    "long number in JSON": ("note.json", b'{"paragraphs": "Hi", "seed": ' + b"9" * 5000 + b"}"),
    "long number in TOML": ("note.toml", b'paragraphs = "Hi"\nseed = ' + b"9" * 5000),
    "YAML bomb": ("note.yaml", bomb().encode()),
    "bomb in the front matter": ("note.md", front(bomb()).encode()),
    "letter beyond Unicode": ("note.yaml", b'paragraphs: "\\U00110000"\n'),
    "nested TOML tables": ("note.toml", b"[" + b".".join([b"a"] * 900) + b"]\nb = 1\n"),
    "TOML key of many parts": ("note.toml", b"a." * 40_000 + b"a = 1\n"),
    "surrogate": ("note.json", b'{"paragraphs": "a \\ud800 b"}'),
    "zero in JSON": ("note.json", b'{"paragraphs": "a \\u0000 b"}'),
    "escape in JSON": ("note.json", b'{"paragraphs": "a \\u001b[2J b"}'),
    "bell in a name": ("note.json", b'{"paragraphs": "Hi", "card": "a\\u0007"}'),
    "bell in a key": ("note.json", b'{"paragraphs": "Hi", "c\\u0007": "a"}'),
    "bell in a date": ("note.json", b'{"paragraphs": "Hi", "date": "1.2.\\u00072026"}'),
    "bell in TOML": ("note.toml", b'paragraphs = "a \\u0007 b"'),
    "private letter": ("note.md", "Dear Ana,\n\nHi \ue000 there.\n".encode()),
}  # fmt: skip


ENDLESS = {
    "words": ("note.md", b"words " * 1_000_000, "longer than"),
    "one word": ("note.md", b"Dear Ana,\n\n" + b"x" * 90_000, "characters"),
    "one shorter word": ("note.md", b"Dear Ana,\n\n" + b"x" * 14_000, "too long"),
    "fewer words": ("note.md", b"Dear Ana,\n\n" + b"word " * 2_900, "too long"),
    "address": ("note.json", b'{"paragraphs": "Hi", "to": "%s"}' % (b"a\\n" * 7_000), "12 lines"),
    "front": ("note.json", b'{"paragraphs": "Hi", "front": "%s"}' % (b"a\\n" * 7_000), "12 lines"),
    "name": ("note.json", b'{"paragraphs": "Hi", "signature": "%s"}' % (b"a\\n" * 7_000), "12"),
    "greeting": ("note.json", b'{"salutation": "Dear %s"}' % (b"a " * 7_000), "500 characters"),
    "street": ("note.md", front("to: [Ana, %s]" % ("a " * 7_000)), "500 characters"),
    "postscript": ("note.json", b'{"postscript": "P.S. %s"}' % (b"a " * 7_000), "3,000 characters"),
    "comments": ("note.md", b"<!--" * 24_000, "characters"),
    "commas": ("note.md", b"a,\n" * 33_000, "characters"),
    "brackets": ("note.md", b"[" * 99_000, "characters"),
    "braces": ("note.md", b"x {{" * 24_000, "characters"),
    "blanks": ("note.md", b"Dear Ana,\n\n" + b"TODO\n" * 2_990, "2990 blanks"),
    "kisses": ("note.md", b"Dear Ana,\n\n" + b"xx " * 4_990, "4990 blanks"),
    "closings": ("note.md", b"Love,\nTom\n\n" * 1_300, "too long"),
    "list in YAML": ("note.yaml", b"to: [" + b"x, " * 33_000 + b"]", "nested"),
}  # fmt: skip


@pytest.mark.parametrize("case", ENDLESS)
def test_what_has_no_end_is_refused_at_once(refusal, case):
    name, content, reason = ENDLESS[case]
    start = time.process_time()
    assert reason in refusal(name, content)
    assert time.process_time() - start < SOON


@pytest.mark.parametrize("source", ["/dev/zero", "/dev/urandom"])
@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_without_end_is_no_note(run, source):
    code, out, err = run("check", source)
    assert (code, out) == (2, "")
    assert_plain(err)


@pytest.mark.parametrize(("option", "name"), [("--layout", "mine.toml"), ("--hand", "mine.ttf")])
@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_without_end_is_no_layout_and_no_hand(refusal, tmp_path, option, name):
    (tmp_path / name).symlink_to("/dev/zero")
    assert "larger than" in refusal("note.md", LETTER, option, tmp_path / name)


@pytest.mark.parametrize("case", NO_NOTES)
def test_what_is_no_note_is_refused_in_a_plain_sentence(refusal, case):
    name, content = NO_NOTES[case]
    assert refusal(name, content).startswith(f"fairhand: {name}")


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"Dear Ana,\n\nHi \x07 there.\n", 3), ("Dear Ana,\n\n\nHi \ue000 there.\n".encode(), 4),
     (b"Dear Ana,\nHi \x81 \xff there.\n", 2)],
)  # fmt: skip
def test_a_character_that_cannot_stand_in_a_note_is_named_with_its_line(refusal, content, line):
    assert re.search(rf"\bline {line}\b", refusal("note.md", content), re.IGNORECASE)


@pytest.mark.parametrize(
    ("setting", "sentence", "hint"),
    [
        ("card: a77", 'no card named "a77"', 'Did you mean "a7"?'),
        ("card: zzzzzz", 'no card named "zzzzzz"', "fairhand stationery"),
        ("hand: cavet", 'no hand named "cavet"', 'Did you mean "caveat"?'),
        ("hand: ../../etc", "no hand named", "fairhand hands"),
        ("ink: blck", 'no ink named "blck"', 'Did you mean "black"?'),
        ("ink: '#12345'", 'no ink named "#12345"', "fairhand stationery"),
        ("layout: clasic", 'no layout named "clasic"', 'Did you mean "classic"?'),
        ("layout: gone.toml", "gone.toml", ""),
        ("layout: postcard\ncard: a2", '"postcard" is for postcard cards', "layout"),
        ("hand: gone.ttf", "gone.ttf", ""),
        ("hand: ~nobody-of-that-name/x.ttf", "no home folder", ""),
        ("layout: ~nobody-of-that-name/x.toml", "no home folder", ""),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_one(refusal, setting, sentence, hint):
    err = refusal("note.md", front(setting))
    assert sentence in err
    assert hint in err


@pytest.mark.parametrize("option", ["--card", "--hand", "--ink", "--layout"])
def test_an_unknown_name_on_the_command_line_is_refused_too(refusal, option):
    assert f'no {option[2:]} named "nothing"' in refusal("note.md", LETTER, option, "nothing")


@pytest.mark.parametrize(
    "content", [b"", b"no font", b"\0\1\0\0", b"OTTO" + bytes(50), b"ttcf" + bytes(99),
                b"\0\1\0\0\xff\xff" + bytes(range(256))]
)  # fmt: skip
def test_a_file_that_is_no_font_is_refused(refusal, tmp_path, content):
    (tmp_path / "mine.ttf").write_bytes(content)
    assert "mine.ttf" in refusal("note.md", front("hand: mine.ttf"))


def test_a_folder_that_is_named_like_a_font_is_refused(refusal, tmp_path):
    (tmp_path / "mine.ttf").mkdir()
    assert "mine.ttf" in refusal("note.md", front("hand: mine.ttf"))


def test_a_font_without_its_tables_is_refused(refusal, tmp_path):
    font = bundled_hand("caveat").path.read_bytes()
    (tmp_path / "mine.ttf").write_bytes(font[: len(font) // 3])
    assert '"mine' in refusal("note.md", front("hand: mine.ttf"))


def test_a_folder_for_a_note_is_refused(run, tmp_path):
    code, out, err = run("write", tmp_path)
    assert (code, out) == (2, "")
    assert_plain(err)
    assert "is a folder" in err


def test_a_note_that_is_not_there_is_refused(run, tmp_path):
    code, out, err = run("write", tmp_path / "gone.md")
    assert (code, out) == (2, "")
    assert_plain(err)
    assert f'no file "{tmp_path / "gone.md"}"' in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a\0b.md", "x" * 300 + ".md", "note.md/deeper.md"])
def test_a_name_that_no_file_can_have_is_refused(run, tmp_path, name):
    (tmp_path / "note.md").write_text(LETTER, encoding="utf-8")
    code, out, err = run("write", f"{tmp_path}/{name}")
    assert (code, out) == (2, "")
    assert "cannot be read" in err or "no file" in err


@pytest.mark.parametrize("output", ["a\0b.pdf", "x" * 300 + ".pdf", "x" * 300])
def test_an_output_that_no_file_can_be_is_refused_without_a_traceback(run, tmp_path, output):
    note = tmp_path / "note.md"
    note.write_text(LETTER, encoding="utf-8")
    code, out, err = run("write", note, "-o", f"{tmp_path}/{output}")
    assert code in (1, 2)
    assert out == ""
    assert err.startswith("fairhand: ")
    assert list(tmp_path.iterdir()) == [note]


def test_blanks_are_all_named_each_with_its_line(refusal):
    content = (
        "---\nto: |\n  [name]\n  1 Road\n---\n\nDear [name],\n\nThanks for ____.\n\nLove,\nTODO\n"
    )
    err = refusal("note.md", content)
    assert "note.md, line 3: 4 blanks are still to be filled in: " in err
    for named in ("[name] (line 3)", "[name] (line 7)", "____ (line 9)", "TODO (line 12)"):
        assert named in err


def test_a_letter_that_the_hand_lacks_is_named_with_its_line_and_the_hands_that_have_it(refusal):
    content = (
        "---\nhand: homemade-apple\n---\nDear Ana,\n\nHello there,\nŵ and Жук.\n\nLove,\nTom\n"
    )
    err = refusal("note.md", content, "--hand", "homemade-apple")
    assert "note.md, line 7: " in err
    assert '"homemade-apple" cannot write' in err
    assert '"Ж" (U+0416, line 7)' in err
    assert "playpen-sans" in err.split("\n")[1]


@pytest.mark.parametrize(
    "field",
    ["place", "date", "salutation", "paragraphs", "valediction", "signature", "postscript",
     "front", "imprint", "to", "from"],
)  # fmt: skip
def test_a_letter_is_not_lost_in_any_field(refusal, field):
    fields = {"paragraphs": "Hello.", "to": "Ana\\n1 Road", "from": "Tom\\n2 Road"} | {
        field: "กข\\nค"
    }
    content = "{" + ",\n".join(f'"{key}": "{value}"' for key, value in fields.items()) + "}"
    err = refusal("note.json", content)
    line = 1 + list(fields).index(field)
    assert f'"ก" (U+0E01, line {line})' in err


@pytest.mark.parametrize("card", ["postcard", "iso-postcard", "a2", "a2-flat"])
def test_a_letter_of_the_address_is_not_lost_on_any_card(refusal, card):
    err = refusal("note.md", front("hand: homemade-apple", "to: [Ana, 'ถนน 5']"), "--card", card)
    assert '"ถ" (U+0E16, line 3)' in err


def test_letters_that_only_different_hands_have_are_told_truly(refusal):
    err = refusal("note.md", "Dear Ana,\n\nЖ and ש.\n")
    assert "cannot write" in err
    assert "No hand has it;" not in err


def test_a_letter_that_no_hand_has_is_told_so(refusal):
    err = refusal("note.md", "Dear Ana,\n\nI like ก much.\n")
    assert '"ก" (U+0E01, line 3)' in err
    assert "No hand has it" in err


@pytest.mark.parametrize("letter", ["a\u0337\u0337", "🙂", "\U0001f469\u200d\U0001f680", "𝔞"])
def test_a_letter_of_many_characters_is_named_whole(refusal, letter):
    assert "U+" in refusal("note.md", f"Dear Ana,\n\nI like {letter} much.\n")


def test_a_note_that_is_too_long_is_refused_with_the_number_of_words_and_a_card(refusal):
    body = "We had such a good time with you all. " * 16
    err = refusal("note.md", f"---\ncard: postcard\n---\nDear Ana,\n\n{body}\n\nLove,\nTom\n")
    assert re.search(r"about \d+ words? too long for the card \"postcard\"", err)
    assert "It fits on the card " in err


@pytest.mark.parametrize(
    ("tag", "sold", "elsewhere"), [("en", "letter", "a4"), ("de", "a4", "letter")]
)
def test_only_cards_that_are_sold_where_the_language_is_spoken_are_named(
    refusal, tag, sold, elsewhere
):
    body = "We had such a good time with you all. " * 90
    err = refusal("note.md", f"---\nlanguage: {tag}\ncard: postcard\n---\nDear Ana,\n\n{body}\n")
    advice = err.split("\n")[1].partition("On this one")[0]
    assert f'"{sold}"' in advice
    assert f'"{elsewhere}"' not in advice


@pytest.mark.parametrize("field", ["to", "from"])
def test_a_line_of_an_address_that_is_too_long_is_quoted(refusal, field):
    other = {"to": "from", "from": "to"}[field]
    long = "Very Long Street Name " * 12
    err = refusal("note.md", front(f"{other}: [Tom, 2 Road]", f"{field}: [Ana, {long}]"))
    assert f'"{long.strip()}" does not fit' in err
    assert "note.md, line 3: " in err


@pytest.mark.parametrize("field", ["front", "imprint"])
def test_a_line_that_is_too_long_for_its_place_is_quoted(refusal, field):
    long = "words and words " * 20
    err = refusal("note.md", front("hand: kalam", f"{field}: {long}"))
    assert f'"{long.strip()}" does not fit' in err
    assert "note.md, line 3: " in err


NOTES = {
    ".md": "---\nto: |\n  Ana Lima\n  1 Road\ndate: 2026-05-04\ncard: a2\nneatness: 0.5\n---\n\n"
    "Dear Ana,\n\nThank you for the café tea, it was “lovely”.\n\nLove,\nTom\n",
    ".toml": 'to = """\nAna Lima\n1 Road"""\ndate = 2026-05-04\ncard = "a2"\nlarge = false\n'
    'salutation = "Dear Ana,"\nparagraphs = ["Thank you for the café tea."]\nsignature = "Tom"\n',
    ".yaml": "to:\n  name: Ana Lima\n  address: [1 Road, Town]\ndate: 2026-05-04\ncard: a2\n"
    "salutation: Dear Ana,\nparagraphs:\n  - Thank you for the café tea.\nsignature: Tom\n",
    ".json": '{"to": ["Ana Lima", "1 Road"], "date": "2026-05-04", "card": "a2",\n'
    ' "salutation": "Dear Ana,", "paragraphs": ["Thank you for the café tea."],\n'
    ' "signature": "Tom", "neatness": 0.8, "large": false}\n',
}
SNIPPETS = [
    b"---\n", b"{{", b"]", b"[", b'"', b"'", b": ", b"&a *a", b"<!--", b"-->", b"\\u0000", b"\\",
    b"#", b"|", b"\t", b"\xef\xbb\xbf", b"\n\n", b"!!int ", b"null", b"\x00", b"\x1b", b"\xff",
    b"\r", b"\\ud800", b"1e999", "\u202e".encode(), "\u0301".encode(), "שלום".encode(), b"xx",
]  # fmt: skip


def mutated(seed):
    """Return a note's form and its bytes after some harm; the same for the same seed."""
    chance = random.Random(seed)
    form = chance.choice(list(NOTES))
    data = bytearray(NOTES[form].encode())
    for _ in range(chance.choice([1, 1, 1, 1, 2, 3])):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.randrange(1, 30))
        match chance.choice(["flip", "cut", "letter", "snippet", "drop", "repeat", "swap"]):
            case "flip" if start < len(data):
                data[start] = chance.randrange(256)
            case "cut":
                del data[start:]
            case "letter":
                top = chance.choice([0x80, 0x250, 0x800, 0xD800])
                data[start:start] = chr(chance.randrange(32, top)).encode()
            case "snippet":
                data[start:start] = chance.choice(SNIPPETS)
            case "drop":
                del data[start:end]
            case "repeat":
                data[start:start] = data[start:end] * chance.randint(1, 4)
            case "swap":
                data[start:end] = data[start:end][::-1]
    return form, bytes(data)


@pytest.mark.parametrize("seed", range(FUZZED))
def test_a_harmed_note_makes_a_card_or_is_refused_in_one_sentence(run, tmp_path, seed):
    form, data = mutated(seed)
    note = tmp_path / f"note{form}"
    note.write_bytes(data)
    code, out, err = run("write", note)
    made = sorted(path for path in tmp_path.iterdir() if path != note)
    assert code in (0, 2), err
    if code == 0:
        assert made == sorted(tmp_path / line.split("/")[-1] for line in out.splitlines())
        assert all(path.read_bytes().startswith(b"%PDF-") for path in made)
        assert made
    else:
        assert made == []
        assert out == ""
        assert_plain(err)


def test_harm_leaves_notes_of_both_kinds():
    fine = 0
    for seed in range(FUZZED):
        form, data = mutated(seed)
        try:
            parse_note(data, form=form)
            fine += 1
        except InputError:
            pass
    assert FUZZED // 5 < fine < FUZZED - FUZZED // 5


@pytest.mark.parametrize(
    ("begins", "kind"),
    [(b"\xff\xd8\xff\xe1", "a picture"), (b"\x89PNG\r\n", "a picture"),
     (b"RIFF\x10\0\0\0WEBPVP8 ", "a picture"), (b"\n<svg viewBox='0 0 1 1'/>", "a drawing"),
     (b"<?xml version='1.0'?>\n<svg/>", "a drawing"), (b"%PDF-1.6\n", "a PDF")],
)  # fmt: skip
@pytest.mark.parametrize("length", [0, 300_000], ids=["short", "long"])
def test_art_that_is_given_in_place_of_a_note_is_told_where_it_belongs(
    tmp_path, begins, kind, length
):
    path = tmp_path / "garden"
    path.write_bytes(begins + length * b" ")
    with pytest.raises(InputError) as caught:
        read_note(path)
    assert caught.value.message == f"This is {kind}, not a note."
    assert "art: garden" in caught.value.hint
