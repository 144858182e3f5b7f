"""Where a claimed home lies, however HR and the logs spell its region and its city; nowhere rather than elsewhere."""

from collections.abc import Sequence

import pytest

from bonafides.enrich.places import locate
from bonafides.store.duckdb import Store

BERLIN, MUNICH, LODZ = (52.5, 13.4), (48.1, 11.6), (51.8, 19.5)
PLACE = ("latitude", "longitude")
DOOR = "1 OAK ST|80331|DE"
TEXTS = ("kind", "value", "infrastructure_of", "city", "region", "country")
TYPES = dict.fromkeys(TEXTS, "VARCHAR") | dict.fromkeys(PLACE, "DOUBLE")
Seen = tuple[str, str | None, str | None, tuple[float, float]]


def placed(
    seen: Sequence[Seen], home: tuple[str | None, str | None, str | None, str | None], door_of: str | None = None
) -> tuple[float, ...] | None:
    """Where a home (city, region, country, postal code) is placed, given what vendors say of addresses; `door_of` names
    the company whose own the home's address is.
    """
    store = Store()
    columns = [("ip", None, None, city, region, country, *place) for city, region, country, place in seen]
    columns.append(("postal_address", DOOR, door_of, None, None, None, None, None))
    store.load("value_fact", {n: [row[i] for row in columns] for i, n in enumerate(TYPES)}, TYPES)
    codes = {"germany": "DE", "deutschland": "DE", "de": "DE", "us": "US", "fr": "FR", "poland": "PL", "pl": "PL"}
    spelt = {"spelling": list(codes), "code": list(codes.values())}
    store.load("country_code", spelt, dict.fromkeys(spelt, "VARCHAR"))
    subject = dict(zip(("city", "region", "country", "postal_code"), home, strict=True)) | {"company": "acme"}
    subject |= {"subject_id": "1", "address": DOOR, "latitude": None, "longitude": None}
    types = {n: "DOUBLE" if n in PLACE else "VARCHAR" for n in subject}
    store.load("subject", {name: [value] for name, value in subject.items()}, types)
    locate(store)
    (row,) = store.rows("SELECT latitude, longitude FROM subject")
    store.close()
    return None if row["latitude"] is None else (row["latitude"], row["longitude"])


@pytest.mark.parametrize(
    ("seen", "home", "where"),
    [
        # The region in either language, in a code, or left out on either side.
        ([("Munich", "Bavaria", "DE", MUNICH)], ("Munich", "Bayern", "Deutschland", "80331"), MUNICH),
        ([("Berlin", "State of Berlin", "DE", BERLIN)], ("Berlin", None, "DE", None), BERLIN),
        ([("Berlin", None, "DE", BERLIN)], ("Berlin", "Berlin", "Germany", None), BERLIN),
        # The city under another of its names, or with letters that others write as two.
        ([("Munich", "Bavaria", "DE", MUNICH)], ("München", "BY", "DE", None), MUNICH),
        ([("Lodz", "Lodzkie", "PL", LODZ)], ("Łódź", "łódzkie", "Poland", None), LODZ),
        ([("Munich", "Bavaria", "DE", MUNICH)], ("München, Bayern", None, "DE", None), MUNICH),
        ([("Rochester", "New York", "US", (43.2, -77.6))], ("Rochester, MN", None, "US", None), None),
        ([("Rochester", "New York", "US", (43.2, -77.6))], ("Rochester, NY", None, "US", None), (43.2, -77.6)),
        # What stands in brackets tells cities of one name apart.
        ([("Frankfurt am Main", "Hesse", "DE", (50.1, 8.7))], ("Frankfurt (Oder)", None, "DE", None), None),
        ([("Frankfurt am Main", "Hesse", "DE", (50.1, 8.7))], ("Frankfurt/Main", None, "DE", None), (50.1, 8.7)),
        ([("Paris 11", None, "FR", (48.9, 2.4))], ("Paris, Île-de-France", None, "FR", None), (48.9, 2.4)),
        # A name in another country is another city's.
        ([("Munich", None, "US", (48.7, -98.8))], ("München", None, "DE", None), None),
        ([("Paris", "TX", "US", (33.7, -95.6))], ("Paris", None, "FR", None), None),
        # Cities of one name far apart: the region says which, or nobody does.
        ([("Neustadt", "Hesse", "DE", (50.9, 9.1)), ("Neustadt", "Bavaria", "DE", (49.6, 10.6))],
         ("Neustadt", "Sachsen", "DE", None), None),
        ([("Neustadt", "Hesse", "DE", (50.9, 9.1)), ("Neustadt", "Bavaria", "DE", (49.6, 10.6))],
         ("Neustadt", "Hesse", "DE", None), (50.9, 9.1)),
        ([("Neustadt", "Hesse", "DE", (50.9, 9.1))] * 30 + [("Neustadt", "Bavaria", "DE", (49.6, 10.6))],
         ("Neustadt", "Bayern", "DE", None), None),
        # Regions that are known by their names are not passed over.
        ([("Springfield", "Illinois", "US", (39.8, -89.6))], ("Springfield", "MA", "US", None), None),
        ([("Springfield", "Illinois", "US", (39.8, -89.6))], ("Springfield", "il", "US", None), (39.8, -89.6)),
        # Where one side names no country.
        ([("Berlin", "Berlin", None, BERLIN)], ("Berlin", "Berlin", "DE", None), BERLIN),
        ([("Springfield", "Illinois", "US", (39.8, -89.6))], ("Springfield", "IL", None, None), (39.8, -89.6)),
        ([("Berlin", "Berlin", "DE", BERLIN)], ("Berlin", None, None, None), BERLIN),
        ([("Berlin", "Berlin", "DE", BERLIN), ("Berlin", "NH", "US", (44.5, -71.2))],
         ("Berlin", None, None, None), None),
        # A postal code of the United States only there.
        ([("Berlin", "Berlin", "DE", BERLIN)], ("Berlin", "Berlin", "DE", "10115"), BERLIN),
    ],
)  # fmt: skip
def test_a_home_is_placed_as_far_as_names_allow(
    seen: Sequence[Seen],
    home: tuple[str | None, str | None, str | None, str | None],
    where: tuple[float, float] | None,
) -> None:
    assert placed(seen, home) == where


def test_a_company_s_own_door_is_no_home_of_its_people() -> None:
    seen: list[Seen] = [("Munich", "Bavaria", "DE", MUNICH)]
    home = ("Munich", "Bavaria", "DE", "80331")
    assert placed(seen, home, door_of="acme") is None
    assert placed(seen, home, door_of="beta") == placed(seen, home) == MUNICH
