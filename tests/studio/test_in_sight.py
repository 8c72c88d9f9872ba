"""The focus is marked and in sight, marks are seen in colours of one's own, news is heard."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from screens import NOTE, PHONE, SCREENS, on_screen, open_desk

SHOWN = ("start", "remove", "occasion", "look", "front", "post", "print", "blanks", "no studio",
         "rows", "bad rows", "kept numbers")  # fmt: skip
# What has the focus, and what of it lies under something else or outside of the window.
_FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const whole = one.matches("label input") ? one.closest("label") : one;
  const box = whole.getBoundingClientRect();
  const inWindow = box.bottom > 0 && box.top < innerHeight &&
    box.right > 0 && box.left < innerWidth;
  const points = [[0.5, 0.5], [0.5, 0.1], [0.5, 0.9], [0.1, 0.5], [0.9, 0.5]].map(([x, y]) =>
    [box.left + x * box.width, box.top + y * box.height]);
  const isSeen = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (whole.contains(top) || top.contains(whole) && top.matches("label"));
  });
  const name = one.id || one.getAttribute("href") || one.value || one.outerHTML.slice(0, 100);
  const near = [one, ...(one.closest("label") ? [whole, ...whole.querySelectorAll("*")] : [])];
  const isMarked = near.some((each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  });
  return { name, isMarked, isSeen: inWindow && isSeen, key: one.outerHTML.slice(0, 300) };
}"""


@pytest.fixture(scope="module", params=SHOWN)
def screen(request, browser, studio):
    """Each screen in its turn, opened once for both widths."""
    with on_screen(browser, studio, request.param) as page:
        yield page


@pytest.mark.parametrize("width", [1440, 390])
def test_the_focus_is_always_in_sight_forwards_and_backwards(width, screen):
    screen.set_viewport_size({"width": width, "height": 700})
    screen.wait_for_timeout(60)
    for key in ("Tab", "Shift+Tab"):
        known = set()
        for _ in range(200):
            screen.keyboard.press(key)
            found = screen.evaluate(_FOCUSED)
            if (found is None and known) or (found and found["key"] in known):
                break
            if found:
                known.add(found["key"])
                assert found["isSeen"], (key, found)
                assert found["isMarked"], (key, found)
        assert known


def colours(locator):
    """What a part of the page looks like, in sRGB."""
    picture = Image.open(io.BytesIO(locator.screenshot())).convert("RGB")
    return np.asarray(picture, dtype=float)


def test_colours_of_ones_own_leave_paper_inks_and_marks_as_they_are(page, studio):
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 1440, "height": 900})
    SCREENS["blanks"](page, studio)
    paper = colours(page.locator('[data-panel="inside-right"]'))
    assert np.median(paper.mean(axis=2)) > 200, "dark ink on dark paper cannot be read"
    spot = colours(page.locator(".mark").first)
    assert np.median(spot[..., 0] - spot[..., 2]) > 40, "a blank is not marked"
    chosen, other = (
        page.eval_on_selector(f"#tab-{name}", "one => getComputedStyle(one).borderBottomColor")
        for name in ("write", "look")
    )
    assert chosen != other
    page.click("#tab-look")
    dabs = page.locator('[name="ink"] + .dab')
    dabs.first.wait_for()
    seen = {tuple(np.round(np.median(colours(dab), axis=(0, 1)), -1)) for dab in dabs.all()}
    assert len(seen) == dabs.count()
    before = colours(page.locator("#again"))
    page.focus("#neatness")
    page.focus("#again")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.eval_on_selector("#again", "one => one.matches(':focus-visible')")
    assert page.eval_on_selector("#again", "one => getComputedStyle(one).outlineStyle") == "solid"
    assert before.shape == colours(page.locator("#again")).shape


_HEARS = """() => {
  window.heard = [];
  new MutationObserver(() => window.heard.push(document.getElementById("status").textContent))
    .observe(document.getElementById("status"), { childList: true });
}"""


def test_what_a_screen_reader_hears_is_enough_and_not_too_much(page, studio):
    open_desk(page, studio, "Heard.md")
    page.wait_for_timeout(1800)
    page.evaluate(_HEARS)
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" And thank you for the coffee, too.", delay=40)
    assert page.evaluate("heard") == []
    page.wait_for_timeout(2200)
    (meter,) = page.evaluate("heard")
    assert "to spare" in meter

    page.keyboard.type(" ꙮ")
    page.wait_for_timeout(2600)
    fault = page.evaluate("heard").pop()
    assert fault != meter
    assert "ꙮ" in fault
    assert page.inner_text("#fault").split("\n")[0] in fault

    page.keyboard.press("Backspace")
    page.wait_for_timeout(400)
    page.click('#views [data-view="front"]')
    page.wait_for_timeout(300)
    assert page.evaluate("heard").pop() == "The card shows: Front"


def test_a_picture_says_which_side_of_the_card_it_is(page, studio):
    text = NOTE.replace("---\n", "---\nart: wreath\n", 1)
    open_desk(page, studio, "Sides.md", text)
    for view, said in (
        ("front", "Front of the card, as it will be on paper"),
        ("inside", "Inside of the card, right, as it will be on paper"),
        ("envelope", "Front of the envelope, as it will be on paper"),
    ):
        page.click(f'#views [data-view="{view}"]')
        page.wait_for_timeout(900)
        assert page.get_by_role("img", name=said, exact=True).is_visible()
    # What one does not see is not read out either.
    assert page.get_by_role("img", name="Inside of the card", exact=False).count() == 0


def test_words_in_another_language_say_so(page, studio):
    page.goto(f"{studio.address}occasion/after-rejection?language=de")
    for part in (".advice-list", "#begin .field"):
        assert page.locator(part).first.get_attribute("lang") == "de"
    page.goto(studio.address)
    page.set_viewport_size(PHONE)
    assert {one.get_attribute("lang") for one in page.locator(".tongues a").all()} == {
        "de",
        "es",
        "fr",
    }


def test_on_a_phone_the_half_with_the_words_is_seen_of_a_card_that_folds_at_the_top(page, studio):
    page.set_viewport_size(PHONE)
    open_desk(page, studio, "Tent.md", NOTE.replace("---\nto:", "---\ncard: a2-tent\nto:"))
    seen = """() => {
      const box = (one) => document.querySelector(one).getBoundingClientRect();
      const [table, half] = [box("#table"), box('[data-panel="inside-bottom"]')];
      return (Math.min(table.bottom, half.bottom) - Math.max(table.top, half.top)) / table.height;
    }"""
    assert page.evaluate(seen) > 0.9
    page.locator("#paragraphs").press("Control+End")
    page.keyboard.type(" And")
    page.locator("#paragraphs").press("Control+Home")
    page.keyboard.type("I ")
    assert page.evaluate(seen) > 0.9


def test_with_many_notes_one_may_still_begin_a_card_at_once(page, studio):
    for number in range(20):
        studio.with_note(f"Long {number}.md", f"Dear Ana,\n\n{'Thank you for the lamp. ' * 20}\n")
    page.set_viewport_size(PHONE)
    page.goto(studio.address)
    heights = page.eval_on_selector_all(".note-file", "all => all.map((one) => one.offsetHeight)")
    assert max(heights) < 60
    page.locator(".top-links a").first.press("Enter")
    assert page.locator("#empty").evaluate(
        "one => one.getBoundingClientRect().bottom < innerHeight"
    )
