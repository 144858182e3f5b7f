"""Wage payment."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="payment",
    says="wage payment",
    columns=(
        Column("payment_id", "text", "payroll's id", required=True),
        Column("worker_id", "text", "engagement", required=True),
        Column("paid_on", "date", "day of payment", required=True),
        Column("amount", "number", "amount in `currency`"),
        Column("currency", "text", "ISO 4217 code"),
        Column("account_token", "text", "account that was paid", kind="bank_account"),
    ),
    time="paid_on",
    reaches=("payroll",),
    amount="amount",
)
