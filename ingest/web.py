"""Which addresses a link of a paper may lead to though they are not printed: public pages of public bodies.

An address of another body's server, of one inside an organisation, or with a question in it may say as much as a
sentence, and its reader sees none of it. So may the path of a public page: its words count as those of any text.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from ingest.ordinary import PATHS
from ingest.shown import Shown

PUBLIC = re.compile(
    r"(?:.*\.)?(?:gov\.uk|police\.uk|nhs\.uk|parliament\.uk|judiciary\.uk|ac\.uk|mod\.uk|gov\.scot|gov\.wales|llyw\.cymru"
    r"|ico\.org\.uk|local\.gov\.uk|europa\.eu|w3\.org|wikipedia\.org|example\.(?:com|org|net))"
)
INSIDE = re.compile(r"(?i)intranet|sharepoint|internal|extranet|teams|onedrive|portal|login|vpn|/sites?/|/personal/")
SHORT = 3  # letters
SAID_IN_EVERY_ADDRESS = frozenset(["http", "https", "www", "com", "co", "uk", "org", "net", "html", "htm", "pdf"])


def is_harmless(address: str, shown: Shown) -> bool:
    """Whether an address is printed, leads to a place in this file, or is a public page of a public body."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme in ("mailto", "tel") and parts.path and not parts.query:
        return shown.says(parts.path)
    if parts.scheme in ("http", "https") and parts.hostname and not (parts.username or parts.password):
        if PUBLIC.fullmatch(parts.hostname) and not parts.query and not INSIDE.search(address):
            words = re.findall(r"[^\W_]+", unquote(f"{parts.path} {parts.fragment}").casefold())
            return all(_is_ordinary(word, shown) for word in words)
        said = re.findall(r"[^\W_]+", address.casefold())
        return not parts.query and all(word in shown.words or word in SAID_IN_EVERY_ADDRESS for word in said)
    return False


def _is_ordinary(word: str, shown: Shown) -> bool:
    """Whether a word of a path is printed, is one of those that the paths of public bodies are made of, or a number."""
    return (
        word in shown.words
        or word in PATHS
        or len(word) <= SHORT
        or re.fullmatch(r"\d{4}|[a-z]{1,3}\d{1,8}", word) is not None
        or any(printed.startswith(word) for printed in shown.words)
    )
