"""Every fault that a print shop sends files back for is found, with what to do about it."""

from __future__ import annotations

import io
import json
import random
import subprocess
import zlib
from functools import cache
from pathlib import Path

import faults
import faults_within
import hostile
import pikepdf
import pytest
import spoilers
from click.testing import CliRunner
from conftest import tool
from faults_older import OLD, OLDER, ONLY_X1A, OTHER_PRESSES
from pikepdf import Array, Name, String
from reportlab.pdfgen.canvas import Canvas

from fairhand.cli import fairhand
from fairhand.geometry import Size
from fairhand.job import make, read
from fairhand.press.preflight.finding import Wanted
from fairhand.press.preflight.identity import check_identity
from fairhand.press.preflight.run import Report, preflight
from fairhand.press.preflight.subject import Subject
from fairhand.stationery.condition import conditions
from fairhand.units import MM

WARNED = {
    "sizes-differ", "scaling", "thin-line", "thin-rectangle", "text-near-trim", "attachment",
    "black-text-in-rgb", "black-of-four-plates", "black-of-three-plates",
    "spots-alike-but-for-case",
    "spot-of-two-mixtures", "hairline-filled", "six-spots", "hairline-round-letters",
    "coarse-bits", "tiny-letters",
    "thin-white-letters", "unknown-operator-excused", "standards-two",
}  # fmt: skip
"""Faults that a person may want: they are told, and the file still passes."""


@cache
def good(card: str = "a2") -> bytes:
    return spoilers.good(card)


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize("card", ["a2", "a7-flat", "iso-a6"])
def test_our_own_files_for_a_press_have_no_fault(card):
    report = preflight(good(card))
    assert report.findings == ()
    assert (report.standard, report.claims) == ("x-4", True)


def test_the_good_file_stays_good_when_it_is_only_saved_again():
    assert preflight(spoilers.spoilt(good(), lambda document: None)).findings == ()


FAULTS = faults.FAULTS | faults_within.WITHIN


@pytest.mark.parametrize("name", list(FAULTS))
def test_each_fault_is_found_with_its_remedy(name):
    rule, spoil = FAULTS[name]
    report = preflight(spoilers.spoilt(good(), spoil))
    assert rule in rules(report)
    assert all(finding.message and finding.remedy for finding in report.findings)
    found = [finding for finding in report.findings if finding.rule == rule]
    assert report.passes == (name in WARNED)
    assert found[0].level == ("warning" if name in WARNED else "error")


@pytest.mark.parametrize(
    "name", ["rgb-shape", "rgb-picture", "ink-limit", "lzw", "note", "group-rgb"]
)
def test_a_finding_names_the_page_or_the_object(name):
    rule, spoil = faults.FAULTS[name]
    report = preflight(spoilers.spoilt(good(), spoil))
    found = next(finding for finding in report.findings if finding.rule == rule)
    assert found.page == 1 or found.thing.startswith("object ")


def test_metadata_that_is_packed_is_found():
    # qpdf unpacks metadata whenever it saves, so this fault is put into an opened document.
    with pikepdf.open(io.BytesIO(good())) as document:
        document.Root.Metadata = pikepdf.Stream(
            document, zlib.compress(document.Root.Metadata.read_bytes()), Filter=Name.FlateDecode
        )
        found = {finding.rule for finding in check_identity(Subject(document, Wanted()))}
    assert "metadata-compressed" in found


# What a file is measured against


def test_the_finished_size_is_compared_with_the_one_wanted_either_way_round():
    flat = Size(8.5 * 72, 5.5 * 72)
    assert preflight(good(), Wanted(size=flat)).passes
    assert preflight(good(), Wanted(size=flat.turned())).passes
    assert "size-wrong" in rules(preflight(good(), Wanted(size=Size(300, 400))))
    (closed,) = preflight(good(), Wanted(size=Size(4.25 * 72, 5.5 * 72))).findings
    assert "measured opened" in closed.remedy


