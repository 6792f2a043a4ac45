"""Capture-pattern counts from publications, as facts to check against; each names its source."""

import numpy as np

from uncounted.estimate.tables import Table, from_patterns


def of(lists: str, text: str) -> Table:
    """A table from words like ``"0011:5 1100:7"``."""
    pairs = [word.split(":") for word in text.split()]
    return from_patterns(
        lists.split(), np.array([[int(mark) for mark in pattern] for pattern, _ in pairs]), [int(c) for _, c in pairs]
    )


KOSOVO = of(
    "EXH ABA OSCE HRW",
    "0001:306 0010:936 0011:123 0100:845 0101:31 0110:217 0111:32 1000:1131 1001:106 1010:228 1011:42 1100:177 1101:18 "
    "1110:181 1111:27",
)
"""Ball, Betts, Scheuren, Dudukovich & Asher 2002, killings in Kosovo, March to June 1999."""

UK = of(
    "LA NG PFNCA GO GP",
    "10000:54 01000:463 00100:995 00010:695 00001:316 11000:15 10100:19 10010:3 01100:62 01010:19 01001:1 00110:76 "
    "00101:11 00011:8 11100:1 11010:1 01110:4 11110:1",
)
"""Silverman 2014 and Bales, Hesketh & Silverman 2015, victims of trafficking, United Kingdom 2013, 5 lists."""

SPINA = of("birth death medical", "001:60 010:49 011:4 100:247 101:112 110:142 111:12")
"""Madigan & York 1997, spina bifida in upstate New York 1969 to 1974."""

WESTERN = of(
    "A B C D E",
    "10000:52 01000:90 00100:114 00010:45 00001:21 10100:4 10010:2 10001:5 01100:6 01010:1 00011:3 10101:1 01110:1",
)
"""Farrell, Dank, Kafafian and others 2019, through Chan, Silverman & Vincent 2021, a western US site."""

KOREA = of("b c d", "001:41 010:5 100:5 110:54 101:6 111:12")
"""Ball, Shin & Yang 2018, through Silverman, Chan & Vincent 2024, Palembang."""

GAZA = of("hospital survey social", "001:1469 010:5104 011:351 100:19048 101:1173 110:1929 111:197")
"""Jamaluddine and others 2025, Lancet 405:469, deaths from traumatic injury, Gaza to 30 June 2024, totals."""

SCOTLAND = of(
    "S1 S2 S3 S4",
    "1000:654 0100:751 1100:19 0010:3092 1010:198 0110:121 1110:8 0001:684 "
    "1001:13 0101:43 1101:2 0011:69 1011:7 0111:9",
)
"""King, Bird, Overstall, Hay & Hutchinson 2013, people who inject drugs, Scotland 2006, through the package conting."""
