"""A changed word leaves all others as they were, wherever the line breaks allow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pytest

from fairhand.hand.hand import hands
from fairhand.job import Made, make, read
from fairhand.write.page import WrittenLine, WrittenWord

SAMPLE = Path(__file__).parents[2] / "samples" / "after-rejection" / "note.md"
HANDS = ["mynerve", "caveat", "homemade-apple", "kalam"]
OF_LENGTH = {2: "so", 3: "one", 4: "mean", 5: "means", 6: "manner", 7: "manners", 8: "manorial"}
"""New words, none of which stands in the sample."""


@lru_cache(maxsize=512)
def card(paragraphs: tuple[str, ...], name: str, **fields: object) -> Made:
    own = read(SAMPLE).note.model_dump(by_alias=True, exclude_defaults=True)
    note = {**own, "paragraphs": list(paragraphs), "hand": name, **fields}
    return make(read(note), with_envelope=False)


@cache
def paragraphs() -> tuple[str, ...]:
    return read(SAMPLE).note.paragraphs


def lines(made: Made) -> list[WrittenLine]:
    return [
        line
        for sheet in made.card_sheets
        for place in sheet.placements
        for line in place.page.lines
    ]


def texts(line: WrittenLine) -> list[str]:
    return [word.shaped.text for word in line.words]


@dataclass(frozen=True)
class Change:
    """One word of the sample changed to another of the same length: all lines of both cards."""

    old: str
    new: str
    before: list[WrittenLine]
    after: list[WrittenLine]

    def other_lines(self) -> Iterator[tuple[WrittenWord, WrittenWord]]:
        """Yield each word of the lines without the change, as it was and as it is."""
        for line, now in zip(self.before, self.after, strict=True):
            if texts(line) == texts(now):
                yield from zip(line.words, now.words, strict=True)

    def same_line(self) -> Iterator[tuple[WrittenWord, WrittenWord]]:
        """Yield each other word of the line of the change.

        The changed word's like on that line becomes the first of its kind there.
        """
        for line, now in zip(self.before, self.after, strict=True):
            if texts(line) != texts(now):
                for word, then in zip(line.words, now.words, strict=True):
                    if word.shaped.text == then.shaped.text != self.old:
                        yield word, then


@cache
def changes(name: str, *, repeated: bool) -> list[Change]:
    """Return changes that leave every line break where it was.

    `repeated`: of words that come again later in the note, or only of words that come once.
    """
    everything = Counter(read(SAMPLE).note.words.split())
    before = lines(card(paragraphs(), name))
    found = []
    for number, paragraph in enumerate(paragraphs()):
        words = paragraph.split()
        for index, word in enumerate(words):
            core = word.rstrip(".,:")
            if len(core) not in OF_LENGTH or (everything[word] > 1) != repeated or index % 3:
                continue
            new = OF_LENGTH[len(core)] + word[len(core) :]
            changed = " ".join([*words[:index], new, *words[index + 1 :]])
            text = (*paragraphs()[:number], changed, *paragraphs()[number + 1 :])
            after = lines(card(text, name))
            same = [len(line.words) for line in before] == [len(line.words) for line in after]
            if same and sum(texts(a) != texts(b) for a, b in zip(before, after, strict=True)) == 1:
                found.append(Change(word, new, before, after))
    assert len(found) >= 3, "too few changes of this kind to tell"
    return found


ONCE_OR_MORE = pytest.mark.parametrize("repeated", [False, True], ids=["once", "repeated"])


@ONCE_OR_MORE
@pytest.mark.parametrize("name", HANDS)
def test_words_on_other_lines_keep_their_forms(name: str, repeated: bool) -> None:
    moved = {
        change.old: [
            word.shaped.text for word, now in change.other_lines() if word.forms != now.forms
        ]
        for change in changes(name, repeated=repeated)
    }
    assert {old: words for old, words in moved.items() if words} == {}


@ONCE_OR_MORE
@pytest.mark.parametrize("name", HANDS)
def test_words_on_the_same_line_keep_their_forms(name: str, repeated: bool) -> None:
    moved = {
        change.old: [
            word.shaped.text for word, now in change.same_line() if word.forms != now.forms
        ]
        for change in changes(name, repeated=repeated)
    }
    assert {old: words for old, words in moved.items() if words} == {}


@ONCE_OR_MORE
@pytest.mark.parametrize("name", HANDS)
def test_words_on_other_lines_keep_their_shape_and_place_along_the_line(
    name: str, repeated: bool
) -> None:
    moved = {
        change.old: [
            word.shaped.text
            for word, now in change.other_lines()
            if word.matrix._replace(f=0) != now.matrix._replace(f=0)
        ]
        for change in changes(name, repeated=repeated)
    }
    assert {old: words for old, words in moved.items() if words} == {}


@ONCE_OR_MORE
@pytest.mark.parametrize("name", HANDS)
def test_words_on_other_lines_stay_exactly_where_they_were(name: str, repeated: bool) -> None:
    """The whole matrix; only where inks would touch does a line give way, and only up or down."""
    stayed = moved = 0
    for change in changes(name, repeated=repeated):
        for word, now in change.other_lines():
            assert word.matrix._replace(f=0) == now.matrix._replace(f=0), change.old
            stayed += word.matrix == now.matrix
            moved += word.matrix != now.matrix
    # Long loops of a joined hand reach from line to line, so that lines give way more often.
    joined = hands()[name].joined == "fully"
    assert stayed / (stayed + moved) >= (0.25 if joined else 0.9)


def last_paragraph_changed(name: str, text: str) -> tuple[list[WrittenLine], list[WrittenLine]]:
    """Return the lines above the last paragraph, before and after it is changed.

    On a sheet with room to spare, where neither makes the writing larger or smaller.
    """
    before = card(paragraphs(), name, card="a4")
    after = card((*paragraphs()[:-1], text), name, card="a4")
    page, now = before.composed.pages[0], after.composed.pages[0]
    assert page.lines[0].size == now.lines[0].size
    assert (page.pitch, page.block) == (now.pitch, now.block)
    count = [line.field for line in page.lines].index(f"paragraphs {len(paragraphs())}")
    assert count > 5
    return lines(before)[:count], lines(after)[:count]


@pytest.mark.parametrize("name", HANDS)
def test_another_last_paragraph_leaves_those_above_as_they_were(name: str) -> None:
    before, after = last_paragraph_changed(
        name, "Let me thank you for the hour, and for so good a talk."
    )
    for line, now in zip(before, after, strict=True):
        assert texts(line) == texts(now)
        for word, then in zip(line.words, now.words, strict=True):
            assert word.forms == then.forms
            assert word.matrix == then.matrix


@pytest.mark.parametrize("name", HANDS)
def test_a_longer_last_paragraph_only_lifts_those_above(name: str) -> None:
    """The note is balanced anew on its panel: all lines move by one height, nothing else."""
    before, after = last_paragraph_changed(name, f"{paragraphs()[-1]} It did me good.")
    lifts = set()
    for line, now in zip(before, after, strict=True):
        assert texts(line) == texts(now)
        for word, then in zip(line.words, now.words, strict=True):
            assert word.forms == then.forms
            assert word.matrix._replace(f=0) == then.matrix._replace(f=0)
            lifts.add(round(then.matrix.f - word.matrix.f, 6))
    assert len(lifts) == 1


@pytest.mark.parametrize("name", HANDS)
def test_the_ink_and_the_sender_have_no_say_in_how_letters_are_formed(name: str) -> None:
    plain = lines(card(paragraphs(), name))
    other = lines(card(paragraphs(), name, ink="black", **{"from": "Somebody Else"}))
    for line, now in zip(plain, other, strict=True):
        assert [word.forms for word in line.words] == [word.forms for word in now.words]
        assert [word.matrix for word in line.words] == [word.matrix for word in now.words]


@pytest.mark.parametrize("name", HANDS)
def test_two_readers_of_the_same_words_see_them_written_twice(name: str) -> None:
    one, other = (lines(card(paragraphs(), name, to=to)) for to in ("Ann Lee", "Tom Ray"))
    for line, now in zip(one, other, strict=True):
        assert texts(line) == texts(now)
        assert [word.matrix for word in line.words] != [word.matrix for word in now.words]
