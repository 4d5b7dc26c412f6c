import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.records.model import Contributor
from bookwheel.records.names import Name, name_of, split_name

CASES = """
Agostino Cortelezzi                 | Cortelezzi, Agostino
Cortelezzi, Agostino                | Cortelezzi, Agostino
Tjip S. van der Werf                | van der Werf, Tjip S.
van der Werf, Tjip S.               | van der Werf, Tjip S.
Maria da Silva                      | da Silva, Maria
Ludwig van Beethoven                | van Beethoven, Ludwig
Andrea De Luca                      | De Luca, Andrea
M. de La Hoya                       | de La Hoya, M.
H. M. Van Praag                     | Van Praag, H. M.
Van Gelder                          | Gelder, Van
Hung Van Tran                       | Tran, Hung Van
Gabriel García Márquez              | García Márquez, Gabriel
Ana Lopez Ruiz                      | Lopez Ruiz, Ana
Santiago Ramón y Cajal              | Ramón y Cajal, Santiago
José Ortega y Gasset                | Ortega y Gasset, José
Elias Abdo Filho                    | Abdo Filho, Elias
Maria Luiza Dias Genta              | Genta, Maria Luiza Dias
Martin Luther King Jr.              | King, Martin Luther, Jr.
H F Gilbert 3rd                     | Gilbert, H F, 3rd
King, Martin Luther, Jr.            | King, Martin Luther, Jr.
John Smith, MD, PhD                 | Smith, John
Dr. John Smith                      | Smith, John
John Smith PhD                      | Smith, John
Jack Ma                             | Ma, Jack
Bansal S                            | Bansal, S
Kaur IP                             | Kaur, IP
Smith J A                           | Smith, J A
Jun LI                              | LI, Jun
J. R. R. Tolkien                    | Tolkien, J. R. R.
Jean-Pierre Dupont                  | Dupont, Jean-Pierre
Иван Иванович Иванов                | Иванов, Иван Иванович
王小明                              | 王, 小明
欧阳修                              | 欧阳, 修
田中 太郎                           | 田中, 太郎
田中太郎                            | 田中太郎
김철수                              | 김, 철수
Plato                               | Plato
                                    |
"""


def cases() -> list[tuple[str, str]]:
    lines = CASES.splitlines()[1:]
    return [(printed.strip(), inverted.strip()) for printed, inverted in (line.split("|") for line in lines)]


@pytest.mark.parametrize(("printed", "inverted"), cases())
def test_inverted(printed: str, inverted: str) -> None:
    assert split_name(printed).inverted == inverted


@pytest.mark.parametrize(
    ("printed", "direct"),
    [
        ("van der Werf, Tjip S.", "Tjip S. van der Werf"),
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("王, 小明", "王小明"),
        ("Plato", "Plato"),
    ],
)
def test_direct(printed: str, direct: str) -> None:
    assert split_name(printed).direct == direct


@given(st.text())
def test_inverting_twice_equals_once(printed: str) -> None:
    inverted = split_name(printed).inverted
    assert split_name(inverted).inverted == inverted


def test_a_body_stays_whole() -> None:
    assert name_of(Contributor("Institute of Book Wheels", is_organisation=True)) == Name("Institute of Book Wheels")


def test_parts_of_the_payload_win() -> None:
    assert name_of(Contributor("Ana Li Xu", family="Li Xu", given="Ana")) == Name("Li Xu", "Ana")
    assert name_of(Contributor("x", family="King", given="Martin", suffix="Jr.")) == Name("King", "Martin", "Jr.")
