"""Whose wages a firm takes at a company that enters nobody's agency.

Why: contractors of one agency are paid into its account and sit in its office, as a farm's may be; what tells the two
apart first is the agency's name in HR's files. Where no file has such names, nobody has denied that it is one.
"""

from bonafides.store.engine import Engine

_FIRM = (
    "(^| )(llc|inc|incorporated|ltd|limited|gmbh|corp|corporation|company|llp|lp|plc|pty|sarl|srl|bv|ab|oy|"
    "staffing|consulting|solutions|services|technologies|systems|group|partners|holdings)( |$)"
)

_NAME = "trim(replace(replace(translate(folded(p.holder_name), '-.,/&()', '       '), '  ', ' '), '  ', ' '))"


def firms(store: Engine) -> None:
    """`firm_paid`: (company, subject_id, value): workers, none of them an employee, who are paid into the account of one firm,
    by the name that all of them gave from the first day on, at companies that name nobody's agency.
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
