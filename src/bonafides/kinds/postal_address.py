"""One door: a street address with its unit.

Shape: the raw text is street, city, region, postal code and country joined with the unit separator U+001F, any of them
empty; a street alone may hold them all, between commas. The value is `STREET #UNIT|POSTAL CODE|COUNTRY`, or
`STREET #UNIT|CITY, REGION|COUNTRY` where no postal code is known: cities have several names for one postal code, so a
city counts only then. Case, punctuation, accents, the writing of units, street types, directions, ZIP+4, region and
country names do not split a value; flats differ.
Unknown: None without a street that has a number in it (a street's or village's name alone would tie all who live
there), and without a postal code or a town to find it in.
Source: abbreviations in reference/street_words.csv, regions.csv and countries.csv.
Why: tables and patterns rather than the `usaddress` tagger, which reads American addresses only.
"""

import re
from functools import lru_cache, partial
from unicodedata import category, normalize

from bonafides.kinds.base import Kind, is_filler, pseudonym, rows

_KEPT = frozenset("#/-,")
_UNSEEN = dict.fromkeys(map(ord, "'`’‘ʼ´"), "")
_BREAKS = dict.fromkeys(map(ord, ";\n\r\t|"), ",")
_FRACTIONS = {ord(sign): " " + normalize("NFKD", sign).replace("\u2044", "/") for sign in "½¼¾⅓⅔⅛⅜⅝⅞"}
# Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans({"Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE", "ø": "O", "ł": "L"})
_ASCII = {code: chr(code).upper() if chr(code).isalnum() or chr(code) in _KEPT else " " for code in range(128)}
_ASCII |= {code: sign for code, sign in (_UNSEEN | _BREAKS).items() if code < 128}
_OTHER = _UNSEEN | _BREAKS | _FRACTIONS
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")


def _plain(text: str) -> str:
    """Upper case without accents; signs that mean nothing in an address become blanks."""
    if "." in text:
        text = _INITIALS.sub(r"\1", text)
    if text.isascii():
        return text.translate(_ASCII)
    text = normalize("NFKD", text.translate(_OTHER)).translate(_PLAIN)
    text = normalize("NFKC", "".join(sign for sign in text if not "\u0300" <= sign <= "\u036f").upper())
    # Vowel signs of Indic scripts are marks, not letters, and part of their words.
    return "".join(sign if sign.isalnum() or sign in _KEPT or category(sign)[0] == "M" else " " for sign in text)


@lru_cache(maxsize=1 << 16)
def _words(text: str) -> str:
    return " ".join(_plain(text).replace(",", " ").split())


_WORDS: dict[str, dict[str, str]] = {}
for _row in rows("street_words"):
    _WORDS.setdefault(_row["role"], {})[_row["word"].upper()] = _row["short"].upper()
_STREET = _WORDS["street"]
_SHORT = {**_WORDS["ordinal"], **_WORDS["direction"], **_STREET}
_COUNTRIES = {_words(row["spelling"]): row["country"] for row in rows("countries")}
_REGIONS = {
    (row["country"], _words(spelling)): row["region"]
    for row in rows("regions")
    for spelling in (row["name"], row["region"])
}
# The post serves these as part of the United States; records name either.
_SERVED_AS_US = frozenset({"AS", "GU", "MP", "PR", "VI"})

_CANADIAN = re.compile(r"[A-Z][0-9][A-Z][0-9][A-Z][0-9]")
_BRITISH = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_ZIP = re.compile(r"([0-9]{5})(?:-?[0-9]{4})?")
# A spreadsheet that took a ZIP code for a number ate its noughts.
_EATEN_ZIP = re.compile(r"[0-9]{3,4}")
_COUNTRY_PREFIX = re.compile(r"[A-Z]{1,2}-(?=[0-9])")
_NO_CODES = frozenset({"99999", "12345-6789"})

