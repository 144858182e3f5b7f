"""An account to which wages go, as a token or number.

Shape: the text without blanks; case is kept, since tokens may differ by case alone.
Unknown: None for fillers, for days, times and network addresses, for numbers of which only the end is shown and for
anything under six signs: the last four digits of an account are shared by every ten-thousandth one.
"""

from functools import partial

from bonafides.kinds.base import Kind, pseudonym, token

KIND = Kind(
    name="bank_account",
    title="bank account",
    clean=token,
    masks=partial(pseudonym, "bank_account"),
    ties=True,
    family="money",
    # Two people on one account are nearly always a couple; an agency's account is declared and explained apart.
    # Three people with different names and homes are rare among honest ones.
    telling=((2, 0.02), (3, 0.2)),
)
