"""One form for all the ways of writing the same words, so that a disguise is no difference.

Compatibility forms, case, invisible characters and look-alike letters are folded; then a text is its words. A number
keeps its inner points and commas, because 49.927 is not 49 927.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

# Letters of other scripts that a reader takes for Latin ones, as they are or in capitals; all in lower case.
_LOOKALIKES = dict(
    zip("аеорсухіјѕһԁԛԝѵктмнвɡαοινυτκρχβεηγζμıɑ", "aeopcyxijshdqwvktmhbgaoivutkpxbenyzmia", strict=True),
)
_LOOKALIKE = re.compile(f"[{''.join(_LOOKALIKES)}]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+")


def canonical(text: str) -> str:
    """The text without what a reader cannot see or would not tell apart. ASCII, the common case, is only folded."""
    if text.isascii():
        return text.casefold()
    seen = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _LOOKALIKE.sub(lambda one: _LOOKALIKES[one[0]], unicodedata.normalize("NFKC", seen.casefold()))


def words(text: str) -> tuple[str, ...]:
    """The words of a text in canonical form; "£49.927m" is one word, "49.927m"."""
    return tuple(_WORD.findall(canonical(text)))


def decoded(text: str) -> str:
    """The text with character references and percent signs resolved, however often they were laid over each other."""
    for _ in range(5):
        once = unquote(html.unescape(text), errors="replace")
        if once == text:
            break
        text = once
    return text
