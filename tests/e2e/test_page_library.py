"""The library on the page: looked through, asked in part, filled and emptied, as a person does it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rag.domain import Document, Origin, Span
from tests.e2e.site import Script, Site, ask, opened, serving


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A library of 260 documents."""
    for site in serving(tmp_path_factory.mktemp("shelves"), Script(), {}, generative=False):
        with site.assistant.library.writing() as writer:
            texts = [f"House {number} in Mill Road has {number + 3} windows." for number in range(260)]
            vectors = site.assistant.embedder.embed(texts)
            for number, text in enumerate(texts):
                document = Document(f"h{number}", text, Origin(f"houses/h{number:03}.txt", title=f"House {number}"))
                source = f"/houses/{number}"
                spans = [Span(0, len(text))]
                writer.put(document, source=source, sha256=source, spans=spans, vectors=vectors[number : number + 1])
        yield site


@pytest.fixture
def page(browser: BrowserContext, shelves: Site) -> Iterator[Page]:
    page = opened(browser, shelves)
    yield page
    page.close()


def test_all_of_many_documents_can_be_reached(page: Page) -> None:
    expect(page.locator("#pane .pager")).to_contain_text("1–50 of 260")
    for _ in range(5):
        page.get_by_role("button", name="Next page").click()
        page.wait_for_timeout(300)
    expect(page.locator("#pane .pager")).to_contain_text("251–260 of 260")
    expect(page.locator("#pane .shelved li")).to_have_count(10)


def test_one_document_is_found_and_asked_alone(page: Page) -> None:
    page.get_by_label("Search documents").fill("h077")
    expect(page.locator("#pane .shelved li")).to_have_count(1)
    page.get_by_role("button", name="Ask only House 77").click()
    expect(page.locator(".scope .chip")).to_have_text("h077.txt")
    expect(page.locator("#meant")).to_have_text("1 of 260 documents")
    ask(page, "How many windows does the house in Mill Road have?")
    expect(page.locator(".answer .claims")).to_contain_text("80 windows")
    expect(page.locator(".within")).to_contain_text("h077.txt")


def test_a_document_is_removed_after_one_question_and_can_be_had_back(page: Page, shelves: Site) -> None:
    page.get_by_label("Search documents").fill("h099")
    remove = page.locator("#pane [data-remove]")
    expect(remove).to_have_count(1)
    remove.click()
    expect(remove).to_have_text("Remove it?")
    assert shelves.assistant.library.catalog.counts()[0] == 260
    remove.click()
    expect(page.locator("#status")).to_contain_text("Removed House 99.")
    expect(page.locator("#pane .library .meta").first).to_contain_text("259 documents")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#status")).to_contain_text("House 99 is back.")
    assert shelves.assistant.library.catalog.counts()[0] == 260


def test_more_than_twenty_files_are_taken_in_turn_while_a_document_stays_open(
    browser: BrowserContext, tmp_path: Path
) -> None:
    for site in serving(tmp_path, Script(), {"mill.txt": "The mill at Oster burned down in May."}, generative=False):
        page = opened(browser, site)
        page.locator("#pane .shelved .source").first.click()
        expect(page.locator("#pane header h2")).to_have_text("mill")
        files = [
            {"name": f"n{number}.txt", "mimeType": "text/plain", "buffer": f"Note {number} on herrings.".encode()}
            for number in range(24)
        ]
        page.get_by_label("Add documents").set_input_files(files=files)
        page.wait_for_function("/Added .*n23.txt/.test(document.querySelector('#status').textContent)")
        assert site.assistant.library.catalog.counts()[0] == 25
        expect(page.locator("#pane header h2")).to_have_text("mill")
        page.close()


def test_an_empty_library_shows_how_to_add_documents(browser: BrowserContext, empty: Site) -> None:
    page = opened(browser, empty)
    with page.expect_file_chooser() as chooser:
        page.locator(".welcome .choose").click()
    assert chooser.value.is_multiple()
    page.close()
