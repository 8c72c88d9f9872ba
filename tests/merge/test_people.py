"""The same ten people give the same ten records, whichever program their table comes from."""

import io

import pytest
from merge.people import FORMS, PEOPLE

from fairhand.merge.columns import matched
from fairhand.merge.table import opened


def fields_of(people):
    """What a person expects of them: written here anew, not by the code under test."""
    expected = []
    for prefix, first, last, suffix, firm, street, second, city, region, code, country, _ in people:
        fields = {
            "name": " ".join(part for part in (prefix, first, last, suffix) if part),
            "prefix": prefix, "first_name": first, "last_name": last, "suffix": suffix,
            "organisation": firm, "address": f"{street}\n{second}".strip(), "city": city,
            "region": region, "postcode": code, "country": country,
        }  # fmt: skip
        expected.append({key: text for key, text in fields.items() if text})
    return expected


def records(data, path="-"):
    with opened(path, io.BytesIO(data)) as table:
        columns = matched(table.headers)
        return [columns.record(row) for row in table]


@pytest.mark.parametrize("form", FORMS)
def test_ten_people_are_the_same_ten_in_every_form(form, tmp_path):
    expected = fields_of(PEOPLE)
    through_a_pipe = records(FORMS[form])
    assert [record.fields for record in through_a_pipe] == expected
    assert not any(record.row.trouble for record in through_a_pipe)
    assert [record.row.number for record in through_a_pipe] == list(range(1, 11))
    file = tmp_path / "people"
    file.write_bytes(FORMS[form])
    with opened(file) as table:
        columns = matched(table.headers)
        assert [columns.record(row) for row in table] == through_a_pipe


@pytest.mark.parametrize("form", FORMS)
def test_the_gift_of_each_stands_in_the_words(form):
    gifts = [person[-1] for person in PEOPLE]
    word = "gift_item"
    if "google" in form or form == "outlook":
        word = "notes"
    if form.startswith("vcard"):
        word = "note"
    assert [record.words[word] for record in records(FORMS[form])] == gifts
