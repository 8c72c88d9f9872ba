"""Nothing that was typed is lost without a word: killed servers, other editors, broken files."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from time import monotonic, sleep
from urllib.parse import quote, unquote

import pytest
from conftest import ADDRESS, NOTE, Studio, running
from playwright.sync_api import expect

SEPARATE = "Thank you for the time you gave me on Tuesday."
WORDS = [f"word{number}" for number in range(45)]
FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
from fairhand.cli import main
sys.exit(main())
"""


@contextmanager
def started_at(folder, port, program=("-m", "fairhand")):
    """Run a studio at a port, as somebody does who starts it again."""
    command = [sys.executable, *program, "studio", str(folder), "--port", str(port),
               "--no-browser"]  # fmt: skip
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "PYTHONUNBUFFERED": "1"})  # fmt: skip
    try:
        yield Studio(ADDRESS.search(process.stdout.readline())[0], folder, process)
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture
def note(studio, request):
    """The address of a note of this test's own."""
    return studio.with_note(f"{request.node.name[:60].replace('[', ' ').strip(']')}.md")


def opened(page, studio, address):
    page.goto(studio.address + address)
    page.wait_for_selector("#stage[data-shown]")


def saved(page):
    page.wait_for_selector('#saved[data-state="saved"]')


def at_the_end(page):
    """Go behind the last word; what a page asks when it gets the focus is answered then."""
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    page.wait_for_timeout(300)
    page.wait_for_load_state("networkidle")
    saved(page)


def in_file(page, studio, address, text):
    """Wait until a note's file has some words."""
    path = studio.folder / _name(address)
    until = monotonic() + 20
    while text not in path.read_text(encoding="utf-8"):
        assert monotonic() < until, path.read_text(encoding="utf-8")
        page.wait_for_timeout(50)
    return path


def _name(address):
    return unquote(address.removeprefix("note/"))


def aside(studio, address):
    """Copies of what was in a note's file before it was written over."""
    stem = _name(address).removesuffix(".md")
    return sorted(studio.folder.glob(f"{stem} (changed elsewhere)*.md"))


# Killed


def test_a_killed_server_loses_at_most_what_was_typed_in_the_last_two_seconds(page, tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    with running(folder) as studio:
        address = studio.with_note("Killed.md")
        opened(page, studio, address)
        page.focus("#paragraphs")
        page.keyboard.press("ControlOrMeta+End")
        typed = []
        for word in WORDS:
            page.keyboard.type(f" {word}")
            typed.append((monotonic(), word))
            sleep(0.05)
        studio.process.send_signal(signal.SIGKILL)
        killed = monotonic()
        text = (folder / "Killed.md").read_text(encoding="utf-8")
        safe = [word for at, word in typed if at < killed - 2]
        assert len(safe) > 5
        assert safe == re.findall(r"word\d+", text)[: len(safe)]
        assert SEPARATE in text

        # The page says so, and goes on being written in.
        page.keyboard.type(" and more")
        page.wait_for_selector('#saved[data-state="lost"]')
        expect(page.locator("#trouble")).to_contain_text("kept here in the browser")
        everything = page.input_value("#paragraphs")
        port = studio.port

    with started_at(folder, port) as again:
        # An old page is not let in; one that is opened anew takes up what only the browser had.
        opened(page, again, address)
        assert page.input_value("#paragraphs") == everything
        saved(page)
        assert everything in in_file(page, again, address, "and more").read_text(encoding="utf-8")
        assert not aside(again, address)


# Other pages, other editors


def test_a_page_with_nothing_of_its_own_takes_what_another_editor_wrote(page, studio, note):
    opened(page, studio, note)
    saved(page)
    (studio.folder / _name(note)).write_text(NOTE.replace("Tuesday", "Friday"), encoding="utf-8")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#paragraphs")).to_have_value(SEPARATE.replace("Tuesday", "Friday"))
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" Truly.")
    in_file(page, studio, note, "on Friday. Truly.")
    assert not aside(studio, note)


