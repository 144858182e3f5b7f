"""An invented internet: providers, the addresses that they lease, and where vendors believe an address to be.

Addresses lie in 240.0.0.0/4 (reserved, never routed) for access lines, 198.18.0.0/15 for VPN and hosting exits and
2001:db8::/32 for IPv6. Numbers of autonomous systems are documentation or private ones, names are invented.
"""

import ipaddress
from dataclasses import dataclass, field

from bonafides.simulate.calendar import FIRST, LAST
from bonafides.simulate.chance import Dice
from bonafides.simulate.places import ALL, US, Place, nearest

# A line's address changes every few weeks; a third of lines keep theirs. Assumption, from common ISP practice.
STATIC_LINE = 0.35
LEASE_DAYS = (9, 70)
# Part of the dynamic lines' new addresses were another customer's shortly before. Assumption.
RECYCLED_LEASE = 0.08
# Lines with IPv6 beside IPv4. Assumption, near the public US share of IPv6 use.
DUAL_STACK = 0.3
# 05-facts / base_rates.yaml: US city within 40 km for 83 % of addresses.
FAR_GEOLOCATION = 0.17
# Vendors know most commercial VPN exits for what they are, not all. Assumption.
KNOWN_EXIT = 0.65
# Mobile carriers put thousands of phones behind few addresses. Assumption: small pools per city.
CARRIER_POOL = 90  # base_rates.yaml: mobile addresses are placed about 200 km off: they show up at a neighbouring hub
FIXED_WIRELESS_POOL = 5


@dataclass(frozen=True, slots=True)
class Provider:
    """Who runs a network."""

    number: int
    asn: int
    name: str
    kind: str


_KINDS = {
    "residential": (
        "Example Fiber Residential",
        "Sample Cable Broadband",
        "Placeholder Home Internet",
        "Specimen DSL Consumer",
        "Mockup Neighborhood Fiber",
    ),
    "wireless": ("Example Fixed Wireless Rural",),
    "mobile": ("Example Mobile Wireless", "Sample Cellular Partnership", "Placeholder PCS Mobile"),
    "business": ("Example Business Fiber", "Sample Enterprise Access"),
    "campus": ("Example State University", "Specimen Polytechnic Institute"),
    "hotel": ("Example Hospitality Guest Internet",),
    "vpn": (
        "Example Private VPN",
        "Sample Tunnel Networks",
        "Specimen Anonymous Transit",
        "Placeholder Shield VPN",
    ),
    "hosting": ("Example Cloud Hosting", "Sample Datacenter Services", "Specimen Secure Web Gateway"),
    "abroad": ("Example International Broadband", "Sample Overseas Mobile"),
}
_ASNS = [*range(64496, 64512), *range(65536, 65552), *range(4_200_000_000, 4_200_000_016)]


def _providers() -> dict[str, tuple[Provider, ...]]:
    found: dict[str, tuple[Provider, ...]] = {}
    number = 0
    for kind, titles in _KINDS.items():
        row = []
        for title in titles:
            row.append(Provider(number, _ASNS[number], title, kind))
            number += 1
        found[kind] = tuple(row)
    return found


PROVIDERS = _providers()
_EXIT_BASE = int(ipaddress.IPv4Address("198.18.0.0"))
_PER_CITY = 16_384  # addresses of one provider in one city
_LINE_BASE = int(ipaddress.IPv4Address("240.0.0.0"))


