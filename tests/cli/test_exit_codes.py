"""Every exit code of the error tree has its meaning in the table."""

from bookwheel import errors
from bookwheel.cli import exit_codes


def test_every_error_has_a_documented_code() -> None:
    raised = {
        thing.exit_code
        for thing in vars(errors).values()
        if isinstance(thing, type) and issubclass(thing, errors.BookwheelError)
    }
    own = {value for name, value in vars(exit_codes).items() if name.isupper() and isinstance(value, int)}
    assert raised | own == set(exit_codes.MEANINGS)
