"""Every occasion is a letter of its language once its blanks are filled, and none before."""

import re

import pytest

from fairhand.cli import main
from fairhand.errors import InputError
from fairhand.job import make
from fairhand.note.occasions import occasion, occasions
from fairhand.note.read import parse_note

ALL = occasions()
TRANSLATED = ("after-rejection", "thank-you", "condolence")
FEWEST = 18
WANTED = {
    "after-rejection", "after-interview", "accepting-offer", "declining-offer", "leaving",
    "referral-thanks", "client-thanks", "donor-thanks", "apology", "wedding-thanks", "gift-thanks",
    "condolence", "birthday", "get-well", "new-baby", "congratulations", "holiday", "rsvp-accept",
    "rsvp-decline",
}  # fmt: skip
WORDS = {"name": "Ana Lima", "your name": "Tomás Weiß", "company": "Meridian"}
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
KEYED = re.compile(r"\[[^\]]+\]")

every = pytest.mark.parametrize("entry", ALL, ids=lambda entry: f"{entry.name}.{entry.language}")


def filled(entry, **values):
    given = dict.fromkeys(entry.blanks, "three fine words")
    known = {key: words for key, words in WORDS.items() if key in given}
    return entry.filled({**given, **known, **values})


def note_of(entry):
    return parse_note(filled(entry).encode(), form=".md").note


def letter(entry):
    """Return an occasion without the comment for the writer, its lines where they were."""
    return COMMENT.sub(lambda match: "\n" * match[0].count("\n"), entry.text)


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


def test_the_moments_of_a_life_have_their_occasion():
    names = {entry.name for entry in ALL}
    assert names >= WANTED
    assert len(names) >= FEWEST


@pytest.mark.parametrize("name", TRANSLATED)
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_the_hardest_notes_are_there_in_four_languages(name, language):
    entry = occasion(name, language)
    assert entry.language == language
    assert note_of(entry).language == language


@every
def test_an_occasion_that_is_filled_makes_a_card_and_an_envelope(entry):
    source = parse_note(filled(entry).encode(), form=".md")
    assert source.note.hand == "mynerve"
    made = make(source)
    written = " ".join(page.text for page in made.composed.pages)
    assert written.split() == source.note.words.split()
    assert made.composed.comfortable
    assert made.envelope is not None
    assert len(made.envelope_sheets) == 1


@every
def test_an_occasion_that_is_not_filled_is_refused_with_every_blank_and_its_line(entry):
    lines = enumerate(letter(entry).split("\n"), start=1)
    expected = [
        f"{blank} (line {number})" for number, line in lines for blank in KEYED.findall(line)
    ]
    with pytest.raises(InputError) as error:
        parse_note(entry.text.encode(), form=".md")
    named = error.value.message.removesuffix(".").partition(": ")[2].split("; ")
    assert sorted(named) == sorted(expected)


@every
def test_an_occasion_with_one_blank_left_is_refused_for_that_one(entry):
    for key in entry.blanks:
        given = {other: "words" for other in entry.blanks if other != key}
        with pytest.raises(InputError, match=r"still to be filled in: \[") as error:
            parse_note(entry.filled(given).encode(), form=".md")
        left = {blank.strip("[]").partition(":")[0] for blank in KEYED.findall(error.value.message)}
        assert {word.lower() for word in left} == {key}


@every
def test_an_occasion_tells_in_one_line_what_it_is_and_then_what_makes_it_good(entry):
    comment = COMMENT.match(entry.text)
    assert comment, "the comment comes first"
    assert 20 < len(entry.summary) < 100
    assert entry.summary in comment[0]
    assert comment[0].count("\n") >= 4


@every
def test_an_occasion_is_a_whole_letter(entry):
    note = note_of(entry)
    assert note.to.name == "Ana Lima"
    assert note.from_.name == "Tomás Weiß"
    assert len(note.to.lines) > 2
    if not entry.name.startswith("rsvp"):
        assert note.salutation
        assert note.valediction
        assert note.signature == "Tomás Weiß"


@pytest.mark.parametrize("name", ["rsvp-accept", "rsvp-decline"])
def test_a_formal_reply_is_centred_and_has_no_greeting_and_no_name_under_it(name):
    source = parse_note(filled(occasion(name)).encode(), form=".md")
    note = source.note
    assert (note.salutation, note.valediction, note.signature) == ("", "", "")
    assert note.layout == "centred"
    (page,) = make(source).composed.pages
    middle = (page.block.left + page.block.right) / 2
    for line in page.lines:
        last = line.words[-1]
        right = last.x + last.shaped.width_em * line.size
        assert line.align == "centre"
        assert (line.words[0].x + right) / 2 == pytest.approx(middle, abs=0.5)


