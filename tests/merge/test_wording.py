"""Words with {{ names }} in them say what they should for each row, and nothing a cell wants."""

import json
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from merge.rows import record

from fairhand.errors import InputError
from fairhand.merge.cells import CharacterError
from fairhand.merge.filters import FILTERS
from fairhand.merge.recipient import ADDRESS_FIELDS, NAME_FIELDS
from fairhand.merge.row_fields import SETTINGS
from fairhand.merge.sandbox import MissingFieldError
from fairhand.merge.wording import Wording
from fairhand.note.blanks import BlanksLeftError
from fairhand.note.read import parse_note
from fairhand.note.text import tidy

calm = settings(deadline=None, derandomize=True)

THANKS = """\
---
from: Tom Reed
place: {{ place | default("Galway") }}
---

Dear {{ first_name }},

Thank you for {{ gift }}{% if far %}, and for coming
all the way{% endif %}. It stands on the shelf.

{% if children %}
Love to {{ children | split(",") | join(", ", " and ") }}.
{% endif %}

Love,
Tom
"""


def wording(text=THANKS, form=".md", **overrides):
    return Wording(text.encode(), "note.md", form, overrides)


def letter(body, head="from: Tom Reed"):
    return wording(f"---\n{head}\n---\n\nDear Ana,\n\n{body}\n\nLove,\nTom\n")


def filled(body, **cells):
    """Return the paragraphs of a letter with these words."""
    return letter(body).note_for(record(**cells)).note.paragraphs


def cells(**changed):
    return {
        "first_name": "Ana",
        "gift": "the tea",
        "far": "",
        "children": "",
        "place": "",
        **changed,
    }


def test_columns_stand_where_they_are_named():
    note = wording().note_for(record(**cells(far="x", children="Ben, Cy,Di", place="Cork"))).note
    assert note.salutation == "Dear Ana,"
    assert note.paragraphs == (
        "Thank you for the tea, and for coming all the way. It stands on the shelf.",
        "Love to Ben, Cy and Di.",
    )
    assert (note.place, note.valediction, note.signature) == ("Cork", "Love,", "Tom")
    assert note.to.name == "Ana"


def test_words_that_are_not_said_leave_no_trace():
    note = wording().note_for(record(**cells())).note
    assert note.paragraphs == ("Thank you for the tea. It stands on the shelf.",)
    assert note.place == "Galway"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("One\n{% if a %}\ntwo\n{% endif %}\nthree.", ["One three."]),
        ("One\n{% if a %}two{% endif %}\nthree.", ["One three."]),
        ("One\n   {% if a %}two{% endif %}  \nthree.", ["One three."]),
        ("One\n{{ a | default('') }}\nthree.", ["One three."]),
        ("One\n{# for me #}\nthree{# and me #}.", ["One three."]),
        ("One{% if not a %} two{% endif %}\nthree.", ["One two three."]),
        ("One\n{% for x in a | split(',') %}\n{{ x }}\n{% endfor %}\nthree.", ["One three."]),
        ("One.\n\n{% if a %}\n\nTwo.\n\n{% endif %}\n\nThree.", ["One.", "Three."]),
        ("One.\n\n{%- if a %} Two.{% endif %}\n\nThree.", ["One.", "Three."]),
    ],
)  # fmt: skip
def test_conditions_and_comments_leave_neither_gap_nor_break(body, said):
    assert list(filled(body, a="")) == said


def test_smart_apostrophes_and_quotation_marks_stay():
    assert filled("It’s “{{ a }}” — d’accord…", a="l’été") == ("It’s “l’été” — d’accord…",)


def test_a_name_that_is_no_column_is_refused_with_its_line_and_the_nearest():
    with pytest.raises(InputError, match=r"note.md, line 6: .*no column \"first_nam\"") as error:
        wording(THANKS.replace("first_name", "first_nam")).note_for(record(**cells()))
    assert error.value.hint == 'Did you mean "first_name"?'
    with pytest.raises(InputError, match="no column"):
        letter('Hi {{ nick | default("you") }}.').check(["first_name"])
    wording().check(cells())


