"""What was read off the test page moves the ink of home files by exactly these numbers."""

from __future__ import annotations

import io
import math

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fairhand.cli import fairhand
from fairhand.errors import InputError
from fairhand.geometry import Size
from fairhand.impose.corrected import Correction, corrected, quarter_turned
from fairhand.job import make, read
from fairhand.job.calibration_page import EDGE_MM, calibration_pdf
from fairhand.press.calibration import calibrated, calibrations, config_file
from fairhand.stationery.paper import paper
from fairhand.units import MM

NOTE = "---\ncard: a2\nfront: Thank you\n---\nDear Ana,\n\nThank you for the tea.\n\nLove,\nTom\n"


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    """Keep what the tests calibrate out of the person's own settings."""
    monkeypatch.setenv("FAIRHAND_CONFIG", str(tmp_path / "settings"))
    return tmp_path / "settings"


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.md"
    path.write_text(NOTE)
    return path


def run(*arguments: str):
    return CliRunner().invoke(fairhand, list(map(str, arguments)))


def words(data: bytes) -> list[list[tuple[float, float]]]:
    """Return where the text of each page begins, as the content stream places it."""
    pages = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            places, matrix, kept = [], pikepdf.Matrix(), []
            for step in pikepdf.parse_content_stream(page):
                name = str(step.operator)
                numbers = [float(part) for part in step.operands] if name in ("cm", "Tm") else []
                if name == "q":
                    kept.append(matrix)
                elif name == "Q":
                    matrix = kept.pop()
                elif name == "cm":
                    matrix = pikepdf.Matrix(*numbers) @ matrix
                elif name == "Tm":
                    whole = pikepdf.Matrix(*numbers) @ matrix
                    places.append((whole.e, whole.f))
            pages.append(places)
    return pages


def shifts(before: bytes, after: bytes) -> list[tuple[float, float]]:
    """Return by how much each page's ink moved, millimetres right and down; all of it alike."""
    found = []
    for old, new in zip(words(before), words(after), strict=True):
        moved = {(round((b[0] - a[0]) / MM, 2), round((a[1] - b[1]) / MM, 2))
                 for a, b in zip(old, new, strict=True)}  # fmt: skip
        assert len(moved) == 1
        found.append(moved.pop())
    return found


def test_home_files_move_by_exactly_what_was_said_and_press_files_do_not(note, tmp_path):
    plain, moved, press = tmp_path / "plain", tmp_path / "moved", tmp_path / "press"
    assert run("write", note, "-o", plain).exit_code == 0
    assert run("write", note, "-o", press, "--press").exit_code == 0
    before = (press / "note.card.press.pdf").read_bytes()
    done = run("calibrate", "--right", "1.5mm", "--down", "-0.75mm", "--back-right", "0.5",
               "--back-down", "0.25mm")  # fmt: skip
    assert done.exit_code == 0, done.exception
    done = run("write", note, "-o", moved)
    assert "calibrated for every printer" in done.output
    old, new = ((folder / "note.card.pdf").read_bytes() for folder in (plain, moved))
    assert shifts(old, new) == [(1.5, -0.75), (2.0, -0.5)]
    assert run("write", note, "-o", press, "--press").exit_code == 0
    assert (press / "note.card.press.pdf").read_bytes() == before
    assert run("write", note, "-o", moved, "--uncorrected").exit_code == 0
    assert (moved / "note.card.pdf").read_bytes() == old


def test_the_file_says_that_it_is_corrected_and_pictures_are_not(note, tmp_path):
    run("calibrate", "--right", "2mm")
    assert run("write", note, "-o", tmp_path / "out").exit_code == 0
    with pikepdf.open(tmp_path / "out" / "note.card.pdf") as document:
        assert "corrected: 2 mm right" in str(document.docinfo["/Keywords"])
    assert run("write", note, "-o", tmp_path / "a.png", "--uncorrected").exit_code == 0
    assert run("write", note, "-o", tmp_path / "b.png").exit_code == 0
    names = sorted(path.name[1:] for path in tmp_path.glob("a.*.png"))
    assert names
    for name in names:
        assert (tmp_path / f"a{name}").read_bytes() == (tmp_path / f"b{name}").read_bytes()


def test_sheets_carry_the_correction_too(note, tmp_path):
    assert run("write", note, "-o", tmp_path / "a", "--on", "letter").exit_code == 0
    run("calibrate", "--right", "-1mm", "--back-down", "1mm")
    assert run("write", note, "-o", tmp_path / "b", "--on", "letter").exit_code == 0
    old, new = ((tmp_path / folder / "note.sheets.pdf").read_bytes() for folder in "ab")
    assert shifts(old, new) == [(-1.0, 0.0), (-1.0, 1.0)]


def test_corrections_are_kept_by_printer_tray_and_medium():
    run("calibrate", "--printer", "Canon", "--tray", "rear", "--right", "1")
    run(
        "calibrate", "--printer", "Canon", "--tray", "rear", "--medium", "cardstock", "--right", "2"
    )
    run("calibrate", "--printer", "HP", "--down", "3")
    assert calibrated("canon", "rear", "envelope").right_mm == 1
    assert calibrated("Canon", "rear", "cardstock").right_mm == 2
    assert calibrated("Canon", "drawer") is None
    assert calibrated("HP", "any", "thing").down_mm == 3
    assert calibrated("Epson") is None
    assert calibrated() is None
    run("calibrate", "--printer", "HP", "--down", "4")
    assert [entry.down_mm for entry in calibrations() if entry.printer == "HP"] == [4]
    shown = run("calibrate", "--show").output
    assert "Canon, tray rear, cardstock: 2 mm right" in shown
    assert run("calibrate", "--forget", "--printer", "HP").exit_code == 0
    assert calibrated("HP") is None
    assert isinstance(run("calibrate", "--forget", "--printer", "HP").exception, InputError)


