"""The exact checks: what passes as supported, and what must never."""

from collections.abc import Sequence

import pytest

from rag.domain import Block, BlockKind, Document, Origin, Passage, Span, Verdict
from rag.evidence.verify import verify
from rag.ports import Entailment, Said
from tests.tables import passage_of

TEXT = (
    "On August 24, 2023, Ardent banned imports of all grain from Belmar after Belmar dammed the river. "
    "Officials denied that Belmar had paid 1,200 crowns. Exports may resume within months. "
    "Mira Holt met Jon Vask in Oster, but Belmar did not respond. Ardent’s minister didn't resign."
)


def passage(text: str = TEXT) -> Passage:
    return Passage.cut(Document(id="d", text=text, origin=Origin("d.txt")), Span(0, len(text)))


@pytest.mark.parametrize(
    "claim",
    [
        "On August 24, 2023, Ardent banned imports of all grain from Belmar after Belmar dammed the river.",
        "Ardent banned imports of grain from Belmar.",
        "Ardent had banned the import of all the grain from Belmar",
        "Exports may resume within months.",
        "Mira Holt met Jon Vask in Oster.",
        "Belmar did not respond.",
        "Ardent's minister did not resign.",
    ],
)
def test_what_the_words_say_is_supported(claim: str) -> None:
    assert verify(claim, passage()).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("Belmar banned imports of all grain from Ardent.", id="swapped actors"),
        pytest.param("Jon Vask met Mira Holt in Oster.", id="swapped names"),
        pytest.param("Ardent did not ban imports of grain from Belmar.", id="negated"),
        pytest.param("On August 24, 2022, Ardent banned imports of all grain from Belmar.", id="changed year"),
        pytest.param("On August 25, 2023, Ardent banned imports of all grain from Belmar.", id="changed day"),
        pytest.param("Belmar had paid 1,200 crowns.", id="denied"),
        pytest.param("Belmar had paid 1,300 crowns.", id="changed number"),
        pytest.param("Exports resume within months.", id="certain where the words are not"),
        pytest.param("Belmar did respond.", id="negation dropped"),
        pytest.param("Mira Holt met Jon Vask in Paris.", id="changed place"),
        pytest.param("Ardent banned imports of all grain to Belmar.", id="changed direction"),
        pytest.param("Ardent banned imports of all grain from Belmar and the river froze.", id="invented tail"),
        pytest.param("The minister of Ardent resigned.", id="contraction dropped"),
        pytest.param("Tulips are red.", id="another matter"),
        pytest.param("...", id="no words"),
    ],
)
def test_what_the_words_do_not_say_is_not_supported(claim: str) -> None:
    assert verify(claim, passage()).verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    "claim",
    [
        "Ardent did not ban imports of grain from Belmar.",
        "On August 24, 2022, Ardent banned imports of all grain from Belmar.",
        "Belmar had paid 1,200 crowns.",
    ],
)
def test_the_opposite_of_the_words_is_contradicted(claim: str) -> None:
    assert verify(claim, passage()).verdict is Verdict.CONTRADICTED


def test_the_span_names_the_sentence_that_decides() -> None:
    check = verify("Mira Holt met Jon Vask in Oster.", passage())
    assert check.span is not None
    assert check.span.of(TEXT) == "Mira Holt met Jon Vask in Oster, but Belmar did not respond."


def test_a_claim_over_two_sentences_is_supported_by_both() -> None:
    text = "The mill burned down. Two horses died."
    check = verify("The mill burned down; two horses died.", passage(text))
    assert check.span == Span(0, len(text))


def test_a_paraphrase_is_left_unchecked_by_exact_checks() -> None:
    assert verify("Imports of grain from Belmar were banned by Ardent.", passage()).verdict is Verdict.UNCHECKED


class AgreeableVerifier:
    """Supports whatever it is asked."""

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return []

    def verify(self, claim: str, texts: list[str]) -> list[Entailment]:
        return [Entailment(supported=0.9, contradicted=0.05, unsupported=0.05) for _ in texts]


