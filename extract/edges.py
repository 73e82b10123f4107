"""What stands at the edge of pages and across them: running headers and footers, and the markings that close a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from extract.closing import bears_marking, is_marking, says_what_follows, titles_part2, unmistakable
from extract.editions import Edition, Place, plain
from extract.openings import Course, Flow
from extract.paragraphs import PARAGRAPH_GAP, Setting, openings_at, stands_out
from ingest.document import Document, Line, Note, Page, Picture, Table, Word

HEAD, FOOT = 0.085, 0.92  # of a page's height: above and below stands only what repeats
OfForm = Callable[[Line, Line | None], bool]  # of a line and the one before
NEAR_HEAD, NEAR_FOOT = 0.15, 0.86
NEARLY = 0.8  # of the pages: the first may have none
PAGE_NUMBER = re.compile(
    r"[-–|]?\s*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*(?:[-–|]|\|?\s*page)?$", re.IGNORECASE
)
FIGURES = re.compile(r"\d+")
LEVEL = 4  # points: a header stands no more than so much higher or lower from page to page, on a scan too
HUGE = 2.4  # times the usual type size: no text of a paper is so large, a watermark is
TURNED = 2.2  # times its own type size: a word that reaches so high does not lie on its line


def at_edge(line: Line, page: Page) -> bool:
    """Whether a line stands in the band at the head or the foot of its page."""
    return line.box.bottom < HEAD * page.height or line.box.top > FOOT * page.height


def at_head(line: Line, page: Page) -> bool:
    """Whether a line stands in the band at the head of its page."""
    return line.box.bottom < HEAD * page.height


def find_furniture(document: Document) -> tuple[Line, ...]:
    """Headers and footers: page numbers, and what stands at the same height on page after page.

    Odd and even pages may have headers of their own. A little inside the page only what is on nearly every one of
    three pages or more is a header, and nothing that may be a marking: that is for `find_markings` to see.
    """
    set_aside = frozenset[tuple[int, float, float]]().union(*(note.places for note in document.notes))
    lines = [
        (line, page, FIGURES.sub("#", line.text))
        for page in document.pages
        for line in page.lines
        if (line.box.bottom < NEAR_HEAD * page.height or line.box.top > NEAR_FOOT * page.height)
        and line.place not in set_aside
        and not _in_table(line, document)
    ]
    standing: dict[str, list[Line]] = {}
    for line, _, said in lines:
        standing.setdefault(said, []).append(line)
    every = len(document.pages)
    return tuple(line for line, page, said in lines if _is_furniture(line, page, standing[said], every))


def _is_furniture(line: Line, page: Page, alike: Sequence[Line], pages: int) -> bool:
    """Whether one of the lines that say the same, but for their figures, is a header or a footer."""
    level = [one for one in alike if abs(one.baseline - line.baseline) <= LEVEL]
    if not at_edge(line, page):
        repeats = len(level) >= 3 and len(level) >= NEARLY * (pages - 1)
        return repeats and _has_text(page) and not bears_marking(line.text)
    if PAGE_NUMBER.match(line.text) or len(level) >= max(2, pages / 2):
        return True
    return sum(one.page % 2 == line.page % 2 for one in level) >= max(2, pages / 4)


def _has_text(page: Page) -> bool:
    """Whether anything stands in the middle of a page: else what stands near its edge is its text."""
    return any(
        line.box.bottom >= NEAR_HEAD * page.height and line.box.top <= NEAR_FOOT * page.height for line in page.lines
    )


def _in_table(line: Line, document: Document) -> bool:
    return any(
        page == line.page and box.top <= line.baseline <= box.bottom
        for table in document.tables
        for page, box in zip(table.pages, table.boxes, strict=True)
    )


def with_sure_notes(document: Document) -> Document:
    """The paper with what reads like the beginning of a Part 2 no footnote, but text as any other: it may close all."""
    if not any(map(_reads_like_part2, document.notes)):
        return document
    notes = (Note(note.mark, ()) if _reads_like_part2(note) else note for note in document.notes)
    return replace(document, notes=tuple(notes))


def _reads_like_part2(note: Note) -> bool:
    return bool(note.lines) and (
        says_what_follows(note.text)
        or any(titles_part2(line.text, stands_out(line) or n > 0) for n, line in enumerate(note.lines))
        or any(is_marking(line.text) for line in note.lines)
    )


def find_markings(document: Document, setting: Setting, of_form: OfForm | None) -> Iterator[Line]:
    """The lines that close the page they stand on; `of_form` knows the form's own words about its Part 2, if one is.

    At the edge of a page every short line that has a marking among its words closes it, and so does a watermark. What
    is printed in the middle of a page closes it only where it is nothing but a marking; that its place in the form
    tells (`extract.form`).
    """
    before: Line | None = None
    for page in document.pages:
        for n, line in enumerate(page.lines):
            if not at_edge(line, page):
                before = line
            elif (
                bears_marking(line.text, page.ocr)
                and not (of_form and of_form(line, before))
                and (unmistakable(line.text, page.ocr) or _within_band(page, n, setting))
            ):
                yield line
        yield from _watermarks(page, document)


def _within_band(page: Page, n: int, setting: Setting) -> bool:
    """Whether a line is no line of the text that runs into the band: what is set close to it ends in the band too."""
    lines = page.lines
    for step in (-1, 1):
        at = n
        while 0 <= at + step < len(lines):
            near = abs(lines[at + step].baseline - lines[at].baseline) <= PARAGRAPH_GAP * setting.pitch
            if not near:
                break
            at += step
            if not at_edge(lines[at], page):
                return False
    return True


def _watermarks(page: Page, document: Document) -> Iterator[Line]:
    """The words that lie across the page or are far too large, where they make a marking in any order they may have."""
    large = {
        id(line): line
        for line in page.lines
        for run in line.runs
        if run.size > 20 or line.box.height > TURNED * run.size
    }
    if not large:  # nearly always
        return
    usual = median(word.size for page in document.pages for line in page.lines for word in line.words)
    across = [
        word
        for line in large.values()
        for word in line.words
        if (word.size > HUGE * usual and word.size > 20) or word.box.height > TURNED * word.size
    ]
    if not across:
        return
    orders = (across, sorted(across, key=lambda word: word.box.x0), sorted(across, key=lambda word: -word.box.top))
    pieces = [words for _, group in groupby(across, key=lambda word: word.box) if (words := list(group))]
    for words in (*pieces, *orders):
        if bears_marking(" ".join(word.text for word in words)) or bears_marking("".join(w.text for w in words)):
            yield _as_line(words, page.number)
            return


def _as_line(words: list[Word], page: int) -> Line:
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    return Line.of(words, box, page, box.bottom)


def is_own_marking(lines: tuple[Line, ...], scanned: bool = False) -> bool:
    """Whether a paragraph, or its first line, is nothing but a marking."""
    return is_marking(lines[0].text, scanned) or is_marking(" ".join(line.text for line in lines), scanned)


def markings_in_text(course: Course, parts: Sequence[tuple[Place, Sequence[Flow]]]) -> Iterator[Line]:
    """The lines of Part 1 that are nothing but a marking; in the tail the form itself speaks of that of its Part 2."""
    tail = course.edition.tail
    past = {id(thing) for place, flow in parts if place.name in tail or place.holds == "part2" for thing in flow}
    for n in sorted(course.wordings.closers):
        thing = course.flow[n]
        if id(thing) in past or isinstance(thing, Picture):
            continue
        if isinstance(thing, Table):
            for line in (line for row in thing.rows for cell in row for line in cell.lines):
                if stands_out(line) and is_own_marking((line,), line.page in course.scanned):
                    yield line
        elif any(
            is_own_marking(lines, thing.page in course.scanned) for lines in openings_at(course.flow, n, course.setting)
        ):
            above = (one for one in reversed(course.flow[:n]) if isinstance(one, Line) and id(one) not in past)
            if not is_of_form(course.edition, thing, next(above, None)):
                yield thing


def is_of_form(edition: Edition, line: Line, before: Line | None) -> bool:
    """Whether a line is the form's own word about its Part 2: a heading, a label, or the answer to one."""
    labels = edition.labels
    if any(place.holds != "part2" and place.begins(line) for place in edition.places):
        return True
    if any(labels[name].match(plain(line.text)) for name in ("part2_marking", "part2_named", "part2_ceases")):
        return True
    return before is not None and bool(labels["part2_marking"].match(plain(before.text)))
