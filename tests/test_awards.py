"""What a recommendation awards, to whom, for how much; and what it does not."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import award_phrases
from extract.awards import awards_of, find_awards

UNTOLD = ("recommendation", "currency")

# A field that a case does not name must be None.
Fields = dict[str, str]
CASES: list[tuple[str, list[Fields]]] = [
    # the forms of a direct award: "award of a contract", "award a contract", "a term of", "a 1-year term"
    (
        "To approve the direct award of a contract for radio masts to Larkfield plc via MCF3 Framework with a "
        "total contract "
        "value of £5.000m and a term of 1 year.",
        [
            {
                "kind": "direct-award",
                "supplier": "Larkfield plc",
                "purpose": "radio masts",
                "framework": "MCF3",
                "value": "5000000",
                "value_as_printed": "£5.000m",
                "term": "1 year",
            }
        ],
    ),
    (
        "To approve the direct award a contract for PMO resource to Larkfield plc via the Technology Services "
        "3 Framework "
        "with a total contract value of £4.65m and a 2-year term.",
        [
            {
                "kind": "direct-award",
                "supplier": "Larkfield plc",
                "purpose": "PMO resource",
                "framework": "Technology Services 3",
                "value": "4650000",
                "value_as_printed": "£4.65m",
                "term": "2 years",
            }
        ],
    ),
    # a supplier with a comma; options after the term
    (
        "To approve the direct award of a contract for text messages to Government Example Service, Home "
        "Department with a "
        "total contract value of £2.000m and a term of 1 year with extension options up to 5 years.",
        [
            {
                "kind": "direct-award",
                "supplier": "Government Example Service, Home Department",
                "purpose": "text messages",
                "value": "2000000",
                "value_as_printed": "£2.000m",
                "term": "1 year",
                "extension_options": "up to 5 years",
            }
        ],
    ),
    # the word "direct award" may come late
    (
        "To award a contract to Larkfield plc for masts by way of a direct award at £90k.",
        [
            {
                "kind": "direct-award",
                "supplier": "Larkfield plc",
                "purpose": "masts",
                "value": "90000",
                "value_as_printed": "£90k",
            }
        ],
    ),
    # an extension's value is what it adds; the new total is apart
    (
        "To approve a £249k extension to contract value (50% of the original) to Programme Director Role "
        "contract with "
        "Larkfield plc (new contract value £748k).",
        [
            {
                "kind": "extension",
                "supplier": "Larkfield plc",
                "purpose": "Programme Director Role",
                "value": "249000",
                "value_as_printed": "£249k",
                "total_after": "748000",
                "total_after_as_printed": "£748k",
            }
        ],
    ),
    (
        "To extend the contract with Halden Systems Ltd by 12 months at a cost of £400k, bringing the total to £2.1m.",
        [
            {
                "kind": "extension",
                "supplier": "Halden Systems Ltd",
                "value": "400000",
                "value_as_printed": "£400k",
                "term": "12 months",
                "total_after": "2100000",
                "total_after_as_printed": "£2.1m",
            }
        ],
    ),
    (
        "To approve the extension of the current contract with Larkfield plc for radios, for 12 months, from "
        "£1.2m to £1.7m.",
        [
            {
                "kind": "extension",
                "supplier": "Larkfield plc",
                "purpose": "radios",
                "term": "12 months",
                "total_after": "1700000",
                "total_after_as_printed": "£1.7m",
            }
        ],  # what it adds is not printed, so not reckoned
    ),
    (
        "To approve the extension of the Airwave contract with Motorway Radio Ltd until 31 March 2026 at an "
        "additional cost "
        "of £3.2m.",
        [
            {
                "kind": "extension",
                "supplier": "Motorway Radio Ltd",
                "purpose": "Airwave",
                "value": "3200000",
                "value_as_printed": "£3.2m",
                "term": "until 31 March 2026",
            }
        ],
    ),
    (
        "To approve the extension of the contract with Larkfield plc from 1 April 2024 to 31 March 2025 at a "
        "cost of £250,000.",
        [
            {
                "kind": "extension",
                "supplier": "Larkfield plc",
                "value": "250000",
                "value_as_printed": "£250,000",
                "term": "1 April 2024 to 31 March 2025",
            }
        ],
    ),
    (
        "Approve the extension of Larkfield plc's contract for radio maintenance for six months at a cost of £90k.",
        [
            {
                "kind": "extension",
                "supplier": "Larkfield plc",
                "purpose": "radio maintenance",
                "value": "90000",
                "value_as_printed": "£90k",
                "term": "six months",
            }
        ],
    ),
    (
        "To approve the exercise of the option to extend the contract with Halden Systems Ltd for one year.",
        [{"kind": "extension", "supplier": "Halden Systems Ltd", "term": "one year"}],
    ),
    (
        "To approve the Forensic Services contract extension with Kestrel Forensics LLP for a further two years.",
        [
            {
                "kind": "extension",
                "supplier": "Kestrel Forensics LLP",
                "purpose": "Forensic Services",
                "term": "two years",
            }
        ],
    ),
    # grants
    (
        "To approve the award of a grant of £1.2m to Northgate Women's Refuge for two years.",
        [
            {
                "kind": "grant",
                "supplier": "Northgate Women's Refuge",
                "value": "1200000",
                "value_as_printed": "£1.2m",
                "term": "two years",
            }
        ],
    ),
    (
        "To approve the award of grant funding of £500,000 to Victim Aid Together for the Victim and Witness Service.",
        [
            {
                "kind": "grant",
                "supplier": "Victim Aid Together",
                "purpose": "Victim and Witness Service",
                "value": "500000",
                "value_as_printed": "£500,000",
            }
        ],
    ),
    (
        "To grant £50,000 to Example Youth Trust for mentoring.",
        [
            {
                "kind": "grant",
                "supplier": "Example Youth Trust",
                "purpose": "mentoring",
                "value": "50000",
                "value_as_printed": "£50,000",
            }
        ],
    ),
    (
        "To approve a grant agreement with Example Youth Trust for £75,000 per annum for three years.",
        [
            {
                "kind": "grant",
                "supplier": "Example Youth Trust",
                "value_as_printed": "£75,000 per annum",
                "term": "three years",
            }
        ],
    ),
    (
        "To approve the award of a grant of £290k to The Fifth Bell for support of families after a collision, after "
        "consulting them.",
        [
            {
                "kind": "grant",
                "supplier": "The Fifth Bell",
                "purpose": "support of families after a collision",
                "value": "290000",
                "value_as_printed": "£290k",
            }
        ],
    ),
    # nobody can tell whether "for Justice" is the name or the purpose
    (
        "To approve a grant to Mothers for Justice at £40,000.",
        [{"kind": "grant", "value": "40000", "value_as_printed": "£40,000"}],
    ),
    # a ceiling, a range, a rate, a guess: the print stands, no value
    (
        "To approve the award of a four-year contract to Halden Systems Ltd at a value of up to £8m.",
        [{"kind": "award", "supplier": "Halden Systems Ltd", "value_as_printed": "up to £8m", "term": "four years"}],
    ),
    (
        "To approve the award of a 1+1 year contract to Larkfield plc for radios at a total contract value "
        "not exceeding £600k.",
        [
            {
                "kind": "award",
                "supplier": "Larkfield plc",
                "purpose": "radios",
                "value_as_printed": "not exceeding £600k",
                "term": "1+1 year",
            }
        ],
    ),
    (
        "Approve the award of a contract to the highest scoring bidder for catering at a value of £2m to £3m.",
        [{"kind": "award", "purpose": "catering", "value_as_printed": "£2m to £3m"}],
    ),
    (
        "To approve the award of a contract to Larkfield plc for data hosting, at £1.2m per annum.",
        [
            {
                "kind": "award",
                "supplier": "Larkfield plc",
                "purpose": "data hosting",
                "value_as_printed": "£1.2m per annum",
            }
        ],
    ),
    (
        "To approve the award of a contract to Larkfield plc for masts, with a contract value of c.£250k.",
        [{"kind": "award", "supplier": "Larkfield plc", "purpose": "masts", "value_as_printed": "c.£250k"}],
    ),
    (
        "To approve the award of a contract to Larkfield plc for assurance at £1,2500.",  # a slip
        [{"kind": "award", "supplier": "Larkfield plc", "purpose": "assurance", "value_as_printed": "£1,2500"}],
    ),
    (
        "To enter into a five year contract with Birch LLP for interpreting at a total cost of £3m (£2m in "
        "2024/25 and £1m "
        "in 2025/26).",
        [
            {
                "kind": "award",
                "supplier": "Birch LLP",
                "purpose": "interpreting",
                "value": "3000000",
                "value_as_printed": "£3m",
                "term": "five years",
            }
        ],
    ),
    # several suppliers
    (
        "To approve the award of contracts to Alder Ltd (£1.2m), Birch LLP (£800k) and Cedar plc (£400k) for "
        "translation for "
        "two years.",
        [
            {
                "kind": "award",
                "supplier": supplier,
                "purpose": "translation",
                "value": value,
                "value_as_printed": printed,
                "term": "two years",
            }
            for supplier, value, printed in [
                ("Alder Ltd", "1200000", "£1.2m"),
                ("Birch LLP", "800000", "£800k"),
                ("Cedar plc", "400000", "£400k"),
            ]
        ],
    ),
    (
        "To approve the award of a contract for masts to Larkfield plc and Alder & Sons Ltd at £1m and £2m "
        "respectively.",
        [
            {
                "kind": "award",
                "supplier": "Larkfield plc",
                "purpose": "masts",
                "value": "1000000",
                "value_as_printed": "£1m",
            },
            {
                "kind": "award",
                "supplier": "Alder & Sons Ltd",
                "purpose": "masts",
                "value": "2000000",
                "value_as_printed": "£2m",
            },
        ],
    ),
    (
        "To approve the award of contracts to Alder Ltd and Birch LLP at £1m each.",
        [
            {"kind": "award", "supplier": supplier, "value": "1000000", "value_as_printed": "£1m"}
            for supplier in ("Alder Ltd", "Birch LLP")
        ],
    ),
    (
        "To approve the award of contracts to Alder Ltd and Birch LLP for uniform supply at a total value of £2m.",
        [
            {
                "kind": "award",
                "supplier": supplier,
                "purpose": "uniform supply",
                "value_as_printed": "total value of £2m",
            }
            for supplier in ("Alder Ltd", "Birch LLP")
        ],  # a total for both belongs to neither
    ),
    (
        "To approve the award of contracts to three suppliers for interpreting.",
        [{"kind": "award", "purpose": "interpreting"}],
    ),
    # routes
    (
        "To approve a call-off contract under the Crown Commercial Service RM6187 framework with Brightwater "
        "LLP for change "
        "management at a cost of £1.25m.",
        [
            {
                "kind": "award",
                "supplier": "Brightwater LLP",
                "purpose": "change management",
                "framework": "Crown Commercial Service RM6187",
                "value": "1250000",
                "value_as_printed": "£1.25m",
            }
        ],
    ),
    (
        "To approve the award of a contract, following a mini-competition under the RM6100 Technology "
        "Services 3 framework, "
        "to Larkfield plc for networks at £6.2m for an initial term of three years with the option to extend "
        "for two further "
        "periods of 12 months each.",
        [
            {
                "kind": "award",
                "supplier": "Larkfield plc",
                "purpose": "networks",
                "framework": "RM6100 Technology Services 3",
                "value": "6200000",
                "value_as_printed": "£6.2m",
                "term": "three years",
                "extension_options": "two further periods of 12 months each",
            }
        ],
    ),
    (
        "To approve the award of a contract to Capel for Digital Services via G-Cloud 13 for 12 months at £99,500.",
        [
            {
                "kind": "award",
                "supplier": "Capel",
                "purpose": "Digital Services",
                "framework": "G-Cloud 13",
                "value": "99500",
                "value_as_printed": "£99,500",
                "term": "12 months",
            }
        ],
    ),
    # the supplier before or after the purpose, or before the contract
    (
        "To approve the award of a contract for the supply of uniforms to the MPS to Halden Systems Ltd.",
        [{"kind": "award", "supplier": "Halden Systems Ltd", "purpose": "supply of uniforms to the MPS"}],
    ),
    (
        "To award Halden Systems Ltd a contract for fleet telematics worth £950,000 for three years with an "
        "option to extend "
        "for up to a further 24 months.",
        [
            {
                "kind": "award",
                "supplier": "Halden Systems Ltd",
                "purpose": "fleet telematics",
                "value": "950000",
                "value_as_printed": "£950,000",
                "term": "three years",
                "extension_options": "up to a further 24 months",
            }
        ],
    ),
    (
        "To approve the award of a contract for advice to the Centre for Example Studies at £75,000.",
        [
            {
                "kind": "award",
                "supplier": "Centre for Example Studies",
                "purpose": "advice",
                "value": "75000",
                "value_as_printed": "£75,000",
            }
        ],
    ),
    (
        "To approve the award of a contract for support to MPS officers.",
        [{"kind": "award", "purpose": "support to MPS officers"}],
    ),
    # other changes of a contract
    (
        "To approve the novation of the vehicle recovery contract from Marle Motors Ltd to Tarrant Recovery Limited.",
        [{"kind": "other", "supplier": "Tarrant Recovery Limited", "purpose": "vehicle recovery"}],
    ),
    (
        "To approve the variation of the contract with Kestrel Forensics LLP for toxicology at a cost of £300,000.",
        [
            {
                "kind": "other",
                "supplier": "Kestrel Forensics LLP",
                "purpose": "toxicology",
                "value": "300000",
                "value_as_printed": "£300,000",
            }
        ],
    ),
    (
        "To approve a contract variation with Larkfield plc to provide additional licences at £75k.",
        [
            {
                "kind": "other",
                "supplier": "Larkfield plc",
                "purpose": "additional licences",
                "value": "75000",
                "value_as_printed": "£75k",
            }
        ],
    ),
    (
        "To increase the value of the contract with Birch LLP by £300k to £1.5m.",
        [
            {
                "kind": "other",
                "supplier": "Birch LLP",
                "value": "300000",
                "value_as_printed": "£300k",
                "total_after": "1500000",
                "total_after_as_printed": "£1.5m",
            }
        ],
    ),
    # several acts in one recommendation
    (
        "To approve a 12-month extension to the contract with Halden Systems Ltd, and the award of a contract "
        "to Birch LLP for "
        "cleaning at £1m.",
        [
            {"kind": "extension", "supplier": "Halden Systems Ltd", "term": "12 months"},
            {
                "kind": "award",
                "supplier": "Birch LLP",
                "purpose": "cleaning",
                "value": "1000000",
                "value_as_printed": "£1m",
            },
        ],
    ),
    (
        "To approve the business case, and the award of a contract to Larkfield plc for £2m, and to delegate "
        "authority to the "
        "Director to award extensions of it to Birch LLP.",
        [{"kind": "award", "supplier": "Larkfield plc", "value": "2000000", "value_as_printed": "£2m"}],
    ),
    # a withheld mark in place of a supplier, a sum, a purpose, a route: that field is None, the others are read
    (
        "To approve the direct award of a contract for CCTV to [Withheld: commercial interests] via MCF3 "
        "Framework with a total "
        "contract value of £4.65m and a 1-year term.",
        [
            {
                "kind": "direct-award",
                "purpose": "CCTV",
                "framework": "MCF3",
                "value": "4650000",
                "value_as_printed": "£4.65m",
                "term": "1 year",
            }
        ],
    ),
    (
        "To approve the direct award of a contract for CCTV to Halden Systems Ltd via MCF3 Framework with a "
        "total contract value "
        "of [Withheld: commercial interests] and a 1-year term.",
        [
            {
                "kind": "direct-award",
                "supplier": "Halden Systems Ltd",
                "purpose": "CCTV",
                "framework": "MCF3",
                "term": "1 year",
            }
        ],
    ),
    (
        "To approve the direct award of a contract for [Withheld: law enforcement] to Halden Systems Ltd via "
        "[Withheld: "
        "commercial interests] Framework with a total contract value of £2m and a 1-year term.",
        [
            {
                "kind": "direct-award",
                "supplier": "Halden Systems Ltd",
                "value": "2000000",
                "value_as_printed": "£2m",
                "term": "1 year",
            }
        ],
    ),
    (
        "To approve a £[Withheld: commercial interests] extension to contract value (50% of the original) to "
        "Programme Director "
        "Role contract with [Withheld: commercial interests] (new contract value [Withheld: commercial "
        "interests]).",
        [{"kind": "extension", "purpose": "Programme Director Role"}],
    ),
    # a mark over a piece of a name or of a sum leaves nothing of it
    (
        "To approve the award of a contract to Halden [Withheld: personal information] Ltd for masts at £49.[Withheld: "
        "commercial interests].",
        [{"kind": "award", "purpose": "masts"}],
    ),
    (
        "To approve the award of contracts to Alder Ltd ([Withheld: commercial interests]) and Birch LLP "
        "(£800k) for cleaning.",
        [
            {"kind": "award", "supplier": "Alder Ltd", "purpose": "cleaning"},
            {
                "kind": "award",
                "supplier": "Birch LLP",
                "purpose": "cleaning",
                "value": "800000",
                "value_as_printed": "£800k",
            },
        ],
    ),
]

A_FIRM = "To approve the award of a contract to Birch LLP for cleaning"
BIRCH = {"kind": "award", "supplier": "Birch LLP", "purpose": "cleaning"}
CEDAR = {"kind": "award", "supplier": "Cedar plc", "purpose": "catering"}


def worth(printed: str, value: str | None = None, **more: str) -> Fields:
    """What says that a sum is printed so, and has this value."""
    return {"value_as_printed": printed, **({"value": value} if value else {}), **more}


CASES += [
    # a rate, a ceiling, a guess and a slip have a print and no value
    (f"{A_FIRM} at £500k p.a. for 4 years.", [BIRCH | worth("£500k p.a.", term="4 years")]),
    (f"{A_FIRM} at £500k each year.", [BIRCH | worth("£500k each year")]),
    (f"{A_FIRM} at £40k a month.", [BIRCH | worth("£40k a month")]),
    (f"{A_FIRM} at £450/day.", [BIRCH | worth("£450/day")]),
    (f"{A_FIRM} with an annual value of £500k.", [BIRCH | worth("annual value of £500k")]),
    (f"{A_FIRM} with a ceiling of £2m a year.", [BIRCH | worth("ceiling of £2m a year")]),
    (f"{A_FIRM} at an estimated £1m.", [BIRCH | worth("an estimated £1m")]),
    (f"{A_FIRM} at £1,2500.", [BIRCH | worth("£1,2500")]),
    (f"{A_FIRM} valued at £1m-£1.5m.", [BIRCH | worth("£1m-£1.5m")]),
    (f"{A_FIRM} at a value of £3-4m for two years.", [BIRCH | worth("£3-4m", term="two years")]),
    (f"{A_FIRM} at £1.2m in 2024/25 and £1.3m in 2025/26.", [BIRCH]),  # two sums, and no total
    (f"{A_FIRM} at €1.2m for 2 years.", [BIRCH | worth("€1.2m", term="2 years")]),
    # what is said of the tax stays with the sum
    (f"{A_FIRM} at £1.2m (excluding VAT).", [BIRCH | worth("£1.2m (excluding VAT)", "1200000")]),
    (f"{A_FIRM} at £1.2m + VAT.", [BIRCH | worth("£1.2m + VAT", "1200000")]),
    # options
    (
        f"{A_FIRM} at £2m for three years with the option to extend for 1+1 years.",
        [BIRCH | worth("£2m", "2000000", term="three years", extension_options="1+1 years")],
    ),
    (
        f"{A_FIRM} at £2m for 3 years with two optional extensions of 12 months each.",
        [
            BIRCH
            | worth("£2m", "2000000", term="3 years", extension_options="two optional extensions of 12 months each")
        ],
    ),
    (f"{A_FIRM} at £2m for 2+1+1 years.", [BIRCH | worth("£2m", "2000000", term="2+1+1 years")]),
    # names with a second name, a comma, a bracket
    (
        "To approve the award of a contract to Alder & Ash Ltd t/a Brightwater Cleaning for cleaning.",
        [BIRCH | {"supplier": "Alder & Ash Ltd t/a Brightwater Cleaning"}],
    ),
    (
        "To approve the award of a contract for cleaning to Birch LLP (t/a Brightwater) at £1m.",
        [BIRCH | {"supplier": "Birch LLP (t/a Brightwater)"} | worth("£1m", "1000000")],
    ),
    (
        "To approve the award of a contract to Larkfield, Inc. for cleaning.",
        [BIRCH | {"supplier": "Larkfield, Inc."}],
    ),
    (
        "To approve the award of a contract to the London Borough of Example, Children's Services for cleaning.",
        [BIRCH | {"supplier": "London Borough of Example, Children's Services"}],
    ),
    # several suppliers: an award each where it is plain whose the sums are, else no supplier
    (
        f"{A_FIRM} at £1m and to Cedar plc for catering at £2m.",
        [BIRCH | worth("£1m", "1000000"), CEDAR | worth("£2m", "2000000")],
    ),
    (f"{A_FIRM} and to Cedar plc for catering at £2m.", [{"kind": "award"} | worth("£2m", "2000000")]),
    (
        "To approve the award of a contract to Birch LLP or Cedar plc for cleaning at £2m.",
        [{"kind": "award", "purpose": "cleaning"} | worth("£2m", "2000000")],
    ),
    (
        "To approve the award of contracts to Birch LLP and to Cedar plc for cleaning at £2m.",
        [{"kind": "award"} | worth("£2m", "2000000")],
    ),
    (
        "To approve the award of a contract to Birch LLP, Cedar plc and Oak Ltd jointly for cleaning at £2m.",
        [BIRCH, BIRCH | {"supplier": "Cedar plc"}, BIRCH | {"supplier": "Oak Ltd"}],
    ),
    (
        "To approve the award of Lot 1 to Birch LLP (£1m) and Lot 2 to Cedar plc (£2m) of the cleaning framework.",
        [
            {"kind": "award", "supplier": "Birch LLP"} | worth("£1m", "1000000"),
            {"kind": "award", "supplier": "Cedar plc"} | worth("£2m", "2000000"),
        ],
    ),
    (
        "To approve the award of contracts as follows: Lot 1 to Birch LLP at £1m; Lot 2 to Cedar plc at £2m.",
        [
            {"kind": "award", "supplier": "Birch LLP"} | worth("£1m", "1000000"),
            {"kind": "award", "supplier": "Cedar plc"} | worth("£2m", "2000000"),
        ],
    ),
    (
        "To approve the award of contracts for Lot 1 to Birch LLP and Lot 2 to Cedar plc at £3m.",
        [{"kind": "award"} | worth("£3m", "3000000")],
    ),
    (
        "To approve grants of £100k to each of the 32 London Boroughs for mentoring.",
        [{"kind": "grant", "purpose": "mentoring"} | worth("£100k to each")],
    ),
    # what a charity is given without the word "grant"
    (
        "To approve a funding award of £96,000 to Example Trust to continue its service at the hospital.",
        [{"kind": "grant", "supplier": "Example Trust"} | worth("£96,000", "96000")],
    ),
    (
        "To approve the award of £250,000 funding to Example Trust for mentoring.",
        [{"kind": "grant", "supplier": "Example Trust", "purpose": "mentoring"} | worth("£250,000", "250000")],
    ),
    (f"{A_FIRM} at a cost of upto £800,000.", [BIRCH | worth("upto £800,000")]),
    # a contract that bears the name of its old supplier says nothing of its purpose
    (
        "To approve the novation of the Alder Youth CIC contract to Birch Youth CIC from 1 July 2026.",
        [{"kind": "other", "supplier": "Birch Youth CIC"}],
    ),
    # money for an award that names its supplier is the award
    (
        "To approve £2m for the award of a contract to Birch LLP for cleaning.",
        [BIRCH | worth("£2m", "2000000")],
    ),
    # what an extension adds and what it comes to are not mixed up
    (
        "To approve a variation to the contract with Birch LLP to increase the contract value by up to £400k to a "
        "maximum of £2.4m.",
        [
            {"kind": "other", "supplier": "Birch LLP", "total_after_as_printed": "maximum of £2.4m"}
            | worth("up to £400k")
        ],
    ),
    (
        "To approve a two-year extension of the cleaning contract with Birch LLP at a total value of £1.2m.",
        [BIRCH | {"kind": "extension", "term": "two years"} | worth("total value of £1.2m")],  # of which of the two?
    ),
]

NO_AWARDS = [
    "To approve the inclusion of a £49.927m investment in the capital plan, and £56.694m in the MTFP, for support.",
    "To approve the inclusion of a £2m contract extension in the capital plan.",
    "To approve the delegation of authority to the Director of Commercial Services to award contract value "
    "and duration "
    "extensions to the above contracts. This will be subject to a 'dual key' arrangement.",
    "To delegate authority to the Chief Finance Officer to award contracts up to £500k to Larkfield plc.",
    "To delegate to the Director authority to sign the contract and to award the contract to Larkfield plc.",
    "To approve funding of £3m and to authorise the Director to sign contracts and to award the contract to "
    "Larkfield plc.",
    "To note the award of a contract to Halden Systems Ltd at £2m.",
    "To approve the start of a procurement of a contract for cleaning.",
    "To accept a grant of £2m from the Home Office.",  # income
    "To grant authority to the Director to sign the contract.",
    "To approve the grant of a lease to Larkfield plc under the contract.",
    "The award of the contract to Halden Systems Ltd was made in 2019 for £2m.",
    "The Deputy Mayor delegates authority to the Director to award the contract to Birch LLP at £2m.",
    "To approve that authority is delegated to the Director to award the contract to Birch LLP at £2m.",
    "That the Director be authorised to award the contract to Birch LLP at £2m.",
    "To give delegated authority to the Director to extend the contract with Birch LLP at £2m.",
    "To agree not to award a contract to Birch LLP at £2m.",
    "To approve £2.45m for the extension of the radio fleet contract.",  # a budget
    "To approve funding of £2.45m for the award of a contract for radios.",
    "To approve the initiation of a procurement for a contract to be awarded to Birch LLP at £2m.",
    "To approve the pay award for officers.",
    "To approve the pay award, and the funding of it from reserves.",
    "To approve the extension of the funding for youth work until March 2026.",
    "To approve the extension of the consultation.",
    "",
]


def told(fields: dict[str, Any]) -> Fields:
    return {name: value for name, value in fields.items() if value is not None and name not in UNTOLD}


@pytest.mark.parametrize(("text", "awards"), CASES, ids=[text[:70] for text, _ in CASES])
def test_an_award_is_read_field_by_field(text: str, awards: list[Fields]) -> None:
    assert [told(award.model_dump()) for award in find_awards("recommendation/1", text)] == awards


def test_an_award_in_another_currency_says_which() -> None:
    (award,) = find_awards("recommendation/1", f"{A_FIRM} at €1.2m for 2 years.")
    assert (award.value, award.value_as_printed, award.currency) == (None, "€1.2m", "EUR")


@pytest.mark.parametrize("text", NO_AWARDS)
def test_what_delegates_notes_or_plans_awards_nothing(text: str) -> None:
    assert find_awards("recommendation/1", text) == ()


def test_what_stands_under_a_delegation_awards_nothing() -> None:
    delegated = (
        ("recommendation/1", 1, "To approve the delegation of authority to the Director of Commercial Services to:"),
        ("recommendation/1.a", 2, "exercise the option to extend the contract with Larkfield plc for one year; and"),
        ("recommendation/1.b", 2, "award the contract for masts to Birch LLP."),
        ("recommendation/2", 1, "To note the report, and to approve:"),
        ("recommendation/2.a", 2, "the award of a contract to Cedar plc for cleaning at £1m."),
    )
    assert [(award.recommendation, award.supplier) for award in awards_of(delegated)] == [
        ("recommendation/2.a", "Cedar plc")
    ]
    assert awards_of(delegated[1:2])  # alone it reads like one


def test_the_sample_paper_has_exactly_its_awards(shared_papers: Path) -> None:
    paper = json.loads((shared_papers / "PCD1572.expected.json").read_text())
    found = [a.model_dump() for a in awards_of((p["id"], p["level"], p["text"]) for p in paper["recommendations"])]
    assert [{name: award[name] for name in paper["awards"][0]} for award in found] == paper["awards"]


PHRASES = st.lists(
    st.sampled_from(
        [
            *(
                "To approve",
                "the award of",
                "a contract",
                "direct award",
                "extension",
                "grant of",
                "novation of",
                "the",
            ),
            *("£2m", "£3-4m", "up to", "per annum", "each", "bringing the total to", "a term of", "1 year", "delegate"),
            *(
                "for",
                "to",
                "with",
                "via",
                "and",
                "from",
                "by",
                ",",
                ";",
                ".",
                "(",
                ")",
                "[",
                "]",
                "options up to 5 years",
            ),
            *("Larkfield plc", "Birch LLP", "masts", "MCF3 Framework"),
            *("[Withheld: commercial interests]", "[Withheld: personal information]"),
        ]
    ),
    max_size=25,
).map(" ".join)


@given(st.text() | PHRASES)
def test_any_text_is_read_without_an_error_and_shows_no_piece_of_a_mark(text: str) -> None:
    for award in find_awards("recommendation/1", text):
        for value in told(award.model_dump()).values():
            assert value.isprintable()
            assert "Withheld" not in value


@given(st.sampled_from((*award_phrases.OPTIONS, award_phrases.UNREAD_OPTIONS)).flatmap(st.from_regex))
def test_no_option_is_without_the_words_that_are_looked_for_first(text: str) -> None:
    assert any(word in text for word in award_phrases.WORDS_OF_OPTIONS)


RUNS = ["£", "£1m ", "to Alder Ltd and ", "Lot 1 to Alder Ltd and ", "A ", "[", "Alder Ltd (", "and to ", "for "]


@pytest.mark.parametrize("run", RUNS)
def test_a_long_run_costs_no_more_than_its_length(run: str) -> None:
    """Were it quadratic, the run of pound signs alone would take minutes."""
    text = f"To approve the award of a contract {(run * 100_000)[:100_000]}"
    assert isinstance(find_awards("recommendation/1", text), tuple)
