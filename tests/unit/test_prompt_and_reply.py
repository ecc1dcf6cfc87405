"""The prompt keeps documents inside their passages; the reply keeps markers outside its sentences."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.domain import Block, BlockKind, Document, Origin, Part, Passage, Span
from rag.generate.excerpts import whole_excerpts
from rag.generate.prompt import compose, fitting
from rag.generate.reply import NOT_IN_DOCUMENTS, ReplySentence, parse_reply

MARKER = re.compile(r"[\[［【]\s*\^?\s*\d{1,6}(?:\s*[,;]\s*\d{1,6})*\s*[\]］】]")
HOSTILE = ["</passage>", '<passage number="9">', "<question>", "<|im_end|>", "<|im_start|>system\n", "[INST]", "[2]"]
PIECES = ["[", "]", "［", "］", "【", "】", "1", "2", "17", ",", "-", "^", "†", " ", "\n", ".", "Prices", "- ", "<s>"]

hostile_text = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=8).map("".join)
reply_text = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join)


def passage(
    text: str,
    *,
    path: str = "a.txt",
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = "Prices",
) -> Passage:
    origin = Origin(path=path, outlet=outlet, published=published, title=title)
    return Passage.cut(Document(id=path, text=text, origin=origin), Span(0, len(text)))


def prompt(*passages: Passage, question: str = "Did prices rise?", budget_bytes: int = 12000) -> str:
    return compose(question, whole_excerpts(passages), budget_bytes=budget_bytes)[-1].content


def said(text: str, passage_count: int = 3) -> list[tuple[str, tuple[int, ...]]]:
    reply = parse_reply(text, passage_count=passage_count)
    assert not reply.abstained
    return [(sentence.text, sentence.markers) for sentence in reply.sentences]


def test_rules_come_first_then_passages_then_the_question() -> None:
    shown = whole_excerpts([passage("Prices rose.", path="a.txt"), passage("Prices fell.", path="b.txt")])
    rules, asked = compose("Did prices rise?", shown)
    assert (rules.role, asked.role) == ("system", "user")
    assert NOT_IN_DOCUMENTS in rules.content
    order = ['<passage number="1"', "Prices rose.", '<passage number="2"', "Prices fell.", "<question>Did prices rise?"]
    assert sorted(order, key=asked.content.index) == order


def test_a_passage_tells_its_outlet_date_and_title() -> None:
    written = prompt(passage("Prices rose.", outlet="The Post", published="2025-05-30", title='"Up", they say'))
    assert """<passage number="1" outlet="The Post" published="2025-05-30" title="'Up', they say">""" in written


def section(heading: str, text: str, *, columns: str = "") -> Passage:
    """A paragraph, or a row of two cells under the names of its columns, that stands under a heading elsewhere."""
    whole = f"{heading}\n{columns}\n{text}"
    named = Span(len(heading) + 1, len(heading) + 1 + len(columns))
    said = Span(named.end + 1, len(whole))
    parts = []
    for cell, name in zip(text.split(" | "), columns.split(" | "), strict=True) if columns else ():
        value, head = whole.index(cell, said.start), whole.index(name, named.start)
        parts.append(Part(Span(value, value + len(cell)), Span(head, head + len(name))))
    kind = BlockKind.ROW if columns else BlockKind.PARAGRAPH
    blocks = (
        Block(BlockKind.HEADING, Span(0, len(heading))),
        Block(kind, said, leans_on=(Span(0, len(heading)),), parts=tuple(parts)),
    )
    return Passage.cut(Document("a", whole, Origin("a.md", title="Lease"), blocks=blocks), said)


def test_a_passage_of_a_document_without_a_title_tells_the_name_of_its_file() -> None:
    assert '<passage number="1" title="rent march">' in prompt(
        passage("Prices rose.", path="rent-march.txt", title=None)
    )


def test_a_passage_tells_what_it_stands_under() -> None:
    assert 'title="Lease" under="The shop">\nPrices rose.' in prompt(section("The shop", "Prices rose."))


def test_a_title_is_not_told_twice() -> None:
    assert 'title="Lease">\nPrices rose.' in prompt(section("Lease", "Prices rose."))


def test_a_row_is_read_with_the_names_of_its_columns() -> None:
    written = prompt(section("Rents", "March | 850", columns="Month | Rent"))
    assert "\n- Month: March; Rent: 850\n" in written


def test_words_of_a_passage_are_shown_as_they_are() -> None:
    text = 'AT&T said "no" – it\'s 5 > 4.\nAnd [sic] more.'
    assert f"\n{text}\n" in prompt(passage(text))


def test_a_footnote_number_of_a_document_is_no_marker() -> None:
    assert "rose (2) then" in prompt(passage("Prices rose [2] then fell."))


@pytest.mark.parametrize("token", ["<|im_end|>", "</s>", "<start_of_turn>", "[INST]", "[/INST]", "[SYSTEM_PROMPT]"])
def test_a_control_token_of_a_document_does_not_reach_the_model(token: str) -> None:
    assert token not in prompt(passage(f"Prices {token} rose."))


@settings(deadline=None)
@given(text=hostile_text, outlet=hostile_text, title=hostile_text, question=hostile_text)
def test_a_document_cannot_add_a_passage(text: str, outlet: str, title: str, question: str) -> None:
    first = passage(text, outlet=outlet, title=title)
    shown = whole_excerpts([first, section(title, "Prices rose.")])
    written = compose(question, shown)[-1].content
    assert re.findall(r"<([^\n >]{0,9})", written) == [*["passage", "/passage"] * len(shown), "question", "/question"]


@settings(deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=50))
def test_a_prompt_can_be_sent(text: str) -> None:
    assert prompt(passage(text, outlet=text), question=text).encode("utf-8")


def test_passages_beyond_the_budget_are_left_out_whole() -> None:
    passages = [passage(letter * 400, path=f"{letter}.txt") for letter in "abc"]
    written = prompt(*passages, budget_bytes=1000)
    assert "b" * 400 in written
    assert 'number="3"' not in written
    excerpts = whole_excerpts(passages)
    assert fitting(excerpts, budget_bytes=1000) == excerpts[:2]


@settings(deadline=None)
@given(text=st.text("a<&l", max_size=400).map("a{}".format), budget=st.integers(0, 300))
def test_one_passage_stays_and_is_cut_to_the_budget(text: str, budget: int) -> None:
    tags = '<passage number="1" title="Prices">\n', "\n</passage>"
    written = prompt(passage(text), budget_bytes=budget).partition("\n\n<question>")[0]
    words = written.removeprefix(tags[0]).removesuffix(tags[1])
    assert written == words.join(tags)
    assert len(words) <= max(0, budget - len("".join(tags)))
    assert text.replace("<", "&lt;").startswith(words)


@pytest.mark.parametrize("room", [1, 2, 3])
def test_a_cut_leaves_no_half_of_an_escaped_sign(room: int) -> None:
    tags = len('<passage number="1" title="Prices">\n' + "\n</passage>")
    assert '<passage number="1" title="Prices">\n\n</passage>' in prompt(passage("<" * 9), budget_bytes=tags + room)


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose [2].",
        "Prices rose. [2]",
        "Prices rose.[2]",
        "Prices rose[2].",
        "Prices rose [^2].",
        "Prices rose［2］.",
        "Prices rose【2】.",
        "Prices rose【2†L3-L5】.",
        "Prices rose [ 2 ].",
        "Prices rose [Passage 2].",
        "Prices rose [2][2].",
        "[2] Prices rose.",
        "- Prices rose. [2]",
        "Prices rose [2].<|im_end|>",
        "<think>Passage [1]?</think>\n\nPrices rose [2].",
        "Prices rose [2]. NOT_IN_DOCUMENTS",
    ],
)
def test_a_marker_is_read_and_taken_out(text: str) -> None:
    assert said(text) == [("Prices rose.", (2,))]


@pytest.mark.parametrize("markers", ["[1, 3].", "[1][3].", "[1] [3].", "[1]. [3]", "[1; 3].", "[1 & 3]."])
def test_several_markers_are_all_read(markers: str) -> None:
    assert said(f"Prices rose {markers}") == [("Prices rose.", (1, 3))]


def test_a_range_of_markers_names_all_between() -> None:
    assert said("Prices rose [1-3].") == [("Prices rose.", (1, 2, 3))]


def test_a_marker_of_two_figures_is_one_marker() -> None:
    assert said("Prices rose [10].", passage_count=10) == [("Prices rose.", (10,))]


def test_round_brackets_are_no_marker() -> None:
    assert said("Prices rose (1).") == [("Prices rose (1).", ())]


def test_emphasis_is_left_as_text() -> None:
    assert said("**Prices** rose [1].") == [("**Prices** rose.", (1,))]


def test_each_sentence_has_its_own_markers() -> None:
    text = "Prices rose [1]. Wages fell.[2] Rents stood still. [3] Nobody knows why."
    assert said(text) == [
        ("Prices rose.", (1,)),
        ("Wages fell.", (2,)),
        ("Rents stood still.", (3,)),
        ("Nobody knows why.", ()),
    ]


def test_a_marker_that_glues_two_sentences_parts_them() -> None:
    assert said("Prices rose.[1]Wages fell.[2]") == [("Prices rose.", (1,)), ("Wages fell.", (2,))]


def test_a_list_is_read_line_by_line() -> None:
    text = "1. Prices rose [1]\n2. Wages fell [2]\n\n* [3] Rents stood still"
    assert said(text) == [("Prices rose", (1,)), ("Wages fell", (2,)), ("Rents stood still", (3,))]


def test_lines_that_end_with_a_marker_are_sentences() -> None:
    assert said("Prices rose in May [1]\nWages fell in June [2]") == [
        ("Prices rose in May", (1,)),
        ("Wages fell in June", (2,)),
    ]


def test_a_marker_on_a_line_of_its_own_belongs_to_the_sentence_before() -> None:
    assert said("Prices rose.\n[1]\n\nWages fell.\n[2]") == [("Prices rose.", (1,)), ("Wages fell.", (2,))]


def test_unknown_markers_are_collected_and_dropped() -> None:
    reply = parse_reply("Prices rose [1][7]. Wages fell [0, 7, 99].", passage_count=3)
    assert reply.sentences == (ReplySentence("Prices rose.", (1,)), ReplySentence("Wages fell.", ()))
    assert reply.unknown_markers == (7, 0, 99)


def test_a_reply_without_words_has_no_sentence() -> None:
    assert said("[1] ...\n---\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "NOT_IN_DOCUMENTS",
        " “NOT_IN_DOCUMENTS.”\n",
        "**NOT_IN_DOCUMENTS**",
        "`NOT_IN_DOCUMENTS`<|im_end|>",
        "NOT_IN_DOCUMENTS [1]",
        "Not in documents.",
        "<think>Is it? [1]</think>NOT_IN_DOCUMENTS",
        "NOT_IN_DOCUMENTS. The passages [1] speak of wages only.",
    ],
)
def test_a_model_that_finds_nothing_abstains(text: str) -> None:
    reply = parse_reply(text, passage_count=3)
    assert reply.abstained
    assert not reply.sentences


def test_a_sentence_about_the_token_is_an_answer() -> None:
    assert said("The log prints NOT_IN_DOCUMENTS twice [1].") == [("The log prints NOT_IN_DOCUMENTS twice.", (1,))]


@settings(deadline=None)
@given(text=reply_text, passage_count=st.integers(0, 12))
def test_no_marker_is_left_and_none_is_invented(text: str, passage_count: int) -> None:
    reply = parse_reply(text, passage_count=passage_count)
    for sentence in reply.sentences:
        assert not MARKER.search(sentence.text)
        assert all(1 <= marker <= passage_count for marker in sentence.markers)
        assert len(set(sentence.markers)) == len(sentence.markers)
    assert not any(1 <= marker <= passage_count for marker in reply.unknown_markers)
