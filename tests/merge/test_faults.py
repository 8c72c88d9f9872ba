"""Every bad row is named, by row, in plain words, before anything is printed."""

import csv
import io
import pickle
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge.rows import record

from fairhand.errors import InputError, MissingLetterError
from fairhand.job.make import make
from fairhand.merge.checks import LONGEST_LINE, Checks
from fairhand.merge.duplicates import Duplicates
from fairhand.merge.faults import (
    KINDS,
    Fault,
    Kind,
    fault_of,
    problems_csv,
    report,
    row_ranges,
    told_once,
)
from fairhand.merge.skipped import is_skipped, is_unclear
from fairhand.merge.wording import Wording

calm = settings(deadline=None, derandomize=True)

WORDS = """\
---
from: {name: Tom Reed, country: United States}
---

Dear {{ first_name }},

Thank you for {{ gift }}.{% if diet == "None" %} Eat well.{% endif %}

Love,
Tom
"""
GOOD = {
    "first_name": "Ana", "last_name": "Silva", "gift": "the tea", "diet": "None",
    "address": "12 Lincoln Road", "city": "Springfield", "region": "IL", "postcode": "62704",
    "country": "United States",
}  # fmt: skip
PLANTED = [
    (Kind.EMPTY, "gift", {"gift": " "}),
    (Kind.BLANK, "gift", {"gift": "[what they gave]"}),
    (Kind.BLANK, "first_name", {"first_name": "{{first}}"}),
    (Kind.BLANK, "gift", {"gift": "TODO"}),
    (Kind.BLANK, "last_name", {"last_name": "xx"}),
    (Kind.LEFTOVER, "gift", {"gift": "None"}),
    (Kind.LEFTOVER, "first_name", {"first_name": "#N/A"}),
    (Kind.NAME, "name", {"first_name": "", "last_name": ""}),
    (Kind.ADDRESS, "city", {"city": ""}),
    (Kind.ADDRESS, "address", {"address": "", "city": "", "region": "", "postcode": ""}),
    (Kind.ODD_ADDRESS, "postcode", {"postcode": "2704"}),
    (Kind.ADDRESS, "postcode", {"postcode": "2108", "region": "MA", "city": "Boston"}),
    (Kind.ODD_ADDRESS, "region", {"region": "Ilinoi"}),
    (Kind.LONG_LINE, "address", {"address": "1 A St\n" + "x" * (LONGEST_LINE + 1)}),
    (Kind.CHARACTER, "gift", {"gift": "the\x07tea"}),
    (Kind.CHARACTER, "last_name", {"last_name": "Sil\ue000va"}),
    (Kind.SETTING, "language", {"language": "Klingon!"}),
    (Kind.SETTING, "neatness", {"neatness": "9"}),
    (Kind.FILE, "art", {"art": "../../etc/passwd"}),
]


def checks(words=WORDS, fields=GOOD):
    return Checks(Wording(words.encode(), "note.md", ".md"), fields)


@pytest.mark.parametrize(("kind", "field", "cells"), PLANTED)
def test_each_planted_fault_is_found_and_told(kind, field, cells):
    looked = checks().looked(record(7, **{**GOOD, **cells}))
    found = next(fault for fault in looked.faults if (fault.kind, fault.field) == (kind, field))
    assert (found.row, found.line) == (7, 8)
    assert found.message.endswith((".", "?"))
    assert found.hint
    assert found.is_warning == KINDS[kind].is_warning
    if found.is_warning:
        assert looked.note


def test_a_good_row_has_a_note_and_no_fault():
    for cells in [{}, {"gift": "=cmd()"}, {"first_name": "Null"}, {"last_name": "O'Neil-Łukasz"}]:
        looked = checks().looked(record(**{**GOOD, **cells}))
        assert looked.faults == ()
        assert looked.note.note.to.city == "Springfield"


def test_a_country_that_is_taken_for_granted_is_told_apart_from_slips():
    nowhere = checks(WORDS.replace(", country: United States", ""))
    faults = nowhere.looked(record(**{**GOOD, "country": "", "postcode": "1"})).faults
    assert [fault.kind for fault in faults] == [Kind.NO_COUNTRY, Kind.ODD_ADDRESS]
    assert checks().looked(record(**{**GOOD, "country": ""})).faults == ()


