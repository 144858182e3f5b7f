"""Remote-access tools, activity simulators, transfer tools and job automation on people's computers, and which are the
company's own.
"""

from collections.abc import Mapping, Sequence

from bonafides.kinds.base import rows
from bonafides.store.engine import Engine

# How remote tools are told to let a caller in with nobody at the computer: a password or PIN set beforehand, a service
# installed to start by itself, an assignment to an account.
UNATTENDED = r"(--set-password|--password|set-unattended|--pin[= ]|--assign|assignment|--install(-service)?\b|--silent|--start-with-win|/verysilent|-service\b|--get-id|--host-mode)"
# A tool is the company's own when this share of its watched people, and at least so many, run it.
OWN_SHARE, OWN_PEOPLE = 0.15, 5


def derive(store: Engine, own_tools: Mapping[str, Sequence[str]]) -> None:
    """`tool_use`: one row per subject, tool and way it was seen."""
    _reference(store)
    _hosts(store)
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE tool_seen AS
        SELECT p.company, p.subject_id, t.tool, t.tool_class, 'process' AS via, p.occurred_at, p.event_ref,
               matches(lower(coalesce(p.command_line, '')), '{UNATTENDED}') AS is_unattended
        FROM process AS p JOIN tool_image AS t ON t.image = part_of(lower(p.image), '([^/\\\\]+)$') WHERE p.subject_id IS NOT NULL
        UNION ALL
        SELECT c.company, c.subject_id, t.tool, t.tool_class, 'connection', c.occurred_at, c.event_ref, false
        FROM connection AS c JOIN cleaned AS v ON v.kind = 'host' AND v.raw = c.dst_host JOIN tool_host AS t ON t.host = v.value
        WHERE c.subject_id IS NOT NULL"""
    )
    store.load(
        "own_tool",
        {
            "company": [c for c, tools in sorted(own_tools.items()) for _ in tools],
            "tool": [t for _, tools in sorted(own_tools.items()) for t in tools],
        },
        {"company": "VARCHAR", "tool": "VARCHAR"},
    )
    store.execute(
        f"""CREATE OR REPLACE TABLE tool_use AS
        WITH watched AS (
          SELECT company, count(DISTINCT subject_id) AS people FROM (
            SELECT company, subject_id FROM process UNION SELECT company, subject_id FROM connection) WHERE subject_id IS NOT NULL GROUP BY company),
        spread AS (SELECT company, tool, count(DISTINCT subject_id) AS people FROM tool_seen GROUP BY company, tool)
        SELECT s.company, s.subject_id, s.tool, min(s.tool_class) AS tool_class, s.via, count(*) AS n, count(DISTINCT CAST(occurred_at AS DATE)) AS active_days,
               min(occurred_at) AS first_at, max(occurred_at) AS last_at, bool_or(is_unattended) AS is_unattended,
               bool_or(o.tool IS NOT NULL OR (p.people >= {OWN_PEOPLE} AND p.people >= {OWN_SHARE} * w.people)) AS is_standard,
               min_by(event_ref, in_order(occurred_at, event_ref)) AS first_ref, max_by(event_ref, in_order(occurred_at, event_ref)) AS last_ref
        FROM tool_seen AS s
        JOIN watched AS w ON w.company = s.company
        JOIN spread AS p ON p.company = s.company AND p.tool = s.tool
        LEFT JOIN own_tool AS o ON o.company = s.company AND lower(o.tool) = lower(s.tool)
        GROUP BY s.company, s.subject_id, s.tool, s.via"""
    )


def _reference(store: Engine) -> None:
    images: dict[str, tuple[str, str]] = {}
    for table, tool_class in (
        ("transfer_tools", "transfer"),
        ("job_automation", "job-automation"),
        ("activity_simulators", "jiggler"),
        ("remote_access_tools", ""),
    ):
        for row in rows(table):
            if row.get("image"):
                images[row["image"]] = (row["tool"], tool_class or row["tool_class"])
    store.load(
        "tool_image",
        {"image": list(images), "tool": [t for t, _ in images.values()], "tool_class": [c for _, c in images.values()]},
        {"image": "VARCHAR", "tool": "VARCHAR", "tool_class": "VARCHAR"},
    )


def _hosts(store: Engine) -> None:
    """`tool_host`: hosts seen that lie under a tool's domain."""
    domains: dict[str, tuple[str, str]] = {}
    for table, tool_class in (
        ("transfer_tools", "transfer"),
        ("job_automation", "job-automation"),
        ("remote_access_tools", ""),
    ):
        for row in rows(table):
            if row.get("domain"):
                domains[row["domain"]] = (row["tool"], tool_class or row["tool_class"])
    hosts: list[str] = []
    told: list[tuple[str, str]] = []
    for row in store.rows("SELECT DISTINCT value FROM cleaned WHERE kind = 'host' ORDER BY value"):
        labels = row["value"].split(".")
        for n in range(len(labels) - 1):
            if (suffix := ".".join(labels[n:])) in domains:
                hosts.append(row["value"])
                told.append(domains[suffix])
                break
    store.load(
        "tool_host",
        {"host": hosts, "tool": [t for t, _ in told], "tool_class": [c for _, c in told]},
        {"host": "VARCHAR", "tool": "VARCHAR", "tool_class": "VARCHAR"},
    )
