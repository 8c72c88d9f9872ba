"""A note means the same in every form of file, and needs nothing but its words."""

import datetime
import json
from pathlib import Path

import pytest

from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.note.model import Note, Party
from fairhand.note.read import parse_note, read_note

FORMS = {
    ".md": """\
---
to: |
  Ms. Adaeze Okafor
  418 Lakeview Avenue
from:
  - Dana Whitfield
  - 27 Alder Street
date: 2026-11-22
place: Saint Paul
hand: caveat
seed: 7
neatness: 0.5
large: true
---

Dear Ms. Okafor,

Thank you for the tea,
and for the talk.

Roses are red,\\
violets are blue.

Sincerely,
Dana Whitfield

P.S. The cat is well.
""",
    ".toml": '''\
to = """
Ms. Adaeze Okafor
418 Lakeview Avenue
"""
from = ["Dana Whitfield", "27 Alder Street"]
date = 2026-11-22
place = "Saint Paul"
hand = "caveat"
seed = 7
neatness = 0.5
large = true
salutation = "Dear Ms. Okafor,"
paragraphs = [
  "Thank you for the tea, and for the talk.",
  "Roses are red,\\nviolets are blue.",
]
valediction = "Sincerely,"
signature = "Dana Whitfield"
postscript = "P.S. The cat is well."
''',
    ".yaml": """\
to:
  name: Ms. Adaeze Okafor
  address: 418 Lakeview Avenue
from:
  name: Dana Whitfield
  address: [27 Alder Street]
date: 2026-11-22
place: Saint Paul
hand: caveat
seed: 7
neatness: 0.5
large: true
salutation: Dear Ms. Okafor,
paragraphs: |
  Thank you for the tea, and for the talk.

  Roses are red,
  violets are blue.
valediction: Sincerely,
signature: Dana Whitfield
postscript: P.S. The cat is well.
""",
    ".json": """\
{
  "to": "Ms. Adaeze Okafor\\n418 Lakeview Avenue",
  "from": ["Dana Whitfield", "27 Alder Street"],
  "date": "2026-11-22",
  "place": "Saint Paul",
  "hand": "caveat",
  "seed": 7,
  "neatness": 0.5,
  "large": true,
  "salutation": "Dear Ms. Okafor,",
  "paragraphs": [
    "Thank you for the tea, and for the talk.",
    "Roses are red,\\nviolets are blue."
  ],
  "valediction": "Sincerely,",
  "signature": "Dana Whitfield",
  "postscript": "P.S. The cat is well."
}
""",
}
SHORTEST = {
    ".md": "Dear Ana,\n\nThank you for the tea.\n\nLove,\nTom\n",
    ".toml": 'salutation = "Dear Ana,"\nparagraphs = "Thank you for the tea."\n'
    'valediction = "Love,"\nsignature = "Tom"\n',
    ".yaml": "salutation: Dear Ana,\nparagraphs: Thank you for the tea.\n"
    "valediction: Love,\nsignature: Tom\n",
    ".json": '{"salutation": "Dear Ana,", "paragraphs": "Thank you for the tea.",'
    ' "valediction": "Love,", "signature": "Tom"}',
}
WORDS = {"paragraphs": ["Thank you for the tea."]}


def note_of(text, form=".md"):
    return parse_note(text.encode(), form=form).note


@pytest.mark.parametrize("form", FORMS)
def test_a_note_is_the_same_in_every_form_of_file(form):
    note = note_of(FORMS[form], form)
    assert note == note_of(FORMS[".md"])
    assert note.paragraphs == (
        "Thank you for the tea, and for the talk.",
        "Roses are red,\nviolets are blue.",
    )
    assert note.to.lines == ("Ms. Adaeze Okafor", "418 Lakeview Avenue")
    assert note.heading.endswith("November 22, 2026")


