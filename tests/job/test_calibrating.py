"""Readings of a test page from a page of the studio: kept, told, and carried by files for home."""

import pypdfium2
import pytest

from fairhand.errors import InputError
from fairhand.job.calibrating import (
    READINGS,
    corrected_page,
    correction_for,
    corrections,
    forget,
    keep,
    page_for,
)


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    monkeypatch.setenv("FAIRHAND_CONFIG", str(tmp_path / "settings"))


def words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_two_numbers_are_kept_and_told_and_forgotten():
    kept = keep({"right": "1.5", "down": "-1mm"})
    assert corrections() == (kept,)
    assert kept.told == "every printer"
    assert "1.5 mm" in kept.moves
    assert correction_for()[0].correction.told == kept.moves
    forget()
    assert corrections() == ()
    assert correction_for() == (None, ())


def test_what_was_measured_before_stays():
    keep({"right": "1.5"}, "Canon")
    keep({"down": "2"}, "Canon")
    found, _ = correction_for("Canon")
    assert (found.right_mm, found.down_mm) == (1.5, 2)


@pytest.mark.parametrize("name", READINGS)
@pytest.mark.parametrize("text", ["wide", "", "900mm", "1e3", "1;2"])
def test_what_is_no_reading_is_refused_by_the_name_that_the_page_gives_it(name, text):
    with pytest.raises(InputError) as caught:
        keep({name: text})
    assert caught.value.field == name
    assert READINGS[name] in caught.value.message
    assert "--" not in f"{caught.value.message} {caught.value.hint}"
    assert corrections() == ()


@pytest.mark.parametrize("readings", [{}, {"sideways": "1mm"}])
def test_nothing_read_keeps_nothing(readings):
    with pytest.raises(InputError):
        keep(readings)
    assert corrections() == ()


def test_the_test_page_of_the_studio_names_its_fields_and_no_option():
    said = words(page_for("letter", in_studio=True))
    assert "to the right" in said
    assert "--" not in said
    assert "fairhand" not in said
    assert "--right" in words(page_for("letter"))


@pytest.mark.parametrize("sheet", ["a7", "a4", "letter", "a2"])
def test_a_test_page_is_of_the_sheet_that_is_named_and_upright(sheet):
    document = pypdfium2.PdfDocument(page_for(sheet, in_studio=True))
    sizes = [page.get_size() for page in document]
    document.close()
    assert len(sizes) == 2
    assert all(width <= height for width, height in sizes)


def test_a_corrected_test_page_wants_something_that_is_kept():
    with pytest.raises(InputError):
        corrected_page()
    kept = keep({"right": "3mm"})
    data, told = corrected_page(in_studio=True)
    assert told == kept
    assert data != page_for("letter", in_studio=True)


def test_of_several_printers_none_is_carried_unless_it_is_named():
    keep({"right": "1"}, "Canon")
    keep({"right": "2"}, "HP", "rear")
    found, said = correction_for()
    assert found is None
    assert said
    assert correction_for("hp", "rear")[0].right_mm == 2
    with pytest.raises(InputError):
        correction_for("Epson")
