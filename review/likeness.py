"""How alike two papers are, by the runs of words in their Part 1.

A paper is the set of its four-word runs, each as a number. Two sets are compared exactly (Jaccard: what both share, of
all that either has); the few smallest numbers of a set are its sketch, by which the papers worth comparing are found
without reading the others. Nothing of Part 2 enters: only what stands in a public place of the form is counted.
"""

from __future__ import annotations

import heapq
from hashlib import blake2b

from extract.record import DecisionRecord, Passage
from publish.canonical import words

RUN = 4  # words: fewer are phrases of the trade, more would lose a scan with a misread word in every line
SKETCH = 32  # numbers: of two papers that share half their runs about 16 are the same
FEWEST = 80  # runs: a shorter text says too little to be told from another
ALIKE = 0.5  # papers of their own that share the form's phrases reach 0.06, a scan of the same pages 0.9

Runs = frozenset[int]


def runs_of(record: DecisionRecord) -> Runs:
    """The four-word runs of Part 1, within each passage and each row of a table; empty where there are too few."""
    texts = [record.title or ""]
    for passage in record.passages():
        rows = [(passage.text,)] if isinstance(passage, Passage) else [passage.header, *passage.rows]
        texts += [" ".join(row) for row in rows]
    found = frozenset(run for text in texts for run in _runs(text))
    return found if len(found) >= FEWEST else frozenset()


def _runs(text: str) -> list[int]:
    said = words(text)
    return [_number(" ".join(said[at : at + RUN])) for at in range(len(said) - RUN + 1)]


def _number(run: str) -> int:
    """63 bits, so that every database holds it as a whole number."""
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) >> 1


def sketch_of(runs: Runs) -> tuple[int, ...]:
    """The smallest numbers of a set, in order."""
    return tuple(heapq.nsmallest(SKETCH, runs))


def likeness(one: Runs, other: Runs) -> float:
    """What two sets share, of all that either has: 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0
