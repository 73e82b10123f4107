"""Pages drawn in a process of their own, since what draws a hostile PDF may fall over it: a page in, plain pixels out.

Run as `python -m ingest.drawn` it is that process. Pixels need no decoding here, so a picture cannot attack who looks.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from ingest.apart import Refused, answered
from ingest.errors import UnreadableError, shown
from ingest.inbox import load
from ingest.limits import DEFAULT, Limits
from ingest.pixels import Drawing


def draw_apart(path: Path, number: int, turned: float = 0.0, limits: Limits = DEFAULT) -> Drawing | Refused:
    """Page `number` (from 1) of a PDF as its reader sees it, turned clockwise by as many degrees as for reading."""
    try:
        data = load(path, limits)
    except UnreadableError as error:
        return Refused(shown(path), error.reason, error.remedy)
    wanted = json.dumps({"number": number, "turned": turned}).encode()
    return answered("ingest.drawn", shown(path), wanted + b"\n" + data, limits, _understood)


def _understood(line: bytes) -> Drawing:
    told = json.loads(line)
    pixels = base64.b64decode(told["pixels"], validate=True)
    drawing = Drawing(int(told["width"]), int(told["height"]), float(told["scale"]), pixels)
    if not drawing.whole:
        raise ValueError("not the picture of a page")
    return drawing


def _answer(name: str, data: bytes, limits: Limits) -> bytes:
    from ingest.drawing import drawn  # numpy and the PDF engine: only where a page is drawn

    wanted, _, paper = data.partition(b"\n")
    page = drawn(name, paper, **json.loads(wanted), limits=limits)
    sizes = {"width": page.width, "height": page.height, "scale": page.scale}
    return json.dumps({**sizes, "pixels": base64.b64encode(page.pixels).decode()}).encode()


if __name__ == "__main__":
    from ingest.worker import serve

    serve(_answer)
