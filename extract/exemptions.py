"""The exemptions that a paper can rely on, as a versioned table that names who checked each row, and where.

A row nobody checked is known by its key and its plain label only: none of its words are shown as law. Every row is
validated when the table is loaded, so a slip in the file stops the program and not a decision.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from publish.part1 import Ground

FOIA = "Freedom of Information Act 2000"
EIR = "Environmental Information Regulations 2004"
ORDER = "Elected Local Policing Bodies (Specified Information) Order 2011"
PROCUREMENT = "Procurement Act 2023"
NOT_CONFIRMED = "ground not confirmed"

_PREFIXES = {FOIA: "FOIA s.", EIR: "EIR reg.", ORDER: "Order art.", PROCUREMENT: "Procurement Act s."}
_COLUMNS = (
    *("version", "instrument", "key", "provision", "also_cited_as", "short_title", "label", "means"),
    *("absolute", "basis", "pit", "use", "unavailable_to", "extra_evidence_required"),
    *("verified_by", "verified_on", "source"),
)
_NUMBER = r"[0-9]{1,3}[A-Z]?(?:\s?\([0-9A-Za-z]{1,4}\))*"
_NAMES = {
    FOIA: r"(?:the\s+)?(?:Freedom\s+of\s+Information\s+Act(?:\s+2000)?|FOIA(?:\s+2000)?|FOI\s+Act(?:\s+2000)?)",
    EIR: r"(?:the\s+)?(?:Environmental\s+Information\s+Regulations(?:\s+2004)?|EIRs?(?:\s+2004)?)",
    ORDER: r"(?:the\s+)?(?:Elected\s+Local\s+Policing\s+Bodies\s+\(Specified\s+Information\)\s+)?Order(?:\s+2011)?",
    PROCUREMENT: r"(?:the\s+)?Procurement\s+Act(?:\s+2023)?",
}
_SECTION = r"(?:section|sec\.?|s\.?)"
_WORDS = {FOIA: _SECTION, EIR: r"(?:regulation|reg\.?)", ORDER: r"(?:article|art\.?)", PROCUREMENT: _SECTION}
_SPELLINGS = tuple(
    (instrument, re.compile(pattern, re.IGNORECASE))
    for instrument, name in _NAMES.items()
    for word in [_WORDS[instrument]]
    for pattern in (
        rf"{word}\s?(?P<number>{_NUMBER})(?:,?\s+(?:of\s+)?{name})?",
        rf"{name},?\s+{word}?\s?(?P<number>{_NUMBER})",
    )
)


class ExemptionError(ValueError):
    """A row of the exemption table that does not hold together; names the row and what is wrong."""


@dataclass(frozen=True)
class Exemption:
    """One exemption. `absolute` is None where nobody knows; `basis` holds C class, P prejudice, N necessity, A harm.

    `use` says how likely it is in a decision paper: H, M, L, or X where a policing body never can or never needs to.
    """

    key: str
    instrument: str
    provision: str
    also_cited_as: tuple[str, ...]
    short_title: str
    label: str
    means: str
    absolute: bool | None
    basis: frozenset[str]
    use: Literal["H", "M", "L", "X", ""]
    unavailable_to: str
    extra_evidence_required: str
    verified_by: str
    verified_on: date | None
    source: tuple[str, ...]

    @property
    def number(self) -> str:
        """The bare provision: 43(2)."""
        return self.key.removeprefix(_PREFIXES[self.instrument])

    @property
    def verified(self) -> bool:
        return bool(self.verified_by)

    @property
    def requires_public_interest_test(self) -> bool:
        """Whether the public interest must be weighed; yes where nobody knows, so that the question is asked."""
        return not self.absolute

    @property
    def requires_harm(self) -> bool:
        return bool(self.basis & {"P", "A"})

    @property
    def requires_qualified_person(self) -> bool:
        return self.instrument == FOIA and self.number.startswith("36(")

    @property
    def requires_third_party(self) -> bool:
        """Whether whoever it is about, or came from, should be asked first."""
        return self.instrument == FOIA and re.match(r"4[13](?![0-9])", self.number) is not None

    @property
    def unavailable(self) -> bool:
        """Whether a policing body cannot claim it at all."""
        return self.unavailable_to == "policing body"


@dataclass(frozen=True)
class ExemptionTable:
    """All exemptions of one version; `digest` is the SHA-256 of the file, which rules and reviews are bound to."""

    version: str
    rows: tuple[Exemption, ...]
    digest: str

    def get(self, key: str) -> Exemption | None:
        """The exemption a key means in any spelling ("s43(2)", "section 43(2) FOIA"); None where it is not one row.

        A bare section that has limbs ("section 43") is not one row: see `limbs`.
        """
        for instrument, spelling in _SPELLINGS:
            found = spelling.fullmatch(key.strip())
            row = _numbers(self.rows).get((instrument, re.sub(r"\s", "", found["number"]))) if found else None
            if row:
                return row
        return None

    def limbs(self, instrument: str, number: str) -> tuple[Exemption, ...]:
        """The exemptions under a provision cited too broadly: those of "43", "31(1)" or "12(5)"."""
        return tuple(row for row in self.rows if row.instrument == instrument and row.number.startswith(f"{number}("))

    def keys_in(self, text: str) -> tuple[str, ...]:
        """The keys in a person's answer, "s43(1) and s43(2)"; none where any part of it is not an exemption."""
        parts = [part for part in re.split(r"\s*(?:,|;|\band\b|&|\+)\s*", text.strip().rstrip(".")) if part]
        rows = [self.get(part) for part in parts]
        return tuple(dict.fromkeys(row.key for row in rows if row)) if all(rows) else ()

    def label(self, key: str) -> str:
        """The ground in plain words, as marks print it."""
        row = self.get(key)
        return row.label if row else NOT_CONFIRMED

    def ground(self, key: str, as_printed: str | None = None) -> Ground:
        """What the public is told of a ground.

        A row nobody checked keeps its label, because a label only names the subject and the public must learn why
        something is withheld; it brings no law and no meaning. The limbs of the 2011 Order, whose text nobody found,
        are labelled as not yet checked. A key that is no exemption gives no key: then only the print speaks.
        """
        row = self.get(key)
        if row is None:
            return Ground(key=None, label=NOT_CONFIRMED, as_printed=as_printed)
        if not row.verified:
            return Ground(key=row.key, label=row.label, as_printed=as_printed)
        law = f"{row.instrument}, {row.provision}"
        return Ground(key=row.key, label=row.label, law=law, means=row.means, as_printed=as_printed)


