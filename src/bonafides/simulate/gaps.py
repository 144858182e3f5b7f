"""Companies whose exports have holes: logs nobody kept, clocks that are wrong, columns that are empty or renamed."""

from collections.abc import Sequence

from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.files import Cell

NO_ENDPOINT, NO_PAYROLL, LATE, SKEW, RENAMED, SPARSE = 0.5, 0.35, 0.4, 0.4, 0.35, 0.35  # assumptions
# What a table cannot be read without; everything else may be missing.
_KEPT = frozenset(
    {"worker_id", "application_id", "occurred_at", "valid_from", "payment_id", "paid_on", "shipment_id", "device_id",
     "actor_email", "work_email", "kind", "outcome", "action", "asset", "meeting_id", "started_on"}
)  # fmt: skip


def open_up(dice: Dice, company: Company) -> None:
    """Takes something from a company's exports."""
    if dice.chance(NO_ENDPOINT):
        company.has_endpoint = False
        company.tables -= {"peripheral"}
    if dice.chance(NO_PAYROLL):
        company.tables -= {"payee", "payment"}
    company.late = company.late or dice.chance(LATE)
    company.skew = dice.between(-900, 900) if dice.chance(SKEW) else 0
    company.is_renamed, company.is_sparse = dice.chance(RENAMED), dice.chance(SPARSE)


def holes(
    dice: Dice, company: Company, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """A table as the company hands it in: one column under another name, half of the columns empty, as its gaps are."""
    free = [name for name in columns if name not in _KEPT]
    emptied = {name for name in free if company.is_sparse and dice.chance(0.5)}
    moved = dice.pick(free) if company.is_renamed and free else None
    named = tuple(f"{name}_new" if name == moved else name for name in columns)
    if not emptied:
        return named, [tuple(row) for row in rows]
    is_kept = [name not in emptied for name in columns]
    return named, [tuple(c if kept else None for c, kept in zip(row, is_kept, strict=True)) for row in rows]
