"""Words in bytes that are no page: what stands between or behind the parts of a file, in fonts, pictures, attachments.

Whatever the bytes are taken for, a run of letters in them can be read by anybody who looks; it is looked for in the
three ways in which programs write letters. Binary data holds short runs by chance, so that only longer ones count.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise

LONGEST = 2000  # characters of what is found that are shown to an officer
LARGEST = 20_000_000  # bytes of a part of an archive
DEEPEST = 4  # archives in archives
MOST = 200  # parts of an archive
SMOOTH = 2  # from one letter to the next on an average: pixels and tables of numbers change by less
RUN = re.compile(rb"[\x20-\x7e\xa0-\xff\t]{5,}")
WIDE_RUN = re.compile(rb"(?:[\x20-\x7e]\0){5,}|(?:\0[\x20-\x7e]){5,}")
LIKE_WORDS = re.compile(r"[A-Za-z£$€]{2}[A-Za-z]{2,}|\d[\d,.]{3,}|[A-Za-z]+ [A-Za-z]+")
CHANCE = re.compile(r"[A-Za-z]{5,}|\d{4,}")  # in binary data: four letters in a row come about by themselves
MARKS = re.compile(r"<!--|-->|<[^<>]*>")


def runs(data: bytes, *, binary: bool = False, least: int = 0) -> str:
    """The runs of letters in some bytes; of `binary` data only those that no chance makes, from `least` letters on."""
    wide = [part.replace(b"\0", b"").decode("ascii") for part in WIDE_RUN.findall(data)]
    plain = [part.decode("cp1252", errors="replace") for part in RUN.findall(data)]
    wanted = CHANCE if binary else LIKE_WORDS
    parts = (part.strip() for part in (*plain, *wide) if wanted.search(part) and _is_text(part, binary))
    return clipped(" ".join(part for part in parts if len(part) >= least))


def _is_text(part: str, binary: bool) -> bool:
    """Whether most of a run is letters, figures and spaces, as in any sentence or name."""
    if not binary:
        return True
    letters = sum(c.isascii() and (c.isalnum() or c == " ") for c in part)
    steps = sum(abs(ord(one) - ord(next_one)) for one, next_one in pairwise(part))
    return letters > 0.8 * len(part) and steps > SMOOTH * len(part)


def text_in(data: bytes) -> str:
    """The text of a file in whatever encoding it seems to have; of one that is no text, its runs of letters."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return clipped(data.decode(encoding, errors="replace"))
    try:
        told = data.decode("utf-8")
    except UnicodeDecodeError:
        return runs(data)
    return clipped(told) if told.isprintable() or all(c.isprintable() or c in "\t\r\n\f" for c in told) else runs(data)


def marked_up(data: bytes) -> str:
    """The text of XML or HTML with what its marks say, each once."""
    text = data.decode("utf-8", errors="replace")
    said = [words for mark in re.findall(r"<[^<>]*>", text) for words in re.findall(r"=\s*[\"']([^\"']*)[\"']", mark)]
    return clipped(" ".join((" ".join(MARKS.sub(" ", text).split()), *dict.fromkeys(said))))


def attached(data: bytes, pdf_text: Callable[[bytes], str], depth: int = 0) -> str:
    """The words of a file within a file, whatever it is; `pdf_text` tells those of a PDF."""
    if b"%PDF-" in data[:1024]:
        return clipped(pdf_text(data))
    if data.startswith(b"PK\x03\x04") and depth < DEEPEST:
        return clipped(_unpacked(data, pdf_text, depth))
    if data.startswith(b"\x1f\x8b") and depth < DEEPEST:
        try:
            return attached(zlib.decompressobj(31).decompress(data, LARGEST), pdf_text, depth + 1)
        except zlib.error:
            return runs(data)
    return marked_up(data) if data.lstrip()[:1] == b"<" else text_in(data)


def _unpacked(data: bytes, pdf_text: Callable[[bytes], str], depth: int) -> str:
    said = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist()[:MOST]:
                said.append(part.filename)
                if part.file_size <= LARGEST and not part.flag_bits & 1:
                    said.append(attached(archive.read(part), pdf_text, depth + 1))
    except (zipfile.BadZipFile, OSError, zlib.error, NotImplementedError, RuntimeError):
        said.append(runs(data))
    return " ".join(filter(None, said))


def clipped(text: str) -> str:
    """As much of a text as an officer needs to know what it is."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
