"""The sample decisions as two people approved them, and what a person who tampers with a site could do."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

from publish.certificate import CERTIFICATE, MANIFEST, Counts, manifest_of, sha256, written
from publish.part1 import Part1, Stub
from publish.part1 import digest as digest_of
from publish.shelf import Approval, Entry

PLANTED_COUNT = 4_317_902
TODAY = date(2026, 11, 23)


def approved(decision: Part1 | Stub) -> Entry:
    """The decision as two people put it on the shelf."""
    return Entry(
        decision=decision,
        approvals=(
            Approval(role="reviewer", on=date(2026, 11, 19)),
            Approval(role="releaser", on=date(2026, 11, 20)),
        ),
        digest=digest_of(decision),
    )


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def reseal(site: Path, counts: Counts, *, manifest: bool = True) -> None:
    """Make manifest and certificate agree with a site again, as a tamperer would: digests and counts too."""
    if manifest:
        files = (path for path in site.rglob("*") if path.is_file() and not path.is_symlink())
        listed = [(path.relative_to(site).as_posix(), path.read_bytes()) for path in sorted(files)]
        others = [(path, content) for path, content in listed if path not in (MANIFEST, CERTIFICATE)]
        body = json.loads(written(manifest_of([])))
        body["files"] = {path: {"bytes": len(content), "sha256": sha256(content)} for path, content in others}
        (site / MANIFEST).write_bytes(canonical(body) + b"\n")
    with suppress(ValueError):
        certificate = json.loads((site / CERTIFICATE).read_bytes())
        certificate["manifest"] = sha256((site / MANIFEST).read_bytes())
        for named in certificate["decisions"]:
            slug = named["reference"].lower().replace(" ", "-")
            with suppress(OSError, ValueError):
                decision = json.loads((site / "decisions" / slug / "index.json").read_bytes())
                named["public"] = sha256(canonical(decision))
                named["digest"] = sha256(canonical(decision | {"versions": []} if "versions" in decision else decision))
        if "texts" in certificate["counts"] and certificate["counts"]["texts"] != PLANTED_COUNT:
            certificate["counts"] = counts.model_dump(mode="json")
        certificate["digest"] = sha256(canonical(certificate | {"digest": ""}))
        (site / CERTIFICATE).write_bytes(canonical(certificate) + b"\n")