def test_nothing_is_taken_for_granted_of_a_row_of_which_no_note_is_made():
    assert checks().looked(record(**GOOD)).faults == ()
    faults = checks().looked(record(**{**GOOD, "gift": ""})).faults
    assert [fault.kind for fault in faults] == [Kind.EMPTY]


@pytest.mark.parametrize(
    ("country", "city", "region", "lost", "whole"),
    [
        ("US", "Boston", "MA", "2108", "02108"), ("", "Boston", "MA", "2108", "02108"),
        ("", "Boston", "Massachusetts", "2108-1234", "02108-1234"),
        ("", "Ponce", "PR", "730", "00730"),
        ("Germany", "Dresden", "", "1067", "01067"), ("France", "Nice", "", "6000", "06000"),
        ("Italy", "Roma", "", "184", "00184"), ("Spain", "Barcelona", "", "8001", "08001"),
        ("Poland", "Warszawa", "", "1-001", "01-001"), ("Norway", "Oslo", "", "150", "0150"),
        ("Mexico", "México", "CDMX", "6000", "06000"),
        ("Brazil", "São Paulo", "SP", "1310-100", "01310-100"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sender", [", country: United States", ""])
def test_a_zero_that_a_table_took_from_a_postcode_keeps_the_row_from_being_printed(
    country, city, region, lost, whole, sender
):
    words = WORDS.replace(", country: United States", sender)
    row = {**GOOD, "country": country, "city": city, "region": region, "address": "Weg 1"}
    bad = checks(words).looked(record(**{**row, "postcode": lost})).faults
    (told,) = [fault for fault in bad if fault.kind is Kind.ADDRESS]
    assert told.field == "postcode"
    assert f"it may have been {whole}." in told.message
    assert "as text" in told.hint
    good = checks(words).looked(record(**{**row, "postcode": whole})).faults
    assert not any(fault.field == "postcode" for fault in good)


@pytest.mark.parametrize(
    ("country", "region", "postcode"),
    [
        ("US", "CA", "2108"), ("US", "MA", "021081"), ("US", "MA", "O2108"), ("US", "MA", "108"),
        ("Netherlands", "", "1234"), ("United Kingdom", "", "1234"),
        ("Germany", "", "123456"), ("", "", "2108"),
    ],
)  # fmt: skip
def test_a_postcode_of_a_strange_form_is_only_warned_of(country, region, postcode):
    words = WORDS.replace(", country: United States", "")
    row = {**GOOD, "country": country, "region": region, "postcode": postcode}
    looked = checks(words).looked(record(**row))
    assert [f.kind for f in looked.faults if f.field == "postcode"] == [Kind.ODD_ADDRESS]


@pytest.mark.parametrize(
    "name",
    ["Smith, Karen", "de la Cruz, Ana María", "Karen Smith (plus one)", "Karen Smith +1",
     "Karen Smith plus one", "Karen Smith + guest", "Karen Smith (vegan)"],
)  # fmt: skip
def test_a_name_that_is_not_for_an_envelope_is_warned_of(name):
    looked = checks().looked(record(**{**GOOD, "name": name}))
    assert [(fault.kind, fault.field) for fault in looked.faults] == [(Kind.ODD_NAME, "name")]
    assert looked.faults[0].is_warning
    assert name in looked.faults[0].message


@pytest.mark.parametrize(
    "name",
    ["Karen Smith", "Karen Smith, Jr.", "Karen Smith, PhD", "Karen Smith, M.D.", "Ana & Bo Lee",
     "Ana Lee, Bo Lee and Cy Lee", "Ana Lee, Bo Lee & Cy Lee", "Karen Smith, III", "Mr. Plus",
     "Dr. Karen Smith, Esq.", "O’Neil-Łukasz"],
)  # fmt: skip
def test_a_name_with_what_belongs_to_it_is_let_be(name):
    assert checks().looked(record(**{**GOOD, "name": name})).faults == ()


def test_what_is_taken_for_granted_in_nearly_every_row_stands_once_in_the_list():
    def of(kind, *rows, text="Said."):
        return [Fault(row, row, kind, "country", text) for row in rows]

    faults = [*of(Kind.NO_COUNTRY, *range(1, 10)), *of(Kind.WORDS, 3, 4)]
    told = told_once(faults, 10)
    assert [(one.row, one.kind) for one in told] == [
        (1, Kind.NO_COUNTRY), (3, Kind.WORDS), (4, Kind.WORDS)]  # fmt: skip
    assert told[0].message == "Said. It is so in 9 of 10 rows."
    for few, rows in [(of(Kind.NO_COUNTRY, 1, 2, 3), 10), (of(Kind.ODD_ADDRESS, 1, 2), 2)]:
        assert told_once(few, rows) == few


def test_hints_for_a_table_speak_of_its_columns():
    wrong = InputError("It has 19 digits.", hint="Put it in quotes.", field="imb")
    assert "as text" in fault_of(wrong, 1, 2).hint
    assert "quotes" not in fault_of(wrong, 1, 2).hint
    letter = fault_of(MissingLetterError("No.", hint="Hands that have it: caveat."), 1, 2)
    assert letter.hint.startswith("Hands that have it: caveat. ")
    assert 'column "hand"' in letter.hint


def test_a_row_is_left_out_by_yes_in_any_language_and_by_nothing_that_is_unclear():
    for text in ("yes", "X", "1", "TRUE", "ja", "Oui", "sí", "Sì", "sim", "✓"):
        assert is_skipped({"skip": text})
        assert not is_unclear({"skip": text})
    for text in ("no", "N", "0", "FALSE", "nein", "non", "não"):
        assert not is_skipped({"skip": text})
        assert not is_unclear({"skip": text})
    assert not is_skipped({})
    looked = checks().looked(record(**{**GOOD, "skip": "maybe"}))
    assert [(fault.kind, fault.field) for fault in looked.faults] == [(Kind.SETTING, "skip")]


def test_a_row_that_its_reader_found_damaged_says_so():
    faults = checks().looked(record(3, trouble="It has a cell too many.", **GOOD)).faults
    assert [(fault.kind, fault.message) for fault in faults] == [
        (Kind.ROW, "It has a cell too many.")
    ]


def test_each_of_several_faults_of_a_row_is_told_once():
    bad = {"gift": "", "first_name": "[name]", "postcode": "1", "last_name": "a\x01", "city": ""}
    faults = checks().looked(record(**{**GOOD, **bad})).faults
    told = [(fault.kind, fault.field) for fault in faults]
    assert len(told) == len(set(told))
    assert {kind for kind, _ in told} >= {Kind.BLANK, Kind.CHARACTER}


def test_what_the_table_has_no_column_for_is_not_missing():
    only_names = checks(fields={"first_name", "gift", "diet"})
    bare = {"first_name": "Ana", "gift": "tea", "diet": ""}
    assert only_names.looked(record(**bare)).faults == ()
    nobody = checks(WORDS.replace("{{ first_name }}", "neighbours"), {"gift", "diet"})
    assert nobody.looked(record(gift="tea", diet="")).faults == ()
    assert checks().looked(record(**{**bare, "last_name": "S"})).faults[0].kind is Kind.ADDRESS


def duplicates(*rows):
    with Duplicates() as seen:
        found = [seen.fault_of(record(n, **row)) for n, row in enumerate(rows, start=1)]
    return [fault and fault.kind for fault in found[1:]]


def test_four_more_digits_of_a_zip_code_make_nobody_another_person():
    bo = {"name": "Bo Li", "address": "1 Elm Road", "city": "Troy", "postcode": "12180"}
    assert duplicates(bo, {**bo, "postcode": "12180-1234"}) == [Kind.DUPLICATE]
    street = {"address": "1 Elm Lane", "postcode": "121801234"}
    assert duplicates(bo, {**bo, **street}) == [Kind.NEAR_DUPLICATE]
    assert duplicates(bo, {**bo, "postcode": "12181-1234"}) == [None]


ANA = {"name": "Ana Müller", "address": "12 Lincoln Road", "city": "Bath", "postcode": "BA1 2DE"}


@pytest.mark.parametrize(
    "other",
    [
        {}, {"name": "ANA MUELLER"}, {"name": "Ana  Muller"}, {"address": "12, Lincoln Rd."},
        {"postcode": "ba12de", "city": "BATH"}, {"address": "12 lincoln rd"},
        {"name": "", "first_name": "Ana", "last_name": "Müller"},
    ],
)  # fmt: skip
def test_the_same_person_is_known_however_they_are_typed(other):
    assert duplicates(ANA, {**ANA, **other}) == [Kind.DUPLICATE]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Ms Ana Müller"}, {"name": "Müller, Ana"}, {"name": "Ana B. Müller"},
        {"name": "Frau Dr. Ana Müller"}, {"address": "12 Lincoln Road, Flat 2"},
        {"city": "Bath Spa"},
    ],
)  # fmt: skip
def test_who_may_be_the_same_person_is_warned_of(other):
    assert duplicates(ANA, {**ANA, **other}) == [Kind.NEAR_DUPLICATE]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Ben Müller"}, {"name": "Ana Müller Jr"}, {"address": "13 Lincoln Road"},
        {"postcode": "BA1 2DF"}, {"name": "", "organisation": "Ana Ltd"},
    ],
)  # fmt: skip
def test_others_are_let_be(other):
    assert duplicates(ANA, {**ANA, **other}) == [None]


