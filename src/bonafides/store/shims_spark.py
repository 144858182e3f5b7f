"""The functions of `shims.MACROS` that stages and indicators use, as Apache Spark puts them.

Shape: bodies take their parameters as text, so one body serves every type. What reads vendors' raw text is not here:
raw files are read by DuckDB, on whichever machine.
"""

import sys
from unicodedata import combining, normalize


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

MACROS: dict[str, str] = {
    "joined(t)": "nullif(array_join(sort_array(collect_set(t)), ';'), '')",
    "digest(t)": "md5(t)",
    "matches(t, pattern)": "(t RLIKE pattern)",
    "part_of(t, pattern)": "nullif(regexp_extract(t, pattern, 1), '')",
    "km(lat1, lon1, lat2, lon2)": """CASE WHEN lat1 + lon1 + lat2 + lon2 IS NOT NULL THEN 2 * 6371e0 * asin(sqrt(least(1e0, pow(sin(radians(lat2 - lat1) / 2), 2)
        + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)))) END""",
    "days_between(a, b)": "CAST(datediff(CAST(b AS DATE), CAST(a AS DATE)) AS BIGINT)",
    "minutes_between(a, b)": "(seconds_of(b) - seconds_of(a)) / 60e0",
    "hour_bit(t)": "shiftleft(CAST(1 AS BIGINT), hour(t))",
    "bits(n)": "CAST(bit_count(n) AS INTEGER)",
    "turned(mask, h)": "((shiftleft(mask, CAST(h AS INTEGER)) | shiftright(mask, CAST(24 - h AS INTEGER))) & 16777215)",
    "in_order(a, b)": "struct(a, b)",
    "seconds_of(t)": "(unix_micros(CAST(t AS TIMESTAMP_LTZ)) / 1e6)",
    "folded(t)": f"translate(lower(trim(t)), '{_MARKED}', '{_PLAIN}')",
    "rounded(x, places)": "(floor(CAST(x AS DOUBLE) * pow(10, places) + 5e-1) / pow(10, places))",
}

# Types that are spelled otherwise.
TYPES: dict[str, str] = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ", "HUGEINT": "DECIMAL(38, 0)"}


def quoted(text: str) -> str:
    """A text as a literal, backslashes as they are: Spark knows no doubled quote then."""
    pieces = [f"'{piece}'" for piece in text.split("'")]
    return f"concat({', chr(39), '.join(pieces)})"
