import pytest

from bookwheel.exports.abbreviation import abbreviated


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Advances in Hematology", "Adv. Hematol."),
        ("The New England Journal of Medicine", ""),
        ("Journal of Clinical Oncology", "J. Clin. Oncol."),
        ("American journal of public health", "Am. J. Public Health"),
        ("PLoS One", "PLoS One"),
        ("Blood", "Blood"),
        ("The Lancet", "Lancet"),
        ("BMC Anesthesiology", "BMC Anesthesiol."),
        ("NeuroImage: Clinical", ""),
        ("Revista Xenica de Ruedas", ""),
        ("", ""),
    ],
)
def test_titles(title: str, short: str) -> None:
    assert abbreviated(title) == short
