"""From an answer to the place in the document: what a marker tells, and where it leads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ingest.pipeline import ingest
from tests.e2e.site import Script, Site, ask, opened, serving
from tests.printed import lines, printed
from ui.bundle import check_bundle, read_bundle

BOATS = "Boat,Harbour,State\nHeron,Lund,afloat\nGull,Oster,ashore\nTern,Ferring,ashore\n"
FERRY = "The ferry to Skaro costs nine euros."
HARBOUR = "The harbour of Skaro is shut until 4 May 2025."


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "boats.csv").write_text(BOATS)
    (folder / "harbour.pdf").write_bytes(printed(lines(50, 100, FERRY), lines(50, 100, HARBOUR)))
    for site in serving(folder / "site", Script(), {}, generative=False):
        ingest([folder / "boats.csv", folder / "harbour.pdf"], into=site.assistant)
        yield site


@pytest.fixture
def page(browser: BrowserContext, papers: Site) -> Iterator[Page]:
    page = opened(browser, papers)
    page.set_viewport_size({"width": 1280, "height": 720})
    yield page
    page.close()


def test_a_marker_that_is_pointed_at_tells_the_quote_and_where_it_stands(page: Page) -> None:
    ask(page, "Until when is the harbour of Skaro shut?")
    page.locator(".answer .marker").first.hover()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text(HARBOUR)
    expect(card).to_contain_text("harbour.pdf")
    expect(card).to_contain_text("page 2")
    page.mouse.move(5, 700)
    expect(card).to_be_hidden()
    page.locator(".answer .marker").first.focus()
    expect(card).to_contain_text(HARBOUR)


def test_the_sources_of_a_short_answer_are_seen_without_scrolling(page: Page) -> None:
    ask(page, "Until when is the harbour of Skaro shut?")
    expect(page.locator(".sources .said q").first).to_be_in_viewport()
    expect(page.locator(".sources")).to_contain_text("page 2")


def test_the_page_of_a_pdf_is_shown_with_the_quote_framed(page: Page) -> None:
    ask(page, "Until when is the harbour of Skaro shut?")
    page.locator(".answer .marker").first.click()
    frame = page.locator("#pane .frame").first
    frame.wait_for()
    picture, framed = page.locator("#pane .sheet img").bounding_box(), frame.bounding_box()
    assert picture is not None
    assert framed is not None
    assert picture["x"] < framed["x"]
    assert framed["y"] + framed["height"] < picture["y"] + picture["height"]
    page.get_by_role("button", name="Text", exact=True).click()
    expect(page.locator("#pane mark")).to_have_text(HARBOUR)
    expect(page.locator("#pane .sheet")).to_be_hidden()
    page.get_by_role("button", name="Page", exact=True).click()
    expect(frame).to_be_visible()


def test_a_table_is_drawn_with_all_rows_of_the_answer_marked_and_keys_go_from_one_to_the_next(page: Page) -> None:
    ask(page, "Which boats are ashore?")
    marker = page.locator(".answer .claims .marker").first
    marker.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pane th")).to_have_text(["Boat", "Harbour", "State"])
    expect(page.locator("#pane td:has(mark)")).to_have_count(6)
    expect(page.locator("#pane .where")).to_have_text("1 of 2")
    expect(page.locator("#pane mark.here").first).to_have_text("Gull")
    page.keyboard.press("ArrowRight")  # the keyboard went to the document with the marker's Enter
    expect(page.locator("#pane .where")).to_have_text("2 of 2")
    expect(page.locator("#pane mark.here").first).to_have_text("Tern")
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()
    page.get_by_role("button", name="Next quote").click()
    expect(page.locator("#pane .where")).to_have_text("1 of 2")


def test_a_file_that_has_gone_leaves_the_text(page: Page, papers: Site) -> None:
    catalog = papers.assistant.library.catalog
    [file] = [Path(source) for id_, _ in catalog.documents() for source in catalog.sources_of(id_) if "pdf" in source]
    kept = file.read_bytes()
    file.unlink()
    ask(page, "How much is the ferry to Skaro?")
    page.locator(".answer .marker").first.click()
    expect(page.locator("#pane .no-page")).to_have_text("The file of this document is not where it was read.")
    expect(page.locator("#pane mark").first).to_be_visible()
    file.write_bytes(kept)


def test_a_copied_answer_has_its_markers_apart_and_its_sources(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "Until when is the harbour of Skaro shut?")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{HARBOUR} [1]\n\nSources\n[1] harbour.pdf")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.answer .claims'))")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == f"{HARBOUR} [1]"


def test_an_exported_answer_is_verified_by_the_command_line(page: Page, papers: Site, tmp_path: Path) -> None:
    ask(page, "Until when is the harbour of Skaro shut?")
    with page.expect_download() as download:
        page.get_by_role("button", name="Proof").click()
    assert download.value.suggested_filename == "Until-when-is-the-harbour-of-Skaro-shut.json"
    download.value.save_as(tmp_path / "proof.json")
    assert check_bundle(read_bundle(tmp_path / "proof.json"), papers.assistant.library).stands
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    download.value.save_as(tmp_path / "answer.md")
    assert f"{HARBOUR}[^1]" in (tmp_path / "answer.md").read_text()
