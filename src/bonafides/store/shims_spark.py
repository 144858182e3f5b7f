"""The functions of `shims.MACROS` that stages and indicators use, as Apache Spark puts them.

Shape: bodies take their parameters as text, so one body serves every type. What reads vendors' raw text is not here:
raw files are read by DuckDB, on whichever machine.
"""

import sys
from unicodedata import combining, normalize

from bonafides.store import shims


def _accents() -> tuple[str, str]:
    """Letters that are another letter with marks on it, and those letters."""
    marked, plain = [], []
    for point in range(0xC0, min(0x1FFF, sys.maxunicode)):
        sign = chr(point)
        if len(sign.lower()) != 1 or sign != sign.lower():
            continue  # folded texts are in lower case
        bare = "".join(c for c in normalize("NFD", sign) if not combining(c))
        if len(bare) == 1 and bare != sign and bare.isalpha():
            marked.append(sign)
            plain.append(bare)
    marks = "".join(chr(point) for point in range(0x300, 0x370) if combining(chr(point)))
    return "".join(marked) + marks, "".join(plain)


_MARKED, _PLAIN = _accents()

# What both engines write alike. A body is put into other expressions, so that each must hold together by itself.
_ALIKE = ("km(lat1, lon1, lat2, lon2)", "bits(n)", "rounded(x, places)")

MACROS: dict[str, str] = {
    **{head: f"({shims.MACROS[head]})" for head in _ALIKE},
    "joined(t)": "nullif(array_join(sort_array(collect_set(t)), ';'), '')",
    "digest(t)": "md5(t)",
    "matches(t, pattern)": "(t RLIKE pattern)",
    "part_of(t, pattern)": "nullif(regexp_extract(t, pattern, 1), '')",
    "days_between(a, b)": "CAST(datediff(CAST(b AS DATE), CAST(a AS DATE)) AS BIGINT)",
    # Of whole microseconds: the difference of two fractions of seconds is not always that of the times.
    "minutes_between(a, b)": "((micros(b) - micros(a)) / 6e7)",
    "hour_bit(t)": "shiftleft(CAST(1 AS BIGINT), hour(t))",
    "turned(mask, h)": "((shiftleft(mask, CAST(h AS INTEGER)) | shiftright(mask, CAST(24 - h AS INTEGER))) & 16777215)",
    "in_order(a, b)": "struct(a, b)",
    "seconds_of(t)": "(micros(t) / 1e6)",
    "micros(t)": "unix_micros(CAST(t AS TIMESTAMP_LTZ))",
    "folded(t)": f"translate({shims.two_letters('lower(trim(t))')}, '{shims.ALONE[0]}{_MARKED}', '{shims.ALONE[1]}{_PLAIN}')",
}

# Types that are spelled otherwise.
TYPES: dict[str, str] = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ", "HUGEINT": "DECIMAL(38, 0)"}


def quoted(text: str) -> str:
    """A text as a literal, backslashes as they are: Spark knows no doubled quote then."""
    pieces = [f"'{piece}'" for piece in text.split("'")]
    return f"concat({', chr(39), '.join(pieces)})"
