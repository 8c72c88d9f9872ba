"""A charity thanks two hundred donors: a table, its bad rows, the cards; by mouse and by keys."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from time import monotonic, sleep

import openpyxl
import pytest
from actors import Pointing, Typing
from conftest import running
from playwright.sync_api import expect
from programs import tool
from traps import row, workbook

FROM = "Dana Reyes\nOpen Door Kitchen\n8 Elm Court\nSpringfield, IL 62704"
HEADERS = ("Name", "Moniker", "Street", "City", "State", "ZIP", "Gift")
FIRST = ("Ana", "Bea", "Cora", "Dov", "Edith", "Fay", "Gus", "Hana", "Ivo", "June",
         "Karl", "Lena", "Milo", "Nora", "Omar", "Pia", "Quinn", "Rosa", "Sam", "Tess")  # fmt: skip
LAST = ("Abbott", "Brandt", "Castillo", "Dupont", "Eriksen", "Farrow", "Garcia", "Hughes",
        "Ibarra", "Jensen")  # fmt: skip
NO_ZIP, NO_NAME = 57, 131
SCENE = "Last week a boy of nine stayed until closing to finish his book."


def people(count, bad=True):
    """Rows of donors, each with a gift of another size; two of them bad."""
    rows = []
    for number in range(1, count + 1):
        first, last = FIRST[number % 20], LAST[number // 20 % 10]
        zip_code = "" if bad and number == NO_ZIP else f"{62700 + number % 90}"
        name = "#REF!" if bad and number == NO_NAME else f"{first} {last}"
        street = f"{number} Maple Street"
        rows.append((name, first, street, "Springfield", "IL", zip_code, f"${number + 1000}"))
    return rows


def table(rows, headers=HEADERS):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headers, *rows])
    return out.getvalue().encode()


def pages_of(path):
    done = subprocess.run([tool("pdftotext"), "-layout", str(path), "-"], capture_output=True,
                          text=True, check=True)  # fmt: skip
    return [" ".join(page.split()) for page in done.stdout.split("\f")]


def put_in(page, name, data, selector="#people-file"):
    """Choose a file; what a file dialog does is the system's."""
    page.set_input_files(selector, {"name": name, "mimeType": "text/csv", "buffer": data})


def saved(page):
    page.wait_for_timeout(100)
    page.wait_for_selector('#saved[data-state="saved"]')
    page.wait_for_load_state("networkidle")


def picture_of(page):
    """The bytes of the picture on the page."""
    source = page.locator('[data-panel="inside-right"] img').get_attribute("src")
    return page.evaluate("async one => (await (await fetch(one)).bytes()).toString()", source)


def picture_as(page, is_so):
    """Wait for a picture that is as wanted, and return it."""
    until = monotonic() + 15
    while not is_so(now := picture_of(page)):
        assert monotonic() < until, "the picture is not as it should be"
        page.wait_for_timeout(50)
    return now


def resting(page):
    """Return the picture when no newer one comes any more."""
    now, before = picture_of(page), ""
    while now != before:
        page.wait_for_timeout(700)
        now, before = picture_of(page), now
    return now


def looked_through(page):
    page.wait_for_selector("#check .good-said, #check .bad-said, #check .notice", timeout=60_000)


def downloaded(person, name, folder):
    with person.page.expect_download() as coming:
        person.press(f'a[download="{name}"]')
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


@pytest.fixture
def studio_anew(tmp_path):
    with running(tmp_path / "notes") as one:
        yield one


