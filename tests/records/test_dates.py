import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.records.dates import doaj_date, publication_date, year_and_month
from bookwheel.records.model import PublicationDate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2012", "2012"),
        ("2012-03", "2012-03"),
        ("2012-3-5", "2012-03-05"),
        ("2012-03-15T10:00:00Z", "2012-03-15"),
        ("2012-13-01", "2012"),
        ("2012-02-30", "2012-02"),
        ("2012-00-00", "2012"),
        ("Spring 2012", "2012"),
        ("[c1998]", "1998"),
        ("2010-2012", "2010"),
    ],
)
def test_publication_date(text: str, value: str) -> None:
    assert publication_date(text) == PublicationDate(value, text)


@pytest.mark.parametrize("text", ["", "20255", "0201", "9999", "n.d.", "12 March", "٢٠١٢٣"])
def test_what_names_no_year(text: str) -> None:
    assert publication_date(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2012-01-01", "2012"),
        ("2012-03-01", "2012-03"),
        ("2012-03-15", "2012-03-15"),
        ("2012-01-15", "2012-01-15"),
        ("2012-01", "2012"),
        ("2012", "2012"),
    ],
)
def test_what_doaj_made_up_is_dropped(text: str, value: str) -> None:
    assert doaj_date(text) == PublicationDate(value, text)


@pytest.mark.parametrize(
    ("year", "month", "value"),
    [
        ("2012", "1", "2012-01"),
        ("2012", "11", "2012-11"),
        ("2012", "", "2012"),
        ("2012", "13", "2012"),
        ("2012", "May", "2012"),
    ],
)
def test_year_and_month(year: str, month: str, value: str) -> None:
    assert year_and_month(year, month) == PublicationDate(value, value)


@pytest.mark.parametrize("year", ["12", "20255", "", "0201", "²⁰¹²"])
def test_a_year_has_four_digits(year: str) -> None:
    assert year_and_month(year, "1") is None


@given(st.text() | st.from_regex(r"\d{1,5}-\d{1,3}-\d{1,3}", fullmatch=True))
def test_dates_never_raise_and_know_their_year(text: str) -> None:
    for date in (publication_date(text), doaj_date(text)):
        assert date is None or 1400 <= date.year <= 2100
