"""Planted rings of 3 to 60 members among 5,000 or 20,000 people: pair F1 by ring size, ours, FRAUDAR's and a baseline's.

    python benchmarks/rings.py [--people 5000] [--seeds 20]

Members of a ring share accounts, login telephones, lines, delivery addresses, referees and careers, each with
probability 0.6 and in groups of about eight, as a farm's do; they use popular exits and referees like others
(camouflage). Honest people share too: couples, exits of commercial VPNs, declared agencies, popular referees, family
plans. Ours are the networks of the run itself (records in, `derive`, `detect`, `assess`), with nothing known of anybody
but what is shared. FRAUDAR (Hooi et al., KDD 2016) peels people and values greedily with column weights 1/log(d + 5),
block after block. The baseline ties two who share two values of which each has at most `cap` holders, and takes what
hangs together; its cap is the best for each size, which nobody would know.
"""

import argparse
import heapq
import math
import random
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, repeat
from pathlib import Path
from statistics import mean, stdev

from scipy.stats import t

from bonafides.records.base import COMMON, SQL_TYPE
from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.store.duckdb import Store
from bonafides.workflow.derive import derive
from bonafides.workflow.detect import assess, detect
from bonafides.workflow.ingest import record_tables

SIZES = (3, 5, 8, 12, 20, 40, 60)
CAPS = (3, 5, 8, 12, 20, 40, 80)
SHARES, GROUP, DAYS, COMPANIES = 0.6, 8, 20, 60
FIRST = date(2026, 3, 2)
BLOCKS = 12
Pairs = set[tuple[int, int]]


