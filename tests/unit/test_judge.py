"""What several passages say of a claim together."""

from collections.abc import Sequence

import pytest

from rag.domain import Document, Judgement, Origin, Passage, Span, Verdict
from rag.evidence.judge import judge
from rag.ports import Entailment, Said


class Credulous:
    """A verifier that takes everything for support."""

    name = "credulous"

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return []

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        return [Entailment(0.7, 0.1, 0.2) for _ in texts]


ARDENT = "Ardent's council banned the grain of Belmar."
BELMAR = "In May, Belmar banned the grain of Ardent."
VAGUE = "In spring no grain of Ardent reached the harbour of Belmar."


def judged(claim: str, *texts: str) -> Judgement:
    documents = {text: Document(id=text, text=text, origin=Origin(path="a.txt")) for text in texts}
    passages = [Passage.cut(document, Span(0, len(document.text))) for document in documents.values()]
    return judge(claim, passages, verifier=Credulous(), document=documents.__getitem__)


@pytest.mark.parametrize(
    "claim", ["Belmar banned the grain of Ardent.", "belmar banned the grain of ardent", "BELMAR BANNED ARDENT'S GRAIN"]
)
def test_what_a_passage_tells_the_other_way_round_no_model_supports(claim: str) -> None:
    judgement = judged(claim, ARDENT, VAGUE)
    assert judgement.verdict is Verdict.CONTRADICTED
    assert judgement.citations == ()
    assert [citation.quote for citation in judgement.contradicting] == [ARDENT]


def test_the_words_of_one_passage_support_a_claim_that_another_turns_round() -> None:
    judgement = judged("Belmar banned the grain of Ardent.", ARDENT, BELMAR)
    assert judgement.verdict is Verdict.SUPPORTED
    assert len(judgement.contradicting) == 1


def test_the_model_supports_what_no_passage_turns_round() -> None:
    assert judged("Ardent's grain was banned by Belmar.", VAGUE).verdict is Verdict.SUPPORTED


def test_the_claim_is_given_back_as_it_was_typed() -> None:
    assert judged("belmar banned the grain of ardent", BELMAR).claim == "belmar banned the grain of ardent"


def test_sentences_of_a_claim_may_each_rest_on_another_document() -> None:
    judgement = judged(
        "Belmar banned the grain of Ardent. The mill in Oster burned down.", BELMAR, "The mill in Oster burned down."
    )
    assert judgement.verdict is Verdict.SUPPORTED
    assert len(judgement.citations) == 2


def test_a_sentence_that_refers_to_the_one_before_is_about_what_that_names() -> None:
    claim = "Jon Vask rents the mill. He pays 900 crowns."
    assert judged(claim, "Jon Vask rents the mill.", "Mira Holt pays 900 crowns.").verdict is not Verdict.SUPPORTED
    assert judged(claim, "Jon Vask rents the mill. He pays 900 crowns.").verdict is Verdict.SUPPORTED
