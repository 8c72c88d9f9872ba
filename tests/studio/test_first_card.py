"""A newcomer makes the card after a rejection, by mouse and by keyboard alone."""

from __future__ import annotations

import re
import subprocess

import pytest
from actors import Pointing, Typing
from conftest import running
from playwright.sync_api import expect
from programs import tool

TO = "Ms. Ngozi Okafor\nMeridian Health\n12 Main Street\nSpringfield, IL 62701"
FROM = "Dana Reyes\n8 Elm Court\nSpringfield, IL 62704"
BODY = (
    "Thank you for telling me about your decision. It was not the news that I had hoped for, "
    "but I am glad we met.\n\n"
    "I admire the way Meridian repairs every machine it has ever sold, and I still think about "
    "your plans for the workshop. If a role opens that fits, please keep me in mind."
)
TOO_MUCH = "\n\n" + " ".join(
    f"And when I was {age}, I took apart the {what} in the hall to see how it was made."
    for age, what in enumerate(("clock", "radio", "lamp", "bell", "mower") * 9, start=8)
)


@pytest.fixture
def studio_anew(tmp_path):
    """A machine on which nobody has ever opened the studio."""
    with running(tmp_path / "notes") as one:
        yield one


def text_of(path):
    done = subprocess.run([tool("pdftotext"), "-layout", str(path), "-"], capture_output=True,
                          text=True, check=True)  # fmt: skip
    return " ".join(done.stdout.split())


def downloaded(person, selector, folder):
    with person.page.expect_download() as coming:
        person.press(selector)
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def shown(page):
    """Wait for the picture of the newest words."""
    page.wait_for_timeout(100)
    page.wait_for_selector('#saved[data-state="saved"]')
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("kind", [Pointing, Typing], ids=["mouse", "keyboard"])
def test_a_newcomer_makes_a_card_and_its_envelope_of_her_own_words(
    kind, page, studio_anew, tmp_path
):
    person = kind(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(studio_anew.address)
    person.press('a[href="occasion/after-rejection"]')

    # The occasion says what is good, and asks for what it needs.
    page.wait_for_url("**/occasion/after-rejection")
    assert "keep the door ajar" in page.inner_text("main").lower()
    person.fill('[data-key="name"]', "Ms. Okafor")
    person.fill('[data-key="company"]', "Meridian Health")
    person.press('#begin button[type="submit"]')

    # What was left blank is told, and keeps the card from being taken for finished.
    page.wait_for_url("**/note/**")
    page.wait_for_selector("#stage[data-shown]")
    assert page.locator("#blank-list button").count() >= 3
    assert page.locator(".mark").count() >= 3
    assert page.input_value("#salutation") == "Dear Ms. Okafor,"

    person.fill("#paragraphs", BODY)
    person.fill("#signature", "Dana Reyes")
    person.tab("post")
    person.fill("#to", TO)
    person.fill("#from", FROM)
    shown(page)
    assert page.locator("#blank-list button:visible").count() == 0

    # Another hand, and cards that she has already.
    person.tab("look")
    page.wait_for_selector('input[name="hand"][value="caveat"]')
    picture = page.locator('[data-panel="inside-right"] img')
    before = picture.get_attribute("src")
    person.pick("hand", "caveat")
    expect(page.locator("#chosen")).to_contain_text("Caveat")
    expect(picture).not_to_have_attribute("src", before)
    person.choose("#card", "a2")

    # Too many words: the meter says so, and what would help.
    person.tab("write")
    person.fill("#paragraphs", BODY + TOO_MUCH)
    page.wait_for_selector("#meter.over")
    assert re.search(r"about \d+ words too many", page.inner_text("#meter-said"))
    page.wait_for_selector("#remedies button")
    person.press("#remedies button")
    page.wait_for_selector("#meter:not(.over)")

    # And fewer words are better still.
    person.fill("#paragraphs", BODY)
    shown(page)
    assert "to spare" in page.inner_text("#meter-said")

    person.tab("print")
    page.wait_for_selector('[data-what="card.pdf"]:not([aria-disabled])')
    card = downloaded(person, '[data-what="card.pdf"]', tmp_path)
    envelope = downloaded(person, '[data-what="envelope.pdf"]', tmp_path)
    words = " ".join(["Dear Ms. Okafor,", BODY, "Sincerely,", "Dana Reyes"])
    assert text_of(card) == " ".join(words.split())
    assert {*TO.split(), *FROM.split()} <= {*text_of(envelope).split()}

    # It is an ordinary note in an ordinary folder, of which the command line makes the same.
    (note,) = studio_anew.folder.glob("*.md")
    assert BODY in note.read_text(encoding="utf-8")
