"""Whether the pages of a file hang on a tree, as they must: the engine walks in circles for ever where they do not.

A tree of one branch, as nearly every paper has, leads nowhere else; only a file with more is opened for a look.
"""

from __future__ import annotations

import io
import re

import pikepdf

BRANCH = re.compile(rb"/Kids\b")
PACKED = b"/ObjStm"  # branches may lie in there
SPELT = re.compile(rb"/(?:[KO]\w{0,5})?#[0-9A-Fa-f]{2}")  # a name that may be one of these, written in another way
LOOP = "Loop detected in /Pages"  # in the words of the library, which walks the tree when it opens a file


def is_tangled(data: bytes) -> bool:
    """Whether a branch of the tree of pages is reached more than once."""
    if PACKED not in data and not SPELT.search(data) and len(BRANCH.findall(data)) < 2:
        return False
    try:
        with pikepdf.open(io.BytesIO(data)):
            return False
    except pikepdf.PdfError as error:
        return LOOP in str(error)  # what else is damaged `ingest.structure` finds
