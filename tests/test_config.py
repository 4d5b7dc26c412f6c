"""Settings: an empty file works, and every mistake is answered with what to do."""

from pathlib import Path

import pytest

from bookwheel.config import FILE_NAME, Config, SourceConfig, read_config
from bookwheel.errors import CatalogueError, ConfigError


def catalogue(folder: Path, settings: str) -> Path:
    (folder / FILE_NAME).write_text(settings, encoding="utf-8")
    return folder


def test_an_empty_file_is_a_working_system(tmp_path: Path) -> None:
    config = read_config(catalogue(tmp_path, ""), {})
    assert config == Config(folder=tmp_path.resolve())
    assert config.store_url == f"sqlite:///{tmp_path.resolve() / 'records.sqlite3'}"


def test_settings_and_sources_are_read(tmp_path: Path) -> None:
    text = """
        title = "Haematology"
        facets = ["format", "language"]
        [sources.doaj]
        url = "https://repository.example/oai"
        sets = ["a", "b"]
        overlap_hours = 72
    """
    config = read_config(catalogue(tmp_path, text), {})
    assert config.title == "Haematology"
    assert config.facets == ("format", "language")
    assert config.sources["doaj"] == SourceConfig(
        url="https://repository.example/oai", sets=("a", "b"), overlap_hours=72
    )


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    environment = {
        "BOOKWHEEL_TITLE": "From outside",
        "BOOKWHEEL_PAGE_SIZE": "50",
        "BOOKWHEEL_ALLOWED_HOSTS": "search.example.org, www.example.org",
        "BOOKWHEEL_FOLDER": "/elsewhere",
    }
    config = read_config(catalogue(tmp_path, 'title = "From the file"'), environment)
    assert (config.title, config.page_size) == ("From outside", 50)
    assert config.allowed_hosts == ("search.example.org", "www.example.org")
    assert config.folder == tmp_path.resolve()


def test_a_switch_in_the_environment_is_true_or_false(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, "semantic = true")
    assert read_config(folder, {"BOOKWHEEL_SEMANTIC": "false"}).semantic is False
    with pytest.raises(ConfigError, match="BOOKWHEEL_SEMANTIC='yes' is neither true nor false"):
        read_config(folder, {"BOOKWHEEL_SEMANTIC": "yes"})


def test_a_folder_without_the_file_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"is no catalogue: it has no bookwheel\.toml\. 'bookwheel init"):
        read_config(tmp_path, {})


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("titel = 'x'", "unknown setting 'titel'. Did you mean 'title'"),
        ("[sources.doaj]\nurll = 'x'", r"\[sources.doaj\]: unknown setting 'urll'. Did you mean 'url'"),
        ("page_size = 'many'", "Expected `int`, got `str` - at `\\$.page_size`"),
        ("title = ", "Invalid value"),
        ("folder = '/tmp'", "unknown setting 'folder'"),
        ("sources = 3", "Expected `object`, got `int`"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(tmp_path: Path, settings: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        read_config(catalogue(tmp_path, settings), {})
    assert str(tmp_path / FILE_NAME) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_number_in_the_environment_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="BOOKWHEEL_PAGE_SIZE='many' is no whole number"):
        read_config(catalogue(tmp_path, ""), {"BOOKWHEEL_PAGE_SIZE": "many"})


def test_an_interval_that_cannot_be_read_names_its_source(tmp_path: Path) -> None:
    (tmp_path / "bookwheel.toml").write_text('[sources.doaj]\nevery = "daily"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[sources.doaj\]: every='daily' is no interval. Write it as"):
        read_config(tmp_path, {})
