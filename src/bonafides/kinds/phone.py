"""A telephone number.

Shape: E.164 (`+12125550123`); a number written without a country is read as one of the country that comes with it
(behind a unit separator), and without any as a North American one. Extensions are dropped, so one switchboard is one
value.
Unknown: None when no number of that length can exist, without an area code, and for fillers. Numbers that are possible
but not assigned are kept: new area codes appear every year, and 555-01xx are what invented people have.
"""

import re
from functools import lru_cache, partial
from unicodedata import combining, normalize

import phonenumbers

from bonafides.kinds.base import Kind, is_countdown, is_filler, placeholders, pseudonym, rows, visible

# Reading a plain North American number by pattern is some fifteen times quicker than by the library, and the same:
# tests/units/kinds/test_laws.py holds them against each other.
_NORTH_AMERICAN = re.compile(
    r"(?:\+?1[ .-]?)?(?:\(([2-9][0-9]{2})\) ?|([2-9][0-9]{2})[ .-]?)([0-9]{3})[ .-]?([0-9]{4})"
)
# Nobody else groups and brackets digits so.
_AMERICAN_STYLE = re.compile(r"\([2-9][0-9]{2}\) ?[0-9]{3}-[0-9]{4}")
_PLACEHOLDERS = placeholders("phone")
_COUNTRIES = {row["spelling"]: row["country"] for row in rows("countries")}


def _is_placeholder(national: str) -> bool:
    return is_filler(national) or is_countdown(national) or national in _PLACEHOLDERS


def _clean(raw: str) -> str | None:
    said, _, country = raw.partition("\x1f")
    text = visible(said)
    region = "US" if _AMERICAN_STYLE.fullmatch(text) else _region(country)
    is_american = phonenumbers.country_code_for_region(region) == 1
    if is_american and (plain := _NORTH_AMERICAN.fullmatch(text)):
        national = (plain[1] or plain[2]) + plain[3] + plain[4]
        return None if _is_placeholder(national) else f"+1{national}"
    if is_american and text.startswith("00"):
        text = f"+{text[2:]}"  # as most of the world dials abroad
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    # `is_possible_number` would also let local numbers without an area code pass, which many towns share.
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    national = phonenumbers.national_significant_number(number)
    # No North American area code starts with 0 or 1: this is another country's number written without it.
    if _is_placeholder(national) or (number.country_code == 1 and national[0] in "01"):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=1024)
def _region(country: str) -> str:
    """The country whose numbers those are that name none: the United States where nobody says."""
    plain = "".join(c for c in normalize("NFD", country.strip().casefold()) if not combining(c))
    code = _COUNTRIES.get(plain, "US")
    return code if phonenumbers.country_code_for_region(code) else "US"


KIND = Kind(
    name="phone",
    title="telephone number",
    clean=_clean,
    masks=partial(pseudonym, "phone"),
    ties=True,
    family="contact",
    # Couples, family plans, one desk phone as login factor of a shift, referees that former colleagues share, staffing
    # firms' numbers: nearly all shared numbers are such.
    telling=((2, 0.005), (3, 0.01), (4, 0.03)),
)