@cache
def load() -> ExemptionTable:
    """The table of this version; raises ExemptionError for a row that does not hold together."""
    return parse((resources.files("extract") / "exemptions.csv").read_text(encoding="utf-8"))


def parse(text: str) -> ExemptionTable:
    """A table from its CSV, every row validated; raises ExemptionError."""
    lines = csv.DictReader(text.splitlines())
    if tuple(lines.fieldnames or ()) != _COLUMNS:
        raise ExemptionError(f"The exemption table must have the columns {', '.join(_COLUMNS)}.")
    printed = list(lines)
    rows = tuple(_row(row) for row in printed)
    versions = {row["version"] for row in printed}
    if len(versions) != 1 or not versions <= {v for v in versions if v}:
        raise ExemptionError("Every row of the exemption table must have the same version.")
    _numbers(rows)
    return ExemptionTable(versions.pop(), rows, hashlib.sha256(text.encode()).hexdigest())


@cache
def _numbers(rows: tuple[Exemption, ...]) -> Mapping[tuple[str, str], Exemption]:
    """The exemption that each number means; raises ExemptionError where two rows answer to the same one."""
    known: dict[tuple[str, str], Exemption] = {}
    for row in rows:
        for number in (row.number, *row.also_cited_as):
            if known.setdefault((row.instrument, number), row) is not row:
                raise ExemptionError(f"Two rows of the exemption table answer to {row.instrument} {number}.")
    return known


def _row(row: Mapping[str, str]) -> Exemption:
    key, instrument = row["key"], row["instrument"]
    if None in row.values() or None in row:
        raise ExemptionError(f"{key}: the row has too few or too many columns.")
    verified = (row["verified_by"], row["verified_on"], row["source"], row["means"])
    wrong = {
        "the instrument is not known": instrument not in _PREFIXES,
        "the key does not begin as its instrument's do": not key.startswith(_PREFIXES.get(instrument, "?")),
        "the label must be plain words in lower case": not re.fullmatch(
            r"(?!\s)[a-z][A-Za-z ',]*(?<!\s)", row["label"]
        ),
        "absolute must be yes, no or empty": row["absolute"] not in ("yes", "no", ""),
        "an absolute exemption needs no public interest test, any other does": (row["absolute"], row["pit"])
        not in (("yes", "no"), ("no", "yes"), ("", "")),
        "the basis must be of C, P, N, A": not set(row["basis"].split()) <= set("CPNA"),
        "the use must be H, M, L, X or empty": row["use"] not in ("H", "M", "L", "X", ""),
        "a row is checked by somebody, on a date, in a source, or says nothing": any(verified) != all(verified),
        "a row without an answer cannot have been checked": bool(row["verified_by"] and not row["absolute"]),
        "a source is an address": any(not s.startswith(("http://", "https://")) for s in row["source"].split()),
    }
    if found := [what for what, is_so in wrong.items() if is_so]:
        raise ExemptionError(f"{key}: {'; '.join(found)}.")
    try:
        verified_on = date.fromisoformat(row["verified_on"]) if row["verified_on"] else None
    except ValueError:
        raise ExemptionError(f"{key}: verified_on is no date.") from None
    return Exemption(
        key=key,
        instrument=instrument,
        provision=row["provision"],
        also_cited_as=tuple(row["also_cited_as"].split()),
        short_title=row["short_title"],
        label=row["label"],
        means=row["means"],
        absolute={"yes": True, "no": False}.get(row["absolute"]),
        basis=frozenset(row["basis"].split()),
        use=row["use"],  # type: ignore[arg-type]  # one of the letters, as checked above
        unavailable_to=row["unavailable_to"],
        extra_evidence_required=row["extra_evidence_required"],
        verified_by=row["verified_by"],
        verified_on=verified_on,
        source=tuple(row["source"].split()),
    )
