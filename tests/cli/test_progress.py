"""Progress without a terminal: a line now and then."""

import pytest

from bookwheel.cli.progress import Lines, shown


def test_lines_come_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    lines = Lines("harvest doaj", clock=lambda: now[0])
    lines.total(1_000)
    for second in (4, 8, 12, 16, 20):
        now[0] = second
        lines.advance(100)
    lines.end()
    assert capsys.readouterr().err.splitlines() == [
        "harvest doaj: 300 of 1,000, 25/s, about 28 s to go",
        "harvest doaj: 500 of 1,000, 25/s, about 20 s to go",
    ]


def test_a_job_without_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with shown("index") as progress:
        progress.total(0)
    assert capsys.readouterr() == ("", "")


def test_messages_bear_the_name_of_the_job(capsys: pytest.CaptureFixture[str]) -> None:
    with shown("harvest doaj") as progress:
        progress.message("page 3 was asked for twice")
    assert capsys.readouterr().err == "harvest doaj: page 3 was asked for twice\n"


def test_a_terminal_gets_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with shown("index") as progress:
        progress.total(10)
        progress.advance(10)
        progress.message("[brackets] stay as they are")
    drawn = capsys.readouterr().err
    assert "10/10" in drawn
    assert "[brackets] stay as they are" in drawn
