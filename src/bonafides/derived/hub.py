"""One value that several subjects hold, and how likely values like it are a network's."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="hub",
    says="one value that several subjects hold, and how likely values like it are a network's",
    columns=(
        Column("hub", "integer", "number of the hub, in order of kind and value"),
        Column("kind", "text", "kind"),
        Column("family", "text", "the cause that kinds share"),
        Column("value", "text", "the value"),
        Column("likeness", "text", "the class of like values over which the share was estimated"),
        Column("parties", "integer", "holders that nothing innocent joins: one household or agency counts once"),
        Column("share", "number", "share of values like it that are a network's (0..1)"),
        Column("held", "number", "share of a network value's holders who are stand-ins (0..1)"),
        Column("weight", "number", "decibans that holding it is worth when nothing is known of the other holders"),
        Column("free", "number", "how much likelier than the prior a holder is a stand-in when the value is honest"),
        Column("is_lead", "boolean", "false: another value of the same few parties stands for it"),
        Column("explained_by", "text", "what explains all of it; NULL if nothing does"),
    ),
    time=None,
    reaches=(),
)