@pytest.mark.parametrize("form", [*FORMS, ".yml", ".TOML", ".txt", ""])
def test_the_ending_of_a_file_tells_its_form_and_without_one_it_is_guessed(tmp_path, form):
    texts = {".yml": FORMS[".yaml"], ".TOML": FORMS[".toml"], ".txt": FORMS[".md"]}
    path = tmp_path / f"note{form}"
    path.write_text(texts.get(form, FORMS.get(form, FORMS[".json"])), encoding="utf-8")
    assert read_note(path).note == note_of(FORMS[".md"])


@pytest.mark.parametrize("form", SHORTEST)
def test_a_greeting_one_sentence_and_a_closing_make_a_card(form):
    source = parse_note(SHORTEST[form].encode(), form=form)
    assert source.note == Note(
        salutation="Dear Ana,",
        paragraphs=("Thank you for the tea.",),
        valediction="Love,",
        signature="Tom",
    )
    made = make(source)
    assert made.card_pdf().startswith(b"%PDF-")
    assert made.composed.pages[0].text.split() == source.note.words.split()


def test_path_bytes_mapping_and_note_are_read_alike(tmp_path):
    path = tmp_path / "note.json"
    path.write_text(FORMS[".json"], encoding="utf-8")
    expected = read(path).note
    for source in (str(path), FORMS[".json"].encode(), json.loads(FORMS[".json"]), expected):
        assert read(source).note == expected


def test_a_mapping_may_hold_a_day_as_python_has_it():
    assert read({**WORDS, "date": datetime.date(2026, 11, 22)}).note.heading == "November 22, 2026"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pl", "vi", "ru", "he", "ja"])
def test_a_note_that_is_read_again_stays_as_it_is(language):
    note = read({**WORDS, "date": "2026-11-22", "language": language, "to": ["Ana", "1 Road"]}).note
    assert read(note).note == note


def test_what_the_caller_gives_takes_the_place_of_what_the_file_says():
    source = parse_note(FORMS[".md"].encode(), overrides={"hand": "kalam", "large": False})
    assert (source.note.hand, source.note.large) == ("kalam", False)
    assert source.note.card == "auto"
    assert read(FORMS[".md"].encode(), hand=None).note.hand == "caveat"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("no", "no"), ("02035", "02035"), ("1.10", "1.10"), ("Null", "Null"), ("0x1F", "0x1F"),
     ("12:30", "12:30"), ("2026-11-22", "2026-11-22"), ("'null'", "null")],
)  # fmt: skip
def test_a_word_of_the_front_matter_stays_as_it_was_typed(typed, kept):
    note = note_of(f"---\nsignature: {typed}\nto: [Ana, {typed}]\n---\nDear Ana,\n\nHello there.\n")
    assert note.signature == kept
    assert note.to.lines[1] == kept


@pytest.mark.parametrize(
    ("text", "form"),
    [("paragraphs: Hi.\nto: null\nhand: ~\nsignature: ~\nfrom: [null, ~]\n", ".yaml"),
     ('{"paragraphs": ["Hi.", null], "to": null, "hand": null, "signature": null}', ".json")],
)  # fmt: skip
def test_null_says_nothing(text, form):
    note = note_of(text, form)
    assert (note.paragraphs, note.to, note.hand, note.signature) == (("Hi.",), None, "mynerve", "")


def test_people_and_paths_may_be_given_as_python_has_them():
    ana = Party(name="Ana Lima", address=("1 Road",))
    source = read({**WORDS, "to": ana, "hand": Path("mine.ttf")}, from_=Party(name="Tom"))
    assert (source.note.to, source.note.from_.name) == (ana, "Tom")
    assert source.note.hand == "mine.ttf"


@pytest.mark.parametrize("form", FORMS)
def test_a_note_without_an_ending_is_known_by_its_first_line(form):
    assert parse_note(FORMS[form].encode()).note == note_of(FORMS[".md"])


