"""What a file says of itself: version, standard, metadata, identifiers, trapping, encryption."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pikepdf

from fairhand.press.preflight.finding import STANDARDS, Finding
from fairhand.press.preflight.subject import DAMAGED, PDFXID, is_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairhand.press.preflight.subject import Subject

_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"

_REQUIRED = {
    f"{_DC}title": "dc:title (the document's title)",
    f"{_XMP}CreateDate": "xmp:CreateDate",
    f"{_XMP}ModifyDate": "xmp:ModifyDate",
    f"{_XMP}MetadataDate": "xmp:MetadataDate",
    f"{_MM}DocumentID": "xmpMM:DocumentID",
    f"{_MM}VersionID": "xmpMM:VersionID",
    f"{_MM}RenditionClass": "xmpMM:RenditionClass",
}
_IN_BOTH = {
    "Title": f"{_DC}title",
    "Creator": f"{_XMP}CreatorTool",
    "Producer": f"{_PDF}Producer",
    "Trapped": f"{_PDF}Trapped",
    "CreationDate": f"{_XMP}CreateDate",
    "ModDate": f"{_XMP}ModifyDate",
}
_AGAIN = "Export it again as PDF/X from the program that made it."
_DATE = re.compile(
    r"^(?:D:)?(\d{4})-?(\d{2})?-?(\d{2})?T?(\d{2})?:?(\d{2})?:?(\d{2})?(?:\.\d+)?"
    r"(?:(Z)|([+-])(\d{2})[:']?(\d{2})?'?)?"
)


def check_identity(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with a file's statement of itself (print rules 1.1)."""
    yield from _version(subject)
    yield from _encryption(subject)
    yield from _identifier(subject)
    yield from _trapped(subject)
    if subject.wanted.standard == "x-4":
        yield from _packet(subject)
    else:
        yield from _old_identity(subject)
    yield from _agreement(subject)


def _version(subject: Subject) -> Iterator[Finding]:
    standard = subject.wanted.standard
    major, minor = (int(part) for part in _stated_version(subject).split("."))
    most = {"x-4": (1, 6), "x-3": (1, 4), "x-1a": (1, 4)}[standard]
    if _said(subject) in ("PDF/X-1:2001", "PDF/X-3:2002"):
        most = (1, 3)
    if (major, minor) > most:
        yield Finding(
            "version", "error" if standard != "x-4" or (major, minor) > (1, 7) else "warning",
            f"The file is PDF {major}.{minor}; {STANDARDS[standard].split(' (')[0]} goes up to "
            f"{most[0]}.{most[1]}.",
            f"Save it as PDF {most[0]}.{most[1]}, or choose {STANDARDS['x-4'].split(' (')[0]}.",
        )  # fmt: skip
    if standard != "x-4" and _has_object_streams(subject):
        yield Finding(
            "object-streams", "error",
            "The file keeps objects or its cross-references in compressed streams, which this "
            "standard does not know.",
            "Save it without object streams (PDF 1.4).",
        )  # fmt: skip


def _stated_version(subject: Subject) -> str:
    version = "1.7"
    with suppress(*DAMAGED):
        version = str(subject.document.pdf_version)
        stated = str(subject.root.get("/Version", "")).lstrip("/")
        if re.fullmatch(r"\d\.\d", stated):
            version = max(version, stated)
    return version if re.fullmatch(r"\d+\.\d+", version) else "1.7"


def _has_object_streams(subject: Subject) -> bool:
    with suppress(*DAMAGED):
        if str(subject.document.trailer.get("/Type", "")) == "/XRef":
            return True
        return any(
            isinstance(entry, pikepdf.Stream)
            and str(entry.get("/Type", "")) in ("/ObjStm", "/XRef")
            for entry in subject.document.objects
        )
    return False


def _encryption(subject: Subject) -> Iterator[Finding]:
    with suppress(*DAMAGED):
        if subject.document.is_encrypted or "/Encrypt" in subject.document.trailer:
            yield Finding(
                "encrypted", "error",
                "The file is encrypted, even if it opens without a password.",
                "Save it without a password and without restrictions.",
            )  # fmt: skip


def _identifier(subject: Subject) -> Iterator[Finding]:
    parts: list[bytes] = []
    with suppress(*DAMAGED):
        parts = [bytes(part) for part in subject.document.trailer.get("/ID", [])]
    if len(parts) != 2 or not all(parts):
        yield Finding("document-id", "error", "The file's trailer has no identifier (/ID).", _AGAIN)


def _said(subject: Subject) -> str:
    return subject.info.get("GTS_PDFXVersion", "")


def _trapped(subject: Subject) -> Iterator[Finding]:
    stated = subject.info.get("Trapped", (subject.xmp or {}).get(f"{_PDF}Trapped", ""))
    if stated not in ("True", "False"):
        yield Finding(
            "trapped", "error",
            f"The file does not say whether it is trapped (Trapped is "
            f'{f"{stated!r}" if stated else "missing"}).'.replace("'", '"'),
            'Set Trapped to "False" (or "True" if your program has trapped it).',
        )  # fmt: skip
        return
    with suppress(*DAMAGED):
        value = subject.document.trailer.Info.get("/Trapped")
        if value is not None and not is_name(value):
            yield Finding(
                "trapped", "error", "Trapped is written as text, but must be a name.",
                "Export the file again, or set Trapped with a PDF editor.",
            )  # fmt: skip


