"""axe-core finds nothing on any screen: by day and by lamplight, on a desk and on a phone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import running
from screens import DESK, PHONE, SCREENS, on_screen

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
EVERYTHING = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ("color-contrast", "link-in-text-block")}
SIZES = {"desk": DESK, "phone": PHONE}
_HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4")]
  .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))"""
_MOVES = """() => [...document.querySelectorAll("*")].flatMap((one) =>
  ["", "::before", "::after"].map((part) => [one, getComputedStyle(one, part || null)]))
  .filter(([, style]) => [style.transitionDuration, style.animationDuration]
    .flatMap((each) => each.split(",")).some((each) => parseFloat(each) > 0.01))
  .map(([one]) => one.outerHTML.slice(0, 100))"""


def found(page, rules=EVERYTHING):
    """What axe-core finds on a page as it is, told briefly."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    results = Axe().run(page, options=options).response
    assert results["passes"]
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in results["violations"]
        for node in one["nodes"]
    ]


def looked_through(page):
    """Return what is found on a screen at every width and light; light only changes colours."""
    all_found = []
    for light, rules in (("light", EVERYTHING), ("dark", COLOURS)):
        for size, pixels in SIZES.items():
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            page.set_viewport_size(pixels)
            page.wait_for_timeout(60)
            all_found += [f"{light}, {size}: {one}" for one in found(page, rules)]
    return all_found


@pytest.fixture(scope="module", params=SCREENS)
def screen(request, browser, studio):
    """Each screen in its turn, opened once for all that is looked at on it."""
    with on_screen(browser, studio, request.param) as page:
        yield page


def test_axe_finds_nothing(screen):
    assert not looked_through(screen)


def test_a_screen_has_a_title_a_language_and_headings_in_their_order(screen):
    assert screen.title().endswith("fairhand")
    assert screen.get_attribute("html", "lang") == "en"
    headings = screen.evaluate(_HEADINGS)
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_nothing_moves_for_who_asked_for_that(screen):
    screen.emulate_media(reduced_motion="reduce")
    assert not screen.evaluate(_MOVES)


def test_axe_finds_nothing_where_there_are_no_notes_yet(page, tmp_path):
    with running(tmp_path) as anew:
        page.goto(anew.address)
        assert not looked_through(page)


def test_axe_finds_what_is_put_there_to_be_found(page, studio):
    page.goto(studio.address)
    assert not found(page)
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any("image-alt" in one for one in found(page))
