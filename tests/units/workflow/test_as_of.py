"""What a run is dated by."""

from datetime import datetime

from bonafides.workflow.detect import as_of
from indicator_cases import filled

SEEN, PLANNED = datetime(2026, 3, 2, 9), datetime(2026, 12, 1)


def test_what_is_planned_dates_no_run_that_anything_else_dates() -> None:
    paid, used = (
        {"subject_id": "s1", "kind": kind, "value": "v", "via": via, "last_at": last_at}
        for kind, via, last_at in (("bank_account", "payee:account_token", PLANNED), ("ip", "sign_in:ip", SEEN))
    )
    assert as_of(filled({"sighting": [paid, used]})) == SEEN
    assert as_of(filled({"sighting": [paid]})) == PLANNED
    assert as_of(filled({"sighting": []})) is None
