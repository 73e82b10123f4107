"""A PDF as its objects, read as strictly as typst writes them: one way to say a thing, and nothing between two things.

No program's leniency is copied. A comment, an object twice or out of order, a second revision, a byte behind the end,
a stream that is longer than it says or that holds more than it unpacks to: none of it is known here, so all of it
fails. Two objects may not share a place either: the table at the end must say what we counted ourselves.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import NamedTuple


class NotOurs(ValueError):
    """Something that no PDF of this site has; `at` is the byte where the object begins that has it, as far as known."""

    def __init__(self, at: int = 0) -> None:
        super().__init__(f"byte {at}")
        self.at = at


class Name(str):
    """A name of the PDF language, /Type, without its stroke."""

    __slots__ = ()


class Ref(int):
    """A reference to the object with this number."""

    __slots__ = ()


Value = None | bool | float | bytes | Name | Ref | list["Value"] | dict[str, "Value"]  # in brackets: as PEP 604 needs
Dictionary = dict[str, Value]


class Stream(NamedTuple):
    """An object with a stream: what its dictionary says, and its bytes unpacked."""

    about: Dictionary
    content: bytes


@dataclass(slots=True)
class File:
    """The objects of a file by number. Each asked for is ticked off, so that what nobody asked for is found."""

    objects: dict[int, Value | Stream]
    places: dict[int, int]
    trailer: Dictionary
    asked: set[int] = field(default_factory=set)

    def find(self, value: Value) -> Value | Stream:
        """The object behind a reference, or the value itself."""
        if not isinstance(value, Ref):
            return value
        self.asked.add(value)
        if value not in self.objects:
            raise NotOurs
        return self.objects[value]

    def dictionary(self, value: Value) -> Dictionary:
        found = self.find(value)
        if not isinstance(found, dict):
            raise NotOurs(self.place(value))
        return found

    def stream(self, value: Value) -> Stream:
        found = self.find(value)
        if not isinstance(found, Stream):
            raise NotOurs(self.place(value))
        return found

    def array(self, value: Value) -> list[Value]:
        found = self.find(value)
        if not isinstance(found, list):
            raise NotOurs(self.place(value))
        return found

    def place(self, value: Value) -> int:
        """The byte where an object begins."""
        return self.places.get(value, 0) if isinstance(value, Ref) else 0


HEADER = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
_LARGEST = 50_000_000  # bytes of one stream unpacked
_OBJECT = re.compile(rb"(\d{1,7}) 0 obj\n")


def _nested(depth: int) -> bytes:
    """A string in brackets; pairs of brackets may stand in it as they are."""
    inner = rb"|" + _nested(depth - 1) if depth else b""
    return rb"\((?:(?:\\[0-3][0-7]{2})++|[^\\()\r]++|\\[nrtbf()\\]" + inner + rb")*\)"


STRING = rb"(?:" + _nested(40) + rb"|<(?:[0-9A-F]{2})*>)"
_NUMBER, _REF = rb"-?\d{1,6}(?:\.\d{1,12})?", rb"\d{1,7} 0 R"
_TOKEN = re.compile(  # names that follow each other, and an array of nothing but numbers or references, are one token
    rb"(?P<names> ?/[A-Za-z0-9_.+-]++(?:/[A-Za-z0-9_.+-]++)*+)"
    rb"| ?(?P<ref>" + _REF + rb")(?![A-Za-z])"
    rb"|\[(?:(?P<refs>" + _REF + rb"(?: " + _REF + rb")*+)|(?P<numbers>" + _NUMBER + rb"(?: " + _NUMBER + rb")*+))\]"
    rb"|(?P<open><<)|(?P<close>>>)|(?P<begin>\[)|(?P<end>\])"
    rb"| ?(?P<number>" + _NUMBER + rb")(?![\d.A-Za-z])"
    rb"| ?(?P<string>" + STRING + rb")"
    rb"| ?(?P<word>true|false|null)(?![A-Za-z])"
)
_OPENING, _CLOSING = frozenset({"open", "begin"}), frozenset({"close", "end"})
_WORDS = {b"true": True, b"false": False, b"null": None}


def read_objects(content: bytes) -> File:
    """Every object of a file, from its first byte to its last. Raises `NotOurs` at what typst would not write."""
    if not content.startswith(HEADER):
        raise NotOurs
    objects: dict[int, Value | Stream] = {}
    places: dict[int, int] = {}
    known: dict[bytes, list[Value]] = {}
    at = len(HEADER)
    while found := _OBJECT.match(content, at):
        number = int(found[1])
        if number != len(objects) + 1:
            raise NotOurs(at)
        places[number] = at
        value: Value | Stream
        value, at = value_at(content, found.end(), known)
        if content.startswith(b"\nstream\n", at):
            value, at = _stream_at(content, at, value)
        if not content.startswith(b"\nendobj\n", at):
            raise NotOurs(at)
        objects[number] = value
        at += len(b"\nendobj\n")
        if content.startswith(b"\n", at):
            at += 1
    table = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n\r\n" % place for place in places.values()) + b"trailer\n"
    if not content.startswith(table, at):
        raise NotOurs(at)
    trailer, end = value_at(content, at + len(table), known)
    if not isinstance(trailer, dict) or content[end:] != b"\nstartxref\n%d\n%%%%EOF" % at:
        raise NotOurs(end)
    if trailer.keys() != {"Size", "Root", "Info", "ID"} or trailer["Size"] != len(objects) + 1:
        raise NotOurs(at)
    return File(objects, places, trailer)


def value_at(content: bytes, at: int, known: dict[bytes, list[Value]]) -> tuple[Value, int]:
    """The value that begins at a byte, and the byte behind it.

    Most tokens stand many times in a file, so what each stands for is kept in `known` by what it is written as.
    """
    open_: list[list[Value]] = []
    while token := _TOKEN.match(content, at):
        at = token.end()
        written = token[0]
        values = known.get(written)
        if values is None:
            kind = token.lastgroup
            if kind in _OPENING:
                open_.append([])
                continue
            if kind not in _CLOSING:
                values = known[written] = _simple(kind, token[token.lastindex or 0])
            elif open_:
                inside = open_.pop()
                values = [_dictionary(inside, at) if kind == "close" else inside]
            else:
                break
        if open_:
            open_[-1] += values
        elif len(values) == 1:
            return values[0], at
        else:
            break
    raise NotOurs(at)


def _simple(kind: str | None, token: bytes) -> list[Value]:
    """The values of a token, of which only names that follow each other are more than one."""
    match kind:
        case "names":
            return [Name(name) for name in token.decode().lstrip(" /").split("/")]
        case "ref":
            return [Ref(token[:-4])]
        case "refs":
            return [[Ref(one) for one in token[:-4].split(b" 0 R ")]]
        case "numbers":
            return [[float(one) for one in token.split(b" ")]]
        case "number":
            return [float(token)]
        case "word":
            return [_WORDS[token]]
        case _:
            return [unescaped(token)]


def unescaped(string: bytes) -> bytes:
    """The bytes that a string stands for: in brackets as it is, or in hexadecimal."""
    inside = string[1:-1]
    if string[:1] == b"<":
        return bytes.fromhex(inside.decode())
    if b"\\" not in inside:
        return inside
    # Python's own escapes are the same but for the brackets; a stroke that stands for itself must not meet them.
    plain = inside.replace(rb"\\", rb"\134").replace(rb"\(", b"(").replace(rb"\)", b")")
    return plain.decode("unicode_escape").encode("latin-1")


def _dictionary(inside: list[Value], at: int) -> Dictionary:
    keys = [key for key in inside[::2] if isinstance(key, Name)]
    made: Dictionary = dict(zip(keys, inside[1::2], strict=False))
    if len(made) * 2 != len(inside):  # a key that is no name, or that stands there twice, or has no value
        raise NotOurs(at)
    return made


def _stream_at(content: bytes, at: int, about: Value) -> tuple[Stream, int]:
    begin = at + len(b"\nstream\n")
    length = about.get("Length") if isinstance(about, dict) else None
    if not isinstance(about, dict) or not isinstance(length, float) or length < 0:
        raise NotOurs(at)
    end = begin + int(length)
    if not content.startswith(b"\nendstream", end):
        raise NotOurs(at)
    packed = content[begin:end]
    if "Filter" in about:
        packed = _unpacked(packed, at) if about["Filter"] == "FlateDecode" else packed
        if about["Filter"] != "FlateDecode":
            raise NotOurs(at)
    return Stream(about, packed), end + len(b"\nendstream")


def _unpacked(packed: bytes, at: int) -> bytes:
    """What a packed stream holds: it must end where it says, with nothing behind its end."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, _LARGEST)
    except zlib.error:
        raise NotOurs(at) from None
    if not unpacker.eof or unpacker.unused_data or unpacker.unconsumed_tail:
        raise NotOurs(at)
    return content