def test_the_verifier_model_decides_what_exact_checks_leave_open() -> None:
    claim = "Imports of grain from Belmar were banned by Ardent."
    assert verify(claim, passage(), verifier=AgreeableVerifier()).verdict is Verdict.SUPPORTED


class CloseVerifier(AgreeableVerifier):
    """Reads statements with where they stand: it supports only what stands under a lease."""

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        sure, never = Entailment(0.97, 0.01, 0.02), Entailment(0.01, 0.01, 0.98)
        return [sure if "Lease" in one.context else never for one in statements]


@pytest.mark.parametrize(("heading", "verdict"), [("Lease", Verdict.SUPPORTED), ("Offer", Verdict.UNSUPPORTED)])
def test_of_a_row_the_close_reading_nearly_decides(heading: str, verdict: Verdict) -> None:
    rows = passage_of(f"# {heading}\n\n| Room | Rent |\n|---|---|\n| Attic | 400 |\n| Cellar | 200 |\n")
    assert verify("One pays 400 for living in the attic.", rows, verifier=CloseVerifier()).verdict is verdict


def test_the_verifier_model_cannot_overrule_a_changed_number() -> None:
    claim = "On August 24, 2022, Ardent banned imports of all grain from Belmar."
    assert verify(claim, passage(), verifier=AgreeableVerifier()).verdict is not Verdict.SUPPORTED


def test_the_verifier_model_cannot_overrule_actors_who_change_places() -> None:
    text = "After the flood, Belmar's council banned every import of grain that came from Ardent."
    claim = "Ardent banned grain of Belmar."
    assert verify(claim, passage(text), verifier=AgreeableVerifier()).verdict is not Verdict.SUPPORTED


def test_a_model_that_sees_it_too_is_not_turned_round_with_the_actors() -> None:
    class Denies:
        def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
            return []

        def verify(self, claim: str, texts: list[str]) -> list[Entailment]:
            return [Entailment(supported=0.05, contradicted=0.9, unsupported=0.05) for _ in texts]

    text = "After the flood, Belmar's council banned every import of grain that came from Ardent."
    check = verify("Ardent banned grain of Belmar.", passage(text), verifier=Denies())
    assert check.verdict is Verdict.CONTRADICTED


def test_the_verifier_model_cannot_support_what_shares_no_word_with_the_passage() -> None:
    assert verify("text text text text", passage(), verifier=AgreeableVerifier()).verdict is not Verdict.SUPPORTED


class JoiningVerifier:
    """Supports a claim where one text tells of both the mill and the bridge, and of nothing between them."""

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return []

    def verify(self, claim: str, texts: list[str]) -> list[Entailment]:
        both = ["mill" in text and "bridge" in text for text in texts]
        return [Entailment(0.9, 0.05, 0.05) if holds else Entailment(0.1, 0.1, 0.8) for holds in both]


def test_a_claim_that_joins_sentences_is_checked_against_them_together() -> None:
    text = "The mill burned down. Prices rose. Nobody was hurt. Weeks later the bridge fell."
    check = verify("The mill burned and the bridge fell down.", passage(text), verifier=JoiningVerifier())
    assert check.verdict is Verdict.SUPPORTED
    assert check.span is not None
    assert check.span.of(text) == text


def test_passages_of_the_same_words_are_each_read_as_they_were_cleaned() -> None:
    # What is cut is kept, by the text and its search copy: one must not answer for the other.
    text, cleaned = "Ardent did ![not](x.png) ban grain.", "Ardent did             ban grain."
    document = Document(
        id="d", text=text, origin=Origin("d.txt"), search_text=cleaned + " " * (len(text) - len(cleaned))
    )
    as_cleaned = Passage.cut(document, Span(0, len(text)))
    assert verify("Ardent did not ban grain.", as_cleaned).verdict is Verdict.CONTRADICTED
    assert verify("Ardent did not ban grain.", passage(text)).verdict is not Verdict.CONTRADICTED
    assert verify("Ardent did not ban grain.", as_cleaned).verdict is Verdict.CONTRADICTED


