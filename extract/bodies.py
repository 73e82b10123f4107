"""Whose paper this is, and whether this register publishes it: the paper's form and letterhead against `publish.body`.

A paper of another body is recognised as what it is and held whole, whatever people answer: their decisions are not
ours to publish, and our rules were not written for them. See docs/decisions/0006.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from extract.editions import find_edition
from extract.form import Form
from extract.paragraphs import join
from extract.record import DecisionRecord
from extract.starts import plain
from publish.body import body

LETTERHEAD = "letterhead"


def body_of(form: Form) -> str | None:
    """Whose paper it is: the body of its edition, or where many bodies share a form the one the letterhead names."""
    if form.edition is None:
        return None
    named = form.labels.get("body_named")
    if named is None:
        return form.edition.body
    found = named.search(plain(join(line.text for line in form.lines(LETTERHEAD))))
    return found["body"] if found else None


def stranger(record: DecisionRecord) -> str | None:
    """Why a paper is none that this register publishes, in a sentence; None where it is one."""
    edition, ours = find_edition(record.form), body()
    if edition is None:
        return None
    published = any(fnmatchcase(edition.id, pattern) for pattern in ours.forms)
    if published and ours.is_named(record.body):
        return None
    article = "an" if edition.name[0] in "AEIOU" else "a"
    whose = edition.body_name if record.body == edition.body else record.body
    said = f"This is {article} {edition.name} of the {whose or 'body named nowhere on it'}"
    if ours.is_named(record.body):
        return f"{said}, a form that this register does not publish."
    return f"{said}; this register publishes the decisions of {ours.short_name}."
