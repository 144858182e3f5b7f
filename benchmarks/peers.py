"""The same question of the same raw events, asked by us and by a peer: which sign-ins came through a proxy.

Usage: .venv/bin/python benchmarks/peers.py EXPORTS FOLDER

EXPORTS is as `multiplied.py` writes it. The peer is Panther's engine of rules in Python (`panther-core`), one process,
as its own tests of rules call it; it is installed into an environment of its own under FOLDER, so that nothing of ours
depends on it. Zircolite is in no registry. Prints events a second, memory and matches: of the peer with this one rule
and with a hundred of its kind, of us for everything that `investigate` does, and for this one question of the records
that it keeps.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import duckdb

PEER = ("panther-core==0.16.3", "python-dateutil", "jmespath", "requests", "pyyaml")
# Rules that the peer runs, and the events after which it stops: with many rules its speed does not depend on them.
RUNS = ((1, 1 << 60), (100, 20_000))
ASK = '''
import gzip, json, resource, sys, time
from panther_core.enriched_event import PantherEvent
from panther_core.rule import Rule

BODY = """
def rule(event):
    kind = event.get("eventType", "")
    if kind not in ("user.session.start", "policy.evaluate_sign_on") and not kind.startswith("user.authentication."):
        return False
    return event.deep_get("securityContext", "isProxy") is True

def title(event):
    return event.deep_get("actor", "alternateId", default="")
"""
many, enough = int(sys.argv[1]), int(sys.argv[2])
rules = [Rule({"id": f"proxy-{n}", "versionId": "1", "severity": "INFO", "body": BODY}) for n in range(many)]
events, found, start = 0, set(), time.perf_counter()
for path in sys.argv[3:]:
    for line in gzip.open(path, "rt"):
        event = PantherEvent(json.loads(line), None)
        told = [rule.run(event, {}, {}) for rule in rules]
        if told[0].detection_output:
            found.add(event["uuid"])
        events += 1
    if events >= enough:
        break
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([events, time.perf_counter() - start, memory, len(found)]))
'''


def peer(folder: Path, files: list[str], rules: int, enough: int) -> tuple[int, float, float, int]:
    """Events, seconds, MB and matches of the peer."""
    python = folder / "peer" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "peer", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEER], check=True, capture_output=True)
    done = subprocess.run(
        [python, "-c", ASK, str(rules), str(enough), *files], check=True, capture_output=True, text=True
    )
    events, seconds, memory, matches = json.loads(done.stdout)
    return events, seconds, memory, matches


def main() -> None:
    exports, folder = Path(sys.argv[1]), Path(sys.argv[2])
    files = sorted(str(path) for path in exports.glob("*/okta_system_log/*.gz"))
    print("| who | asks | events a second | memory | matches |\n|---|---|---|---|---|")
    rates = {}
    for rules, enough in RUNS:
        events, seconds, memory, matches = peer(folder, files, rules, enough)
        rates[rules] = events / seconds
        print(
            f"| Panther | {rules} rule{'s' if rules > 1 else ''} | {rates[rules]:,.0f} | {memory:.0f} MB | {matches:,} of {events:,} |"
        )
    with tempfile.TemporaryDirectory() as room:
        workspace, start = Path(room) / "workspace", time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "bonafides", "investigate", str(exports), "--workspace", str(workspace), "--json"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        seconds, items = time.perf_counter() - start, json.loads(done.stdout)["items"]["read"]
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        start = time.perf_counter()
        con = duckdb.connect(config={"threads": 2})
        asked = con.execute(
            "SELECT count(*), count_if(is_proxy) FROM read_parquet($1)", [f"{workspace}/records/sign_in/**/*.parquet"]
        ).fetchone()
        kept, matches = asked or (0, 0)
        one = time.perf_counter() - start
    ours = items / seconds
    print(f"| bonafides | everything, from raw files | {ours:,.0f} | {memory:.0f} MB | |")
    print(f"| bonafides | this question, of the records kept | {kept / one:,.0f} | | {matches:,} of {kept:,} |")
    print(
        f"\nTimes the peer's events a second: everything against one rule {ours / rates[1]:.1f}, against a hundred "
        f"{ours / rates[100]:.0f}; this question of the records {kept / one / rates[1]:,.0f}."
    )


if __name__ == "__main__":
    main()
