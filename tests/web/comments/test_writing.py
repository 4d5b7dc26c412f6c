"""Writing comments, reporting them, and giving stars."""

import pytest
from allauth.account.models import EmailAddress

from bookwheel.web.comments import writing
from bookwheel.web.comments.models import Comment, Rating, Report, State
from bookwheel.web.comments.tab import comments_of, rating_of
from bookwheel.web.comments.writing import Refused, rate, report, rewrite, write
from bookwheel.web.people.models import Person
from bookwheel.web.works.models import Work


def said(person: Person | None, work: Work) -> list[str]:
    return [comment.text for comment in comments_of(person, work.record_id)]


def test_comment_is_seen_at_once(reader: Person, work: Work) -> None:
    write(reader, work, "First.")
    write(reader, work, "Second.")
    assert said(None, work) == ["First.", "Second."]


@pytest.mark.usefixtures("moderated")
def test_waiting_comment_is_seen_by_its_writer_alone(reader: Person, other: Person, work: Work) -> None:
    write(reader, work, "First.")
    assert comments_of(reader, work.record_id)[0].is_waiting
    assert said(other, work) == said(None, work) == []


@pytest.mark.usefixtures("moderated")
def test_curators_own_comment_waits_for_nobody(curator: Person, work: Work) -> None:
    assert write(curator, work, "First.").state == State.SHOWN


@pytest.mark.usefixtures("moderated")
def test_changed_comment_is_read_anew(reader: Person, work: Work) -> None:
    comment = write(reader, work, "First.")
    Comment.objects.update(state=State.SHOWN)
    comment.refresh_from_db()
    rewrite(comment, "Buy this.")
    assert said(None, work) == []


def test_hidden_comment_stays_hidden_when_changed(reader: Person, work: Work) -> None:
    comment = write(reader, work, "First.")
    comment.state = State.HIDDEN
    comment.save()
    rewrite(comment, "Second.")
    assert said(None, work) == []
    assert comments_of(reader, work.record_id)[0].is_hidden


@pytest.mark.parametrize(
    ("text", "why"), [(" \n ", "Write something first."), ("x" * 2001, "This has 2001 characters")]
)
def test_refused_comment_says_why(reader: Person, work: Work, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        write(reader, work, text)
    assert not Comment.objects.exists()


def test_longest_comment_is_taken(reader: Person, work: Work) -> None:
    write(reader, work, "ü" * 2000)
    assert len(said(None, work)[0]) == 2000


def test_day_has_a_cap(reader: Person, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "A_DAY", 1)
    write(reader, work, "First.")
    with pytest.raises(Refused, match="a day"):
        write(reader, work, "Second.")


def test_unverified_address_writes_reports_and_rates_nothing(reader: Person, other: Person, work: Work) -> None:
    comment = write(other, work, "First.")
    EmailAddress.objects.filter(user=reader).update(verified=False)
    for action in (
        lambda: write(reader, work, "Second."),
        lambda: report(reader, comment),
        lambda: rate(reader, work, 5),
    ):
        with pytest.raises(Refused, match="verified"):
            action()


def test_reader_reports_a_comment_once(reader: Person, other: Person, work: Work) -> None:
    comment = write(other, work, "Buy this.")
    report(reader, comment)
    report(reader, comment)
    assert Report.objects.count() == 1
    assert said(None, work) == ["Buy this."]


def test_stars_are_changed_and_taken_away(reader: Person, other: Person, work: Work) -> None:
    rate(reader, work, 5)
    rate(reader, work, 4)
    rate(other, work, 1)
    assert (rating_of(reader, work.record_id).mean, rating_of(reader, work.record_id).count) == (2.5, 2)
    assert rating_of(reader, work.record_id).mine == 4
    rate(reader, work, 0)
    assert [row.person for row in Rating.objects.all()] == [other]


@pytest.mark.parametrize("stars", [-1, 6, 100])
def test_other_numbers_are_no_stars(reader: Person, work: Work, stars: int) -> None:
    with pytest.raises(Refused):
        rate(reader, work, stars)


def test_closed_account_speaks_and_counts_no_more(reader: Person, work: Work) -> None:
    write(reader, work, "First.")
    rate(reader, work, 5)
    Person.objects.update(is_active=False)
    assert said(None, work) == []
    assert rating_of(None, work.record_id).count == 0
