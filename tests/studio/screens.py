"""Every screen of the studio, in every state that a person may find it in."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Studio
    from playwright.sync_api import Browser, Page

    Screen = Callable[[Page, Studio], None]

NOTE = """---
to: |
  Ms. Ngozi Okafor
  12 Main Street
  Springfield, IL 62701
---

Dear Ms. Okafor,

Thank you for the time you gave me on Tuesday.

Sincerely,
Jordan
"""
LETTER = """---
to: {{ name }}
---

Dear {{ name }},

Thank you for the lamp.

Yours,
Jordan
"""
GOOD = "Name,Street,City,State,ZIP\nAda Byron,1 Elm Court,Springfield,IL,62704\n"
BAD = GOOD + ",2 Elm Court,Springfield,IL,62704\nZoë Ruiz,3 Elm Court,Nowhere,XX,1\n"
TOO_MUCH = "\n\n".join(
    f"When I was {age}, I took apart the {what} in the hall to see how it was made, and put it "
    "together again before supper, with two screws left over."
    for age, what in enumerate(("clock", "radio", "lamp", "bell", "mower", "piano") * 3, start=8)
)


DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@contextmanager
def on_screen(browser: Browser, studio: Studio, name: str) -> Iterator[Page]:
    """Show a screen as wide as on a desk, and still."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    SCREENS[name](page, studio)
    yield page
    context.close()
    assert not faults


def open_desk(page: Page, studio: Studio, name: str = "Thanks.md", text: str = NOTE) -> None:
    """Open a note, and wait for its card."""
    page.goto(studio.address + studio.with_note(name, text))
    page.wait_for_selector("#stage[data-shown]")


def _start(page: Page, studio: Studio) -> None:
    studio.with_note("Thanks.md", NOTE)
    studio.with_note("Not a note.md", "---\nto: [\n---\n")
    page.goto(studio.address)


def _dialog(act: str) -> Screen:
    def screen(page: Page, studio: Studio) -> None:
        _start(page, studio)
        page.click(f'[data-title="Thanks"] [data-act="{act}"]')
        page.wait_for_selector("dialog[open]")

    return screen


def _at(address: str) -> Screen:
    return lambda page, studio: page.goto(studio.address + address)


def _tab(name: str, wanted: str = "") -> Screen:
    def screen(page: Page, studio: Studio) -> None:
        open_desk(page, studio)
        page.click(f"#tab-{name}")
        if wanted:
            page.wait_for_selector(wanted)
        for more in page.query_selector_all(f"#panel-{name} details"):
            more.evaluate("one => { one.open = true; }")

    return screen


def _wrong_address(page: Page, studio: Studio) -> None:
    _tab("print")(page, studio)
    page.wait_for_selector("#printer-address")
    page.fill("#printer-address", "http://printer.local/")
    page.press("#printer-address", "Tab")
    page.wait_for_selector('#printer-address[aria-invalid="true"]')


def _own_picture(page: Page, studio: Studio) -> None:
    from PIL import Image

    Image.new("RGB", (300, 200), "#7a8450").save(studio.folder / "leaf.png")
    open_desk(page, studio, "Leaf.md", NOTE.replace("---\n", "---\nart: leaf.png\n", 1))
    page.click("#tab-front")
    page.wait_for_selector("#placing")


def _blanks(page: Page, studio: Studio) -> None:
    open_desk(page, studio, "Blank.md", NOTE.replace("Tuesday", "[day: when it was], [place]"))
    page.wait_for_selector("#blank-list button")


def _no_words(page: Page, studio: Studio) -> None:
    page.goto(studio.address + studio.with_note("Empty.md", "---\nlanguage: en\n---\n"))
    page.wait_for_selector("#stage-note:not([hidden])")


def _fault(page: Page, studio: Studio) -> None:
    text = NOTE.replace("---\n", "---\ndate: 2026-02-31\n", 1)
    page.goto(studio.address + studio.with_note("Fault.md", text))
    page.wait_for_selector('[aria-invalid="true"]', state="attached")


def _held(page: Page, studio: Studio) -> None:
    open_desk(page, studio, "Held.md")
    page.fill("#paragraphs", "There is no such letter in any hand: ꙮ𓀀")
    page.wait_for_selector("#stage-note:not([hidden])")


