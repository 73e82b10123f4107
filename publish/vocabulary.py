"""The closed world: every run of words that the site may say, and whether a given text is made of nothing else.

It is gathered from the approved decisions and from the site's own installed sources, never from a page under test. A
run is known as a whole, or all its three-word runs are known; so a word that nobody approved cannot stand anywhere,
not even alone in its own element. A number is a word like any other.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote, unquote

from publish.approved import blocks, keys, said
from publish.body import body
from publish.canonical import words
from publish.lettering import printable
from publish.literals import HOLE
from publish.part1 import Part1, Stub
from publish.pdf_identity import identity
from publish.reading import Piece, Text
from publish.words import site_forms

Fault = Literal["unknown words", "unknown number", "unknown name", "unknown link", "unknown character", "unknown id"]

SEPARATOR = " · "  # cuts a run as an element does
_HOLE = "\0"  # in a run of words: any whole number up to what the site can count
_COUNT = re.compile(r"\d{1,3}(,\d{3})*|\d+", re.ASCII)
_WIDEST = 432  # units of the widest drawing


class Vocabulary:
    """What may be said, and where a text may point. Built up by the `learn` methods, then asked by `fault`.

    Runs are kept as hashes of their words; three-word runs only once a text needs them, which a clean page never does.
    A text that is said letter for letter as it was learnt is known by its own hash, before any word of it is weighed.
    """

    def __init__(self) -> None:
        self._exact: set[int] = set()
        self._wholes: set[int] = {hash((_HOLE,))}  # templates print counts alone, too
        self._long: list[tuple[str, ...]] = []
        self._triples: set[int] = set()
        self._names: set[str] = set()
        self._links: set[str] = set()
        self._characters: set[str] = set()
        self._paths: set[str] = set()
        self._ids: dict[str, str] = {}  # of each PDF, by its path
        self._learnt: set[Text] = set()
        self._years: set[int] = set()
        self._most = 20  # a page has that many parts of its own

    def learn(self, said: str) -> None:
        """A value: it may be said whole, or in part where at least three of its words stay together."""
        if hash(said) in self._exact:
            return
        self._exact.add(hash(said))
        self._characters.update(said)
        for run in said.split(SEPARATOR):
            self._learn(words(run))

    def learn_literal(self, said: str) -> None:
        """A template's run: `HOLE` in it, or a number of its own, stands for any number that the site can count."""
        self.learn(said.replace(HOLE, " "))
        for run in said.split(SEPARATOR):
            if run.replace(HOLE, "").strip():
                filled = words(run.replace(HOLE, " 0 ") if HOLE in run else run)
                self._learn(
                    tuple(_HOLE if _COUNT.fullmatch(word) else word for word in filled) if HOLE in run else filled
                )

    def _learn(self, run: tuple[str, ...]) -> None:
        if run:
            self._wholes.add(hash(run))
            if len(run) >= 3:
                self._long.append(run)

    def learn_pieces(self, pieces: Iterable[Piece]) -> None:
        """Pieces of our own sources: their names and links are ours too."""
        for text in {text for piece in pieces for text in piece.texts} - self._learnt:
            self._learnt.add(text)
            if text.kind == "name":
                self._names.add(text.value)
            elif text.kind == "link" and HOLE not in text.value:
                self._links.add(text.value)
            self.learn_literal(text.value)

    def learn_decisions(self, decisions: Iterable[Part1 | Stub]) -> None:
        """All that was approved, and the sums the site makes of it."""
        decisions = tuple(decisions)
        for decision in decisions:
            for each in said(decision):
                self.learn(each)
                if (printed := printable(each, len(each))) != each:
                    self.learn(printed)
            self._names.update(keys(decision.model_dump(mode="json")))
            self._years.update({decision.signed_on.year} if decision.signed_on else set())
            self._most += 1 + sum(1 for _ in blocks(decision))
            if isinstance(decision, Part1):
                self._ids[f"decisions/{decision.slug}/{decision.slug}.pdf"] = " ".join(identity(decision))
        for each in site_forms(decisions):
            self.learn(each)

    def learn_paths(self, paths: Iterable[str]) -> None:
        """The files of the site: where its links may lead."""
        for path in paths:
            self._paths.add(path)
            self._paths.add(posixpath.dirname(path) if posixpath.basename(path) == "index.html" else path)

    def fault(self, text: Text, file: str) -> Fault | None:
        """Why this text of this file is not of our world, or None."""
        if text.kind == "name":
            return None if text.value in self._names else "unknown name"
        if text.kind == "id":
            return None if text.value == self._ids.get(file) else "unknown id"
        if text.kind == "measure" and text.value.isdecimal() and len(text.value) <= 3 and int(text.value) <= _WIDEST:
            return None
        if text.kind == "link" or text.value.startswith(("https://", "http://", "/")):
            if self._leads_to_our_own(text.value, file):
                return None
            if text.kind == "link":
                return "unknown link"
        if hash(text.value) in self._exact:
            return None
        if not self._characters.issuperset(text.value):
            return "unknown character"
        return self._said(text.value)

    def _said(self, text: str) -> Fault | None:
        return next((fault for run in text.split(SEPARATOR) if (fault := self._weigh(words(run)))), None)

    def _weigh(self, run: tuple[str, ...]) -> Fault | None:
        if not run or hash(run) in self._wholes:
            return None
        holed = tuple(_HOLE if self._is_count(word) else word for word in run)
        if hash(holed) in self._wholes:
            return None
        if len(run) >= 3 and all(
            hash(run[at : at + 3]) in self._known_triples() or hash(holed[at : at + 3]) in self._triples
            for at in range(len(run) - 2)
        ):
            return None
        return "unknown number" if all(word[0].isdigit() for word in run) else "unknown words"

    def _is_count(self, word: str) -> bool:
        """Whether this is a number that the site can count to, or the year of a decision."""
        if not _COUNT.fullmatch(word) or len(word) > 12:
            return False
        value = int(word.replace(",", ""))
        return value <= self._most or value in self._years

    def _known_triples(self) -> set[int]:
        while self._long:
            run = self._long.pop()
            self._triples.update(hash(run[at : at + 3]) for at in range(len(run) - 2))
        return self._triples

    def _leads_to_our_own(self, link: str, file: str) -> bool:
        """Whether a link is one of the sources' own, or the plain way to a file of the site, with a known anchor."""
        if link in self._links:
            return True
        if link.startswith("mailto:"):
            return self._writes_to_us(link.removeprefix("mailto:"))
        ours = body().site_address
        target, sign, fragment = (f"/{link.removeprefix(ours)}" if link.startswith(ours) else link).partition("#")
        if sign and (not fragment or self._weigh(words(fragment))):
            return False
        if target.startswith("/"):
            return self._is_plain((), target[1:])
        folder = PurePosixPath(file).parent.parts
        steps = target.split("/")
        upward = next((number for number, step in enumerate(steps) if step != ".."), len(steps))
        rest = "/".join(steps[upward:])
        if not target or upward > len(folder):
            return not target
        return self._is_plain(folder[: len(folder) - upward], "" if rest == "." else rest)

    def _is_plain(self, folder: tuple[str, ...], rest: str) -> bool:
        """Whether the way down from a folder is exactly that of a file: no dots, no empty steps, nothing else."""
        return (
            not rest.startswith("/") and "/".join((*folder, *([rest] if rest else []))).removesuffix("/") in self._paths
        )

    def _writes_to_us(self, link: str) -> bool:
        """Whether an e-mail goes to a known address, with a subject made of known words and nothing else."""
        address, _, subject = link.partition("?subject=")
        plain = quote(unquote(subject)) == subject
        return plain and not self._said(unquote(subject)) and hash(words(address)) in self._wholes