def test_the_only_printer_is_meant_when_none_is_named():
    run("calibrate", "--printer", "HP", "--tray", "rear", "--down", "3")
    assert calibrated().down_mm == 3


def test_a_damaged_file_is_told_with_what_to_do(note):
    config_file().parent.mkdir(parents=True)
    config_file().write_text("[{")
    done = run("write", note)
    assert isinstance(done.exception, InputError)
    assert "Delete the file" in done.exception.hint
    assert run("write", note, "--uncorrected").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [("--right", "wide"), ("--right", "400mm"), ("--across", "80mm"), ("--down", "1 mile")],
)
def test_readings_that_cannot_be_are_refused(arguments):
    assert isinstance(run("calibrate", *arguments).exception, InputError)
    assert not config_file().exists()


def test_rules_that_were_measured_become_factors_and_a_slope_is_turned_back():
    run("calibrate", "--across", "99.2mm", "--along", "50.3", "--skew", "0.5mm")
    entry = calibrated()
    assert entry.scale_across == pytest.approx(100 / 99.2, abs=1e-6)
    assert entry.scale_along == pytest.approx(50 / 50.3, abs=1e-6)
    assert math.tan(math.radians(entry.turn_degrees)) == pytest.approx(0.005, abs=1e-5)


@given(
    st.floats(-20, 20), st.floats(-20, 20), st.floats(0.95, 1.05), st.floats(0.95, 1.05),
    st.floats(-3, 3),
)  # fmt: skip
def test_a_correction_undoes_the_printers_error(right, down, across, along, turn):
    """A printer that errs the other way prints every point where it belongs."""
    size = Size(612.0, 792.0)
    matrix = Correction(right, down, across, along, turn).matrix(size, back=False)
    x, y = size.width / 2, size.height / 2
    middle = matrix.apply(x, y)
    assert middle == pytest.approx((x + right * MM, y - down * MM))
    ax, ay = matrix.apply(x + 100, y)
    angle = math.radians(turn)
    assert (ax - middle[0], ay - middle[1]) == pytest.approx(
        (100 * across * math.cos(angle), 100 * across * math.sin(angle))
    )
    bx, by = matrix.apply(x, y + 100)
    assert math.hypot(bx - middle[0], by - middle[1]) == pytest.approx(100 * along)


def test_nothing_to_correct_changes_nothing():
    made = make(read(NOTE.encode()), with_envelope=False)
    for sheet in made.card_sheets:
        same = corrected(sheet, Correction())
        for one, other in zip(sheet.placements, same.placements, strict=True):
            assert one.matrix == pytest.approx(other.matrix)


def test_a_side_that_is_fed_upright_is_the_same_side_turned():
    made = make(read(NOTE.encode()), with_envelope=False)
    from fairhand.output.pdf import pdf

    for sheet in made.card_sheets:
        about = made.card_about("rgb")
        plain, turned = (
            pypdfium2.PdfDocument(pdf([one], about))[0].render(scale=1).to_pil().convert("L")
            for one in (sheet, quarter_turned(sheet))
        )
        again = turned.rotate(-90, expand=True)
        assert again.size == plain.size
        apart = sum(abs(a - b) > 160 for a, b in zip(plain.tobytes(), again.tobytes(), strict=True))
        assert apart < 0.002 * plain.width * plain.height


# The test page


@pytest.mark.parametrize("name", ["letter", "a4", "a5", "scored-a7"])
def test_the_test_page_has_its_lines_where_it_says(name):
    size = paper(name).size
    document = pypdfium2.PdfDocument(calibration_pdf(size, name))
    assert [page.get_size() for page in document] == [pytest.approx(size, abs=0.01)] * 2
    bounds = [thing.get_bounds() for thing in document[0].get_objects()]
    upright = [b for b in bounds if b[2] - b[0] < 2 and b[3] - b[1] > 0.8 * size.height]
    level = [b for b in bounds if b[3] - b[1] < 2 and b[2] - b[0] > 0.8 * size.width]
    assert (upright[0][0] + upright[0][2]) / 2 == pytest.approx(EDGE_MM * MM, abs=0.01)
    assert size.height - (level[0][1] + level[0][3]) / 2 == pytest.approx(EDGE_MM * MM, abs=0.01)
    rules = [b[2] - b[0] for b in bounds if b[3] - b[1] < 1.5 and 130 < b[2] - b[0] < 300]
    assert any(abs(rule - 100 * MM) < 1.0 for rule in rules)
    text = document[0].get_textpage().get_text_range()
    assert "--right 1.5mm" in text
    assert "100 mm" in text
    for left, bottom, right, top in bounds:
        assert left >= 0
        assert bottom >= 0
        assert right <= size.width + 0.01
        assert top <= size.height + 0.01


def test_the_command_writes_the_page_for_a_card_as_well(tmp_path):
    path = tmp_path / "page.pdf"
    assert run("calibrate", "--on", "a2", "-o", path).exit_code == 0
    assert pypdfium2.PdfDocument(path)[0].get_size() == (612, 396)
