"""Who is assessed, and what each one claims."""

from bonafides.sightings.identifiers import rank
from bonafides.store.engine import Engine

# Each of its own; of one home; of one engagement.
_TOLD = (
    "government_id_token", "given_name", "family_name", "role", "department", "manager_id", "engagement", "agency",
    "work_arrangement", "is_us_person_verified",
)  # fmt: skip
_HOME = ("raw", "city", "region", "country", "postal_code")
_TERM = ("began_on", "ended_on")
_ADDRESS = (
    "CASE WHEN street IS NOT NULL THEN coalesce(street, '') || chr(31) || coalesce(city, '') || chr(31) || coalesce(region, '') "
    "|| chr(31) || coalesce(postal_code, '') || chr(31) || coalesce(country, '') END"
)
# Checks at which somebody stood before the person; a picture or a document on a screen is not one.
MET = "('in_person', 'notary', 'badge')"


def derive(store: Engine) -> None:
    """`subject`: workers, and applicants whose application led to no known worker; places are filled in later.

    Why: what several systems say of one worker is put together, each thing as the first that says it has it; a home is
    one system's, and so are the days on which work began and ended.
    """
    told = ", ".join(
        [
            *(f"min_by({c}, CASE WHEN {c} IS NOT NULL THEN system END) AS {c}" for c in _TOLD),
            *(f"max(CASE WHEN of_home = 1 THEN {c} END) AS {c}" for c in _HOME),
            *(f"max(CASE WHEN of_term = 1 THEN {c} END) AS {c}" for c in _TERM),
        ]
    )
    store.execute(
        f"""CREATE OR REPLACE TABLE subject AS
        WITH latest AS (
          SELECT *, {rank("source")} AS system, {_ADDRESS} AS raw, coalesce(started_on, hired_on) AS began_on,
                 row_number() OVER (PARTITION BY company, subject_id, source ORDER BY started_on DESC NULLS LAST, event_ref DESC) AS place FROM worker),
        ordered AS (
          SELECT *, row_number() OVER (PARTITION BY company, subject_id ORDER BY raw IS NULL, coalesce(city, region, country) IS NULL, system) AS of_home,
                 row_number() OVER (PARTITION BY company, subject_id ORDER BY began_on IS NULL, system) AS of_term FROM latest WHERE place = 1),
        engaged AS (SELECT company, subject_id, {told} FROM ordered GROUP BY company, subject_id),
        joined AS (
          SELECT company, subject_id, 'worker' AS subject_kind, government_id_token, given_name, family_name, role, department,
                 manager_id, lower(trim(engagement)) AS engagement, lower(trim(agency)) AS agency, lower(trim(work_arrangement)) AS work_arrangement,
                 began_on AS started_on, ended_on, is_us_person_verified, city, region, country, postal_code, raw
          FROM engaged
          UNION ALL
          SELECT company, subject_id, 'applicant', NULL, max(given_name), max(family_name), max(role), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                 max(city), max(region), max(country), max(postal_code), max({_ADDRESS})
          FROM application WHERE subject_id = application_id
            AND NOT EXISTS (SELECT 1 FROM known_worker AS k WHERE k.company = application.company AND k.known_as = application.subject_id)
          GROUP BY company, subject_id),
        met AS (SELECT company, subject_id FROM verification WHERE replace(replace(lower(trim(kind)), ' ', '_'), '-', '_') IN {MET} AND lower(trim(outcome)) IN ('pass', 'passed') GROUP BY company, subject_id),
        paid AS (SELECT company, subject_id, rounded(sum(amount), 2) AS wages FROM payment GROUP BY company, subject_id),
        seen AS (SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at FROM sighting GROUP BY company, subject_id)
        SELECT j.company, j.subject_id, j.subject_kind, g.value AS person, j.given_name, j.family_name, j.role, j.department,
               coalesce(h.worker_id, j.manager_id) AS manager_id, j.engagement, j.agency, j.work_arrangement, j.started_on, j.ended_on,
               j.is_us_person_verified, a.value AS address, j.city, j.region,
               coalesce(j.country, part_of(a.value, '[|]([A-Z]{{2}})$')) AS country,
               coalesce(j.postal_code, part_of(a.value, '[|]([0-9]{{5}})[|]US$')) AS postal_code,
               CAST(NULL AS DOUBLE) AS latitude, CAST(NULL AS DOUBLE) AS longitude, m.subject_id IS NOT NULL AS is_vouched,
               s.first_at, s.last_at, coalesce(p.wages, 0) AS wages
        FROM joined AS j
        LEFT JOIN cleaned AS g ON g.kind = 'government_id' AND g.raw = j.government_id_token
        LEFT JOIN cleaned AS a ON a.kind = 'postal_address' AND a.raw = j.raw
        LEFT JOIN known_worker AS h ON h.company = j.company AND h.known_as = j.manager_id
        LEFT JOIN met AS m ON m.company = j.company AND m.subject_id = j.subject_id
        LEFT JOIN paid AS p ON p.company = j.company AND p.subject_id = j.subject_id
        LEFT JOIN seen AS s ON s.company = j.company AND s.subject_id = j.subject_id"""
    )
