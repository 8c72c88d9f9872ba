"""Workbooks (.xlsx): one sheet, row by row, each cell as the text that the person sees in it."""

from __future__ import annotations

import re
import warnings
import zipfile
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from fairhand.errors import InputError, did_you_mean
from fairhand.merge.form import Opened, checked_headers, is_title, trouble_of
from fairhand.merge.number_format import shown
from fairhand.merge.record import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairhand.merge.form import Wishes
    from fairhand.merge.source import Source

_MOST_ROWS = 1_048_576
"""As many as Excel has."""

_LARGEST_PART = 32_000_000
_LARGEST_PARTS = {"xl/sharedStrings.xml": 256_000_000, "xl/worksheets/": 2_000_000_000}
"""Bytes of XML: all strings are kept in memory, a sheet is read through, the rest is small."""

_OTHER_ARCHIVES = {
    "word/document.xml": ("a document of Word", "Put the people in a table: CSV or .xlsx."),
    "xl/workbook.bin": ("a binary workbook (.xlsb)", "Open it in Excel and save it as .xlsx."),
    "content.xml": ("a document of LibreOffice", "Save it as .xlsx or CSV there."),
    "Index/Document.iwa": ("a document of Apple's", "Export it as Excel (.xlsx) or CSV there."),
}

_NEVER_RECKONED = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"(?![^>]*\bt="str")[^>]*><f[^>]*>[^<]{0,900}</f>'
    rb"(?:<v\s*/>|<v></v>)?</c>"
)
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DEEPEST = 1_000
"""Elements within each other: a sheet has eight, and whoever parses it keeps them all."""

_MARKS = {b"</": 2, b"/>": 1, b"<?": 1, b"<!": 1}
"""What else begins as an element does, and how many openings that takes back."""

_CHUNK = 1_000_000
_OVERLAP = 1_000
"""More than the patterns above match, so that none is cut in two."""


def is_it(source: Source) -> bool:
    """Tell whether it begins as ZIP archives do."""
    return source.head.startswith(b"PK\3\4")


def read(source: Source, wishes: Wishes, tell: Callable[[str], None]) -> Opened:
    """Open a sheet of a workbook; InputError for a damaged one, and for archives of another kind.

    Cells with formulas give what was reckoned when the workbook was saved.
    """
    file = source.seekable()
    try:
        _check_archive(file)
        sheet = _sheet(_workbook(file), wishes.sheet, tell)
        _look_through(sheet, tell)
        return _opened(sheet, tell)
    except InputError:
        raise
    # A damaged or hostile workbook makes openpyxl raise nearly anything.
    except Exception:
        raise _damaged() from None


def _damaged() -> InputError:
    return InputError(
        "It begins like a workbook (.xlsx), but is cut off or damaged.",
        hint="Save it anew, or copy it once more.",
    )


