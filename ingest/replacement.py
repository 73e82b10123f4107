"""Text that a file gives in place of the text it shows: for a copying program or a voice to say something else.

Programs use it for what glyphs cannot say: a ligature, a hyphen that only breaks a word, a bullet. Anything longer than
that is not what the reader of the page saw and approved. A page is read twice, as it is and with every replacement made
unknown, and both are compared; what hangs on the tree of headings and paragraphs must stand on some page.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

import pikepdf

from ingest.document import Hidden
from ingest.pdf import opened

KEY = re.compile(b"/" + b"".join(b"(?:%c|#%02x|#%02X)" % (c, c, c) for c in b"ActualText") + rb"(?![^\s()<>\[\]{}/%])")
LITERAL = re.compile(KEY.pattern + rb"\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
UNKNOWN = b"/ActualTex_"
LIGATURES = frozenset(["ff", "fi", "fl", "ffi", "ffl", "ft", "st", "tt", "ti", "fj", "Th", "ct"])
LONG = 200  # characters: a picture is described in fewer
LARGEST = 20_000  # characters of a page: of a longer one it is only said that it differs
NO_DRAWING = frozenset(["/Image", "/XML", "/Type1C", "/CIDFontType0C", "/OpenType"])  # subtypes of other streams
DETAIL = "The file gives other text than it shows."


def replaced_text(pdf: pikepdf.Pdf, data: bytes, entries: Sequence[pikepdf.Object]) -> Iterator[Hidden]:
    """What the file says in place of what it shows; `pdf` is changed."""
    told = [str(entry[key]) for entry in entries for key in ("/ActualText", "/Alt", "/E") if _says(entry, key)]
    drawn = [stream for stream in pdf.objects if isinstance(stream, pikepdf.Stream) and _replaces(stream)]
    if not told and not drawn:
        return
    for stream in drawn:
        content = stream.read_bytes()
        told += [str(pikepdf.Object.parse(found[1])) for found in LITERAL.finditer(content)]
        stream.write(KEY.sub(UNKNOWN, content))
    for entry in entries:
        if "/ActualText" in entry:
            del entry["/ActualText"]
    saved = io.BytesIO()
    pdf.save(saved)
    said, shown = _texts(data), _texts(saved.getvalue())
    for number, (one, other) in enumerate(zip(said, shown, strict=True), 1):
        for text in _differences(one, other):
            yield Hidden("replacement-text", number, None, text, DETAIL)
    everywhere = _folded("".join((*said, *shown)))  # what a page says in place of what it shows is known by now
    for text in dict.fromkeys(told):
        if _folded(_plain(text)) not in everywhere and not _harmless("", _plain(text)):
            yield Hidden("replacement-text", None, None, text, DETAIL)


def _says(entry: pikepdf.Object, key: str) -> bool:
    """Whether an entry gives such text; a description is ordinary until it is longer than any picture needs."""
    text = entry.get(key)
    return isinstance(text, pikepdf.String) and (key == "/ActualText" or len(str(text)) > LONG)


def _replaces(stream: pikepdf.Stream) -> bool:
    if stream.get("/Subtype") in NO_DRAWING or "/Length1" in stream or stream.get("/Type") == "/EmbeddedFile":
        return False
    try:
        return bool(KEY.search(stream.read_bytes()))
    except pikepdf.PdfError:
        return False  # packed in a way that nothing of ours unpacks, and so nothing that draws text


def _texts(data: bytes) -> list[str]:
    """The text of each page as the engine gives it, without what replacements may rightly change."""
    with opened("", data) as pdf:
        return [_plain(_text(pdf, index)) for index in range(len(pdf))]


def _text(pdf: Any, index: int) -> str:
    page = pdf[index]
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_range())
    finally:
        text_page.close()
        page.close()


def _plain(text: str) -> str:
    """Letters, figures and marks, whatever their form: no space, hyphen, bullet or character that means nothing."""
    whole = unicodedata.normalize("NFKC", text)
    return "".join(c for c in whole if unicodedata.category(c)[0] not in "ZC" and not _is_furniture(c))


def _is_furniture(character: str) -> bool:
    return unicodedata.category(character) == "Pd" or character in "\ufffd•◦▪‣·"


def _differences(said: str, shown: str) -> Iterator[str]:
    """Each place in which a page says something else than it shows: what it says there, or what it does not say."""
    if said == shown:
        return
    if max(len(said), len(shown)) > LARGEST:
        yield said[:LONG]
        return
    for _, a, b, c, d in SequenceMatcher(None, said, shown, autojunk=False).get_opcodes():
        if said[a:b] != shown[c:d] and not _harmless(shown[c:d], said[a:b]):
            yield said[a:b] or shown[c:d]


def _folded(text: str) -> str:
    """The letters without case and accents: small capitals say small ones, and an accent may be a glyph of its own."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Sk", "Lm"))


def _harmless(shown: str, said: str) -> bool:
    """Whether a replacement only tells what one glyph stands for, or its letters in another case."""
    if shown and _folded(shown) == _folded(said):
        return True
    if any(character.isalnum() for character in shown):
        return False
    return said in LIGATURES or not said or (len(said) == 1 and unicodedata.category(said) == "So")
