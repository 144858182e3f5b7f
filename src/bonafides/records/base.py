"""Column and table descriptions, readable by code, docs and tests alike."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "timestamp", "date", "integer", "number", "boolean"]

SQL_TYPE: dict[str, str] = {
    "text": "VARCHAR",
    "timestamp": "TIMESTAMP",
    "date": "DATE",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}


@dataclass(frozen=True)
class Column:
    """One column of a record table.

    Unknown: NULL always means that the vendor did not say.
    Shape: `kind` names the kind whose values the column holds; `many` says that the text holds several of
    them, separated by `;` (raw files may list them).
    """

    name: str
    type: Type
    says: str
    kind: str | None = None
    required: bool = False
    many: bool = False


@dataclass(frozen=True)
class Address:
    """Columns that together are one postal address and yield one `postal_address` value.

    Shape: `prefix` is put before street, city, region, postal_code and country.
    """

    prefix: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the five columns, in the order in which a cleaned address is built."""
        return tuple(self.prefix + part for part in ("street", "city", "region", "postal_code", "country"))


@dataclass(frozen=True)
class Table:
    """One record table.

    Shape: `time` is the column that dates a row, `reaches` the ways from a row to a subject, tried in order: `worker`
    (worker_id), `payroll` (worker_id, as that payroll numbers people), `application` (application_id), `account` (an
    e-mail column, named after a colon), `device` (device_id and the holder at that time) and `parcel` (what other rows
    of the parcel say, or who held the computer in it from then on).
    `amount` is the column that sightings add up, if any.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    time: str | None
    reaches: tuple[str, ...]
    addresses: tuple[Address, ...] = ()
    amount: str | None = None

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without which a row is set aside."""
        return tuple(c.name for c in self.columns if c.required)


COMMON: tuple[Column, ...] = (
    Column("company", "text", "whose record it is: the folder under EXPORTS", required=True),
    Column("event_ref", "text", "`source:vendor id`, or `source:hash of the raw item`", required=True),
    Column("source", "text", "which source read it; `records` if it came in this shape", required=True),
)


def address(prefix: str = "", what: str = "address") -> tuple[Column, ...]:
    """The five columns of one postal address."""
    return tuple(Column(name, "text", f"{what}: {name.removeprefix(prefix)}") for name in Address(prefix).columns)
