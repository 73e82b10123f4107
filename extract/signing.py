"""How a block of the form is signed and dated: what stands between its labels, beside them, or on their line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.dates import find_date
from extract.editions import plain
from extract.evidence import evidence_of, evidence_of_picture
from extract.facts import Evidence, Signature
from extract.form import Form
from extract.marks import Marks
from extract.paragraphs import join
from ingest.document import Box, DigitalSignature, Line, Picture, Table, spell

ABOVE, BELOW = 14.0, 90.0  # points: how far a signature may stand from its label where no date bounds it
HAND = 20.0  # points: what is written narrower is a tick or a dot
LOWEST = 4.0  # points: a picture that is lower is a line or a dot
NAME = re.compile(r"[^\W\d_]{2}|[^\W\d_]\.? ?[^\W\d_]")
UNSIGNED = re.compile(r"(?i)\b(?:not(?: yet)? signed|unsigned|(?:to be|awaiting|pending) sign)")
EMPTY = "the field for a digital signature is empty"
NONE = "what stands in the field for a digital signature is none of this file"
Flow = Sequence[Line | Table | Picture]
Mark = Line | Picture | DigitalSignature


@dataclass(frozen=True, slots=True)
class Signed:
    """How one block is signed: the lines from "Date" to the date, where that ends, and the signature itself."""

    signature: Signature = "absent"
    dated: tuple[Line, ...] = ()
    end: int = 0  # of what stands in the block: the first thing that is no part of it any more
    mark: Mark | None = None
    remark: str | None = None

    def evidence(self, block: str) -> dict[str, Evidence]:
        """Where it was signed, and where it was dated. Who signed digitally is said here and nowhere else."""
        seen = {f"{block}.signed_on": evidence_of(self.dated)} if self.dated else {}
        if isinstance(self.mark, Line):
            seen[f"{block}.signature"] = evidence_of([self.mark])
        elif isinstance(self.mark, Picture):
            seen[f"{block}.signature"] = evidence_of_picture(self.mark)
        elif self.mark and self.mark.page and self.mark.box:
            text = ", ".join(filter(None, (self.mark.signer, self.mark.time)))
            seen[f"{block}.signature"] = Evidence(page=self.mark.page, box=self.mark.box, text=text)
        return seen


def signed_in(flow: Flow, form: Form, marks: Marks) -> Signed:
    """How a block is signed. What is drawn or signed digitally counts for more than words that are typed there."""
    typed = _typed(flow, form)
    label = _label(flow, form)
    if label is None:
        return typed
    places = list(_places(label, typed.dated))
    fields = [one for one in marks.signatures if any(_is_in(one.page, one.box, *place) for place in places)]
    for one in fields:
        if one.true:
            return Signed("digital", typed.dated, typed.end, one)
    remark = NONE if any(one.signed for one in fields) else None
    if typed.signature != "image" and (drawn := _drawn(places, marks)):
        return Signed("image", typed.dated, typed.end, drawn, remark)
    if fields and not remark and typed.signature == "absent":
        remark = EMPTY
    return Signed(typed.signature, typed.dated, typed.end, typed.mark, remark)


def end_of(flow: Flow, form: Form) -> int:
    """Where what is signed and dated in a block ends."""
    return _typed(flow, form).end


def unplaced(flows: Iterable[Flow], form: Form, marks: Marks) -> list[DigitalSignature]:
    """The digital signatures that stand in none of these blocks: shown elsewhere, or nowhere."""
    placed = [one.mark for flow in flows if (one := signed_in(flow, form, marks)).signature == "digital"]
    return [one for one in marks.signatures if one.true and one not in placed]


def _typed(flow: Flow, form: Form) -> Signed:
    """By words and pictures: "Signature", what stands below it, and "Date", below it or on the same line."""
    signature: Signature = "absent"
    mark: Mark | None = None
    begun = beside = False
    dated: list[Line] = []
    end = 0
    for n, thing in enumerate(flow):
        if isinstance(thing, Line) and form.labels["signature"].match(plain(thing.text)):
            begun, dated = True, []
            first, date = _columns(thing, form)
            signature, mark = ("text", thing) if _is_name(spell(first.words[1:])) else ("absent", None)
            if date:
                dated, end, beside = [date], n + 1, True
        elif isinstance(thing, Line) and form.labels["date"].match(plain(thing.text)) and begun and not dated:
            dated, end, begun = [thing], n + 1, False
        elif dated and isinstance(thing, Line) and len(dated) < 2 and not _is_date(dated):
            dated, end = [*dated, thing], n + 1
        elif begun and isinstance(thing, Picture) and thing.box.width > HAND and thing.box.height > LOWEST:
            signature, mark = "image", thing
        elif begun and not beside and isinstance(thing, Line) and signature == "absent" and _is_name(thing.text):
            signature, mark = "text", thing
    return Signed(signature, tuple(dated), end, mark)


def _is_name(text: str) -> bool:
    """Whether somebody typed something to sign with: no line to sign on, no dots, and no word that it is not signed."""
    return NAME.search(text) is not None and UNSIGNED.search(text) is None


def _columns(line: Line, form: Form) -> tuple[Line, Line | None]:
    """The line that begins with "Signature", and its part that begins with "Date" where that stands beside it."""
    words = line.words
    for n in range(1, len(words)):
        if form.labels["date"].match(plain(spell(words[n:]))):
            return line.part(words[:n]), line.part(words[n:])
    return line, None


def _is_date(lines: Sequence[Line]) -> bool:
    return find_date(join(line.text for line in lines)) is not None


def _label(flow: Flow, form: Form) -> Line | None:
    labels = [thing for thing in flow if isinstance(thing, Line) and form.labels["signature"].match(plain(thing.text))]
    return labels[-1] if labels else None


def _places(label: Line, dated: Sequence[Line]) -> Iterator[tuple[int, Box]]:
    """Where a signature may stand: from its label to the date, over a page end too."""
    top, bottom, wide = label.box.top - ABOVE, label.box.bottom + BELOW, float("inf")
    below = [line for line in dated if line.page == label.page and line.box.top > label.box.bottom]
    if below:
        bottom = below[-1].box.bottom
    elif dated and dated[0].page == label.page + 1:
        bottom = wide
        yield dated[0].page, Box(0.0, 0.0, wide, dated[-1].box.bottom)
    yield label.page, Box(0.0, top, wide, bottom)


def _is_in(page: int | None, box: Box | None, there: int, place: Box) -> bool:
    return page == there and box is not None and place.top <= (box.top + box.bottom) / 2 <= place.bottom


def _drawn(places: Iterable[tuple[int, Box]], marks: Marks) -> Picture | None:
    """What a pen wrote there, all of it as one picture."""
    for page, place in places:
        strokes = [mark.box for mark in marks.within(page, place, "ink", "ring", "tick", "cross")]
        if strokes:
            box = strokes[0]
            for other in strokes[1:]:
                box = box.union(other)
            if box.width > HAND:
                return Picture(box, page)
    return None
