import pytest

from bookwheel.exports.citing.people import Person, initials, is_western, person, spaced_initials


@pytest.mark.parametrize(
    ("given", "mark", "shown"),
    [
        ("Agostino", ". ", "A."),
        ("Tjip S.", ". ", "T. S."),
        ("J.R.R.", ". ", "J. R. R."),
        ("Jean-Pierre", ". ", "J.-P."),
        ("Karl-Heinz", "", "KH"),
        ("Min-jun", "", "MJ"),
        ("Amélie", "", "A"),
        ("Ph.M.", ".", "Ph.M."),
        ("Santiago y Ramón", ". ", "S. y R."),
        ("", ". ", ""),
    ],
)
def test_initials(given: str, mark: str, shown: str) -> None:
    assert initials(given, mark, hyphenates=mark != "") == shown


def test_names_that_stay_whole_have_their_initials_spaced() -> None:
    assert spaced_initials("J.R. Ronald", ". ") == "J. R. Ronald"


def test_particles_in_small_letters_are_found() -> None:
    assert person({"family": "van der Werf", "given": "Tjip"}) == Person("Werf", "Tjip", non_dropping="van der")
    assert person({"family": "Humboldt", "given": "Alexander von"}) == Person("Humboldt", "Alexander", "von")
    assert person({"family": "d'Artagnan"}) == Person("Artagnan", non_dropping="d’")


def test_a_body_and_a_given_name_alone_stay_whole() -> None:
    assert person({"literal": "Wheel Group"}).literal == "Wheel Group"
    assert person({"given": "Plato"}).literal == "Plato"


def test_names_of_east_asian_scripts_are_known() -> None:
    assert not is_western(Person("王", "小明"))
    assert is_western(Person("Иванов", "Иван"))