def _over(page: Page, studio: Studio) -> None:
    open_desk(page, studio, "Over.md", NOTE.replace("---\n", "---\ncard: a2\n", 1))
    page.fill("#paragraphs", TOO_MUCH)
    page.wait_for_selector("#remedies button", timeout=60000)


def _away(page: Page, studio: Studio) -> None:
    open_desk(page, studio, "Away.md")
    page.route("**/note/Away.md", lambda route: route.abort())
    page.fill("#paragraphs", "Words that nobody hears.")
    page.wait_for_selector("#trouble:not([hidden])")


def _true_size(page: Page, studio: Studio) -> None:
    open_desk(page, studio, "True.md")
    page.click("#set-scale")
    page.wait_for_selector("dialog[open]")


def _hidden_card(page: Page, studio: Studio) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_desk(page, studio, "Folded.md")
    page.click("#fold-away")


def _with_rows(page: Page, studio: Studio) -> None:
    _put_table(studio, "Rows.md", BAD)
    page.goto(studio.address + "note/Rows.md")
    page.wait_for_selector(".chip")
    page.wait_for_selector("#stage[data-shown]")


def _put_table(studio: Studio, name: str, table: str) -> None:
    address = studio.with_note(name, LETTER)
    with studio.client() as client:
        client.put(f"{address}/people?name=table.csv", content=table).raise_for_status()


def _checked(name: str, table: str) -> Screen:
    def screen(page: Page, studio: Studio) -> None:
        _put_table(studio, name, table)
        page.goto(studio.address + f"note/{name}/people")
        page.wait_for_selector("#check .bad, #check .good-said")

    return screen


def _no_table(page: Page, studio: Studio) -> None:
    page.goto(f"{studio.address}{studio.with_note('Alone.md', LETTER)}/people")
    page.wait_for_selector("#part-columns", state="hidden")


def _making(page: Page, studio: Studio) -> None:
    def answer(route):
        state = route.fetch().json()
        state["making"] = {"state": "working", "cards": 31, "count": 200, "bad": 0, "files": [],
                           "seconds_left": 24, "notices": [], "error": None}  # fmt: skip
        route.fulfill(body=json.dumps(state), content_type="application/json")

    _put_table(studio, "Making.md", GOOD)
    page.route("**/people/state", answer)
    page.goto(studio.address + "note/Making.md/people")
    page.wait_for_selector("#making:not([hidden])")
    page.wait_for_selector("#check .good-said")


def _made(page: Page, studio: Studio) -> None:
    _checked("Made.md", GOOD)(page, studio)
    page.wait_for_selector("#make-why", state="hidden")
    page.click("#make-now")
    page.wait_for_selector("#made .file", timeout=60000)


def _printer_wrong(page: Page, studio: Studio) -> None:
    page.goto(studio.address + "printer")
    page.fill("#right", "far")
    page.click('#calibration [type="submit"]')
    page.wait_for_selector('#right[aria-invalid="true"]')
    page.click("details summary")


def _printer_kept(page: Page, studio: Studio) -> None:
    page.goto(studio.address + "printer")
    page.fill("#right", "0.5")
    page.click('#calibration [type="submit"]')
    page.wait_for_selector("#kept li")


SCREENS: dict[str, Screen] = {
    "start": _start,
    "rename": _dialog("rename"),
    "remove": _dialog("remove"),
    "occasion": _at("occasion/after-rejection"),
    "occasion in German": _at("occasion/after-rejection?language=de"),
    "write": _tab("write"),
    "look": _tab("look", 'input[name="hand"]'),
    "front": _tab("front", 'input[name="front"]'),
    "post": _tab("post"),
    "print": _tab("print", '[data-what="card.pdf"]:not([aria-disabled])'),
    "wrong address": _wrong_address,
    "own picture": _own_picture,
    "blanks": _blanks,
    "no words": _no_words,
    "fault": _fault,
    "held picture": _held,
    "too many words": _over,
    "no studio": _away,
    "true size": _true_size,
    "hidden card": _hidden_card,
    "rows": _with_rows,
    "no table": _no_table,
    "bad rows": _checked("Bad.md", BAD),
    "good rows": _checked("Good.md", GOOD),
    "making": _making,
    "made": _made,
    "printer": _at("printer"),
    "wrong numbers": _printer_wrong,
    "kept numbers": _printer_kept,
    "not there": _at("note/Nothing.md"),
}
