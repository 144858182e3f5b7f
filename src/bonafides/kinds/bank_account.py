"""An account to which wages go, as a token or number.

Shape: the text without blanks; case is kept, since tokens may differ by case alone. An IBAN (ISO 13616, told by its
check digits) is in upper case without separators.
Unknown: None for fillers, for days, times and network addresses, for numbers of which only the end is shown or that
an office program rounded, for words without a digit and for anything under six signs: the last four digits of an
account are shared by every ten-thousandth one.
"""

import re
from functools import partial

from bonafides.kinds.base import Kind, pseudonym, token

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", re.ASCII)


def _clean(raw: str) -> str | None:
    text = token(raw)
    if text is None:
        return None
    plain = re.sub("[-./]", "", text).upper()
    if not _IBAN.fullmatch(plain):
        return text
    digits = "".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])
    return plain if int(digits) % 97 == 1 else text


KIND = Kind(
    name="bank_account",
    title="bank account",
    clean=_clean,
    masks=partial(pseudonym, "bank_account"),
    ties=True,
    family="money",
    # Two people on one account are nearly always a couple; an agency's account is declared and explained apart.
    # Three people with different names and homes are rare among honest ones.
    telling=((2, 0.02), (3, 0.2)),
)