# How a line ends that holds the whole address: `IL 62704`, `ON K1A 0B1`, `LEEDS LS1 4AB`; and `10115 BERLIN`.
_CODE_LAST = re.compile(
    r"(.*?) ?\b([0-9]{5}(?:-[0-9]{4})?|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})"
)
_CODE_FIRST = re.compile(r"([0-9]{4,5}) ([^0-9]+)")
_POST_BOX = re.compile(r"\b(?:P ?O ?B(?:OX)?|POST OFFICE BOX|PO BX)(?= ?[0-9])")
_NAMED = re.compile(r"(?:C/O|CARE OF|ATTN|ATTENTION|% )\b")
_PIECE = r"[A-Z0-9]{0,3}[0-9][A-Z0-9]{0,5}(?:[-/][A-Z0-9]{1,5})?"
_NUMBER = rf"(?:[A-Z]-[0-9]{{1,5}}|{_PIECE}|[A-Z] [0-9]{{1,5}}(?= ?$)|[A-Z]{{1,2}})(?: [A-Z](?= ?$))?"
_KINDS_OF_UNIT = _WORDS["unit"]
_NAMES = "|".join(sorted(_KINDS_OF_UNIT, key=lambda word: (-len(word), word)))
_UNIT = re.compile(
    rf"(?<!\S)(?:(?P<name>{_NAMES})(?: (?:NO|NUMBER))?(?: ?# ?| |(?=[0-9]))|# ?)(?P<number>{_NUMBER})(?!\S)"
)
_FLOOR_FIRST = re.compile(r"(?<!\S)([0-9]{1,3})(?:ST|ND|RD|TH)? (?:FL|FLR|FLOOR)(?= ?$| #)")
_PENTHOUSE = re.compile(r"(?<!\S)(?:PH|PENTHOUSE)[ #-]*([0-9]{1,3}[A-Z]?)(?= ?$)")
_BARE_UNIT = re.compile(r"#? ?([A-Z]?[0-9]{1,5}[A-Z]?|[A-Z]|[0-9]{1,4}-[A-Z]|[A-Z]-[0-9]{1,4})")
_ORDINAL = re.compile(r"[0-9]*(?:1ST|2ND|3RD|[0-9]TH)")
# With these a number is the road's own: County Road 12, Highway 4.
_NUMBERED_ROADS = _WORDS["numbered"]
_NUMBER_SIGN = re.compile(r"^(?:NO|NR|NUMBER) (?=[0-9])")
_GERMAN_STREET = re.compile(r"(?<=\w)[- ]?STR(?:ASSE)?(?!\w)")
_GERMAN_SPEAKING = frozenset({"AT", "CH", "DE"})
_UNIT_IN_FRONT = {
    "CA": re.compile(r"([0-9]{1,5}[A-Z]?|[A-Z][0-9]{0,4}) ?- ?(?=[0-9]+[A-Z]? [^ ])"),
    "AU": re.compile(r"([0-9]{1,5}[A-Z]?|[A-Z][0-9]{0,4}) ?/ ?(?=[0-9]+[A-Z]?(?:-[0-9]+)? [^ ])"),
}
_UNIT_IN_FRONT["NZ"] = _UNIT_IN_FRONT["AU"]
_NORTH_AMERICA = frozenset({"US", "CA"})


def _where(region: str, postal: str, country: str) -> tuple[str, str, str]:
    """Region code, postal code and country code, the country told by the others where it is not given."""
    region, named = _words(region), _words(country)
    code = "" if is_filler(postal) else _plain(postal).upper().replace(" ", "").strip("-,/#")
    land = _COUNTRIES.get(named, named)
    if land in _SERVED_AS_US:
        region, land = region or land, "US"
    if not land:
        if _CANADIAN.fullmatch(code):
            land = "CA"
        elif _BRITISH.fullmatch(code):
            land = "GB"
        elif _ZIP.fullmatch(code) and (not region or ("US", region) in _REGIONS):
            land = "US"
        else:
            land = next((known for known in ("US", "CA") if (known, region) in _REGIONS), "")
    if land == "US":
        if _EATEN_ZIP.fullmatch(code):
            code = code.zfill(5)
        zip_code = _ZIP.fullmatch(code)
        code = zip_code[1] if zip_code and code not in _NO_CODES else ""
    else:
        code = "".join(sign for sign in _COUNTRY_PREFIX.sub("", code) if sign.isalnum())
    if set(code) == {"0"}:
        code = ""
    return _REGIONS.get((land, region), region), code, land


