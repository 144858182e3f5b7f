"""Behind whom a firm stands of which no company's files say that it is an agency.

Why: contractors of one agency are paid into its account and sit in its office, as a farm's may be, and an agency's
candidates give its telephone and mailbox, as a ring's may; what tells the two apart first is the agency's name in HR's
files. Where no file has such names, and none can have them of applicants, nobody has denied that it is one.
"""

import re

from bonafides.kinds.base import rows
from bonafides.sightings.identifiers import in_words
from bonafides.store.engine import Engine

_FIRM = (
    "(^| )(llc|inc|incorporated|ltd|limited|gmbh|corp|corporation|company|llp|lp|plc|pty|sarl|srl|bv|ab|oy|"
    "staffing|consulting|solutions|services|technologies|systems|group|partners|holdings)( |$)"
)

_NAME = in_words("p.holder_name")


# So many people of different names apply with mailboxes of one domain that is no public provider's.
_CANDIDATES = 3


def firms(store: Engine) -> None:
    """`firm_of`: (company, subject_id, value), who is paid by a firm or applies through one, by account or domain; and
    `payout_account`: (value), accounts of services that pay people out.
    """
    _paid(store)
    _sent(store)
    _services(store)
    store.execute(
        "CREATE OR REPLACE TEMP TABLE firm_of AS SELECT * FROM firm_paid UNION ALL SELECT company, subject_id, min(value) FROM firm_sent GROUP BY ALL"
    )


def _sent(store: Engine) -> None:
    """`firm_sent`: applicants who give a mailbox of a domain that several give who are called otherwise, and that is nobody's
    public provider; and who gives a telephone that half of whose holders apply through that firm.
    """
    hosts = [row["domain"] for row in rows("mail_hosts")]
    store.load("public_host", {"domain": hosts}, {"domain": "VARCHAR"})
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE firm_sent AS
        WITH given AS (
          SELECT DISTINCT s.company, s.subject_id, folded(s.given_name) || ' ' || folded(s.family_name) AS name, g.kind, g.value,
                 CASE WHEN g.kind = 'email' THEN part_of(g.value, '@(.+)$') END AS domain
          FROM sighting AS g JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
          WHERE s.subject_kind = 'applicant' AND g.via IN ('application:email', 'application:phone')),
        firm AS (
          SELECT g.domain FROM given AS g WHERE NOT EXISTS (SELECT 1 FROM public_host AS h WHERE h.domain = g.domain)
          GROUP BY g.domain HAVING count(DISTINCT g.name) >= {_CANDIDATES}),
        own AS (SELECT DISTINCT g.company, g.subject_id, g.domain AS value FROM given AS g JOIN firm AS f ON f.domain = g.domain),
        phone AS (
          SELECT g.value AS phone, o.value FROM given AS g LEFT JOIN own AS o ON o.company = g.company AND o.subject_id = g.subject_id
          WHERE g.kind = 'phone'),
        firms_phone AS (
          SELECT phone, min(value) AS value FROM phone GROUP BY phone HAVING count(DISTINCT value) = 1 AND count(value) >= {_CANDIDATES} AND 2 * count(value) >= count(*))
        SELECT company, subject_id, value FROM own
        UNION SELECT g.company, g.subject_id, p.value FROM given AS g JOIN firms_phone AS p ON p.phone = g.value WHERE g.kind = 'phone'"""
    )
    store.execute("DROP TABLE public_host")


def _services(store: Engine) -> None:
    """`payout_account`: bank accounts of which all records that name a holder name a service that pays people out."""
    words = "|".join(re.escape(row["name_pattern"]) for row in rows("payout_services"))
    store.load("payout_words", {"pattern": [f"(^|[^a-z])({words})([^a-z]|$)"]}, {"pattern": "VARCHAR"})
    store.execute(
        """CREATE OR REPLACE TEMP TABLE payout_account AS
        SELECT c.value FROM payee AS p JOIN cleaned AS c ON c.kind = 'bank_account' AND c.raw = p.account_token
        CROSS JOIN payout_words AS w WHERE p.holder_name IS NOT NULL
        GROUP BY c.value HAVING bool_and(matches(folded(p.holder_name), w.pattern))"""
    )
    store.execute("DROP TABLE payout_words")


def _paid(store: Engine) -> None:
    """`firm_paid`: workers, none of them an employee, who are paid into the account of one firm, by the name that all of
    them gave from the first day on, at companies that name nobody's agency.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE firm_paid AS
        WITH named AS (
          SELECT c.value, min({_NAME}) AS holder FROM payee AS p JOIN cleaned AS c ON c.kind = 'bank_account' AND c.raw = p.account_token
          GROUP BY c.value HAVING min({_NAME}) = max({_NAME}) AND count(p.holder_name) = count(*)),
        paid AS (SELECT DISTINCT g.company, g.subject_id, g.value FROM sighting AS g WHERE g.kind = 'bank_account'),
        firm AS (
          SELECT n.value FROM named AS n JOIN paid AS a ON a.value = n.value
          JOIN subject AS s ON s.company = a.company AND s.subject_id = a.subject_id WHERE matches(n.holder, '{_FIRM}')
          GROUP BY n.value HAVING count_if(coalesce(s.engagement, '') = 'employee') = 0),
        silent AS (SELECT company FROM subject GROUP BY company HAVING count(agency) = 0)
        SELECT a.company, a.subject_id, min(a.value) AS value FROM paid AS a
        JOIN firm AS f ON f.value = a.value JOIN silent AS n ON n.company = a.company
        GROUP BY a.company, a.subject_id"""
    )