@dataclass(frozen=True, slots=True)
class Address:
    """One network address and what a vendor's database says of it.

    Shape: an `ip` that ends in `::` is an IPv6 prefix; devices choose the rest anew every day.
    Unknown: `city` is empty where the database only knows the country.
    """

    ip: str
    asn: int
    org: str
    kind: str
    city: str
    region: str
    region_name: str
    postal_code: str
    country: str
    country_name: str
    latitude: float
    longitude: float
    is_proxy: bool

    def seen_as(self, salt: int) -> str:
        """The full address as it appears on one device on one day."""
        if not self.ip.endswith("::"):
            return self.ip
        mixed = (salt * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        return f"{self.ip[:-1]}{mixed >> 48:x}:{mixed >> 32 & 0xFFFF:x}:{mixed >> 16 & 0xFFFF:x}:{mixed & 0xFFFF:x}"


@dataclass(slots=True)
class Line:
    """A way onto the internet: which addresses it shows, from which day on.

    Shape: `leases` are (first day, addresses in use), ascending.
    """

    kind: str
    place: Place
    leases: list[tuple[int, tuple[Address, ...]]] = field(default_factory=list)
    was_recycled: bool = False

    def on(self, day: int, dice: Dice) -> Address:
        """The address that a session of this day shows."""
        current = self.leases[0][1]
        for first, addresses in self.leases:
            if first > day:
                break
            current = addresses
        return current[0] if len(current) == 1 else dice.pick(current)


class Internet:
    """Hands out addresses. Two lines never hold the same address on the same day unless they are meant to."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._given: dict[tuple[int, int], int] = {}
        self._released: dict[tuple[int, int], list[tuple[int, Address]]] = {}
        self._pools: dict[tuple[str, int, int], tuple[Address, ...]] = {}

    def home(self, dice: Dice, place: Place, first: int = FIRST - 30) -> Line:
        """A new household's line in a city."""
        provider = dice.weighted(PROVIDERS["residential"], (3.0, 3.0, 2.0, 1.0, 1.0))
        return self._leased(dice, "home", provider, place, first)

    def fixed_wireless(self, dice: Dice, place: Place) -> Line:
        """A household's line behind carrier-grade address translation: strangers share its few addresses."""
        pool = self._pool("wireless", place, 0, FIXED_WIRELESS_POOL)
        line = Line("wireless", place)
        day = FIRST - 30
        while day <= LAST:
            line.leases.append((day, (dice.pick(pool),)))
            day += dice.between(5, 20)
        return line

    def mobile(self, dice: Dice, place: Place) -> Line:
        """A phone's data connection: any address of the carrier's pool in that city."""
        carrier = dice.below(len(PROVIDERS["mobile"]))
        return Line("mobile", place, [(FIRST - 900, self._pool("mobile", place, carrier, CARRIER_POOL))])

    def fixed(self, kind: str, place: Place, number: int = 0, size: int = 1) -> Line:
        """A new line with lasting addresses: an office, a campus, a hotel, a coworking space, a gateway."""
        provider = PROVIDERS[kind][number % len(PROVIDERS[kind])]
        return Line(kind, place, [(FIRST - 900, tuple(self._new(provider, place) for _ in range(size)))])

    def vpn(self, dice: Dice, provider: int | None = None, place: Place | None = None) -> Line:
        """A commercial VPN's exits as one customer uses them: one city, the few exits there."""
        chosen = dice.weighted((0, 1, 2, 3), (4.0, 3.0, 1.0, 2.0)) if provider is None else provider
        city = place or dice.weighted(US[:24], [p.weight for p in US[:24]])
        return Line("vpn", city, [(FIRST - 900, self._pool("vpn", city, chosen, 6))])

    def abroad(self, dice: Dice, place: Place) -> Line:
        """A line in a place abroad."""
        return self._leased(dice, "abroad", PROVIDERS["abroad"][0], place, FIRST - 30)

    def personal_proxy(self, dice: Dice, place: Place) -> Line:
        """A rented residential address in a city: nobody else's, and known to no list."""
        return self._leased(dice, "proxy", PROVIDERS["residential"][dice.below(5)], place, FIRST - 30)

    def _leased(self, dice: Dice, kind: str, provider: Provider, place: Place, first: int) -> Line:
        line = Line(kind, place)
        dual = dice.chance(DUAL_STACK)
        static = dice.chance(STATIC_LINE)
        key = (provider.number, place.index)
        day = first
        while day <= LAST:
            length = LAST + 1 - day if static else dice.between(*LEASE_DAYS)
            found = self._recycled(dice, key, day) if kind == "home" else None
            if found is None:
                found = self._new(provider, place)
            elif day + length > FIRST:
                line.was_recycled = True
            both = (found, self._v6(found, provider, place)) if dual else (found,)
            line.leases.append((day, both))
            day += length
            self._released.setdefault(key, []).append((day, found))
        return line

    def _recycled(self, dice: Dice, key: tuple[int, int], day: int) -> Address | None:
        if not dice.chance(RECYCLED_LEASE):
            return None
        free = self._released.get(key, [])
        for index, (since, address) in enumerate(free):
            if FIRST < since <= day:
                del free[index]
                return address
        return None

    def _new(self, provider: Provider, place: Place) -> Address:
        key = (provider.number, place.index)
        count = self._given.get(key, 0)
        self._given[key] = count + 1
        # An odd factor modulo a power of two visits every number once: neighbours in time are not neighbours in space.
        number = (count * 2_477 + 1_021) % _PER_CITY
        if provider.kind in ("vpn", "hosting"):
            value = _EXIT_BASE + (provider.number % 16) * 8_192 + place.index * 64 + count % 64
        else:
            value = _LINE_BASE + provider.number * (1 << 21) + place.index * _PER_CITY + number
        return self._locate(str(ipaddress.IPv4Address(value)), provider, place)

    def _v6(self, v4: Address, provider: Provider, place: Place) -> Address:
        low = int(ipaddress.IPv4Address(v4.ip)) % _PER_CITY
        ip = f"2001:db8:{provider.number:02x}{place.index:02x}:{low:x}::"
        return Address(ip, *(getattr(v4, name) for name in Address.__slots__[1:]))

    def _pool(self, kind: str, place: Place, provider: int, size: int) -> tuple[Address, ...]:
        key = (kind, place.index, provider)
        pool = self._pools.get(key, ())
        if len(pool) < size:
            source = PROVIDERS[kind][provider]
            pool = pool + tuple(self._new(source, place) for _ in range(size - len(pool)))
            self._pools[key] = pool
        return pool

    def _locate(self, ip: str, provider: Provider, place: Place) -> Address:
        dice = Dice(self._seed, "geolocation", ip)
        seen, spread = place, 0.06
        if place.country == "US":
            if provider.kind == "mobile":
                seen, spread = dice.pick((place, *nearest_cities(place.index))), 0.3
            elif provider.kind in ("residential", "wireless", "business") and dice.chance(FAR_GEOLOCATION):
                seen, spread = dice.pick(nearest_cities(place.index)), 0.2
        vague = provider.kind == "mobile" and dice.chance(0.1)
        return Address(
            ip=ip,
            asn=provider.asn,
            org=provider.name,
            kind=provider.kind,
            city="" if vague else seen.city,
            region=seen.region,
            region_name=seen.region_name,
            postal_code="" if vague else dice.pick(seen.postal_codes),
            country=seen.country,
            country_name=seen.country_name,
            latitude=round(seen.latitude + dice.real(-spread, spread), 4),
            longitude=round(seen.longitude + dice.real(-spread, spread), 4),
            is_proxy=provider.kind == "vpn" and dice.chance(KNOWN_EXIT),
        )


_NEAREST: dict[int, tuple[Place, ...]] = {place.index: nearest(place, 4) for place in US}


def nearest_cities(index: int) -> tuple[Place, ...]:
    """The four nearest US cities of a place."""
    return _NEAREST.get(index, (ALL[index],))