def test_an_empty_cell_is_never_written():
    with pytest.raises(MissingFieldError, match='line 8: "gift" is empty') as error:
        wording().note_for(record(**cells(gift="  ")))
    assert error.value.field == "gift"
    with pytest.raises(MissingFieldError, match='"a" and "b" are empty') as error:
        filled("{{ a }} {{ b }} {{ a }} {{ c }}", a="", b="", c="see")
    assert error.value.field == "a, b"


EMPTY = [
    "{{ a }}", "{{ a | upper }}", "{{ a ~ 'x' }}", "{{ 'x' + a }}", "{{ [a] | join }}",
    "{{ a | join(',') }}", "{{ a | split(',') | join }}", "{{ a | int }}", "{{ a | first }}",
    "{% for x in [a] %}{{ x }}{% endfor %}", "{% set b = a %}{{ b }}", "{{ a or a }}",
    "{{ a | default(a) }}", "{{ 'x' if b else a }}",
]  # fmt: skip


@pytest.mark.parametrize("words", EMPTY)
def test_no_way_of_writing_an_empty_cell_passes(words):
    with pytest.raises(MissingFieldError, match='"a" is empty'):
        filled(f"Hello. {words}", a="", b="")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{ a | default('you') }}", "you"),
        ("{{ a | trim | title | default('you') }}", "you"),
        ("{{ a or b }}", "Bo"),
        ("{% if a %}no{% else %}yes{% endif %}", "yes"),
        ("{% if a == '' and a is not defined and not a | length %}yes{% endif %}", "yes"),
        ("{% if 'x' in a %}no{% endif %}{{ 'no' if a }}yes", "yes"),
    ],
)
def test_an_empty_cell_is_not_so_and_can_be_replaced(words, said):
    assert filled(f"It is {words}.", a="", b="Bo") == (f"It is {said}.",)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{ sum | int + 5 }}", "1205"),
        ("{{ sum | int / 7 }}", "171.428571"),
        ("{{ sum | float }}", "1200"),
        ("{% if sum | int > 1000 %}much{% endif %}", "much"),
        ("{{ name | upper }} {{ name | lower }} {{ name | first }}", "MCCOY mccoy M"),
        ("{{ 'ann mcCoy' | title }}", "Ann McCoy"),
        ("{% for x in 'b,c' | split(',') %}{{ loop.index }}{{ x }}{% endfor %}", "1b2c"),
    ],
)
def test_filters_do_what_they_are_called(words, said):
    assert filled(f"{words}.", sum="1200", name="McCoy") == (f"{said}.",)


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ a.__class__ }}",
        "{{ a['__class__'] }}", "{{ a | attr('__class__') }}", "{{ self }}", "{{ self.__init__ }}",
        "{{ loop.__class__ }}", "{% for x in [1] %}{{ loop.__init__ }}{% endfor %}",
        "{{ lipsum.__globals__ }}", "{{ cycler() }}", "{{ '{0.__class__}'.format(a) }}",
        "{{ '%s' | format(a) }}", "{{ '%999999999d' % 1 }}", "{{ a | map('upper') | list }}",
        "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% extends 'x' %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "{% block x %}{% endblock %}",
        "{% call f() %}{% endcall %}", "{% filter upper %}x{% endfilter %}",
        "{% set x %}y{% endset %}", "{{ 'x' * 10**9 }}", "{{ 'x' * 1000000000 }}", "{{ 9**9**9 }}",
        "{{ [1] * 1000000000 }}", "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}"
        "{% endfor %}{% endfor %}{% endfor %}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% set x = 'xxxxxxxx' %}" + "{% set x = x ~ x %}" * 50 + "{{ x }}",
        "{% set x = 'xxxxxxxx' %}" + "{% set x = x + x %}" * 50 + "{{ x }}",
        "{% set x = 9999 %}" + "{% set x = x * x %}" * 50 + "{{ x }}",
        "{{ a | replace('', a * 9) }}", "{{ a | replace('a', '" + "b" * 90000 + "') }}",
        "{{ 'x' | center(1000000000) }}", "{{ range(5) }}", "{{ none }}", "{{ true }}",
        "{{ 1e999 }}", "{{ [a] }}", "{{ a | random }}", "{{ a() }}", "{{ range(*[1]) }}",
        "{{ " + "(" * 5000 + " }}", "{% for x in [1] %}" * 30 + "{% endfor %}" * 30,
        "{% if a %}", "{{ first name }}", "{{ a | uper }}", "{% if a is upper %}{% endif %}",
        "{% if a > 5 %}x{% endif %}", "{% for x in a %}{{ x }}{% endfor %}", "{{ a | int }}",
        "{{ a - 1 }}", "{{ 1 / 0 }}", "{% raw %}{{ a }}{% endraw %}",
    ],
)  # fmt: skip
def test_words_that_reach_out_or_run_away_are_refused_in_a_sentence(body):
    with pytest.raises(InputError) as error:
        filled(f"Hello. {body}", a="aa")
    assert "Traceback" not in str(error.value)
    assert "\n" not in error.value.message


