"""Two people at the studio: one points and clicks, the other has a keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_MOST_STEPS = 250
_AT = "selector => document.activeElement === document.querySelector(selector)"


class Pointing:
    """Does all with the mouse, and types into what was clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, selector: str) -> None:
        """Press a button, follow a link, tick a box."""
        self.page.click(selector)

    def fill(self, selector: str, words: str) -> None:
        """Put words in place of those that are there."""
        self.page.click(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)

    def tab(self, name: str) -> None:
        """Go to one of the desk's steps."""
        self.page.click(f"#tab-{name}")

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list."""
        self.page.select_option(selector, value)

    def pick(self, group: str, value: str) -> None:
        """Choose one of several pictures or dabs."""
        self.page.locator(f'input[name="{group}"][value="{value}"]').locator("..").click()


class Typing:
    """Has no mouse: goes on by Tab to what is wanted, which must be reached and be seen there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _go(self, selector: str) -> None:
        self.page.wait_for_selector(selector, state="attached")
        for _ in range(_MOST_STEPS):
            if self.page.evaluate(_AT, selector):
                assert self.page.evaluate(_IS_SEEN), f"{selector} has the focus and shows none"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def press(self, selector: str) -> None:
        """Press a button or follow a link with Enter."""
        self._go(selector)
        self.page.keyboard.press("Enter")

    def fill(self, selector: str, words: str) -> None:
        """Put words in place of those that are there."""
        self._go(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)

    def tab(self, name: str) -> None:
        """Go to one of the desk's steps: to the steps by Tab, along them by arrows."""
        self._go('[role="tab"][aria-selected="true"]')
        for _ in range(10):
            if self.page.evaluate(_AT, f"#tab-{name}"):
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows do not lead to {name}")

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list by the arrows."""
        self._go(selector)
        self.page.keyboard.press("Home")
        for _ in range(_MOST_STEPS):
            if self.page.eval_on_selector(selector, "list => list.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{selector} has no {value}")

    def pick(self, group: str, value: str) -> None:
        """Choose one of several: to the group by Tab, along it by arrows."""
        self._go(f'input[name="{group}"]:checked')
        for _ in range(_MOST_STEPS):
            if self.page.evaluate(_AT, f'input[name="{group}"][value="{value}"]'):
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows do not lead to {value}")


_IS_SEEN = """() => {
  const differs = (one) => {
    const style = getComputedStyle(one);
    const before = [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor];
    return (before[0] !== "none" && parseFloat(before[1]) > 0) || before[2] !== "none";
  };
  let one = document.activeElement;
  for (let step = 0; one && step < 3; step += 1, one = one.parentElement) {
    if (differs(one)) return true;
  }
  const near = [...document.activeElement.parentElement.querySelectorAll("*")];
  return near.some(differs);
}"""