def _apart(street: str, country: str) -> tuple[str, str, str, str, str]:
    """The five columns of an address that was written into one; nothing is added where the line does not end in a
    postal code or a state.
    """
    parts = [part for part in (" ".join(piece.split()) for piece in _plain(street).split(",")) if part]
    # Some states have a country's letters: IL, CA, DE.
    if len(parts) > 2 and ("US", parts[-1]) in _REGIONS and not any(sign.isdigit() for sign in parts[-2]):
        return ", ".join(parts[:-2]), parts[-2], parts[-1], "", country
    if len(parts) > 1 and parts[-1] in _COUNTRIES:
        country = country or parts[-1]
        parts.pop()
    whole = (street, "", "", "", country)
    if len(parts) < 2:
        return whole
    if country and (first := _CODE_FIRST.fullmatch(parts[-1])):
        return ", ".join(parts[:-1]), first[2], "", first[1], country
    last = _CODE_LAST.fullmatch(parts.pop())
    if last is None or last[1].split(" ")[-1] in _KINDS_OF_UNIT:
        return whole
    town = last[1] or (parts.pop() if len(parts) > 1 else "")
    words = town.split(" ")
    regions = (n for n in range(len(words)) for land in ("US", "CA") if (land, " ".join(words[n:])) in _REGIONS)
    n = next(regions, len(words))
    if n == 0 and len(parts) > 1:
        return ", ".join(parts[:-1]), parts[-1], town, last[2], country
    return ", ".join(parts), " ".join(words[:n]), " ".join(words[n:]), last[2], country


def _lines(street: str, elsewhere: frozenset[str]) -> list[str]:
    """Parts of a street text between commas and line breaks, without names of persons and what other columns say."""
    kept: list[str] = []
    for part in _plain(street).split(","):
        line = " ".join(part.replace("#", " # ").replace(" - ", "-").split()).strip("-/ ")
        if line and line not in kept and line not in elsewhere and not _NAMED.match(line):
            kept.append(line)
    return kept


def _street_and_units(lines: list[str], country: str) -> tuple[str, list[str]]:
    """The street text without its units, and the units."""
    units: list[str] = []

    def note(found: re.Match[str]) -> str:
        name = _KINDS_OF_UNIT.get(found["name"] or "", "#").replace("#", "")
        units.append(name + re.sub(r"[^A-Z0-9]", "", found["number"]))
        return " "

    if country in _NORTH_AMERICA and len(lines) > 1 and any(line[0].isdigit() for line in lines):
        # A firm's or building's name above the line that starts with the house number.
        while not any(sign.isdigit() for sign in lines[0]):
            lines = lines[1:]
    # A line of its own that is one short number, under a line that starts with the house number, is the unit.
    if lines and lines[0][0].isdigit():
        for line in [line for line in lines[1:] if _BARE_UNIT.fullmatch(line)]:
            lines = [kept for kept in lines if kept is not line]
            units.append(re.sub(r"[^A-Z0-9]", "", line))
    text = _POST_BOX.sub("PO BOX", " ".join(lines))
    text = _NUMBER_SIGN.sub("", text)
    if country in _GERMAN_SPEAKING:
        text = _GERMAN_STREET.sub("STR", text)
    text = _FLOOR_FIRST.sub(r"FL \1", text)
    if penthouse := _PENTHOUSE.search(text):
        units.append("PH" + penthouse[1])
        text = text[: penthouse.start()]
    text = " ".join(_UNIT.sub(note, text).split())
    if (in_front := _UNIT_IN_FRONT.get(country)) and (unit := in_front.match(text)):
        units.append(unit[1])
        text = text[unit.end() :]
    return text, units


