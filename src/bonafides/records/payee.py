"""Account to which a worker asked to be paid, from a date on."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="payee",
    says="account to which a worker asked to be paid, from a date on",
    columns=(
        Column("worker_id", "text", "engagement", required=True),
        Column("valid_from", "date", "first day on which it is used", required=True),
        Column("method", "text", "ach, wire, wallet, card or service"),
        Column("routing_number", "text", "bank's routing number"),
        Column("account_token", "text", "keyed hash or token of routing and account number", kind="bank_account"),
        Column("wallet", "text", "virtual-currency address", kind="wallet"),
        Column("holder_name", "text", "name on the account; compared only with the worker's own names"),
        Column("country", "text", "country of the account; never scored by itself"),
    ),
    time="valid_from",
    reaches=("payroll",),
)