class World:
    """People with values of six kinds, and who is in which ring. Shape: `held[kind][n]` is the value of person n."""

    def __init__(self, people: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.people = people
        self.own = {
            k: [f"{k}-{n}" for n in range(people)] for k in ("account", "phone", "line", "door", "referee", "cv")
        }
        self.home = [f"{100 + n} Elm Street {n}" for n in range(people)]
        self.exit: list[str | None] = [None] * people
        self.agency: list[str | None] = [None] * people
        self.ring: dict[int, int] = {}
        self.size: dict[int, int] = {}
        order = self.chance.sample(range(people), people)
        place = 0
        for number, size in enumerate(SIZES):
            members = order[place : place + size]
            place += size
            self._plant(number, members)
        self._honest(order[place:])
        popular = [f"popular-{n}" for n in range(people // 100)]
        exits = [f"exit-{n}" for n in range(people // 250)]
        for n in range(people):
            if (self.chance.random() < 0.06 and n not in self.ring) or self.chance.random() < 0.02:
                self.own["referee"][n] = self.chance.choice(popular)
            if self.chance.random() < 0.15:
                self.exit[n] = self.chance.choice(exits)

    def _plant(self, number: int, members: list[int]) -> None:
        for kind in self.own:
            pool = [f"ring-{number}-{kind}-{n}" for n in range(max(1, round(len(members) / GROUP)))]
            for n in members:
                if self.chance.random() < SHARES:
                    self.own[kind][n] = self.chance.choice(pool)
        for n in members:
            self.ring[n], self.size[n] = number, len(members)

    def _honest(self, rest: list[int]) -> None:
        take = iter(rest)
        for _ in range(round(0.02 * self.people)):  # couples
            a, b = next(take), next(take)
            self.home[b], self.own["line"][b], self.own["door"][b] = (
                self.home[a],
                self.own["line"][a],
                self.own["door"][a],
            )
            if self.chance.random() < 0.5:
                self.own["account"][b] = self.own["account"][a]
        for _ in range(round(0.005 * self.people)):  # family plans
            a, b = next(take), next(take)
            self.own["phone"][b] = self.own["phone"][a]
        for number in range(self.people // 500):  # declared agencies
            for n in [next(take) for _ in range(12)]:
                self.agency[n], self.own["account"][n] = f"agency {number}", f"agency-{number}"

    def values(self) -> dict[tuple[str, str], list[int]]:
        """Holders of every value that several hold, exits included."""
        held: dict[tuple[str, str], list[int]] = defaultdict(list)
        for kind, values in self.own.items():
            for n, value in enumerate(values):
                held[kind, value].append(n)
        for n, value in enumerate(self.exit):
            if value is not None:
                held["exit", value].append(n)
        return {key: of for key, of in held.items() if len(of) > 1}


def ours(world: World) -> Pairs:
    """Pairs within the networks of a run."""
    with tempfile.TemporaryDirectory(prefix="rings-") as scratch:
        store, run = Store(Path(scratch), memory="8GB"), Run(datetime(2027, 1, 1, tzinfo=UTC))
        _records(store, world)
        settings = Settings()
        derive(store, settings, run)
        detect(store, run)
        assess(store, settings, run, {})
        members: dict[str, list[int]] = defaultdict(list)
        for row in store.rows("SELECT network_id, subject_id FROM network_member"):
            members[row["network_id"]].append(int(row["subject_id"][1:]))
        store.close()
    return {pair for of in members.values() for pair in combinations(sorted(of), 2)}


def _home(owner: int) -> dict[str, str]:
    """Where a person, or whoever they live with, is at home."""
    place = {"city": f"Town{owner % 400}", "region": "OH", "postal_code": f"4{owner % 10000:04d}", "country": "US"}
    return {"street": f"{100 + owner} Elm Street {owner}", **place}


def _records(store: Store, world: World) -> None:
    tables = record_tables()
    for table in tables.values():
        store.create(table, [(c.name, SQL_TYPE[c.type]) for c in COMMON])
    code = {kind: {value: n for n, value in enumerate(dict.fromkeys(of))} for kind, of in world.own.items()}
    exits = {value: n for n, value in enumerate(dict.fromkeys(filter(None, world.exit)))}
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    words = [
        f"{a}{b}" for a in ("ka", "lo", "mi", "nu", "pe", "ra", "so", "ti") for b in ("dan", "fel", "gor", "hun", "jin")
    ]
    for n in range(world.people):
        who = {"company": f"c{n % COMPANIES}", "worker_id": f"W{n}"}
        mail = f"w{n}@c{n % COMPANIES}.example.com"
        line = code["line"][world.own["line"][n]]
        address = _home(int(world.home[n].rsplit(" ", 1)[1]))
        rows["worker"].append(
            {
                **who,
                **address,
                "work_email": mail,
                "given_name": f"G{n}",
                "family_name": f"F{n}",
                "started_on": FIRST - timedelta(90),
                "agency": world.agency[n],
                "work_arrangement": "remote",
            }
        )
        rows["payee"].append(
            {
                **who,
                "valid_from": FIRST,
                "method": "ach",
                "account_token": f"acct-{code['account'][world.own['account'][n]]:07d}",
            }
        )
        number = code["phone"][world.own["phone"][n]]
        rows["credential"].append(
            {
                "company": who["company"],
                "occurred_at": datetime(2026, 3, 2, 9),
                "actor_email": mail,
                "action": "added",
                "factor": "sms",
                "phone": f"+1{200 + number // 10000 + 1}5{number // 100 % 100:02d}{number % 100:02d}77",
            }
        )
        door = code["door"][world.own["door"][n]]
        # A door of somebody's own is a home; one that a ring has is on a road of its own.
        kind, _, owner = world.own["door"][n].partition("-")
        at = (
            _home(int(owner))
            if kind == "door"
            else {**address, "street": f"{door + 1} Ring Road", "postal_code": f"4{door % 10000:04d}"}
        )
        rows["shipment"].append({**who, **at, "shipment_id": f"S{n}", "shipped_on": FIRST})
        text = random.Random(world.own["cv"][n])
        referee = code["referee"][world.own["referee"][n]]
        rows["application"].append(
            {
                **who,
                "application_id": f"A{n}",
                "applied_at": datetime(2026, 1, 2, 9),
                "given_name": f"G{n}",
                "family_name": f"F{n}",
                "resume_text": " ".join(text.choice(words) for _ in range(90)),
                "reference_emails": f"ref{referee}@mail.example.org",
            }
        )
        for d in range(DAYS):
            day = FIRST + timedelta(d + d // 5 * 2)
            away = world.exit[n] is not None and d % 3 == 0
            ip = (
                f"203.{exits[world.exit[n]] // 250}.113.{exits[world.exit[n]] % 250 + 1}"
                if away
                else f"{11 + line // 62500}.{line // 250 % 250}.{line % 250}.9"
            )
            rows["sign_in"].append(
                {
                    "company": who["company"],
                    "occurred_at": datetime(day.year, day.month, day.day, 14 + n % 5),
                    "actor_email": mail,
                    "ip": ip,
                    "as_org": "Sample VPN" if away else "Sample Cable",
                    "is_proxy": away,
                    "outcome": "success",
                }
            )
    for name, told in rows.items():
        columns = ["company", "event_ref", "source", *(c.name for c in tables[name].columns)]
        types = {**{c.name: SQL_TYPE[c.type] for c in (*COMMON, *tables[name].columns)}}
        given = [{**row, "event_ref": f"{name}:{n}", "source": "rings"} for n, row in enumerate(told)]
        store.load("given", {c: [row.get(c) for row in given] for c in columns}, {c: types[c] for c in columns})
        store.execute(f"INSERT INTO {name} BY NAME SELECT * FROM given")
        store.execute("DROP TABLE given")


def fraudar(world: World) -> Pairs:
    """Pairs within the blocks that greedy peeling finds, one after another."""
    edges = {(n, v) for v, (_, of) in enumerate(sorted(world.values().items())) for n in of}
    found: Pairs = set()
    for _ in range(BLOCKS):
        people, values = _block(edges)
        if len(people) < 2:
            break
        found |= set(combinations(sorted(people), 2))
        edges = {(n, v) for n, v in edges if not (n in people and v in values)}
    return found


def _block(edges: set[tuple[int, int]]) -> tuple[set[int], set[int]]:
    """People and values of the densest block: weight of its edges for each of its nodes, peeled from the lightest."""
    of_person, of_value = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for n, v in edges:
        of_person[n].add(v)
        of_value[v].add(n)
    weight = {v: 1 / math.log(len(of) + 5) for v, of in of_value.items()}
    total = sum(weight[v] for _, v in edges)
    load = {("p", n): sum(weight[v] for v in of) for n, of in of_person.items()}
    load |= {("v", v): weight[v] * len(of) for v, of in of_value.items()}
    heap = [(w, node) for node, w in load.items()]
    heapq.heapify(heap)
    gone: list[tuple[str, int]] = []
    left, best, best_at = len(load), total / max(1, len(load)), 0
    out: set[tuple[str, int]] = set()
    while heap and left > 1:
        w, node = heapq.heappop(heap)
        if node in out or w > load[node] + 1e-12:
            continue
        out.add(node)
        gone.append(node)
        kind, i = node
        for j in of_person[i] if kind == "p" else of_value[i]:
            other = ("v", j) if kind == "p" else ("p", j)
            if other not in out:
                less = weight[j] if kind == "p" else weight[i]
                total -= less
                load[other] -= less
                heapq.heappush(heap, (load[other], other))
        left -= 1
        if total / left > best:
            best, best_at = total / left, len(gone)
    kept = set(load) - set(gone[:best_at])
    return {i for kind, i in kept if kind == "p"}, {i for kind, i in kept if kind == "v"}


def baseline(world: World, cap: int) -> Pairs:
    """Pairs within what hangs together by two shared values, none of more than `cap` holders."""
    common: dict[tuple[int, int], int] = defaultdict(int)
    for of in world.values().values():
        if len(of) <= cap:
            for pair in combinations(of, 2):
                common[pair] += 1
    leader = list(range(world.people))

    def find(n: int) -> int:
        while leader[n] != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    for (a, b), count in common.items():
        if count >= 2:
            leader[find(a)] = find(b)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(world.people):
        groups[find(n)].append(n)
    return {pair for of in groups.values() if len(of) > 1 for pair in combinations(of, 2)}


def f1(world: World, found: Pairs, size: int) -> float:
    """Pair F1 of the ring of one size: what was found of its pairs, and what else was said of its members."""
    true = set(combinations(sorted(n for n in world.ring if world.size[n] == size), 2))
    about = {p for p in found if any(world.size.get(n) == size for n in p)}
    right = len(true & about)
    return 2 * right / (len(true) + len(about)) if true or about else 1.0


def told(values: list[float]) -> str:
    half = float(t.ppf(0.975, len(values) - 1)) * stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0.0
    return f"{mean(values):.2f} ± {half:.2f}"


def measured(people: int, seed: int) -> tuple[dict[str, dict[int, float]], int]:
    """Pair F1 of one world by method and size of ring, and how many honest people are in our networks."""
    world = World(people, seed)
    own = ours(world)
    methods = {"ours": own, "FRAUDAR": fraudar(world), **{f"cap {c}": baseline(world, c) for c in CAPS}}
    by_name = {name: {size: f1(world, pairs, size) for size in SIZES} for name, pairs in methods.items()}
    return by_name, len({n for p in own for n in p if n not in world.ring})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--seeds", type=int, default=20)
    asked = parser.parse_args()
    found: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    others: list[int] = []
    with ProcessPoolExecutor(2) as pool:
        for by_name, honest in pool.map(measured, repeat(asked.people), range(1, asked.seeds + 1)):
            others.append(honest)
            for name, by_size in by_name.items():
                for size, value in by_size.items():
                    found[name][size].append(value)
    print(f"{asked.people:,} people, {asked.seeds} seeds; pair F1 with 95 % intervals\n")
    print("| members | ours | FRAUDAR | two shared values, best cap |\n| --- | --- | --- | --- |")
    for size in SIZES:
        cap = max(CAPS, key=lambda c: mean(found[f"cap {c}"][size]))
        print(
            f"| {size} | {told(found['ours'][size])} | {told(found['FRAUDAR'][size])} | "
            f"{told(found[f'cap {cap}'][size])} (cap {cap}) |"
        )
    print(f"\nHonest people in our networks: {mean(others):.1f} a world.")


if __name__ == "__main__":
    main()