@pytest.mark.parametrize("kind", [Pointing, Typing], ids=["mouse", "keyboard"])
def test_a_charity_thanks_its_donors_and_no_bad_row_is_printed(kind, page, studio_anew, tmp_path):
    person = kind(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(studio_anew.address)
    person.press('a[href="occasion/donor-thanks"]')
    page.wait_for_url("**/occasion/donor-thanks")
    person.press('#begin button[type="submit"]')
    page.wait_for_url("**/note/**")
    page.wait_for_selector("#stage[data-shown]")
    person.tab("post")
    person.fill("#from", FROM)
    put_in(page, "Donors 2025.csv", table(people(200)))
    page.wait_for_url("**/people")

    # The columns are matched, and the one of an unusual name is by hand.
    page.wait_for_selector("#column-first_name")
    assert page.input_value("#column-postcode") == "ZIP"
    assert page.input_value("#column-first_name") == ""
    person.choose("#column-first_name", "Moniker")
    expect(page.locator("#told")).not_to_contain_text("Moniker")

    # Words with names and sums in them.
    person.press("a.back")
    page.wait_for_selector('[data-insert="first_name"]')
    assert page.locator("[data-insert]").count() == len(HEADERS)
    person.fill("#salutation", "Dear ")
    person.press('[data-insert="first_name"]')
    page.keyboard.insert_text(",")
    person.fill("#paragraphs", "Thank you for giving ")
    person.press('[data-insert="gift"]')
    page.keyboard.insert_text(f". {SCENE}")
    person.fill("#signature", "Dana Reyes")
    assert page.input_value("#salutation") == "Dear {{ first_name }},"
    assert "Thank you for giving {{ gift }}. Last" in page.input_value("#paragraphs")
    saved(page)

    # The card of the first donor, of the next one, and of the first again.
    first = resting(page)
    person.press('[aria-label="Next row"]')
    picture_as(page, lambda one: one != first)
    second = resting(page)
    assert page.input_value("#row") == "2"
    person.fill("#row", str(NO_ZIP))
    page.keyboard.press("Enter")
    picture_as(page, lambda one: one not in (first, second))
    person.fill("#row", "1")
    page.keyboard.press("Enter")
    picture_as(page, lambda one: one == first)

    # The bad rows come first, by number, with what to do.
    person.press("#rows a")
    page.wait_for_url("**/people")
    looked_through(page)
    assert "2 rows cannot be cards" in page.inner_text(".bad-said")
    rows = page.locator("table.bad tbody tr")
    numbers = rows.locator("th").all_inner_texts()
    assert [int(one) for one in numbers] == [NO_ZIP, NO_NAME]
    assert re.search("ZIP code.*Add it", rows.nth(0).inner_text(), re.DOTALL)
    assert "#REF!" in rows.nth(1).inner_text()
    assert page.evaluate("find => document.querySelector('table.bad').compareDocumentPosition("
                         "document.querySelector('ul.worst')) & 4")  # fmt: skip
    pictures = page.locator("ul.worst img")
    assert pictures.count() >= 3
    for one in pictures.all():
        one.scroll_into_view_if_needed()
        expect(one).to_have_js_property("complete", True)
        assert one.evaluate("one => one.naturalWidth") > 100

    # Nothing is made while they are there.
    assert "mend the rows" in page.inner_text("#make-why").lower()
    if kind is Typing:
        person.press("#make-now")
    else:
        page.click("#make-now", force=True)
    page.wait_for_timeout(300)
    assert page.is_hidden("#making")
    assert not [*studio_anew.folder.glob("* cards/*.pdf")]

    left_out = {NO_ZIP, NO_NAME} if kind is Pointing else set()
    if left_out:
        person.press("#skip-bad")
    else:
        put_in(page, "Donors mended.csv", table(people(200, bad=False)))
        page.wait_for_selector("#check .good-said", timeout=30_000)
        assert page.input_value("#column-first_name") == "Moniker"
    person.press("#make-now")
    page.wait_for_selector("#making:visible")
    page.reload()
    page.wait_for_selector("#making:visible, #made .files")
    page.wait_for_selector("#made .files", timeout=60_000)
    count = 200 - len(left_out)
    assert f"{count} cards are made" in page.inner_text("#made")

    everybody = people(200, bad=False)
    wanted = [one for number, one in enumerate(everybody, 1) if number not in left_out]
    cards = " ".join(pages_of(downloaded(person, "cards.pdf", tmp_path)))
    said = re.findall(rf"Dear (\w+), Thank you for giving (\$\d+)\. {re.escape(SCENE)}", cards)
    assert said == [(one[1], one[6]) for one in wanted]
    assert cards.count("Dana Reyes") == count
    assert not re.search("{{|#REF!", cards)
    envelopes = [one for one in pages_of(downloaded(person, "envelopes.pdf", tmp_path)) if one]
    assert len(envelopes) == count
    for one, text in zip(wanted, envelopes, strict=True):
        assert {*one[0].split(), *one[2].split(), one[5]} <= {*text.split()}


# Long tables


MERGED = f"""---
from: |
  {FROM.replace(chr(10), chr(10) + "  ")}
---

Dear {{{{ first_name }}}},

Thank you for giving {{{{ gift }}}}.

Warmly,
Dana Reyes
"""
PLAIN = ("Name", "First name", "Street", "City", "State", "ZIP", "Gift")


def state_of(client, address):
    answer = client.get(f"{address}/people/state")
    assert answer.status_code == 200
    return answer.json()


def until(client, address, test, seconds=60):
    """Ask how far it is until it is as wanted, and return the state."""
    end = monotonic() + seconds
    while not test(state := state_of(client, address)):
        assert monotonic() < end, {**state, "table": None}
        sleep(0.1)
    return state


def seen(page, script, seconds=60):
    """Wait until something is so on the page, whose policy lets nobody evaluate strings."""
    end = monotonic() + seconds
    while not page.evaluate(script):
        assert monotonic() < end, script
        page.wait_for_timeout(5)


def is_made(state):
    return state["making"] and state["making"]["state"] != "working"


def test_making_stops_in_the_middle_and_goes_on_and_a_reload_shows_where_it_is(
    page, studio, client
):
    address = studio.with_note("Long.md", MERGED)
    page.goto(f"{studio.address}{address}/people")
    put_in(page, "Long.csv", table(people(2_000, bad=False), PLAIN))
    looked_through(page)
    assert page.locator("#check .good-said").count() == 1, page.inner_text("#check")
    page.click("#make-now")
    bar = page.locator("#making-bar")
    seen(page, "document.querySelector('#making-bar').value > 150")
    page.reload()
    page.wait_for_selector("#making:visible")
    before = bar.evaluate("bar => [bar.value, bar.max]")
    assert before[0] > 150
    assert before[1] == 2_000
    assert re.search(r"[\d,]+ of 2,000 cards", page.inner_text("#making-said"))
    seen(page, "document.querySelector('#making-bar').value > 600")
    page.click("#stop")
    expect(page.locator("#made")).to_contain_text("What is finished is kept", timeout=15_000)
    stopped = state_of(client, address)["making"]
    assert stopped["state"] == "stopped"
    assert not stopped["files"]
    # It was the person's wish, so nothing goes on by itself.
    page.reload()
    page.wait_for_selector("#make:visible")
    assert page.is_hidden("#making")

    page.click("#make-now")
    page.wait_for_selector("#making:visible")
    first = until(client, address, lambda one: one["making"]["cards"] or is_made(one))
    assert first["making"]["cards"] >= 500
    page.wait_for_selector("#made .files", timeout=60_000)
    assert "2,000 cards are made" in page.inner_text("#made")
    with client.stream("GET", f"{address}/people/file/manifest.csv") as answer:
        made = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert [int(one["row"]) for one in made] == [*range(1, 2_001)]


def test_a_studio_that_was_killed_goes_on_with_the_cards_where_it_was(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    with running(folder) as studio, studio.client() as client:
        address = studio.with_note("Killed.md", MERGED)
        client.put(f"{address}/people?name=a.csv", content=table(people(1_200, bad=False), PLAIN))
        client.post(f"{address}/people/make", json={"envelopes": "none"})
        until(client, address, lambda one: one["making"]["cards"] > 600)
        studio.process.kill()
        studio.process.wait()
    with running(folder) as studio, studio.client() as client:
        # Nobody presses anything: to open the page is enough.
        assert state_of(client, address)["making"]["state"] == "working"
        first = until(client, address, lambda one: one["making"]["cards"] or is_made(one))
        assert first["making"]["cards"] >= 500
        last = until(client, address, is_made)["making"]
        assert last["state"] == "done", last
        assert last["cards"] == 1_200
        assert not [one for one in last["files"] if "envelopes" in one["name"]]
    with running(folder) as studio, studio.client() as client:
        assert state_of(client, address)["making"]["state"] == "done"


def test_notes_are_written_as_quickly_while_a_long_table_is_looked_through(page, studio, client):
    address = studio.with_note("Very long.md", MERGED)
    other = studio.with_note("Short.md", MERGED.replace("{{ first_name }}", "Ana").replace(
        "{{ gift }}", "so much"))  # fmt: skip
    page.goto(studio.address + other)
    page.wait_for_selector("#stage[data-shown]")
    page.evaluate(WATCHED)
    page.focus("#paragraphs")
    page.keyboard.press("ControlOrMeta+End")
    alone = typing_takes(page, "abcdefg")
    data = table(people(60_000, bad=False), PLAIN)
    state = client.put(f"{address}/people?name=a.csv", content=data).json()
    assert state["check"]["state"] == "working"
    # The page of the table asks and asks how far it is.
    page.evaluate("one => { setInterval(() => fetch(one), 400) }", f"{address}/people/state")
    page.wait_for_timeout(1_500)
    beside = typing_takes(page, "hijklmnopqr")
    assert state_of(client, address)["check"]["state"] == "working"
    assert beside < max(300, 4 * alone), (alone, beside)
    client.delete(f"{address}/people")


def typing_takes(page, letters):
    """Return the median of milliseconds from a key to the new picture."""
    took = []
    for letter in letters:
        page.evaluate("shownAt = 0; pressedAt = performance.now()")
        page.keyboard.type(letter)
        seen(page, "shownAt > 0", 10)
        took.append(page.evaluate("shownAt - pressedAt"))
        page.wait_for_timeout(50)
    return sorted(took)[len(took) // 2]


WATCHED = """() => {
  window.shownAt = 0;
  const isPicture = (one) => [...one.addedNodes].some((node) => node.tagName === "IMG");
  new MutationObserver((seen) => {
    if (seen.some(isPicture)) window.shownAt = performance.now();
  }).observe(document.getElementById("scene"), { subtree: true, childList: true });
}"""


# Tables of other kinds


def checked(client, address, name, data):
    answer = client.put(f"{address}/people?name={name}", content=data)
    if answer.status_code != 200:
        return {"refused": answer.json()}
    return until(client, address, lambda one: one["check"]["state"] != "working")


def test_a_formula_is_the_sum_that_the_person_saw(studio, client):
    head = row(*(one.encode() for one in PLAIN))
    cells = row(*(one.encode() for one in people(1)[0][:-1]))
    formula = cells.replace(b"</row>", b"<c><f>1000+7</f><v>1007</v></c></row>")
    address = studio.with_note("Formula.md", MERGED)
    state = checked(client, address, "a.xlsx", workbook([(head, 1), (formula, 1)]))
    assert state["check"]["rows"] == 1
    assert not state["check"]["bad"]
    assert state["table"]["insertable"][-1]["example"] == "1007"


def test_a_formula_that_nobody_has_reckoned_is_told_of(studio, client):
    book = openpyxl.Workbook()
    book.active.append(PLAIN)
    for one in people(5, bad=False):
        book.active.append(one)
    book.active["G3"] = "=1000+7"
    out = io.BytesIO()
    book.save(out)
    address = studio.with_note("Not reckoned.md", MERGED)
    told = checked(client, address, "a.xlsx", out.getvalue())["refused"]
    assert "G3 is a formula" in told["message"]
    assert "save it there" in told["hint"]


def test_what_excel_saves_as_csv_is_the_same_table(studio, client):
    address = studio.with_note("Excel.md", MERGED)
    rows = [("Zoë Müller", "Zoë", "1 Elm Street", "Springfield", "IL", "02035", "$5")]
    tables = []
    for encoding, delimiter in (("utf-8", ","), ("utf-8-sig", ","), ("cp1252", ";")):
        text = "\r\n".join(delimiter.join(one) for one in [PLAIN, *rows])
        state = checked(client, address, "a.csv", text.encode(encoding))
        assert not state["check"]["bad"]
        assert state["check"]["rows"] == 1
        tables.append({**state["table"], "told": None})
    assert tables[0] == tables[1] == tables[2]
    assert tables[0]["columns"]["name"] == ["Name"]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"Name,First name,Gift\r\n", b"\n\n"])
def test_an_empty_table_is_told_of(studio, client, data):
    address = studio.with_note("Empty.md", MERGED)
    state = checked(client, address, "a.csv", data)
    told = (state.get("refused") or state["check"]["error"])["message"]
    assert re.search("empty|no people|no rows", told), told


def test_columns_of_several_fields_are_kept_when_they_are_chosen_one_after_the_other(
    studio, client
):
    address = studio.with_note("Columns.md", MERGED)
    headers = ("Who", "Moniker", "Where", "City", "State", "ZIP", "Gift")
    client.put(f"{address}/people?name=a.csv", content=table(people(3, bad=False), headers))
    for field, column in (("name", "Who"), ("first_name", "Moniker"), ("address", "Where")):
        state = client.post(f"{address}/people/columns", json={"columns": {field: column}}).json()
    columns = state["table"]["columns"]
    assert [columns[one] for one in ("name", "first_name", "address")] == [
        ["Who"], ["Moniker"], ["Where"]]  # fmt: skip
    assert not until(client, address, lambda one: one["check"]["state"] != "working")["check"][
        "bad"
    ]


def test_bad_rows_that_a_page_did_not_mind_stop_the_making_with_a_sentence(studio, client):
    address = studio.with_note("Bad.md", MERGED)
    client.put(f"{address}/people?name=a.csv", content=table(people(60), PLAIN))
    client.post(f"{address}/people/make", json={})
    making = until(client, address, is_made)["making"]
    assert making["state"] == "failed"
    assert "bad rows" in making["error"]["message"]
    assert [one["name"] for one in making["files"]] == ["problems.csv"]
