"""What was read off the test page moves the ink of home files by exactly these numbers."""

from __future__ import annotations

import io
import math
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairhand.art.drawing import line
from fairhand.cli import fairhand
from fairhand.errors import FailureError, InputError
from fairhand.geometry import Affine, Rect, Size
from fairhand.impose.corrected import Correction, corrected, quarter_turned
from fairhand.impose.sheet import Sheet
from fairhand.job import make, printing, read
from fairhand.job.calibration_page import EDGE_MM, calibration_pdf
from fairhand.job.printing import home_pdf
from fairhand.press.calibration import calibrated, calibrations, config_file
from fairhand.press.print_job import PrintWish
from fairhand.stationery.catalogue import ink
from fairhand.stationery.paper import paper
from fairhand.units import MM

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
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
    """A folded card lies on its side, and goes in upright; its back stands on its head then."""
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
    made = make(read(note), with_envelope=False)
    upright = home_pdf(made.card_sheets, made.card_about("rgb"), Correction())
    assert shifts(upright, new) == [(1.5, -0.75), (-0.5, -0.25)]
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


def test_a_card_that_turns_like_a_page_moves_as_one_looks_at_each_side(tmp_path):
    flat = ("write", SAMPLE, "--card", "a2-flat", "--no-envelope", "-o")
    assert run(*flat, tmp_path / "a").exit_code == 0
    run("calibrate", "--right", "1.5mm", "--down", "-0.75mm", "--back-right", "0.5")
    assert run(*flat, tmp_path / "b").exit_code == 0
    old, new = ((tmp_path / folder / "note.card.pdf").read_bytes() for folder in "ab")
    assert shifts(old, new) == [(1.5, -0.75), (0.5, -0.75)]


def test_a_card_that_a_printer_takes_turned_moves_as_the_sheet_goes_in(note):
    made = make(read(note), with_envelope=False)
    queue = printing._silent("Canon")
    plain = printing.ready(made, queue, PrintWish())
    assert plain.fed.size.width < plain.fed.size.height
    run("calibrate", "--printer", "Canon", "--right", "1.5mm", "--down", "-0.75mm",
        "--back-right", "0.5", "--back-down", "0.25mm")  # fmt: skip
    moved = printing.ready(made, queue, PrintWish())
    assert any("Ink moves 1.5 mm right, 0.75 mm up" in notice for notice in moved.notices)
    assert shifts(plain.data, moved.data) == [(1.5, -0.75), (-0.5, -0.25)]
    # Fed by hand, the second side goes in like the first, and does not stand on its head.
    plain, moved = (
        printing.ready(made, queue, PrintWish(), side=2, correct=correct)
        for correct in (False, True)
    )
    assert shifts(plain.data, moved.data) == [(0.5, 0.25)]


def test_what_goes_through_a_pipe_and_the_envelope_alone_are_corrected_too(tmp_path):
    note = tmp_path / "note.md"
    note.write_text("---\nto: |\n  Ana\n  1 Elm St\n  Salem, OR 97301\n" + NOTE[4:])
    run("calibrate", "--right", "1.5mm")
    assert run("write", note, "-o", tmp_path).exit_code == 0
    piped = CliRunner().invoke(fairhand, ["write", str(note), "-o", "-"]).stdout_bytes
    assert piped == (tmp_path / "note.card.pdf").read_bytes()
    both = (tmp_path / "note.envelope.pdf").read_bytes()
    (tmp_path / "alone").mkdir()
    assert run("envelope", note, "-o", tmp_path / "alone").exit_code == 0
    assert (tmp_path / "alone" / "note.envelope.pdf").read_bytes() == both
    assert run("envelope", note, "-o", tmp_path / "alone", "--uncorrected").exit_code == 0
    assert (tmp_path / "alone" / "note.envelope.pdf").read_bytes() != both


def test_sheets_carry_the_correction_too(note, tmp_path):
    assert run("write", note, "-o", tmp_path / "a", "--on", "letter").exit_code == 0
    flipped = ("--on", "letter", "--flip", "short-edge")
    assert run("write", note, "-o", tmp_path / "c", *flipped).exit_code == 0
    run("calibrate", "--right", "-1mm", "--back-down", "1mm")
    assert run("write", note, "-o", tmp_path / "b", "--on", "letter").exit_code == 0
    assert run("write", note, "-o", tmp_path / "d", *flipped).exit_code == 0
    a, b, c, d = ((tmp_path / name / "note.sheets.pdf").read_bytes() for name in "abcd")
    assert shifts(a, b) == [(-1.0, 0.0), (-1.0, 1.0)]
    # Flipped on the short edge, the back goes through the printer on its head.
    assert shifts(c, d) == [(-1.0, 0.0), (1.0, -1.0)]


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


