"""Numbers behind pictures, and figures in words."""

from dataclasses import replace
from datetime import date

import pytest

from bonafides.exchange.report import picture, wording
from bonafides.exchange.report.content import Event, Hub, Report


def test_a_waterfall_ends_where_its_rows_lead(report: Report) -> None:
    person = report.dossiers[0]
    found = picture.waterfall(person)
    assert [step.running for step in found.steps] == [-32.91, -18.91, -18.91, 21.09, 16.59]
    assert found.totals[3] == person.decibans and found.adds_up
    assert all(step.x >= 0 and step.x + step.width <= 240.1 for step in found.steps)
    assert found.steps[2].width == 0


def test_bars_of_one_sum_join_where_the_last_one_ended(report: Report) -> None:
    steps = picture.waterfall(report.dossiers[0]).steps
    assert abs(steps[0].x - steps[1].x) < 0.2  # down to −32.91, then up from there
    assert abs((steps[1].x + steps[1].width) - steps[3].x) < 0.2


def test_a_sum_of_nothing_can_be_drawn(report: Report) -> None:
    found = picture.waterfall(replace(report.dossiers[0], contributions=(), decibans=0.0))
    assert found.steps == () and found.adds_up


def test_every_member_keeps_a_hub_when_hubs_are_left_out(report: Report) -> None:
    net = report.networks[0]
    hubs = tuple(Hub(n, "ip", f"ip {n}", (0, 1), 2, 0.1, 30.0, None) for n in range(picture.MOST_HUBS + 9))
    weak = Hub(1, "phone", "phone x", (2, 3), 2, 0.001, 3.1, None)
    found = picture.network(replace(net, hubs=(*hubs, weak)))
    assert len(found.hubs) == picture.MOST_HUBS and found.left_out == 10
    assert all(spot.hubs for spot in found.members)


def test_a_timeline_needs_two_days() -> None:
    one = Event(date(2026, 1, 1), "pay", "first pay")
    assert picture.timeline([]) is None and picture.timeline([one, one]) is None
    found = picture.timeline([one, Event(date(2026, 3, 1), "check", "interview")])
    assert found is not None and [lane for lane, _, _ in found.lanes] == ["pay", "check"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 2)),
        (date(2025, 12, 30), date(2026, 6, 30)),
        (date(2010, 5, 5), date(2026, 1, 1)),
        (date(2026, 5, 5), date(9999, 12, 31)),
    ],
)
def test_ticks_lie_between_the_first_and_the_last_day(first: date, last: date) -> None:
    found = picture.timeline([Event(first, "pay", "a"), Event(last, "pay", "b")])
    assert found is not None
    assert all(0 <= tick.x <= 640 for tick in found.ticks) and len(found.ticks) <= 20


def test_stays_last_until_the_end_of_the_records(report: Report) -> None:
    net = report.networks[0]
    left, goes_on = replace(net.members[0], left_on=date(2025, 6, 1)), replace(net.members[1], left_on=date.max)
    found = picture.stays(replace(net, members=(left, goes_on, *net.members[2:])), report.as_of)
    assert found is not None and len(found.stays) == 4 and len(found.ticks) <= 20
    ends = {round(s.x + s.width) for s in found.stays if s.member.left_on != left.left_on}
    assert ends == {640}
    none = replace(net, members=tuple(replace(m, joined_on=None) for m in net.members))
    assert picture.stays(none, report.as_of) is None


@pytest.mark.parametrize(
    ("share", "told"), [(0.0, "<0.1 %"), (1.0, ">99.9 %"), (0.5, "50 %"), (0.042, "4.2 %"), (0.977, "97.7 %")]
)
def test_nothing_is_ever_certain(share: float, told: str) -> None:
    assert wording.percent(share).replace("\N{NO-BREAK SPACE}", " ") == told


@pytest.mark.parametrize(
    ("amount", "told"),
    [(10.0, "10 to 1 for"), (-3.0, "2.0 to 1 against"), (76.4, "more than 10,000 to 1 for"), (0.0, "1.0 to 1 for")],
)
def test_odds_beyond_what_a_model_can_know_are_not_spelt_out(amount: float, told: str) -> None:
    assert wording.odds(amount) == told


@pytest.mark.parametrize(("amount", "told"), [(1.5, "+1.50"), (-1.5, "−1.50"), (0.001, "0.00"), (-0.001, "0.00")])
def test_decibans_carry_their_sign(amount: float, told: str) -> None:
    assert wording.decibans(amount) == told
