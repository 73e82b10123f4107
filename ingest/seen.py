"""What is on a page or in a file beside its words: marks, signatures, what no reader sees. Frozen values; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.runs import Box

MarkKind = Literal["box", "tick", "cross", "ink", "ring", "highlight", "cover", "unseen"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page bears beside its words: boxes to tick, and what a hand or a program put on it afterwards.

    `tick` and `cross` are strokes of that shape, `ink` any other; a `ring` goes round something, a `highlight` lies
    under it, a `cover` over it; where one is `unseen`, a line, ring or tick would count were it to be seen. Whether a
    `box` is `ticked`; None where that cannot be told.
    """

    kind: MarkKind
    box: Box
    page: int
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """A field for a digital signature: where it is shown, if anywhere, and whether it is `signed`.

    `true`: what stands there is a signature, of the file as it was then, made with the key of its certificate;
    `to_end`: and nothing was added to the file afterwards. Who signed when is private. Whether the certificate is to be
    trusted is not asked here.
    """

    page: int | None
    box: Box | None
    signed: bool
    true: bool = False
    to_end: bool = False
    signer: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something in the file that a reader cannot see or was not meant to see."""

    kind: str
    page: int | None
    box: Box | None
    text: str
    detail: str
