"""The desk fits the window that somebody has, and is no card to be printed by the browser."""

from __future__ import annotations

import pytest

NOTE = "---\nto: |\n  Ana\n  12 Main Street\n  Springfield, IL 62701\n---\n\nDear Ana,\n\nHi."


@pytest.mark.parametrize("width", [320, 340, 375, 640, 959, 961, 2560])
def test_nothing_of_the_desk_is_beyond_the_edge_of_the_window(studio, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(studio.address + studio.with_note("Narrow.md", NOTE))
    page.wait_for_selector('[data-view="envelope-back"]')
    for tab in ("write", "look", "front", "post", "print"):
        page.click(f"#tab-{tab}")
        seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert seen[0] <= seen[1], tab


def test_the_browser_does_not_print_the_desk_for_a_card(studio, page):
    page.goto(studio.address + studio.with_note("Paper.md", NOTE))
    page.wait_for_selector("#stage[data-shown]")
    assert page.is_hidden(".on-paper")
    page.emulate_media(media="print")
    assert page.is_visible(".on-paper")
    assert page.is_hidden("#scene")
    assert page.is_hidden("#paragraphs")


def test_who_has_no_scripts_is_told_so_at_once(studio, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in ("", studio.with_note("Plain.md", NOTE)):
        page.goto(studio.address + address)
        box = page.locator("noscript p").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < page.viewport_size["height"] - 20
    context.close()


@pytest.mark.parametrize("setting", ["language: xx", "card: '&'", "card: nope", "language: [1]"])
def test_what_there_is_can_be_chosen_where_the_file_names_what_there_is_not(studio, page, setting):
    note = studio.with_note("Odd.md", f"---\n{setting}\n---\n\nHi.")
    page.goto(studio.address + note)
    page.click("#more-words summary")
    page.wait_for_selector('#language option[value="de"]', state="attached")
    page.select_option("#language", "en")
    page.click("#tab-look")
    page.select_option("#card", "a7")
    page.wait_for_selector("#chosen:has-text('A7')")
