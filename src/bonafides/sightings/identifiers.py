"""One worker under the ids of several systems: HR, payroll and hiring each number people in their own way."""

from collections.abc import Mapping, Sequence

from bonafides.derived import known_as
from bonafides.records.base import Table
from bonafides.store.engine import Engine

# What joins the rows of two systems: an account, a private address and half a name, or a name and a date of birth.
_WORK, _PRIVATE, _NAME, _FAMILY, _BORN = 4, 2, 2, 1, 2
_ENOUGH = 3
# So many numbers that payroll knows people by are met by name before any is believed.
_MET = 3
# Payment files have room for so much of a name.
_CUT = 22
# Payroll's tables, which number people alike where one source gives both.
_PAID = ("payee", "payment")


def rank(source: str) -> str:
    """SQL of the order in which systems are believed: records in our own shape first, the others by name."""
    return f"CASE WHEN {source} = 'records' THEN '' ELSE {source} END"


def identify(store: Engine, tables: Mapping[str, Table], there: Sequence[str]) -> None:
    """`known_worker`: every id by which a company's systems know a worker, with the id of the subject; `payroll_worker`:
    the same of each payroll by itself; `hired_applicant`: the same of applications; `known_as`: the ids that are not the
    subject's own.

    Shape: known_worker(company, known_as, worker_id); `there` names the tables that have rows. The subject's id is that
    of the first system that has the worker; two ids of one system are two engagements. A number that stands for several
    workers is nobody's.
    Why: payroll pays an id of its own and HR's log knows another; apart, each of the two has half of the evidence.
    """
    _documents(store)
    _systems(store)
    store.execute(
        """CREATE OR REPLACE TEMP TABLE known_worker AS
        WITH own AS (
          SELECT d.company, d.worker_id AS known_as, coalesce(s.subject_id, d.worker_id) AS worker_id
          FROM (SELECT DISTINCT company, worker_id FROM worker) AS d
          LEFT JOIN same_worker AS s ON s.company = d.company AND s.worker_id = d.worker_id),
        numbered AS (
          SELECT w.company, trim(w.employee_number) AS known_as, min(o.worker_id) AS worker_id
          FROM worker AS w JOIN own AS o ON o.company = w.company AND o.known_as = w.worker_id
          WHERE w.employee_number IS NOT NULL GROUP BY w.company, trim(w.employee_number)
          HAVING count(DISTINCT o.worker_id) = 1)
        SELECT company, known_as, worker_id FROM own
        UNION ALL SELECT n.company, n.known_as, n.worker_id FROM numbered AS n
        WHERE NOT EXISTS (SELECT 1 FROM own AS o WHERE o.company = n.company AND o.known_as = n.known_as)"""
    )
    _forms(store, [name for name in there if "worker_id" in {c.name for c in tables[name].columns}])
    _payroll(store)
    _applicants(store)
    store.create(known_as.TABLE)
    store.execute(
        """INSERT INTO known_as
        SELECT company, worker_id, known_as FROM known_worker WHERE known_as <> worker_id
        UNION ALL
        SELECT h.company, h.worker_id, h.application_id FROM hired_applicant AS h
        WHERE NOT EXISTS (SELECT 1 FROM known_worker AS k WHERE k.company = h.company AND k.known_as = h.application_id)"""
    )


def _documents(store: Engine) -> None:
    """`worker_document`: who each system says a worker is; `worker_mail`: the addresses that it has of them."""
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE worker_document AS
        SELECT company, {rank("source")} AS system, worker_id, max(folded(given_name)) AS given, max(folded(family_name)) AS family,
               max(birth_date) AS born_on, max(coalesce(started_on, hired_on)) AS started_on,
               CASE WHEN count_if(ended_on IS NULL) = 0 THEN max(ended_on) END AS ended_on
        FROM worker GROUP BY company, {rank("source")}, worker_id"""
    )
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE worker_mail AS
        SELECT company, system, worker_id, mail, max(says) AS says FROM (
          SELECT company, {rank("source")} AS system, worker_id, lower(trim(work_email)) AS mail, {_WORK} AS says FROM worker
          UNION ALL SELECT company, {rank("source")}, worker_id, lower(trim(personal_email)), {_PRIVATE} FROM worker) AS given
        WHERE mail IS NOT NULL GROUP BY company, system, worker_id, mail"""
    )


