"""The documents say what the code does: commands, fields, keys, rooms, hands and numbers.

Some tables are made here from the code itself. After a change that is meant, renew them:

    FAIRHAND_RENEW=1 pytest tests/test_docs.py
"""

import ast
import os
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path
from typing import get_args

import click
import pytest
from pydantic import BaseModel
from test_architecture import GROUND, LIBRARIES, MAY_IMPORT, ROOT, SOURCE

import fairhand
from fairhand.catalog import build
from fairhand.cli import fairhand as command_line
from fairhand.errors import Place
from fairhand.hand.hand import CJK_HANDS, Hand, bundled_hand, hand, hands, types
from fairhand.hand.model import HandData, Manner, Reshape
from fairhand.job import make, read
from fairhand.layout.front import Front
from fairhand.layout.model import CardLayout, EnvelopeLayout, Role
from fairhand.note.language import Language
from fairhand.note.model import Art, Note
from fairhand.note.read import parse_note
from fairhand.output.form_font import FormFont
from fairhand.output.pdf import pdf
from fairhand.post.verdict import Post, PostClass
from fairhand.stationery.catalogue import envelopes
from fairhand.stationery.condition import Condition
from fairhand.stationery.model import Card, Envelope, Ink, Pen
from fairhand.stationery.paper import Paper
from fairhand.write.hand_page import EFFECTS

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

SAMPLE = "samples/after-rejection/note.md"
SAMPLE_WORD = "still"

_FENCE = re.compile(r"^```([\w-]*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHELL = ("", "sh", "bash", "shell", "console")
_PARTING = re.compile(r"\s(?:&&|\|\|?|;|>>?|<)\s")

LANGUAGES = {
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîșț",
    "Croatian": "čćđšž",
    "Turkish": "çğıİöşü",
    "Lithuanian": "ąčęėįšųūž",
    "Latvian": "āčēģīķļņšūž",
    "Estonian": "äõöüšž",
    "Welsh": "âêîôûŵŷ",
    "Vietnamese": "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Serbian": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "Hindi": "अआइईउऊऋएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
    "Hebrew": "אבגדהוזחטיכלמנסעפצקרשתךםןףץ",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةى",
}
CJK_SAMPLES = {
    "Japanese": "あいうえおがぎぐげごっゃゅょアイウエオー、。「」（）！？・〒々拝啓様御礼申上",
    "Korean": "가나다라마바사감사합니다선생님께서드림",
    "Chinese": "谢谢您，亲爱的老师：祝一切安好！“”《》（）——……",
}
_WESTERN = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœŒ"
_MARKS = "%&@#$£€‘’“”„«»–—…"


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def fences(page: Path, *tags: str) -> list[str]:
    return [body for tag, body in _FENCE.findall(text_of(page)) if tag in tags]


def shell_lines() -> list[tuple[str, str]]:
    """Return (page, command) of every shell line that runs fairhand."""
    found = []
    for page in PAGES:
        for block in fences(page, *_SHELL):
            for line in block.replace("\\\n", " ").split("\n"):
                parts = _PARTING.split(line.strip().removeprefix("$ "))
                found += [(page.name, part) for part in parts if part.startswith("fairhand ")]
    return found


def ids(cases: list[tuple]) -> list[str]:
    return [" ".join(str(part) for part in case)[:70] for case in cases]


# Commands


@pytest.mark.parametrize(("page", "line"), shell_lines(), ids=ids(shell_lines()))
def test_every_shell_line_parses(page, line):
    words = shlex.split(line, comments=True)[1:]
    assert words, f'"{line}" names no command'
    if words[0].startswith("-"):
        known = {name for option in command_line.params for name in option.opts} | {"-h", "--help"}
        assert words[0] in known
        return
    assert words[0] in command_line.commands, f"{page}: there is no command {words[0]}"
    command = command_line.commands[words[0]]
    # As below the group: click keeps a command's option of help as it was first asked for.
    above = click.Context(command_line, **command_line.context_settings)
    try:
        command.make_context(words[0], words[1:], parent=above)
    except click.exceptions.Exit:
        pass
    except click.ClickException as error:
        pytest.fail(f'{page}: "{line}": {error.format_message()}')
    for word in words:
        if word.startswith("samples/"):
            assert (ROOT / word).exists(), f"{page}: there is no {word}"


@pytest.mark.parametrize("name", list(command_line.commands))
def test_every_command_is_documented(name):
    assert any(f"fairhand {name}" in text_of(page) for page in PAGES)


@pytest.mark.parametrize("name", list(command_line.commands))
def test_every_command_has_help(name):
    command = command_line.commands[name]
    assert command.help
    assert command.short_help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help or isinstance(parameter.type, click.Choice), parameter.name


def test_python_examples_are_python():
    for page in PAGES:
        for block in fences(page, "python"):
            ast.parse(block)


def test_links_between_pages_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text_of(page)):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


