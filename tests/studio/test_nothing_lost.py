"""No words are lost, and none are shown that the file has not, whoever writes when and where."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image


def fields_of(client, address):
    return client.get(f"{address}/fields").json()["fields"]


def saved(page):
    """Wait until the page says that its words are in the file."""
    page.wait_for_timeout(50)
    page.wait_for_selector("#saved[data-state=saved]")


def picture(colour):
    data = io.BytesIO()
    Image.new("RGB", (900, 1200), colour).save(data, "PNG")
    return data.getvalue()


def test_words_that_began_from_an_older_file_do_not_write_over_the_newer_ones(studio, client):
    address = studio.with_note("Older.md")
    before = client.put(address, json={"fields": {"paragraphs": "One."}}).json()["version"]
    client.put(address, json={"fields": {"paragraphs": "Two."}, "version": before})
    answer = client.put(address, json={"fields": {"paragraphs": "Three."}, "version": before})
    assert answer.status_code == 409
    assert fields_of(client, address) == {"paragraphs": "Two."}


def test_the_same_words_are_no_conflict_from_whatever_they_began(studio, client):
    address = studio.with_note("Same.md")
    before = client.put(address, json={"fields": {"paragraphs": "One."}}).json()["version"]
    for _ in range(2):
        answer = client.put(address, json={"fields": {"paragraphs": "Two."}, "version": before})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "value", [3, 1.5, True, "a  b ", "a\u200bb", "\ud800", "x\udfffy", ["One.", "Two."], "1\x00"]
)
@pytest.mark.parametrize("field", ["salutation", "paragraphs", "signature", "place", "to", "pen"])
def test_a_reload_says_and_shows_the_same(studio, client, field, value):
    address = studio.with_note("Reload.md")
    fields = {"paragraphs": "Thank you.", field: value}
    body = json.dumps({"fields": fields}).encode()
    first = client.put(address, content=body, headers={"Content-Type": "application/json"})
    assert first.status_code == 200
    again = client.put(address, json={"fields": fields_of(client, address)}).json()
    assert again == first.json()
    assert client.get(address).status_code == 200


def test_what_cannot_be_said_is_still_answered_with_a_sentence(client):
    body = json.dumps({"occasion": "\ud800"}).encode()
    answer = client.post("begin", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_another_picture_under_the_same_name_is_another_card(studio, client):
    address = studio.with_note("Art.md")
    seen = set()
    for colour in ("red", "blue"):
        file = client.put(f"{address}/art?name=x.png", content=picture(colour)).json()["file"]
        fields = {"paragraphs": "Hello.", "art": {"file": file}}
        look = client.put(address, json={"fields": fields}).json()["look"]
        front = next(one for one in look["panels"] if one["name"] == "front")
        shown = Image.open(io.BytesIO(client.get(front["picture"]).content)).convert("RGB")
        seen.add((look["key"], shown.getpixel((shown.width // 2, shown.height // 2))))
    assert len({key for key, _ in seen}) == len({pixel for _, pixel in seen}) == 2


def test_another_picture_under_the_same_name_is_seen_on_the_page(studio, page):
    page.goto(studio.address + studio.with_note("Art seen.md"))
    saved(page)
    page.click("#tab-front")
    sources = set()
    for colour in ("red", "blue"):
        data = {"name": "x.png", "mimeType": "image/png", "buffer": picture(colour)}
        page.set_input_files("#art-file", data)
        known = "".join(f':not([src="{one}"])' for one in sources)
        seen = page.wait_for_selector(f'[data-panel="front"] img{known}')
        sources.add(seen.get_attribute("src"))


def test_who_loads_the_page_again_while_typing_is_asked_nothing(studio, client, page):
    address = studio.with_note("Typing.md")
    page.goto(studio.address + address)
    saved(page)
    words = "Thank you for the hour on Tuesday "
    for delay in (3, 12, 25):
        page.fill("#paragraphs", "")
        page.click("#paragraphs")
        page.keyboard.type(words, delay=delay)
        page.reload()
        saved(page)
        assert page.input_value("#paragraphs").strip() == words.strip()
        assert page.is_hidden("#trouble")
        assert fields_of(client, address)["paragraphs"] == words.strip()


@pytest.mark.parametrize(("choice", "kept"), [(0, "Mine."), (1, "Theirs.")])
def test_of_two_pages_that_write_one_note_neither_loses_words(studio, client, page, choice, kept):
    address = studio.with_note(f"Two {choice}.md")
    page.goto(studio.address + address)
    saved(page)
    client.put(address, json={"fields": {"paragraphs": "Theirs."}})
    page.fill("#paragraphs", "Mine.")
    page.wait_for_selector("#trouble button")
    assert fields_of(client, address) == {"paragraphs": "Theirs."}
    page.locator("#trouble button").nth(choice).click()
    saved(page)
    assert fields_of(client, address)["paragraphs"] == kept
    assert page.input_value("#paragraphs") == kept
    page.fill("#postscript", "P.S. Soon.")
    saved(page)
    assert page.is_hidden("#trouble")
    assert fields_of(client, address)["postscript"] == "P.S. Soon."


def test_who_comes_back_to_a_page_sees_what_was_written_elsewhere(studio, client, page):
    address = studio.with_note("Back.md")
    page.goto(studio.address + address)
    saved(page)
    client.put(address, json={"fields": {"paragraphs": "Written elsewhere.", "hand": "kristi"}})
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_timeout(600)
    saved(page)
    assert page.input_value("#paragraphs") == "Written elsewhere."
    assert fields_of(client, address) == {"paragraphs": "Written elsewhere.", "hand": "kristi"}


def test_words_for_a_note_that_was_put_away_are_not_said_to_be_of_another_studio(
    studio, client, page
):
    address = studio.with_note("Away.md")
    page.goto(studio.address + address)
    saved(page)
    client.post(f"{address}/remove")
    page.fill("#paragraphs", "More.")
    page.wait_for_selector("#trouble button")
    assert "Away.md is no longer in the folder" in page.inner_text("#trouble")


def test_fields_are_spelled_and_read_in_the_language_of_the_note(studio, page):
    page.goto(studio.address + studio.with_note("Sprache.md", "---\nlanguage: de\n---\n\nHallo."))
    saved(page)
    field = page.locator("#paragraphs")
    assert field.get_attribute("lang") == "de"
    page.click("#more-words summary")
    page.select_option("#language", "he")
    assert field.get_attribute("lang") == "he"
    page.fill("#paragraphs", "שלום")
    assert field.evaluate("one => getComputedStyle(one).direction") == "rtl"


def test_a_way_out_of_too_many_words_is_chosen_where_one_looks_too(studio, page):
    page.goto(studio.address + studio.with_note("Way.md", "---\ncard: a2\n---\n\nHallo."))
    saved(page)
    page.click("#tab-look")
    page.wait_for_selector('input[name="hand"][value="kristi"]')
    page.evaluate("""async () => {
        const { set } = await import("./static/note.js");
        const { fill } = await import("./static/fields.js");
        set({ hand: "kristi" });
        fill();
    }""")
    assert page.is_checked('input[name="hand"][value="kristi"]')
