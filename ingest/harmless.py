"""What a file may say beside its pages without telling anything: dates, numbers of things, the programs that made it.

Each shape is a row with examples of what has it and of what has not; a shape never vouches for free text. Words that
stand on the pages are harmless wherever they are said again (`ingest.shown`), and so are single letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.ordinary import COLOURS, DESCRIPTIONS, IDENTIFIERS, LABELS, NOTICES, ORDINARY, PROGRAMS, SCHEMAS, STYLES
from ingest.shown import words_in

VERSION = re.compile(r"[ivx]{1,4}|([a-z]{0,2}|(?P<maker>[a-z]+))\d{1,6}(?:[a-z]\d{0,3})?")
IDENTIFIER = re.compile(r"[a-z]+|[^\W_a-z]+", re.IGNORECASE)
LOWER = re.compile(r"\b(?!(?:de|da|di|du|la|le|van|von|der|den|bin|al|el|ap|ab)\b)[a-z]{2,}")  # no part of a name
HEX = re.compile(r"[0-9a-f]*\d[0-9a-f]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of harmless text: how it is known, and examples of what has this shape and of what has not."""

    fits: Callable[[str], object]
    harmless: tuple[str, ...]
    telling: tuple[str, ...]


def _of(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern, re.IGNORECASE).fullmatch


def _from(words: frozenset[str], *, numbers: bool = True) -> Callable[[str], object]:
    """Texts all of whose words are these, or numbers of versions."""

    def fits(text: str) -> bool:
        for word in words_in(text):
            version = VERSION.fullmatch(word) if numbers else None
            if not (word in words or len(word) == 1 or (version and (version["maker"] or "pdf") in (*words, "pdf"))):
                return False
        return True

    return fits


def _names_a_thing(text: str) -> bool:
    """Whether a text is a number of something: letters only as programs put them before such numbers."""
    if len(text) > 200 or (" " in text.strip() and not _from(IDENTIFIERS)(text)):
        return False
    return all(
        len(part) <= 2 or part.isdigit() or part in IDENTIFIERS
        for part in IDENTIFIER.findall(
            re.sub(r"[0-9a-f-]{8,}", lambda m: "" if HEX.fullmatch(m[0].replace("-", "")) else m[0], text.casefold())
        )
    )


