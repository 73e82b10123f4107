"""The manifest and the certificate of a release: digests, counts, roles and dates. Neither has a field for a text.

Both are read back strictly, and their bytes must be the one form that their values have; so nothing fits between the
fields either. Each certificate names the one before it: a chain that anyone can keep a copy of.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal, Self, TypeVar

from pydantic import Field, StringConstraints, ValidationError, model_validator

from publish.part1 import Part1, Public, Reference, Sha256, canonical_json
from publish.shelf import Approval, Entry

MANIFEST: Final = "manifest.json"
CERTIFICATE: Final = "certificate.json"
CHECKER: Final = "partone/verify/1"  # raised whenever the proof asks for more or for less

FilePath = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$")]


class Filed(Public):
    """One file: its digest and its size."""

    sha256: Sha256
    size: int = Field(alias="bytes", ge=0)


class Manifest(Public):
    """Every file of a release but the manifest and the certificate."""

    schema_: Literal["partone/manifest/1"] = Field("partone/manifest/1", alias="schema")
    files: Mapping[FilePath, Filed]


class Certified(Public):
    """One decision in a release: what was approved, and by whom, in roles and dates.

    `digest` is the one people approved; `public` is over the version history too, which came after their approval.
    """

    reference: Reference
    state: Literal["published", "deferred", "withdrawn", "withheld"]
    digest: Sha256
    public: Sha256
    approvals: tuple[Approval, ...] = Field(min_length=2)


class Counts(Public):
    """What was looked at."""

    files: int = Field(ge=0)
    size: int = Field(alias="bytes", ge=0)
    texts: int = Field(ge=0)
    decisions: int = Field(ge=0)


class Certificate(Public):
    """That a release was proven, and exactly which. `digest` is over all the other fields."""

    schema_: Literal["partone/certificate/1"] = Field("partone/certificate/1", alias="schema")
    checker: Literal["partone/verify/1"] = CHECKER
    released_on: date
    manifest: Sha256
    counts: Counts
    decisions: tuple[Certified, ...]
    previous: Sha256 | None
    digest: Sha256

    @model_validator(mode="after")
    def _digest_is_of_the_rest(self) -> Self:
        if self.digest != _digest(self):
            raise ValueError("the digest is not that of the certificate")
        if any(spells(value) for value in self._digests()):
            raise ValueError("a digest spells a text")
        return self

    def _digests(self) -> Iterator[str]:
        yield from (self.manifest, self.digest, self.previous or self.digest)
        for decision in self.decisions:
            yield from (decision.digest, decision.public)


def manifest_of(files: Iterable[tuple[str, bytes]]) -> Manifest:
    """The manifest of these files: path and content each."""
    return Manifest(
        files={path: Filed(sha256=hashlib.sha256(content).hexdigest(), size=len(content)) for path, content in files}
    )


def certify(
    manifest: Manifest, entries: Iterable[Entry], counts: Counts, *, released_on: date, previous: str | None
) -> Certificate:
    """The certificate of a site that was proven: only call it with the counts of a verdict without problems."""
    draft = Certificate.model_construct(
        released_on=released_on,
        manifest=sha256(written(manifest)),
        counts=counts,
        decisions=tuple(certified(entry) for entry in entries),
        previous=previous,
        digest="",
    )
    return Certificate.model_validate({**draft.model_dump(), "digest": _digest(draft)})


def certified(entry: Entry) -> Certified:
    """What the certificate says of one entry of the shelf."""
    return Certified(
        reference=entry.decision.reference or "",  # never empty: the shelf takes no unsettled decision
        state="published" if isinstance(entry.decision, Part1) else entry.decision.why,
        digest=entry.digest,
        public=sha256(canonical_json(entry.decision)),
        approvals=entry.approvals,
    )


Sealed = TypeVar("Sealed", Manifest, Certificate)


def written(value: Manifest | Certificate) -> bytes:
    """The one byte form of a manifest or a certificate."""
    return canonical_json(value) + b"\n"


def read_back(kind: type[Sealed], content: bytes) -> Sealed | None:
    """The manifest or certificate in these bytes, or None where they are anything but its one byte form."""
    try:
        value = kind.model_validate_json(content)
    except ValidationError:
        return None
    return value if written(value) == content else None


def current(site: Path) -> Certificate | None:
    """The certificate of a released site, or None where there is none that can be read."""
    try:
        return read_back(Certificate, (site / CERTIFICATE).read_bytes())
    except OSError:
        return None


def sha256(content: bytes) -> str:
    """The digest of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def spells(hexadecimal: str) -> bool:
    """Whether the bytes behind a digest are printable text: by chance that happens once in 10¹³ digests."""
    return re.fullmatch(rb"[\t\n\r -~]+", bytes.fromhex(hexadecimal)) is not None


def _digest(certificate: Certificate) -> str:
    rest = certificate.model_copy(update={"digest": ""})
    return sha256(canonical_json(rest))
