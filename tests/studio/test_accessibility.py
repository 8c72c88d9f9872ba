"""axe-core finds nothing on any screen: by day and by lamplight, on a desk and on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import running
from screens import SCREENS

RULES = {"runOnly": {"type": "tag", "values": [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
]}}  # fmt: skip
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


def found(page):
    """What axe-core finds on a page as it is, told briefly."""
    results = Axe().run(page, options=RULES).response
    assert results["passes"]
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in results["violations"]
        for node in one["nodes"]
    ]


def looked_through(page, what):
    """Return what is found on a screen at every width and light."""
    all_found = []
    for light in ("light", "dark"):
        for size, pixels in SIZES.items():
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            page.set_viewport_size(pixels)
            page.wait_for_timeout(60)
            all_found += [f"{what}, {light}, {size}: {one}" for one in found(page)]
    return all_found


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing(name, page, studio):
    page.set_viewport_size(SIZES["desk"])
    SCREENS[name](page, studio)
    assert not looked_through(page, name)


def test_axe_finds_nothing_where_there_are_no_notes_yet(page, tmp_path):
    with running(tmp_path) as anew:
        page.goto(anew.address)
        assert not looked_through(page, "the first start")


def test_axe_finds_what_is_put_there_to_be_found(page, studio):
    page.goto(studio.address)
    assert not found(page)
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any("image-alt" in one for one in found(page))