def _systems(store: Engine) -> None:
    """`same_worker`: ids that a system before knows under another, each with the other's: (company, worker_id, subject_id)."""
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE system_pair AS
        WITH met AS (
          SELECT x.company, x.system AS a_system, x.worker_id AS a, y.system AS b_system, y.worker_id AS b, least(x.says, y.says) AS says
          FROM worker_mail AS x JOIN worker_mail AS y ON y.company = x.company AND y.mail = x.mail AND x.system < y.system
          UNION ALL
          SELECT x.company, x.system, x.worker_id, y.system, y.worker_id, 0
          FROM worker_document AS x JOIN worker_document AS y ON y.company = x.company AND y.given = x.given AND y.family = x.family
           AND x.system < y.system),
        told AS (SELECT company, a_system, a, b_system, b, max(says) AS says FROM met WHERE a <> b GROUP BY company, a_system, a, b_system, b),
        scored AS (
          SELECT t.company, t.a_system, t.a, t.b_system, t.b, coalesce(abs(days_between(x.started_on, y.started_on)), 99999) AS gap,
                 t.says + CASE WHEN x.given = y.given AND x.family = y.family THEN {_NAME} WHEN x.family = y.family THEN {_FAMILY} ELSE 0 END
                 + CASE WHEN x.born_on = y.born_on THEN {_BORN} WHEN x.born_on <> y.born_on THEN {-_ENOUGH} ELSE 0 END AS says
          FROM told AS t
          JOIN worker_document AS x ON x.company = t.company AND x.system = t.a_system AND x.worker_id = t.a
          JOIN worker_document AS y ON y.company = t.company AND y.system = t.b_system AND y.worker_id = t.b
          WHERE NOT EXISTS (SELECT 1 FROM worker_document AS o WHERE o.company = t.company AND o.system = t.a_system AND o.worker_id = t.b)
            AND NOT EXISTS (SELECT 1 FROM worker_document AS o WHERE o.company = t.company AND o.system = t.b_system AND o.worker_id = t.a)),
        ranked AS (
          SELECT *, row_number() OVER (PARTITION BY company, a_system, a, b_system ORDER BY says DESC, gap, b) AS of_a,
                 row_number() OVER (PARTITION BY company, b_system, b, a_system ORDER BY says DESC, gap, a) AS of_b
          FROM scored WHERE says >= {_ENOUGH})
        SELECT company, b AS worker_id, min_by(a, in_order(a_system, a)) AS first_id FROM ranked WHERE of_a = 1 AND of_b = 1 GROUP BY company, b"""
    )
    store.execute(
        """CREATE OR REPLACE TEMP TABLE same_worker AS
        SELECT p.company, p.worker_id, coalesce(r.first_id, q.first_id, p.first_id) AS subject_id FROM system_pair AS p
        LEFT JOIN system_pair AS q ON q.company = p.company AND q.worker_id = p.first_id
        LEFT JOIN system_pair AS r ON r.company = q.company AND r.worker_id = q.first_id"""
    )


def _form(column: str) -> str:
    """SQL of an id without what tables lose or gain: noughts before it, `.0` behind it, signs that keep it a text, case."""
    bare = f"""lower(trim(translate({column}, chr(39) || '="', '')))"""
    return f"part_of({bare}, '^0*([^ ].*?)([.]0+)?$')"


def _forms(store: Engine, called: Sequence[str]) -> None:
    """Add to `known_worker` what tables call workers by an id that differs in noughts before it, `.0` behind it or case.

    Why: office programs eat noughts and make whole numbers of columns with gaps decimal; 00123 and 123.0 are one number
    where no other worker's is of that form.
    """
    said = " UNION ".join(f"SELECT company, worker_id AS number FROM {name}" for name in called)
    if said:
        store.execute(
            f"""INSERT INTO known_worker
            WITH own AS (
              SELECT company, {_form("known_as")} AS form, min(worker_id) AS worker_id FROM known_worker
              GROUP BY company, {_form("known_as")} HAVING count(DISTINCT worker_id) = 1)
            SELECT s.company, s.number, o.worker_id FROM ({said}) AS s JOIN own AS o ON o.company = s.company AND o.form = {_form("s.number")}
            WHERE NOT EXISTS (SELECT 1 FROM known_worker AS k WHERE k.company = s.company AND k.known_as = s.number)"""
        )


def _payroll(store: Engine) -> None:
    """`payroll_worker`: (company, source, known_as, worker_id), whom each payroll's numbers stand for; what HR does not know
    is added to `known_worker` as well.

    Shape: HR's number is payroll's, unless the accounts' holders are other workers than those whom HR has under the
    numbers: three at least, and more than are the same. A payroll's own numbers are known by the holder's name, whole or
    cut as payment files cut it: of one worker of that name alone, where three numbers at least, and half of its own, are
    met so.
    Why: a payroll file numbers people in its own way, often from one on as HR does too, and names them; who is paid into
    somebody else's account from the first day on is not met.
    """
    given, family = (in_words(f"w.{part}") for part in ("given_name", "family_name"))
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE payroll_number AS
        WITH paid AS (SELECT DISTINCT company, source, worker_id AS number, {in_words("holder_name")} AS holder FROM payee),
        named AS (
          SELECT k.company, k.worker_id, {given} AS given, {family} AS family FROM worker AS w
          JOIN known_worker AS k ON k.company = w.company AND k.known_as = w.worker_id),
        full_name AS (
          SELECT DISTINCT company, worker_id, name FROM (
            SELECT company, worker_id, given || ' ' || family AS name FROM named UNION ALL SELECT company, worker_id, family || ' ' || given FROM named) AS n
          WHERE name IS NOT NULL),
        called AS (SELECT company, worker_id, name FROM full_name UNION SELECT company, worker_id, trim(substr(name, 1, {_CUT})) FROM full_name),
        own AS (SELECT company, name, min(worker_id) AS worker_id FROM called GROUP BY company, name HAVING count(DISTINCT worker_id) = 1),
        met AS (
          SELECT p.company, p.source, p.number, max(k.worker_id) AS known_id, CASE WHEN count(DISTINCT o.worker_id) = 1 THEN min(o.worker_id) END AS named_id,
                 count(c.worker_id) > 0 AS agrees
          FROM paid AS p
          LEFT JOIN known_worker AS k ON k.company = p.company AND k.known_as = p.number
          LEFT JOIN called AS c ON c.company = p.company AND c.name = p.holder AND c.worker_id = k.worker_id
          LEFT JOIN own AS o ON o.company = p.company AND o.name = p.holder
          GROUP BY p.company, p.source, p.number),
        numbering AS (
          SELECT company, source, count(DISTINCT CASE WHEN named_id <> known_id AND NOT agrees THEN named_id END) AS others, sum(CASE WHEN agrees THEN 1 ELSE 0 END) AS same
          FROM met GROUP BY company, source),
        its_own AS (
          SELECT m.company, m.source, m.number, m.named_id, m.known_id, n.others >= {_MET} AND n.others > n.same AS is_own FROM met AS m
          JOIN numbering AS n ON n.company = m.company AND n.source = m.source),
        rule AS (
          SELECT company, source, count(named_id) >= {_MET} AND 2 * count(named_id) >= count(*) AS holds FROM its_own
          WHERE is_own OR known_id IS NULL GROUP BY company, source)
        SELECT i.company, i.source, i.number, i.is_own, CASE WHEN r.holds AND (i.is_own OR i.known_id IS NULL) THEN i.named_id END AS named_id
        FROM its_own AS i LEFT JOIN rule AS r ON r.company = i.company AND r.source = i.source"""
    )
    store.execute(
        """INSERT INTO known_worker
        SELECT n.company, n.number, min(n.named_id) FROM payroll_number AS n
        WHERE NOT EXISTS (SELECT 1 FROM known_worker AS k WHERE k.company = n.company AND k.known_as = n.number)
        GROUP BY n.company, n.number HAVING count(DISTINCT n.named_id) = 1"""
    )
    said = " UNION ".join(f"SELECT company, source, worker_id AS number FROM {name}" for name in _PAID)
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE payroll_worker AS
        WITH its_own AS (SELECT DISTINCT company, source FROM payroll_number WHERE is_own)
        SELECT s.company, s.source, s.number AS known_as, CASE WHEN i.company IS NULL THEN k.worker_id ELSE n.named_id END AS worker_id
        FROM ({said}) AS s
        LEFT JOIN its_own AS i ON i.company = s.company AND i.source = s.source
        LEFT JOIN payroll_number AS n ON n.company = s.company AND n.source = s.source AND n.number = s.number
        LEFT JOIN known_worker AS k ON k.company = s.company AND k.known_as = s.number"""
    )


def _digits(column: str) -> str:
    """SQL of the last nine digits of a telephone number: with its country's code or without, it is the same."""
    return f"right(translate({column}, '+()-. /', ''), 9)"


