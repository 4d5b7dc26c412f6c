"""The key that signs: made once, kept for its owner alone, and the same for every process."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bookwheel.web.secret import FILE_NAME, kept_secret


def test_the_key_stays_the_same(tmp_path: Path) -> None:
    first = kept_secret(tmp_path)
    assert len(first) >= 50
    assert kept_secret(tmp_path) == first
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: kept_secret(tmp_path), range(40)))) == 1


def test_without_a_folder_to_write_to_there_is_a_key_all_the_same(tmp_path: Path) -> None:
    assert kept_secret(None) != kept_secret(None)
    assert kept_secret(tmp_path / "missing")
