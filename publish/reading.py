"""Every text in a built file, with nothing left over: the reader that the proof stands on.

Our own files are plain, so they are read strictly: a file is a chain of pieces that touch each other from its first
byte to its last, each known to the grammar of its kind. What the grammar does not know is `Unreadable`, never skipped.
A new kind of file is one more row in `GRAMMARS`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Container, Iterator
from pathlib import PurePosixPath
from typing import Literal, NamedTuple, NoReturn

from publish.pdf_objects import NotOurs
from publish.pdf_reading import said

Kind = Literal["text", "name", "link", "measure", "id"]


class Text(NamedTuple):
    """One text as a reader's program would have it: entities and escapes resolved."""

    kind: Kind
    value: str


class Piece(NamedTuple):
    """A stretch of a file: its source, the line it begins in, and every text in it."""

    source: str
    line: int
    texts: tuple[Text, ...]


class Grammar(NamedTuple):
    """How one kind of file is read.

    `token` matches each smallest part and `texts` says what is in it; before each `cut` a new piece begins; `whole`
    raises ValueError where the tokens are right and their order is not.
    """

    cut: str
    token: re.Pattern[str]
    texts: Callable[[re.Match[str]], Iterator[Text]]
    whole: Callable[[str], object] = len


class Unreadable(Exception):
    """A file, from `line` on, that our grammar does not know."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def read(path: str, content: bytes, known: Container[str] = ()) -> Iterator[Piece]:
    """The pieces of one built file but those whose source is `known` already, which is checked as it is read.

    Raises `Unreadable` where the file is of no kind that we know, not UTF-8 where it is text, or not well formed.
    """
    if PurePosixPath(path).suffix == ".pdf":
        return iter([_pdf(content)])
    grammar = GRAMMARS.get(PurePosixPath(path).suffix)
    if grammar is None:
        raise Unreadable(1)
    try:
        decoded = content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(content.count(b"\n", 0, error.start) + 1) from None
    return pieces(grammar, decoded, known)


def _pdf(content: bytes) -> Piece:
    """A PDF as one piece, which has no line; as no source of a page it is never taken for one that is known."""
    try:
        return Piece("", 0, tuple(Text(kind, value) for kind, value in said(content)))
    except NotOurs as fault:
        raise Unreadable(content.count(b"\n", 0, fault.at) + 1) from None


def pieces(grammar: Grammar, content: str, known: Container[str] = ()) -> Iterator[Piece]:
    """The chain of pieces. A token never depends on what stands before it, so a known piece need not be read again."""
    at, line, counted = 0, 1, 0
    while at < len(content):
        begin, end = at, content.find(grammar.cut, at + 1)
        end = len(content) if end < 0 else end
        if content[begin:end] in known:
            at = end
            continue
        line, counted = line + content.count("\n", counted, begin), begin
        texts: list[Text] = []
        while at < end:
            token = grammar.token.match(content, at)
            if token is None:
                raise Unreadable(line)
            try:
                texts += grammar.texts(token)
            except ValueError:  # a character reference of thousands of digits, say
                raise Unreadable(line) from None
            at = token.end()
        yield Piece(content[begin:at], line, tuple(texts))
    try:
        grammar.whole(content)
    except (ValueError, RecursionError):
        raise Unreadable(line) from None


_NAME = r"[A-Za-z][A-Za-z0-9:_.-]*"
_VALUE = r"""(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+)"""
_ATTRIBUTE = re.compile(rf"\s+([^\s\"'<>/=`]+)(?:\s*=\s*({_VALUE}))?")
_ATTRIBUTES = rf"(?:\s+[^\s\"'<>/=`]+(?:\s*=\s*{_VALUE})?)*"
# A comment ends at its first "--"; a browser that ended it elsewhere would still show only text that was read.
_MARKUP = re.compile(
    rf"""(?P<text>[^<]+)
    |</(?P<closed>{_NAME})\s*>
    |<(?P<raw>script|style)(?P<how>{_ATTRIBUTES})\s*>(?P<inside>.*?)</(?P=raw)\s*>
    |<(?!(?:script|style)\b)(?P<opened>{_NAME})(?P<attributes>{_ATTRIBUTES})\s*/?>
    |<!--(?P<comment>(?:(?!--).)*)-->
    |<!(?P<doctype>doctype\s[^<>]*)>
    |<\?(?P<instruction>[^<>?]*)\?>""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_MEASURES = frozenset({"height", "width", "x", "y"})  # of a drawing, in its own units
_LINKS = frozenset({"action", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"})


def _texts_of_markup(found: re.Match[str]) -> Iterator[Text]:
    """Text, comment, doctype and instruction; the names of elements and attributes, and what the attributes say."""
    if words := found["text"]:
        yield Text("text", html.unescape(words))
    elif name := found["opened"] or found["raw"]:
        yield Text("name", name)
        yield from _texts_of_attributes(found["attributes"] or found["how"] or "")
        yield Text("text", found["inside"] or "")
    elif name := found["closed"]:
        yield Text("name", name)
    else:
        yield Text("text", found[0].strip("<!?->"))


def _texts_of_attributes(source: str) -> Iterator[Text]:
    for found in _ATTRIBUTE.finditer(source):
        name, value = found[1], found[2]
        yield Text("name", name)
        if value is not None:
            kind: Kind = "link" if name.lower() in _LINKS else "measure" if name.lower() in _MEASURES else "text"
            yield Text(kind, html.unescape(value[1:-1] if value[0] in "\"'" else value))


_STRING = r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"'
_JSON = re.compile(
    rf"(?P<key>{_STRING})[ \t]*:|(?P<said>{_STRING})|(?P<number>-?[0-9][0-9.eE+-]*)"
    r"|\n(?:[\[\]{},: \t]|true|false|null)*|(?:[\[\]{},: \t]|true|false|null)+"
)


def _texts_of_json(found: re.Match[str]) -> Iterator[Text]:
    """Every key, every string, and every number as it is written."""
    if key := found["key"]:
        yield Text("name", _string(key))
    elif said := found["said"]:
        yield Text("text", _string(said))
    elif number := found["number"]:
        yield Text("text", number)


def _string(quoted: str) -> str:
    """What a string stands for: without a stroke in it, the letters that are there."""
    said: str = json.loads(quoted) if "\\" in quoted else quoted[1:-1]
    return said


def _is_json(content: str) -> None:
    """Nothing but JSON, and no key twice: a program would read only one of the two."""

    def once(pairs: list[tuple[str, object]]) -> None:
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError

    def never(_: str) -> NoReturn:
        raise ValueError

    json.loads(content, object_pairs_hook=once, parse_constant=never)


MARKUP = Grammar("<", _MARKUP, _texts_of_markup)
GRAMMARS = {
    ".html": MARKUP,
    ".json": Grammar("\n", _JSON, _texts_of_json, _is_json),
    ".svg": MARKUP,
    ".txt": Grammar("\n", re.compile(r"\n?[^\n]*"), lambda found: iter([Text("text", found[0])])),
    ".xml": MARKUP,
}
