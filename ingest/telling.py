"""Whether words in a file tell anything: they stand on no page, and have none of the shapes that are harmless there."""

from __future__ import annotations

import re

from ingest import web
from ingest.harmless import fits, is_family
from ingest.shown import PARTS, Shown, words_in

FILE = re.compile(r"(?i)^microsoft (word|powerpoint|excel|outlook) - |\.(docx?|pdf|rtf|odt|pptx?|xlsx?|pub|dotx?)$")
# What a property may say, whatever it is of; and what some may say beside that.
ANY = ("date", "flag", "digest", "format", "standard", "language", "program", "schema", "label", "web")
PROPERTIES = {
    **dict.fromkeys(
        ("title", "description", "subject", "keywords"),
        ("title", "label", "language", "description", "words", "schema"),
    ),
    **dict.fromkeys(("creator", "author", "artist", "publisher", "lastmodifiedby"), ("author", *ANY)),
    "comment": (),
    "colour": ("colour", "notice", "date"),
}


def tells(text: str, shapes: tuple[str, ...], shown: Shown, font: str = "") -> bool:
    """Whether a text says something. `font`: what the font is called that says it, if one does."""
    if shown.says(text) or fits(text, shapes) or len("".join(words_in(text))) == 1:
        return False
    if "web" in shapes and web.is_harmless(text, shown):
        return False
    if "family" in shapes and is_family(text, font):
        return False
    if "authors" in shapes and all(fits(name, ("author",)) for name in re.split(r"[,;&/]| and ", text)):
        return False
    if "words" in shapes and all(
        word in shown.words or fits(word, ("label", "description")) for word in words_in(text)
    ):
        return False  # each of them is printed, as in a title that was put together
    if "identifier" in shapes and names_a_place(text, shown):
        return False
    if "title" in shapes:
        bare = FILE.sub("", FILE.sub("", text.strip()))
        return not all(shown.says(part) or fits(part, ("label",)) for part in PARTS.split(bare))
    return True


def names_a_place(text: str, shown: Shown) -> bool:
    """Whether a name was made of words of the page, as authors make them: `intro` for the introduction."""
    parts = re.findall(r"[^\W\d_]+", text.casefold())
    return all(
        len(part) <= 2 or fits(part, ("identifier",)) or any(word.startswith(part) for word in shown.words)
        for part in parts
    )


def property_tells(name: str, text: str, shown: Shown) -> bool:
    """The same for a property of that name, such as those of XMP or of a picture."""
    if name.startswith("MSIP_Label_"):
        return tells(text, ("marking",) if name.casefold().endswith("_name") else (*ANY, "identifier"), shown)
    shapes = PROPERTIES.get(name.casefold(), ANY)
    return tells(text, (*shapes, "identifier") if name.endswith(("ID", "id", "about")) else shapes, shown)
