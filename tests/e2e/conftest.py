"""A browser for all tests of the page, and sites for it to open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.e2e.site import ARGUMENTS, CHROMIUM, FIRE, TEXTS, TIMEOUT_MS, Script, Site, opened, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser none of these can run."""
    if CHROMIUM is None:
        missing = pytest.mark.skip(reason="chromium is not installed (Debian: apt-get install chromium)")
        for item in items:
            if "/e2e/" in item.path.as_posix():
                item.add_marker(missing)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport={"width": 1280, "height": 800},
        )
        context.set_default_timeout(TIMEOUT_MS)
        expect.set_options(timeout=TIMEOUT_MS)
        yield context
        context.close()


@pytest.fixture(scope="module")
def extractive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from serving(tmp_path_factory.mktemp("extractive"), Script(), TEXTS, generative=False)


@pytest.fixture(scope="module")
def generative(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from serving(tmp_path_factory.mktemp("generative"), Script(), {"fire.txt": FIRE}, generative=True)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Site]:
    yield from serving(tmp_path, Script(), {}, generative=False)


@pytest.fixture
def page(browser: BrowserContext, extractive: Site) -> Iterator[Page]:
    page = opened(browser, extractive)
    yield page
    page.close()


@pytest.fixture
def written(browser: BrowserContext, generative: Site) -> Iterator[Page]:
    """The page with a language model behind it."""
    generative.model.may_end.clear()
    page = opened(browser, generative)
    yield page
    generative.model.may_end.set()
    page.close()
