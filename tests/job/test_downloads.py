"""Everything that can be downloaded of a note is what the command line makes of it."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from fairhand.cli import main
from fairhand.errors import InputError
from fairhand.job import read
from fairhand.job.calibrating import keep
from fairhand.job.downloads import DOWNLOADS, download

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
FRONT = "---\ncard: a2\nfront: Thank you\nfrom: Tom Lee\n---\nDear Ana,\n\nThank you.\n\nTom\n"


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    monkeypatch.setenv("FAIRHAND_CONFIG", str(tmp_path / "settings"))


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "thanks.md"
    path.write_bytes(SAMPLE.read_bytes())
    return path


WAYS = {
    "card.pdf": (("write",), {}),
    "envelope.pdf": (("envelope",), {}),
    "card.press.pdf": (("write", "--press"), {}),
    "envelope.press.pdf": (("envelope", "--press"), {}),
    "sheets.pdf": (("write", "--on", "letter"), {}),
    "labels.pdf": (("envelope", "--labels", "avery-5160", "--start", "7"), {"start": 7}),
    "guide.pdf": (("guide", "--on", "letter"), {"paper": "letter"}),
    "loading.pdf": (("write", "--loading", "{folder}/thanks.loading.pdf"), {}),
    "preview.png": (("preview",), {}),
}  # fmt: skip


@pytest.mark.parametrize("what", WAYS)
def test_a_download_is_the_file_of_the_command_line(tmp_path, note, what):
    options, wishes = WAYS[what]
    found = download(read(note), what, **wishes)
    command, *more = (one.format(folder=tmp_path) for one in options)
    main([command, str(note), *more])
    assert found.name == f"thanks.{what}"
    assert found.data == (tmp_path / found.name).read_bytes()
    assert all(found.notices)


def test_every_download_says_of_what_kind_it_is(note):
    marks = {"application/pdf": b"%PDF", "image/png": b"\x89PNG", "image/svg+xml": b"<"}
    for what in DOWNLOADS:
        found = download(read(note), what)
        assert found.data.lstrip().startswith(marks[found.media_type])
        assert download(read(note), what) == found


def test_outlines_of_two_sides_come_in_an_archive(tmp_path):
    path = tmp_path / "two.md"
    path.write_text(FRONT)
    found = download(read(path), "card.svg")
    assert (found.name, found.media_type) == ("two.card.svg.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2
        assert all(archive.read(name).lstrip().startswith(b"<") for name in archive.namelist())
    said = download(read(path), "card.pdf").notices
    assert any("flip on" in one for one in said)


def test_files_for_home_carry_the_correction_and_those_for_a_press_do_not(note):
    keep({"right": "2mm"})
    for what in ("card.pdf", "envelope.pdf", "sheets.pdf", "labels.pdf"):
        found = download(read(note), what)
        with pikepdf.open(io.BytesIO(found.data)) as file:
            assert "2 mm right" in str(file.docinfo["/Keywords"])
        assert any("2 mm right" in one for one in found.notices)
        plain = download(read(note), what, corrected=False)
        assert plain.data != found.data
    for what in ("card.press.pdf", "envelope.press.pdf"):
        assert b"2 mm right" not in download(read(note), what).data


def test_a_note_to_nobody_has_no_envelope_and_no_label_and_its_field_is_told(tmp_path):
    path = tmp_path / "note.md"
    path.write_text(FRONT)
    for what in ("envelope.pdf", "envelope.press.pdf", "labels.pdf"):
        with pytest.raises(InputError) as caught:
            download(read(path), what)
        assert caught.value.field == "to"


@pytest.mark.parametrize("what", ["card.exe", "", "../note.md", "card"])
def test_what_is_no_file_of_a_note_is_refused(note, what):
    with pytest.raises(InputError):
        download(read(note), what)


@pytest.mark.parametrize(
    ("what", "wishes"),
    [("labels.pdf", {"sheet": "{folder}/my.toml"}), ("labels.pdf", {"sheet": "my.toml#shelf"}),
     ("card.press.pdf", {"condition": "{folder}/my.icc"}), ("labels.pdf", {"start": 99}),
     ("card.press.pdf", {"condition": "my.ICC"}), ("sheets.pdf", {"paper": "no-such"}),
     ("labels.pdf", {"copies": 10**6}), ("sheets.pdf", {"copies": -1})],
)  # fmt: skip
def test_no_wish_opens_a_file_of_this_machine_and_none_is_without_bounds(
    tmp_path, note, what, wishes
):
    (tmp_path / "my.toml").write_text("")
    (tmp_path / "my.icc").write_text("")
    named = {
        key: value.format(folder=tmp_path) if isinstance(value, str) else value
        for key, value in wishes.items()
    }
    with pytest.raises(InputError):
        download(read(note), what, **named)


def test_the_words_of_the_note_are_in_its_card(note):
    document = pypdfium2.PdfDocument(download(read(note), "card.pdf").data)
    said = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    plain = "".join(said.split())
    for word in read(note).note.words.split():
        assert word in plain
