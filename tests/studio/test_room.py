"""Room for every screen at every width, for a finger, and for letters of twice their size."""

from __future__ import annotations

import pytest
from screens import SCREENS, on_screen

WIDTHS = (320, 390, 820, 1440)
_TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room && !scrollX) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > room + 1)
    .map((one) => one.outerHTML.slice(0, 120));
}"""
# WCAG 2.2, 2.5.8: 24 by 24 CSS pixels, or a circle of 24 that touches no other target; links in a
# sentence and what the person cannot point at are left out.
_TOO_SMALL = """() => {
  const targets = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [role="tab"], [tabindex="0"]'
  )].filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
    .filter((one) => !one.closest("[inert]") && !one.closest(".skip"))
    .filter((one) => !one.closest("dialog:not([open])"));
  const seen = targets.map((one) => {
    const whole = one.matches("label input") ? one.closest("label") : one;
    return [one, whole.getBoundingClientRect()];
  }).filter(([, box]) => box.width && box.height);
  const inSentence = (one) => one.matches("a") && getComputedStyle(one).display === "inline" &&
    one.parentElement.matches("p, li") && one.parentElement.innerText.length > one.innerText.length;
  const isSmall = ([, box]) => box.width < 23.9 || box.height < 23.9;
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const touches = ([one, box]) => seen.some(([other, near]) => {
    if (other === one || other.contains(one) || one.contains(other)) return false;
    const [x, y] = middle(box);
    const dx = Math.max(near.left - x, 0, x - near.right);
    const dy = Math.max(near.top - y, 0, y - near.bottom);
    return Math.hypot(dx, dy) < 12;
  });
  return seen.filter(isSmall).filter(([one]) => !inSentence(one)).filter(touches)
    .map(([one, box]) => `${one.outerHTML.slice(0, 100)} ${box.width} x ${box.height}`);
}"""
# Words that are cut off where a box ends; not what scrolls, nor what is for a screen reader only.
_CUT_OFF = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, .scene, [inert], select"))
  .filter((one) => [...one.childNodes].some((each) => each.nodeType === 3 && each.data.trim()))
  .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module", params=SCREENS)
def screen(request, browser, studio):
    """Each screen in its turn, opened once for all that is looked at on it."""
    with on_screen(browser, studio, request.param) as page:
        yield page


def wide(page, width, height=844):
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(60)


def test_there_is_room_for_it_and_for_a_finger_at_every_width(screen):
    for width in WIDTHS:
        wide(screen, width)
        assert not screen.evaluate(_TOO_WIDE), width
        assert not screen.evaluate(_TOO_SMALL), width


def test_letters_of_twice_their_size_lose_nothing(screen):
    try:
        screen.evaluate("document.documentElement.style.fontSize = '38px'")
        for width in (820, 1440):
            wide(screen, width)
            assert not screen.evaluate(_TOO_WIDE), width
            assert not screen.evaluate(_CUT_OFF), width
    finally:
        screen.evaluate("document.documentElement.style.fontSize = ''")
