"""Everything in a file that its pages do not say, wherever it lies: the second half of the search for hidden content.

The first half (`ingest.structure`) knows what hangs on a PDF by name: attachments, scripts, forms, comments. Here
nothing is known; every string, stream and byte must be accounted for (docs/decisions/0009).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf

from ingest.document import Hidden, Page
from ingest.leftovers import left_behind
from ingest.objects import everything
from ingest.shown import Shown
from ingest.spelt import map_of_a_linear_file
from ingest.unsaid import unsaid
from ingest.unused import drawn_apart, never_drawn
from ingest.widgets import DAMAGED

MOST = 100  # findings: more tell an officer nothing new


def inside_the_file(name: str, data: bytes, pages: Sequence[Page], known: Sequence[Hidden] = ()) -> Iterator[Hidden]:
    """What a file of that name says and its pages do not, each once; `known` is what was found already."""
    shown = Shown.of(name, pages)
    told = {(one.page, one.text) for one in known} | {(None, one.text) for one in known}
    texts = [one.text for one in known if one.text]
    count = 0
    for found in _found(data, shown):
        place = (found.page, found.text)
        if place in told or (found.text and any(found.text in text for text in texts)):
            continue
        told |= {place, (None, found.text)}
        count += 1
        if count > MOST:
            return
        yield found


def _found(data: bytes, shown: Shown) -> Iterator[Hidden]:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            met = list(everything(pdf, map_of_a_linear_file(data) if pdf.is_linearized else None))
            yield from unsaid(met, shown)
            yield from left_behind(pdf, data, met, shown)  # before streams are copied, which unlocks them
            yield from never_drawn(pdf, met)
            yield from drawn_apart(met, shown)
    except DAMAGED:
        yield Hidden("unreadable-structure", None, None, "", "The file's inner structure is damaged.")