def test_names_without_an_address_are_only_warned_of():
    assert duplicates({"name": "Ana Silva"}, {"name": "ana silva"}) == [Kind.NEAR_DUPLICATE]
    assert duplicates({"name": "Ana"}, {"name": "Ana"}) == [None]
    assert duplicates({}, {}) == [None]
    smiths = {"address": "1 A St", "postcode": "1"}
    assert duplicates({"name": "Mr Smith", **smiths}, {"name": "Mrs Smith", **smiths}) == [None]


def test_a_town_without_a_street_makes_nobody_the_same():
    town = {"city": "Bath", "postcode": "BA1 2DE"}
    smith, ana = {"name": "Smith", **town}, {"name": "Ana Silva", **town}
    assert duplicates(smith, smith) == [None]
    assert duplicates(ana, ana) == [Kind.NEAR_DUPLICATE]


def test_a_duplicate_names_the_row_that_came_before():
    with Duplicates() as seen:
        assert not any(seen.fault_of(record(n, **{**ANA, "name": f"A {n} B"})) for n in (1, 2, 3))
        assert "is in row 2 already" in seen.fault_of(record(9, **{**ANA, "name": "A 2 B"})).message


def test_memory_does_not_grow_with_the_rows():
    def peak(count):
        tracemalloc.start()
        with Duplicates() as seen:
            for n in range(count):
                assert seen.fault_of(record(n, **{**ANA, "name": f"Ana N{n}"})) is None
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(50)
    assert peak(5000) < 1.5 * peak(500)


