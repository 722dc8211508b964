"""Waiting for Streamlit: a rerun is over when the app says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
PATIENCE = 30_000  # milliseconds


def settled(page: Page, sign: Locator) -> None:
    """`sign` is there and the rerun that drew it has finished."""
    expect(sign.first).to_be_visible(timeout=PATIENCE)
    page.wait_for_selector(RESTING, timeout=PATIENCE)


def load_sample(page: Page, address: str) -> None:
    """The first screen, and one click on the sample."""
    page.goto(address)
    button = page.get_by_role("button", name="Try the sample applicants")
    settled(page, button)
    button.click()
    settled(page, page.get_by_role("button", name="See the candidates"))
    settled(page, page.get_by_text("27 items received"))


def asked(page: Page, address: str, *, job: str = "") -> Page:
    """A request to a wallet that waits for its answer, about `job` or none."""
    page.goto(address)
    way = page.get_by_role("radio", name="Ask a wallet")
    settled(page, way)
    way.click()
    settled(page, page.get_by_label("Why you ask"))
    if job:
        page.get_by_role("combobox", name="For the job").click()
        page.get_by_role("option", name=job).click()
        settled(page, page.get_by_text("the demo holder answers"))
    page.get_by_role("button", name="Ask a wallet").click()
    expect(page.get_by_text("Open for one answer")).to_be_visible(timeout=PATIENCE)
    return page


def compared(page: Page, address: str, *names: str) -> Page:
    """The comparison of these people of the sample."""
    page.goto(f"{address}/compare")
    return chosen(page, *(names or ("Ada Example", "Dmitri Sample")))


def chosen(page: Page, *names: str) -> Page:
    """These people, on the screen that compares."""
    people = page.get_by_role("combobox", name="Two to five people")
    settled(page, people)
    for name in names:
        people.click()
        page.get_by_role("option", name=name).click()
        expect(page.locator("[data-tag]", has_text=name)).to_be_visible(timeout=PATIENCE)
        page.wait_for_selector(RESTING, timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0, timeout=PATIENCE)
    settled(page, page.get_by_text("requirements proved by all of them"))
    return page
