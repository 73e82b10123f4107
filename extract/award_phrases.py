"""The phrases that recommendations are built of, as patterns: acts, sums, terms, options, routes and names.

`extract.awards` reads a recommendation with them. Sums and withheld marks stand in its text as one private-use
character each, so that no pattern here can read a piece of a number or of a mark.
"""

from __future__ import annotations

import re

HIDDEN = "\ue000"  # a withheld mark
LONGEST_CLAUSE = 1500  # no act is worded at such length, and the patterns need not be tried on a whole chapter
BREAK = "\ue001"  # where a phrase was read and taken out
FIRST_SUM = 0xE100
SUM = "[\ue100-\uefff]"
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
# A word that a mark touches is no longer a word: the mark takes it in.
_PART_OF_A_WORD = r"[\w£&'’+%-]"
MARK = re.compile(rf"\[\s*(?:withheld|redacted)\b[^\]]*\](?:{_PART_OF_A_WORD}|[.,](?=[\w\[]))*", re.IGNORECASE)
LAST_OF_A_WORD = re.compile(rf"{_PART_OF_A_WORD}|[.,](?=[\w\[])")
_SUM_OR_MARK = "[\ue000\ue100-\uefff]"

# --- acts -----------------------------------------------------------------------------------------------------------
SENTENCE_END = re.compile(
    r";\s*(?:and\s+)?(?!\s*(?:and\s+)?(?:for\s+)?Lot\s)|\.\s+(?=(?:To|The|This|These|That|It|Approve|Agree|Note|And|In|Subject|Delegate|Any|All|An?)\b)"
)
NEXT_ACT = re.compile(
    r",?\s+and\s+(?=(?:also\s+)?(?:(?:to\s+)?(?:approve|agree|authorise|note|delegate|award|extend|vary|novate)\b"
    r"|the\s+(?:\w+[\s-]+){0,3}?(?:award|extension|variation|novation|delegation|grant)\b))",
    re.IGNORECASE,
)
ACT = re.compile(
    rf"""\b(?:
        (?P<direct>direct(?:ly)?[\s-]+award(?:ing|s)?)
      | (?P<award>award(?:ing|s)?|call[\s-]?off(?=\s+(?:contract|agreement|order))
                 |enter(?:ing)?\s+into\s+an?(?=\s+(?:[\w-]+\s+){{0,4}}contract)|contracts?(?=\s+(?:with|to)\s))
      | (?P<extension>exten(?:sions?|ding|d))
      | (?P<grant>grants?(?=\s+(?:funding|of|to|award|agreement|for|with)\b|\s*{SUM}))
      | (?P<other>variations?|vary(?:ing)?|novat(?:ion|ing|e)|assignment|uplift|increase)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER = (
    r"(?:[0-9]+(?:\.[0-9]+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen"
    r"|twenty[\s-]four|thirty[\s-]six)"
)
_UNIT = r"(?:year|month|week|day)s?"
_SPAN = rf"\b{_NUMBER}(?:\s*\+\s*{_NUMBER})*[\s-]+(?:calendar\s+)?{_UNIT}\b"
_BEFORE_AN_ACT = (
    "to approve approves agree agrees authorise authorises support that the a an dmpc deputy mayor for policing and "
    "crime mopac is asked recommended requested invited request proposal proposed retrospective retrospectively "
    "further additional formal formally of exercise exercising option options up single tender action new initial "
    "first second third final contract make approval proceed with interim urgent expenditure spend funding"
).replace(" ", "|")
OPENING = re.compile(rf"(?:\W|[0-9]+[.)]\s)*(?:(?:{_BEFORE_AN_ACT}|{_SPAN}|{_NUMBER})(?:\W+|$))*", re.IGNORECASE)
_NO_PART_OF_A_CONTRACT_NAME = (
    r"delegat\w*|not(?:e|ing)|inclusion|plan|budget|procurement|tender|strategy|report|business|to|with|for|from|of"
)
NAMED_CONTRACT = re.compile(
    rf"\W*(?:to\s+)?(?:approve|agree|authorise)\s+(?:the|an?)\s+"
    rf"(?:(?!(?:{_NO_PART_OF_A_CONTRACT_NAME})\b)[\w&’'-]+\s+){{1,8}}contracts?\s*",
    re.IGNORECASE,
)
APPROVAL = re.compile(r"\b(?:to|approves?|agrees?|authorises?)\b", re.IGNORECASE)
STATEMENT = re.compile(r"\b(?:will|would|is|was|were|has|have|had|allows?|provides?)\b", re.IGNORECASE)
FOR_ANOTHER_TO_DO = re.compile(
    r"\b(?:delegat\w*|not(?:e|es|ing)|authority\s+to|(?:authoris|permit|allow|empower|instruct|request)\w*\b.*\bto)\b",
    re.IGNORECASE,
)
WORDS_OF_ANOTHER = ("delegat", "not", "author", "perm", "allow", "empower", "truct", "reque")  # none is without one
DELEGATED = re.compile(r"\b(?:be|is|are)\s+delegated\b")
MONEY_FOR = re.compile(
    rf"{SUM}\s+(?:(?!to\b)[a-z]+\s+){{0,6}}?for\s"
)  # "To approve £2m of funding for the extension of …"
FUNDING = re.compile(
    rf"\bfunding\s+awards?\b|\bawards?\s+(?:of\s+)?(?:{SUM}\s+)?(?:of\s+|in\s+)?funding\b", re.IGNORECASE
)
CONTRACT = re.compile(r"\b(?:contracts?|agreements?|call[\s-]?offs?|licen[cs]es?|grants?|frameworks?)\b", re.IGNORECASE)
NOT_A_GRANT = re.compile(
    r"\s+of\s+(?:an?\s+|the\s+)?(?:lease|licen[cs]e|permission|planning|easement|authority|exemption)|\s+authority",
    re.IGNORECASE,
)
DIRECTLY = re.compile(
    r"\bdirect(?:ly)?[\s-]+award|\baward(?:\s+\w+){0,3}\s+directly\b|\bdirect\s+call[\s-]?off", re.IGNORECASE
)
UNTIL_A_PREPOSITION = re.compile(r".*?(?=\b(?:to|with|for|via|under|at|by)\b|$)")

# --- sums -----------------------------------------------------------------------------------------------------------
_LEAD_WORDS = (
    "not with at for to and of in by a an the its total overall combined aggregate annual contract lifetime whole-life "
    "estimated anticipated expected indicative approximate maximum minimum value values cost costs price sum amount "
    "worth valued costing totalling up upto not exceeding exceed more than no over least between region capped ceiling"
).replace(" ", "|")
_LEAD = rf"(?:\b(?:{_LEAD_WORDS})\s+)*"
_RATE = (
    r"(?:\s*(?:(?:per|/)\s*\w+|(?:a|each|every)\s+(?:year|month|week|day|hour)|p\.?\s?[am]\.?(?!\w)|annually|maximum"
    r"|to\s+each(?=\s+of\b)))"
)
_VAT = r"(?:\s*\(?(?:excluding|exclusive\s+of|exc?l?\.?|plus|including|inclusive\s+of|incl?\.?|\+)\s*VAT\)?)"
OPENS_A_SUM = re.compile(r"(?:with|at|for|in|worth|valued|costing)\b")
VALUE = re.compile(
    rf"(?P<lead>{_LEAD})(?P<sum>(?:(?<=between\s){SUM}\s+and\s+|{SUM}\s?(?:to|[-\u2013\u2014])\s?)?{SUM})"
    rf"(?P<rate>{_RATE}?)(?P<vat>{_VAT}?)(?P<each>\s+each\b)?"
)
HIDDEN_VALUE = re.compile(
    rf"{_LEAD}(?:value|cost|price|sum|amount|worth|valued|costing|totalling|total)"
    rf"(?:\s+(?:of|at|is|up|to|being|not|exceeding|between))*\s*£?{HIDDEN}{_RATE}?|(?:\bat\s+)?(?:an?\s+)?£{HIDDEN}|\bat\s+{HIDDEN}"
)
ENDS_IN_A_MARK = re.compile(rf"\s*(?:per|a|each|every)?\s*{HIDDEN}")
UNSETTLED = re.compile(
    r"\b(?:up\s*to|not\s+(?:to\s+)?exceed(?:ing)?|not\s+more|no\s+more|maximum|minimum|ceiling|capped|between|estimated"
    r"|anticipated|expected|indicative|approximate|region|over|more\s+than|exceeding|least|annual)\b"
)
TOTAL_VALUE = re.compile(r"\b(?:total|overall|combined|aggregate)\b.*")
_NEW_TOTAL = (
    rf"\(?(?:(?:with|giving|to|at|for)\s+)?(?:(?:an?|the|its)\s+)?(?:new|revised|resulting|amended|updated)\s+"
    rf"(?:(?:total|overall|maximum|estimated|contract)\s+)*(?:value|total|cost|price)"
    rf"(?:\s+(?:of|to|is|being|at|up))*:?\s*{_SUM_OR_MARK}\)?"
)
_BRINGING_IT_TO = (
    rf",?\s*\(?(?:(?:and|thereby|which|this|to|will)\s+)*(?:bring|tak|increas|rais|mak|giv)(?:ing|es?)?\s+"
    rf"(?:(?!by\b)[a-z’'-]+\s+){{0,9}}?(?:to|of|at)\s+(?:(?:an?|up|to|new|total|overall|of)\s+)*{_SUM_OR_MARK}\)?"
)
_BY_THIS_TO_THAT = (
    rf"(?:(?<=by {SUM})|(?<=by up to {SUM}))\s*,?\s+(?:from\s+{SUM}\s+)?to\s+"
    rf"(?:(?:an?|new|revised|maximum|total|value|of)\s+)*{_SUM_OR_MARK}"
)
NEW_TOTALS = tuple(
    re.compile(pattern)
    for pattern in (
        _NEW_TOTAL,
        _BRINGING_IT_TO,
        _BY_THIS_TO_THAT,
        rf",?\s*\(?from\s+{SUM}\s+to\s+(?:(?:an?|new|revised|total|of)\s+)*{_SUM_OR_MARK}\)?",
        rf"\(?(?:with\s+|at\s+|to\s+)?(?:an?\s+|the\s+)?total\s+contract\s+value(?:\s+(?:of|to|is|up))*\s+{_SUM_OR_MARK}\)?",
        rf"(?<={SUM})\s*,?\s+(?:to|for|giving)\s+an?\s+(?:overall\s+|cumulative\s+)?total\s+(?:value\s+|cost\s+)?of\s+{_SUM_OR_MARK}",
    )
)

# --- time -----------------------------------------------------------------------------------------------------------
_SPANS = rf"{_SPAN}(?:\s+(?:and|plus)\s+{_SPAN})?"
_QUANTITY = (
    rf"(?:up\s+to\s+|a\s+maximum\s+of\s+)?(?:an?\s+|the\s+)?(?:(?:further|additional|optional)\s+)*(?:up\s+to\s+)?"
    rf"(?:{_NUMBER}\s+(?:(?:further|additional|optional|separate|x)\s+)*(?:(?:periods?|extensions?|terms?)\s+of\s+)?"
    rf"(?:up\s+to\s+)?)?(?:(?:further|additional|periods?\s+of)\s+)*{_SPANS}"
    rf"(?:\s+(?:periods?|extensions?|terms?|each))*"
)
WORDS_OF_OPTIONS = ("option", "exten")  # no pattern of options is without one
OPTIONS = (
    re.compile(
        rf"[,(]?\s*(?:(?:with|plus|and|including|has)\s+)*(?:(?:an?|the|possible|{_NUMBER})\s+)*"
        rf"(?:extension\s+options?|options?\s+(?:to\s+extend|for\s+extension|of\s+extension|of|for)"
        rf"|possible\s+extensions?|right\s+to\s+extend|extendable)"
        rf"(?:\s+(?:it|the\s+(?:contract|term|agreement)))?(?:\s+(?:for|by|of))?\s+(?P<options>{_QUANTITY})\)?"
    ),
    re.compile(
        rf"(?:[,(]\s*)?(?:(?:with|plus|and|including)\s+)*"
        rf"(?P<options>(?:up\s+to\s+)?(?:an?\s+|{_NUMBER}\s+)?(?:(?:optional|possible|further)\s+)*{_SPAN}\s+"
        rf"(?:optional\s+extensions?|extension\s+options?|options?|extensions?(?=\s*\)|\s*,|\s*\.?$))"
        rf"|(?:up\s+to\s+)?(?:an?\s+|{_NUMBER}\s+)?(?:possible\s+)?optional\s+{_SPAN}\s+(?:extensions?|periods?)"
        rf"|(?:up\s+to\s+)?(?:an?\s+|{_NUMBER}\s+)(?:further\s+)?(?:optional|possible)\s+(?:extensions?|extension\s+periods?)\s+"
        rf"of\s+(?:up\s+to\s+)?{_SPANS}(?:\s+each)?)\)?"
    ),
)
UNREAD_OPTIONS = re.compile(
    r"[,(]?\s*(?:(?:with|plus|and|an?|the)\s+)*(?:extension\s+options?|options?\s+to\s+extend)\b\)?"
)
_DAY = r"(?:[0-9]{1,2}(?:st|nd|rd|th)?\s+)?[A-Z][a-z]+\s+[0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
_TERM_LEAD = r"(?:\b(?:for|of|with|over|and|by|an?|the|initial|further|additional|period|term|duration)\s+)*"
_TERM_END = (
    rf"(?=\s*(?:[,.;:()]|$|{BREAK}|(?:from|at|to|with|and|via|under|through|using|for|until|commencing|starting|in|on|by"
    rf"|plus|or|subject|initially|term|period|bringing|taking)\b))"
)
TERM = re.compile(
    rf"\b(?:{_TERM_LEAD}\b(?:term|period|duration|for|by|over|of|for\s+the\s+period)\s+"
    rf"(?:(?:of|an?|the|initial|further|additional|period|term)\s+)*"
    rf"(?P<after>(?:up\s+to\s+|(?:a\s+)?maximum\s+of\s+)?{_SPANS}){_TERM_END}(?:\s+(?:term|period)\b)?"
    rf"|(?:\b(?:and|with|for|an?|the|initial|further|additional|first|second)\s+)*(?P<before>{_SPAN})"
    rf"(?=\s+(?:fixed|initial|term|period|contract|extension|agreement|call|grant|framework|direct|award)"
    rf"|\s*{BREAK})(?:\s+(?:fixed\s+)?(?:term|period)\b)?"
    rf"|(?:\bfor\s+the\s+period\s+)?\bfrom\s+(?P<dates>(?:{_DAY})\s+(?:to|until|[-\u2013])\s+(?:{_DAY}))"
    rf"|\b(?P<until>(?:until|to)\s+(?:the\s+end\s+of\s+)?(?:{_DAY})))"
)
ONE_SPAN = re.compile(rf"(?P<number>{_NUMBER})[\s-]+(?P<unit>year|month|week|day)s?")

# --- routes ---------------------------------------------------------------------------------------------------------
_ROUTE = r"\b(?:and\s+)?(?:via|through|under|using|utilising|off|from|pursuant\s+to)\s+(?:the\s+|an?\s+)?"
_NOT_ANOTHER_ROUTE = rf"(?!\b(?:via|through|under|using|from)\b)[^,;{BREAK}]"
_KNOWN = (
    r"(?:G-Cloud(?:\s?[0-9]+)?|(?:DOS|MCF|SPF|TS)\s?[0-9]+|RM\s?[0-9]{4}(?:\.[0-9]+)?"
    r"|Dynamic\s+Purchasing\s+System|DPS)"
)
ROUTE = re.compile(
    rf"{_ROUTE}(?P<framework>(?:{_NOT_ANOTHER_ROUTE}){{0,80}}?\b[Ff]ramework(?:\s+[Aa]greement)?\b"
    rf"(?:\s+\(?(?:[A-Z]+[\w./-]*[0-9][\w./-]*|[0-9]+)\)?|\s+\([A-Z][^()]{{0,40}}\))*"
    rf"|(?:[A-Z][\w’'-]*\s+){{0,5}}{_KNOWN}(?:\s+\([^(){HIDDEN}]{{1,30}}\))?)"
)
FRAMEWORK_WORD = re.compile(r"\b[Ff]ramework(?:\s+[Aa]greement)?\b")

# --- names ----------------------------------------------------------------------------------------------------------
INSTITUTIONS = (
    "Centre", "Institute", "Association", "Foundation", "Office", "Department", "Council", "College", "Society",
    "Trust", "Agency",
)  # fmt: skip
_NAME_WORD = rf"(?:(?![a-z_])\w[\w&’'.+/-]*|plc|&|{HIDDEN})(?<![’'])(?!\w)"
_COMPANY = r"(?:Ltd\.?|Limited|LLP|LP|plc|PLC|Plc|Inc\.?|CIC|GmbH|Corporation|Corp\.?)(?:\s+\([^()]+\))?"
_FOR_WITHIN_A_NAME = "|".join((  # "Centre for X", "Support for X Ltd", "Support for X for counselling"
    *(rf"(?<={name})\s+for\s+(?:the\s+)?" for name in INSTITUTIONS),
    rf"\s+for\s+(?=(?:{_NAME_WORD}\s+){{1,4}}(?:{_COMPANY}|for)(?!\w))",
))  # fmt: skip
_TRADING_AS = r"\s+(?:(?:t/a|T/A|trading\s+as|also\s+known\s+as|formerly)\s+)"
_NAME_JOIN = rf"(?:,?\s+(?:(?:of|and|the|in|on|upon)\s+){{0,2}}|{_TRADING_AS}|{_FOR_WITHIN_A_NAME})"
NAME = rf"{_NAME_WORD}(?:{_NAME_JOIN}{_NAME_WORD}|\s+\((?!(?!t/a\s|trading\s)[a-z0-9])[^()\ue000-\uf8ff]{{1,60}}\))*"
_ROLE = r"(?:(?:the|its|existing|current|incumbent|preferred|supplier|bidder|provider|contractor|charity)[\s,]+)*"
_NAME_END = (
    rf"(?=\s*(?:$|[.,;:()]|{BREAK}|{SUM}|(?:for|to|via|under|with|at|and|on|from|as|which|who|by|in|until|through|using"
    rf"|following|over|subject|so|jointly|together|respectively|both|pursuant|commencing|totalling|worth|valued|be|is|off)\b))"
)
SUPPLIER = re.compile(rf"(?<!\w)(?<!up\s)(?P<preposition>to|with|from|by)\s+{_ROLE}(?P<name>{NAME}){_NAME_END}")
OWNER = re.compile(rf"(?<!\w)(?:the\s+)?(?P<name>{NAME})[’'](?:s\s|\s)(?=(?:[\w-]+\s+){{0,4}}?(?:contract|agreement))")
RECEIVER = re.compile(rf"^\W*(?:[Tt]o\s+)?{BREAK}\s*(?:the\s+)?(?P<name>{NAME})\s+(?=(?:an?|the)\s)")
NOT_A_SUPPLIER = re.compile(
    r"(?:Drop|Lot|Part|Phase|Stage|Year|FBC|MPS|Met|Metropolitan|MOPAC|GLA|London(?!\s+[A-Z][a-z]+[a-rt-z]\b)|Londoners|DMPC|Deputy|Mayor|January"
    r"|February|March|April|May|June|July|August|September|October|November|December|[0-9]+)\b(?!.*\b(?:Ltd|Limited|LLP|plc)\b)"
)
COMPANY_END = re.compile(rf".*\b{_COMPANY}")
COMPANY = re.compile(_COMPANY)
AND_TO_ANOTHER = re.compile(r"(?:,\s+(?:and\s+)?|\s+and\s+)(?=to\s+(?:the\s+)?[A-Z])")
TO_ONE_FOR_ONE_THING = re.compile(
    rf"(?:\s*(?:of|an?|the|new)\s+)*(?:\s*contracts?|\s*grants?)?\s*to\s+{_ROLE}{NAME}\s+for\s"
)
AND_A_LOT = re.compile(r"(?:[,;]\s+(?:and\s+)?|\s+and\s+)(?=(?:for\s+)?Lot\s+\w+\b)")
LOT_TO_ONE = re.compile(rf"[^{BREAK}]{{0,60}}?\bLot\s+\w+(?:\s*\([^()]*\))?\s+to\s+{_ROLE}{NAME}")
NAME_LIST = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_SHARE_OF = rf"{_NAME_WORD}(?:\s+{_NAME_WORD})*"
_SHARE = rf"\s*(?:\(\s*|\s(?:at|for(?!\s{HIDDEN})|[-\u2013])\s)"
SUM_OR_MARK = re.compile(_SUM_OR_MARK)
SHARES = re.compile(rf"(?:{_SHARE_OF}{_SHARE}(?:up\s+to\s+)?£?{_SUM_OR_MARK}\s*\)?(?:,?\s*(?:and\s+)?|;\s*)){{2,}}")
SHARE = re.compile(rf"(?P<name>{_SHARE_OF}){_SHARE}(?P<lead>(?:up\s+to\s+)?)£?(?P<sum>{_SUM_OR_MARK})")
NAME_RUNS_INTO_A_MARK = re.compile(rf"[\s,]*{HIDDEN}")
ONE_OF_SEVERAL = re.compile(
    r"(?:,\s+(?:and\s+)?|\s+and\s+)to\s+(?:the\s+)?[A-Z]|\s+(?:or|and/or)\s+(?:to\s+)?(?:the\s+)?[A-Z]"
)
# "Mothers for Justice", or a grant to Mothers for justice
UNCLEAR_NAME = re.compile(rf"\s+for\s+(?=[A-Z][a-z]|{HIDDEN})")
ASIDE = re.compile(r"\([^()]*(?:%|per\s+cent)[^()]*\)")
