"""What leaves with a case: read by the formats' own libraries, masked but for whom was revealed, and on record."""

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import small_world
from bonafides import api
from bonafides.errors import BadSettings
from bonafides.workflow.case_file import case_exports
from bonafides.workflow.cases import Desk

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FORMATS = sorted(case_exports())


class Room:
    """A workspace, its case on the farm's four workers, and the exports of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exports = small_world.write(folder)
        api.investigate(self.exports, folder / "ws", now=NOW)
        self.moments = (NOW + timedelta(minutes=n) for n in range(10_000))
        with self.desk("mia", "analyst") as mia:
            network = api.export(folder / "ws", "network_member", format="jsonl", masked=False).decode().splitlines()
            self.case = mia.open("farm", network_id=json.loads(network[0])["network_id"])
            mia.do("noted", {"text": "asked payroll"}, self.case)
            told = {
                "outcome": "false_claim",
                "claims": ["custody", "identity"],
                "explanation": "stand_in",
                "reason": "=cmd()",
            }
            self.judged = mia.about("judged", self.case, "acme/W-901", told).seq
            mia.about("replied", self.case, "acme/W-901", {"text": "It is my brother's computer"})
            self.asked = mia.about("reveal_asked", self.case, "acme/W-901", {"reason": "referral"}).seq

    def desk(self, actor: str, role: str) -> Desk:
        return api.desk(self.folder / "ws", actor=actor, role=role, clock=lambda: next(self.moments))

    def out(self, format: str) -> Any:
        with self.desk("mia", "analyst") as mia:
            return mia.export(self.case, format)


@pytest.fixture(scope="module")
def masked(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(tmp_path_factory.mktemp("masked"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The same after a second person agreed, to the decision and to the reveal of one."""
    made = Room(tmp_path_factory.mktemp("clear"))
    with made.desk("ines", "reviewer") as ines:
        ines.do("agreed", {"entry": made.judged}, made.case)
        ines.do("agreed", {"entry": made.asked}, made.case)
    yield made


def words(format: str, content: bytes) -> str:
    """All text of a file, PDF read by a library that did not write it."""
    if format != "referral_pdf":
        return content.decode()
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("format", FORMATS)
def test_nobody_is_named_before_a_second_person_agreed(masked: Room, format: str) -> None:
    content = words(format, masked.out(format).content)
    secrets = (*small_world.NAMES, "Ashgrove", "QUARRY", "W-90", small_world.FARM_ACCOUNT, small_world.FARM_LINE)
    assert [word for word in secrets if word in content] == []
    assert "worker " in content


@pytest.mark.parametrize("format", FORMATS)
def test_one_who_was_revealed_is_named_and_nobody_else(room: Room, format: str) -> None:
    found = room.out(format)
    content = words(format, found.content)
    assert "Ashgrove" in content
    assert found.masked == 3
    assert [word for word in ("W-902", "W-903", "W-904", *small_world.NAMES[:3]) if word in content] == []


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_in_the_ledger_and_names_the_entry_before(room: Room, format: str) -> None:
    found = room.out(format)
    with room.desk("ines", "viewer") as ines:
        *_, before, last = ines.entries()
        assert ines.broken() is None
    assert last.deed.kind == "exported" and last.deed.body["sha256"] == found.sha256
    if format in ("referral", "stix"):
        assert before.hash in found.content.decode()


def test_a_viewer_exports_nothing_and_an_unknown_format_is_said(room: Room) -> None:
    with room.desk("vera", "viewer") as vera, pytest.raises(BadSettings, match="not for a viewer"):
        vera.export(room.case, "stix")
    with pytest.raises(BadSettings, match="no format pdf"):
        room.out("pdf")


def test_the_pdf_says_what_the_page_says_on_numbered_sheets(room: Room) -> None:
    page, sheets = (words(format, room.out(format).content) for format in ("referral_page", "referral_pdf"))
    plain = re.sub(r"<style>.*?</style>|<title>.*?</title>|<[^>]+>", " ", page, flags=re.DOTALL)
    told = re.findall(r"[\w.:-]{4,}", html.unescape(plain))
    flat = re.sub(r"\s+", "", sheets)
    # The two were written one after the other: the time and the entry before differ.
    missing = [word for word in told if word not in flat and not re.fullmatch(r"[0-9:]+|[0-9a-f]{64}", word)]
    assert missing == [] and len(told) > 300
    assert "10. Notes" in sheets and "asked payroll" in sheets


def test_letters_that_the_font_lacks_are_told_by_number(room: Room) -> None:
    with room.desk("mia", "analyst") as mia:
        case = mia.open("Дело 김", subjects=["acme/W-901"])
        found = mia.export(case, "referral_pdf")
    text = words("referral_pdf", found.content)
    assert "‹U+0414›" in text and "‹U+AE40›" in text and any("Unicode" in said for said in found.left_out)
    assert len(PdfReader(io.BytesIO(found.content)).pages) >= 1


