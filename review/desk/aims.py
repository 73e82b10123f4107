"""What a step of withholding aims at: a passage, exact words of it, words inside a box on the page, or a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.checks import personal_names
from extract.claims import Span
from extract.pointed import pointed_at
from extract.texts import public_texts
from ingest.document import Box
from review.desk import drawings
from review.desk.places import short
from review.errors import NotFound, RegisterError
from review.office import View
from review.register import Register

SPAN = re.compile(r"(?P<place>[^:]+)(?::(?P<start>\d{1,7})-(?P<end>\d{1,7}))?")
BOX = re.compile(
    r"(-?\d{1,4}(?:\.\d{1,4})?),(-?\d{1,4}(?:\.\d{1,4})?),(-?\d{1,4}(?:\.\d{1,4})?),(-?\d{1,4}(?:\.\d{1,4})?)"
)
PATIENT = 20.0  # seconds for the words of a scan; nothing is withheld meanwhile
MOST = 60  # characters of a quotation in a heading
NOTHING_CHOSEN = (
    "Nothing is chosen. For words of a passage go back, and select them under Passages or draw a box round them."
)
UNSURE = "The words there cannot be told apart for sure. Withhold the whole passage, or select words under Passages."


@dataclass(frozen=True, slots=True)
class Aim:
    """What would be withheld: `spans` as a form sends them, each quoted; `unsure` are places that only go whole."""

    title: str
    button: str
    spans: tuple[str, ...] = ()
    quoted: tuple[tuple[str, str], ...] = ()
    unsure: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    place: str = ""
    name: str = ""
    finding: str = ""
    by_name: bool = False

    @property
    def draft(self) -> str:
        """What the typed words of this step are kept under in the browser: no words of the paper."""
        return " ".join(filter(None, (self.place, self.finding, *self.spans, "name" if self.by_name else "")))


def span_of(said: str) -> Span:
    """A span as a form says it: "2/2.1" or "2/2.1:10-24"."""
    found = SPAN.fullmatch(said)
    if found is None or (found["start"] and int(found["start"]) >= int(found["end"])):
        raise RegisterError("The selection did not arrive whole. Select the words again.")
    if not found["start"]:
        return Span(passage=found["place"])
    return Span(passage=found["place"], start=int(found["start"]), end=int(found["end"]))


def at_words(view: View, said: Sequence[str]) -> Aim:
    """Exact words, or whole passages, as they were selected; the server counts the letters again."""
    spans = [span_of(each) for each in said]
    texts = {text.place: text.text for text in public_texts(view.record)}
    for span in spans:
        if span.end is not None and span.end > len(texts.get(span.passage, "")):
            raise NotFound("Those words are not there any more. Select them again.")
    quoted = tuple((short(s.passage), texts.get(s.passage, "")[s.start : s.end] or "all of it") for s in spans)
    where = ", ".join(dict.fromkeys(name for name, _ in quoted))
    return Aim(f"Withhold words of {where}: on which ground?", "Withhold these words", tuple(said), quoted)


def at_place(view: View, place: str) -> Aim:
    """A whole passage, table or section, or some words of it that are typed; a name where none is chosen."""
    if not place:
        return replace(of_name(view, ""), lines=(NOTHING_CHOSEN,))
    if not any(text.place == place or text.place.startswith(f"{place}/") for text in public_texts(view.record)):
        raise NotFound(f"{view.dossier.paper.name} has no passage “{place}”.")
    name = short(place)
    return Aim(f"Withhold {name}: on which ground?", f"Withhold {name}", place=place, name=name)


def in_box(register: Register, view: View, page: int, box: str) -> Aim:
    """The words that lie in a box drawn on the picture of a page."""
    edges = BOX.fullmatch(box)
    if edges is None:
        raise RegisterError("The box did not arrive whole. Draw it again.")
    x0, x1 = sorted((float(edges[1]), float(edges[3])))
    top, bottom = sorted((float(edges[2]), float(edges[4])))
    document = drawings.soon(drawings.laid_out(register.home, view.dossier.paper.sha256), PATIENT)
    if document is None:
        raise RegisterError(f"The words of this page could not be found. {UNSURE}")
    found = pointed_at(view.record, document, page, Box(x0, top, x1, bottom))
    if not found.spans and not found.unsure:
        raise NotFound("No words that could be public lie in that box. Draw it round the words to withhold.")
    unsure = tuple((place, short(place)) for place in found.unsure)
    aim = at_words(view, [said(span) for span in found.spans])
    title = aim.title if found.spans else "Withhold what lies in the box?"
    return Aim(title, "Withhold these words", aim.spans, aim.quoted, unsure, (UNSURE,) if unsure else ())


def of_name(view: View, finding: str) -> Aim:
    """The names a finding asks about, or a name to be typed, wherever they stand."""
    if not finding:
        return Aim("Withhold a name everywhere: on which ground?", "Withhold the name", by_name=True)
    names = personal_names.names_asked(view.record, finding)
    if not names or finding not in {asked.id for asked in view.dossier.findings}:
        raise NotFound("That finding asks about no name.")
    told = ", ".join(f"“{name}”" for name in names)
    return Aim(f"Withhold {told} everywhere", "Withhold and answer the finding", finding=finding)


def said(span: Span) -> str:
    """A span as a form sends it."""
    return span.passage if span.start is None else f"{span.passage}:{span.start}-{span.end}"


def lapses(approvers: Iterable[str]) -> str:
    """Whose approvals end with a new public version."""
    names = list(approvers)
    if not names:
        return ""
    told = " and ".join(names)
    return f"{told}’s approval lapses: ask again." if len(names) == 1 else f"The approvals of {told} lapse: ask again."
