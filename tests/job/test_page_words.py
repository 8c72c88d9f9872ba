"""What a page tells names no option and no command, whatever room it comes from."""

import ast
import re
from pathlib import Path

import pytest

import fairhand
from fairhand.errors import InputError, Place
from fairhand.job.page_words import for_page, on_page

SOURCE = Path(fairhand.__file__).parent
OTHERS = {
    "cli": "speaks to who types commands",
    "studio": "is the page",
    "job/merge/from_python.py": "speaks to who writes Python",
    "job/page_words.py": "knows what is said otherwise",
    "job/calibration_page.py": "is paper",
}
OPTION = re.compile(r"(?<![\w-])--[a-z]|\bfairhand (?:new|write|print|merge|check|calibrate|styles?"
                    r"|stationery|hands|layouts|fronts|occasions|guide)\b|(?<= )-o\b")  # fmt: skip


def texts_in(path):
    """Every text that a module may tell, "X" in the place of what is only known later."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    within = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if id(node) in documents or id(node) in within:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else "X" for part in node.values
            )


def told():
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name in OTHERS or name.split("/")[0] in OTHERS:
            continue
        yield from (text for text in texts_in(path) if OPTION.search(text))


def test_some_sentences_of_the_rooms_name_options():
    assert len(set(told())) > 30


@pytest.mark.parametrize("text", sorted(set(told())))
def test_no_option_of_any_sentence_reaches_a_page(text):
    said = on_page(text)
    assert not OPTION.search(said)
    assert said == on_page(said)
    assert not re.search(r" [;:,.]|[;:,] *$|\(\)|  ", said)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The words do not fit.",
        "A card - or two -- of them.",
        'Choose "a7".',
        "5-7 words: more.",
    ],
)
def test_what_names_no_option_is_told_as_it_is(text):
    assert on_page(text) == text


def test_a_sentence_that_nobody_knew_loses_only_the_part_that_names_an_option():
    text = "It is so; with --new-option it is not. Look at it (or --other), please."
    assert on_page(text) == "It is so. Look at it, please."
    assert on_page("fairhand new OCCASION -o FILE writes a starter.") == ""


def test_an_error_on_a_page_is_the_same_error_in_its_words():
    hint = "Say --encoding latin-1, or save it as UTF-8."
    place = Place("people.csv", 3)
    error = InputError("It has no such column.", hint=hint, place=place, field="name")
    shown = for_page(error)
    assert type(shown) is InputError
    assert (shown.message, shown.place, shown.field) == (error.message, error.place, error.field)
    assert shown.hint == "Save it as UTF-8."


def test_blanks_are_named_on_a_page_by_their_first_words_and_without_lines():
    text = "2 blanks are still to be filled in: [name] (line 3); [gift: what it is] (line 24)."
    assert on_page(text) == "2 blanks are still to be filled in: [name]; [gift]."


def test_a_page_speaks_of_the_card_s_hand_and_of_no_setting_for_it():
    said = [on_page(text) for text in texts_in(SOURCE / "post" / "address_hand.py")]
    assert any("you can choose the card's hand" in one for one in said)
    assert not any("the address hand" in one for one in said)


def test_a_column_to_choose_is_named_on_a_page():
    text = 'If it is in another column, say so: --map postcode="Zip 2"'
    assert on_page(text) == 'If it is in another column, choose it: the postcode may be "Zip 2"'
