import pytest

from bookwheel.formats.bibtex_entry import Entry, entries


def test_values_are_joined_and_strings_put_in() -> None:
    found = list(
        entries('@string(j = "J. " # {of X}) @article(k:1, journal = j # ", " # 12, month = jan, note = unknown)')
    )
    assert found == [Entry("article", "k:1", {"journal": "J. of X, 12", "month": "January", "note": "unknown"})]


def test_comments_and_preambles_are_passed_over() -> None:
    text = '@comment{jabref-meta: x;} @preamble{"\\newcommand"} @Book{a, Title = "T {with \\" quotes}"}'
    assert list(entries(text)) == [Entry("book", "a", {"title": 'T {with \\" quotes}'})]


def test_the_first_of_two_fields_counts() -> None:
    (entry,) = entries("@misc{a, url = {1}, url = {2}}")
    assert entry.fields == {"url": "1"}


@pytest.mark.parametrize("text", ["@misc{a, title = {never", '@misc{a, title = "never', "@misc{a, title = {x} # {y"])
def test_a_value_without_end_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="has no end"):
        list(entries(text))


@pytest.mark.parametrize("text", ["", "no entry", "@", "@misc", "@misc{", "@misc{a", "@misc{a,}", "@misc{,title={x}}"])
def test_less_than_an_entry_is_no_error(text: str) -> None:
    assert len(list(entries(text))) <= 1