# The note


def note_examples() -> list[tuple[str, str]]:
    return [
        (tag, body)
        for tag, body in _FENCE.findall(text_of(DOCS / "note.md"))
        if tag in ("md", "toml", "yaml", "json")
    ]


@pytest.mark.parametrize(("tag", "body"), note_examples())
def test_every_note_example_is_a_note(tag, body):
    assert parse_note(body.encode(), form=f".{tag}").note.words


def test_the_whole_note_says_the_same_in_every_form():
    tags = [tag for tag, _ in note_examples()]
    assert tags == ["md", "md", "toml", "yaml", "json"]
    notes = [parse_note(body.encode(), form=f".{tag}").note for tag, body in note_examples()[1:]]
    addressed = [note.to.lines for note in notes]
    assert addressed[1:] == addressed[:-1]
    assert len({note.model_copy(update={"to": None}) for note in notes}) == 1


def test_the_whole_note_makes_a_card_and_an_envelope():
    tag, body = note_examples()[1]
    made = make(parse_note(body.encode(), form=f".{tag}"))
    assert made.composed.card.name == "iso-a6"
    assert made.envelope_sheets


@pytest.mark.parametrize("body", fences(DOCS / "art.md", "md"))
def test_every_example_of_art_is_a_note(body):
    assert parse_note(body.encode(), form=".md").note.art


def test_every_key_of_art_and_of_a_front_is_documented():
    assert table_keys(DOCS / "art.md", "key") >= set(Art.model_fields)
    assert keys_of(Front) - keys_of(Ink) - quoted(DOCS / "art.md") == set()


def test_the_example_of_a_front_is_one():
    (block,) = fences(DOCS / "art.md", "toml")
    assert build(Front, tomllib.loads(block), Place("example")).file == "mark.svg"


def quoted(page: Path) -> set[str]:
    """Return what stands in back quotes outside of blocks."""
    return set(re.findall(r"`([^`\n]+)`", _FENCE.sub("", text_of(page))))