def test_too_little_bleed_is_an_error_only_when_bleed_is_asked_for():
    data = spoilers.spoilt(good(), lambda d: spoilers.page(d).__setitem__(
        "/BleedBox", spoilers.page(d).TrimBox))  # fmt: skip
    assert preflight(data).passes
    assert "bleed-small" in rules(preflight(data, Wanted(bleed=3 * MM)))


def test_the_ink_limit_can_be_that_of_poorer_paper():
    assert preflight(good(), Wanted(most_ink=300)).passes
    data = spoilers.spoilt(good(), spoilers.more("0.9 0.9 0.8 0 k 100 100 50 50 re f"))
    assert preflight(data).passes
    assert "ink-limit" in rules(preflight(data, Wanted(most_ink=240)))


def test_ink_outside_of_the_bleed_is_nobodys_business():
    data = spoilers.spoilt(good(), spoilers.more("1 1 1 1 k 0 0 2 2 re f"))
    assert preflight(data).passes


def test_what_is_not_seen_is_not_counted():
    hidden = "q 0 0 1 1 re W n 1 0 0 rg 100 100 50 50 re f Q"
    assert preflight(spoilers.spoilt(good(), spoilers.more(hidden))).passes
    selected = "q 1 0 0 rg Q"
    assert preflight(spoilers.spoilt(good(), spoilers.more(selected))).passes


def test_fine_pictures_pass_and_coarse_ones_are_told_by_their_printed_size():
    def placed(pixels, points):
        operators = f"q {points} 0 0 {points} 100 100 cm /New Do Q"
        shown = spoilers.more(operators, XObject={"New": spoilers.picture(pixels, pixels)})
        return preflight(spoilers.spoilt(good(), shown))

    assert placed(300, 72).findings == ()
    assert placed(150, 72).passes
    assert rules(placed(150, 72)) == {"resolution"}
    assert not placed(150, 144).passes


def test_art_that_bleeds_passes_and_art_that_ends_at_the_trim_does_not():
    with pikepdf.open(io.BytesIO(good())) as document:
        trim, bleed = ([float(part) for part in spoilers.page(document)[key]]
                       for key in ("/TrimBox", "/BleedBox"))  # fmt: skip

    def filled(left, bottom, right, top):
        shape = f"0.2 0.1 0 0 k {left} {bottom} {right - left} {top - bottom} re f"
        return preflight(spoilers.spoilt(good(), spoilers.more(shape)))

    assert filled(*bleed).findings == ()
    assert rules(filled(*trim)) == {"bleed-missing"}
    assert rules(filled(bleed[0], bleed[1], bleed[2], trim[3])) == {"bleed-missing"}
    inside = trim[0] + 30, trim[1] + 30, trim[2] - 30, trim[3] - 30
    assert filled(*inside).findings == ()


def test_rgb_passes_where_a_profile_says_what_it_means():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    def tagged(document):
        stream = document.make_stream(profile)
        stream.N = 3
        return Array([Name.ICCBased, stream])

    shape = "/Tag cs 0.8 0.1 0.1 sc 100 100 50 50 re f"
    spoil = spoilers.more(shape, ColorSpace={"Tag": tagged})
    assert preflight(spoilers.spoilt(good(), spoil)).passes
    assert "rgb" in rules(preflight(spoilers.spoilt(good(), spoil), standard="x-1a"))


# The older standards


@pytest.mark.parametrize("name", list(OLD))
def test_good_files_of_the_older_standards_pass_as_what_they_say_they_are(name):
    report = preflight(OLD[name](good()))
    assert report.findings == ()
    assert report.standard == name[:4].strip()


@pytest.mark.parametrize("standard", ["x-3", "x-1a"])
@pytest.mark.parametrize("name", list(OLDER))
def test_what_the_older_standards_do_not_know_is_found(standard, name):
    rule, spoil = OLDER[name]
    assert rule in rules(preflight(spoilers.spoilt(OLD[standard](good()), spoil)))