def test_what_is_measured_later_is_added_to_what_was_measured_before():
    run("calibrate", "--right", "1.5mm", "--down", "-1mm")
    run("calibrate", "--across", "99.2mm")
    run("calibrate", "--down", "-2mm")
    entry = calibrated()
    assert (entry.right_mm, entry.down_mm) == (1.5, -2.0)
    assert entry.scale_across > 1
    assert len(calibrations()) == 1


def test_every_printers_correction_is_meant_when_none_is_named_and_others_are_kept(note):
    run("calibrate", "--right", "1mm")
    run("calibrate", "--printer", "HP", "--right", "2mm")
    assert calibrated().right_mm == 1
    assert calibrated("HP").right_mm == 2
    assert calibrated("Hewlett").right_mm == 1


def test_a_printer_that_was_never_calibrated_is_told(note):
    run("calibrate", "--printer", "HP", "--right", "2mm")
    done = run("write", note, "--printer", "Canon")
    assert isinstance(done.exception, InputError)
    assert "HP" in done.exception.hint


def test_the_only_printer_is_meant_when_none_is_named():
    run("calibrate", "--printer", "HP", "--tray", "rear", "--down", "3")
    assert calibrated().down_mm == 3


def test_with_several_printers_and_none_named_it_is_told_that_nothing_moves(note):
    for name in ("Canon", "HP"):
        run("calibrate", "--printer", name, "--right", "2mm")
    assert "--printer" in run("write", note).output
    for sure in (["--uncorrected"], ["--press"], ["--printer", "HP"]):
        assert "Several" not in run("write", note, *sure).output


def test_a_printer_that_is_named_is_meant_before_every_printer(note):
    run("calibrate", "--right", "1mm")
    run("calibrate", "--printer", "Canon", "--tray", "rear", "--right", "2mm")
    assert calibrated("Canon").right_mm == 2
    assert calibrated().right_mm == 1


@pytest.mark.parametrize("command", ["write", "envelope"])
def test_of_several_trays_the_one_that_is_named_is_carried(tmp_path, command):
    for tray, reading in (("rear", "2mm"), ("drawer", "3mm")):
        run("calibrate", "--printer", "Canon", "--tray", tray, "--right", reading)
    asked = (command, SAMPLE, "-o", tmp_path / "made", "--printer", "Canon")
    made = run(*asked, "--tray", "drawer").output.splitlines()
    with pikepdf.open(next(line for line in made if line.endswith(".pdf"))) as file:
        assert "3 mm right" in str(file.docinfo["/Keywords"])
    unsure = run(*asked).exception
    assert isinstance(unsure, InputError)
    assert "--tray" in unsure.hint
    assert "tray drawer" in unsure.hint
    assert isinstance(run(*asked, "--tray", "x").exception, InputError)


@pytest.mark.parametrize("name", ["--printer", "--tray", "--medium"])
def test_a_press_file_is_asked_for_without_a_printer_at_home(note, name):
    run("calibrate", "--printer", "x", "--tray", "x", "--medium", "x", "--right", "2mm")
    done = run("write", note, "--press", name, "x")
    assert isinstance(done.exception, InputError)
    assert name in done.exception.hint


def test_a_damaged_file_is_told_with_what_to_do(note):
    config_file().parent.mkdir(parents=True)
    config_file().write_text("[{")
    done = run("write", note)
    assert isinstance(done.exception, InputError)
    assert "Delete the file" in done.exception.hint
    assert run("write", note, "--uncorrected").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [("--right", "wide"), ("--right", "400mm"), ("--across", "800mm"), ("--down", "1 mile"),
     ("--skew", "50mm"), ("--back-down", "-31mm"), ("--right", "1e9"), ("--right", "nan"),
     ("--right", "1mm", "--show"), ("--right", "1mm", "--forget"), ("--down", "1", "--corrected")],
)  # fmt: skip
def test_readings_that_cannot_be_are_refused(arguments):
    error = run("calibrate", *arguments).exception
    assert isinstance(error, InputError)
    assert "_" not in error.message
    assert error.hint
    assert not config_file().exists()