def in_words(column: str) -> str:
    """SQL of a name folded, its words one blank apart."""
    return f"trim(replace(replace(translate(folded({column}), '-.,/&()', '       '), '  ', ' '), '  ', ' '))"


def _applicants(store: Engine) -> None:
    """`hired_applicant`: applications of whoever works there: as the application says, or else of the same address and
    family name, or of the same telephone and full name, by somebody who had not left before.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE hired_applicant AS
        WITH told AS (
          SELECT t.company, t.application_id, min(k.worker_id) AS worker_id FROM application AS t
          JOIN known_worker AS k ON k.company = t.company AND k.known_as = t.worker_id GROUP BY t.company, t.application_id),
        phone AS (SELECT DISTINCT company, {rank("source")} AS system, worker_id, {_digits("phone")} AS digits FROM worker),
        by_thing AS (
          SELECT t.company, t.application_id, t.applied_at, m.system, m.worker_id, folded(t.family_name) AS family, CAST(NULL AS VARCHAR) AS given FROM application AS t
          JOIN worker_mail AS m ON m.company = t.company AND m.mail = lower(trim(t.email))
          UNION ALL
          SELECT t.company, t.application_id, t.applied_at, p.system, p.worker_id, folded(t.family_name), folded(t.given_name) FROM application AS t
          JOIN phone AS p ON p.company = t.company AND p.digits = {_digits("t.phone")}
          WHERE t.given_name IS NOT NULL AND length(p.digits) >= 7),
        alike AS (
          SELECT t.company, t.application_id, min_by(k.worker_id, in_order(coalesce(abs(days_between(t.applied_at, d.started_on)), 99999), k.worker_id)) AS worker_id
          FROM by_thing AS t
          JOIN worker_document AS d ON d.company = t.company AND d.system = t.system AND d.worker_id = t.worker_id AND d.family = t.family AND (t.given IS NULL OR d.given = t.given)
          JOIN known_worker AS k ON k.company = d.company AND k.known_as = d.worker_id
          WHERE (d.ended_on < CAST(t.applied_at AS DATE)) IS NOT TRUE
          GROUP BY t.company, t.application_id)
        SELECT coalesce(t.company, a.company) AS company, coalesce(t.application_id, a.application_id) AS application_id,
               coalesce(t.worker_id, a.worker_id) AS worker_id
        FROM told AS t FULL JOIN alike AS a ON a.company = t.company AND a.application_id = t.application_id"""
    )
