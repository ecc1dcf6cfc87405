"""Names that stand where another stands."""

from pathlib import Path

import pytest

from rag.search.alike import names_alike
from tests.unit.test_talk import library_of


@pytest.mark.parametrize(
    ("noun", "texts"),
    [
        ("tenant", ("Tenant: Ada Krol. Rent: 812 florins.", "Tenant: Benno Marsh. Rent: 940 florins.")),
        ("tenant", ("Lease between Oster Homes and Ada Krol.", "Lease between Oster Homes and Benno Marsh.")),
        ("cook", ("The bakery engages Ada Krol as cook.", "The bakery engages Benno Marsh as a cook.")),
        ("buyer", ("Ada Krol (the “Buyer”) pays 812 florins.", "Benno Marsh (the “Buyer”) pays 940 florins.")),
    ],
)
def test_the_other_is_found_by_label_by_role_or_by_the_words_before(
    tmp_path: Path, noun: str, texts: tuple[str, str]
) -> None:
    library = library_of(tmp_path, one=texts[0], two=texts[1]).library
    assert names_alike(noun, ["Ada Krol"], library) == ["Benno Marsh"]


def test_where_nobody_else_is_named_there_is_no_other(tmp_path: Path) -> None:
    library = library_of(tmp_path, one="Tenant: Ada Krol. The tenant pays 812 florins.").library
    assert names_alike("tenant", ["Ada Krol"], library) == []


def test_a_noun_is_no_pattern(tmp_path: Path) -> None:
    assert names_alike("s", ["Ada Krol"], library_of(tmp_path, one="Tenant: Ada Krol.").library) == []
