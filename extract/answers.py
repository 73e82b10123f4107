"""Which word of YES/NO stands: by what is struck out, what is ringed, and which box beside a word is ticked.

Each way of answering is asked by itself, and they must agree. Where nothing tells, or two things tell against each
other, the answer is `undetermined`, and what was seen is said: an unanswered question is not NO. Bold type and a
highlight are no answer, and a word that is covered or written over may be either. Nor is a "no" somewhere in a
sentence: "No decision yet", "see note no 4" and "N/A" say something else than NO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.facts import Answer
from extract.glyphs import glyph_of
from extract.marks import Marks
from extract.starts import plain
from ingest.document import Box, Line, Word, spell

YES_NO = re.compile(r"(?i)\b(?:yes|no)\b")
BESIDE = 4.0  # points: how far above or below a line the middle of its boxes may be
SPACE = 2.0  # points: as much as the gaps on both sides of a box may differ and mean nothing
EMPTY, TICKED, UNCLEAR = "empty", "ticked", "unclear"
BETWEEN = r"[\s/|.,:;()\[\]*-]*"  # what may stand around the words, and does not say anything
ALONE = re.compile(rf"(?i)(?:{BETWEEN}\b(?:yes|no)\b)*{BETWEEN}")
# "NO - not required", "YES. A date is given": behind a dash, a colon, a bracket or a full stop something is explained;
# "No-one", "No. 4" and "No. of pages" explain nothing, and a reason that is a doubt is none.
EXPLAINED = re.compile(
    rf"(?i:(?:{BETWEEN}\b(?:yes|no)\b)+)\s*[)\]]?(?:\s-\s*|\s*[:;(]\s*|\.\s+(?=[A-Z]))(?!\s*\d)(?P<why>.*)"
)
DOUBT = re.compile(
    r"(?i)\b(?:yes|no|or|if|unless|whether|subject|pending|provisional\w*|un(?:clear|known|decided)|known|sure|decided"
    r"|confirmed|tb[acd])\b"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one question; where there is none, what was seen instead, as the end of a sentence."""

    answer: Answer
    saw: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the printed words YES and NO, what was done to it, and the state of its box, if it has one."""

    word: str
    place: Box
    struck: bool
    ringed: bool = False
    highlighted: bool = False
    covered: bool = False
    inked: bool = False
    box: str | None = None


def yes_or_no(lines: Sequence[Line], marks: Marks, question: re.Pattern[str] | None = None) -> Answered:
    """The answer in some lines, in what is printed behind the question; without it, in all that is printed there."""
    behind = list(_behind(lines, question))
    places = {(line.page, word.box) for line, word in behind}
    choices: list[Choice] = []
    for line in _rows(lines):
        words = [word for word in line.words if (line.page, word.box) in places]
        here = _with_boxes(list(_choices(line, words, marks)), list(_boxes(line, words, marks)))
        choices += _with_rings(line, here, marks)
    return _settled(choices, says_more=_says_more(behind, marks))


def _behind(lines: Sequence[Line], question: re.Pattern[str] | None) -> Iterator[tuple[Line, Word]]:
    """The words behind a question, and what is left of the word in which it ends; all, where it is not asked."""
    words = [(line, word) for line in lines for word in line.words]
    read = [plain(spell([word for _, word in words[:n]])) for n in range(1, len(words) + 1)]
    # A question that is asked again ends where it ends first: the second is no answer to it.
    asked = next(filter(None, map(question.match, read)), None) if question else None
    end = asked.end() if asked else 0
    for (line, word), text in zip(words, read, strict=True):
        over = len(text) - end
        if over > 0 and word.note is None:
            yield line, word if over >= len(word.text) else word._replace(text=word.text[-over:])


def _says_more(words: Sequence[tuple[Line, Word]], marks: Marks) -> bool:
    """Whether something else is said than YES and NO: words that do not stand apart behind them, as a reason does."""
    text = ""
    for line, word in words:
        ticks = glyph_of(word) or (len(word.text) == 1 and any(marks.over(line.page, word.box, "box")))
        silent = ticks or (word.struck and not YES_NO.search(word.text))
        text += (" " if silent or not word.glued else "") + ("" if silent else word.text)
    text = re.sub("[–—−]", " - ", re.sub("[‐‑]", "-", text))
    text = text.lstrip(" -:?")  # the end of the question
    if ALONE.fullmatch(text):
        return False
    explained = EXPLAINED.match(text)
    return explained is None or DOUBT.search(explained["why"]) is not None


def _rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of cells that stand side by side as one."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        beside = last and last.page == line.page and abs(last.baseline - line.baseline) < SPACE
        if last and beside and line.box.x0 >= last.box.x1:
            rows[-1] = Line.of((*last.words, *line.words), last.box.union(line.box), line.page, last.baseline)
        else:
            rows.append(line)
    return rows


def _choices(line: Line, words: Sequence[Word], marks: Marks) -> Iterator[Choice]:
    for word in words:
        each = word.box.width / (len(word.text) or 1)
        for found in YES_NO.finditer(word.text):
            place = word.box._replace(x0=word.box.x0 + found.start() * each, x1=word.box.x0 + found.end() * each)
            yield Choice(
                found[0].upper(),
                place,
                word.struck,
                highlighted=any(marks.around(line.page, place, "highlight")),
                covered=any(marks.over(line.page, place, "cover")),
                inked=any(marks.over(line.page, place, "ink", "tick", "cross")),
            )


def _with_rings(line: Line, choices: Sequence[Choice], marks: Marks) -> list[Choice]:
    """A ring chooses a word where it goes round that word alone."""
    ringed: set[Box] = set()
    held = [(choice, mark) for choice in choices for mark in marks.around(line.page, choice.place, "ring")]
    for _, mark in held:
        inside = [choice for choice, other in held if other is mark]
        if len({choice.word for choice in inside}) == 1:
            ringed |= {choice.place for choice in inside}
    return [replace(choice, ringed=choice.place in ringed) for choice in choices]


def _boxes(line: Line, words: Sequence[Word], marks: Marks) -> Iterator[tuple[Box, str]]:
    """The boxes of a line with their states: what is drawn or in a form, and what is set as letters."""
    around = line.box._replace(x0=0.0, x1=float("inf"), top=line.box.top - BESIDE, bottom=line.box.bottom + BESIDE)
    drawn = list(marks.within(line.page, around, "box"))
    for mark in drawn:
        yield mark.box, UNCLEAR if mark.ticked is None else TICKED if mark.ticked else EMPTY
    for word in words:
        if any(word.box.overlap(mark.box) for mark in drawn):
            continue
        glyph = glyph_of(word)
        if glyph:
            yield word.box, {"empty box": EMPTY, "ticked box": TICKED}.get(glyph, UNCLEAR)
    for mark in marks.within(line.page, around, "tick", "cross"):
        yield mark.box, UNCLEAR  # beside a word and in no box: it may mean either word


def _with_boxes(choices: list[Choice], boxes: list[tuple[Box, str]]) -> list[Choice]:
    """Each word with the state of its box, where each has one, all before their words or all behind them."""
    if not choices or not boxes:
        return choices
    words = sorted(choices, key=lambda choice: choice.place.x0)
    placed = sorted(boxes)
    before = [box.x0 < word.place.x0 for (box, _), word in zip(placed, words, strict=False)]
    sure = (
        len(placed) == len(words)
        and len(set(before)) == 1
        and all(_belongs(box, word, words) for (box, _), word in zip(placed, words, strict=True))
    )
    states = [state for _, state in placed] if sure else [UNCLEAR] * len(words)
    return [replace(word, box=state) for word, state in zip(words, states, strict=True)]


def _belongs(box: Box, word: Choice, words: Sequence[Choice]) -> bool:
    """Whether a box stands no farther from its word than from any other, but for the width of a space."""
    gaps = {other.place: max(box.x0 - other.place.x1, other.place.x0 - box.x1) for other in words}
    return gaps[word.place] <= min(gaps.values()) + SPACE


def _settled(choices: Sequence[Choice], *, says_more: bool) -> Answered:
    printed = {choice.word for choice in choices}
    if not printed:
        return Answered("undetermined", "neither YES nor NO can be read there")
    if covered := _named(choice.word for choice in choices if choice.covered):
        return Answered("undetermined", f"{covered} covered")
    if inked := _named(choice.word for choice in choices if choice.inked and not choice.struck):
        return Answered("undetermined", f"{inked} written over")
    if says_more:
        return Answered("undetermined", "what is printed there says more than YES or NO")
    told: list[tuple[set[str], str]] = []  # the words that each way of answering leaves, and what was seen
    if struck := {choice.word for choice in choices if choice.struck}:
        told.append((printed - struck, f"{_named(struck)} struck out"))
    if ringed := {choice.word for choice in choices if choice.ringed}:
        told.append((ringed, f"{_named(ringed)} ringed"))
    if any(choice.box for choice in choices):
        told.append(_by_boxes(choices))
    if not told and len(printed) == 1:
        told.append((printed, ""))
    if not told:
        highlighted = _named(choice.word for choice in choices if choice.highlighted)
        more = f"; {highlighted} highlighted, which is no answer" if highlighted else ""
        return Answered("undetermined", f"neither YES nor NO is struck out, ringed or ticked{more}")
    answers = [words for words, _ in told]
    if all(words == answers[0] and len(words) == 1 for words in answers):
        return Answered("yes" if answers[0] == {"YES"} else "no")
    return Answered("undetermined", " and ".join(dict.fromkeys(saw for _, saw in told)))


def _by_boxes(choices: Sequence[Choice]) -> tuple[set[str], str]:
    ticked = {choice.word for choice in choices if choice.box == TICKED}
    if any(choice.box in (None, UNCLEAR) for choice in choices):
        return set(), "it cannot be told which word the ticks or boxes beside them mean"
    return (
        ticked,
        f"the box of {' and of '.join(sorted(ticked, reverse=True))} is ticked" if ticked else "no box is ticked",
    )


def _named(words: Iterator[str] | set[str]) -> str:
    """One word and "is", two and "are", or nothing."""
    each = sorted(set(words), reverse=True)
    return f"{' and '.join(each)} {'is' if len(each) == 1 else 'are'}" if each else ""