@calm
@given(st.lists(st.text(max_size=20), min_size=5, max_size=5))
def test_the_list_of_problems_is_plain_text_for_any_spreadsheet(texts):
    given_fault = Fault(3, 4, Kind.WORDS, *[text.replace("\r", "") for text in texts[:3]])
    data = b"".join(problems_csv([given_fault]))
    columns = b"row,line,name,made,kind,field,problem,what to do\r\n"
    assert data.startswith(b"\xef\xbb\xbf" + columns)
    heading, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert len(heading) == len(row) == 8
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    plain = [given_fault.field, given_fault.message, given_fault.hint]
    assert [cell.removeprefix("'") for cell in row[5:]] == [
        cell.removeprefix("'") for cell in plain
    ]


def test_the_list_of_problems_says_who_it_is_and_whether_there_is_a_card():
    faults = [Fault(n, n, Kind.WORDS, "", "Bad.", "", f"Ann {n}") for n in (1, 2)]

    def told(left_out):
        lines = b"".join(problems_csv(faults, left_out)).decode("utf-8-sig")
        return [(one["name"], one["made"]) for one in csv.DictReader(io.StringIO(lines))]

    assert told({2}) == [("Ann 1", "yes"), ("Ann 2", "no")]
    assert told(None) == [("Ann 1", "no"), ("Ann 2", "no")]


