"""Who held a computer when: as inventories say, and as sign-ins on it tell of who had it before."""

from bonafides.sightings.accounts import called
from bonafides.store.engine import Engine

# An alias held by more people than this is a name that many computers bear ("localhost"), not one computer's; who signs
# in on more computers than this looks after them.
_MOST_HOLDERS, _MOST_COMPUTERS = 8, 8
# Days of signing in on a computer that make it somebody's, not a helper's.
_DAYS_OF_USE = 3
# A computer comes before the first day of work and goes back after the last, but no more days than this.
_DAYS_ON_THE_WAY = 30


def derive(store: Engine) -> None:
    """`holder`: (company, alias, worker_id, from_on, until_on), what a vendor may call a computer, who held it, and when.

    Why: most inventories name who holds a computer now, and what a former holder did on it must not be held against the
    next. Where the day of a hand-over is not booked, sign-ins tell it; what was before anybody held it is nobody's.
    """
    _booked(store)
    _used(store)
    _held(store)


def _booked(store: Engine) -> None:
    """`booked`: (company, alias, computer, worker_id, enrolled_on, returned_on), what inventories say.

    Why: inventories know serials and host names, the directory and endpoint agents ids of their own; the device rows of
    an agent, which name no holder, tie the two together, by what is surest.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE booked AS
        WITH dev AS (
          SELECT d.company, lower(trim(device_id)) AS id, lower(trim(serial)) AS serial, lower(trim(directory_id)) AS directory, lower(trim(hostname)) AS host,
                 coalesce(k.worker_id, a.worker_id) AS worker_id, enrolled_on, returned_on
          FROM device AS d
          LEFT JOIN known_worker AS k ON k.company = d.company AND k.known_as = d.worker_id
          LEFT JOIN account AS a ON a.company = d.company AND a.account = {called("d", "assigned_email")}),
        named AS (
          SELECT *, serial AS alias, 1 AS rank FROM dev UNION ALL SELECT *, directory, 2 FROM dev
          UNION ALL SELECT *, host, 3 FROM dev UNION ALL SELECT *, id, 4 FROM dev),
        held AS (
          SELECT DISTINCT company, alias, coalesce(serial, directory, host, id) AS computer, worker_id, enrolled_on, returned_on
          FROM named WHERE worker_id IS NOT NULL AND alias IS NOT NULL),
        met AS (
          SELECT n.company, n.id, n.directory, h.computer, h.worker_id, h.enrolled_on, h.returned_on,
                 rank() OVER (PARTITION BY n.company, n.id, n.serial, n.directory, n.host ORDER BY n.rank) AS place
          FROM named AS n JOIN held AS h ON h.company = n.company AND h.alias = n.alias WHERE n.worker_id IS NULL),
        joined AS (
          SELECT * FROM held
          UNION SELECT company, id, computer, worker_id, enrolled_on, returned_on FROM met WHERE place = 1
          UNION SELECT m.company, m.directory, m.computer, m.worker_id, m.enrolled_on, m.returned_on FROM met AS m WHERE m.place = 1 AND m.directory IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM held AS o WHERE o.company = m.company AND o.alias = m.directory)),
        few AS (SELECT company, alias FROM joined GROUP BY company, alias HAVING count(DISTINCT worker_id) <= {_MOST_HOLDERS})
        SELECT j.* FROM joined AS j JOIN few AS f ON f.company = j.company AND f.alias = j.alias"""
    )