def test_a_passage_of_which_cleaning_leaves_nothing_supports_nothing() -> None:
    text = "![Ardent banned grain](x.png)"
    blank = Document(id="d", text=text, origin=Origin("d.txt"), search_text=" " * len(text))
    check = verify("Ardent banned grain.", Passage.cut(blank, Span(0, len(text))), verifier=AgreeableVerifier())
    assert check.verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("The bill for the hall is £49.90.", "The bill for the hall is 49.90 pounds."),
        ("The bill for the hall is € 1,204.", "The bill for the hall is 1,204 euros."),
        ("The bill for the hall is $12.", "The bill for the hall is 12 US dollars."),
    ],
)
def test_money_may_be_written_with_a_sign_or_a_word(said: str, claim: str) -> None:
    assert verify(claim, passage(said)).verdict is Verdict.SUPPORTED


def test_another_currency_is_another_amount() -> None:
    claim = "The bill for the hall is 49.90 euros."
    assert verify(claim, passage("The bill for the hall is £49.90.")).verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    "told",
    [
        pytest.param("He was born in Oster and became a baker.", id="a pronoun"),
        pytest.param("The baker was born in Oster, like Mira Holt.", id="what is known"),
        pytest.param("Born in Oster, a baker by trade.", id="nobody is named"),
    ],
)
def test_a_text_that_stands_alone_may_be_about_whom_it_does_not_name(told: str) -> None:
    claim = "The baker Jon Vask came from Oster."
    assert verify(claim, passage(told), verifier=AgreeableVerifier()).verdict is Verdict.SUPPORTED


def test_a_text_that_names_somebody_else_is_about_him() -> None:
    claim = "The baker Jon Vask came from Oster."
    told = passage("Mira Holt was born in Oster and became a baker.")
    assert verify(claim, told, verifier=AgreeableVerifier()).verdict is not Verdict.SUPPORTED


def test_a_document_with_a_title_is_about_nobody_that_it_does_not_name() -> None:
    text = "He was born in Oster and became a baker."
    document = Document(id="d", text=text, origin=Origin("d.txt", title="Lars Tham"))
    found = Passage.cut(document, Span(0, len(text)))
    check = verify("The baker Jon Vask came from Oster.", found, verifier=AgreeableVerifier())
    assert check.verdict is not Verdict.SUPPORTED


def test_a_document_of_a_library_is_about_nobody_that_it_does_not_name() -> None:
    told = passage("He was born in Oster and became a baker.")
    claim = "The baker Jon Vask came from Oster."
    check = verify(claim, told, verifier=AgreeableVerifier(), in_document=lambda *_: False)
    assert check.verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Mira Holt met Jon Vask in Oster. Belmar did not respond.", Verdict.SUPPORTED),
        ("Mira Holt met Jon Vask in Oster. Belmar did respond.", Verdict.CONTRADICTED),
        ("Mira Holt met Jon Vask in Oster. Tulips are red.", Verdict.UNSUPPORTED),
    ],
)
def test_of_a_claim_of_several_sentences_each_is_checked(claim: str, verdict: Verdict) -> None:
    assert verify(claim, passage()).verdict is verdict


def test_a_number_beyond_a_bound_supports_no_claim() -> None:
    told = passage("The mill of Belmar cost 1,200 crowns.")
    claim = "The mill of Belmar cost more than 1,300 crowns."
    assert verify(claim, told, verifier=AgreeableVerifier()).verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("They tied 2–2 in Oster.", "They tied 2-2 in Oster."),
        ("Vask signed a two-year contract.", "Vask signed a 2-year contract."),
    ],
)
def test_numbers_are_the_same_in_words_and_with_a_dash(said: str, claim: str) -> None:
    assert verify(claim, passage(said)).verdict is Verdict.SUPPORTED


def test_several_sentences_are_said_by_a_statement_of_the_same_words() -> None:
    text = "* Lending: books are not for sale, and never were. No reader pays. Cards are free."
    whole = Block(BlockKind.TERM, Span(0, len(text)))
    term = Passage.cut(Document(id="d", text=text, origin=Origin("d.txt"), blocks=(whole,)), Span(0, len(text)))
    assert verify(text[2:], term).span == Span(0, len(text))