@pytest.mark.parametrize("choice", ["mine", "file"])
def test_where_both_were_written_in_the_person_is_asked(page, studio, note, choice):
    opened(page, studio, note)
    saved(page)
    path = studio.folder / _name(note)
    theirs = NOTE.replace("Tuesday", "Friday")
    at_the_end(page)
    path.write_text(theirs, encoding="utf-8")
    page.keyboard.type(" Mine.")
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("was changed elsewhere")
    page.keyboard.type(" More.")
    assert path.read_text(encoding="utf-8") == theirs
    if choice == "mine":
        trouble.locator("button").nth(0).click()
        text = in_file(page, studio, note, "on Tuesday. Mine. More.").read_text(encoding="utf-8")
        assert "Friday" not in text
        assert [one.read_text(encoding="utf-8") for one in aside(studio, note)] == [theirs]
        expect(trouble).to_be_hidden()
    else:
        trouble.locator("button").nth(1).click()
        expect(page.locator("#paragraphs")).to_have_value(SEPARATE.replace("Tuesday", "Friday"))
        assert path.read_text(encoding="utf-8") == theirs
    saved(page)


def test_words_that_were_not_decided_on_are_asked_about_when_the_page_is_opened_again(
    page, studio, note
):
    opened(page, studio, note)
    saved(page)
    theirs = NOTE.replace("Tuesday", "Friday")
    at_the_end(page)
    (studio.folder / _name(note)).write_text(theirs, encoding="utf-8")
    page.keyboard.type(" Mine.")
    expect(page.locator("#trouble")).to_contain_text("was changed elsewhere")
    page.reload()
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("Which do you want?")
    trouble.locator("button").nth(0).click()
    in_file(page, studio, note, "on Tuesday. Mine.")


def test_two_pages_on_one_note_lose_nothing(page, studio, note):
    other = page.context.new_page()
    for one in (page, other):
        opened(one, studio, note)
        saved(one)
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" From the first.")
    in_file(page, studio, note, "From the first.")
    other.focus("#paragraphs")
    other.keyboard.press("ControlOrMeta+End")
    other.keyboard.type(" From the second.")
    text = other.input_value("#paragraphs")
    if "From the first." not in text:
        expect(other.locator("#trouble")).to_contain_text("was changed elsewhere")
        other.locator("#trouble button").nth(0).click()
    everything = in_file(page, studio, note, "From the second.").read_text(encoding="utf-8")
    everything += "".join(one.read_text(encoding="utf-8") for one in aside(studio, note))
    assert "From the first." in everything