def test_a_mistake_in_the_words_is_told_with_its_line():
    for words, said in [("{{ a | uper }}", '"upper"'), ("{{ gift item }}", "gift_item")]:
        with pytest.raises(InputError, match=r"note.md, line 9: ") as error:
            letter(f"One\ntwo\n{words}")
        assert said in error.value.hint
    with pytest.raises(InputError, match=r"note.md, line 8: .* is not a number"):
        filled("One\n{{ a | int }}", a="many")


def test_a_blank_of_a_starter_is_told_that_a_column_may_fill_it():
    with pytest.raises(InputError, match=r"\[their gift\] \(line \d+\)") as error:
        letter("Thank you for [their gift].")
    assert "{{ gift }}" in error.value.hint


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1000", 1000), ("1,000", 1000), ("1,000.00", 1000), ("$1,000", 1000), ("1.000,00", 1000),
        ("1.000,50 €", 1000.5), ("£1,234,567.89", 1234567.89), ("1.234.567", 1234567),
        ("12,50", 12.5), ("12.5", 12.5), ("-5", -5), ("-$5.00", -5), ("$-5", -5), ("+3", 3),
        ("1 000,50", 1000.5), ("1\u202f000", 1000), ("1'000.50", 1000.5), ("EUR 20", 20),
        ("20 USD", 20), ("0.125", 0.125), ("0,125", 0.125), ("1234.567", 1234.567), ("1e3", 1000),
        ("007", 7),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_type_them(cell, value):
    assert FILTERS["float"](cell) == value
    assert FILTERS["int"](cell) == int(value)
    assert FILTERS["float"](value) == value


@pytest.mark.parametrize(
    "cell",
    ["1.000", "€ 12.500", "1,00,000", "1,000,00", "1.000.00", "12,5,5", "1,0000.5", "1.2.3,4",
     "--5", "-$-5", "5-3", "1/2", "five", "", "$", "1e999", "inf", "nan", "9" * 40, "1,000 or so",
     "٣"],
)  # fmt: skip
def test_amounts_that_may_be_another_are_refused_in_a_sentence(cell):
    for name in ("int", "float"):
        with pytest.raises(InputError, match=r"is not a number|may be \d+ or") as error:
            FILTERS[name](cell)
        assert error.value.hint


def test_the_mark_of_decimals_may_be_said():
    assert [FILTERS["float"](text, ",") for text in ("1.000", "1,000", "12,5")] == [1000, 1, 12.5]
    assert [FILTERS["float"](text, ".") for text in ("1.000", "1,000", "12.5")] == [1, 1000, 12.5]
    assert filled("Hello. {{ a | int(',') }}", a="1.000") == ("Hello. 1000",)
    with pytest.raises(InputError, match="cannot part"):
        FILTERS["float"]("1.000", ";")


