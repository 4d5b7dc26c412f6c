"""The error tree: each error has an exit code of its kind, and the doctest holds."""

import doctest

from bookwheel import errors


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(errors).failed == 0


def test_every_error_is_drawn_in_the_tree() -> None:
    drawn = errors.__doc__ or ""
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, errors.BookwheelError):
            assert name in drawn
