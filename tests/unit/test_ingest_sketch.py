"""What nearly the same text is known by."""

from ingest.sketch import sketch_of


def test_a_sketch_is_what_libraries_hold_already() -> None:
    assert sketch_of("The harbour of Weser was shut again on Monday.") == (
        1629998561567119057,
        4810670560579919352,
        4871071833727061961,
        5312850105515923221,
        6627881470407740681,
    )


def test_a_text_of_few_words_has_no_sketch() -> None:
    assert sketch_of("The harbour is shut.") == ()
