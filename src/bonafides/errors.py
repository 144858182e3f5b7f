"""Errors named by what the caller should do next. No message may hold a person's data."""


class BonafidesError(Exception):
    """Root of all errors of ours; never raised itself."""


class SetAside(BonafidesError):
    """This one item or file cannot be used: note it with its reason and carry on."""


class StopSource(BonafidesError):
    """This source cannot be trusted this run: keep the others, mark it failed."""


class TryLater(BonafidesError):
    """Something outside did not answer: the same call may work later."""


class BadUnit(BonafidesError):
    """A unit in the tree (source, indicator, kind, export) is written wrongly: stop now."""


class BadSettings(BonafidesError):
    """What the caller asked for cannot be done as asked: the message says what to change."""