@pytest.mark.parametrize(
    ("call", "cell", "text"),
    [
        ("thousands", "1250", "1,250"), ("thousands", "$1,250.5", "1,250.50"),
        ("thousands('.')", "1250,5", "1.250,50"), ("thousands(' ')", "1250000", "1 250 000"),
        ("int | thousands", "999.9", "999"), ('thousands("’")', "1250.50", "1’250.50"),
    ],
)  # fmt: skip
def test_amounts_are_written_with_their_thousands_apart(call, cell, text):
    assert filled(f"Hello. {{{{ a | {call} }}}}", a=cell) == (f"Hello. {text}",)


HOSTILE = [
    "{{ ''.__class__ }}", "{{ first_name }}", "{% raw %}", "{% endif %}", "{# gone? #}",
    "{% for i in range(9) %}x{% endfor %}", "---", "# heading", "* item", "hand: caveat",
    "a: b\nc: d", "- x\n- y", "<!-- gone? -->", "=cmd()", "=1+1", "@SUM(A1)", "+1", "-1",
    "&amp; <b>bold</b>", "%s %d", "${HOME}", "`id`", "$(id)", "../../etc/passwd", "back\\slash\\",
    "line\nline\\\nline", "para\n\npara", "P.S. not at the end", "Love,", "Love,\nTom", "Dear Bob,",
    "a  b   c ", "None", "null", "~", "'\"’", "\u202eevil", "e\u0301", "日本\n日本", "\\",
    "\\\\\n\\",
    "[name]", "TODO", "xx", "____", "<name>", "\x00", "\ue000", "\ue0000\ue001", "\ue002", "\ud7ff",
]  # fmt: skip
ANYTHING = st.text(max_size=60) | st.text(alphabet="{}%#\\-: \nab’<>[]=é", max_size=60)


def _written(note, before="MARKED", after="DEKRAM"):
    text = f"{note.words}\n"
    return text[text.index(before) + len(before) : text.index(after)].split()


@calm
@given(ANYTHING)
@example("\\")
def test_any_cell_comes_out_word_for_word_or_is_refused(cell):
    _comes_out_or_is_refused(cell)


@pytest.mark.parametrize("cell", HOSTILE)
def test_hostile_cells_are_words_or_refused(cell):
    _comes_out_or_is_refused(cell)


def _comes_out_or_is_refused(cell):
    inside, alone = "We say MARKED {{ a }} DEKRAM today.", "MARKED\n\n{{ a }}\n\nDEKRAM"
    for body in (inside, alone):
        try:
            note = letter(body).note_for(record(a=cell, first_name="Ana")).note
        except (MissingFieldError, BlanksLeftError, CharacterError):
            continue
        assert _written(note) == tidy(cell).split()
        assert note.model_copy(update={"paragraphs": ()}).model_dump(exclude=PARTS) == PLAIN


PARTS = {"salutation", "paragraphs", "valediction", "signature", "postscript", "to", "from_"}
PLAIN = parse_note(b"Dear Ana,\n\nHello.\n").note.model_dump(exclude=PARTS)


@pytest.mark.parametrize("cell", ["{{ x }}", "{% raw %}", "[name]", "TODO", "xx", "<name>", "____"])
def test_a_blank_in_a_cell_is_refused_by_its_column(cell):
    with pytest.raises(BlanksLeftError, match='"a" is still to be filled in: ') as error:
        filled("Hello {{ a }}.", a=cell)
    assert error.value.field == "a"
    assert filled("Hello.{% if a %} Yes.{% endif %}", a=cell) == ("Hello. Yes.",)


def test_a_cell_adds_no_setting():
    words = letter("Hello.", 'from: Tom Reed\nplace: "{{ a }}"\nfront: {{ a }}')
    note = words.note_for(record(a="Rome\nhand: nope\n---\ncard: [")).note
    assert note.place == "Rome hand: nope --- card: ["
    assert note.front == "Rome\nhand: nope\n---\ncard: ["
    assert note.hand == "mynerve"