SHAPES = {
    "date": Shape(
        _of(r"(D:)?\d{4}(-?\d\d){0,5}(T?\d\d:?\d\d(:?\d\d)?(\.\d+)?)?\s*(Z|[+-]\d\d[':]?(\d\d)?'?)?('?\d\d'?)*Z?'?"),
        (
            "D:20260521120000Z",
            "D:20000101000000+00'00'",
            "D:20261123081747Z'",
            "2026-03-12T12:00:00+00:00",
            "2026-03-12",
        ),
        ("D:2026 Quillfeather", "next Tuesday"),
    ),
    "language": Shape(
        _of(r"x-default|x-unknown|[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?"),
        ("en-GB", "en", "x-default"),
        ("en-Quill",),
    ),
    "program": Shape(
        _from(PROGRAMS),
        (
            "Microsoft® Word for Microsoft 365",
            "Microsoft® Word 2016",
            "Acrobat PDFMaker 21 for Word",
            "Adobe PDF Library 21.7.131",
            "macOS Version 10.15.7 (Build 19H2) Quartz PDFContext",
            "LibreOffice 7.4",
            "Writer",
            "Typst 0.15.1",
            "ReportLab PDF Library - (opensource)",
            "Skia/PDF m96",
            "Canon iR-ADV C5535 III PDF",
            "pikepdf 10.17.0",
            "(anonymous)",
        ),
        ("Quillfeather PDF", "Microsoft Word for the Quillfeather contract"),
    ),
    "author": Shape(
        lambda text: (
            re.fullmatch(r"(?:[^\W\d_]+[.,'’-]?\s?){1,4}(\([A-Z]{2,5}\))?", text.strip())
            and not re.search(r"(?i)\b(ltd|limited|llp|plc|inc|gmbh|contract|supplier|bid|claimant)\b", text)
            and not re.search(r"[a-z]{3}\d|\d", text)
            and (text.strip().isalpha() or not LOWER.search(text))
        ),
        ("Ama Boateng", "Boateng, Ama", "O'Neill, Siân (MPS)", "boateng"),
        ("Quillfeather Limited", "The award goes to Quillfeather", "Award to Quillfeather", "Quillfeather 25"),
    ),
    "colour": Shape(
        _from(COLOURS),
        ("sRGB IEC61966-2.1", "Copyright (c) 1998 Hewlett-Packard Company", "http://www.color.org"),
        ("sRGB Quillfeather",),
    ),
    "description": Shape(
        _from(DESCRIPTIONS | ORDINARY, numbers=False),
        (
            "The arms of the authority",
            "Logo of the Mayor's Office for Policing and Crime",
            "A close-up of a logo\n\nDescription automatically generated",
            "Signature",
        ),
        ("Logo of Quillfeather",),
    ),
    "label": Shape(
        _from(LABELS), ("Page 1", "Layer 1", "Watermark", "untitled", "A-", "Sticky Note"), ("Quillfeather-",)
    ),
    "identifier": Shape(
        _names_a_thing,
        (
            "U1x0y0",
            "Note 1",
            "node00000123",
            "_Toc123456789",
            "section.2.1",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "G3.1000123",
            "Text12",
            "form1[0].#subform[0].TextField1[2]",
        ),
        ("Quillfeather99", "part2 Quillfeather", "contract-to-quillfeather"),
    ),
    "digest": Shape(
        _of(
            r"(0x)?[0-9a-f\s]{8,}|[a-z0-9+/]{22}==(_source)?|(xmp\.(d|i)id|uuid|urn:uuid|adobe:docid:[a-z]+):[0-9a-f-]{32,36}"
        ),
        ("b20s0llDqA/UcFuQJbahfA==", "xmp.did:F81D4FAE7DEC11D0A76500A0C91E6BF6", "0x0101"[2:] * 4),
        ("Quillfeather==",),
    ),
    "flag": Shape(
        _of(
            r"true|false|unknown|yes|no|standard|privileged|auto|automatic|manual|none|default|proof|derived|\d{1,4}(\.\d+)*"
        ),
        ("true", "Privileged", "16.0"),
        ("Quillfeather", "4927000"),
    ),
    "glyph": Shape(
        _of(
            r"[a-z]{1,2}\d{0,5}|(uni|u)[0-9a-f]{4,6}|(g(id|lyph)?|c(id)?|afii)\d+|[a-z][a-z_]{2,13}(\.[a-z0-9]{1,8})*|\d+(\.\d+)*"
        ),
        ("quoteright", "uni00A0", "a123", "Lslash.sc"),
        ("Quillfeather99", "award to Quill"),
    ),
    "marking": Shape(
        _of(r"official|public|unclassified|not protectively marked|general|unmarked|none|no marking"),
        ("OFFICIAL", "Public"),
        ("OFFICIAL-SENSITIVE", "Quillfeather"),
    ),
    "glyphs": Shape(
        _of(
            r"(/([a-z]|(uni|u)[0-9a-f]{4,6}|g(id|lyph)?\d+|c(id)?\d+|[a-z]{1,2}\d{1,5}|afii\d+|[a-z][a-z]{2,13}(\.[a-z]{2,4})?))*"
        ),
        ("/A/B/space/quoteright/uni00A0/g23",),
        ("/B/r Quillfeather", "/Quillfeather99"),
    ),
    "look": Shape(
        _of(r"(\s*(/[a-z]+([,+][a-z]+)?(-[a-z]+)?\d{0,2}|-?[\d.]+|tf|g|rg|k|tm|td|tl))+\s*"),
        ("/Helv 10 Tf 0 g",),
        ("(Quillfeather) Tj",),
    ),
    "collection": Shape(
        _of(r"adobe|identity|ucs|japan1|gb1|cns1|korea1|identity-[hv]|adobe-identity-ucs|adobe_ucs|ucs2"),
        ("Adobe", "Identity"),
        ("Quillfeather",),
    ),
    "format": Shape(
        _of(r"(application|image|text)/[a-z0-9.+-]{3,20}"), ("application/pdf", "image/jpeg"), ("application pdf",)
    ),
    "schema": Shape(
        _from(SCHEMAS),
        ("PDF/A ID Schema", "Conformance level of PDF/A standard", "http://ns.adobe.com/pdf/1.3/"),
        ("The Quillfeather schema",),
    ),
    "notice": Shape(
        lambda text: len(text) < 20_000 and re.search(NOTICES, text, re.IGNORECASE),
        ("© 2017 The Foundry. All rights reserved.", "Version 5.01", "%!PS-AdobeFont-1.0: CMR10 003.002"),
        ("The award goes to Quillfeather",),
    ),
    "namespace": Shape(
        _of(
            r"https?://(www\.)?(iso\.org/pdf2?/ssn|iso\.org/pdf2?/[a-z]{3,8}|w3\.org/[\w/.-]+|github\.com/LaurenzV/krilla)"
        ),
        ("http://iso.org/pdf2/ssn", "http://www.w3.org/1998/Math/MathML"),
        ("http://quillfeather.example/ns",),
    ),
    "standard": Shape(
        _of(r"pdf/?(a|ua|x|e)?(-\d[a-z]?)?(:\d{4})?|[ABUEF]|\d(\.\d)?|iso[ _]?\d{4,5}(-\d)*"),
        ("PDF/A-2b", "1.7"),
        ("PDF Quill",),
    ),
}


def is_family(text: str, font: str) -> bool:
    """Whether a text calls a font what the file calls it, with words for its style and its version."""
    called = re.sub(r"[^a-z]", "", font.partition("+")[2].casefold() or font.casefold())
    return all(
        len(word) <= 4
        or word in STYLES
        or (version and (version["maker"] or "") in ("", *STYLES))
        or re.sub(r"\d", "", word) in called
        for word in words_in(text)
        for version in [VERSION.fullmatch(word)]
    )


def fits(text: str, shapes: tuple[str, ...]) -> bool:
    """Whether a text has one of these shapes."""
    return any(SHAPES[shape].fits(text) for shape in shapes if shape in SHAPES)