def test_a_settings_folder_that_cannot_be_written_is_told_with_where_to_go(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FAIRHAND_CONFIG", str(tmp_path / "file" / "inside"))
    monkeypatch.setattr("fairhand.press.calibration.calibrations", lambda: ())
    error = run("calibrate", "--right", "1mm").exception
    assert isinstance(error, FailureError)
    assert "FAIRHAND_CONFIG" in error.hint


@pytest.mark.parametrize("reading", ["96mm", "94", "88.2mm", "106mm", "48mm", "4.62in"])
def test_a_page_that_a_viewer_scaled_is_not_taken_for_an_error_of_the_printer(reading):
    """A correction of 4 per cent would be right until the viewer prints at 100 % again."""
    error = run("calibrate", "--across", reading).exception
    assert isinstance(error, InputError)
    assert "viewer scaled" in error.message
    assert "100 %" in error.hint
    assert not config_file().exists()


def test_rules_that_were_measured_become_factors_and_a_slope_is_turned_back():
    run("calibrate", "--across", "99.2mm", "--along", "50.3", "--skew", "0.5mm")
    entry = calibrated()
    assert entry.scale_across == pytest.approx(100 / 99.2, abs=1e-6)
    assert entry.scale_along == pytest.approx(50 / 50.3, abs=1e-6)
    assert math.tan(math.radians(entry.turn_degrees)) == pytest.approx(0.005, abs=1e-5)


# A person with a ruler, and a printer that errs

SHEET = Size(612.0, 792.0)
POINTS = [(40, 40), (572, 40), (306, 396), (40, 752), (572, 752)]
HALF = Affine(-1.0, 0.0, 0.0, -1.0, *SHEET)


def error(right: float, down: float, across: float, along: float, turn: float) -> Affine:
    """Return where a printer that errs about the middle of the sheet prints a point."""
    cos, sin = math.cos(turn), math.sin(turn)
    scaled = Affine.move(-306, -396).then(Affine(across, 0, 0, along, 0, 0))
    return scaled.then(Affine(cos, sin, -sin, cos, 306 + right * MM, 396 - down * MM))


errors = st.builds(
    error, st.floats(-5, 5), st.floats(-5, 5), st.floats(0.985, 1.015), st.floats(0.985, 1.015),
    st.floats(-0.01, 0.01),
)  # fmt: skip


def read_by_ruler(front: Affine, back: Affine) -> None:
    """Read the printed test page, and tell what is read as the page says."""
    readings = []
    for printed in (front, back):
        x, y = printed.apply(EDGE_MM * MM, SHEET.height - EDGE_MM * MM)
        readings += [20 - x / MM, 20 - (SHEET.height - y) / MM]
    a, b, c, d, _, _ = front
    told = dict(zip(("right", "down", "back-right", "back-down"), readings, strict=True))
    told |= {"across": 100 * math.hypot(a, b), "along": 100 * math.hypot(c, d)}
    told["skew"] = -100 * b / a
    done = run("calibrate", *(f"--{name}={value:.4f}mm" for name, value in told.items()))
    assert done.exit_code == 0, done.exception


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(errors, st.floats(-3, 3), st.floats(-3, 3))
def test_after_one_sheet_and_a_ruler_every_point_is_printed_where_it_belongs(front, x, y):
    """On the front, on the back, and on a back that goes through the printer on its head."""
    back = front.then(Affine.move(x * MM, y * MM))
    read_by_ruler(front, back)
    correction = calibrated().correction
    turned = HALF.then(back).then(HALF)
    for printed, is_back, head_down in (
        (front, False, False), (back, True, False), (turned, True, True),
    ):  # fmt: skip
        for start in POINTS:
            mark = line(*start, 0, 0, ink("black"), 1)
            side = Sheet("side", SHEET, Rect.of(SHEET), (), marks=(mark,))
            moved = corrected(side, correction, back=is_back, head_down=head_down).marks[0]
            assert math.dist(printed.apply(*moved.path[0][1]), start) < 0.02 * MM


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
    # It stands upright, as the opened card goes into the printer.
    assert pypdfium2.PdfDocument(path)[0].get_size() == (396, 612)


def test_a_corrected_test_page_has_moved_and_needs_something_to_be_kept(tmp_path):
    path = tmp_path / "page.pdf"
    assert isinstance(run("calibrate", "--corrected", "-o", path).exception, InputError)
    run("calibrate", "-o", path)
    plain = path.read_bytes()
    run("calibrate", "--right", "2mm", "--back-right", "-1mm")
    assert run("calibrate", "--corrected", "-o", path).exit_code == 0
    assert shifts(plain, path.read_bytes()) == [(2.0, 0.0), (-1.0, 0.0)]