@every
def test_the_punctuation_is_that_of_the_language(entry):
    note = note_of(entry)
    match entry.language:
        case "es":
            assert note.salutation.endswith(":")
            assert note.paragraphs[0][0].isupper()
        case "de":
            assert note.salutation.endswith(",")
            assert note.paragraphs[0][0].islower()
            assert not note.valediction.endswith(",")
        case "fr":
            assert note.salutation.endswith(",")
            assert note.paragraphs[0][0].isupper()
        case _ if note.salutation:
            assert note.salutation.endswith(",")
            assert note.valediction.endswith(",")


@pytest.mark.parametrize(
    ("language", "quotes"), [("en", "'\""), ("de", "'\""), ("fr", "'\""), ("es", "'\"")]
)
def test_quotes_and_apostrophes_are_typographic(language, quotes):
    for entry in ALL:
        if entry.language == language:
            body = letter(entry).split("---")[-1]
            assert not set(body) & set(quotes), entry.name


def test_new_fills_what_it_is_told(run, tmp_path):
    path = tmp_path / "note.md"
    code, out, _ = run(
        "new", "after-rejection", "--to", "Ms. Okafor", "--from", "Dana Whitfield",
        "--set", "company=Meridian Health", "--set", "Role = of head gardener", "-o", path,
    )  # fmt: skip
    assert (code, out.strip()) == (0, str(path))
    text = path.read_text(encoding="utf-8")
    for blank in ("[name]", "[company]", "[your name]", "[role]"):
        assert blank not in COMMENT.sub("", text)
    assert text.count("Dana Whitfield") == 2
    assert "Dear Ms. Okafor," in text
    assert "the way Meridian Health [admire" in text
    assert text.startswith("<!--")


def test_new_says_it_on_standard_output_when_no_file_is_named(run):
    for arguments in ((), ("-o", "-")):
        code, out, _ = run("new", "condolence", "--language", "de", *arguments)
        assert code == 0
        assert out == occasion("condolence", "de").text


def test_new_does_not_write_over_a_file_unless_it_is_forced(run, tmp_path):
    path = tmp_path / "note.md"
    path.write_text("mine", encoding="utf-8")
    code, _, err = run("new", "birthday", "-o", path)
    assert code == 2
    assert "is there already" in err
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("new", "birthday", "-o", path, "--force")[0] == 0
    assert path.read_text(encoding="utf-8") == occasion("birthday").text


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["birthdy"], 'Did you mean "birthday"?'),
        (["birthday", "--language", "de"], "It is there in: en."),
        (["birthday", "--set", "wishh=peace"], 'Did you mean "wish"?'),
        (["birthday", "--set", "peace"], "KEY=WORDS"),
    ],
)
def test_new_refuses_what_it_does_not_know_and_makes_no_file(run, tmp_path, arguments, reason):
    path = tmp_path / "note.md"
    code, out, err = run("new", *arguments, "-o", path)
    assert (code, out) == (2, "")
    assert reason in err
    assert not path.exists()


@every
def test_every_blank_can_be_filled_from_the_command_line(entry, run, tmp_path):
    path = tmp_path / "note.md"
    pairs = [pair for key in entry.blanks for pair in ("--set", f"{key}=three fine words")]
    assert run("new", entry.name, "--language", entry.language, *pairs, "-o", path)[0] == 0
    assert parse_note(path.read_bytes(), form=".md").note.language == entry.language


@pytest.mark.parametrize("words", ["A\nB", "A\r\nB", "A\u2028B"])
def test_what_a_blank_is_filled_with_is_one_line(run, words):
    code, out, err = run("new", "thank-you", "--to", words)
    assert (code, out) == (2, "")
    assert "must be one line" in err


@pytest.mark.parametrize("name", [" Ana", "- Ana", "Ana: Lima", "#1", "---", "'Ana\"", "{Ana", "|"])
def test_a_name_is_the_name_whatever_it_would_mean_to_yaml(name):
    text = filled(occasion("thank-you"), name=name)
    assert parse_note(text.encode()).note.to.name == name.strip()


@pytest.mark.parametrize("tag", ["de", "fr", "es"])
def test_a_thank_you_addresses_nobody_wrongly(tag):
    """The words around the blanks suit friends and strangers: no du or Sie, tu or vous."""
    words = set(re.findall(r"\w+", KEYED.sub("", letter(occasion("thank-you", tag))).lower()))
    assert not words & {
        "du",
        "dich",
        "dir",
        "dein",
        "deine",
        "sie",
        "ihnen",
        "ihr",
        "ihre",
        "tu",
        "te",
        "toi",
        "ton",
        "ta",
        "vous",
        "votre",
        "vos",
        "ti",
        "usted",
        "le",
        "su",
    } - ({"le", "su", "ta"} if tag != "es" else set())
