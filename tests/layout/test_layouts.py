"""A layout is data: every bundled one suits its cards, and a user's own works by its path."""

import tomllib

import pytest

from fairhand.catalog import layouts_folder
from fairhand.errors import InputError
from fairhand.geometry import Rect
from fairhand.job import make, read
from fairhand.layout.catalogue import card_layouts, envelope_layouts
from fairhand.layout.model import CardLayout
from fairhand.stationery.catalogue import cards, envelope
from fairhand.units import MM

LAYOUTS = card_layouts()
FITTING = {
    layout.name: [entry for entry in cards().values() if entry.kind in layout.kinds]
    for layout in LAYOUTS.values()
}
KINDS = ["folded", "flat", "postcard", "sheet"]
UNFIT = [(name, kind) for name in LAYOUTS for kind in KINDS if kind not in LAYOUTS[name].kinds]
ONE_OF_A_KIND = {
    (layout.name, entry.kind, entry.fold): entry.name
    for layout in LAYOUTS.values()
    for entry in cards().values()
    if entry.kind in layout.kinds
}
NOTE = {
    "salutation": "Dear Ana,", "paragraphs": ["Thank you for the tea."], "valediction": "Love,",
    "signature": "Tom", "to": ["Ana Lima", "1 Road", "Town"],
}  # fmt: skip
OWN = 'title = "Mine"\nkinds = ["folded"]\n\n[flow]\nleft = [["inside-left"]]\n'


def placed(made):
    """Return the words that stand on paper, in the order of the sheets."""
    composed = {page.name: page for page in made.composed.pages}
    names = [place.page.name for sheet in made.card_sheets for place in sheet.placements]
    return sorted(word for name in names for word in composed[name].text.split())


