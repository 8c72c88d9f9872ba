"""The hands of fairhand-cjk keep what their data promises, and their makers' terms."""

from __future__ import annotations

import hashlib
import io
import re
from functools import cache

import numpy as np
import pytest
from conftest import needs_hand
from fontTools.ttLib import TTFont

from fairhand.hand.forms import FORMS, REACH, draw_form
from fairhand.hand.hand import (
    CJK_HANDS,
    Hand,
    all_hands,
    bundled_hand,
    hands,
    hands_that_have,
    suits,
)
from fairhand.stationery.catalogue import pens

AS_SHIPPED = {
    "nanum-pen-script": "a0bc8ec50075e11496defe34eb9036d56907d44f880b80b2032ac0dbff140e88",
    "zen-kurenaido": "89b7253fed71b11215c28f3c9b6415daded3765dd0cb417e52208db05edb96b7",
}
"""SHA-256 of the files whose makers reserve the font's name, or that are as shipped."""

TEXTS = {
    "zen-kurenaido": "拝啓、ありがとうございました。「東京」へ、コーヒーを3杯（笑）！〒・ー…々",
    "nanum-pen-script": "감사합니다, 선생님! 정말 좋은 하루였어요. (2026년 11월 22일)",
    "long-cang": "谢谢您！“小船”，《三国》；春天，您来吗？（一起）……——2026年",
}


@cache
def own(name: str) -> Hand:
    return bundled_hand(needs_hand(name))


def font_file(found: Hand) -> TTFont:
    return TTFont(io.BytesIO(found.path.read_bytes()))


def test_they_are_no_bundled_hands() -> None:
    assert not set(CJK_HANDS) & set(hands())


@pytest.mark.parametrize("name", CJK_HANDS)
def test_the_folder_holds_font_licence_and_copyright(name: str) -> None:
    found = own(name)
    licence = (found.path.parent / found.data.licence_file).read_text("utf-8")
    assert re.search(r"SIL OPEN FONT LICENSE\s+Version 1\.1", licence)
    words = re.findall(r"[\w.]{4,}", found.data.copyright)
    assert sum(word in licence for word in words) >= 0.8 * len(words)
    assert font_file(found)["OS/2"].fsType == 0
    assert found.data.pen in pens()


@pytest.mark.parametrize("name", AS_SHIPPED)
def test_a_font_that_must_not_be_changed_is_as_shipped(name: str) -> None:
    assert hashlib.sha256(own(name).path.read_bytes()).hexdigest() == AS_SHIPPED[name]


@pytest.mark.parametrize("name", CJK_HANDS)
def test_it_writes_its_language_and_lacks_what_it_says(name: str) -> None:
    font = own(name).font
    assert font.missing(TEXTS[name]) == []
    for letter in own(name).data.lacks:
        assert font.missing(letter) == [letter]


def test_every_character_of_the_common_standards_is_there() -> None:
    """JIS X 0208 level 1, KS X 1001 and GB 2312 level 1, taken from Python's own codecs."""
    for name, codec, rows in (
        ("zen-kurenaido", "euc_jp", range(0xB0, 0xCF)),
        ("nanum-pen-script", "euc_kr", range(0xB0, 0xC9)),
        ("long-cang", "gb2312", range(0xB0, 0xD8)),
    ):  # fmt: skip
        text = b"".join(bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
        characters = text.decode(codec, errors="ignore")
        assert len(characters) > 2300
        cmap = font_file(own(name)).getBestCmap()
        assert [c for c in characters if ord(c) not in cmap] == []


@pytest.mark.parametrize("name", CJK_HANDS)
def test_the_forms_of_a_character_differ_but_keep_within_reach(name: str) -> None:
    found = own(name)
    x_height = found.x_height_em * found.font.units_per_em
    for character in TEXTS[name][:6]:
        glyph = found.font.nominal_glyph(character)
        plain = found.font.outline(glyph).points
        drawn = [draw_form(found, glyph, number, 1.0) for number in range(0, FORMS, 7)]
        for points in drawn:
            assert np.abs(points - plain).max() <= REACH * x_height * 1.01 + 1
        assert len({points.tobytes() for points in drawn}) == len(drawn)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("ありがとう", "zen-kurenaido"), ("山田様、ありがとう", "zen-kurenaido"),
     ("감사합니다", "nanum-pen-script"), ("谢谢您", "long-cang")],
)  # fmt: skip
def test_a_hand_suits_its_own_language(text: str, wanted: str) -> None:
    needs_hand(wanted)
    able = [n for n in CJK_HANDS if suits(all_hands()[n], text) and not own(n).font.missing(text)]
    assert able == [wanted]


@pytest.mark.parametrize("mark", "。！（、々")
def test_a_mark_alone_is_told_the_hands_that_have_it(mark: str) -> None:
    needs_hand("zen-kurenaido")
    assert "zen-kurenaido" in hands_that_have([mark])


@pytest.mark.parametrize("name", CJK_HANDS)
def test_it_is_not_offered_for_a_note_in_english(name: str) -> None:
    needs_hand(name)
    assert not suits(all_hands()[name], "Thank you so much.")