@pytest.mark.parametrize("name", list(ONLY_X1A))
def test_what_only_x1a_does_not_know_is_found(name):
    rule, spoil = ONLY_X1A[name]
    assert rule in rules(preflight(spoilers.spoilt(OLD["x-1a"](good()), spoil)))
    if "press" not in name:
        assert preflight(spoilers.spoilt(OLD["x-3"](good()), spoil)).passes


@pytest.mark.parametrize("name", list(OTHER_PRESSES))
def test_colours_that_another_press_would_need_are_found(name):
    rule, spoil = OTHER_PRESSES[name]
    assert rule in rules(preflight(spoilers.spoilt(good(), spoil)))


def test_the_older_standards_have_no_packed_objects_and_no_later_version():
    with pikepdf.open(io.BytesIO(OLD["x-3"](good()))) as document:
        packed = spoilers.saved(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert {"object-streams", "version"} <= rules(preflight(packed))


def test_a_file_is_held_against_the_standard_that_is_asked_for():
    assert "standard-missing" in rules(preflight(good(), standard="x-1a")) | rules(
        preflight(OLD["x-3"](good()), standard="x-4"))  # fmt: skip
    assert not preflight(OLD["x-3"](good()), standard="x-4").passes


# Files of other makers


def test_a_good_file_of_ghostscripts_making_passes(tmp_path):
    profile = next(iter(conditions().values())).profile()
    (tmp_path / "press.icc").write_bytes(profile)
    (tmp_path / "in.pdf").write_bytes(make(read(spoilers.NOTE, card="a2")).card_pdf("cmyk"))
    (tmp_path / "x.ps").write_text(
        "[ /GTS_PDFXVersion (PDF/X-3:2002) /Title (A card) /Trapped /False /DOCINFO pdfmark\n"
        "[/_objdef {icc} /type /stream /OBJ pdfmark\n[{icc} <</N 4>> /PUT pdfmark\n"
        "[{icc} (press.icc) (r) file /PUT pdfmark\n"
        "[/_objdef {intent} /type /dict /OBJ pdfmark\n"
        "[{intent} <</Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (FOGRA39) "
        "/RegistryName (http://www.color.org) /Info (coated) /DestOutputProfile {icc}>> "
        "/PUT pdfmark\n[{Catalog} <</OutputIntents [{intent}]>> /PUT pdfmark\n"
    )
    subprocess.run(
        [tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-dPDFX", "-sDEVICE=pdfwrite", "-dNOSAFER",
         "-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK", "-sOutputFile=out.pdf",
         "x.ps", "in.pdf"],
        check=True, timeout=120, cwd=tmp_path, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    report = preflight((tmp_path / "out.pdf").read_bytes())
    assert report.standard == "x-3"
    assert [finding for finding in report.findings if finding.level == "error"] == []


def test_a_plain_file_of_reportlabs_making_lacks_only_what_it_lacks():
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(360, 504), invariant=1, initialFontName="Times-Roman")
    canvas.setFillColorCMYK(0, 0, 0, 1)
    canvas.rect(50, 50, 100, 100, fill=1, stroke=0)
    canvas.showPage()
    canvas.save()
    found = rules(preflight(buffer.getvalue()))
    assert {"output-intent-missing", "trim-box-missing", "metadata-missing"} <= found
    assert found.isdisjoint({"rgb", "ink-limit", "content-damaged", "encrypted"})


# Files that are hardly files


WRECKS = {
    "not a pdf": (b"Dear Ana, thank you.", "not-a-pdf"),
    "empty": (b"", "not-a-pdf"),
    "a header": (b"%PDF-1.4\n", "file-damaged"),
    "half": (None, "file-damaged"),
}


@pytest.mark.parametrize("name", list(WRECKS))
def test_wrecks_are_told_in_a_sentence(name):
    data, rule = WRECKS[name]
    report = preflight(good()[: len(good()) // 2] if data is None else data)
    assert rule in rules(report)
    assert not report.passes


def test_a_file_without_its_end_is_damaged():
    assert "file-damaged" in rules(preflight(good()[:-200]))


@pytest.mark.parametrize("user", ["", "secret"])
def test_encryption_is_found_with_and_without_a_password(user):
    assert "encrypted" in rules(preflight(hostile.encrypted(good(), user)))


def test_a_missing_identifier_and_a_later_version_are_found():
    assert rules(preflight(hostile.without_id(good()))) == {"document-id"}
    assert rules(preflight(hostile.of_version(good(), b"2.0"))) == {"version"}


HOSTILE = {
    "bombed": (hostile.bombed, "stream-damaged"),
    "packed twice": (hostile.packed_twice, "stream-damaged"),
    "run lengths": (hostile.run_lengths, "stream-damaged"),
    "one part many times": (hostile.one_part_many_times, "content-damaged"),
    "a form that shows itself": (hostile.circular, "content-deep"),
    "a tree of pages that bites its tail": (hostile.tree_that_bites_its_tail, "file-damaged"),
    "no pages": (hostile.without_pages, "file-damaged"),
    "no root": (lambda data: data.replace(b"/Root", b"/Roof"), "file-damaged"),
    "boxes of no numbers": (lambda data: hostile.boxes_of(data, b"nan inf 1 2"), "file-damaged"),
    "boxes without end": (lambda data: hostile.boxes_of(data, b"0 0 " + b"9" * 400 + b" 1e400"),
                          "file-damaged"),
    "brackets": (hostile.brackets, "file-damaged"),
    "notes": (hostile.notes, "annotation"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(HOSTILE))
def test_files_made_to_harm_are_refused_in_a_sentence(name):
    spoil, rule = HOSTILE[name]
    report = preflight(spoil(good()))
    assert rule in rules(report)
    assert not report.passes


def test_what_could_not_be_looked_at_is_told():
    assert rules(preflight(hostile.nested(good()))) == {"content-deep"}
    assert rules(preflight(hostile.operators(good()))) == {"content-large"}


def test_the_bounds_of_one_preflight_do_not_outlast_it():
    before = pikepdf.settings.get_qpdf_limits()
    preflight(good())
    assert pikepdf.settings.get_qpdf_limits() == before


def test_hundreds_of_pages_are_looked_through_and_the_last_ones_fault_is_found():
    data = hostile.many_pages(good(), 400)
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[-1].obj.Contents = document.make_stream(b"1 0 0 rg 100 100 50 50 re f")
        data = spoilers.saved(document)
    report = preflight(data)
    assert [(finding.rule, finding.page) for finding in report.findings] == [("rgb", 400)]


def test_a_fault_on_every_page_is_told_a_few_times_and_counted():
    with pikepdf.open(io.BytesIO(good())) as document:
        spoilers.more("1 0 0 rg 100 100 50 50 re f")(document)
        data = hostile.many_pages(spoilers.saved(document), 40)
    report = preflight(data)
    assert len(report.findings) < 15
    assert dict(report.more)["rgb"] > 20


def test_no_damage_makes_it_stumble():
    """Bytes changed, cut and repeated at random: always a report, never an exception."""
    chance = random.Random(4)
    data = spoilers.saved(pikepdf.open(io.BytesIO(good())))
    for _ in range(150):
        spoilt = bytearray(data)
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(spoilt))
            match chance.randrange(4):
                case 0:
                    spoilt[at] = chance.randrange(256)
                case 1:
                    del spoilt[at : at + chance.randrange(60)]
                case 2:
                    spoilt[at:at] = spoilt[at : at + chance.randrange(60)]
                case _:
                    spoilt[at : at + 4] = chance.choice([b"<<>>", b"null", b"-1e9", b"[[[["])
        report = preflight(bytes(spoilt))
        assert all(finding.remedy for finding in report.findings)


# The command


def run(*arguments: str):
    return CliRunner().invoke(fairhand, ["check", *arguments])


def test_the_command_tells_a_good_file_from_a_bad_one(tmp_path):
    fine, bad = tmp_path / "fine.pdf", tmp_path / "bad.pdf"
    fine.write_bytes(good())
    bad.write_bytes(spoilers.spoilt(good(), faults.FAULTS["rgb-shape"][1]))
    done = run(str(fine), "--size", "a2", "--bleed", "3mm")
    assert done.exit_code == 0
    assert "fit for a press (PDF/X-4, 1 page)" in done.output
    done = run(str(bad))
    assert done.exit_code == 2
    assert "page 1" in done.output
    assert "Convert it to CMYK" in done.output


def test_the_command_speaks_json(tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(spoilers.spoilt(good(), faults.FAULTS["two-intents"][1]))
    done = run(str(bad), "--json")
    assert done.exit_code == 2
    told = json.loads(done.output)
    assert told["ok"] is False
    assert {"rule", "level", "message", "remedy", "page", "object", "place"} == set(
        told["findings"][0]
    )


def many_faults() -> bytes:
    """Return a file of forty pages with RGB on each of them."""
    with pikepdf.open(io.BytesIO(good())) as document:
        spoilers.more("1 0 0 rg 100 100 50 50 re f")(document)
        for _ in range(39):
            document.pages.append(document.pages[0])
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data", [good, lambda: b"", lambda: good()[:500], many_faults],
    ids=["good", "empty", "cut short", "many faults"],
)  # fmt: skip
def test_json_is_as_its_page_says(tmp_path, data):
    page = (Path(__file__).parents[2] / "docs" / "preflight.md").read_text(encoding="utf-8")
    shown = json.loads(page.split("```json\n")[1].split("```")[0])
    file = tmp_path / "card.pdf"
    file.write_bytes(data())
    done = run(str(file), "--json")
    told = json.loads(done.output)
    assert told["ok"] is (done.exit_code == 0)
    assert {key: type(value) for key, value in told.items()} == {
        key: type(value) for key, value in shown.items()
    }
    for finding in told["findings"]:
        assert list(finding) == list(shown["findings"][0])
        assert finding["page"] is None or 1 <= finding["page"] <= told["pages"]
    for rule in told["more"]:
        assert sum(finding["rule"] == rule for finding in told["findings"]) == 12


@pytest.mark.parametrize("wish", [["--card", "a7"], ["--hand", "caveat"], ["--large"]])
def test_what_only_a_note_can_have_is_not_asked_of_a_pdf(tmp_path, wish):
    file = tmp_path / "card.pdf"
    file.write_bytes(good())
    assert "--size" in run(str(file), *wish).exception.hint


def test_a_pdf_is_known_by_what_is_in_it(tmp_path):
    disguised = tmp_path / "card.print"
    disguised.write_bytes(good())
    assert run(str(disguised)).exit_code == 0


def test_options_of_files_for_a_press_are_refused_for_a_note():
    done = run(str(spoilers.NOTE), "--standard", "x-4")
    assert done.exit_code != 0
    assert "is about PDF files" in str(done.exception)


def test_the_metadata_may_not_grow_without_end():
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    spoil = spoilers.xmp("<x:xmpmeta", entities + "<x:xmpmeta")
    assert "metadata-damaged" in rules(preflight(spoilers.spoilt(good(), spoil)))


def test_information_that_is_no_text_does_not_stumble():
    def spoil(document):
        document.docinfo["/Title"] = String("A")
        document.trailer.Info.Title = Array([1, 2])

    assert not preflight(spoilers.spoilt(good(), spoil)).passes