def _check_archive(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {part.filename: part.file_size for part in archive.infolist()}
        for name, (kind, hint) in _OTHER_ARCHIVES.items():
            if name in parts:
                raise InputError(f"This is {kind}, not a table of people.", hint=hint)
        if "[Content_Types].xml" not in parts:
            raise InputError("This is a ZIP file, not a table of people.", hint="Unpack it first.")
        for name, size in parts.items():
            limits = [most for start, most in _LARGEST_PARTS.items() if name.startswith(start)]
            is_read = name.endswith((".xml", ".rels"))
            if is_read and size > max(limits, default=_LARGEST_PART):
                raise InputError(
                    f'It unfolds to {size // 1_000_000:,} MB in its part "{name}"; '
                    "no table of people does.",
                    hint="Save the sheet as CSV, which has no such limit.",
                )
            if is_read:
                with archive.open(name) as part:
                    # Entities can unfold without end, and no workbook declares any.
                    if b"<!DOCTYPE" in part.read(4096):
                        raise _damaged()
                    if size > _CHUNK:
                        _refuse_a_trap(part)
    file.seek(0)


def _refuse_a_trap(part: IO[bytes]) -> None:
    """InputError for a text of a megabyte, and for elements in elements without end.

    Whoever parses such XML keeps all of it in memory at once.
    """
    depth = 0
    last = b""
    while chunk := part.read(_CHUNK):
        joined = last + chunk
        depth += chunk.count(b"<") - sum(n * joined.count(mark) for mark, n in _MARKS.items())
        if depth > _DEEPEST or (len(chunk) == _CHUNK and b"<" not in chunk):
            raise _damaged()
        last = chunk[-1:]


def _workbook(file: BinaryIO) -> Any:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


def _sheet(workbook: Any, wish: str | None, tell: Callable[[str], None]) -> Any:
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    if not sheets:
        raise InputError("The workbook has no sheets.")
    if wish is None:
        seen = [name for name, sheet in sheets.items() if sheet.sheet_state == "visible"]
        name = (seen or list(sheets))[0]
        if len(sheets) > 1:
            others = ", ".join(f'"{other}"' for other in sheets if other != name)
            tell(f'Read the sheet "{name}"; --sheet takes another ({others}).')
    elif wish in sheets:
        name = wish
    elif wish.isdecimal() and 1 <= int(wish) <= len(sheets):
        name = list(sheets)[int(wish) - 1]
    else:
        raise InputError(
            f'The workbook has no sheet "{wish}".',
            hint=did_you_mean(wish, sheets) or f"It has {len(sheets)}.",
        )
    # The size that is told in a sheet is often not its own.
    sheets[name].reset_dimensions()
    return sheets[name]


def _look_through(sheet: Any, tell: Callable[[str], None]) -> None:
    """Tell of hidden rows; InputError for a formula that nobody has reckoned yet."""
    hidden = 0
    with sheet._get_source() as part:
        rest = b""
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            found = _NEVER_RECKONED.search(text)
            if found:
                raise InputError(
                    f"The cell {found[1].decode()} is a formula whose value is not in the file.",
                    hint="Open the workbook in Excel or LibreOffice and save it there.",
                )
            rest = text[-_OVERLAP:]
            hidden += len(_HIDDEN_ROW.findall(text)) - len(_HIDDEN_ROW.findall(rest))
        hidden += len(_HIDDEN_ROW.findall(rest))
    if hidden:
        rows = "row is" if hidden == 1 else "rows are"
        tell(f"{hidden} {rows} hidden or filtered out in the sheet; they are read too.")


def _opened(sheet: Any, tell: Callable[[str], None]) -> Opened:
    above: list[tuple[int, list[str]]] = []
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell)[0] for cell in cells]
        if any(texts):
            above.append((line, texts))
        if line >= _MOST_ROWS or len(above) == 2:
            break
    if not above:
        raise InputError("The sheet is empty.", hint="Say another one with --sheet.")
    if len(above) == 2 and is_title(above[0][1], above[1][1], tell):
        del above[0]
    line, texts = above[0]
    headers = checked_headers(texts)
    return Opened(
        headers,
        _rows(sheet, headers, line),
        "There is only a row with names of columns; is it another sheet? See --sheet.",
    )


def _cells(sheet: Any, after: int, width: int) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of every row after one; InputError where the sheet is damaged."""
    rows = sheet.iter_rows(min_row=after + 1, max_col=width)
    while True:
        try:
            # openpyxl warns of what it leaves out; each time the filter is set costs.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                some = list(islice(rows, 100))
        # As above: what is wrong in the midst of a sheet is told by any error.
        except Exception:
            raise _damaged() from None
        if not some:
            return
        yield from some


def _rows(sheet: Any, headers: tuple[str, ...], above: int) -> Iterator[Row]:
    number = 0
    width = len(headers)
    for line, cells in enumerate(_cells(sheet, above, width), start=above + 1):
        if line > _MOST_ROWS:
            raise InputError(f"The sheet has more than {_MOST_ROWS:,} rows.")
        read = [_text(cell) for cell in cells]
        texts = [text for text, _ in read]
        if not any(texts):
            continue
        number += 1
        texts += [""] * (width - len(texts))
        trouble = trouble_of(headers, texts)
        for header, (text, is_error) in zip(headers, read, strict=False):
            if is_error:
                trouble = trouble or f'The cell under "{header}" holds the error {text}.'
        yield Row(number, line, dict(zip(headers, texts, strict=True)), trouble)


def _text(cell: Any) -> tuple[str, bool]:
    """Return a cell as text, and whether it is an error such as #N/A."""
    value = cell.value
    if value is None:
        return "", False
    if isinstance(value, str):
        if "_x" in value:
            value = _CODE.sub(lambda code: chr(int(code[1], 16)), value)
        if "\r" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return value.strip(), cell.data_type == "e"
    return shown(value, cell.number_format if isinstance(value, int | float) else ""), False
