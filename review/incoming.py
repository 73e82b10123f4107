"""Papers that were sent to the desk and are not in the register yet: kept under names of our own until they are read.

A file is acknowledged when it is on the disk under its last name, with a note beside it that says what it is called and
who sent it. What ends the desk at any moment loses nothing of that: the next one goes on with what lies here. What
cannot be read is kept with the reason until somebody dismisses it.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.errors import shown
from ingest.limits import DEFAULT
from review.errors import NotFound
from review.originals import settle
from review.roles import fold

MOST_WAITING = 1000
ANYWHERE_NEAR = 1024  # bytes: a PDF may begin so far into its file
ID = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}")
CHUNK = 1 << 20
LONGEST_NAME = 200
LONGEST_SENDING = 3600  # seconds: the desk takes no upload that lasts longer


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: our name for it, what it is called, who sent it, and why it was refused if it was."""

    id: str
    file_name: str
    by: str
    refused: str | None = None


class Incoming:
    """The folder of one home. Each change of it is one renaming, so that whoever looks sees a whole file or none."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "incoming"
        self.refused_folder = self.folder / "refused"
        self.refused_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def keep(self, name: str, source: BinaryIO, by: str) -> Sent:
        """Keep a file that is being sent: on the disk when this returns. What is no PDF is refused, and not kept."""
        sent = Sent(f"{time.time_ns():016x}-{secrets.token_hex(8)}", _called(name), by)
        if sum(1 for _ in self.folder.glob("*-*.pdf")) >= MOST_WAITING:
            return self._refuse_at_once(sent, f"{MOST_WAITING:,} papers wait already. Send it when these are read.")
        aside = self.folder / f".{sent.id}.part"
        try:
            with aside.open("xb") as copy:
                os.fchmod(copy.fileno(), 0o600)
                if reason := _copied(source, copy):
                    return self._refuse_at_once(sent, reason)
            self._note(self.folder, sent)
            aside.rename(self.file(sent))
        finally:
            aside.unlink(missing_ok=True)
        settle(self.folder)
        return sent

    def file(self, sent: Sent) -> Path:
        """Where a file that waits lies."""
        return self.folder / f"{sent.id}.pdf"

    def waiting(self) -> tuple[Sent, ...]:
        """What waits to be read, in the order it was sent."""
        return tuple(_noted(path.with_suffix(".json")) for path in sorted(self.folder.glob("*-*.pdf")))

    def refused(self) -> tuple[Sent, ...]:
        """What could not be read, and nobody has dismissed yet."""
        return tuple(_noted(path) for path in sorted(self.refused_folder.glob("*-*.json")))

    def taken(self, sent: Sent) -> None:
        """The register has it: it waits no longer."""
        self.file(sent).unlink(missing_ok=True)
        (self.folder / f"{sent.id}.json").unlink(missing_ok=True)

    def refuse(self, sent: Sent, reason: str) -> None:
        """Keep a file aside with the reason why it could not be read."""
        self._note(self.refused_folder, Sent(sent.id, sent.file_name, sent.by, reason))
        with suppress(FileNotFoundError):
            self.file(sent).rename(self.refused_folder / f"{sent.id}.pdf")
        (self.folder / f"{sent.id}.json").unlink(missing_ok=True)

    def dismiss(self, name: str, by: str | None = None) -> Sent:
        """Forget a file that could not be read; `by`: only if this person sent it."""
        note = self.refused_folder / f"{name}.json"
        if not ID.fullmatch(name) or not note.is_file() or (by and fold(_noted(note).by) != fold(by)):
            raise NotFound("There is no such file, or somebody dismissed it already.")
        sent = _noted(note)
        (self.refused_folder / f"{name}.pdf").unlink(missing_ok=True)
        note.unlink(missing_ok=True)
        return sent

    def sweep(self) -> None:
        """Remove what was half sent when a desk was ended, long enough ago that nobody can still be sending it."""
        halves = [*self.folder.rglob(".*.part"), *self.folder.rglob(".*.note")]
        halves += [note for note in self.folder.glob("*-*.json") if not note.with_suffix(".pdf").exists()]
        for half in halves:
            with suppress(FileNotFoundError):
                if time.time() - half.stat().st_mtime > LONGEST_SENDING:
                    half.unlink()

    def _refuse_at_once(self, sent: Sent, reason: str) -> Sent:
        refused = Sent(sent.id, sent.file_name, sent.by, reason)
        self._note(self.refused_folder, refused)
        return refused

    def _note(self, folder: Path, sent: Sent) -> None:
        aside = folder / f".{sent.id}.note"
        with aside.open("w", encoding="utf-8") as note:
            json.dump(asdict(sent), note)
            note.flush()
            os.fsync(note.fileno())
        aside.rename(folder / f"{sent.id}.json")
        settle(folder)


def _copied(source: BinaryIO, copy: BinaryIO) -> str | None:
    """Copy a file to the disk; the reason where it is refused instead."""
    most = DEFAULT.megabytes * 1_000_000
    start = source.read(ANYWHERE_NEAR)
    if b"%PDF-" not in start:
        return "It is no PDF, whatever it is called. Save it as a PDF and send that."
    copy.write(start)
    shutil.copyfileobj(source, copy, CHUNK)
    if copy.tell() > most:
        return f"It is larger than {DEFAULT.megabytes} MB. Send the decision paper without its annexes."
    copy.flush()
    os.fsync(copy.fileno())
    return None


def _called(name: str) -> str:
    """The last part of the name that a file was sent under, as text of one line: shown, and never used as a path."""
    last = re.split(r"[/\\]", name)[-1].strip()
    return shown(Path(last[:LONGEST_NAME] or "unnamed.pdf"))


def _noted(path: Path) -> Sent:
    """What is noted of a file; where a note is gone, somebody took it away between two looks, or by hand."""
    try:
        return Sent(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Sent(path.stem, "a file without its note", "")