def test_the_referral_has_parties_money_events_evidence_and_what_is_not_known(room: Room) -> None:
    pack = json.loads(room.out("referral").content)
    assert pack["parties"]["victim_companies"] == ["acme", "borealis", "cumulus"]
    first = next(p for p in pack["parties"]["subjects"] if p["subject"] == "W-901")
    assert first["decision"] == "false_claim" and first["false_claims"] == ["custody", "identity"]
    assert first["reply"] == "It is my brother's computer"
    assert {s["kind"] for s in pack["parties"]["shared"]} >= {"bank_account"}
    paid = [w for w in pack["financial_transactions"] if w["subject"] == "W-901"]
    assert paid and sum(w["amount"] for w in paid) == 30_000.0
    assert sum(loss["wages"] for loss in pack["losses"]) == sum(w["amount"] for w in pack["financial_transactions"])
    assert pack["timeline"] == sorted(pack["timeline"], key=lambda e: (e["at"], e["company"], e["subject"], e["what"]))
    assert {row["subject"]: row["not_heard"] for row in pack["not_known"]}["W-901"] is False
    assert all(row["honest_explanations"] for row in pack["not_known"])
    assert [note["text"] for note in pack["notes"]] == ["asked payroll"]


def test_the_page_says_what_the_pack_says_and_runs_nothing(room: Room) -> None:
    pack, page = json.loads(room.out("referral").content), room.out("referral_page").content.decode()
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    for proof in pack["evidence"]:
        assert proof["ref"] in text and (proof["sha256"] or "") in text
    for person in pack["parties"]["subjects"]:
        assert all(finding["says"] in text for finding in person["findings"])
    assert all(f"{w['amount']:,.2f}" in text for w in pack["financial_transactions"])
    assert "=cmd()" in text and "It is my brother's computer" in text and "asked payroll" in text
    assert "<script" not in page and "http-equiv" in page and not re.search(r'(?:src|href)="', page)


def test_evidence_leads_to_raw_lines(room: Room) -> None:
    pack = json.loads(room.out("referral").content)
    proofs = [proof for proof in pack["evidence"] if proof["sha256"]]
    assert len(proofs) >= 4
    for proof in proofs:
        raw = room.exports / proof["file"]
        lines = raw.read_text("utf-8").splitlines()
        assert proof["company"] in proof["file"] and 1 <= proof["item"] <= len(lines) - 1
        assert hashlib.sha256(raw.read_bytes()).hexdigest() == proof["sha256"]


def test_stix_is_read_by_its_own_library(room: Room) -> None:
    import stix2

    bundle = stix2.parse(room.out("stix").content.decode(), allow_custom=False)
    kinds = [one.type for one in bundle.objects]
    assert kinds.count("report") == 1 and kinds.count("observed-data") >= 1
    ids = {one.id for one in bundle.objects}
    for one in bundle.objects:
        refs = [getattr(one, name) for name in ("source_ref", "target_ref") if hasattr(one, name)]
        assert {*refs, *getattr(one, "object_refs", ())} <= ids
    people = [o for o in bundle.objects if o.type == "identity" and o.identity_class == "individual"]
    assert len(people) == 4
    assert (
        room.out("stix").content != b""
        and {o.id for o in stix2.parse(room.out("stix").content.decode()).objects} == ids
    )


def test_misp_is_read_by_its_own_library(room: Room) -> None:
    import pymisp

    event = pymisp.MISPEvent()
    event.load(json.loads(room.out("misp").content))
    described = pymisp.AbstractMISP().describe_types
    for attribute in event.attributes:
        assert attribute.type in described["category_type_mappings"][attribute.category]
        assert not attribute.to_ids
    assert len(event.attributes) > 8 and event.info.startswith("farm")


def test_ocsf_is_read_by_an_independent_model(room: Room) -> None:
    from py_ocsf_models.events.findings.detection_finding import DetectionFinding

    lines = room.out("ocsf").content.decode().splitlines()
    found = [DetectionFinding.model_validate(json.loads(line)) for line in lines]
    assert len(found) > 8 and {one.class_uid for one in found} == {2004}
    assert len({one.finding_info.uid for one in found}) == len(found)


def test_followthemoney_is_read_by_its_own_library(room: Room) -> None:
    ftm = pytest.importorskip("followthemoney")  # needs ICU, which a fresh machine lacks
    found = {}
    for line in room.out("followthemoney").content.decode().splitlines():
        told = json.loads(line)
        proxy = ftm.model.get_proxy(told)
        kept = {name: sorted(proxy.get(name)) for name in told["properties"]}
        assert all(kept[name] for name in kept), f"{told['schema']}: a property was not taken: {kept}"
        found[proxy.id] = proxy
    assert {p.schema.name for p in found.values()} >= {
        "Company",
        "Person",
        "Employment",
        "BankAccount",
        "Payment",
        "UnknownLink",
    }
    for proxy in found.values():
        for name in ("employee", "employer", "payer", "beneficiary", "beneficiaryAccount", "subject", "object"):
            if name in proxy.schema.properties:
                assert set(proxy.get(name)) <= set(found)


def test_the_list_of_whom_to_tell_holds_no_formula(room: Room) -> None:
    rows = list(csv.DictReader(io.StringIO(room.out("victims").content.decode())))
    assert len(rows) == 4 and {row["company"] for row in rows} == {"acme", "borealis", "cumulus"}
    assert [row["name"] for row in rows if row["name"]] == ["Ashgrove Ashgroveson"]
