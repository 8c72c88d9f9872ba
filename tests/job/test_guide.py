"""A guide sheet shows where one's own pen goes: pale words, true rules, the card's size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner

from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.job import make, read
from fairhand.job.guide import GuideWish, guide_pdf
from fairhand.stationery.paper import paper

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"


@pytest.fixture(scope="module")
def made():
    return make(read(SAMPLE, card="a7"))


def pages(data):
    return list(pypdfium2.PdfDocument(data))


def test_it_has_the_cards_size_and_the_cards_words(made):
    card, envelope = pages(guide_pdf(made, GuideWish()))
    assert card.get_size() == (720, 504)
    assert "Thank you for letting me know" in " ".join(card.get_textpage().get_text_range().split())
    assert envelope.get_size() == pytest.approx(made.envelope.size, abs=0.01)


def test_the_words_are_pale_and_nothing_is_dark(made):
    for wish in (GuideWish(), GuideWish(words=False)):
        picture = np.asarray(pages(guide_pdf(made, wish))[0].render(scale=3).to_pil().convert("L"))
        assert picture.min() > 100
        assert picture.min() < 230


def test_art_is_there_to_be_traced_and_pale():
    for name in ("candles", "winter", "terrazzo"):
        made = make(read(SAMPLE, card="a7", art=name), with_envelope=False)
        outside = pages(guide_pdf(made, GuideWish()))[0].render(scale=2).to_pil().convert("L")
        front = np.asarray(outside)[:, outside.width // 2 :]
        assert 100 < front.min() < 245
        assert (front < 250).sum() > 2000


def test_each_line_of_writing_has_its_base_line_and_its_x_line(made):
    page = pages(guide_pdf(made, GuideWish(words=False)))[0]
    levels = sorted(
        round((bounds[1] + bounds[3]) / 2, 1)
        for bounds in (thing.get_bounds() for thing in page.get_objects())
        if bounds[3] - bounds[1] < 1 and bounds[2] - bounds[0] > 100
    )
    composed = made.composed.pages[0]
    wanted = []
    for line in composed.lines:
        wanted += [line.y, line.y + composed.x_height_em * line.size]
    assert levels == pytest.approx(sorted(wanted), abs=0.11)


def test_without_words_there_is_no_text(made):
    page = pages(guide_pdf(made, GuideWish(words=False)))[0]
    assert page.get_textpage().get_text_range().strip() == ""


def test_on_larger_paper_the_card_stays_of_its_size(made):
    card, _ = pages(guide_pdf(made, GuideWish(paper=paper("a4"))))
    width, height = card.get_size()
    assert (width, height) == pytest.approx((841.89, 595.28), abs=0.01)
    bounds = [thing.get_bounds() for thing in card.get_objects()]
    left = min(b[0] for b in bounds if b[3] - b[1] < 2)
    right = max(b[2] for b in bounds if b[3] - b[1] < 2)
    assert right - left == pytest.approx(720, abs=1.5)


def test_the_command_writes_it_beside_the_note(tmp_path):
    note = tmp_path / "note.md"
    note.write_text(SAMPLE.read_text())
    done = CliRunner().invoke(fairhand, ["guide", str(note)])
    assert done.exit_code == 0
    assert (tmp_path / "note.guide.pdf").is_file()


def test_a_card_larger_than_the_paper_is_refused(tmp_path):
    done = CliRunner().invoke(
        fairhand, ["guide", str(SAMPLE), "--card", "a10", "--on", "a5", "-o", str(tmp_path)]
    )
    assert isinstance(done.exception, InputError)
    assert list(tmp_path.iterdir()) == []


def test_the_addresses_have_their_rules_too(made):
    envelope = pages(guide_pdf(made, GuideWish(words=False)))[1]
    rules = [
        bounds
        for bounds in (thing.get_bounds() for thing in envelope.get_objects())
        if bounds[3] - bounds[1] < 1 and bounds[2] - bounds[0] > 40
    ]
    note = made.source.note
    assert len(rules) == 2 * (len(note.to.lines) + len(note.from_.lines))


def test_the_corners_of_the_card_are_where_a_printer_prints_if_the_sheet_has_room():
    """An opened A2 card is as wide as upright Letter, so the sheet lies on its side."""
    small = make(read(SAMPLE, card="a2"), with_envelope=False)
    (page, *_) = pages(guide_pdf(small, GuideWish(paper=paper("letter"))))
    width, height = page.get_size()
    assert (width, height) == (792, 612)
    for left, bottom, right, top in (thing.get_bounds() for thing in page.get_objects()):
        assert min(left, bottom, width - right, height - top) > 18


@pytest.mark.parametrize("name", ["thank-you-ar", "birthday-he", "after-rejection"])
def test_a_rule_of_an_address_goes_on_where_its_writing_does(name):
    made = make(read(SAMPLE.parents[1] / name / "note.md"))
    words, bare = (pages(guide_pdf(made, GuideWish(words=shown)))[-1] for shown in (True, False))
    text = words.get_textpage()
    letters = [text.get_charbox(index) for index in range(text.count_chars())]
    rules = [thing.get_bounds() for thing in bare.get_objects()]
    before = min(box[0] for box in letters) - min(rule[0] for rule in rules)
    after = max(rule[2] for rule in rules) - max(box[2] for box in letters)
    goes_left = made.source.note.language in ("ar", "he")
    assert (before if goes_left else after) > 20
    assert (after if goes_left else before) < 20