def _bare_unit(tokens: list[str], country: str) -> str | None:
    """The unit in `12 MAIN ST 4B`, which nothing announces but the street type before it."""
    if country not in _NORTH_AMERICA or len(tokens) < 4:
        return None
    last, before, name = tokens[-1], tokens[-2], tokens[1:-2]
    if _WORDS["standing"].get(last) and (before in _STREET or before in _WORDS["direction"]):
        return _WORDS["standing"][last]
    if before in _WORDS["direction"] and len(tokens) > 4:
        before, name = tokens[-3], tokens[1:-3]
    # `100 W AVENUE B`: the letter is the street's name.
    if before not in _STREET or all(word in _WORDS["direction"] for word in name):
        return None
    if last in _WORDS["direction"] or not _NUMBERED_ROADS.keys().isdisjoint([before, *name]):
        return None
    return last.replace("-", "") if _BARE_UNIT.fullmatch(last) else None


def _is_house_number(word: str, before: str) -> bool:
    """Whether a word has a number that is a door's, not the street's as in 5TH AVE and HWY 4."""
    return (
        not word.isalpha()
        and any(sign.isdigit() for sign in word)
        and not (_ORDINAL.fullmatch(word) or before in _NUMBERED_ROADS)
    )


def _door(street: str, country: str, elsewhere: frozenset[str]) -> str | None:
    """Street and unit in one writing; None where the street has no number."""
    text, units = _street_and_units(_lines(street, elsewhere), country)
    tokens = text.replace("#", " ").split()
    if unit := _bare_unit(tokens, country):
        units.append(unit)
        tokens = tokens[:-1]
    if tokens and country == "US":
        # Queens writes 12-34 and 1234 for one house.
        tokens[0] = re.sub(r"(?<=[0-9])-(?=[0-9])", "", tokens[0])
    if tokens:
        tokens[0] = _WORDS["number"].get(tokens[0], tokens[0])
    tokens = " ".join(tokens).replace("-", " ").split()
    tokens = [tokens[0], *(_SHORT.get(word, word) for word in tokens[1:])] if tokens else []
    if not any(_is_house_number(word, before) for before, word in zip(["", *tokens], tokens, strict=False)):
        return None
    door = " ".join(tokens)
    return f"{door} #{' '.join(sorted(set(units)))}" if units else door


def _clean(raw: str) -> str | None:
    parts = raw.split("\x1f")
    if len(parts) != 5 or not parts[0].strip():
        return None
    street, city, region, postal, country = parts
    if not (city.strip() or region.strip() or postal.strip()):
        street, city, region, postal, country = _apart(street, country.strip())
    region_code, code, land = _where(region, postal, country)
    town = " ".join(_SHORT.get(word, word) for word in _words(city).replace("-", " ").split())
    said = {_words(city), _words(region), region_code, _words(country), land, code, _words(postal)}
    said |= {f"{name} {end}" for name in (_words(region), region_code) for end in (_words(postal), code)}
    door = _door(street, land, frozenset(said))
    if door is None:
        return None
    if code:
        return f"{door}|{code}|{land}"
    # Towns of one name are in many regions of a large country; small ones have no regions to name.
    if not town or is_filler(town) or not (region_code or land not in {"US", "CA", "AU", ""}):
        return None
    return f"{door}|{town}, {region_code}|{land}"


KIND = Kind(
    name="postal_address",
    title="postal address",
    clean=_clean,
    masks=partial(pseudonym, "postal_address"),
    ties=True,
    family="place",
    # Couples, families and flat mates; a new tenant after an old one; blocks whose residents leave out their flat.
    # A laptop farm is one door with many unrelated workers, so each further holder tells more.
    telling=((2, 0.003), (3, 0.01), (5, 0.05)),
)