def _used(store: Engine) -> None:
    """`signed_on`: (company, alias, worker_id, first_on, last_on, days), who signed in on a computer whatever it is called
    there; `there`: (company, worker_id, from_on), the day before which a worker had none of the company's computers.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE signed AS
        SELECT s.company, lower(trim(s.device_id)) AS alias, a.worker_id, min(s.on_day) AS first_on, max(s.on_day) AS last_on, count(DISTINCT s.on_day) AS days
        FROM (
          SELECT DISTINCT company, source, actor_email, device_id, CAST(occurred_at AS DATE) AS on_day FROM sign_in
          WHERE coalesce(outcome, 'success') = 'success') AS s
        JOIN account AS a ON a.company = s.company AND a.account = {called("s", "actor_email")}
        GROUP BY s.company, lower(trim(s.device_id)), a.worker_id"""
    )
    store.execute(
        """CREATE OR REPLACE TEMP TABLE signed_on AS
        WITH computer AS (SELECT DISTINCT company, alias, computer FROM booked)
        SELECT c.company, c.alias, s.worker_id, min(s.first_on) AS first_on, max(s.last_on) AS last_on, max(s.days) AS days
        FROM computer AS c JOIN computer AS o ON o.company = c.company AND o.computer = c.computer
        JOIN signed AS s ON s.company = o.company AND s.alias = o.alias
        GROUP BY c.company, c.alias, s.worker_id"""
    )
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE there AS
        WITH first_work AS (
          SELECT k.company, k.worker_id, min(least(coalesce(w.hired_on, w.started_on), w.started_on)) AS from_on FROM worker AS w
          JOIN known_worker AS k ON k.company = w.company AND k.known_as = w.worker_id
          GROUP BY k.company, k.worker_id HAVING count(*) = count(w.started_on)),
        first_seen AS (SELECT company, worker_id, min(first_on) AS from_on FROM signed GROUP BY company, worker_id)
        SELECT w.company, w.worker_id, least(w.from_on, coalesce(s.from_on, w.from_on)) - {_DAYS_ON_THE_WAY} AS from_on
        FROM first_work AS w LEFT JOIN first_seen AS s ON s.company = w.company AND s.worker_id = w.worker_id"""
    )


def _held(store: Engine) -> None:
    """`holder`, from `booked`, `signed_on` and `there`.

    Shape: the first holder also has what came before the hand-over was booked, from when they were there. Who signed in
    before that holder did had it until then, unless they look after computers; what came between is nobody's, as it is where
    several held it on unknown days. A holder who is never seen on it must be seen on another: else logs do not name theirs.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE holder AS
        WITH span AS (
          SELECT company, alias, worker_id, min(enrolled_on) AS enrolled_on, CASE WHEN count_if(returned_on IS NULL) = 0 THEN max(returned_on) END AS returned_on
          FROM booked GROUP BY company, alias, worker_id),
        first_booked AS (
          SELECT company, alias, min_by(worker_id, in_order(coalesce(enrolled_on, DATE '1970-01-01'), worker_id)) AS worker_id, count(*) AS n
          FROM span GROUP BY company, alias),
        on_computers AS (
          SELECT s.company, s.worker_id, count(DISTINCT b.computer) AS n FROM signed AS s
          JOIN booked AS b ON b.company = s.company AND b.alias = s.alias GROUP BY s.company, s.worker_id),
        former AS (
          SELECT u.company, u.alias, u.worker_id, u.first_on, u.last_on, f.worker_id AS next_holder
          FROM signed_on AS u JOIN first_booked AS f ON f.company = u.company AND f.alias = u.alias
          JOIN on_computers AS c ON c.company = u.company AND c.worker_id = u.worker_id AND c.n <= {_MOST_COMPUTERS}
          LEFT JOIN on_computers AS h ON h.company = f.company AND h.worker_id = f.worker_id
          LEFT JOIN signed_on AS o ON o.company = f.company AND o.alias = f.alias AND o.worker_id = f.worker_id
          WHERE u.days >= {_DAYS_OF_USE} AND (u.last_on < o.first_on OR (o.first_on IS NULL AND f.n = 1 AND h.n > 0))
            AND NOT EXISTS (SELECT 1 FROM span AS s WHERE s.company = u.company AND s.alias = u.alias AND s.worker_id = u.worker_id)),
        handed AS (SELECT company, alias, next_holder, max(last_on) + {_DAYS_ON_THE_WAY} AS after_on FROM former GROUP BY company, alias, next_holder),
        dated AS (
          SELECT s.company, s.alias, s.worker_id, s.returned_on,
                 CASE WHEN h.after_on IS NOT NULL THEN coalesce(o.first_on, h.after_on)
                      ELSE coalesce(s.enrolled_on, o.first_on) END AS enrolled_on
          FROM span AS s
          LEFT JOIN handed AS h ON h.company = s.company AND h.alias = s.alias AND h.next_holder = s.worker_id
          LEFT JOIN signed_on AS o ON o.company = s.company AND o.alias = s.alias AND o.worker_id = s.worker_id
          UNION ALL
          SELECT company, alias, worker_id, last_on, first_on FROM former),
        ordered AS (
          SELECT *, row_number() OVER w AS place, lead(enrolled_on) OVER w AS next_on, count_if(enrolled_on IS NULL) OVER a AS undated FROM dated
          WINDOW a AS (PARTITION BY company, alias), w AS (PARTITION BY company, alias ORDER BY coalesce(enrolled_on, DATE '1970-01-01'), worker_id))
        SELECT o.company, o.alias, o.worker_id, CASE WHEN o.place = 1 THEN coalesce(t.from_on, DATE '1970-01-01') ELSE o.enrolled_on END AS from_on,
               least(coalesce(o.returned_on, DATE '9999-12-31'), coalesce(o.next_on - 1, DATE '9999-12-31')) AS until_on
        FROM ordered AS o LEFT JOIN there AS t ON t.company = o.company AND t.worker_id = o.worker_id
        WHERE o.undated <= 1 OR o.enrolled_on IS NOT NULL"""
    )
