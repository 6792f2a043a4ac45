"""One base error and a handful of leaves. A message names the thing, the rule and the next step."""


class UncountedError(Exception):
    """Base of all expected errors.

    ``thing`` is what the error is about, ``rule`` what it offends, ``remedy`` what to do next; ``exit_status`` is
    what the command line leaves with.
    """

    exit_status = 2

    def __init__(self, thing: str, rule: str, remedy: str = "") -> None:
        super().__init__(thing, rule, remedy)
        self.thing, self.rule, self.remedy = thing, rule, remedy

    def __str__(self) -> str:
        said = f"{self.thing}: {self.rule}"
        return f"{said}. {self.remedy}" if self.remedy else said


class NotFound(UncountedError):
    """The thing asked for is not there."""


class BadInput(UncountedError):
    """What was given cannot be used as it is."""


class Refused(UncountedError):
    """The act would break a rule of the record, so it was not done."""


class Broken(UncountedError):
    """Something stored is not what was stored."""

    exit_status = 1


class NotEnough(UncountedError):
    """The data cannot carry a number. A refusal to give one is a result."""

    exit_status = 3