def test_the_breaks_of_a_cell_stay_in_the_letter_and_go_where_there_is_one_line():
    said = filled("Read:\n{{ a }}\n\nEnd.", a="one\r\ntwo\u2028three\n\n\n four ")
    assert said == ("Read: one\ntwo\nthree", "four", "End.")
    note = letter("Hello {{ first_name }}.").note_for(record(first_name="Ana\nMaria")).note
    assert note.paragraphs == ("Hello Ana Maria.",)


NAMES = st.text(alphabet="abcdéñßøŁ’-", min_size=1, max_size=12).map(str.title)


@calm
@given(NAMES, NAMES, st.booleans())
def test_a_filled_note_is_the_one_that_would_be_typed(name, gift, far):
    row = record(**cells(first_name=name, gift=gift, far="x" * far))
    typed = f"Thank you for {gift}{', and for coming all the way' * far}. It stands on the shelf."
    text = f"---\nfrom: Tom Reed\nplace: Galway\nto: {name!r}\n---\n\nDear {name},\n\n{typed}\n"
    expected = parse_note((text + "\nLove,\nTom\n").encode(), form=".md").note
    assert wording().note_for(row).note == expected


@pytest.mark.parametrize("form", [".json", ".toml", ".yaml", ""])
def test_every_form_of_a_note_can_be_filled_in(form):
    data = {
        "from": "Tom Reed",
        "salutation": "Dear {{ first_name }},",
        "paragraphs": ['Hello {{ a | default("you") }}.', "{% if b %}Bye.{% endif %}"],
        "valediction": "Love,",
    }
    text = json.dumps(data)
    if form == ".toml":
        text = "\n".join(f"{key} = {json.dumps(value)}" for key, value in data.items())
    if form == ".yaml":
        text = (
            "from: Tom Reed\nsalutation: Dear {{ first_name }},\nparagraphs:\n"
            '  - Hello {{ a | default("you") }}.\n  - "{% if b %}Bye.{% endif %}"\n'
            "valediction: Love,\n"
        )
    note = Wording(text.encode(), "note", form).note_for(record(first_name="Ana", a="", b="")).note
    assert note.salutation == "Dear Ana,"
    assert note.paragraphs == ("Hello you.",)


def test_a_setting_is_chosen_by_a_condition_in_its_value_and_not_around_it():
    head = 'from: Tom\n{# note to self #}\nlanguage: {% if a == "Wien" %}de{% else %}en{% endif %}'
    words = letter("Hello.", head)
    assert words.note_for(record(a="Wien")).note.language == "de"
    assert words.note_for(record(a="Rome")).note.language == "en"
    with pytest.raises(InputError, match=r"line 3: A condition stands around a setting"):
        letter("Hello.", "from: Tom\n{% if a %}\nlanguage: de\n{% endif %}")
    with pytest.raises(InputError, match=r"line 3: \"hnad\" is not a key") as error:
        letter("Hello.", "from: Tom\nhnad: {{ a }}")
    assert error.value.hint == 'Did you mean "hand"?'


def test_other_blanks_in_the_words_are_told_once_with_their_lines():
    with pytest.raises(BlanksLeftError, match=r"2 blanks .*\[thing\] \(line 7\); TODO \(line 7\)"):
        letter("{{ a }} did [thing]. TODO {# TODO: ask #}")
    with pytest.raises(BlanksLeftError, match=r"\[the {{ a }} thing\]"):
        letter("Hello [the {{ a }} thing].")
    assert filled("Hello.{# [name] TODO #}") == ("Hello.",)


def test_nobody_sends_a_merge_without_a_name():
    body = "Dear {{ first_name }},\n\nHello.\n\nLove,\n"
    with pytest.raises(InputError, match="Nobody is named who sends these cards") as error:
        wording(body)
    assert "from: Your Name" in error.value.hint
    assert wording(f"{body}Tom\n").note_for(record(first_name="Ana")).note.signature == "Tom"
    assert wording(f"---\nfrom: Tom\n---\n{body}").note_for(record(first_name="Ana"))
    by_row = wording(f'---\nfrom: {{{{ agent | default("") }}}}\n---\n{body}')
    assert by_row.note_for(record(first_name="Ana", agent="Bo")).note.from_.name == "Bo"
    with pytest.raises(InputError, match="Nobody is named"):
        by_row.note_for(record(first_name="Ana", agent=""))


