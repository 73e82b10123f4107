"""Which addresses a link of a paper may lead to though they are not printed: public pages of public bodies.

An address of another body's server, of one inside an organisation, or with a question in it may say as much as a
sentence, and its reader sees none of it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ingest.shown import Shown

PUBLIC = re.compile(
    r"(?:.*\.)?(?:gov\.uk|police\.uk|nhs\.uk|parliament\.uk|judiciary\.uk|ac\.uk|mod\.uk|gov\.scot|gov\.wales|llyw\.cymru"
    r"|ico\.org\.uk|local\.gov\.uk|europa\.eu|w3\.org|wikipedia\.org|example\.(?:com|org|net))"
)
INSIDE = re.compile(r"(?i)intranet|sharepoint|internal|extranet|teams|onedrive|portal|login|vpn|/sites?/|/personal/")
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
            return True
        said = re.findall(r"[^\W_]+", address.casefold())
        return not parts.query and all(word in shown.words or word in SAID_IN_EVERY_ADDRESS for word in said)
    return False
