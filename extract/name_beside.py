"""What stands right beside a name and says that it is one: a verb of people, or who did what."""

from __future__ import annotations

import re

HUMAN = re.compile(
    r"\s*(?:,[^,.;]{2,60},|,)?\s+(?:family\b|(?:has\s+|had\s+|was\s+|is\s+)?(?:said|says|told|wrote|writes|resigned|retired|retires|joined"
    r"|chaired|chairs|promoted|sacked|suspended|arrested|born|attended|apologised|thanked|interviewed|signed)\b)"
)
# What is said of people alone, and not of a county or a firm.
ACTED = re.compile(
    r"\s+(?:(?:has|had|was|is|were)\s+)?(?:been\s+)?(?:interviewed|arrested|born|resigned|retired|suspended|promoted"
    r"|sacked|apologised|dismissed|bailed|cautioned|sentenced)\b"
)
BY = re.compile(
    r"\b(?:(?:led|chaired|written|signed|countersigned|prepared|drafted|authored|reviewed|sponsored|overseen|presented"
    r"|audited|investigated|represented|interviewed|headed|managed|supervised|succeeded)\s+by|on behalf of|reports? to"
    r"|reporting to|appointment of|secondment of|named|called)\s+$",
    re.I,
)
