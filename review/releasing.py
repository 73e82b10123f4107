"""The next release from the desk: what it would change, and one at a time made in a process of its own.

That process is `partone publish`: it proves the site and swaps it in, or changes nothing. So it does not matter what
becomes of the desk meanwhile.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from publish.certificate import CERTIFICATE, Certificate, Certified, current, read_back
from review.address import VARIABLE
from review.errors import Conflict
from review.office import now
from review.register import Register
from review.standings import Standing

What = Literal["new", "corrected", "deferred", "withheld", "withdrawn"]
SAYS: dict[What, str] = {
    "new": "Goes public for the first time.",
    "corrected": "Replaces the version that is public now.",
    "deferred": "Only that it exists goes public, and until when it waits.",
    "withheld": "Only that it exists goes public, and on which ground all of it is withheld.",
    "withdrawn": "Goes from the site; a notice stays in its place.",
}
FAILED = "The release ended without a word. The public site is as it was. Try again, then tell whoever runs this desk."


@dataclass(frozen=True, slots=True)
class Change:
    """One paper that the next release would change in public."""

    what: What
    standing: Standing


@dataclass(frozen=True, slots=True)
class Attempt:
    """One release that was tried from the desk: by whom, since when, and what came of it once it ended."""

    by: str
    since: datetime
    ended: datetime | None = None
    released: bool = False
    changed: bool = False
    pages: int = 0
    said: str = ""


def changes(home: Path, standings: Sequence[Standing]) -> tuple[Change, ...]:
    """What the next release would change, by what the register says now and what the public site certifies."""
    site = current(home / "public")
    public = {decision.reference: decision for decision in site.decisions} if site else {}
    found = (Change(what, each) for each in standings if (what := _change(each, public.get(each.reference or ""))))
    order = tuple(SAYS)
    return tuple(sorted(found, key=lambda change: order.index(change.what)))


def _change(standing: Standing, public: Certified | None) -> What | None:
    match standing.state.name:
        case "approved":
            return "corrected" if standing.dates.published_on else "new"
        case "deferred" if public is None and standing.dates.published_on is None:
            return "deferred"
        case "withheld" if public is None or public.state != "withheld":
            return "withheld"
        case "withdrawn" if public is not None and public.state != "withdrawn":
            return "withdrawn"
    return None


def certificate_of(home: Path, digest: str) -> Certificate | None:
    """The certificate with this digest, if its release is one of the last that are kept."""
    for file in sorted((home / "releases").glob(f"*/{CERTIFICATE}")):
        found = read_back(Certificate, file.read_bytes())
        if found and found.digest == digest:
            return found
    return None


@dataclass(slots=True)
class Releasing:
    """The releases of one desk, one at a time; `latest` is the one that is being made, or the last that was."""

    register: Register
    latest: Attempt | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def at_work(self) -> bool:
        return self.latest is not None and self.latest.ended is None

    def start(self, by: str) -> None:
        """Make a release, in the name of somebody whom the register lets publish."""
        with self._lock:
            if self.at_work:
                raise Conflict("A release is being made already. Wait until it has ended.")
            self.latest = Attempt(by, now())
        threading.Thread(target=self._make, args=(by,), name="releasing", daemon=True).start()

    def _make(self, by: str) -> None:
        house = str(Path(__file__).resolve().parent.parent)
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH", "")]))
        }
        if elsewhere := self.register.elsewhere:  # the home remembers it without its password
            environment[VARIABLE] = elsewhere
        command = [sys.executable, "-m", "partone", "publish", "--home", str(self.register.home), "--by", by, "--json"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
            said, told = done.stderr.strip(), json.loads(done.stdout) if done.returncode == 0 else {}
        except (OSError, ValueError) as fault:
            said, told = f"{FAILED} ({type(fault).__name__})", {}
        started = self.latest or Attempt(by, now())
        if told:
            self.latest = Attempt(by, started.since, now(), True, bool(told["changed"]), int(told["pages"]))
        else:
            self.latest = Attempt(by, started.since, now(), said=said or FAILED)
