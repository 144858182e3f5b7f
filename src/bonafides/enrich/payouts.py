"""Accounts of services that pay people out."""

from bonafides.store.engine import Engine


def name(store: Engine) -> None:
    """Name `payout_services` in `lists` of every bank account in the name of one.

    Why: an employer of record's, a marketplace's or a payout platform's name is no third party's, and strangers share a
    service's account by design, as they do a counter.
    """
    is_it = "value_fact.kind = 'bank_account' AND value_fact.value = a.value"
    store.fill_in("value_fact", {"lists": "'payout_services'"}, "payout_account AS a", is_it)
