"""Extension points: every name of ours can be imported, unknown ones are answered with the known."""

import pytest

from bookwheel import plugins
from bookwheel.errors import ConfigError, UnknownNameError

OURS = [(point, name) for point, table in plugins.POINTS.items() for name in table]


@pytest.mark.parametrize(("point", "name"), OURS)
def test_every_name_of_ours_can_be_imported(point: str, name: str) -> None:
    assert callable(plugins.load(point, name))
    assert name in plugins.names(point)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown engine 'tantivi'; known: tantivy\. Did you mean 'tantivy'"):
        plugins.load("engine", "tantivi")


def test_a_plugin_that_cannot_be_imported_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "POINTS", {"engine": {"solar": "bookwheel_solar.engine:open"}})
    with pytest.raises(ConfigError, match="engine 'solar' cannot be imported: No module named 'bookwheel_solar'"):
        plugins.load("engine", "solar")