def _packet(subject: Subject) -> Iterator[Finding]:
    if subject.packet is None:
        yield Finding(
            "metadata-missing", "error", "The file has no metadata (XMP), so it does not say "
            "that it is PDF/X-4.", _AGAIN,
        )  # fmt: skip
        return
    with suppress(*DAMAGED):
        # qpdf writes a filter when it encrypts, and encryption is told already.
        if "/Filter" in subject.root.Metadata and not subject.document.is_encrypted:
            yield Finding(
                "metadata-compressed", "error", "The metadata (XMP) is compressed.",
                "Save it with plain metadata, as PDF/X-4 export does.",
            )  # fmt: skip
    properties = subject.xmp
    if properties is None:
        yield Finding("metadata-damaged", "error", "The metadata (XMP) cannot be read.", _AGAIN)
        return
    said = _said(subject)
    if said and "PDF/X-4" not in said:
        yield Finding(
            "standards-two", "warning", f'The document information says "{said}", but the metadata '
            "says PDF/X-4.", _AGAIN,
        )  # fmt: skip
    version = properties.get(f"{{{PDFXID}}}GTS_PDFXVersion", "")
    if not version:
        yield Finding(
            "standard-missing", "error", "The metadata does not say PDF/X-4 "
            "(pdfxid:GTS_PDFXVersion).", _AGAIN,
        )  # fmt: skip
    elif version != "PDF/X-4":
        yield Finding(
            "standard-wrong", "error", f'The metadata says "{version}", not "PDF/X-4".', _AGAIN
        )
    for key, name in _REQUIRED.items():
        if not properties.get(key):
            yield Finding("metadata-incomplete", "error", f"The metadata has no {name}.", _AGAIN)
    for key in (f"{_XMP}CreateDate", f"{_XMP}ModifyDate", f"{_XMP}MetadataDate"):
        if properties.get(key) and _moment(properties[key]) is None:
            yield Finding(
                "metadata-date", "error",
                f'The date "{properties[key]}" in the metadata is none.', _AGAIN,
            )  # fmt: skip


def _old_identity(subject: Subject) -> Iterator[Finding]:
    standard = subject.wanted.standard
    said = _said(subject)
    good = {"x-3": ("PDF/X-3:2003", "PDF/X-3:2002"), "x-1a": ("PDF/X-1a:2003", "PDF/X-1:2001")}
    if not said:
        yield Finding(
            "standard-missing", "error",
            f"The document information does not say {STANDARDS[standard].split(' (')[0]} "
            "(GTS_PDFXVersion).", _AGAIN,
        )  # fmt: skip
    elif said not in good[standard]:
        yield Finding(
            "standard-wrong", "error",
            f'The document information says "{said}", not "{good[standard][0]}".', _AGAIN,
        )  # fmt: skip
    elif said == "PDF/X-1:2001" and subject.info.get("GTS_PDFXConformance") != "PDF/X-1a:2001":
        yield Finding(
            "standard-wrong", "error",
            'The document information lacks GTS_PDFXConformance "PDF/X-1a:2001".', _AGAIN,
        )  # fmt: skip
    for key in ("Title", "CreationDate", "ModDate", "Creator", "Producer"):
        if not subject.info.get(key):
            level = "error" if key in ("Title", "CreationDate", "ModDate") else "warning"
            yield Finding(
                "metadata-incomplete", "error" if level == "error" else "warning",
                f"The document information has no {key}.", _AGAIN,
            )  # fmt: skip
        elif key.endswith("Date") and _moment(subject.info[key]) is None:
            yield Finding(
                "metadata-date", "error", f'{key} in the document information, '
                f'"{_short(subject.info[key])}", is no date.', _AGAIN,
            )  # fmt: skip


def _agreement(subject: Subject) -> Iterator[Finding]:
    properties = subject.xmp
    if not properties:
        return
    for key, name in _IN_BOTH.items():
        first, second = subject.info.get(key, ""), properties.get(name, "")
        if not first or not second:
            continue
        same = (
            _moment(first) == _moment(second)
            if key.endswith("Date")
            else (" ".join(first.split()) == " ".join(second.split()))
        )
        if not same:
            yield Finding(
                "metadata-disagrees", "error",
                f'{key} is "{_short(first)}" in the document information but "{_short(second)}" '
                "in the metadata.",
                "Save the file again with one program, so that both are written anew.",
            )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _moment(text: str) -> datetime.datetime | None:
    """Return the moment of a date as PDF or XMP writes it; without a zone it is taken for UTC."""
    match = _DATE.match(text)
    if match is None:
        return None
    year, *rest = (int(part) if part else 0 for part in match.groups()[:6])
    month, day, hour, minute, second = rest
    offset = 0
    if match[8]:
        offset = (int(match[9]) * 60 + int(match[10] or 0)) * (-1 if match[8] == "-" else 1)
    try:
        local = datetime.datetime(year, month or 1, day or 1, hour, minute, second)
        return local - datetime.timedelta(minutes=offset)
    except (ValueError, OverflowError):
        return None
