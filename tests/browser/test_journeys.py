"""What people do, in a real browser. The `page` fixture fails on any console error or outside request."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is not installed (extra e2e)")
from playwright.sync_api import expect

from tests.browser.waiting import PATIENCE, asked, chosen, compared, load_sample, settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).resolve().parent.parent.parent / "sample_data" / "applicants"
ROW = 38  # pixels of a grid's row
OPEN = 293  # the arrow that opens somebody
FIRST_ROW = 57  # to the middle of the first one


def test_the_sample_leads_to_the_evidence_of_a_candidate_in_three_clicks(page: Page, address: str) -> None:
    load_sample(page, address)  # click 1
    page.get_by_role("button", name="Open candidate").first.click()  # click 2
    settled(page, page.get_by_text("6 of 6 required verified"))
    page.get_by_role("button", name="Evidence").first.click()  # click 3
    drawer = page.get_by_role("dialog")
    settled(page, drawer)
    expect(drawer.get_by_text("Is it unchanged since it was signed?")).to_be_visible()
    assert "cred=" in page.url


def test_escape_closes_the_evidence_and_its_address(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_role("button", name="Evidence").first.click()
    settled(page, page.get_by_role("dialog"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"^(?!.*cred=)"))


def test_the_focus_comes_back_to_where_the_evidence_was_opened(page: Page, address: str) -> None:
    load_sample(page, address)
    button = page.get_by_role("button", name="Evidence").nth(2)
    button.focus()
    page.keyboard.press("Enter")
    settled(page, page.get_by_role("dialog").get_by_text("The checks, in order"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_decision_is_made_at_the_top_of_the_page_with_a_note(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_role("button", name="Open candidate").nth(1).click()
    settled(page, page.get_by_text("required verified"))
    decide = page.get_by_role("button", name="Decide")
    expect(decide).to_be_in_viewport()
    decide.click()
    page.get_by_text("On hold", exact=True).click()
    page.get_by_role("textbox", name="Why?").fill("waits for mathematics")
    page.get_by_role("button", name="Save decision").click()
    settled(page, page.get_by_text("waits for mathematics").first)
    expect(page.get_by_role("button", name="On hold")).to_be_visible()


def test_the_evidence_stands_beside_its_line_and_on_a_phone_below_it(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_role("button", name="Open candidate").nth(3).click()
    settled(page, page.get_by_text("required verified"))
    line = page.locator('[class*="st-key-row-req-"]', has=page.get_by_role("button", name="Shown")).first
    evidence = page.locator(".st-key-picked-evidence")
    desk, beside = line.bounding_box(), evidence.bounding_box()
    assert desk is not None
    assert beside is not None
    assert beside["x"] >= desk["x"] + desk["width"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    phone, below = line.bounding_box(), evidence.bounding_box()
    assert phone is not None
    assert below is not None
    assert 0 <= below["y"] - phone["y"] - phone["height"] < 8


def test_an_altered_credential_shows_no_fact_and_whose_move_it_is(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_text("Problem found").first.click()  # the tile
    row = page.locator('[class*="st-key-row-"]', has_text="statistics-altered.json")
    settled(page, row)
    expect(row.get_by_text("Candidate’s move")).to_be_visible()
    row.get_by_role("button", name="Evidence").click()
    drawer = page.get_by_role("dialog")
    settled(page, drawer.get_by_text("The file says, but nothing proves it"))


def test_two_people_are_compared_and_a_cell_opens_its_evidence(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_role("button", name="See the candidates").click()
    settled(page, page.get_by_text("15 candidates"))
    grid = page.get_by_test_id("stDataFrame")
    for place in (0, 2):
        grid.click(position={"x": 16, "y": FIRST_ROW + ROW * place})
    compare = page.get_by_role("button", name="Compare selected")
    expect(compare).to_be_enabled(timeout=15_000)
    compare.click()
    settled(page, page.get_by_text("requirements proved by all of them"))
    line = page.get_by_role("row", name="apply statistical analysis techniques")
    cell = line.get_by_role("button", name="Level short")
    cell.focus()
    page.keyboard.press("Enter")
    settled(page, page.get_by_role("dialog").get_by_text("Do you accept this issuer?"))


def test_an_analyst_comes_back_to_the_view_that_was_left(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_role("link", name="Candidates", exact=True).click()
    settled(page, page.get_by_text("15 candidates"))
    page.get_by_text("Problem found", exact=True).click()
    settled(page, page.get_by_text("7 candidates"))
    grid = page.locator('[class*="-problem-"]').get_by_test_id("stDataFrame")  # of the filtered rows
    expect(grid.locator("canvas").first).to_be_visible()
    grid.click(position={"x": OPEN, "y": FIRST_ROW})
    settled(page, page.get_by_text("required verified"))
    page.go_back()
    settled(page, page.get_by_text("7 candidates"))
    page.go_back()
    page.go_back()
    settled(page, page.get_by_text("15 candidates"))
    expect(page).to_have_url(re.compile(r"^(?!.*only=)"))


def test_the_comparison_shows_only_what_differs_and_hides_who_it_is(page: Page, address: str) -> None:
    load_sample(page, address)
    compared(page, address, "Ada Example", "Bruno Muster", "Dmitri Sample")
    expect(page.get_by_role("columnheader", name="Ada Example")).to_be_visible()
    page.get_by_text("Only differences").click()
    settled(page, page.get_by_text("are the same for all"))
    expect(page.get_by_role("row", name="business intelligence")).to_have_count(0)
    page.get_by_text("Hide who they are").click()
    settled(page, page.get_by_role("columnheader", name=re.compile("Candidate [0-9A-F]{4}")))
    expect(page.get_by_role("columnheader", name="Ada Example")).to_have_count(0)
    page.reload()
    settled(page, page.get_by_role("columnheader", name=re.compile("Candidate [0-9A-F]{4}")))
    expect(page.get_by_role("row", name="business intelligence")).to_have_count(0)


def test_an_uploaded_file_is_checked_and_survives_a_reload(page: Page, address: str) -> None:
    page.goto(address)
    settled(page, page.get_by_text("Drop credential files here"))
    # Of an altered file no issuer is decided on: what is decided for hiring outlives the sample.
    file = SAMPLE / "dmitri-sample" / "statistics-altered.json"
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files([file])
    check = page.get_by_role("button", name="Check 1 item")
    settled(page, check)
    check.click()
    settled(page, page.get_by_text("1 item received"))
    expect(page.get_by_text("statistics-altered.json").first).to_be_visible()
    page.reload()
    settled(page, page.get_by_text("1 item received"))


def test_a_report_and_a_receipt_leave_and_the_receipt_is_checked_again(
    page: Page, address: str, tmp_path: Path
) -> None:
    load_sample(page, address)
    page.get_by_role("button", name="Open candidate").first.click()
    settled(page, page.get_by_text("6 of 6 required verified"))
    page.get_by_role("button", name="Export").click()
    menu = page.get_by_role("dialog", name="Export")
    expect(menu.get_by_role("button", name="Files as handed in")).to_be_disabled()
    with page.expect_download() as report:
        menu.get_by_role("button", name="Report (PDF)").click()
    assert Path(report.value.path()).read_bytes().startswith(b"%PDF-")
    with page.expect_download() as receipt:
        menu.get_by_role("button", name="Signed receipt").click()
    receipt.value.save_as(tmp_path / "receipt.json")
    page.goto(f"{address}/trust?part=receipts")
    settled(page, page.get_by_text("Check a receipt"))
    files = page.get_by_test_id("stFileUploaderDropzoneInput")
    files.nth(0).set_input_files(tmp_path / "receipt.json")
    settled(page, page.get_by_text("Unaltered since it was signed."))
    files.nth(1).set_input_files(SAMPLE / "ada-example" / "sql.json")
    settled(page, page.get_by_text("The file that was checked, with the outcome"))


def test_a_random_file_gets_a_sentence_and_a_next_step(page: Page, address: str, tmp_path: Path) -> None:
    noise = tmp_path / "holiday.bin"
    noise.write_bytes(bytes(range(256)) * 4)
    page.goto(address)
    settled(page, page.get_by_text("Drop credential files here"))
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files([noise])
    check = page.get_by_role("button", name="Check 1 item")
    settled(page, check)
    check.click()
    row = page.locator('[class*="st-key-row-"]', has_text="holiday.bin")
    settled(page, row.get_by_text("Not readable"))
    expect(row.get_by_text("Candidate’s move")).to_be_visible()


def test_a_deep_link_restores_the_candidate_and_the_open_drawer(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_role("button", name="Open candidate").nth(3).click()
    settled(page, page.get_by_text("required verified"))
    page.get_by_role("button", name="Evidence").last.click()
    settled(page, page.get_by_role("dialog"))
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    settled(page, page.get_by_role("dialog").get_by_text("The checks, in order"))
    expect(page.get_by_text("Dmitri Sample").first).to_be_attached()


def test_an_unknown_issuer_is_accepted_with_a_reason_and_the_verdict_changes(
    page: Page, address: str
) -> None:
    load_sample(page, address)
    page.get_by_role("link", name="Trust & activity", exact=True).click()
    decide = page.get_by_role("button", name="Decide").first
    settled(page, decide)
    decide.click()
    accept = page.get_by_text("Accept", exact=True).first
    settled(page, accept)
    accept.click()
    page.get_by_role("textbox", name="Approved by").fill("hr@employer.example")
    page.get_by_role("textbox", name="Reason").fill("we know their course")
    page.get_by_role("button", name="Save and check again").click()
    settled(page, page.get_by_text("is checked again").or_(page.get_by_text("are checked again")))
    page.get_by_role("link", name="Candidates", exact=True).click()
    settled(page, page.get_by_text("15 candidates"))


def test_the_script_for_the_room(page: Page, address: str) -> None:
    page.goto(f"{address}/?demo=1")
    reset = page.get_by_role("button", name="Reset the demo")
    settled(page, reset)
    reset.click()
    watched(page)
    checked_all(page)

    page.get_by_role("link", name="Compare", exact=True).click()
    chosen(page, "Dmitri Sample", "Greta Fiktiv")
    page.get_by_role("button", name="Rejected evidence").first.click()
    drawer = page.get_by_role("dialog")
    settled(page, drawer.get_by_text("The file says, but nothing proves it"))
    drawer.get_by_text("What was read").click()
    expect(drawer.locator("code", has_text="▶").first).to_contain_text('▶   "proof"', timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0, timeout=PATIENCE)

    claimed = page.get_by_role("button", name="Claimed")
    expect(claimed).to_have_count(3, timeout=PATIENCE)
    claimed.first.click()
    settled(page, drawer.get_by_text("Your move"))
    drawer.get_by_role("button", name="Decide on the issuer").click()
    settled(page, page.get_by_role("button", name="Save and check again"))
    page.get_by_text("Accept", exact=True).first.click()
    page.get_by_role("textbox", name="Approved by").fill("hr@employer.example")
    page.get_by_role("textbox", name="Reason").fill("we know their course")
    page.get_by_role("button", name="Save and check again").click()
    settled(page, page.get_by_text("1 file is checked again"))
    page.get_by_role("link", name="Compare", exact=True).click()
    settled(page, page.get_by_text("requirements proved by all of them"))
    expect(claimed).to_have_count(0, timeout=PATIENCE)

    reset.click()
    watched(page)
    checked_all(page)
    expect(page.get_by_text("1 issuer not on your list").first).to_be_visible()


def test_checking_that_was_stopped_goes_on_before_the_eyes_of_who_asked_for_it(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/?demo=1")
    reset = page.get_by_role("button", name="Reset the demo")
    settled(page, reset)
    reset.click()
    watched(page)
    page.get_by_role("button", name="Cancel").click()
    settled(page, page.get_by_text("Stopped: "))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("27 items received").first).to_be_visible(timeout=4 * PATIENCE)


def watched(page: Page) -> None:
    """The checks of the sample are listed first, and ticked one after another."""
    expect(page.get_by_text("Shown step by step").first).to_be_visible(timeout=PATIENCE)
    for answer in ("waiting", "passed"):
        tick = page.locator(".sp-ticks li", has_text=f"Signature: {answer}.")
        expect(tick.first).to_be_visible(timeout=PATIENCE)


def checked_all(page: Page) -> None:
    """The sample has its verdicts; step by step that takes a while, and nothing has moved by then."""
    results = page.locator(".st-key-results")
    before = results.bounding_box()
    expect(page.get_by_text("27 items received").first).to_be_visible(timeout=4 * PATIENCE)
    settled(page, page.get_by_text("27 items received"))
    expect(page.locator(".sp-ticks")).to_have_count(0, timeout=PATIENCE)
    after = results.bounding_box()
    assert before is not None
    assert after is not None
    assert (after["x"], after["y"]) == (before["x"], before["y"])


def test_one_credential_is_checked_live_and_says_that_nothing_changed(page: Page, address: str) -> None:
    load_sample(page, address)
    page.goto(f"{address}/?demo=1")
    settled(page, page.get_by_text("27 items received"))
    page.get_by_role("button", name="Evidence").first.click()
    drawer = page.get_by_role("dialog")
    live = drawer.get_by_role("button", name="Check this live")
    settled(page, live)
    live.click()
    last = drawer.locator('[class*="st-key-step-binding"]')
    expect(last).to_contain_text("waiting", timeout=PATIENCE)
    settled(page, drawer.get_by_text("Nothing: every check says what it said on"))
    expect(drawer.get_by_text("Earlier verdicts")).to_be_visible()
    expect(live).to_be_enabled()


def test_the_keyboard_alone_reaches_the_sample(page: Page, address: str) -> None:
    page.goto(address)
    button = page.get_by_role("button", name="Try the sample applicants")
    settled(page, button)
    for _step in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    settled(page, page.get_by_text("27 items received"))


def test_a_wallet_is_asked_and_what_it_presents_appears_by_itself(page: Page, address: str) -> None:
    load_sample(page, address)
    asked(page, address, job="Data analyst")
    page.get_by_role("radio", name="VC API").click()
    page.get_by_role("button", name="Let the demo holder answer").click()
    settled(page, page.get_by_text("1 item received: 1 verified"))
    for name in ("Working with SQL", "Certificate of Advanced Studies in Statistics"):
        settled(page, page.locator('[class*="st-key-row-cred-"]', has_text=name))
    page.get_by_role("button", name="Open candidate").click()
    settled(page, page.get_by_text("3 of 6 required verified"))
    expect(page.get_by_text("Wanda Vorlage").first).to_be_visible()


def test_a_code_waits_over_a_reload_until_it_is_cancelled(page: Page, address: str) -> None:
    asked(page, address)
    code = page.get_by_role("img", name="QR code that opens this request in a wallet")
    expect(code).to_be_visible()
    link = page.get_by_test_id("stCode").inner_text()
    page.reload()
    expect(code).to_be_visible()
    assert page.get_by_test_id("stCode").inner_text() == link
    page.get_by_role("button", name="Cancel").click()
    settled(page, page.get_by_text("This request was cancelled"))


def test_back_from_a_candidate_leads_to_the_batch_they_came_from(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_role("button", name="Open candidate").first.click()
    settled(page, page.get_by_text("6 of 6 required verified"))
    page.go_back()
    settled(page, page.get_by_text("27 items received: "))
    page.get_by_role("button", name="Evidence").first.click()
    settled(page, page.get_by_role("dialog"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Check more").click()
    settled(page, page.get_by_text("Drop credential files here"))


def test_the_demo_adds_nothing_to_the_address_of_a_candidate(page: Page, address: str) -> None:
    load_sample(page, address)
    page.get_by_role("button", name="Open candidate").first.click()
    settled(page, page.get_by_text("6 of 6 required verified"))
    page.goto(f"{page.url}&demo=1")
    settled(page, page.get_by_text("Shown step by step"))
    expect(page).to_have_url(re.compile(r"^(?!.*batch=)"))