def test_the_list_of_problems_is_written_as_it_comes():
    endless = (Fault(n, n, Kind.WORDS, "", "Bad.") for n in iter(int, 1))
    assert len(list(islice(problems_csv(endless), 3))) == 3


def test_the_report_names_kinds_with_their_rows_faults_before_warnings():
    faults = [
        Fault(n, n + 1, kind, "a", message, "Mend it.")
        for n, kind, message in [
            (4, Kind.NEAR_DUPLICATE, "Maybe."), (17, Kind.EMPTY, "Empty."), (3, Kind.EMPTY, "No."),
            (18, Kind.EMPTY, "Empty."), (19, Kind.EMPTY, "Another."), (19, Kind.EMPTY, "More."),
        ]
    ]  # fmt: skip
    assert report(faults, limit=2) == [
        "A cell is empty that the words need: rows 3, 17-19.",
        "  rows 17-18, a: Empty.",
        "  row 3 (line 4), a: No.",
        "  and 2 more of these",
        "  -> Mend it.",
        "Warning: This may be the same person as in another row: row 4.",
        "  row 4 (line 5), a: Maybe.",
        "  -> Mend it.",
    ]
    assert report([]) == []


def test_the_report_says_what_to_do_about_each_of_a_few_problems():
    faults = [Fault(n, n, Kind.ADDRESS, f"f{n}", "Bad.", f"Do {n}.") for n in range(1, 5)]
    assert report(faults[:3])[-3:] == ["  -> Do 1.", "  -> Do 2.", "  -> Do 3."]
    assert report(faults)[-1] == f"  -> {KINDS[Kind.ADDRESS].what_to_do}"


def test_the_report_says_how_a_column_is_named_that_nearly_all_rows_lack():
    lacking = [Fault(n, n, Kind.ADDRESS, "address", "No street.", "Add it.") for n in (1, 2)]
    hint = 'If it is in another column, say so: --map address="Where"'
    assert report(lacking, hints={"address": hint, "city": "x"})[-2:] == [
        "  -> Add it.",
        f"  -> {hint}",
    ]
    odd = [Fault(1, 1, Kind.ODD_ADDRESS, "address", "Odd.", "Look.")]
    assert report(odd, hints={"address": hint})[-1] == "  -> Look."


@calm
@given(st.sets(st.integers(1, 60), min_size=1, max_size=20))
def test_ranges_of_rows_name_each_row_and_no_other(rows):
    named = row_ranges(rows).split(" ", 1)[1]
    found = set()
    for part in named.split(", "):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    assert found == rows


def test_thousands_of_rows_are_counted_and_not_all_named():
    assert row_ranges(range(1, 9999, 2)).endswith("39 and 4979 more")


def test_every_kind_has_its_sentence():
    assert list(KINDS) == list(Kind)
    assert all(told.title[0].isupper() and told.what_to_do.endswith(".") for told in KINDS.values())


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (WORDS.replace("Thank you", "日 Thank you"), Kind.LETTER),
        (
            WORDS.replace("Thank you", "Thank you " * 400).replace("from", "card: a7\nfrom"),
            Kind.FIT,
        ),
        (WORDS.replace("from:", "card: a7\nhand: nope\nfrom:"), Kind.SETTING),
    ],
)
def test_what_only_the_making_shows_has_a_kind_too(words, kind):
    note = Wording(words.encode(), "note.md", ".md").note_for(record(**GOOD))
    with pytest.raises(InputError) as error:
        make(note)
    found = fault_of(error.value, 5, 6)
    assert (found.row, found.line, found.kind) == (5, 6, kind)
    assert pickle.loads(pickle.dumps(found)) == found
