"""A finished PDF made a file for a press: PDF/X-4, and PDF/A-2b with it.

ISO 15930-7:2010 (PDF/X-4) section 6, ISO 19005-2:2011 (PDF/A-2) section 6. Both output
intents are one profile. Pages of other files are put in here too, since only pikepdf can.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import pikepdf
from pikepdf import Dictionary, Name, String

from fairhand.output.pdf_balance import balance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairhand.geometry import Rect
    from fairhand.output.pdf import About

_VERSION = "1.6"


@dataclass(frozen=True, slots=True)
class Press:
    """What a press file needs beside its pages: the printing condition, and whether to outline.

    `identifier` and `registry` name the condition (FOGRA39, http://www.color.org), `profile`
    is its ICC profile, `most_ink` what its paper bears of all plates together, per cent.
    """

    identifier: str
    registry: str
    title: str
    profile: bytes
    most_ink: float
    outlines: bool = False


def finished(made: bytes, about: About, pages: Mapping[str, tuple[bytes, int, Rect]]) -> bytes:
    """Return a PDF with the pages of other files put in, and with what a press asks for."""
    with pikepdf.open(io.BytesIO(made)) as document:
        _put_in(document, pages, "/DeviceCMYK" if about.press else "/DeviceRGB")
        if about.press:
            _state_intents(document, about.press)
            _state_metadata(document, about)
        buffer = io.BytesIO()
        document.save(
            buffer,
            static_id=False,
            deterministic_id=True,
            force_version=_VERSION if about.press else "",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return buffer.getvalue()


def _put_in(
    document: pikepdf.Pdf, pages: Mapping[str, tuple[bytes, int, Rect]], blended: str
) -> None:
    """Put pages of other files in as forms; what is see-through in them is `blended` as told."""
    if not pages:
        return
    forms = {}
    for name, (file, number, box) in pages.items():
        with pikepdf.open(io.BytesIO(file), suppress_warnings=True) as other:
            form = other.pages[number].as_form_xobject(handle_transformations=False)
            balance(form)  # type: ignore[arg-type]
            form.BBox = pikepdf.Array([round(edge, 4) for edge in box])
            forms[f"/{name}"] = document.copy_foreign(other.make_indirect(form))
    for page in document.pages:
        painted = page.Contents.read_bytes()
        used = {name: form for name, form in forms.items() if f"{name} Do".encode() in painted}
        if used:
            # Other pages may have the same resources, but do not show these.
            resources = Dictionary(dict(page.Resources.items()))
            shown = resources.get("/XObject", Dictionary())
            resources["/XObject"] = Dictionary({**dict(shown.items()), **used})
            page.obj["/Resources"] = resources
            page.Group = Dictionary(S=Name.Transparency, CS=Name(blended))


def _state_intents(document: pikepdf.Pdf, press: Press) -> None:
    profile = document.make_stream(press.profile, N=4, Alternate=Name.DeviceCMYK)
    intents = []
    for standard in ("/GTS_PDFX", "/GTS_PDFA1"):
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name(standard),
            OutputConditionIdentifier=String(press.identifier),
            OutputCondition=String(press.title),
            Info=String(press.title),
            DestOutputProfile=profile,
        )
        if press.registry:
            intent.RegistryName = String(press.registry)
        intents.append(document.make_indirect(intent))
    document.Root.OutputIntents = pikepdf.Array(intents)


def _state_metadata(document: pikepdf.Pdf, about: About) -> None:
    """Write XMP that agrees with the document's Info, unfiltered as PDF/X-4 wants it."""
    info = document.docinfo
    info["/Title"] = about.title
    info["/GTS_PDFXVersion"] = "PDF/X-4"
    info["/Trapped"] = Name("/False")
    for key in ("/Subject", "/Keywords", "/Author"):
        if key in info and str(info[key]) in ("", "untitled", "anonymous", "unspecified"):
            del info[key]
    created = _date(str(info["/CreationDate"]))
    info["/ModDate"] = info["/CreationDate"]
    digest = sha256()
    for page in document.pages:
        digest.update(page.Contents.read_bytes())
    packet = _packet(about, created, _identity(about.title.encode() + digest.digest()))
    stream = document.make_stream(packet.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    document.Root.Metadata = stream


def _date(pdf_date: str) -> str:
    """Turn D:20000101000000+00'00' into the form of XMP (ISO 8601)."""
    d = pdf_date.removeprefix("D:")
    zone = d[14:].replace("'", ":").rstrip(":") or "+00:00"
    return f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}{zone}"


def _identity(data: bytes) -> str:
    """Return a document's ID from what is in it, in the form of RFC 4122, version 8."""
    h = sha256(data).hexdigest()
    return f"uuid:{h[:8]}-{h[8:12]}-8{h[13:16]}-a{h[17:20]}-{h[20:32]}"


def _packet(about: About, created: str, identity: str) -> str:
    author = (
        f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
        if about.author
        else ""
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>
{author}
<xmp:CreatorTool>fairhand</xmp:CreatorTool>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{created}</xmp:ModifyDate>
<xmp:MetadataDate>{created}</xmp:MetadataDate>
<xmpMM:DocumentID>{identity}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>fairhand</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag>
{
        _schema(
            "http://www.npes.org/pdfx/ns/id/",
            "pdfxid",
            "PDF/X identification",
            "GTS_PDFXVersion",
            "The standard that the file keeps",
        )
    }
{
        _schema(
            "http://ns.adobe.com/pdf/1.3/",
            "pdf",
            "Adobe PDF",
            "Trapped",
            "Whether the file has been trapped",
        )
    }
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def _schema(namespace: str, prefix: str, title: str, name: str, meaning: str) -> str:
    """Return the description of a property that PDF/A does not know (ISO 19005-2, 6.6.2.3)."""
    resource = f"rdf:parseType={quoteattr('Resource')}"
    return f"""<rdf:li {resource}>
<pdfaSchema:schema>{title}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li {resource}>
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{meaning}</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>"""
