"""The few functions that engines write differently, as DuckDB macros. Every other line of SQL is shared.

Units: instants are TIMESTAMP in UTC, distances kilometres.
"""

_NOTHING = "'(?i)(null|<null>|none|n/a|unknown|-)?'"

# Small letters that are no other letter with marks on it, and what stands for them.
ALONE = ("łøđðıħŧ", "loddiht")
_TWO = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}


def two_letters(sql: str) -> str:
    """SQL of a text with the letters that two stand for written so."""
    for letter, pair in _TWO.items():
        sql = f"replace({sql}, '{letter}', '{pair}')"
    return sql


MACROS: dict[str, str] = {
    # What a vendor writes for nothing is nothing. Not a list of texts: the engine makes a join of IN, which it then works
    # out for every row and column, used or not (reading a log took twice as long).
    "said(t)": f"""CASE WHEN strlen(trim(t)) > 7 THEN trim(t)
        WHEN regexp_full_match(trim(t), {_NOTHING}) THEN NULL ELSE trim(t) END""",
    # The zone as the engine takes it: behind the time without a blank, with a colon and no word after it.
    "plain_time(t)": r"""regexp_replace(regexp_replace(replace(upper(trim(t)), ',', '.'),
        ' *(Z|[+-][0-9]{2}(:?[0-9]{2})?)( UTC| GMT|[[].*[]])?$', '\1'), '([0-9][+-][0-9]{2})([0-9]{2})$', '\1:\2')""",
    # Digits of 9 or 10 places are seconds, 12 or 13 milliseconds, 15 or 16 microseconds; text without a zone is UTC.
    "instant(t)": r"""CASE
        WHEN trim(t) LIKE '____-__-__' THEN try_cast(try_cast(trim(t) AS DATE) AS TIMESTAMP)
        WHEN trim(t) LIKE '____-__-__%' THEN timezone('UTC', coalesce(try_cast(trim(t) AS TIMESTAMPTZ), try_cast(plain_time(t) AS TIMESTAMPTZ)))
        WHEN regexp_full_match(trim(t), '[0-9]{9,10}([.][0-9]+)?') THEN make_timestamp(CAST(round(CAST(trim(t) AS DECIMAL(38, 9)) * 1000000) AS BIGINT))
        WHEN regexp_full_match(trim(t), '[0-9]{12,13}([.][0-9]+)?') THEN make_timestamp(CAST(round(CAST(trim(t) AS DECIMAL(38, 9)) * 1000) AS BIGINT))
        WHEN regexp_full_match(trim(t), '[0-9]{15,16}') THEN make_timestamp(CAST(trim(t) AS BIGINT))
        WHEN regexp_full_match(trim(t), '[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}([T ].*)?') THEN timezone('UTC', try_cast(plain_time(t) AS TIMESTAMPTZ))
        END""",
    # Times that vendors write in words or in American order, all without a zone: UTC, as far as anybody can tell.
    "instant_us(t)": "try_strptime(trim(t), ['%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y, %I:%M:%S.%g %p', '%m/%d/%Y, %I:%M:%S %p', '%m/%d/%Y'])",
    "instant_c(t)": "try_strptime(regexp_replace(trim(t), ' +', ' ', 'g'), '%a %b %d %H:%M:%S %Y')",
    # A user's own form of times, and the zone whose clock they show: where that clock shows an hour twice, the second.
    "instant_as(t, form)": "try_strptime(trim(t), form)",
    "instant_at(t, zone)": "timezone('UTC', timezone(zone, t))",
    # The same where a text may say its zone itself.
    "instant_in(t, zone)": """CASE WHEN regexp_full_match(trim(t), '[0-9]{4}[-/].*[Tt ].*([A-Za-z]|[]]|[+-][0-9]{2}:?([0-9]{2})?)')
        OR regexp_full_match(trim(t), '[0-9.]+') THEN instant(t) ELSE instant_at(instant(t), zone) END""",
    "day_of(t)": """CASE
        WHEN regexp_full_match(trim(t), '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN try_cast(trim(t) AS DATE)
        ELSE try_cast(instant(t) AS DATE) END""",
    "whole(t)": "CASE WHEN regexp_full_match(trim(t), '[+-]?[0-9]{1,19}([.]0*)?') THEN try_cast(split_part(trim(t), '.', 1) AS BIGINT) END",
    "number_of(t)": "CASE WHEN isfinite(try_cast(trim(t) AS DOUBLE)) THEN try_cast(trim(t) AS DOUBLE) END",
    "truth(t)": """CASE WHEN regexp_full_match(trim(t), '(?i)(true|t|yes|y|1)') THEN true
        WHEN regexp_full_match(trim(t), '(?i)(false|f|no|n|0)') THEN false END""",
    # Bytes and words that a vendor writes in decimal, or in hex with 0x, a letter or all its places.
    "hex_of(t, places)": """CASE
        WHEN regexp_full_match(lower(t), '0x[0-9a-f]{1,8}') THEN upper(ltrim(substr(t, 3), '0'))
        WHEN regexp_full_match(t, '[1-9][0-9]{0,4}|0') THEN printf('%X', CAST(t AS INTEGER))
        WHEN length(t) = places AND regexp_full_match(lower(t), '[0-9a-f]+') THEN upper(t)
        END""",
    "hex_byte(t)": "CASE WHEN length(hex_of(t, 2)) <= 2 THEN lpad(hex_of(t, 2), 2, '0') END",
    "hex_word(t)": "CASE WHEN length(hex_of(t, 4)) <= 4 THEN lpad(hex_of(t, 4), 4, '0') END",
    "joined(t)": "string_agg(DISTINCT t, ';' ORDER BY t)",
    "digest(t)": "md5(t)",
    "json_text(j, path)": "json_extract_string(j, path)",
    # Of a list of objects the first whose `path` says `value`: what it says at `wanted`.
    "json_where(j, path, value, wanted)": """CASE WHEN contains(j, value) THEN json_extract_string(
        list_filter(json_extract(j, '$[*]'), lambda o: json_extract_string(o, path) = value)[1], wanted) END""",
    # A list's pieces with their places from 1; an object alone is a list of one. For `explode`: one row a piece.
    "pieces(j)": """CASE WHEN substr(j, 1, 1) = '[' THEN list_transform(json_extract(j, '$[*]'), lambda o, i: {'n': i, 'piece': CAST(o AS VARCHAR)})
        WHEN substr(j, 1, 1) = '{' THEN [{'n': CAST(1 AS BIGINT), 'piece': j}] END""",
    "explode(l)": "unnest(l)",
    "are_texts(j)": """CASE json_type(j) WHEN 'OBJECT' THEN false
        WHEN 'ARRAY' THEN NOT list_has_any(json_type(j, '$[*]'), ['OBJECT', 'ARRAY']) ELSE true END""",
    # Of a list of texts all, `;` between; a text alone as it is, one that holds several (`a;b`) included.
    "several(j)": """CASE substr(j, 1, 1)
        WHEN '[' THEN nullif(array_to_string(list_filter(json_extract_string(j, '$[*]'), lambda t: said(t) IS NOT NULL), ';'), '')
        WHEN '"' THEN said(json_extract_string(j, '$'))
        ELSE j END""",
    "decoded(t)": "url_decode(t)",
    "said_json(t)": "CASE WHEN strlen(t) > 16 OR said(trim(t, '\"')) IS NOT NULL THEN t END",
    # JSON that was put into a text is taken out of it; text that is no JSON becomes a JSON text.
    "inner_json(t)": """CASE
        WHEN substr(t, 1, 1) IN ('[', '{') AND json_valid(t) THEN t
        WHEN said(t) IS NULL THEN NULL
        WHEN NOT json_valid(t) THEN CAST(to_json(t) AS VARCHAR)
        WHEN substr(t, 1, 1) = '"' AND json_valid(json_extract_string(t, '$')) THEN json_extract_string(t, '$')
        ELSE t END""",
    "matches(t, pattern)": "regexp_matches(t, pattern)",
    "part_of(t, pattern)": "nullif(regexp_extract(t, pattern, 1), '')",
    # NULL where a place is not known: least() alone would pass over it and answer half the earth.
    # Great circle on a sphere of 6,371 km: half a per cent off at most, far below the places' own error.
    "km(lat1, lon1, lat2, lon2)": """CASE WHEN lat1 + lon1 + lat2 + lon2 IS NOT NULL THEN 2 * 6371e0 * asin(sqrt(least(1e0, pow(sin(radians(lat2 - lat1) / 2), 2)
        + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)))) END""",
    "days_between(a, b)": "CAST(CAST(b AS DATE) - CAST(a AS DATE) AS BIGINT)",
    "minutes_between(a, b)": "(epoch_us(b) - epoch_us(a)) / 60000000.0",
    "hour_bit(t)": "CAST(1 AS BIGINT) << CAST(hour(t) AS INTEGER)",
    "bits(n)": "CAST(bit_count(n) AS INTEGER)",
    "turned(mask, h)": "((mask << CAST(h AS INTEGER)) | (mask >> CAST(24 - h AS INTEGER))) & 16777215",
    # Orders by the first and settles equals by the second: max_by alone picks any of several equals.
    "in_order(a, b)": "row(a, b)",
    "seconds_of(t)": "epoch(t)",
    # Engines round to places by the number's bits or by the digits that it is written with, which differ at halves.
    "rounded(x, places)": "floor(CAST(x AS DOUBLE) * pow(10, places) + 5e-1) / pow(10, places)",
    # Letters that are no other letter with marks on it are written as passports and cards write them.
    "folded(t)": f"translate({two_letters('lower(strip_accents(trim(t)))')}, '{ALONE[0]}', '{ALONE[1]}')",
}


def statements() -> list[str]:
    """CREATE MACRO statements, in an order in which each may use the ones before."""
    return [f"CREATE OR REPLACE MACRO {name} AS ({body})" for name, body in MACROS.items()]
