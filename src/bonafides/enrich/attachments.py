"""What is attached to people's computers and announces itself as a remote-control or input-emulating device, or as a
camera that a program makes up.
"""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from bonafides.kinds.base import rows
from bonafides.store.engine import Engine

_COLUMNS = ("bus", "vendor_id", "product_id", "vendor", "product", "serial", "interface_classes")


def derive(store: Engine) -> None:
    """`attached`: one row per subject, rule and product."""
    rules = _Rules()
    listed = ", ".join(_COLUMNS)
    keys: list[dict[str, str | None]] = []
    told: list[tuple[str, str, str]] = []
    for row in store.rows(f"SELECT DISTINCT {listed} FROM peripheral ORDER BY ALL"):
        for rule, product, confidence in rules.told(row):
            keys.append(row)
            told.append((rule, product, confidence))
    store.load(
        "signature",
        {
            **{c: [k[c] for k in keys] for c in _COLUMNS},
            "rule": [t[0] for t in told],
            "known_as": [t[1] for t in told],
            "confidence": [t[2] for t in told],
            "doubt": [_DOUBT[t[2]] for t in told],
        },
        {**dict.fromkeys((*_COLUMNS, "rule", "known_as", "confidence"), "VARCHAR"), "doubt": "INTEGER"},
    )
    same = " AND ".join(f"p.{c} IS NOT DISTINCT FROM s.{c}" for c in _COLUMNS)
    store.execute(
        f"""CREATE OR REPLACE TABLE attached AS
        SELECT p.company, p.subject_id, s.rule, s.known_as AS product, max(concat_ws(' ', p.vendor_id || ':' || p.product_id, p.vendor, p.product)) AS seen,
               min_by(s.confidence, s.doubt) AS confidence, count(*) AS n, min(p.occurred_at) AS first_at, max(p.occurred_at) AS last_at,
               min_by(p.event_ref, in_order(p.occurred_at, p.event_ref)) AS first_ref, max_by(p.event_ref, in_order(p.occurred_at, p.event_ref)) AS last_ref
        FROM peripheral AS p JOIN signature AS s ON {same} WHERE p.subject_id IS NOT NULL
        GROUP BY p.company, p.subject_id, s.rule, s.known_as"""
    )
    _cameras(store)


def _cameras(store: Engine) -> None:
    """Add to `attached` the cameras of interviews that can show anything; filters and telephones joined as cameras are none."""
    known = sorted(rows("virtual_cameras"), key=lambda row: (row["product"] == "unnamed", -len(row["name_pattern"])))
    seen = [
        r["camera_device"] for r in store.rows("SELECT DISTINCT camera_device FROM interview ORDER BY camera_device")
    ]
    told = {name: next((row for row in known if row["name_pattern"] in (name or "").lower()), None) for name in seen}
    products = {name: row["product"] for name, row in told.items() if row and row["is_filter_only"] == "false"}
    store.load(
        "made_up_camera",
        {"camera_device": list(products), "product": list(products.values())},
        {"camera_device": "VARCHAR", "product": "VARCHAR"},
    )
    store.execute(
        """INSERT INTO attached
        SELECT i.company, i.subject_id, 'virtual_camera', c.product, max(i.camera_device), 'medium', count(*), min(i.occurred_at), max(i.occurred_at),
               min_by(i.event_ref, in_order(i.occurred_at, i.event_ref)), max_by(i.event_ref, in_order(i.occurred_at, i.event_ref))
        FROM interview AS i JOIN made_up_camera AS c ON c.camera_device = i.camera_device WHERE i.subject_id IS NOT NULL
        GROUP BY i.company, i.subject_id, c.product"""
    )


_DOUBT = {"high": 0, "medium": 1, "low": 2}


class _Rules:
    """The reference lists, ready to be asked about one distinct thing."""

    def __init__(self) -> None:
        self.usb, self.display, self.classes, self.emulators = (
            rows("kvm_usb"),
            rows("kvm_display"),
            rows("kvm_class"),
            rows("input_emulators"),
        )

    def told(self, thing: Mapping[str, str | None]) -> Iterator[tuple[str, str, str]]:
        """(rule, product, confidence) of every list that knows the thing; the first of each rule."""
        seen: set[str] = set()
        for rule, product, confidence in self._all(thing):
            if rule not in seen:
                seen.add(rule)
                yield rule, product, confidence

    def _all(self, thing: Mapping[str, str | None]) -> Iterator[tuple[str, str, str]]:
        said = {c: (thing[c] or "").strip() for c in _COLUMNS}
        ids = (said["vendor_id"].upper().removeprefix("0X"), said["product_id"].upper().removeprefix("0X"))
        text = f"{said['vendor']} {said['product']}".lower()
        if said["bus"].lower() == "display":
            for row in self.display:
                code = row["vendor_code"].upper(), row["product_code"].upper()
                if _fits(row["name_pattern"], said["product"]) or (all(code) and code == ids):
                    yield "kvm_display", row["product"], row["confidence"]
            return
        for row in self.usb:
            if row["vendor_id"] and (row["vendor_id"].upper(), row["product_id"].upper()) != ids:
                continue
            if all(_fits(row[f"{c}_pattern"], said[c]) for c in ("vendor", "product", "serial") if row[f"{c}_pattern"]):
                yield row["rule"], row["product"], row["confidence"]
        classes = set(re.findall(r"[0-9a-f]{2}", said["interface_classes"].lower()))
        for row in self.classes:
            if (
                classes
                and set(row["classes_all"].split(";")) <= classes
                and (not row["text_pattern"] or re.search(row["text_pattern"], text))
            ):
                yield "kvm_class", row["rule"], row["confidence"]
        for row in self.emulators:
            if (row["vendor_id"].upper(), row["product_id"].upper()) in (ids, (ids[0], "*")):
                yield "emulator", row["product"], row["confidence"]


def _fits(pattern: str, text: str) -> bool:
    return bool(pattern and text) and fnmatchcase(text.lower(), pattern.lower())