def table_keys(page: Path, heading: str) -> set[str]:
    """Return what stands in back quotes in the first column of a table."""
    table = text_of(page).partition(f"| {heading} |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\|([^|]+)\|", table, re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def test_the_fields_of_a_note_are_all_documented():
    fields = {field.alias or name for name, field in Note.model_fields.items()}
    assert table_keys(DOCS / "note.md", "field") == fields


@pytest.mark.parametrize("name", ["card", "layout", "language", "hand", "ink", "seed"])
def test_the_defaults_of_a_note_are_the_documented_ones(name):
    row = re.search(rf"^\| `{name}` \|.*\| `([^`]+)` \|$", text_of(DOCS / "note.md"), re.MULTILINE)
    assert row
    assert row[1] == Note.model_fields[name].default


# Layouts, stationery, inks, languages, hands


def keys_of(model: type[BaseModel]) -> set[str]:
    """Return the keys of a model and of the models in it."""
    keys: set[str] = set()
    for name, field in model.model_fields.items():
        keys.add(name)
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                keys |= keys_of(part)
    return keys


@pytest.mark.parametrize(
    "model",
    [
        CardLayout,
        EnvelopeLayout,
        Post,
        PostClass,
        Card,
        Envelope,
        Ink,
        Pen,
        Language,
        Condition,
        Paper,
    ],
)
def test_every_layout_key_is_documented(model):
    assert keys_of(model) - quoted(DOCS / "layouts.md") == set()


def test_every_part_of_a_note_that_a_layout_sets_is_documented():
    assert set(get_args(Role)) - quoted(DOCS / "layouts.md") == set()


def test_the_layout_examples_are_right():
    blocks = [tomllib.loads(block) for block in fences(DOCS / "layouts.md", "toml")]
    assert blocks
    checked = set()
    for block in blocks:
        if "flow" in block:
            build(CardLayout, {**block, "name": "example"}, Place("example"))
            checked.add(CardLayout)
            continue
        for name, entry in block.items():
            model = (
                Card if "kind" in entry
                else Paper if "cell_width" in entry
                else Ink if "cmyk" in entry
                else Pen if "pressure" in entry
                else Condition if "identifier" in entry
                else Envelope if "width" in entry
                else Language
            )  # fmt: skip
            key = "tag" if model is Language else "name"
            made = build(model, {**entry, key: name}, Place("example"))
            checked.add(model)
            if isinstance(made, Card):
                assert made.envelope in envelopes()
    assert checked == {CardLayout, Card, Envelope, Ink, Pen, Language, Condition, Paper}


def test_the_layout_example_makes_a_card(tmp_path):
    (tmp_path / "my-layout.toml").write_text(
        fences(DOCS / "layouts.md", "toml")[0], encoding="utf-8"
    )
    note = tmp_path / "note.md"
    note.write_text("Hi Tom,\n\nThank you for the pie.\n\nLove,\nAnn\n", encoding="utf-8")
    made = make(read(note, layout="my-layout.toml"))
    assert made.composed.layout.title == "House card"


def test_every_key_of_a_hand_is_documented():
    manner = set(Manner.model_fields)
    assert set(Reshape.model_fields) <= quoted(DOCS / "hands.md")
    assert keys_of(HandData) - manner - set(Reshape.model_fields) == table_keys(
        DOCS / "hands.md", "key"
    )
    assert manner == table_keys(DOCS / "hands.md", "kind") == {"letters", *EFFECTS}
    for block in fences(DOCS / "hands.md", "toml"):
        build(HandData, tomllib.loads(block), Place("example"))


# What is made from the code


def _cased(letters: str) -> str:
    return letters + "".join(c.upper() for c in letters if len(c.upper()) == 1)


def hands_table() -> str:
    rows = [
        "| hand | character | joined | pen | legibility | languages | fit for | lacks | licence |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, data in hands().items():
        missing = bundled_hand(name).font.missing
        written = [tongue for tongue, letters in LANGUAGES.items() if not missing(_cased(letters))]
        lacks = missing(_MARKS + _WESTERN)
        if len(lacks) > 40:
            lacks = [*missing(_MARKS), "all accented letters"]
        rows.append(
            f"| **{data.name}** `{name}` | {data.character} | {data.joined} "
            f"| {data.pen} | {data.legibility} | {', '.join(written) or '–'} "
            f"| {', '.join(data.uses)} | {' '.join(lacks) or '–'} | {data.licence} |"
        )
    return "\n".join(rows)


def specimen_pictures() -> str:
    """Return the specimens that `python -m benchmarks.pictures` makes, a line each."""
    rows = []
    for name, data in {**hands(), **{name: own.data for name, own in cjk_hands().items()}}.items():
        picture = Path("pictures") / "hands" / f"{name}.png"
        assert (DOCS / picture).is_file(), "python -m benchmarks.pictures"
        rows.append(f"**{data.name}**\n\n![A specimen of {data.name}]({picture.as_posix()})")
    return "\n\n".join(rows)


def cjk_hands() -> dict[str, Hand]:
    """Return the hands of the package fairhand-cjk from this checkout, installed or not."""
    return {name: hand(str(ROOT / "fonts" / "cjk" / name)) for name in CJK_HANDS}


def cjk_hands_table() -> str:
    rows = ["| hand | character | languages | lacks | licence |", "|---|---|---|---|---|"]
    for name, found in cjk_hands().items():
        data, missing = found.data, found.font.missing
        languages = [script for script in data.scripts if script in CJK_SAMPLES]
        for script in languages:
            assert missing(CJK_SAMPLES[script]) == []
        lacks = missing(_MARKS) + (["accented letters"] if len(missing(_WESTERN)) > 40 else [])
        rows.append(
            f"| **{data.name}** `{name}` | {data.character} | {', '.join(languages)} "
            f"| {' '.join(lacks) or '–'} | {data.licence} |"
        )
    return "\n".join(rows)


def font_licences() -> str:
    rows = ["| font | licence | copyright |", "|---|---|---|"]
    every = [(name, data) for name, data in {**hands(), **types()}.items()]
    every += [(f"cjk/{name}", found.data) for name, found in cjk_hands().items()]
    rows += [
        f"| {data.name} | [{data.licence}](../fonts/{folder}/{data.licence_file}) "
        f"| {data.copyright} |"
        for folder, data in every
    ]
    return "\n".join(rows)


def imports_table() -> str:
    """Tell the rule that test_architecture.py holds against the code."""
    rows = ["| room | may import | from elsewhere |", "|---|---|---|"]
    order = [room for room in MAY_IMPORT if not room.startswith("_")]
    for number, room in enumerate(order):
        allowed = MAY_IMPORT[room] if room in GROUND else MAY_IMPORT[room] - GROUND
        told = sorted(allowed, key=lambda name: (order.index(name.split(".")[0]), name))
        if len(allowed) > 6 and set(order[:number]) - GROUND <= allowed:
            told = ["all above"]
        libraries = sorted(name for name, users in LIBRARIES.items() if room in users)
        rows.append(f"| `{room}` | {', '.join(told) or '–'} | {', '.join(libraries) or '–'} |")
    return "\n".join(rows)


def one_word() -> str:
    """Follow a word of the sample through every stage."""
    source = read(ROOT / SAMPLE)
    made = make(source)
    page = made.composed.pages[0]
    number, index = next(
        (n, i)
        for n, line in enumerate(page.lines)
        for i, word in enumerate(line.words)
        if word.shaped.text == SAMPLE_WORD
    )
    line = page.lines[number]
    word = line.words[index]
    sheet = made.card_sheets[0]
    placement = sheet.placements[0]
    written = placement.page.lines[number].words[index]
    glyphs = ", ".join(f"{g.text} = {g.glyph}" for g in word.shaped.glyphs)
    matrix = " ".join(f"{value:.2f}" for value in written.matrix)
    font = FormFont(made.hand, placement.page.strength)
    for other in placement.page.lines:
        for entry in other.words:
            for glyph, form in zip(entry.shaped.glyphs, entry.forms, strict=True):
                font.number(glyph.glyph, form, glyph.text, 0.0)
    numbers = [
        font.number(g.glyph, form, g.text, 0.0)
        for g, form in zip(word.shaped.glyphs, written.forms, strict=True)
    ]
    strokes = " ".join(f"{n:04X}" for n in numbers)
    place = source.place_of(line.field)
    card = made.composed.card
    file = pdf(made.card_sheets, made.card_about("rgb"))
    width, height = sheet.size
    rows = [
        ("note", f"`{line.field}`, which begins in line {place.line} of the file; "
         f"the note has {len(source.note.words.split())} words"),
        ("stationery", f"`card: auto`: `{card.name}`, {card.width:g} x {card.height:g} pt closed; "
         f"envelope `{card.envelope}`"),
        ("layout", f"`{made.composed.layout.name}`, panel `{page.name}`, text block "
         f"{page.block.width:.1f} x {page.block.height:.1f} pt"),
        ("hand", f"`{made.hand.slug}` (x-height {made.hand.x_height_em:g} em): glyphs {glyphs}; "
         f"{word.shaped.width_em:g} em wide"),
        ("compose", f"x-height {made.composed.x_height_mm:g} mm, so the em is {line.size:.2f} pt; "
         f"line {number + 1} of {len(page.lines)}, x = {word.x:.2f} pt, y = {line.y:.2f} pt"),
        ("write", f"forms {', '.join(map(str, written.forms))}; matrix `{matrix}`"),
        ("impose", f"side `{sheet.name}`, {width:g} x {height:g} pt, moved by "
         f"{placement.matrix.e:g} pt"),
        ("output", f"codes `{strokes}` of a font with {len(font.glyphs)} glyphs, all of which read "
         f'"{"".join(font.texts[n] for n in numbers)}"; the file has {len(file) / 1000:.0f} KB'),
    ]  # fmt: skip
    return "\n".join(["| room | what becomes of it |", "|---|---|",
                      *(f"| {room} | {what} |" for room, what in rows)])  # fmt: skip


MADE = {
    ("hands.md", "hands"): hands_table,
    ("hands.md", "cjk hands"): cjk_hands_table,
    ("hands.md", "specimens"): specimen_pictures,
    ("licences.md", "font licences"): font_licences,
    ("architecture.md", "one word"): one_word,
    ("architecture.md", "imports"): imports_table,
}


@pytest.mark.parametrize(("page", "block"), list(MADE), ids=[key[1] for key in MADE])
def test_what_is_made_from_the_code_is_up_to_date(page, block):
    path = DOCS / page
    made = MADE[page, block]()
    start, end = f"<!-- made by tests/test_docs.py: {block} -->\n", "\n<!-- end -->"
    before, found, rest = path.read_text(encoding="utf-8").partition(start)
    assert found, f"{page} has no place for {block}"
    old, found, after = rest.partition("<!-- end -->")
    assert found
    if os.environ.get("FAIRHAND_RENEW"):
        path.write_text(before + start + made + end + after, encoding="utf-8")
        return
    assert old.strip() == made, f"docs/{page} is old: FAIRHAND_RENEW=1 pytest tests/test_docs.py"


# The house


def existing_rooms() -> set[str]:
    folders = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()}
    return folders | {path.stem for path in SOURCE.glob("*.py")} - {"__init__", "__main__"}


def test_the_map_names_every_room_and_no_other():
    table = text_of(DOCS / "architecture.md").partition("| room | may import |")[2]
    rows = re.findall(r"^\| `(\w+)` \|", table.partition("<!-- end -->")[0], re.MULTILINE)
    assert set(rows) == existing_rooms()
    assert len(rows) == len(set(rows))


def test_the_public_face_names_every_folder_of_code():
    folders = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()}
    named = set(re.findall(r"^    (\w+) ", fairhand.__doc__, re.MULTILINE))
    assert folders - named == set()


def test_folders_and_files_named_in_the_map_exist():
    text = text_of(DOCS / "architecture.md")
    for target in re.findall(r"`([\w/.-]+\.(?:py|toml|md)|[\w/-]+/)`", text):
        places = [ROOT / target, SOURCE / target, ROOT / "layouts" / target]
        named_alone = "/" not in target and any(SOURCE.rglob(target))
        assert named_alone or target == "fairhand/data/" or any(p.exists() for p in places), target


# Licences and versions


def test_every_dependency_has_its_licence_told():
    names = {re.split(r"[><=\[ ]", text)[0] for text in PROJECT["project"]["dependencies"]}
    table = text_of(DOCS / "licences.md").partition("| library |")[2]
    rows = re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE)
    assert set(rows) == names


def test_one_version_everywhere():
    versions = re.findall(r"^## \[(\d[^\]]*)\]", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == fairhand.__version__ == PROJECT["project"]["version"]


def test_the_public_face_is_what_it_says():
    for name in fairhand.__all__:
        assert getattr(fairhand, name).__doc__, name
