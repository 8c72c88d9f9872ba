"""From the page to paper: a real printer, its calibration, press files, labels, pictures."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import numpy as np
import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import expect
from press.card_printer import card_printer
from programs import tool
from screens import DESK, NOTE, open_desk

TO_PRINT = NOTE.replace(
    "---\n", "---\nfrom: |\n  Jordan Lee\n  8 Elm Court\n  Springfield, IL 62704\n", 1
)


@pytest.fixture(scope="module")
def printer(tmp_path_factory):
    """A printer that takes cards: its address, and the folder of what it received."""
    with card_printer(tmp_path_factory.mktemp("printer")) as started:
        yield started


def at_the_print_tab(page, studio, name="Print.md", text=TO_PRINT):
    page.set_viewport_size(DESK)
    open_desk(page, studio, name, text)
    page.click("#tab-print")
    page.wait_for_selector('[data-what="card.pdf"]:not([aria-disabled])')
    page.wait_for_selector("#printer-fields")


def by_its_address(page, address):
    if page.locator("#printer-field").is_visible():
        page.select_option("#printer", "")
    page.fill("#printer-address", address)
    page.press("#printer-address", "Tab")


def downloaded(page, selector, folder):
    with page.expect_download() as coming:
        page.click(selector)
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def words_of(path):
    done = subprocess.run([tool("pdftotext"), "-layout", str(path), "-"], capture_output=True,
                          text=True, check=True)  # fmt: skip
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("piece", ["card", "envelope"])
def test_a_piece_goes_from_the_page_to_a_printer(piece, page, studio, printer):
    at_the_print_tab(page, studio)
    by_its_address(page, printer.uri)
    expect(page.locator("#print-said")).to_contain_text("Card Printer", timeout=20000)
    assert page.locator("#print-type option").count() > 1
    assert page.locator("#print-tray option").count() > 1
    page.select_option("#print-piece", piece)
    page.fill("#print-copies", "2")
    before = set(printer.spool.glob("*.pdf"))
    page.click("#print-now")
    expect(page.locator("#print-said")).to_contain_text("Sent to", timeout=30000)
    assert "100 %" in page.inner_text("#print-said")
    (received,) = set(printer.spool.glob("*.pdf")) - before
    asked = "Thank you for the time" if piece == "card" else "Ngozi Okafor"
    assert asked in words_of(received)
    # The address is remembered where the page is, and is not asked for again.
    page.reload()
    page.wait_for_selector("#stage[data-shown]")
    page.click("#tab-print")
    page.wait_for_selector("#printer-address", state="attached")
    expect(page.locator("#printer-address")).to_have_value(printer.uri)


def test_one_side_after_the_other_for_a_printer_that_turns_nothing(page, studio, printer):
    drawn = TO_PRINT.replace("---\n", "---\nart: wreath\n", 1)
    at_the_print_tab(page, studio, "Two sides.md", drawn)
    by_its_address(page, printer.uri)
    sent = []
    for side in ("1", "2"):
        page.select_option("#print-side", side)
        before = set(printer.spool.glob("*.pdf"))
        page.click("#print-now")
        expect(page.locator("#print-now")).not_to_have_attribute("aria-busy", "true", timeout=30000)
        expect(page.locator("#print-said")).to_contain_text("Sent to")
        (received,) = set(printer.spool.glob("*.pdf")) - before
        with pikepdf.open(received) as file:
            assert len(file.pages) == 1
        sent.append(words_of(received))
    assert ["Thank you for the time" in words for words in sent] in ([True, False], [False, True])


@pytest.mark.parametrize(
    ("address", "said"),
    [("http://127.0.0.1/ipp", "not the address of a printer"),
     ("file:///etc/hosts", "not the address of a printer"),
     ("my printer", "not the address of a printer"),
     ("ipp://127.0.0.1:9/ipp/print", "printer")],
)  # fmt: skip
def test_what_is_no_printer_is_told_at_its_field(address, said, page, studio):
    at_the_print_tab(page, studio)
    by_its_address(page, address)
    wrong = page.locator("#address-wrong")
    expect(wrong).to_contain_text(said, timeout=30000)
    assert page.get_attribute("#printer-address", "aria-invalid") == "true"
    assert "--" not in wrong.inner_text()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/ipp", "https://localhost/", "lpd://a/b"])
def test_nothing_is_printed_to_what_is_no_printer(address, client, studio):
    note = studio.with_note("Printed.md", TO_PRINT)
    answer = client.post(f"{note}/print", json={"printer": address})
    assert answer.status_code == 422
    assert answer.json()["field"] == "printer"
    assert client.get("printers", params={"address": address}).status_code == 422


def test_a_printer_that_does_not_take_it_is_told(page, studio, printer):
    at_the_print_tab(page, studio)
    by_its_address(page, printer.uri)
    expect(page.locator("#print-said")).to_contain_text("Card Printer", timeout=20000)
    page.select_option("#print-piece", "envelope")
    page.select_option("#print-side", "2")
    page.click("#print-now")
    wrong = page.locator("#print-wrong")
    expect(wrong).to_be_visible(timeout=20000)
    assert "--" not in wrong.inner_text()
    expect(wrong).to_be_in_viewport()


def ink_at(path):
    """Where the ink of the first page lies, in mm from its left and its top."""
    done = subprocess.run([tool("pdftoppm"), "-r", "200", "-gray", "-png", "-singlefile",
                           str(path)], capture_output=True, check=True)  # fmt: skip
    ink = np.asarray(Image.open(io.BytesIO(done.stdout)).convert("L")) < 128
    return [np.argmax(ink.any(axis=axis)) * 25.4 / 200 for axis in (0, 1)]


def test_two_numbers_are_kept_and_move_what_is_printed_at_home(page, studio, tmp_path):
    page.goto(studio.address + "printer")
    test_page = downloaded(page, 'a[href$="paper=letter"]', tmp_path)
    with pikepdf.open(test_page) as file:
        assert [float(part) for part in file.pages[0].mediabox[2:]] == [612, 792]

    # A card that stands upright as it is fed, so that right is right.
    flat = TO_PRINT.replace("---\n", "---\ncard: a6-flat\n", 1)
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    at_the_print_tab(page, studio, "Flat.md", flat)
    before = ink_at(downloaded(page, '[data-what="card.pdf"]', tmp_path / "before"))
    press = downloaded(page, '[data-what="card.press.pdf"]', tmp_path / "before").read_bytes()

    page.goto(studio.address + "printer")
    page.fill("#right", "1.5")
    page.fill("#down", "-2")
    page.click('#calibration [type="submit"]')
    page.wait_for_selector("#kept li")
    for told in (page.inner_text("#kept"), page.inner_text("#calibration-said")):
        assert re.search(r"1\.5 mm right", told)
        assert re.search(r"2 mm up", told)
    page.reload()
    page.wait_for_selector("#kept li")

    at_the_print_tab(page, studio, "Flat.md", flat)
    card = downloaded(page, '[data-what="card.pdf"]', tmp_path / "after")
    moved = np.subtract(ink_at(card), before)
    assert moved == pytest.approx([1.5, -2.0], abs=0.2)
    assert downloaded(page, '[data-what="card.press.pdf"]', tmp_path).read_bytes() == press

    page.goto(studio.address + "printer")
    page.click("#forget")
    page.wait_for_selector("#kept-part", state="hidden")
    at_the_print_tab(page, studio, "Flat.md", flat)
    assert ink_at(downloaded(page, '[data-what="card.pdf"]', tmp_path)) == before


@pytest.mark.parametrize(
    ("field", "number"),
    [("right", "far"), ("down", "-1..2"), ("right", "250"), ("down", "3 miles"), ("across", "80"),
     ("along", "20"), ("skew", "45"), ("back_right", "x")],
)  # fmt: skip
def test_a_number_that_is_none_is_told_at_its_field(field, number, page, studio):
    page.goto(studio.address + "printer")
    page.click("details summary")
    page.fill(f"#{field}", number)
    page.click('#calibration [type="submit"]')
    expect(page.locator("#calibration-wrong")).not_to_be_empty()
    expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("document.activeElement.id") == field
    assert "--" not in page.inner_text("#calibration-wrong")
    assert page.locator("#kept li").count() == 0


def test_press_files_pass_our_own_check(page, studio, tmp_path):
    at_the_print_tab(page, studio)
    for what in ("card.press.pdf", "envelope.press.pdf"):
        path = downloaded(page, f'[data-what="{what}"]', tmp_path)
        done = subprocess.run([sys.executable, "-m", "fairhand", "check", str(path)],
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_labels_are_found_by_what_is_on_the_packet(page, studio, tmp_path):
    at_the_print_tab(page, studio)
    page.click("#label-part summary")
    page.fill("#label-find", "avery 5163")
    expect(page.locator("#label-sheet")).to_have_value("avery-5163")
    page.fill("#label-start", "3")
    page.fill("#label-copies", "2")
    path = downloaded(page, '#labels-form [type="submit"]', tmp_path)
    words = words_of(path)
    assert words.count("Okafor") == 2
    assert "Jordan Lee" not in words
    page.check("#label-sender")
    assert "Jordan Lee" in words_of(downloaded(page, '#labels-form [type="submit"]', tmp_path))
    page.fill("#label-find", "no such labels")
    expect(page.locator("#label-sheet")).to_have_text("No sheet of that name is known")
    page.click('#labels-form [type="submit"]')
    assert not page.eval_on_selector("#labels-form", "form => form.checkValidity()")


def test_pictures_that_help_at_the_printer_and_at_the_desk(page, studio, tmp_path):
    at_the_print_tab(page, studio)
    loading = words_of(downloaded(page, '[data-what="loading.pdf"]', tmp_path))
    assert "A2" in loading
    guide = downloaded(page, '[data-what="guide.pdf"]', tmp_path)
    assert "Thank you for the time you gave me on Tuesday." in words_of(guide)
    page.select_option("#sheet-paper", "letter")
    sheets = downloaded(page, '#sheets-form [type="submit"]', tmp_path)
    with pikepdf.open(sheets) as file:
        assert sorted(float(part) for part in file.pages[0].mediabox[2:]) == [612, 792]
