"""The same ten people give the same ten cards, whichever program their table comes from."""

import pytest
from job.merge.merging import merge, texts
from merge.people import FORMS, PEOPLE

ASKED = {
    "utf-8": "UTF-8", "utf-8 with a mark": "BOM", "cp1252": "cp1252", "semicolons": "semicolon",
    "tabs": "tab", "xlsx": "XLSX", "google": "Google CSV", "outlook": "Outlook CSV",
    "vcard 3": "vCard", "json lines": "JSON Lines",
}  # fmt: skip
OTHER_NAMES = {"google": "notes", "old google": "notes", "outlook": "notes",
               "vcard 3": "note", "vcard 4": "note"}  # fmt: skip
NOTE = """\
---
from: {{name: Tom Lee, address: 5 Elm Road, city: Hadley, region: MA, postcode: "01035"}}
---
Dear {{{{ name | default(organisation) }}}},

Thank you so much for {{{{ {word} }}}}. We think of you each time we use it.

Love,
Tom
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return what a form of the table came to, made once."""
    kept = {}

    def of(form):
        if form not in kept:
            note = NOTE.format(word=OTHER_NAMES.get(form, "gift_item"))
            kept[form] = merge(tmp_path_factory.mktemp("merge"), FORMS[form], note=note)
        return kept[form]

    return of


def files(told):
    return {name: (told.folder / name).read_bytes() for name in told.names if name.endswith(".pdf")}


@pytest.mark.parametrize("form", FORMS)
def test_ten_people_are_the_same_ten_cards_byte_for_byte(made, form):
    told = made(form)
    assert told.code == 0, told.err
    assert files(told) == files(made("utf-8"))
    assert {"cards.pdf", "envelopes.pdf", "envelope-backs.pdf", "proof.pdf"} <= told.names


def test_what_the_issue_names_is_among_the_forms():
    assert ASKED.keys() <= FORMS.keys()


def test_02035_stays_02035_on_the_envelope(made):
    envelopes = texts(made("xlsx").folder / "envelopes.pdf")
    assert len(envelopes) == len(PEOPLE)
    for person, words in zip(PEOPLE, envelopes, strict=True):
        assert person[9] in words
    assert "Boston, MA 02035" in envelopes[0]
    assert "07743 Jena" in envelopes[8].title()


def test_every_card_names_its_person_and_the_gift_as_it_stands(made):
    cards = texts(made("utf-8").folder / "cards.pdf")
    for number, person in enumerate(PEOPLE):
        words = cards[2 * number] + cards[2 * number + 1]
        assert f"for {person[-1]}." in words
        assert (person[2] or person[4]) in words
