"""What holds of every kind, whatever the text."""

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bonafides import kinds
from bonafides.kinds.base import Kind
from bonafides.kinds.phone import KIND as PHONE
from bonafides.units import modules

KINDS = modules(kinds, "KIND", Kind)
# A signature and an address key are made of a text, they are no texts of their kind.
REPEATABLE = sorted(set(KINDS) - {"resume", "postal_address"})

# Free text never looks like a value: alphabets near each kind's own reach further.
NEAR = st.sampled_from(
    [
        "0123456789.:/[]%abcdef",
        "0123456789 ()+-x",
        "abcdefgh.@+-_<>",
        "0123456789ABCDEF&.-",
        "abcde.:/?#%éЖ日",
        "0x123abcDEF:?dt=&",
        "12 ABst.#,\n\x1f-",
    ]
).flatmap(lambda alphabet: st.text(alphabet, max_size=80))
TEXTS = st.text(max_size=200) | NEAR


@pytest.mark.parametrize("name", sorted(KINDS))
@given(raw=TEXTS)
@example(raw="")
@example(raw="\x00")
@example(raw="\x1f\x1f\x1f\x1f")
@example(raw="\x00" * 5)
@example(raw="1" * 100_000)
@example(raw="a@" + "b." * 50_000)
@example(raw=":" * 50_000)
@example(raw="12 " * 50_000 + "\x1f\x1f\x1f10001\x1fUS")
@example(raw="\u0130\u00df\u2044\u00bd \u202e١٢٣")
def test_cleaning_never_fails_and_gives_none_or_a_text_that_can_be_seen(name: str, raw: str) -> None:
    value = KINDS[name].clean(raw)
    assert value is None or (value.strip() == value != "" and value.isprintable())


@pytest.mark.parametrize("name", REPEATABLE)
@given(raw=TEXTS)
def test_cleaning_twice_is_cleaning_once(name: str, raw: str) -> None:
    value = KINDS[name].clean(raw)
    assert value is None or KINDS[name].clean(value) == value


@pytest.mark.parametrize("name", sorted(KINDS))
@given(value=st.text(min_size=7, max_size=60))
@example(value="governm")
def test_a_mask_never_shows_its_value_and_stays_the_same(name: str, value: str) -> None:
    mask = KINDS[name].masks(value)
    # The words in front of a digest are every mask's: a value that is a piece of them is not shown by it.
    assert value not in mask or value in KINDS[name].masks(value + "x")
    assert mask == KINDS[name].masks(value) != KINDS[name].masks(value + "x")


@given(
    st.from_regex(
        r"(\+?1[ .-]?)?(\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-]?)[0-9]{3}[ .-]?[0-9]{4}",
        fullmatch=True,
        alphabet="+1234567890 ().-",
    )
)
def test_the_quick_way_with_north_american_numbers_agrees_with_the_library(raw: str) -> None:
    value = PHONE.clean(raw)
    expected = phonenumbers.format_number(phonenumbers.parse(raw, "US"), phonenumbers.PhoneNumberFormat.E164)
    assert value in (None, expected)
    assert (
        value is not None or len(set(expected[2:])) < 3 or expected[2:5] in {"123", "234", "987", "876", "111", "555"}
    )