class TestWhomItGoesTo:
    def to(self, head="", **cells):
        return letter("Hello.", f"from: Tom\n{head}").note_for(record(**cells)).note.to

    def test_columns_say_it(self):
        to = self.to(
            prefix="Dr", first_name="Ana", last_name="Silva", suffix="Jr", organisation="Acme",
            care_of="Bo", address="1 A St\nFlat 2", district="Q", city="Bath", region="Avon",
            postcode="02035", country="England",
        )  # fmt: skip
        assert to.name == "Dr Ana Silva Jr"
        assert to.address == ("1 A St", "Flat 2")
        assert (to.organisation, to.care_of, to.district) == ("Acme", "Bo", "Q")
        assert (to.city, to.region, to.postcode, to.country) == (
            "Bath", "Avon", "02035", "England"
        )  # fmt: skip
        assert self.to(name="Ana", first_name="Bo").name == "Ana"
        assert self.to(a="x") is None

    def test_names_in_east_asian_writing_begin_with_the_family(self):
        name = self.to(first_name="太郎", last_name="山田", suffix="様").name
        assert name == "山田太郎 様"
        assert self.to(first_name="Taro", last_name="Yamada").name == "Taro Yamada"

    def test_the_words_come_before_the_columns(self):
        cells = {"name": "Ana", "address": "1 A St", "city": "Bath", "country": "England"}
        to = self.to('to:\n  name: The {{ name }} Family\n  country: ""', **cells)
        assert (to.name, to.city, to.country) == ("The Ana Family", "Bath", "England")
        assert self.to("to:\n  country: Wales", **cells).country == "Wales"
        assert self.to("to: Team {{ name }}", **cells).city == "Bath"
        whole = self.to("to: |\n  {{ name }}\n  {{ address }}\n  {{ city }}, here", **cells)
        assert whole.lines == ("Ana", "1 A St", "Bath, here")
        assert self.to('to: ["{{ name }}", "{{ address }}"]', **cells).lines == ("Ana", "1 A St")

    def test_one_person_for_all_is_refused(self):
        with pytest.raises(InputError, match=r'line 3: The words are for "Ana" alone'):
            self.to("to: Ana", name="Bo")

    def test_an_address_that_a_starter_leaves_blank_is_that_of_the_row(self):
        blank = "to: |\n  [name]\n  [street and number]\n  [town, state and ZIP]"
        assert self.to(blank, name="Bo", address="1 A St").lines[0] == "Bo"
        with pytest.raises(BlanksLeftError, match=r"1 blank is .*\[street and number\]"):
            self.to("to: |\n  Ana\n  [street and number]", name="Bo")

    def test_a_name_is_put_together_for_the_words_too(self):
        assert filled("Hello {{ name }}.", first_name="Ana", last_name="Silva") == (
            "Hello Ana Silva.",
        )


