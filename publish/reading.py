"""Every text in a built file, with nothing left over: the reader that the proof stands on.

Our own files are plain, so they are read strictly: each byte belongs to a text, a name or a mark-up sign that the
grammar knows, and what the grammar does not know is `Unreadable`, never skipped. One reader for each kind of file;
a new kind is one more row in `READERS`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Literal, NamedTuple, NoReturn

Kind = Literal["text", "name", "link", "measure"]


class Text(NamedTuple):
    """One text as a reader's program would have it, entities resolved. `place` is a line, or in JSON the n-th value."""

    kind: Kind
    value: str
    place: int


class Unreadable(Exception):
    """A file, from `place` on, that our grammar does not know."""

    def __init__(self, place: int) -> None:
        super().__init__(f"line {place}")
        self.place = place


_NAME = r"[A-Za-z][A-Za-z0-9:_.-]*"
_VALUE = r"""(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+)"""
_ATTRIBUTE = re.compile(rf"\s+([^\s\"'<>/=`]+)(?:\s*=\s*({_VALUE}))?")
# A comment ends at its first "--"; a browser that ended it elsewhere would still show only text that was read.
_MARKUP = re.compile(
    rf"""(?P<text>[^<]+)
    |</(?P<closed>{_NAME})\s*>
    |<(?P<opened>{_NAME})(?P<attributes>(?:\s+[^\s"'<>/=`]+(?:\s*=\s*{_VALUE})?)*)\s*/?>
    |<!--(?P<comment>(?:(?!--).)*)-->
    |<!(?P<doctype>[Dd][Oo][Cc][Tt][Yy][Pp][Ee]\s[^<>]*)>
    |<\?(?P<instruction>[^<>?]*)\?>""",
    re.VERBOSE | re.DOTALL,
)
# What stands in these is not mark-up: it runs to the closing tag of the same name.
_RAW = {name: re.compile(rf"(.*?)(?=</{name}\s*>)", re.DOTALL | re.IGNORECASE) for name in ("script", "style")}
_MEASURES = frozenset({"height", "width", "x", "y"})  # of a drawing, in its own units
_LINKS = frozenset({"action", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"})


def markup(content: str) -> Iterator[Text]:
    """The texts of HTML, XML or SVG: text, comments, doctype, names of elements and attributes, and their values."""
    at, line, raw = 0, 1, ""
    while at < len(content):
        found = (_RAW[raw] if raw else _MARKUP).match(content, at)
        if found is None:
            raise Unreadable(line)
        if raw:
            yield Text("text", found[0], line)
            raw = ""
        elif (kind := found.lastgroup) == "opened" or kind == "attributes":
            yield Text("name", found["opened"], line)
            yield from _attributes(found["attributes"], line)
            raw = found["opened"].lower() if found["opened"].lower() in _RAW and not found[0].endswith("/>") else ""
        elif kind == "closed":
            yield Text("name", found["closed"], line)
        elif kind == "text":
            yield Text("text", html.unescape(found[0]), line)
        else:
            yield Text("text", found[0][2:-1], line)
        line += found[0].count("\n")
        at = found.end()


def _attributes(source: str, line: int) -> Iterator[Text]:
    for found in _ATTRIBUTE.finditer(source):
        name, value = found[1], found[2]
        yield Text("name", name, line)
        if value is not None:
            bare = value[1:-1] if value[0] in "\"'" else value
            kind: Kind = "link" if name.lower() in _LINKS else "measure" if name.lower() in _MEASURES else "text"
            yield Text(kind, html.unescape(bare), line)


def plain(content: str) -> Iterator[Text]:
    """A text file is its lines."""
    for number, line in enumerate(content.split("\n"), start=1):
        yield Text("text", line, number)


def notation(content: str) -> Iterator[Text]:
    """The texts of JSON: every key and every value, numbers as they are written; no key twice, nothing but JSON."""
    texts: list[Text] = []

    def scalar(value: str) -> str:
        texts.append(Text("text", value, len(texts) + 1))
        return value

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        for key, value in pairs:
            texts.append(Text("name", key, len(texts) + 1))
            strings(value)
        if len({key for key, _ in pairs}) < len(pairs):
            raise Unreadable(len(texts))
        return {}

    def strings(value: object) -> None:
        if isinstance(value, str):
            scalar(value)
        elif isinstance(value, list):
            for each in value:
                strings(each)

    def refuse(_: str) -> NoReturn:
        raise Unreadable(len(texts))

    try:
        strings(
            json.loads(
                content,
                object_pairs_hook=members,
                parse_int=_number(texts),
                parse_float=_number(texts),
                parse_constant=refuse,
            )
        )
    except (json.JSONDecodeError, RecursionError):
        raise Unreadable(len(texts) + 1) from None
    yield from texts


def _number(texts: list[Text]) -> Callable[[str], None]:
    def note(value: str) -> None:
        texts.append(Text("text", value, len(texts) + 1))

    return note


READERS: dict[str, Callable[[str], Iterator[Text]]] = {
    ".html": markup,
    ".json": notation,
    ".svg": markup,
    ".txt": plain,
    ".xml": markup,
}


def read(path: str, content: bytes) -> Iterator[Text]:
    """The texts of one built file. Raises `Unreadable` where it is not UTF-8, of no known kind, or not well formed."""
    reader = READERS.get(PurePosixPath(path).suffix)
    if reader is None:
        raise Unreadable(1)
    try:
        decoded = content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(content.count(b"\n", 0, error.start) + 1) from None
    return reader(decoded)
