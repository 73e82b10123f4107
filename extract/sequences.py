"""Where the sections of a paper begin a second time, as those of another paper in the same file do.

Whatever its heading says or leaves out, what is put behind a Part 1 has numbers of its own: after section 6 stands 1.1
again, or the heading that the sections began with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.labels import read_label
from extract.paragraphs import Setting, begins_at, stands_out
from ingest.document import Line, Picture, Table

NUMBER = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?\.?(?:\s|$)")
NEAR = 5  # lines: so soon below its heading a section has its first number


def second_beginning(flow: Sequence[Line | Table | Picture], setting: Setting) -> int | None:
    """The place in the flow of some sections where they begin again, with the headings right above; None where not."""
    highest, first = 0, None
    for n, thing in enumerate(flow):
        if not isinstance(thing, Line) or not (thing.text[:1].isdigit() or stands_out(thing)):
            continue
        if not begins_at(flow, n, setting):
            continue
        number, name = _number(thing), _heading(thing)
        if name and first is None:
            first = name
        elif highest > 1 and (number == (1, 1) or (name and number == (1, 0) and _leads_on(flow, n))):
            return _from_its_headings(flow, n)
        elif name and name == first:
            return n
        if number and (number[1] or name) and number[0] in (highest, highest + 1):
            highest = number[0]
    return None


def _number(line: Line) -> tuple[int, int] | None:
    """(2, 1) for 2.1, (2, 0) for 2; None where the line has none, or one of a deeper level."""
    found = NUMBER.match(line.text)
    return (int(found[1]), int(found[2] or 0)) if found else None


def _heading(line: Line) -> str | None:
    """The words of a heading without its number, however they are set; None of a line that is not set apart."""
    if not line.runs[-1].face.bold and not line.text.isupper():  # most lines, and these are not cut into words
        return None
    words = read_label(line)[1] or line.words
    apart = all(word.bold for word in words) or line.text.isupper()
    return " ".join(word.text for word in words).casefold() if apart else None


def _leads_on(flow: Sequence[Line | Table | Picture], n: int) -> bool:
    return any(isinstance(below, Line) and _number(below) == (1, 1) for below in flow[n + 1 : n + 1 + NEAR])


def _from_its_headings(flow: Sequence[Line | Table | Picture], n: int) -> int:
    """With the lines right above on the same page that are set apart: they are its heading, whatever they say."""
    line = flow[n]
    while n and isinstance(line, Line):
        above = flow[n - 1]
        if not isinstance(above, Line) or above.page != line.page or not stands_out(above):
            break
        n -= 1
    return n
