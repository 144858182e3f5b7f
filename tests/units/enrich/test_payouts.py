"""Accounts of services that pay people out."""

import pytest

from bonafides.enrich.payouts import name
from bonafides.kinds.base import rows
from bonafides.sightings.firms import firms
from indicator_cases import filled

KNOWN = rows("payout_services")[0]["name_pattern"].title()


@pytest.mark.parametrize(
    ("holders", "is_service"),
    [
        ([f"{KNOWN} Inc."], True),
        ([KNOWN.upper(), None], True),
        ([KNOWN, "Ann Marlowe"], False),
        (["Ann Marlowe"], False),
        ([f"{KNOWN}son Ltd"], False),
        ([None], False),
    ],
)
def test_an_account_that_only_services_hold_is_named(holders: list[str | None], is_service: bool) -> None:
    store = filled(
        {
            "payee": [
                {"subject_id": str(n), "worker_id": str(n), "account_token": "acct-1", "holder_name": holder}
                for n, holder in enumerate(holders)
            ],
            "cleaned": [{"kind": "bank_account", "raw": "acct-1", "value": "acct-1"}],
            "value_fact": [{"kind": kind, "value": "acct-1"} for kind in ("bank_account", "wallet")],
        }
    )
    firms(store)
    name(store)
    named = {row["kind"]: row["lists"] for row in store.rows("SELECT kind, lists FROM value_fact")}
    assert named == {"wallet": None, "bank_account": "payout_services" if is_service else None}
