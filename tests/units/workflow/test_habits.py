"""When and where: of those whom something is held against alone, and to the degree."""

from datetime import date, datetime

from bonafides.workflow.habits import derive, habits, outlines
from indicator_cases import filled

DAY = datetime(2026, 3, 2, 9)  # a Monday
_EIGHT_AND_NINE = (1 << 8) | (1 << 9)


def test_only_of_those_who_are_not_clear_and_exits_are_told_apart() -> None:
    seen = {"kind": "ip", "via": "sign_in:ip", "day": date(2026, 3, 2), "hours": _EIGHT_AND_NINE}
    store = filled(
        {
            "subject": [
                {"subject_id": "s1", "latitude": 41.4, "longitude": -83.6},
                {"subject_id": "s2", "latitude": 41.4, "longitude": -83.6},
            ],
            "assessment": [{"subject_id": "s1", "tier": "watch"}, {"subject_id": "s2", "tier": "clear"}],
            "sighting": [
                {**seen, "value": "192.0.2.1"},
                {**seen, "value": "192.0.2.1", "day": date(2026, 3, 9), "hours": 1 << 9},
                {**seen, "value": "198.51.100.1", "via": "process:ip", "hours": 1 << 20},
                {**seen, "value": "192.0.2.1", "subject_id": "s2"},
            ],
            "value_fact": [
                {"kind": "ip", "value": "192.0.2.1", "latitude": 41.9, "longitude": -87.6},
                {"kind": "ip", "value": "198.51.100.1", "latitude": 52.1, "longitude": 5.2, "network": "proxy"},
            ],
        }
    )
    derive(store)
    hours = store.rows("SELECT * FROM rhythm ORDER BY weekday, hour")
    assert [(r["subject_id"], r["weekday"], r["hour"], r["active_days"]) for r in hours] == [
        ("s1", 1, 8, 1),
        ("s1", 1, 9, 2),
    ]
    places = store.rows("SELECT * FROM whereabouts ORDER BY what")
    assert [(r["what"], r["is_exit"], r["latitude"], r["longitude"], r["active_days"]) for r in places] == [
        ("account", False, 42, -88, 2),
        ("claimed", False, 41, -84, None),
        ("computer", True, 52, 5, 1),
    ]
    assert {r["subject_id"] for r in places} == {"s1"}
    shown = habits(hours, places)
    assert shown.shift == -6 and [spot.what for spot in shown.spots] == ["claimed", "account", "computer"]
    assert [len(day) for day in shown.week] == [24] * 7
    assert [cell.level if cell else None for cell in shown.week[0][8:10]] == [2, 4] and not any(shown.week[1])
    assert (shown.spots[0].x, shown.spots[0].y) == (96, 39)


def test_lands_lie_on_the_map_and_none_is_drawn_across_it() -> None:
    lands = [[tuple(map(int, p.split(","))) for p in line.split()] for line in outlines()]
    assert len(lands) > 30 and all(0 <= x <= 360 and -15 <= y <= 140 for land in lands for x, y in land)
    for land in lands:
        assert max(abs(a[0] - b[0]) for a, b in zip(land, land[1:] + land[:1], strict=True)) < 60
