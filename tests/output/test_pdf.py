"""Other programs read our PDFs without a murmur and find in them what was written."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import tomllib
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from bidi import get_display
from conftest import needs_hand, tool
from PIL import Image

from fairhand.catalog import layouts_folder
from fairhand.errors import InputError
from fairhand.hand.hand import bundled_hand, hands
from fairhand.job import Made, make, read
from fairhand.layout.catalogue import card_layouts
from fairhand.output import form_font
from fairhand.output.pdf import About, pdf

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = SAMPLES / "after-rejection" / "note.md"
HANDS = sorted(hands())
POINTS = {"in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "pt": 1.0}
LARGEST = 150_000

TO_GERMANY = ["Frau Renate Böhm", "Lindenstraße 8", "79098 Freiburg"]
NOTES = {
    "english": {"source": SAMPLE},
    "english joined": {"source": SAMPLE, "hand": "homemade-apple"},
    "english joined by strokes": {"source": SAMPLE, "hand": "playwrite-us-trad"},
    "english on rules": {"source": SAMPLE, "layout": "ruled"},
    "english exact": {"source": SAMPLE, "neatness": 0},
    "german": {
        "language": "de",
        "to": TO_GERMANY,
        "salutation": "Liebe Frau Böhm,",
        "paragraphs": [
            "Grüße aus Füssen: die Äpfel, Öfen und Übungen, süß wie „Straßenmusik“ – heiß ersehnt!"
        ],
        "valediction": "Herzlich",
        "signature": "Jörg Weißmüller",
    },
    "vietnamese": {
        "language": "vi",
        "to": ["Chị Nguyễn Thị Hương", "45 Lý Thường Kiệt", "Hà Nội"],
        "salutation": "Chị Nguyễn Thị Hương thân mến,",
        "paragraphs": ["Cảm ơn chị đã gửi cho em quyển sách dạy nấu ăn của mẹ. Tuyệt vời quá!"],
        "valediction": "Thân mến,",
        "signature": "Trần Minh Đức",
    },
    "polish": {
        "language": "pl",
        "to": ["Pani Łucja Święch", "ul. Żurawia 3", "00-503 Warszawa"],
        "salutation": "Droga Pani Łucjo,",
        "paragraphs": [
            "Zażółć gęślą jaźń! Dziękuję za książkę i za cały wieczór, w ogóle za wszystko."
        ],
        "valediction": "Serdecznie,",
        "signature": "Błażej",
    },
    "greek": {
        "language": "el",
        "salutation": "Αγαπητή Ελένη,",
        "paragraphs": [
            "Σε ευχαριστώ πολύ για το υπέροχο βιβλίο· το διάβασα όλο σε μία νύχτα, ήσυχα."
        ],
        "valediction": "Με αγάπη,",
        "signature": "Γιώργος",
    },
    "russian": {
        "language": "ru",
        "hand": "caveat",
        "salutation": "Дорогая Анна Сергеевна,",
        "paragraphs": [
            "Большое спасибо за тёплый приём и за щедрый ужин — мы объелись и счастливы."
        ],
        "valediction": "Ваш",
        "signature": "Пётр Фёдорович",
    },
    "quotation marks": {
        "hand": "cedarville-cursive",
        "paragraphs": ["You said “never again” and “not in a hundred years”; it’s been one."],
    },
    "swapped quotation marks": {
        "hand": "square-peg",
        "paragraphs": ["You said “never again” and ‘not in a hundred years’; it’s been one."],
    },
    "ligatures": {
        "hand": "beth-ellen",
        "paragraphs": [
            "All will see too good a bookkeeper, off to the office, fifty little letters."
        ],
    },
}
OTHER_WAY = {
    "hebrew": {
        "language": "he",
        "hand": "gveret-levin",
        "salutation": "נועה יקרה,",
        "paragraphs": ["תודה רבה על הספר הנפלא ועל 12 השנים שבהן רקדנו על הגג. נתראה ביום חמישי!"],
        "valediction": "באהבה,",
        "signature": "מיכל",
    },
    "hindi": {
        "language": "hi",
        "hand": "kalam",
        "salutation": "प्रिय मित्र,",
        "paragraphs": ["आपकी सुन्दर पुस्तक के लिए बहुत बहुत धन्यवाद। श्रीमती जी और बच्चे भी खुश हैं।"],
        "valediction": "सादर,",
        "signature": "क्षितिज",
    },
    "arabic": {
        "language": "ar",
        "hand": "aref-ruqaa",
        "salutation": "عزيزتي ليلى،",
        "paragraphs": ["شكرا جزيلا على الكتاب الجميل وعلى المساء الطويل بين الأصدقاء في البيت."],
        "valediction": "مع أطيب تحياتي،",
        "signature": "محمد",
    },
    "hebrew with english": {
        "language": "he",
        "hand": "playpen-sans-hebrew",
        "paragraphs": ["נתראה ביום חמישי אצל Tom ואצל Ann, ואז נלך יחד אל הים."],
    },
}
EVERY = {**NOTES, **OTHER_WAY}


@lru_cache(maxsize=128)
def made(which: str) -> Made:
    fields = dict(EVERY[which])
    source = fields.pop("source", None)
    return make(read(source, **fields) if source else read(fields))


@cache
def card_file(which: str) -> bytes:
    return made(which).card_pdf()


def files(which: str) -> list[bytes]:
    envelope = made(which).envelope_pdf()
    return [card_file(which), *([envelope] if envelope else [])]


def run(*command: str | Path, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=data, capture_output=True, check=False, timeout=120)


# ------------------------------------------------------------------------- other readers


@pytest.mark.parametrize("which", EVERY)
def test_qpdf_finds_nothing_wrong(which: str, tmp_path: Path) -> None:
    for number, data in enumerate(files(which)):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        checked = run(tool("qpdf"), "--check", path)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert checked.stderr == b""
        assert b"WARNING" not in checked.stdout
        assert b"No syntax or stream encoding errors found" in checked.stdout


@pytest.mark.parametrize("which", EVERY)
def test_ghostscript_interprets_it_without_a_word(which: str, tmp_path: Path) -> None:
    for data in files(which):
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        interpreted = run(
            tool("gs"),
            "-q",
            "-dNOPAUSE",
            "-dBATCH",
            "-sDEVICE=nullpage",
            "-dPDFSTOPONWARNING",
            path,
        )
        assert (interpreted.returncode, interpreted.stdout, interpreted.stderr) == (0, b"", b"")


@pytest.mark.parametrize("which", EVERY)
def test_every_font_is_embedded_subset_and_has_its_text(which: str, tmp_path: Path) -> None:
    for data in files(which):
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        listed = run(tool("pdffonts"), path)
        assert listed.stderr == b""
        rows = listed.stdout.decode().splitlines()[2:]
        assert rows
        for row in rows:
            name, *_ = row.split()
            embedded, subset, unicode = row.split()[-5:-2]
            assert (embedded, subset, unicode) == ("yes", "yes", "yes"), row
            assert "CID TrueType" in row
            assert re.match(r"[A-Z]{6}\+", name)


@pytest.mark.parametrize("which", EVERY)
def test_poppler_draws_it_without_a_word(which: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(card_file(which))
    drawn = run(tool("pdftoppm"), "-r", "30", "-gray", path, tmp_path / "page")
    assert (drawn.returncode, drawn.stderr) == (0, b"")


# ------------------------------------------------------------------------------- the text


def poppler_text(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    found = run(tool("pdftotext"), "-enc", "UTF-8", path, "-")
    assert (found.returncode, found.stderr) == (0, b"")
    return found.stdout.decode()


def pdfium_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def words_of(text: str) -> list[str]:
    marks = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069"))
    return unicodedata.normalize("NFC", text.translate(marks)).split()


@pytest.mark.parametrize("which", NOTES)
def test_poppler_reads_the_words_of_the_note_in_order(which: str, tmp_path: Path) -> None:
    wanted = made(which).source.note.words.split()
    assert words_of(poppler_text(card_file(which), tmp_path)) == wanted


@pytest.mark.parametrize("which", NOTES)
def test_pdfium_reads_the_words_of_the_note_in_order(which: str) -> None:
    assert words_of(pdfium_text(card_file(which))) == made(which).source.note.words.split()


@pytest.mark.parametrize("which", OTHER_WAY)
def test_poppler_reads_the_words_of_other_scripts(which: str, tmp_path: Path) -> None:
    """Poppler marks directions in its text, so both texts are compared as a screen shows them."""
    note = made(which).source.note
    base = "L" if which == "hindi" else "R"
    wanted = Counter(words_of(get_display(" ".join(note.words.split()), base_dir=base)))
    found: Counter[str] = Counter()
    for line in poppler_text(card_file(which), tmp_path).splitlines():
        found += Counter(words_of(get_display(line, base_dir=base)))
    assert found == wanted


@pytest.mark.parametrize("which", OTHER_WAY)
def test_pdfium_reads_the_words_of_other_scripts(which: str) -> None:
    """Pdfium puts the points of right-to-left lines on the other side, so letters are compared."""
    wanted = Counter(re.findall(r"[^\W_]+", made(which).source.note.words))
    assert Counter(re.findall(r"[^\W_]+", pdfium_text(card_file(which)))) == wanted


@pytest.mark.parametrize("seed", ["1", "2"])
@pytest.mark.parametrize("name", HANDS)
def test_every_hand_is_searched_and_copied_as_plain_text(
    name: str, seed: str, tmp_path: Path
) -> None:
    """However a hand tilts and lifts its words: none is torn, and all are read in order."""
    card = make(read(SAMPLE, hand=name, seed=seed), with_envelope=False)
    wanted = card.source.note.words.split()
    assert words_of(pdfium_text(card.card_pdf())) == wanted
    assert words_of(poppler_text(card.card_pdf(), tmp_path)) == wanted


HYPHENATED = [
    "My brother-in-law and a", "well-known, up-to-date", "e-mail: and/or a T-shirt,", "a thank-you",
    "self-made jam,", "the mid-1990s.", "Tea-time!", "www.example.org/thanks", "ann@ex-am.com",
]  # fmt: skip


@pytest.mark.parametrize("name", HANDS)
def test_a_word_with_a_hyphen_is_copied_as_one(name: str, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        note = {"paragraphs": ["\n".join(HYPHENATED)], "hand": name, "card": "a7", "seed": seed}
        card = make(read(note), with_envelope=False)
        assert len(card.composed.pages[0].lines) == len(HYPHENATED)
        for text in (poppler_text(card.card_pdf(), tmp_path), pdfium_text(card.card_pdf())):
            assert words_of(text) == " ".join(HYPHENATED).split()


def test_a_word_divided_at_a_line_s_end_is_copied_whole(tmp_path: Path) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikation"
    note = {"language": "de", "card": "4bar", "paragraphs": [f"Die {long} dankt."]}
    text = poppler_text(make(read(note)).card_pdf(), tmp_path)
    assert re.sub(r"[-\u00ad]?\s+", "", text) == f"Die{long}dankt."


@pytest.mark.parametrize("which", ["english", "german", "vietnamese", "polish"])
def test_the_address_is_read_from_the_envelope_line_by_line(which: str, tmp_path: Path) -> None:
    text = poppler_text(made(which).envelope_pdf(), tmp_path)
    note = made(which).source.note
    lines = [" ".join(words_of(line)) for line in text.splitlines() if line.strip()]
    for line in (*note.to.lines, *(note.from_.lines if note.from_ else ())):
        assert any(line in found for found in lines), line


def test_a_letter_reader_sees_the_same_words(tmp_path: Path) -> None:
    """What is drawn is what the text says: read by eye, in the neatest hand."""
    card = make(read(SAMPLE, hand="playpen-sans"), with_envelope=False)
    document = pypdfium2.PdfDocument(card.card_pdf())
    document[0].render(scale=300 / 72, grayscale=True).to_pil().save(tmp_path / "page.png")
    document.close()
    seen = run(tool("tesseract"), tmp_path / "page.png", "-", "--psm", "6", "-l", "eng")
    wanted = Counter(re.findall(r"[a-z]{3,}", card.source.note.words.lower()))
    found = Counter(re.findall(r"[a-z]{3,}", seen.stdout.decode().lower()))
    assert (wanted & found).total() >= 0.7 * wanted.total()


# --------------------------------------------------------------------------- the document


def points(length: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)\s*([a-z]+)", length).groups()
    return float(number) * POINTS[unit]


def catalogue() -> dict[str, dict]:
    """Read the cards' own file, without fairhand."""
    return tomllib.loads((layouts_folder() / "stationery" / "cards.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("card", "layout"),
    [
        *((card, "auto") for card in sorted(catalogue())),
        *itertools.product(("a2", "a2-tent", "a7-flat", "postcard", "a4"), sorted(card_layouts())),
    ],
)
def test_all_boxes_are_the_size_of_the_stationery(card: str, layout: str) -> None:
    entry = catalogue()[card]
    if layout != "auto" and entry["kind"] not in card_layouts()[layout].kinds:
        with pytest.raises(InputError, match="layout"):
            make(read({"paragraphs": ["Thank you so much."], "card": card, "layout": layout}))
        return
    width, height = points(entry["width"]), points(entry["height"])
    width *= 2 if entry["fold"] == "left" else 1
    height *= 2 if entry["fold"] == "top" else 1
    note = {"paragraphs": ["Thank you so much."], "card": card, "layout": layout}
    if entry["kind"] == "folded":
        note["front"] = "Hi"  # A page for the outside too.
    with pikepdf.open(io.BytesIO(make(read(note)).card_pdf())) as document:
        assert document.pages
        for page in document.pages:
            for box in (page.mediabox, page.trimbox, page.cropbox):
                assert [float(edge) for edge in box] == pytest.approx(
                    [0, 0, width, height], abs=0.1
                )


@pytest.mark.parametrize(
    ("words", "more", "wanted"),
    [
        (20, {}, ["inside"]),
        (20, {"front": "Hi"}, ["outside", "inside"]),
        (20, {"imprint": "By hand."}, ["outside", "inside"]),
        (330, {}, ["outside", "inside"]),
        (330, {"front": "Hi"}, ["outside", "inside"]),
    ],
)
def test_of_two_sides_the_outside_is_the_first_page(words, more, wanted) -> None:
    """As docs/note.md promises: always, even where the note itself runs on to the back."""
    body = ("Thank you for tea, " * words).split()[:words]
    card = make(read({"paragraphs": [" ".join(body)], "card": "a2", **more}), with_envelope=False)
    assert [sheet.name for sheet in card.card_sheets] == wanted


@pytest.mark.parametrize("envelope", ["a2", "a7", "no10", "c6", "dl", "square-160"])
def test_an_envelope_s_page_is_its_address_side(envelope: str) -> None:
    text = (layouts_folder() / "stationery" / "envelopes.toml").read_text("utf-8")
    entry = tomllib.loads(text)[envelope]
    size = [0, 0, points(entry["width"]), points(entry["height"])]
    card = next(name for name, card in catalogue().items() if card.get("envelope") == envelope)
    note = {"paragraphs": ["Thank you."], "card": card, "to": ["Ann Lee", "1 Elm St", "Troy, NY"]}
    with pikepdf.open(io.BytesIO(make(read(note)).envelope_pdf())) as document:
        assert [float(edge) for edge in document.pages[0].mediabox] == pytest.approx(size, abs=0.1)


@pytest.mark.parametrize("which", EVERY)
def test_it_says_its_title_language_and_how_to_be_printed(which: str) -> None:
    note = made(which).source.note
    for data, what in zip(files(which), ("Card", "Envelope"), strict=False):
        with pikepdf.open(io.BytesIO(data)) as document:
            title = str(document.docinfo["/Title"])
            assert title.startswith(what)
            if note.to:
                assert note.to.name in title
            assert str(document.Root.Lang) == note.language
            assert document.Root.ViewerPreferences.PrintScaling == "/None"
            assert document.Root.ViewerPreferences.DisplayDocTitle is True


def test_a_merge_of_more_letters_than_a_font_holds_goes_on_in_another_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Codes have four figures (Identity-H); with the fifth a reader would see other letters."""
    monkeypatch.setattr(form_font, "_MOST_FORMS", 300)
    cards = [make(read(SAMPLE, seed=str(seed)), with_envelope=False) for seed in range(3)]
    data = pdf([sheet for card in cards for sheet in card.card_sheets], About("Three cards"))
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.pages[-1].Resources.Font) > 1
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_range().split() for page in document]
    with pypdfium2.PdfDocument(cards[0].card_pdf()) as document:
        assert texts == 3 * [page.get_textpage().get_text_range().split() for page in document]


@pytest.mark.parametrize("which", EVERY)
def test_no_unembedded_font_hides_in_the_resources(which: str) -> None:
    for data in files(which):
        assert b"Helvetica" not in data
        with pikepdf.open(io.BytesIO(data)) as document:
            for page in document.pages:
                for font in page.Resources.Font.values():
                    assert font.Subtype == "/Type0"
                    assert font.Encoding == "/Identity-H"
                    assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def operators(data: bytes) -> list[tuple[str, list[float]]]:
    found = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            assert "/ColorSpace" not in page.Resources
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in {"rg", "RG", "g", "G", "k", "K", "cs", "CS", "sc", "SC", "sh"}:
                    found.append((str(operator), [float(operand) for operand in operands]))
    return found


@pytest.mark.parametrize("layout", ["classic", "ruled"])
@pytest.mark.parametrize("colour", ["black", "blue-black", "sepia", "#aa3300"])
def test_cmyk_ink_is_cmyk_and_nothing_else(colour: str, layout: str) -> None:
    card = make(read(SAMPLE, ink=colour, layout=layout))
    for data in (card.card_pdf("cmyk"), card.envelope_pdf("cmyk")):
        found = operators(data)
        assert found
        assert {operator for operator, _ in found} <= {"k", "K"}
        assert b"DeviceRGB" not in data
        for _, plates in found:
            assert sum(plates) <= 2.4, "more ink than paper takes"


def test_black_is_black_ink_alone() -> None:
    card = make(read(SAMPLE, ink="black"))
    for data in (card.card_pdf("cmyk"), card.envelope_pdf("cmyk")):
        plates = {tuple(plates) for _, plates in operators(data)}
        assert all(plate[:3] == (0, 0, 0) and 0.5 < plate[3] <= 1 for plate in plates)


def test_rgb_ink_is_the_ink_s_own_colour() -> None:
    found = operators(make(read(SAMPLE, ink="#804020", neatness=0)).card_pdf())
    assert {operator for operator, _ in found} == {"rg"}
    for _, values in found:
        assert values == pytest.approx([0x80 / 255, 0x40 / 255, 0x20 / 255], abs=0.002)


@pytest.mark.parametrize("name", HANDS)
def test_a_card_is_at_most_150_kb(name: str) -> None:
    assert len(make(read(SAMPLE, hand=name), with_envelope=False).card_pdf()) <= LARGEST


# ------------------------------------------------------------------------- all eyes agree

DPI = 150


def ink_by_pdfium(data: bytes) -> np.ndarray:
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(scale=DPI / 72, grayscale=True).to_numpy()
    document.close()
    return picture < 128


def ink_by_program(command: list[str | Path], result: Path) -> np.ndarray:
    drawn = run(*command)
    assert drawn.returncode == 0, drawn.stderr
    return np.asarray(Image.open(result).convert("L")) < 128


@pytest.mark.parametrize("which", ["english", "english joined", "hindi", "arabic", "hebrew"])
def test_all_renderers_draw_the_letters_in_the_same_places(which: str, tmp_path: Path) -> None:
    """A side bearing that is not the left edge shifts letters in some readers only."""
    path = tmp_path / "a.pdf"
    path.write_bytes(card_file(which))
    poppler = ink_by_program(
        [tool("pdftoppm"), "-r", str(DPI), "-gray", "-singlefile", path, tmp_path / "poppler"],
        tmp_path / "poppler.pgm",
    )
    ghost = ink_by_program(
        [
            *(tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pnggray", f"-r{DPI}"),
            *("-dTextAlphaBits=4", "-dFirstPage=1", "-dLastPage=1"),
            *(f"-sOutputFile={tmp_path / 'ghost.png'}", path),
        ],
        tmp_path / "ghost.png",
    )
    inks = [ink_by_pdfium(card_file(which)), poppler, ghost]
    for one, other in itertools.combinations(inks, 2):
        height, width = (min(a, b) for a, b in zip(one.shape, other.shape, strict=True))
        a, b = one[:height, :width], other[:height, :width]
        for axis in (0, 1):
            near, far = (np.flatnonzero(mask.any(axis=axis)) for mask in (a, b))
            assert abs(near[0] - far[0]) <= 2
            assert abs(near[-1] - far[-1]) <= 2
        for mask, others in ((a, b), (b, a)):
            assert (mask & wider(others)).sum() >= 0.95 * mask.sum()


def wider(mask: np.ndarray) -> np.ndarray:
    """Return a mask grown by a pixel to all eight sides: renderers round differently."""
    padded = np.pad(mask, 1)
    height, width = mask.shape
    grown = np.zeros_like(mask)
    for down, right in itertools.product(range(3), range(3)):
        grown |= padded[down : down + height, right : right + width]
    return grown


@pytest.mark.parametrize("name", HANDS)
def test_a_letter_stands_in_the_pdf_as_harfbuzz_shaped_it(name: str) -> None:
    """Exact type at neatness 0: each word's first letter begins where the page says."""
    card = make(read({"paragraphs": ["Hamburg"], "hand": name, "neatness": 0}), with_envelope=False)
    placed = card.card_sheets[0].placements[0]
    word = placed.page.lines[0].words[0]
    columns = np.concatenate(
        [
            bundled_hand(name).font.outline(glyph.glyph).points[:, 0] + before + glyph.dx
            for glyph, before in zip(
                word.shaped.glyphs,
                itertools.accumulate((g.advance for g in word.shaped.glyphs), initial=0),
                strict=False,
            )
        ]
    )
    em = word.matrix.a / bundled_hand(name).font.units_per_em
    left = placed.matrix.e + word.matrix.e + columns.min() * em
    right = placed.matrix.e + word.matrix.e + columns.max() * em
    document = pypdfium2.PdfDocument(card.card_pdf())
    ink = document[0].render(scale=4, grayscale=True).to_numpy() < 128
    document.close()
    seen = np.flatnonzero(ink.any(axis=0))
    assert seen[0] / 4 == pytest.approx(left, abs=0.75)
    assert (seen[-1] + 1) / 4 == pytest.approx(right, abs=0.75)


# ------------------------------------------------------------- Japanese, Korean, Chinese

EAST_ASIAN = {"ja": "zen-kurenaido", "ko": "nanum-pen-script", "zh": "long-cang"}


@pytest.mark.parametrize("seed", ["1", "2", "3"])
@pytest.mark.parametrize("tag", EAST_ASIAN)
def test_east_asian_lines_are_copied_without_spaces_between_their_characters(
    tag: str, seed: str, tmp_path: Path
) -> None:
    needs_hand(EAST_ASIAN[tag])
    card = make(read(SAMPLES / f"thank-you-{tag}" / "note.md", seed=seed))
    note = card.source.note
    blocks = [note.heading, note.salutation, *note.paragraphs, note.valediction, note.signature]
    for text in (poppler_text(card.card_pdf(), tmp_path), pdfium_text(card.card_pdf())):
        lines = [" ".join(line.split()) for line in text.replace("\f", "\n").splitlines()]
        # A line's end stands for a space in Korean only.
        found = (" " if tag == "ko" else "").join(filter(None, lines))
        assert found == (" " if tag == "ko" else "").join(blocks)


@pytest.mark.parametrize("tag", EAST_ASIAN)
def test_east_asian_cards_are_small_and_sound(tag: str, tmp_path: Path) -> None:
    needs_hand(EAST_ASIAN[tag])
    card = make(read(SAMPLES / f"thank-you-{tag}" / "note.md"))
    for data in (card.card_pdf(), card.envelope_pdf()):
        assert len(data) <= LARGEST
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        checked = run(tool("qpdf"), "--check", path)
        assert checked.returncode == 0, checked.stdout


def test_latin_in_japanese_is_copied_with_the_spaces_that_were_typed(tmp_path: Path) -> None:
    needs_hand("zen-kurenaido")
    text = "今日はGoogleの3階で、\nAna Lee さんに\n2026年の本を。"
    note = {"language": "ja", "hand": "zen-kurenaido", "card": "a7", "paragraphs": [text]}
    for seed in "12345":
        data = make(read(note, seed=seed), with_envelope=False).card_pdf()
        for found in (poppler_text(data, tmp_path), pdfium_text(data)):
            assert found.split() == text.split()
