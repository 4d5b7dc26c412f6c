"""What tests of every room may ask for."""

from tests.postgresql import postgresql as postgresql
