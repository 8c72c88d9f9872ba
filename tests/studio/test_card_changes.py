"""A note that goes to another card by itself says so, and may stay with the one before."""

from playwright.sync_api import expect

NOTE = "---\nto: Ana\n---\n\nDear Ana,\n\nThank you for the book.\n\nLove,\nTom\n"
LONG = "Thank you for the book, which I read in one night with the lamp on the floor. " * 6


def test_another_card_is_told_of_and_the_one_before_may_stay(studio, page):
    page.goto(studio.address + studio.with_note("Ana.md", NOTE))
    page.wait_for_selector("#stage[data-shown]")
    before = page.input_value("#card") or "auto"
    assert before == "auto"
    expect(page.locator("#card-changed")).to_be_hidden()
    page.fill("#paragraphs", LONG)
    said = page.locator("#card-changed")
    expect(said).to_contain_text("It now takes the")
    page.click("#card-changed button")
    expect(said).to_be_hidden()
    expect(page.locator("#card")).not_to_have_value("auto")
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    assert "card:" in (studio.folder / "Ana.md").read_text(encoding="utf-8")


def test_a_card_that_the_person_chose_is_no_news(studio, page):
    page.goto(studio.address + studio.with_note("Bo.md", NOTE))
    page.wait_for_selector("#stage[data-shown]")
    page.click("#tab-look")
    page.select_option("#card", "a7")
    expect(page.locator("#chosen")).to_contain_text("A7")
    expect(page.locator("#card-changed")).to_be_hidden()