@pytest.fixture
def own(tmp_path):
    """Return a function that makes a note in a layout of the user's own."""

    def own(text, **fields):
        (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
        path = tmp_path / "note.json"
        path.write_text("{}", encoding="utf-8")
        return make(read(path, **{**NOTE, "card": "a2", "layout": "mine.toml", **fields}))

    return own


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_panels_of_a_layout_exist_on_every_card_that_it_is_for(name):
    assert FITTING[name]
    for entry in FITTING[name]:
        for panels in LAYOUTS[name].flows(entry):
            assert panels
            assert set(panels) <= set(entry.panels)
            assert len(set(panels)) == len(panels)
        if LAYOUTS[name].address:
            assert LAYOUTS[name].address.panel in entry.panels


@pytest.mark.parametrize(("name", "kind", "fold"), ONE_OF_A_KIND)
def test_a_note_is_written_in_a_layout_on_every_kind_of_card(name, kind, fold):
    card = ONE_OF_A_KIND[name, kind, fold]
    made = make(read(NOTE, layout=name, card=card, address_hand="same"))
    words = [*made.source.note.words.split()]
    if LAYOUTS[name].address:
        words += [word for line in made.source.note.to.lines for word in line.split()]
    assert placed(made) == sorted(words)


@pytest.mark.parametrize(("name", "kind"), UNFIT)
def test_a_layout_is_refused_for_a_card_that_it_is_not_for(name, kind):
    entry = next(entry for entry in cards().values() if entry.kind == kind)
    with pytest.raises(
        InputError, match=f'"{name}" is for .* cards, but "{entry.name}" is'
    ) as error:
        make(read(NOTE, layout=name, card=entry.name))
    assert error.value.hint


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_says_what_it_is_and_writes_in_a_legible_size(name):
    layout = LAYOUTS[name]
    sizes = layout.x_height
    assert layout.title
    assert layout.description.endswith(".")
    assert sizes.floor >= 2.0 * MM - 1e-6
    assert sizes.floor <= sizes.comfortable <= sizes.ceiling
    assert layout.leading.least <= layout.leading.usual <= layout.leading.most
    assert set(layout.default_for) <= set(layout.kinds)


@pytest.mark.parametrize("name", LAYOUTS)
def test_there_is_room_to_write_inside_the_safe_area(name):
    layout = LAYOUTS[name]
    for entry in FITTING[name]:
        for panel in {panel for panels in layout.flows(entry) for panel in panels}:
            for tightness in (0, 1):
                block = Rect.of(entry.size).inset(layout.margin.insets(entry.size, tightness))
                area = block.intersection(layout.safe_area(entry, panel))
                assert area.width > 25 * MM, entry.name
                assert area.height > 25 * MM, entry.name


@pytest.mark.parametrize("kind", KINDS)
def test_one_layout_is_the_usual_one_of_a_kind(kind):
    assert len([layout for layout in LAYOUTS.values() if kind in layout.default_for]) == 1


def test_a_layout_of_the_users_own_works_by_its_path(own):
    made = own(OWN)
    assert made.composed.layout.name == "mine"
    assert [page.name for page in made.composed.pages] == ["inside-left"]
    assert placed(made) == sorted(made.source.note.words.split())


def test_it_is_found_from_the_note_and_by_its_whole_path(own, tmp_path):
    own(OWN)
    for note in (NOTE, {**NOTE, "card": "a7"}):
        made = make(read(note, layout=str(tmp_path / "mine.toml")))
        assert made.composed.layout.title == "Mine"
    with pytest.raises(InputError, match=r"gone\.toml"):
        make(read(NOTE, layout=str(tmp_path / "gone.toml")))


def test_a_layout_that_was_changed_is_read_anew(own):
    """In one process, which keeps it for the cards of a merge."""
    text = (layouts_folder() / "cards" / "classic.toml").read_text(encoding="utf-8")
    before = own(text).composed
    after = own(text.replace('top = "12mm"', 'top = "15mm"')).composed
    assert before.pages[0].block.top - after.pages[0].block.top == pytest.approx(3 * MM)


def test_a_bundled_layout_copied_by_the_user_gives_the_same_card(own):
    text = (layouts_folder() / "cards" / "classic.toml").read_text(encoding="utf-8")
    assert own(text).card_pdf() == make(read(NOTE, layout="classic", card="a2")).card_pdf()


WRONG = {
    "another kind": OWN.replace('"folded"', '"flat"'),
    "no such kind": OWN.replace('"folded"', '"round"'),
    "no such panel": OWN.replace("inside-left", "inside-middle"),
    "no panels": OWN.replace('[["inside-left"]]', "[]"),
    "an empty try": OWN.replace('[["inside-left"]]', "[[]]"),
    "a panel twice": OWN.replace('[["inside-left"]]', '[["inside-left", "inside-left"]]'),
    "no flow": 'title = "Mine"\nkinds = ["folded"]\n',
    "no title": OWN.replace('title = "Mine"', ""),
    "unknown key": OWN + "[margin]\nuper = '9mm'\n",
    "unknown block": OWN + "[blocks.boddy]\nindent = 0.1\n",
    "unknown key of a block": OWN + "[blocks.body]\nallign = 'left'\n",
    "no length": OWN + "[margin]\ntop = 'wide'\n",
    "negative length": OWN + "[margin]\ntop = '-3mm'\n",
    "no writing size": OWN + "[x_height]\nfloor = '0mm'\ncomfortable = '0mm'\n",
    "no size of the front": "front_x_height = '0mm'\n" + OWN,
    "too far": OWN + "[balance]\nabove = 7\n",
    "not a number": OWN + "[leading]\nusual = nan\n",
    "negative leading": OWN + "[leading]\nleast = -1.0\nusual = -1.0\n",
    "address nowhere": OWN + "[address]\npanel = 'nowhere'\nleft = 0.1\nbottom = 0.1\nright = 0.9\n"
    "top = 0.9\n",
    "address inside out": OWN + "[address]\npanel = 'back'\nleft = 0.9\nbottom = 0.9\nright = 0.1\n"
    "top = 0.1\n",
    "no colour": OWN + "[ruling]\nrgb = 'blue'\n",
    "no plates": OWN + "[ruling]\ncmyk = [1, 2]\n",
    "no kinds": OWN.replace('["folded"]', "[]"),
    "no flow for the fold": OWN.replace("left =", "none ="),
    "no room": OWN + "[margin]\nleft = '80%'\nright = '80%'\n",
    "no room inside the safe area": "safe = '90mm'\n" + OWN,
    "bad TOML": "title = ",
    "deep TOML": "title = " + "[" * 1500,
    "TOML key of many parts": "a." * 40_000 + "a = 1",
    "empty": "",
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_layout_is_refused_in_a_plain_sentence(own, case):
    with pytest.raises(InputError) as error:
        own(WRONG[case], front="Hello")
    assert error.value.message.endswith(".")
    assert "words too long" not in error.value.message
    assert "[key]" not in error.value.message


def slot(name, panel):
    return f"{OWN}[{name}]\npanel = '{panel}'\nleft = 0.1\nbottom = 0.1\nright = 0.9\ntop = 0.9\n"


ABSURD = [
    (OWN + "[margin]\nleft = nan\n", "margin left", "unit"),
    (OWN + "[margin]\nleft = -0.5\n", "margin left", "unit"),
    (OWN + "[margin]\nleft = 12\n", "margin left", '"12mm"'),
    (OWN + "[margin]\nleft = true\n", "margin left", "unit"),
    (OWN + "[margin]\nleft = '9999mm'\n", "margin left", "between 0 and 1500 mm"),
    (OWN + "[margin]\nleft = '95%'\n", "margin left", "at most 90%"),
    ("safe = -50\n" + OWN, "safe", "unit"),
    ("safe = '-50mm'\n" + OWN, "safe", "4.25in"),
    (OWN + "[x_height]\ncomfortable = inf\n", "x_height comfortable", "unit"),
    (OWN + "[x_height]\nceiling = '1000mm'\n", "x_height ceiling", "between 1 and 20 mm"),
    ("front_x_height = '200mm'\n" + OWN, "front_x_height", "between 0.5 and 50 mm"),
    (OWN + "[blocks.body]\nspace_before = inf\n", "blocks body space_before", "at most 20"),
    (OWN + "[ruling]\ncmyk = [0, 0, 0, 101]\n", "ruling cmyk 4", "at most 100"),
    (OWN + "[ruling]\ncmyk = [0, 0, 0, nan]\n", "ruling cmyk 4", "at most 100"),
    (OWN + "[ruling]\nline = '70mm'\n", "ruling line", "between 0 and 5 mm"),
    (slot("front", "moon"), "front panel", '"inside-bottom"'),
    (slot("front", "back"), "front", 'must be "front"'),
    (slot("imprint", "front"), "imprint", 'must be "back"'),
]


@pytest.mark.parametrize(("text", "field", "remedy"), ABSURD, ids=[case[1] for case in ABSURD])
def test_a_value_that_no_card_has_is_refused_with_its_file_its_field_and_what_to_do(
    own, text, field, remedy
):
    with pytest.raises(InputError) as error:
        own(text)
    assert error.value.place.file.endswith("mine.toml")
    assert f'"{field}"' in error.value.message
    assert remedy in error.value.message + error.value.hint


@pytest.mark.parametrize("case", ["no length", "unknown key", "no colour", "bad TOML"])
def test_what_is_wrong_in_a_layout_is_said_of_the_layout_and_not_of_the_note(own, case):
    with pytest.raises(InputError) as error:
        own(WRONG[case])
    assert error.value.place.file.endswith("mine.toml")


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_a_block_stands_where_the_layout_puts_it(own, align):
    (page,) = own(OWN + f"[blocks.body]\nalign = '{align}'\n").composed.pages
    (line,) = (line for line in page.lines if line.role == "body")
    last = line.words[-1]
    left, right = line.words[0].x, last.x + last.shaped.width_em * line.size
    middle = (page.block.left + page.block.right) / 2
    gap = {"left": left - page.block.left, "right": right - page.block.right,
           "centre": (left + right) / 2 - middle}[align]  # fmt: skip
    assert gap == pytest.approx(0, abs=0.05)


def test_lengths_and_shares_are_measured_from_the_edges(own):
    margin = "[margin]\ntop = '20mm'\nbottom = '0.5in'\nleft = '25%'\nright = '2cm'\n"
    (page,) = own(OWN + margin).composed.pages
    width, height = page.size
    assert page.block.top == pytest.approx(height - 20 * MM)
    assert page.block.left == pytest.approx(width / 4)
    assert page.block.right == pytest.approx(width - 20 * MM)
    assert page.block.bottom == pytest.approx(max(36, page.safe.bottom))


def check(schema, entry, value, where):
    """Hold a value against a part of a JSON Schema: kinds, known keys, what is required."""
    entry = schema["$defs"][entry["$ref"].split("/")[-1]] if "$ref" in entry else entry
    if "anyOf" in entry:
        faults = [list(check(schema, choice, value, where)) for choice in entry["anyOf"]]
        yield from min(faults, key=len)
        return
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float),
             "integer": int, "null": type(None)}  # fmt: skip
    if "type" in entry and not isinstance(value, kinds[entry["type"]]):
        yield f"{where}: {value!r} is no {entry['type']}"
    elif isinstance(value, dict):
        properties, others = entry.get("properties", {}), entry.get("additionalProperties")
        yield from (
            f"{where}: {key} is missing" for key in entry.get("required", []) if key not in value
        )
        for key, child in value.items():
            if key in properties:
                yield from check(schema, properties[key], child, f"{where}.{key}")
            elif isinstance(others, dict):
                yield from check(schema, others, child, f"{where}.{key}")
            elif others is False:
                yield f"{where}: {key} is unknown"
    elif isinstance(value, list):
        for child in value if "items" in entry else []:
            yield from check(schema, entry["items"], child, where)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_published_schema_accepts_every_bundled_layout(name):
    path = layouts_folder() / "cards" / f"{name}.toml"
    schema = CardLayout.model_json_schema(by_alias=True)
    assert list(check(schema, schema, tomllib.loads(path.read_text(encoding="utf-8")), name)) == []


