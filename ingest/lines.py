"""From pieces of text to printed lines: which pieces make a word, which words a line, and which are struck through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.document import Box, Line, Rule, Word

SAME_LINE = 0.35  # of the type size: baselines closer than this are one line (footnote marks stay on theirs)
SAME_WORD = 0.12  # of the type size: a gap narrower than this parts no words
STRIKE_SHARE = 0.5  # of a word's width that a line must cross to delete it
FILLED = 0.6  # of a long line that must have words under it for it to delete them: the rest is the spaces between


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters without white space, as one text object holds it; `baseline` in displayed coordinates."""

    text: str
    box: Box
    baseline: float
    font: str
    size: float
    bold: bool
    italic: bool
    space_before: bool
    space_after: bool
    struck: bool = False
    confidence: float = 1.0


def spread(text: str, ends: Sequence[float], unit: float, drawn: float) -> tuple[float, float]:
    """Points to a unit of the font, and points more to each space, so that a run's ink ends where it does: at `drawn`.

    `ends` is where it would end by the glyph widths alone; where the text ends with a space, once for a space that is
    drawn and once for one that is only understood. What the widths leave over, a justified line has put into its
    spaces; in a single word it lies between the letters.
    """
    expected = min(ends, key=lambda end: abs(end - drawn))
    spaces = sum(character.isspace() for character in text.rstrip())
    if not (expected > 0 and 0.5 < drawn / expected < 2):
        return unit, 0.0
    return (unit, (drawn - expected) / spaces) if spaces else (unit * drawn / expected, 0.0)


def strike(pieces: Iterable[Piece], rules: Sequence[Rule]) -> list[Piece]:
    """Mark the pieces that a horizontal rule crosses through the middle, cutting a piece where the rule ends in it.

    A YES/NO is answered by what is deleted, so `YES/NO` with a line through `NO` becomes `YES/` and a struck `NO`.
    """
    result = list(pieces)
    for line in (rule.box for rule in rules if rule.horizontal):
        crossed = [piece for piece in result if _crosses(line, piece)]
        filled = sum(min(line.x1, piece.box.x1) - max(line.x0, piece.box.x0) for piece in crossed)
        # A rule across the column is furniture, not a deletion, unless there are words to delete all along it.
        struck = [p for p in crossed if line.width <= 4 * p.box.width + 60 or filled > FILLED * line.width]
        if struck:
            result = [part for p in result for part in (_cut(p, line) if p in struck and not p.struck else (p,))]
    return result


def _crosses(line: Box, piece: Piece) -> bool:
    middle = (line.top + line.bottom) / 2
    above_baseline = piece.baseline - middle
    if not 0.12 * piece.size < above_baseline < 0.55 * piece.size:
        return False  # an underline, a border or the line above
    shared = min(line.x1, piece.box.x1) - max(line.x0, piece.box.x0)
    return shared > 0.6 * piece.box.width / len(piece.text)


def _cut(piece: Piece, line: Box) -> tuple[Piece, ...]:
    each = piece.box.width / len(piece.text)
    first = max(0, round((line.x0 - piece.box.x0) / each))
    last = min(len(piece.text), round((line.x1 - piece.box.x0) / each))
    if last - first >= STRIKE_SHARE * len(piece.text) and piece.text.isalpha():
        first, last = 0, len(piece.text)  # nobody deletes most of a word; the pen slipped
    cuts = [(0, first, False), (first, last, True), (last, len(piece.text), False)]
    parts = [(a, b, struck) for a, b, struck in cuts if a < b]
    return tuple(
        replace(
            piece,
            text=piece.text[a:b],
            box=Box(piece.box.x0 + a * each, piece.box.top, piece.box.x0 + b * each, piece.box.bottom),
            struck=struck,
            space_before=piece.space_before if a == 0 else False,
            space_after=piece.space_after if b == len(piece.text) else False,
        )
        for a, b, struck in parts
    )


def gather_lines(pieces: Iterable[Piece], page: int) -> tuple[Line, ...]:
    """Lines from top to bottom, each with its words from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.baseline, piece.box.x0)):
        if rows and piece.baseline - rows[-1][0].baseline <= SAME_LINE * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return tuple(_line(sorted(row, key=lambda piece: piece.box.x0), page) for row in rows)


def _line(row: Sequence[Piece], page: int) -> Line:
    words: list[Word] = []
    before: Piece | None = None
    for piece in row:
        if before is not None and _drawn_twice(before, piece):
            continue
        glued = before is not None and _touches(before, piece)
        if glued and before is not None and _same_type(before, piece):
            last = words[-1]
            sure = min(last.confidence, piece.confidence)
            words[-1] = replace(last, text=last.text + piece.text, box=last.box.union(piece.box), confidence=sure)
        else:
            words.append(
                Word(
                    piece.text,
                    piece.box,
                    piece.font,
                    round(piece.size, 2),
                    piece.bold,
                    piece.italic,
                    piece.struck,
                    glued,
                    piece.confidence,
                )
            )
        before = piece
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    return Line(tuple(words), box, page, row[0].baseline)


def _touches(left: Piece, right: Piece) -> bool:
    """Whether no space parts two pieces."""
    if left.space_after or right.space_before:
        return False
    return right.box.x0 - left.box.x1 < SAME_WORD * max(left.size, right.size)


def _same_type(left: Piece, right: Piece) -> bool:
    return (left.bold, left.italic, left.struck) == (right.bold, right.italic, right.struck)


def _drawn_twice(left: Piece, right: Piece) -> bool:
    """Some programs print a bold word as the same word twice, a hair apart."""
    return left.text == right.text and abs(left.box.x0 - right.box.x0) < 1 and abs(left.baseline - right.baseline) < 1