def test_an_answer_that_never_came_is_no_change_of_somebody_else(page, studio, note):
    opened(page, studio, note)
    saved(page)
    lost = []

    def lose(route):
        if route.request.method == "PUT" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/note/*", lose)
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" One")
    page.keyboard.type(" two three.")
    in_file(page, studio, note, "One two three.")
    saved(page)
    assert lost == [200]
    assert page.is_hidden("#trouble")
    assert not aside(studio, note)


# Files that are not as they should be


BROKEN = {
    "no-yaml": "---\nto: [Ana\nfrom: {\n---\n\nDear Ana,\n\nThanks.\n",
    "unknown-key": "---\nto: Ana\nwibble: 3\n---\n\nDear Ana,\n\nThanks.\n",
    "wrong-kind": "---\nto: Ana\nneatness: very\n---\n\nDear Ana,\n\nThanks.\n",
    "bytes": "\x00\x01\x02" * 99,
}


@pytest.mark.parametrize("what", ["no-yaml", "bytes"])
def test_a_note_that_was_broken_by_hand_is_told_of_and_never_written_over(page, studio, what):
    name = f"Broken {what}.md"
    address = studio.with_note(name, BROKEN[what])
    told = {"no-yaml": "settings cannot be read", "bytes": "not a text file"}[what]
    page.goto(studio.address)
    expect(page.locator(f'#notes li[data-file="{name}"]')).to_contain_text(told)
    page.goto(studio.address + address)
    expect(page.locator("main")).to_contain_text(told)
    with studio.client() as client:
        answer = client.put(address, json={"fields": {"paragraphs": "Other words."}})
    assert answer.status_code == 422
    assert told in answer.json()["message"]
    assert (studio.folder / name).read_text(encoding="utf-8") == BROKEN[what]


@pytest.mark.parametrize(("what", "line"), [("unknown-key", "wibble: 3"),
                                            ("wrong-kind", "neatness: very")])  # fmt: skip
def test_a_setting_that_means_nothing_is_told_of_and_stays_in_the_file(page, studio, what, line):
    address = studio.with_note(f"Odd {what}.md", BROKEN[what])
    page.goto(studio.address + address)
    expect(page.locator("#fault")).to_contain_text(line.split(":")[0])
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" Added.")
    assert line in in_file(page, studio, address, "Added.").read_text(encoding="utf-8")


@pytest.mark.parametrize("broken", [BROKEN["no-yaml"], "\x00\x01"], ids=["no-yaml", "bytes"])
def test_a_file_that_is_broken_while_it_is_open_is_not_written_over(page, studio, note, broken):
    opened(page, studio, note)
    saved(page)
    path = studio.folder / _name(note)
    at_the_end(page)
    path.write_text(broken, encoding="utf-8")
    page.keyboard.type(" Mine.")
    expect(page.locator("#trouble")).to_contain_text("could not be saved")
    assert path.read_text(encoding="utf-8") == broken
    assert "Mine." in page.evaluate("Object.values(localStorage).join()")


def test_a_file_that_is_gone_can_be_put_back_with_the_words_of_the_page(page, studio, note):
    opened(page, studio, note)
    saved(page)
    path = studio.folder / _name(note)
    path.unlink()
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" Still here.")
    expect(page.locator("#trouble")).to_contain_text("no longer in the folder")
    assert not path.exists()
    page.locator("#trouble button").nth(0).click()
    saved(page)
    in_file(page, studio, note, "Tuesday. Still here.")


@pytest.mark.skipif(sys.platform == "win32", reason="files are limited in another way there")
def test_a_full_disk_is_told_of_and_the_words_stay_in_the_browser(page, tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    with started_at(folder, 0, ("-c", FULL)) as full:
        address = full.with_note("Full.md")
        opened(page, full, address)
        page.focus("#paragraphs")
        page.keyboard.press("ControlOrMeta+End")
        page.keyboard.type(" Kept.")
        trouble = page.locator("#trouble")
        expect(trouble).to_contain_text("It could not be saved")
        expect(trouble).to_contain_text("kept here in the browser")
        assert [path.name for path in folder.iterdir()] == ["Full.md"]
        assert (folder / "Full.md").read_text(encoding="utf-8") == NOTE
        port = full.port
    with started_at(folder, port) as again:
        opened(page, again, address)
        in_file(page, again, address, "on Tuesday. Kept.")


@pytest.mark.parametrize(
    "stem",
    [
        "Grüße an Zoë",
        "100% #1 & more",
        "It's “so” (2)",
        "a  b",
        "感謝",
        "e\u0301te\u0301",
        "A+B;c=d@e",
    ],
)
def test_notes_of_all_names_are_opened_written_and_kept(page, studio, stem):
    address = studio.with_note(f"{stem}.md")
    page.goto(studio.address)
    page.locator("#notes li", has=page.locator(f'a[href="{quote(f"note/{stem}.md")}"]')).locator(
        "a.note-name").click()  # fmt: skip
    page.wait_for_selector("#stage[data-shown]")
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" Added.")
    in_file(page, studio, address, "Tuesday. Added.")
    saved(page)
    page.reload()
    page.wait_for_selector("#stage[data-shown]")
    assert page.input_value("#paragraphs") == f"{SEPARATE} Added."
    page.goto(f"{studio.address}{address}/people")
    expect(page.locator("#people-drop")).to_be_visible()
    assert json.loads(page.text_content("#data"))["name"] == f"{stem}.md"