def test_settings_without_their_hyphens_are_never_written_as_words():
    with pytest.raises(InputError, match="without a line of three hyphens"):
        note_of("to: Ana\nhand: caveat\n\nDear Ana,\n\nHello there.\n")


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "November 22, 2026"), ("en-GB", "22 November 2026"), ("de", "22. November 2026"),
     ("fr", "22 novembre 2026"), ("es", "22 de noviembre de 2026"), ("pl", "22 listopada 2026")],
)  # fmt: skip
def test_a_day_is_written_as_the_language_writes_it(language, written):
    assert read({**WORDS, "date": "2026-11-22", "language": language}).note.heading == written


@pytest.mark.parametrize("words", ["Sunday evening", "the 3rd of May", "Weihnachten 2026"])
def test_a_date_in_words_stays_as_it_is(words):
    assert read({**WORDS, "date": words}).note.heading == words


@pytest.mark.parametrize(
    ("typed", "tag"), [("EN", "en"), ("de_at", "de-AT"), ("pt-br", "pt-BR"), ("zh-Hant", "zh-Hant")]
)
def test_a_language_tag_is_understood_in_any_case(typed, tag):
    assert read({**WORDS, "language": typed}).note.language == tag


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("field", ["hand", "date", "salutation", "postscript"])
def test_a_note_knows_on_which_line_of_its_file_each_field_stands(form, field):
    start = {"salutation": "Dear Ms.", "postscript": "P.S."} if form == ".md" else {}
    lines = FORMS[form].split("\n")
    expected = next(
        number
        for number, line in enumerate(lines, start=1)
        if line.strip().lstrip('"').startswith(start.get(field, field))
    )
    source = parse_note(FORMS[form].encode(), file="mine", form=form)
    assert source.place_of(field).line == expected
    assert source.place_of(field).file == "mine"


def test_the_words_of_a_note_come_in_reading_order():
    words = note_of(FORMS[".md"]).words
    parts = ["Saint Paul", "November", "Dear", "Thank", "Roses", "Sincerely", "Dana", "P.S."]
    places = [words.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("key", ["salutation", "paragraphs", "postscript"])
def test_what_stands_in_the_front_matter_and_in_the_text_is_refused(key):
    with pytest.raises(InputError, match=f'"{key}" is given twice') as error:
        note_of(f"---\nhand: caveat\n{key}: Hello there\n---\n" + FORMS[".md"].split("---\n")[2])
    assert error.value.place.line == 3


def test_the_schema_describes_every_field():
    schema = Note.model_json_schema(by_alias=True)
    names = {field.alias or name for name, field in Note.model_fields.items()}
    assert set(schema["properties"]) == names
    party = next(form for form in schema["$defs"]["Party"]["anyOf"] if form["type"] == "object")
    for model in (schema, party):
        assert all(entry.get("description") for entry in model["properties"].values())


def accepts(schema, entry, kind):
    if "$ref" in entry:
        return accepts(schema, schema["$defs"][entry["$ref"].split("/")[-1]], kind)
    if "anyOf" in entry:
        return any(accepts(schema, choice, kind) for choice in entry["anyOf"])
    return kind in (entry.get("type"), *([] if "type" in entry else [kind]))


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [("to", "Ana Lima\n1 Road", "string"), ("to", ["Ana Lima", "1 Road"], "array"),
     ("to", {"name": "Ana Lima"}, "object"), ("from", "Tom\n2 Road", "string"),
     ("from", ["Tom", "2 Road"], "array"), ("paragraphs", "One.\n\nTwo.", "string"),
     ("paragraphs", ["One.", "Two."], "array"), ("seed", 7, "number")],
)  # fmt: skip
def test_what_the_reader_accepts_the_schema_accepts_too(field, value, kind):
    read({**WORDS, field: value})
    schema = Note.model_json_schema(by_alias=True)
    assert accepts(schema, schema["properties"][field], kind)
