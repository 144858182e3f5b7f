"""An account to which wages go, as a token or number.

Shape: the text without blanks; case is kept, since tokens may differ by case alone.
Unknown: None for fillers, for numbers of which only the end is shown and for anything under six signs: the last
four digits of an account are shared by every ten-thousandth one.
"""

from functools import partial

from bonafides.kinds.base import Kind, is_countdown, is_cut, is_filler, pseudonym, visible

_SHORTEST = 6


def _clean(raw: str) -> str | None:
    text = "".join(visible(raw).split())
    if len(text) < _SHORTEST or is_filler(raw) or is_filler(text) or is_cut(text) or is_countdown(text):
        return None
    return text


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
