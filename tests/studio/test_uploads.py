"""Files that are dropped on a page: kept when they are good, refused when they are a trap."""

from __future__ import annotations

import io
import tempfile
import time

import pikepdf
import pytest
from awaiting import awaited
from PIL import Image
from traps import (
    DRAWINGS,
    FONTS,
    PDFS,
    PICTURES,
    TABLES,
    drawing,
    packed_drawing,
    path_of_a_million_curves,
    pdf_of,
    png_of,
    with_script,
)

from fairhand.errors import FailureError, InputError
from fairhand.hand.hand import bundled_hand
from fairhand.job import make, read, taking
from fairhand.job.drafts import Draft
from fairhand.job.taking import ending_of
from fairhand.studio.folder import open_folder
from fairhand.studio.names import NotHereError
from fairhand.studio.uploads import taken

resource = pytest.importorskip("resource")

FONT = bundled_hand("kalam").path.read_bytes()
CIRCLE = drawing(b'<circle cx="50" cy="50" r="40" fill="#c33"/>')


@pytest.fixture
def folder(tmp_path):
    folder = open_folder(tmp_path / "notes")
    folder.create(Draft({"salutation": "Dear Ana,"}), "Ana")
    return folder


def picture(kind="PNG", size=(1500, 1800)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def give(folder, kind: str, called: str, data: bytes, note="Ana.md"):
    async def pieces():
        for start in range(0, len(data) or 1, 100_000):
            yield data[start : start + 100_000]

    return awaited(taken(folder, note, kind, called, pieces()))


def names(folder):
    return sorted(path.name for path in folder.root.iterdir())


GOOD = {
    "a PNG": ("art", picture(), "Ana.front.png"),
    "a JPEG": ("art", picture("JPEG"), "Ana.front.jpg"),
    "a TIFF": ("art", picture("TIFF"), "Ana.front.tif"),
    "a WebP": ("art", picture("WEBP"), "Ana.front.webp"),
    "a coarse picture, which may be shown small": ("art", picture(size=(90, 90)), "Ana.front.png"),
    "an SVG": ("art", CIRCLE, "Ana.front.svg"),
    "a PDF": ("art", pdf_of(lambda document, page: None), "Ana.front.pdf"),
    "a font": ("hand", FONT, "Ana.hand.ttf"),
    "a CSV": ("people", b"Name,City\nAnn Lee,Boston\n", "Ana.people.csv"),
    "vCards": (
        "people", b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nEND:VCARD\n", "Ana.people.vcf",
    ),
    "JSON": ("people", b'[{"name": "Ann Lee"}]', "Ana.people.json"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "called"),
    [*((case, "x.bin") for case in GOOD), ("a PNG", "../../evil.sh"), ("a CSV", "a.exe\0.png")],
)
def test_a_good_file_lies_beside_the_note_by_what_it_is_whatever_it_was_called(
    folder, case, called
):
    kind, data, name = GOOD[case]
    path = give(folder, kind, called, data)
    assert path == folder.root / name
    assert path.read_bytes() == data
    assert names(folder) == sorted(["Ana.md", name])


def test_a_table_of_tabs_keeps_the_ending_that_says_so(folder):
    assert give(folder, "people", "p.tsv", b"Name\tCity, State\nAnn\tBoston, MA\n").suffix == ".tsv"


def test_another_file_of_its_kind_takes_the_place_of_the_first_and_is_what_is_shown(folder):
    give(folder, "art", "a.png", picture())
    give(folder, "hand", "a.ttf", FONT)
    give(folder, "art", "a.svg", CIRCLE)
    assert names(folder) == ["Ana.front.svg", "Ana.hand.ttf", "Ana.md"]
    note = {"paragraphs": "Thank you.", "hand": str(folder.root / "Ana.hand.ttf")}
    first = make(read(note)).hand
    assert make(read(note)).hand is first
    give(folder, "hand", "b.ttf", bundled_hand("caveat").path.read_bytes())
    assert make(read(note)).hand.font.digest != first.font.digest


@pytest.mark.parametrize("kind", ["art", "hand", "people"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", FONT[:2_000]])
def test_what_is_not_what_it_shall_be_is_refused_with_a_sentence_and_not_kept(folder, kind, data):
    before = give(folder, kind, "good", next(one for k, one, _ in GOOD.values() if k == kind))
    kept = before.read_bytes()
    with pytest.raises(InputError) as error:
        give(folder, kind, "my file.xyz", data)
    assert_a_sentence(error.value)
    assert before.read_bytes() == kept
    assert len(names(folder)) == 2


def assert_a_sentence(error: InputError) -> None:
    assert error.message.endswith(".")
    assert "\n" not in error.message
    assert len(error.message) < 300
    assert tempfile.gettempdir() not in error.message + error.hint
    assert "fairhand." not in error.message + error.hint


def test_a_file_for_a_note_that_is_not_there_is_not_even_read(folder):
    async def pieces():
        raise AssertionError
        yield b""

    for note in ("Bo.md", "../Ana.md", "Ana.front.md"):
        with pytest.raises(NotHereError):
            awaited(taken(folder, note, "art", "a.png", pieces()))


def test_what_breaks_off_is_not_kept(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    async def pieces():
        yield picture()[:50]
        raise ConnectionError(104, "Connection reset by peer")

    with pytest.raises(FailureError, match="cannot be kept"):
        awaited(taken(folder, "Ana.md", "art", "a.png", pieces()))
    assert names(folder) == ["Ana.md"]
    assert [path.name for path in tmp_path.iterdir()] == ["notes"]


def test_where_the_disk_is_full_it_is_said_so(folder, monkeypatch):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(FailureError, match="No space left"):
        give(folder, "art", "a.png", picture())


# Traps


def refused(kind, path, called) -> InputError:
    """Return how a file is refused, within a little time and with little memory."""
    start = time.monotonic()
    with pytest.raises(InputError) as error:
        ending_of(kind, path, called)
    assert time.monotonic() - start < taking.LONGEST_LOOK[kind] + 5
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert most < 2_000_000_000
    assert_a_sentence(error.value)
    return error.value


@pytest.mark.parametrize("case", PICTURES)
def test_a_picture_that_unpacks_to_far_too_much_is_refused_at_once(tmp_path, case):
    (tmp_path / "a").write_bytes(PICTURES[case]())
    start = time.monotonic()
    told = refused("art", tmp_path / "a", "holiday.png")
    assert "holiday.png" in told.message
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("case", DRAWINGS)
def test_a_drawing_that_runs_fetches_or_unfolds_is_refused(tmp_path, case):
    (tmp_path / "a").write_bytes(DRAWINGS[case])
    start = time.process_time()
    with pytest.raises(InputError) as error:
        taking.look_at("art", tmp_path / "a", "drawing.svg")
    assert time.process_time() - start < 5
    assert_a_sentence(error.value)


@pytest.mark.parametrize("build", [packed_drawing, path_of_a_million_curves])
def test_a_drawing_that_is_too_much_is_refused(tmp_path, build):
    (tmp_path / "a").write_bytes(build())
    refused("art", tmp_path / "a", "drawing.svg")


@pytest.mark.parametrize("case", PDFS)
def test_a_page_that_keeps_its_reader_busy_is_refused_and_its_reader_ended(
    tmp_path, case, monkeypatch
):
    monkeypatch.setattr(taking, "LONGEST_LOOK", {"art": 3.0})
    (tmp_path / "a").write_bytes(PDFS[case]())
    refused("art", tmp_path / "a", "page.pdf")


def test_a_trap_on_the_last_page_is_one_too(tmp_path, monkeypatch):
    monkeypatch.setattr(taking, "LONGEST_LOOK", {"art": 3.0})
    with pikepdf.open(io.BytesIO(PDFS["a fine pattern"]())) as document:
        for _ in range(3):
            document.add_blank_page(page_size=(306, 396))
        document.pages.append(document.pages[0])
        del document.pages[0]
        document.save(tmp_path / "a")
    assert "too long" in refused("art", tmp_path / "a", "pages.pdf").message


def test_of_a_pdf_only_what_it_paints_is_on_the_card(folder):
    path = give(folder, "art", "a.pdf", pdf_of(with_script))
    made = make(read({"salutation": "Dear Ana,", "art": {"file": str(path)}}))
    with pikepdf.open(io.BytesIO(made.card_pdf())) as document:
        assert "/OpenAction" not in document.Root
        assert "/Names" not in document.Root
        assert not any("/AA" in page for page in document.pages)
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary):
                assert one.get("/S") not in ("/JavaScript", "/Launch")


@pytest.mark.parametrize("case", FONTS)
def test_a_font_that_is_a_trap_is_refused_or_harmless(tmp_path, case, monkeypatch):
    monkeypatch.setattr(taking, "LONGEST_LOOK", {"font": 4.0})
    path = tmp_path / "a.ttf"
    path.write_bytes(FONTS[case]())
    if case == "as many glyphs as there can be":
        # HarfBuzz heeds how many there are, not how many there are said to be.
        assert ending_of("font", path, "mine.ttf") == ".ttf"
    else:
        refused("font", path, "mine.ttf")


@pytest.mark.parametrize("case", TABLES)
def test_a_workbook_that_unfolds_without_end_is_refused_in_little_memory(tmp_path, case):
    (tmp_path / "a").write_bytes(TABLES[case]())
    start = time.monotonic()
    refused("table", tmp_path / "a", "people.xlsx")
    assert time.monotonic() - start < 20


def test_the_largest_picture_that_may_be_given_is_taken(tmp_path):
    (tmp_path / "a").write_bytes(png_of(9_400, 9_400, 8, 6))
    assert ending_of("art", tmp_path / "a", "a.png") == ".png"


def test_the_name_of_a_file_that_looks_like_an_option_or_a_sentence_is_only_a_name(tmp_path):
    (tmp_path / "a").write_bytes(b"nothing")
    for called in ("--help", '"; import os', "ü\n.png"):
        assert "damaged" in refused("art", tmp_path / "a", called).message
