"""What the site's own templates can say, read from their source: every literal run of words, with holes for values.

The proof must not learn the site's words from the pages it is proving; so it reads the templates itself, with a small
grammar of its own. A run goes from one `<` or `>` to the next. Where a template chooses (`if`, `for`, a condition
inside an expression), all that it could print is enumerated, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publish.errors import PublishError

HOLE = "\ufffc"  # stands for a value that a template prints inside a literal; the proof admits only whole numbers there


class UnknownTemplate(PublishError):
    """A template that our grammar cannot read, or that chooses so freely that its runs cannot be enumerated."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Runs:
    """All that a piece of template can print, cut at `<` and `>`.

    `through` is printed without a cut, `heads` before the first cut, `tails` after the last, `whole` between two.
    """

    through: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()

    def then(self, other: Runs) -> Runs:
        return Runs(
            _joined(self.through, other.through),
            self.heads | _joined(self.through, other.heads),
            other.tails | _joined(self.tails, other.through),
            self.whole | other.whole | _joined(self.tails, other.heads),
        )

    def otherwise(self, other: Runs) -> Runs:
        return Runs(
            self.through | other.through,
            self.heads | other.heads,
            self.tails | other.tails,
            self.whole | other.whole,
        )

    def all(self) -> frozenset[str]:
        return self.through | self.heads | self.tails | self.whole


_NOTHING = Runs(through=frozenset({""}))
_MOST = 20_000  # runs from one place: beyond, the template has to be written plainer


def _joined(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    if len(first) * len(second) > _MOST:
        raise UnknownTemplate("too many choices between two tags")
    return frozenset(a + b for a in first for b in second)


def runs(template: str) -> frozenset[str]:
    """Every run that a template can print. A tag is a run that begins with `<`; `HOLE` stands for each value."""
    reader = _Reader(template)
    printed = reader.until(frozenset())
    return frozenset(run for run in printed.all() | reader.aside if run.strip())


def quoted(template: str) -> frozenset[str]:
    """Every string of a typst template, which has all its words in strings; `{}` in one stands for a number."""
    return frozenset(re.findall(r'"([^"\\\n]*)"', re.sub(r"(?m)(?:^|(?<=\s))//.*$", "", template)))


_TOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_STRING = re.compile(r'"([^"]*)"' r"|'([^']*)'")
_ALONE = frozenset({"include", "import", "from", "extends", "do"})
_AROUND = frozenset({"block", "with", "autoescape", "filter", "call"})


class _Reader:
    """Reads one template from left to right; `aside` gathers what is printed elsewhere: macros, strings, set blocks."""

    def __init__(self, template: str) -> None:
        self.tokens = list(_tokens(template))
        self.at = 0
        self.aside: set[str] = set()

    def until(self, ends: frozenset[str]) -> Runs:
        """Read up to a tag named in `ends`, which is left for the caller; up to the end where there is none."""
        printed = _NOTHING
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.startswith("{%"):
                if _verb(token) in ends:
                    return printed
                self.at += 1
                printed = printed.then(self.statement(token))
            else:
                self.at += 1
                printed = printed.then(self.expression(token) if token.startswith("{{") else _text(token))
        if ends:
            raise UnknownTemplate(f"no {' or '.join(sorted(ends))}")
        return printed

    def expression(self, token: str) -> Runs:
        """A value, or any of the strings that the expression itself brings (`"s" if many else ""`)."""
        strings = set(_strings(token))
        self.aside |= strings
        return Runs(through=frozenset({HOLE, *strings, *([""] if " if " in token else [])}))

    def statement(self, token: str) -> Runs:
        verb = _verb(token)
        self.aside |= set(_strings(token)) if verb not in _ALONE else set()
        if verb == "if":
            return self.choice()
        if verb == "for":
            body = self.until(frozenset({"else", "endfor"}))
            last = self.step()
            otherwise = self.body("endfor") if last == "else" else _NOTHING
            return otherwise.otherwise(body).otherwise(body.then(body)).otherwise(_NOTHING)
        if verb in _AROUND:
            return self.body(f"end{verb}")
        if verb == "macro" or (verb == "set" and "=" not in token):
            self.aside |= self.body(f"end{verb}").all()
            return _NOTHING
        if verb == "set" or verb in _ALONE:
            return _NOTHING if verb == "set" else Runs(heads=frozenset({""}), tails=frozenset({""}))
        raise UnknownTemplate(f"the tag {verb}")

    def choice(self) -> Runs:
        branches, closed = self.until(_IF), False
        while (verb := self.step()) != "endif":
            closed = closed or verb == "else"
            branches = branches.otherwise(self.until(_IF))
        return branches if closed else branches.otherwise(_NOTHING)

    def body(self, end: str) -> Runs:
        printed = self.until(frozenset({end}))
        self.step()
        return printed

    def step(self) -> str:
        verb = _verb(self.tokens[self.at])
        self.aside |= set(_strings(self.tokens[self.at]))
        self.at += 1
        return verb


_IF = frozenset({"elif", "else", "endif"})


def _tokens(template: str) -> Iterator[str]:
    """Text, `{{ }}` and `{% %}` in order, comments out, white space taken away where a `-` asks for it."""
    pieces = _TOKEN.split(template)
    for number, piece in enumerate(pieces):
        if number % 2:
            if not piece.startswith("{#"):
                yield piece
            continue
        text = piece
        if number and pieces[number - 1][-3] == "-":
            text = text.lstrip()
        if number + 1 < len(pieces) and pieces[number + 1][2] == "-":
            text = text.rstrip()
        if text:
            yield text


def _verb(token: str) -> str:
    found = re.match(r"\{%[-+]?\s*([a-z]+)", token)
    if found is None:
        raise UnknownTemplate("a tag without a name")
    return found[1]


def _strings(token: str) -> Iterable[str]:
    return (double or single for double, single in _STRING.findall(token))


def _text(source: str) -> Runs:
    pieces = re.split(r"(?=<)|(?<=>)", source)
    if len(pieces) == 1:
        return Runs(through=frozenset(pieces))
    return Runs(heads=frozenset(pieces[:1]), tails=frozenset(pieces[-1:]), whole=frozenset(pieces[1:-1]))