class TestWhatARowChooses:
    def note(self, head="", overrides=None, **cells):
        text = f"---\nfrom: Tom\n{head}\n---\nDear Ana,\n\nHello.\n"
        return Wording(text.encode(), "note.md", ".md", overrides).note_for(record(**cells)).note

    def test_a_row_comes_before_the_note_and_an_empty_cell_does_not(self):
        chosen = {"hand": "caveat", "card": "a7", "ink": "black", "pen": "pencil", "seed": "9",
                  "layout": "classic", "language": "de", "neatness": "0.5"}  # fmt: skip
        note = self.note("hand: kalam\nseed: 3", **chosen)
        assert {key: str(getattr(note, key)) for key in chosen} == chosen
        note = self.note("hand: kalam\nseed: 3", **dict.fromkeys(chosen, ""))
        assert (note.hand, note.seed) == ("kalam", "3")
        assert self.note("hand: kalam", {"hand": "caveat"}).hand == "caveat"
        assert self.note("hand: {{ a }}", {"hand": "caveat"}, a="").hand == "caveat"

    def test_the_art_of_a_row_keeps_how_the_note_places_it(self):
        art = self.note("art:\n  file: a.png\n  fit: cover", art="photos/b.png").art
        assert (art.file, art.fit) == ("photos/b.png", "cover")
        assert self.note("art: photos/{{ a }}.png", a="Ana").art.file == "photos/Ana.png"

    @pytest.mark.parametrize(
        "path",
        ["../x.png", "a/../../x.png", "/etc/passwd", "~/x.png", "~root/x", "..\\x.png", "C:\\x.png",
         "\\\\server\\x.png", "..", "//server/x", "C:x.png", " /etc/passwd",
         "\u200b/etc/passwd", ".\u200b./x.png", "\u00a0~/x.png"],
    )  # fmt: skip
    @pytest.mark.parametrize("field", ["art", "hand", "layout"])
    def test_no_cell_leads_out_of_the_folder(self, field, path):
        with pytest.raises(InputError, match="leads out of the folder") as error:
            self.note(**{field: path})
        assert error.value.field == field
        with pytest.raises(InputError, match="leads out of the folder"):
            self.note(f'{field}: "{{{{ a }}}}"', a=path)

    def test_a_wrong_setting_is_told_with_its_name(self):
        for field, value in [("language", "Klingon!"), ("neatness", "9"), ("art", "https://x.org")]:
            with pytest.raises(InputError) as error:
                self.note(**{field: value})
            assert error.value.field == field


def test_words_go_to_another_process_and_say_what_they_use(tmp_path):
    path = tmp_path / "note.md"
    path.write_text(THANKS)
    words = Wording.read(path)
    assert words.used == {"first_name", "gift", "far", "children", "place"}
    assert words.written == words.used - {"far"}
    row = record(**cells())
    source = words.note_for(row)
    other = pickle.loads(pickle.dumps(words)).note_for(pickle.loads(pickle.dumps(row)))
    assert other == source == pickle.loads(pickle.dumps(source))
    assert source.file == str(path)


def test_what_is_no_note_is_refused_as_ever(tmp_path):
    with pytest.raises(InputError, match="There is no file"):
        Wording.read(tmp_path / "none.md")
    with pytest.raises(InputError, match="is given twice"):
        wording("---\nfrom: Tom\nsalutation: Hi {{ a }},\n---\n\nDear {{ a }},\n\nHello.\n")
    with pytest.raises(InputError, match=r"note.md: The note has 20,"):
        letter("{{ a }}").note_for(record(a="word " * 4000))


PAGE = (Path(__file__).parents[2] / "docs" / "merge-wording.md").read_text(encoding="utf-8")
PERSON = {"first_name": "Ana", "last_name": "Silva", "gift": "the tea", "country": "Germany",
          "amount": "120", "nickname": "", "far": "", "children": "Bo,Cy", "venue": "", "a": "x",
          "b": "y"}  # fmt: skip


@pytest.mark.parametrize("words", re.findall(r"^```md\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
def test_every_example_of_the_page_can_be_filled_in(words):
    note = wording(words).note_for(record(**PERSON)).note
    assert note.salutation == "Dear Ana,"
    assert "{" not in note.words
    assert note.to.name in ("Ana Silva", "The Silva Family")


@pytest.mark.parametrize("line", re.findall(r"```text\n(.*?)\n```", PAGE, re.DOTALL)[0].split("\n"))
def test_every_line_of_the_page_says_something(line):
    assert filled(f"Hello. {line}", **PERSON) != ("Hello.",)


def test_every_filter_and_field_is_on_the_page():
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert set(FILTERS) <= named
    assert set(SETTINGS) <= named
    assert {*NAME_FIELDS, "address", *ADDRESS_FIELDS} <= named
