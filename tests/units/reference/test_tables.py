"""Every reference table keeps the promises that its readers rely on."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

import bonafides.reference
from bonafides.kinds.base import rows

FOLDER = Path(bonafides.reference.__path__[0])
TABLES = sorted(path.stem for path in FOLDER.glob("*.csv"))
# Written as their standards do; everything else is in lower case, as readers compare in lower case.
CODES = {"title", "why_not", "country", "region", "vendor_code", "product", "tool", "source"}

COLUMNS = {
    "activity_simulators": "tool image source date",
    "catalogue": "flag title why_not source date",
    "city_names": "spelling country city source date",
    "countries": "spelling country source date",
    "input_emulators": "product vendor_id product_id confidence source date",
    "job_automation": "tool image domain source date",
    "kvm_class": "rule classes_all text_pattern confidence source date",
    "kvm_display": "product vendor_code product_code name_pattern confidence source date",
    "kvm_usb": (
        "product vendor_id product_id vendor_pattern product_pattern serial_pattern confidence rule side source date"
    ),
    "land": "outline source date",
    "mail_hosts": "domain kind source date",
    "network_owners": "asn name_pattern network source date",
    "payout_services": "name_pattern kind source date",
    "pick_up_points": "pattern kind source date",
    "placeholders": "kind value source date",
    "regions": "country region name latitude longitude source date",
    "remote_access_tools": "tool tool_class image domain source date",
    "street_words": "word short role source date",
    "transfer_tools": "tool image domain source date",
    "us_places": "zip3 latitude longitude region source date",
    "virtual_cameras": "product name_pattern is_filter_only source date",
}
# What makes a row another fact than its neighbours; all columns but source and date where not named here.
KEYS = {
    "catalogue": ("flag",),
    "city_names": ("spelling", "country"),
    "countries": ("spelling",),
    "input_emulators": ("vendor_id", "product_id"),
    "mail_hosts": ("domain",),
    "network_owners": ("asn", "name_pattern"),
    "payout_services": ("name_pattern",),
    "pick_up_points": ("pattern",),
    "regions": ("country", "region"),
    "remote_access_tools": ("image", "domain"),
    "street_words": ("word", "role"),
    "transfer_tools": ("image", "domain"),
    "job_automation": ("image", "domain"),
    "us_places": ("zip3",),
    "virtual_cameras": ("name_pattern",),
    "activity_simulators": ("image",),
}


def test_every_table_is_described_here() -> None:
    assert set(TABLES) == set(COLUMNS)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns_and_no_ragged_row(table: str) -> None:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        header, *body = csv.reader(lines)
    assert header == COLUMNS[table].split()
    assert body
    assert {len(row) for row in body} == {len(header)}
    assert [cell for row in body for cell in row if cell != cell.strip()] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_row_says_where_it_is_from_and_of_when(table: str) -> None:
    assert [row for row in rows(table) if not row["source"]] == []
    assert [
        row for row in rows(table) if not date(2015, 1, 1) <= date.fromisoformat(row["date"]) < date(2027, 1, 1)
    ] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_fact_is_told_twice(table: str) -> None:
    named = [name for name in COLUMNS[table].split() if name not in ("source", "date")]
    told = [tuple(row[name] for name in KEYS.get(table, named)) for row in rows(table)]
    assert [key for key in told if told.count(key) > 1] == []


@pytest.mark.parametrize("table", TABLES)
def test_what_is_compared_is_in_lower_case(table: str) -> None:
    wrong = [
        (name, text) for row in rows(table) for name, text in row.items() if name not in CODES and text != text.lower()
    ]
    assert wrong == []


@pytest.mark.parametrize("table", ["job_automation", "remote_access_tools", "transfer_tools"])
def test_a_tool_row_names_one_image_or_one_domain(table: str) -> None:
    for row in rows(table):
        assert bool(row["image"]) != bool(row["domain"]), row
        assert re.fullmatch(r"[a-z0-9][a-z0-9 ._'-]*|", row["image"]), row
        assert re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}|", row["domain"]), row


def test_no_image_or_domain_belongs_to_two_lists() -> None:
    named = [
        row.get("image") or row.get("domain")
        for table in ("remote_access_tools", "transfer_tools", "activity_simulators", "job_automation")
        for row in rows(table)
    ]
    assert [name for name in named if named.count(name) > 1] == []


def test_nothing_that_innocent_computers_run_or_visit_is_called_a_remote_access_tool() -> None:
    innocent_images = """
        agent.exe agent32.exe agent64.exe client.exe client32.exe cmd.exe connect.exe dd.exe dwm.exe explorer.exe
        host.exe installer.exe level.exe msra.exe mstsc.exe nvda.exe nvda_service.exe plink.exe powershell.exe putty.exe
        goto.exe qq.exe rd.exe rdp.exe rv.exe scp.exe screensharingd service.exe setup.exe sftp.exe slack.exe
        ssh ssh.exe sshd sshd.exe sunshine.exe svchost.exe teams.exe update.exe upload.exe vhost.exe viewer.exe
        vncviewer.exe webex.exe winagent.exe winscp.exe wintun.dll zoom.exe ardagent caffeinate powertoys.awake.exe
    """.split()  # noqa: SIM905
    innocent_hosts = """
        github.com google.com www.google.com docs.google.com microsoft.com login.microsoftonline.com amazonaws.com
        s3.amazonaws.com blob.core.windows.net dropbox.com www.dropbox.com cloudflare.com trycloudflare.com zoho.com
        zoom.us webex.com slack.com atlassian.net qq.com ngrok.com ngrok.io logmein.com anydesk.com www.anydesk.com
        goto.com connectwise.com sophos.com vscode.dev devtunnels.ms drive.google.com icloud.com
    """.split()  # noqa: SIM905
    tools = [
        row
        for table in ("remote_access_tools", "transfer_tools", "activity_simulators", "job_automation")
        for row in rows(table)
    ]
    images = {row["image"] for row in tools if row["image"]}
    domains = {row["domain"] for row in tools if row.get("domain")}
    suffixes = {host.split(".", cut)[-1] for host in innocent_hosts for cut in range(host.count("."))}
    assert images.isdisjoint(innocent_images)
    assert domains.isdisjoint(suffixes)


def test_the_tools_of_the_public_cases_are_known_on_windows_and_mac() -> None:
    images = {row["image"] for row in rows("remote_access_tools")}
    domains = {row["domain"] for row in rows("remote_access_tools")}
    assert images >= {"anydesk.exe", "anydesk", "rustdesk.exe", "rustdesk", "teamviewer.exe", "teamviewer"}
    assert images >= {"remoting_host.exe", "remoting_me2me_host", "logmein.exe", "srserver.exe", "parsecd.exe"}
    assert domains >= {
        "net.anydesk.com",
        "teamviewer.com",
        "remotedesktop.google.com",
        "remotedesktop-pa.googleapis.com",
    }


def test_classes_rules_and_confidences_are_those_that_readers_know() -> None:
    def values(table: str, column: str) -> set[str]:
        return {row[column] for row in rows(table)}

    assert values("remote_access_tools", "tool_class") == {"remote-gui", "mesh-or-tunnel", "managed-agent"}
    assert values("kvm_usb", "rule") <= {"kvm_name", "kvm_preset", "emulator"}
    assert values("kvm_usb", "side") <= {"target", "operator", "host"}
    for table in ("kvm_usb", "kvm_display", "kvm_class", "input_emulators"):
        assert values(table, "confidence") <= {"high", "medium", "low"}
    networks = {"hosting", "proxy", "mobile", "education", "relay", "business", "residential"}
    assert values("network_owners", "network") == networks
    assert values("virtual_cameras", "is_filter_only") == {"true", "false"}
    assert values("pick_up_points", "kind") == {"counter", "locker", "post office"}
    assert values("mail_hosts", "kind") == {"freemail", "provider", "alias"}


def test_tool_names_keep_one_class_each() -> None:
    classes: dict[str, set[str]] = {}
    for row in rows("remote_access_tools"):
        classes.setdefault(row["tool"], set()).add(row["tool_class"])
    assert [tool for tool, told in classes.items() if len(told) > 1] == []


def test_usb_rules_say_something_and_ids_are_four_hex_digits() -> None:
    for row in rows("kvm_usb") + rows("input_emulators"):
        assert re.fullmatch(r"[0-9a-f]{4}|", row["vendor_id"]) and re.fullmatch(
            r"[0-9a-f]{4}|\*|", row["product_id"]
        ), row
        assert bool(row["vendor_id"]) == bool(row["product_id"]), row
    for row in rows("kvm_usb"):
        patterns = [row["vendor_pattern"], row["product_pattern"], row["serial_pattern"]]
        assert row["vendor_id"] or any(patterns), row
        # Any Linux gadget has these; only with a text beside them are they somebody's.
        assert (row["vendor_id"], row["product_id"]) != ("1d6b", "0104") or any(patterns), row
        assert row["rule"] != "kvm_preset" or row["vendor_pattern"], row
        assert not any("[" in pattern for pattern in patterns), row


def test_an_ordinary_desk_matches_no_rule_by_its_ids() -> None:
    ordinary = {
        ("046d", "c52b"),
        ("046d", "c548"),
        ("413c", "2113"),
        ("045e", "07f8"),
        ("05ac", "024f"),
        ("0557", "2213"),
    }
    by_ids_alone = {
        (row["vendor_id"], row["product_id"])
        for row in rows("kvm_usb")
        if not (row["vendor_pattern"] or row["product_pattern"] or row["serial_pattern"])
    } | {(row["vendor_id"], row["product_id"]) for row in rows("input_emulators")}
    assert by_ids_alone.isdisjoint(ordinary)


def test_class_rules_are_interface_classes_and_patterns_compile() -> None:
    for row in rows("kvm_class"):
        assert re.fullmatch(r"[0-9a-f]{2}(;[0-9a-f]{2})+", row["classes_all"]), row
        assert re.compile(row["text_pattern"]).search("usb keyboard"), row


def test_network_owners_give_a_number_or_a_pattern_and_numbers_come_first() -> None:
    owners = rows("network_owners")
    assert all(bool(row["asn"]) != bool(row["name_pattern"]) for row in owners)
    assert all(row["asn"].isdigit() and 0 < int(row["asn"]) < 2**32 for row in owners if row["asn"])
    # Reserved numbers belong to nobody, and invented worlds use them.
    assert not any(
        64496 <= int(row["asn"]) <= 65551 or int(row["asn"]) >= 4_200_000_000 for row in owners if row["asn"]
    )
    numbered = [bool(row["asn"]) for row in owners]
    assert numbered == sorted(numbered, reverse=True)


@pytest.mark.parametrize(
    ("name", "network"),
    [
        ("Example State University Wireless", "education"),
        ("Specimen Polytechnic Institute", "education"),
        ("Sample Cellular Partnership", "mobile"),
        ("Example Fixed Wireless Rural", "mobile"),
        ("Example Private VPN", "proxy"),
        ("Mockup Residential Proxy Network", "proxy"),
        ("Example Cloud Hosting", "hosting"),
        ("Sample Datacenter Services", "hosting"),
        ("Specimen Secure Web Gateway", "business"),
        ("Example Hospitality Guest Internet", "business"),
        ("Example Business Fiber", "business"),
        ("Sample Cable Broadband", "residential"),
        ("Placeholder Home Internet", "residential"),
        ("iCloud Private Relay", "relay"),
        ("Example Holdings", None),
    ],
)
def test_an_owners_name_tells_the_kind_of_network_by_the_first_pattern_in_it(name: str, network: str | None) -> None:
    patterns = [(row["name_pattern"], row["network"]) for row in rows("network_owners") if row["name_pattern"]]
    assert next((told for pattern, told in patterns if pattern in name.lower()), None) == network


def test_places_lie_on_the_globe_and_in_known_regions() -> None:
    known = {row["region"] for row in rows("regions")}
    for row in rows("us_places") + rows("regions"):
        assert -15 <= float(row["latitude"]) <= 72 and -180 <= float(row["longitude"]) <= 180, row
    assert {row["region"] for row in rows("us_places")} <= known
    assert all(re.fullmatch(r"[0-9]{3}", row["zip3"]) for row in rows("us_places"))
    # A prefix lies within its own region, not across the country: postal prefixes are some tens of kilometres wide.
    middles = {row["region"]: row for row in rows("regions")}
    far = [
        row["zip3"]
        for row in rows("us_places")
        if abs(float(row["latitude"]) - float(middles[row["region"]]["latitude"])) > 9
        or abs(float(row["longitude"]) - float(middles[row["region"]]["longitude"])) > 21
    ]
    assert far == []


def test_what_geonames_measured_is_credited_to_it() -> None:
    credited = [row for row in rows("us_places") if "GeoNames" in row["source"] and "CC BY 4.0" in row["source"]]
    assert len(credited) > 900


def test_region_codes_and_names_mean_one_region_each() -> None:
    codes = [row["region"] for row in rows("regions")]
    names = [row["name"] for row in rows("regions")]
    assert len(set(codes)) == len(codes) and len(set(names)) == len(names)


def test_countries_are_two_letters_and_each_knows_its_own_code() -> None:
    known = {row["spelling"]: row["country"] for row in rows("countries")}
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in known.values())
    assert [code for code in set(known.values()) if known.get(code.lower()) != code] == []
    assert {known[name] for name in ("us", "usa", "united states", "united states of america")} == {"US"}


def test_a_service_pattern_names_no_ordinary_bank_or_prepaid_card() -> None:
    patterns = {row["name_pattern"] for row in rows("payout_services")}
    # Where people with little money bank says nothing about their honesty; such services are left out on purpose.
    assert patterns.isdisjoint(
        {"chime", "green dot", "netspend", "cash app", "venmo", "alipay", "wechat pay", "unionpay"}
    )


def test_no_virtual_camera_pattern_catches_a_built_in_camera() -> None:
    ordinary = ["integrated camera", "facetime hd camera", "logitech brio", "hd webcam c920", "surface camera front"]
    caught = [
        (name, row["name_pattern"])
        for name in ordinary
        for row in rows("virtual_cameras")
        if row["name_pattern"] in name
    ]
    assert caught == []
