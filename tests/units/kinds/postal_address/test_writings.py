"""However a door is written it stays one value, and doors next to one another stay apart."""

from hypothesis import given
from hypothesis import strategies as st

from bonafides.kinds.postal_address import KIND

HOUSES = st.integers(1, 9999)
NAMES = st.sampled_from(["Oak", "Martin Luther King", "Old Mill", "Lakeview", "Washington", "2nd", "Saint Clair"])
TYPES = st.sampled_from([("Street", "St."), ("Avenue", "AVE"), ("Boulevard", "Blvd"), ("Court", "ct"), ("Lane", "Ln.")])
SIDES = st.sampled_from([("", ""), ("North ", "N. "), ("Southwest ", "SW "), ("East ", "e ")])
UNITS = st.integers(1, 999) | st.sampled_from(["4B", "B4", "C"])
DESIGNATORS = st.sampled_from([" Apt {}", ", Apartment {}", " #{}", "\nUnit {}", " STE {}", ", # {}", " apt. no. {}"])
ENDS = st.sampled_from(
    [
        ("Springfield", "IL", "62704", "US"),
        ("SPRINGFIELD", "Illinois", "62704-1234", "usa"),
        ("Southern View", "il", " 62704", ""),
        ("", "", "627041234", "United States"),
    ]
)


def clean(street: str, end: tuple[str, str, str, str]) -> str | None:
    return KIND.clean("\x1f".join((street, *end)))


@given(HOUSES, SIDES, NAMES, TYPES, UNITS, DESIGNATORS, DESIGNATORS, ENDS, ENDS)
def test_two_writings_of_one_door_meet(
    house: int,
    side: tuple[str, str],
    name: str,
    kind: tuple[str, str],
    unit: int | str,
    one: str,
    other: str,
    end: tuple[str, str, str, str],
    other_end: tuple[str, str, str, str],
) -> None:
    long = f"{house} {side[0]}{name} {kind[0]}{one.format(unit)}"
    short = f"  {house}  {side[1]}{name.upper()} {kind[1]}{other.format(str(unit).lower())} "
    assert clean(long, end) == clean(short, other_end) is not None


@given(HOUSES, HOUSES, NAMES, NAMES, UNITS, UNITS)
def test_two_doors_stay_apart(
    house: int, house_b: int, name: str, name_b: str, unit: int | str, unit_b: int | str
) -> None:
    end = ("Springfield", "IL", "62704", "US")
    first, second = f"{house} {name} St Apt {unit}", f"{house_b} {name_b} St Apt {unit_b}"
    assert (clean(first, end) == clean(second, end)) == ((house, name, unit) == (house_b, name_b, unit_b))
    assert clean(first, end) != clean(f"{house} {name} St", end)
    assert clean(first, end) != clean(first, ("Springfield", "MA", "01103", "US"))
