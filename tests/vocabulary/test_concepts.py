import pytest

from bookwheel.vocabulary.concepts import MAX_TERMS, Concept, as_said


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("Infarction, Myocardial", "Myocardial Infarction"),
        ("tick paralysis (disorder)", "tick paralysis"),
        ("Lead (element)", "Lead (element)"),
        ("2,4-D", "2,4-D"),
    ],
)
def test_a_term_as_it_is_said(term: str, said: str) -> None:
    assert as_said(term) == said


def test_terms_are_bounded_and_each_once() -> None:
    assert Concept("a", ("b", "a", "", "x" * 301)).terms == ("a", "b")
    assert len(Concept("a", tuple(map(str, range(1000)))).terms) == MAX_TERMS
