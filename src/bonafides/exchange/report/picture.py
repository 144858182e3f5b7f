"""Shapes behind the page's pictures: networks, sums, timelines. Numbers only; the templates draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bonafides.exchange.report import wording
from bonafides.exchange.report.content import Contribution, Dossier, Event, Hub, Member, Network
from bonafides.exchange.report.layout import Point, places

# Hubs in one picture; the table has them all.
MOST_HUBS = 56
# From so many members on, names would lie over one another and show only where the reader points.
CROWDED = 44
_BAR = 240.0
_LINE = 640.0


@dataclass(frozen=True)
class HubSpot:
    """One hub in a picture."""

    hub: Hub
    label: str
    at: Point


@dataclass(frozen=True)
class MemberSpot:
    """One member in a picture. Shape: `hubs` are places in the picture's hubs."""

    member: Member
    at: Point
    hubs: tuple[int, ...]


@dataclass(frozen=True)
class NetworkPicture:
    """Shape: `spokes` are (place of the hub, place of the member)."""

    width: float
    height: float
    hubs: tuple[HubSpot, ...]
    members: tuple[MemberSpot, ...]
    spokes: tuple[tuple[int, int], ...]
    left_out: int

    @property
    def is_crowded(self) -> bool:
        """Are there too many members to name them all?"""
        return len(self.members) > CROWDED


def label(hub: Hub) -> str:
    """A hub's short name, unique in its network."""
    return f"{wording.short(hub.kind)} {hub.number}"


def network(of: Network) -> NetworkPicture:
    """A network's picture."""
    drawn = _drawn(of)
    at = places(len(of.members), [hub.members for hub in drawn])
    held: dict[int, list[int]] = {m: [] for m in range(len(of.members))}
    for number, hub in enumerate(drawn):
        for member in hub.members:
            held[member].append(number)
    return NetworkPicture(
        at.width,
        at.height,
        tuple(HubSpot(hub, label(hub), spot) for hub, spot in zip(drawn, at.hubs, strict=True)),
        tuple(MemberSpot(m, at.members[n], tuple(held[n])) for n, m in enumerate(of.members)),
        tuple((h, m) for h, hub in enumerate(drawn) for m in hub.members),
        len(of.hubs) - len(drawn),
    )


def _drawn(of: Network) -> list[Hub]:
    """The hubs that say most, with at least one for every member that has any."""
    if len(of.hubs) <= MOST_HUBS:
        return list(of.hubs)
    ranked = sorted(range(len(of.hubs)), key=lambda n: (-of.hubs[n].weight * (len(of.hubs[n].members) - 1), n))
    chosen: set[int] = set()
    reached: set[int] = set()
    for n in ranked:
        if not set(of.hubs[n].members) <= reached:
            chosen.add(n)
            reached |= set(of.hubs[n].members)
    chosen |= set([n for n in ranked if n not in chosen][: max(0, MOST_HUBS - len(chosen))])
    return [of.hubs[n] for n in sorted(chosen)]


@dataclass(frozen=True)
class Step:
    """One row of a sum. Units: `x` and `width` of the bar, `zero` where nought lies, all of 240."""

    contribution: Contribution
    running: float
    x: float
    width: float


@dataclass(frozen=True)
class Sum:
    """A score as the sum of its rows.

    Shape: `totals` in the order of the hypotheses; `adds_up` compares the last with the score.
    """

    steps: tuple[Step, ...]
    totals: tuple[float, ...]
    zero: float
    end: float
    adds_up: bool


def waterfall(of: Dossier) -> Sum:
    """How a score comes about, row by row."""
    running, marks = 0.0, [0.0]
    for row in of.contributions:
        running = round(running + row.amounts[3], 2)
        marks.append(running)
    low, high = min(marks), max(marks)
    scale = _BAR / ((high - low) or 1.0)

    def place(amount: float) -> float:
        return round((amount - low) * scale, 1)

    steps = tuple(
        Step(row, after, min(place(before), place(after)), round(abs(place(after) - place(before)), 1))
        for row, before, after in zip(of.contributions, marks, marks[1:], strict=False)
    )
    totals = tuple(round(sum(row.amounts[n] for row in of.contributions), 2) for n in range(4))
    return Sum(steps, totals, place(0.0), place(running), abs(totals[3] - of.decibans) < 0.05)


@dataclass(frozen=True)
class Tick:
    """A mark on a time line."""

    x: float
    text: str


@dataclass(frozen=True)
class Line:
    """Events over time. Shape: `lanes` are (lane, y, events with x)."""

    height: float
    ticks: tuple[Tick, ...]
    lanes: tuple[tuple[str, float, tuple[tuple[float, Event], ...]], ...]


def timeline(events: Sequence[Event]) -> Line | None:
    """A person's events on one line a lane. Unknown: None where there are fewer than two days to show."""
    days = sorted({event.on for event in events})
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]
    lanes: list[tuple[str, float, tuple[tuple[float, Event], ...]]] = []
    for lane in wording.LANES:
        own = [(_x(event.on, first, last), event) for event in events if event.lane == lane]
        if own:
            lanes.append((lane, 14.0 + 22.0 * len(lanes), tuple(own)))
    return Line(22.0 * len(lanes) + 8.0, tuple(_ticks(first, last)), tuple(lanes))


@dataclass(frozen=True)
class Stay:
    """One member's engagement as a bar."""

    member: Member
    x: float
    width: float
    y: float


@dataclass(frozen=True)
class Stays:
    """A network's engagements over time."""

    height: float
    ticks: tuple[Tick, ...]
    stays: tuple[Stay, ...]


def stays(of: Network, as_of: date | None) -> Stays | None:
    """Who was engaged when, earliest first. Unknown: None where no member was ever engaged."""
    engaged = sorted(
        (m for m in of.members if m.joined_on is not None), key=lambda m: (m.joined_on or date.min, m.who.anchor)
    )
    if not engaged:
        return None
    now = as_of or date.max  # what lies ahead may lie very far: 9999-12-31 often means that there is no end
    begun = [min(m.joined_on, now) for m in engaged if m.joined_on]
    ended = [min(m.left_on, now) for m in engaged if m.left_on]
    first, last = begun[0], max([*begun, *ended, *([as_of] if as_of else [])])
    made = []
    for n, member in enumerate(engaged):
        left = _x(min(member.joined_on or first, last), first, last)
        right = _x(min(member.left_on or last, last), first, last)
        made.append(Stay(member, left, max(2.0, round(right - left, 1)), 9.0 * n + 4.0))
    return Stays(9.0 * len(engaged) + 8.0, tuple(_ticks(first, last)), tuple(made))


def _x(on: date, first: date, last: date) -> float:
    return round((on - first).days / max(1, (last - first).days) * _LINE, 1)


def _ticks(first: date, last: date) -> list[Tick]:
    """Turns of years; of quarters where the whole is short. Shape: twenty at the most."""
    span = (last - first).days
    step = 1 if span < 200 else 3 if span < 900 else 12 if span < 4500 else 12 * max(5, 1 + span // 7300)
    found, year, month = [], first.year, 1
    while year <= last.year and date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            text = str(year) if month == 1 else f"{year}-{month:02d}"
            found.append(Tick(_x(date(year, month, 1), first, last), text))
        year, month = (year, month + step) if month + step <= 12 else (year + max(1, step // 12), 1)
    return found
