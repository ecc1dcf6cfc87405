"""What kind of thing a question asks for, and whether a sentence holds it."""

import pytest

from rag.answer_types import has_answer_type


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("Ardent closed the port because the quay was sinking.", 1.0),
        ("Fearing a second flood, the council moved the town.", 1.0),
        ("Ardent closed the port after divers found cracks in the quay.", 0.5),
        ("The port was shut, the minister saying that its quay was sinking.", 0.5),
        ("Ships turned back a day after Ardent closed the port.", 0.0),
        ("Ardent closed the port in March.", 0.0),
    ],
)
def test_a_reason_is_more_than_what_was_asked_about(sentence: str, held: float) -> None:
    assert has_answer_type("Why did Ardent close the port?", sentence) == held