@pytest.mark.parametrize("name", envelope_layouts())
def test_the_zones_of_an_envelope_lie_on_every_envelope_of_its_region(name):
    layout = envelope_layouts()[name]
    region = "us" if name == "usps" else "iso"
    used = {entry.envelope for entry in cards().values() if entry.region == region}
    assert len(used) > 4
    for size in (envelope(name).size for name in used if name):
        assert layout.read_bottom < layout.read_top
        assert layout.read_bottom >= layout.clear_height
        assert layout.clear_width <= size.width + 1
        assert layout.stamp_height + layout.clear_height < size.height
        assert layout.delivery_left * size.width >= layout.side


SIGNED = {"signature": "Jacqueline Quartermain\nDirector of Operations\n+1 518 555 0142"}


@pytest.mark.parametrize("name", LAYOUTS)
def test_only_the_name_is_signed_and_what_stands_under_it_is_as_large_as_the_body(name):
    layout = LAYOUTS[name]
    largest = max(FITTING[name], key=lambda entry: entry.width * entry.height)
    made = make(read({**NOTE, **SIGNED, "layout": name, "card": largest.name}), with_envelope=False)
    (page,) = [
        page for page in made.composed.pages if any(line.role == "body" for line in page.lines)
    ]
    size = {role: [line.size for line in page.lines if line.role == role]
            for role in ("body", "signature", "details")}  # fmt: skip
    assert size["signature"] == [pytest.approx(size["body"][0] * layout.block("signature").size)]
    assert size["details"] == size["body"][:1] * 2
    starts = [line.words[0].x for line in page.lines if line.role in ("signature", "details")]
    if layout.block("signature").align == "left":
        assert starts == [pytest.approx(starts[0])] * 3, "they begin under the name"


def test_a_layout_may_set_the_lines_under_a_name_otherwise(own):
    made = own(OWN + "[blocks.signature]\nsize = 1.3\n[blocks.details]\nsize = 0.8\n", **SIGNED)
    (page,) = made.composed.pages
    sizes = [line.size / page.lines[0].size for line in page.lines[-3:]]
    assert sizes == pytest.approx([1.3, 0.8, 0.8])
