"""The page in a real browser: a real server, a real library, headless Chromium."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rag.domain import Document, Origin, Span
from tests.e2e.site import Site, ask, opened


def is_in_view(page: Page) -> bool:
    """Whether the highlighted words are within the right pane, below its head, and the pane within the window."""
    return bool(
        page.evaluate(
            """() => {
                const mark = document.querySelector("#pane mark").getBoundingClientRect();
                const pane = document.querySelector("#pane").getBoundingClientRect();
                const head = document.querySelector("#pane header").getBoundingClientRect();
                return mark.top >= head.bottom && mark.bottom <= Math.min(pane.bottom, innerHeight)
                    && mark.left >= pane.left && mark.right <= Math.min(pane.right, innerWidth);
            }"""
        )
    )


def test_a_marker_opens_its_document_at_the_quote(page: Page, extractive: Site) -> None:
    question = "When did the mill at Oster burn down?"
    ask(page, question)
    page.locator(".answer .marker").first.click()
    expect(page.locator("#pane mark")).to_have_text(extractive.assistant.ask(question).citations[0].quote)
    page.wait_for_function("document.querySelector('#pane').scrollTop > 0")
    assert is_in_view(page)
    expect(page.locator("#pane header")).to_contain_text("Oster Post")


def test_the_question_box_is_cleared(page: Page) -> None:
    ask(page, "When did the mill at Oster burn down?")
    page.locator(".answer").wait_for()
    expect(page.get_by_placeholder("Ask a question")).to_have_value("")


def test_an_empty_question_leaves_the_conversation(page: Page) -> None:
    ask(page, "When did the mill at Oster burn down?")
    page.locator(".answer").wait_for()
    ask(page, "   ")
    page.wait_for_timeout(500)  # nothing shows that nothing came of it
    expect(page.locator(".question")).to_have_count(1)


def test_a_question_that_is_too_long_is_told_in_view(page: Page) -> None:
    ask(page, "canal " * 1700)
    expect(page.locator(".error")).to_have_text("The question has 10199 characters. Use at most 2000.")
    expect(page.locator(".error")).to_be_in_viewport()


def test_a_marker_brings_its_words_back_into_view(page: Page) -> None:
    ask(page, "When did the mill at Oster burn down?")
    page.locator(".answer .marker").first.click()
    page.wait_for_function("document.querySelector('#pane').scrollTop > 0")
    page.evaluate("document.querySelector('#pane').scrollTop = 0")
    page.locator(".answer .marker").first.click()
    page.wait_for_function("document.querySelector('#pane').scrollTop > 0")
    assert is_in_view(page)


def test_a_source_says_its_outlet_and_date(page: Page) -> None:
    ask(page, "When did the mill at Oster burn down?")
    expect(page.locator(".answer .source").first).to_have_text("mill — Oster Post, date unknown")


def test_a_marker_opens_from_the_keyboard(page: Page) -> None:
    ask(page, "When did the mill at Oster burn down?")
    page.locator(".answer .marker").first.focus()
    page.keyboard.press("Enter")
    page.locator("#pane mark").wait_for()


def test_the_whole_of_a_long_document_can_be_shown(page: Page) -> None:
    ask(page, "When did the mill at Oster burn down?")
    page.locator(".answer .marker").first.click()
    page.locator("#pane .more").first.click()
    expect(page.locator("#pane .more")).to_have_count(0)
    page.wait_for_function("document.querySelector('#pane .text').textContent.startsWith('Paragraph 0 ')")
    page.wait_for_function("document.querySelector('#pane').scrollTop > 0")
    assert is_in_view(page)


def test_a_thumb_and_a_comment_become_a_case(page: Page, extractive: Site) -> None:
    ask(page, "When did the mill at Oster burn down?")
    expect(page.get_by_label("Comment")).to_be_hidden()
    page.get_by_role("button", name="Bad answer").click()
    page.get_by_label("Comment").fill('It was <img src="https://evil.invalid/c.png"> June.')
    page.get_by_role("button", name="Keep as a test case").click()
    expect(page.locator(".rating")).to_have_text("Kept as a test case beside the library.")
    [case] = map(json.loads, (extractive.assistant.library.folder / "feedback.jsonl").read_text().splitlines())
    assert (case["question"], case["comment"], case["draft"]) == (
        "When did the mill at Oster burn down?", 'It was <img src="https://evil.invalid/c.png"> June.', True,
    )  # fmt: skip
    ask(page, "Who invented the zeppelin?")
    expect(page.locator(".rating button[data-rate]")).to_have_count(2)  # those of the second answer alone
    expect(page.locator(".rating").first).to_have_text("Kept as a test case beside the library.")
    assert extractive.complaints == []


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.locator(".welcome .example").first.click()
    expect(page.locator(".question")).to_have_text("When did the mill at Oster burn down?")
    page.locator(".answer .marker").first.wait_for()


def test_what_the_documents_do_not_say_is_not_answered(page: Page) -> None:
    ask(page, "Who invented the zeppelin?")
    expect(page.locator(".answer.abstained")).to_contain_text("The documents do not answer this.")
    expect(page.locator(".answer .marker")).to_have_count(0)


def test_the_page_asks_nothing_of_anyone_else(page: Page, extractive: Site) -> None:
    ask(page, "When does the ferry at Lund sink?")
    page.locator(".answer .marker").first.click()
    expect(page.locator("#pane mark")).to_contain_text("evil.invalid/x.png")
    hosts = {urlsplit(url).netloc for url in extractive.requested if not url.startswith("data:")}
    assert hosts == {urlsplit(extractive.address).netloc}
    assert page.title() == "footnoted"


def test_the_page_breaks_none_of_its_own_rules(page: Page, extractive: Site) -> None:
    ask(page, "When does the ferry at Lund sink?")
    page.locator(".answer .marker").first.click()
    page.locator("#pane mark").wait_for()
    assert extractive.complaints == []


def test_what_a_model_writes_is_text(written: Page, generative: Site) -> None:
    images = "![](https://evil.invalid/m.png)<img src=https://evil.invalid/n.png>"
    generative.model.pieces = (f"The mill at Oster burned down on 3 May 2024 [1]. See {images} [1].",)
    ask(written, "When did the mill at Oster burn down?")
    expect(written.locator(".draft")).to_contain_text("https://evil.invalid/n.png")
    generative.model.may_end.set()
    expect(written.locator(".answer")).to_contain_text("Left out")
    expect(written.locator(".answer")).not_to_contain_text("evil.invalid")
    assert not [url for url in generative.requested if "evil.invalid" in url]


def test_small_talk_offers_questions_of_the_library_to_click(page: Page) -> None:
    ask(page, "Hello!")
    offered = page.locator(".answer .example").first
    question = offered.inner_text()
    assert any(title in question for title in ("mill", "ferry"))
    offered.click()
    expect(page.locator(".question").nth(1)).to_have_text(question)


def test_only_the_outlet_that_is_chosen_is_asked_until_the_choice_is_dropped(page: Page, extractive: Site) -> None:
    with extractive.assistant.library.writing() as writer:
        text = "The mill at Oster burned down on 9 June 1931."
        document = Document("old", text, Origin("old.txt", title="An old fire", outlet="Lund Gazette"))
        vectors = extractive.assistant.embedder.embed([text])
        writer.put(document, source="/old", sha256="old", spans=[Span(0, len(text))], vectors=vectors)
    page.reload()
    page.get_by_role("button", name="Choose documents to ask").click()
    page.get_by_role("checkbox", name="Lund Gazette").check()
    page.get_by_role("button", name="Ask only these").click()
    expect(page.locator(".scope")).to_contain_text("Lund Gazette")
    expect(page.locator("#meant")).to_have_text("1 of 3 documents")
    ask(page, "When did the mill at Oster burn down?")
    expect(page.locator(".answer .claims")).to_contain_text("1931")
    expect(page.locator(".turn .within")).to_have_text("Only Lund Gazette")
    page.get_by_role("button", name="Lund Gazette: do not ask only of this").click()
    expect(page.locator("#meant")).to_have_text("")
    with extractive.assistant.library.writing() as writer:
        writer.forget("/old")


def test_a_day_that_is_none_is_told_where_it_is_chosen(page: Page) -> None:
    page.get_by_role("button", name="Choose documents to ask").click()
    page.get_by_label("since").fill("yesterday")
    page.get_by_role("button", name="Ask only these").click()
    expect(page.locator("#meant .error")).to_contain_text("no day, month or year for since")


def test_a_conversation_outlasts_a_reload_and_has_an_address(page: Page) -> None:
    ask(page, "When did the mill at Oster burn down?")
    page.locator("#current .marker").first.wait_for()
    page.wait_for_function("location.hash.startsWith('#c=')")
    page.reload()
    expect(page.locator("#turns .question")).to_have_text("When did the mill at Oster burn down?")
    page.locator("#turns .marker").first.click()
    page.locator("#pane mark").wait_for()
    ask(page, "Was anybody hurt?")
    expect(page.locator(".question")).to_have_count(2)
    expect(page.locator("#current .answer")).to_be_visible()


def test_conversations_are_listed_renamed_and_deleted(page: Page) -> None:
    for question in ("When did the mill at Oster burn down?", "When does the ferry at Lund sink?"):
        page.get_by_role("button", name="New conversation").click()
        ask(page, question)
        page.locator("#current .answer").wait_for()
    listed = page.locator(".conversations .to")
    expect(listed.first).to_have_text("When does the ferry at Lund sink?")
    listed.nth(1).click()
    expect(page.locator(".question")).to_have_text("When did the mill at Oster burn down?")
    page.locator(".kept-one", has=page.locator("[aria-current]")).hover()
    page.get_by_role("button", name="Rename “When did the mill").first.click()
    page.get_by_label("Name of the conversation").fill("<b>Fires</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".conversations [aria-current]")).to_have_text("<b>Fires</b>")
    before = listed.count()
    page.locator(".kept-one", has_text="Fires").hover()
    page.get_by_role("button", name="Delete “<b>Fires").click()
    page.get_by_role("button", name="Delete “<b>Fires").click()
    expect(listed).to_have_count(before - 1)
    expect(page.locator(".question")).to_have_count(0)


def test_what_was_written_into_the_browsers_store_by_others_runs_nothing(page: Page, extractive: Site) -> None:
    bad = (
        '<section class="turn" data-state="done" data-question="x"><img src="https://evil.invalid/s.png">'
        '<a href="https://evil.invalid/">x</a><p onclick="x()" style="color:red">words</p></section>'
    )
    page.evaluate(
        """([bad]) => localStorage.setItem(
            `footnoted:${document.querySelector(".side").dataset.of}:evil`, JSON.stringify({ turns: [bad] }))""",
        [bad],
    )
    page.goto(extractive.address + "/#c=evil")
    page.reload()
    expect(page.locator("#turns .turn")).to_have_text("words")
    assert page.locator("#turns").inner_html() == (
        '<section class="turn" data-state="done" data-question="x"><p>words</p></section>'
    )
    assert not [url for url in extractive.requested if "evil.invalid" in url]


def test_a_question_can_be_edited_and_takes_the_place_of_what_came_after(page: Page) -> None:
    for question in ("When did the mill at Oster burn?", "When does the ferry at Lund sink?"):
        ask(page, question)
        page.locator("#current .answer").wait_for()
    page.locator(".turn").first.get_by_role("button", name="Edit").click()
    box = page.get_by_placeholder("Ask a question")
    expect(box).to_have_value("When did the mill at Oster burn?")
    ask(page, "When did the mill at Oster burn down?")
    expect(page.locator(".question")).to_have_text(["When did the mill at Oster burn down?"])
    page.locator("#current .answer").wait_for()
    page.get_by_role("button", name="Ask again").click()
    page.locator("#current .answer").wait_for()
    expect(page.locator(".question")).to_have_text(["When did the mill at Oster burn down?"])


def test_a_draft_says_that_it_is_not_checked_and_gives_way_to_the_answer(written: Page, generative: Site) -> None:
    generative.model.pieces = ("The mill at Oster burned down on 3 May 2024 [1].",)
    ask(written, "When did the mill at Oster burn down?")
    expect(written.locator(".draft")).to_contain_text("not yet checked")
    generative.model.may_end.set()
    written.locator(".answer .marker").first.wait_for()
    expect(written.locator(".draft")).to_have_count(0)


def test_a_sentence_that_no_document_says_is_marked_with_a_word(written: Page, generative: Site) -> None:
    generative.model.pieces = (
        "The mill at Oster burned down on 3 May 2024 [1]. At Oster a red comet burned an old mill.",
    )
    generative.model.may_end.set()
    ask(written, "When did the mill at Oster burn down?")
    expect(written.locator(".claim.doubtful")).to_contain_text("unsupported")


def test_an_answer_can_be_stopped(written: Page, generative: Site) -> None:
    generative.model.pieces = ("The mill at Oster",)
    ask(written, "When did the mill at Oster burn down?")
    written.locator(".draft").wait_for()
    written.get_by_role("button", name="Stop").click()
    expect(written.locator(".turn")).to_contain_text("Stopped. This draft was not checked.")
    expect(written.get_by_role("button", name="Stop")).to_be_hidden()


def test_an_upload_to_an_empty_library_can_be_asked(browser: BrowserContext, empty: Site) -> None:
    page = opened(browser, empty)
    expect(page.locator(".welcome")).to_contain_text("footnoted ingest PATH")
    page.get_by_label("Add documents").set_input_files(
        files=[
            {"name": "../otter.txt", "mimeType": "text/plain", "buffer": b"The otter at Lund eats nine herrings a day."}
        ]
    )
    expect(page.locator("#status")).to_contain_text("Added otter.txt.")
    expect(page.locator(".welcome")).to_contain_text("Ask your documents")
    ask(page, "How many herrings does the otter at Lund eat?")
    page.locator(".answer .marker").first.click()
    expect(page.locator("#pane mark")).to_have_text("The otter at Lund eats nine herrings a day.")
    assert (empty.assistant.library.folder / "uploads/otter.txt").exists()
    page.close()


def test_an_upload_that_cannot_go_in_says_why(browser: BrowserContext, empty: Site) -> None:
    empty.busy = True
    page = opened(browser, empty)
    page.get_by_label("Add documents").set_input_files(
        files=[
            {"name": "a.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"},
            {"name": "b.txt", "mimeType": "text/plain", "buffer": b"words"},
        ]
    )
    expect(page.locator("#status")).to_contain_text("a.exe was not added")
    expect(page.locator("#status")).to_contain_text("written by another process")
    page.close()


@pytest.mark.skipif(os.name != "posix", reason="sends Ctrl-C as a signal")
def test_a_page_that_is_open_does_not_trouble_the_end_of_the_server(browser: BrowserContext, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from ui.cli import main; main()", "ui", "--library", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        announced = server.stderr.readline()
        page = browser.new_page()
        page.goto(announced.split()[5])
        page.locator(".welcome").wait_for()
        server.send_signal(signal.SIGINT)
        assert server.stderr.read() == ""
    assert server.returncode == 0
    page.close()


def test_on_a_narrow_screen_nothing_is_cut_off(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    ask(page, "When did the mill at Oster burn down?")
    page.locator(".answer .marker").first.click()
    page.locator("#pane mark").wait_for()
    page.wait_for_function("document.querySelector('#pane').getBoundingClientRect().top < 5")
    assert is_in_view(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.get_by_role("button", name="Back to the answer").click()
    page.wait_for_function("document.querySelector('.answer').getBoundingClientRect().top >= 0")


def test_a_narrow_screen_begins_with_the_question_and_not_with_the_library(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.reload()
    page.locator("#pane .library").wait_for()
    page.wait_for_timeout(500)  # nothing tells that the page does not scroll any more
    assert page.evaluate("scrollY") == 0
