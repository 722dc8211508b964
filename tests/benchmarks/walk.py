"""What people do on every screen, one click after the other, each with the sign that it is answered."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.painting import Hand, Sign
from tests.browser.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator

FRAME = "stDataFrame"
GRID = '[data-testid="stDataFrame"] canvas[data-testid="data-grid-canvas"]'
MATRIX, NAMES = ".st-key-matrix >>> td", ".st-key-matrix >>> button.name"
DRAWER = '[role="dialog"]'
RECEIPT = f'{DRAWER} [class*="st-key-receipt-"]'
PERSON = '[class*="st-key-person-"]'
CREDENTIAL = '[class*="st-key-row-cred-"]'
BATCH = '[class*="st-key-row-batch-"]'
BARS = ".st-key-ages .main-svg .bars path"
FIRST_ROW, ROW, TICK = 57, 38, 16  # pixels of the grid of people: its first row, each row, the tick box
FILES = 250  # handed in at once to be cancelled: they take longer than the click
FILE = ROOT / "sample_data" / "applicants" / "ada-example" / "statistics.json"
SKILLS = ("forklift", "welding", "bookkeeping", "first aid", "Spanish")  # one a round


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """What the addresses name."""

    job: str
    people: tuple[str, ...]  # five
    cred: str  # of the first of them
    batch: str
    other_job: str  # its title; nobody applied for it
    groups: bytes  # a table for the impact panel


def walk(hand: Hand, ids: Ids) -> None:
    """Every screen by its address, then all of them by clicks."""
    addresses(hand, ids)
    candidates(hand, ids)
    candidate(hand)
    compare(hand)
    coverage(hand, ids)
    verify(hand, ids)
    jobs(hand)
    trust(hand)
    uploads(hand)


def addresses(hand: Hand, ids: Ids) -> None:
    """Each screen by its address; the first one in a browser that has never been here."""
    five, one, job = ",".join(ids.people), ids.people[0], f"job={ids.job}"
    actions = Sign(css=".st-key-grid-actions", drawn=GRID)
    hand.opens("Candidates, by address, in a new browser", f"/candidates?{job}", actions)
    hand.opens("Verify, by address", "/", Sign(css=BATCH))
    hand.opens("a batch, by address", f"/?batch={ids.batch}", Sign(css=PERSON))
    hand.opens("Candidates, by address", f"/candidates?{job}", actions)
    hand.opens("a candidate, by address", f"/candidate?id={one}", Sign(css=CREDENTIAL))
    hand.opens("evidence, by address", f"/candidate?id={one}&cred={ids.cred}", Sign(css=RECEIPT))
    hand.opens("comparison of five, by address", f"/compare?ids={five}&{job}", Sign(css=MATRIX))
    hand.opens("Coverage, by address", f"/coverage?{job}", Sign(css=BARS))
    hand.opens("Jobs, by address", f"/jobs?{job}", Sign(css=".st-key-jobs-tools", drawn=GRID))
    hand.opens("activity, by address", "/trust?part=activity", Sign(drawn=GRID))
    hand.opens("Trust, by address", "/trust", Sign(css=".st-key-issuer-files", drawn=GRID))


def verify(hand: Hand, ids: Ids) -> None:
    """Screen 1, and the evidence from there."""
    _goes(hand, "Verify", Sign(css=BATCH))
    opener = hand.page.locator(f".st-key-batch-{ids.batch} button")
    hand.clicks("open a batch", opener.click, Sign(css=PERSON))
    following = hand.page.locator('[data-testid="stPaginationNext"]')
    if following.count():
        hand.clicks("next page of items", following.click, Sign(css=PERSON, gone=_first(hand)))
    tile = hand.page.locator(".st-key-show-tile").get_by_text("Could not check")
    left_out = _first(hand, without="Could not check")
    hand.clicks("a tile as a filter", tile.click, Sign(css=PERSON, gone=left_out))
    hand.clicks("evidence of an item", hand.button("Evidence").click, Sign(css=RECEIPT))
    _escapes(hand)


def candidates(hand: Hand, ids: Ids) -> None:
    """Screen 2."""
    actions = Sign(css=".st-key-grid-actions", drawn=GRID)
    _goes(hand, "Candidates", actions)
    only = hand.page.locator(".st-key-only-filter").get_by_text("Problem found")
    hand.clicks("filter of the grid", only.click, Sign(drawn=GRID))
    hand.clicks("filter of the grid, off", only.click, Sign(drawn=GRID))
    hand.page.locator(".st-key-grid-find input").fill("Carla")
    hand.clicks("find in the grid", lambda: hand.page.keyboard.press("Enter"), Sign(drawn=GRID))
    hand.page.locator(".st-key-grid-find input").fill("")
    hand.clicks("everybody again", lambda: hand.page.keyboard.press("Enter"), Sign(drawn=GRID))
    _chooses(hand, "sort the grid", "grid-order", "Most required", Sign(drawn=GRID))
    _chooses(hand, "as received again", "grid-order", "As received", Sign(drawn=GRID))
    _chooses(hand, "another job", "candidates-job", ids.other_job, Sign(css="p", text="Nobody here yet"))
    _chooses(hand, "the job again", "candidates-job", "Data analyst", actions)
    menu = Sign(css=".st-key-download-candidates-csv")
    hand.clicks("menu of exports", hand.button("Export").click, menu)
    hand.downloads("everybody as CSV", hand.button("CSV").click)
    hand.downloads("everybody as Excel", hand.button("Excel").click)
    hand.page.keyboard.press("Escape")
    hand.clicks("select a row", lambda: _tick(hand, 0), Sign(css=".st-key-open-selected button:enabled"))
    hand.clicks("open the selected one", hand.button("Open selected").click, Sign(css=CREDENTIAL))


def candidate(hand: Hand) -> None:
    """Screen 3, and the evidence from there."""
    show = hand.page.get_by_role("button", name="Show", exact=True).last
    one = _key(show.locator('xpath=ancestor::*[contains(@class, "st-key-req-")][1]'), "st-key-req-")
    hand.clicks("another requirement", show.click, Sign(css=f".{one} button", text="Shown"))
    evidence = hand.page.locator(CREDENTIAL).get_by_role("button", name="Evidence").first
    hand.clicks("evidence of a credential", evidence.click, Sign(css=RECEIPT))
    _escapes(hand)
    note = f"Measured, round {hand.round}."
    hand.page.locator('[class*="st-key-deciding-"] button').first.click()
    hand.page.locator('[class*="st-key-decision-note-"] textarea').fill(note)
    decided = Sign(css='[data-testid="stText"]', text=note)
    hand.clicks("decide with a note", hand.button("Save decision").click, decided)


def compare(hand: Hand) -> None:
    """Screen 5, with nobody chosen and from the grid."""
    _goes(hand, "Compare", Sign(css="p", text="Choose two to five people"))
    _goes(hand, "Candidates", Sign(css=".st-key-grid-actions", drawn=GRID))
    for place in range(5):
        _tick(hand, place)
        hand.rests()
    chosen = hand.page.locator(".st-key-compare-selected button:enabled").first
    chosen.wait_for()
    hand.clicks("compare five", chosen.click, Sign(css=MATRIX))
    only = hand.page.locator(".st-key-only-differences label")
    hand.clicks("only differences", only.click, Sign(css=".st-key-muted-alike"))
    hide = hand.page.locator(".st-key-blind label").first
    if hand.page.locator(".st-key-matrix").get_by_text("Example").count():  # real people are hidden anyway
        hand.clicks("hide who they are", hide.click, Sign(css=NAMES, text="Candidate "))
        hand.clicks("show who they are", hide.click, Sign(css=NAMES, text="Example"))
    cell = hand.page.locator(".st-key-matrix button.cell").first
    hand.clicks("a cell of the comparison", cell.click, Sign(css=RECEIPT))
    _escapes(hand)
    menu = Sign(css=".st-key-download-comparison-csv")
    hand.clicks("menu of exports, comparison", hand.button("Export").click, menu)
    hand.downloads("the comparison as Excel", hand.button("Excel").click)
    hand.page.keyboard.press("Escape")


def coverage(hand: Hand, ids: Ids) -> None:
    """Screen 6."""
    _goes(hand, "Coverage", Sign(css=BARS))
    hand.downloads("coverage as CSV", hand.page.locator(".st-key-download-coverage-csv button").click)
    hand.page.locator(".st-key-impact summary").click()
    groups: FilePayload = {"name": "groups.csv", "mimeType": "text/csv", "buffer": ids.groups}
    hand.page.locator('.st-key-impact-file input[type="file"]').set_input_files([groups])
    hand.page.locator(".st-key-impact-file").get_by_text("groups.csv").wait_for()
    hand.rests()
    hand.clicks("impact of a step", hand.button("Show the impact").click, Sign(css="p", text="Impact ratio:"))


def jobs(hand: Hand) -> None:
    """Screen 7."""
    _goes(hand, "Jobs", Sign(css=".st-key-jobs-tools", drawn=GRID))
    hand.page.locator('[class*="st-key-suggest-"] input').fill(SKILLS[hand.round % len(SKILLS)])
    enter = hand.page.keyboard
    hand.clicks("find a skill", lambda: enter.press("Enter"), Sign(css='[class*="st-key-suggested-"]'))
    hand.clicks("add a requirement", hand.button("Add").click, Sign(css=".st-key-save-row", drawn=GRID))
    hand.page.locator(".st-key-job-out button").first.click()
    hand.downloads("the job as JSON", hand.page.locator(".st-key-job-file-json button").click)


def trust(hand: Hand) -> None:
    """Screen 8."""
    _goes(hand, "Trust & activity", Sign(css=".st-key-issuer-files", drawn=GRID))
    card = Sign(css=".st-key-issuer-card")
    hand.clicks("an issuer that waits", hand.button("Decide").click, card)
    hand.clicks(
        "close the issuer", hand.button("Close").click, Sign(css=".st-key-issuer-files", gone=card.css)
    )
    hand.button("Add an issuer").click()
    hand.page.get_by_role("textbox", name="Identifier, exactly").fill(f"https://issuer-{hand.round}.example/")
    hand.page.keyboard.press("Enter")
    hand.page.locator(".st-key-add-go button:enabled").wait_for()
    hand.clicks("name an issuer", hand.button("Go on").click, card)
    hand.page.locator(card.css).get_by_text("Accept", exact=True).first.click()
    hand.page.get_by_role("textbox", name="Approved by").first.fill("hr@employer.example")
    hand.page.get_by_role("textbox", name="Reason").first.fill("measured")
    hand.clicks(
        "add the issuer",
        hand.button("Save and check again").click,
        Sign(css=".st-key-issuer-files", gone=card.css),
    )
    part = hand.page.locator(".st-key-trust-part")
    hand.clicks("registries", part.get_by_text("Registries").click, Sign(css="p", text="No public registry"))
    hand.clicks(
        "activity", part.get_by_text("Activity").click, Sign(css=".st-key-activity-tools", drawn=GRID)
    )
    hand.clicks("verify the chain", hand.button("Verify the chain").click, Sign(css="p", text="The chain of"))


def uploads(hand: Hand) -> None:
    """Screen 1 again: many files of many people, cancelled while they are checked."""
    _goes(hand, "Verify", Sign(css=BATCH))
    files: FilePayload = {
        "name": "applicants.zip",
        "mimeType": "application/zip",
        "buffer": _files(hand.round),
    }
    hand.page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files([files])
    hand.page.get_by_text("One person a file").click()
    hand.page.get_by_role("button", name="Check 1 item").wait_for()
    hand.rests()
    hand.clicks(
        f"hand in {FILES} people", hand.button("Check 1 item").click, Sign(css=".st-key-batch-cancel")
    )
    hand.clicks(
        "cancel while they are checked", hand.button("Cancel").click, Sign(css=".st-key-batch-resume")
    )


def saves(hand: Hand) -> None:
    """The requirement that was added is saved; everybody is laid against it while the grid is asked for."""
    tools = Sign(css=".st-key-jobs-tools", drawn=GRID)
    _goes(hand, "Jobs", tools)
    saved = Sign(css=tools.css, gone=".st-key-save-row")
    hand.clicks("save the job", hand.button("Save as a new version").click, saved)
    link = hand.page.get_by_role("link", name="Candidates", exact=True)
    grid = Sign(css=".st-key-grid-actions", drawn=GRID)
    hand.clicks("Candidates, while everybody is laid anew", link.click, grid)
    due = hand.page.locator(".st-key-recheck-due button")
    if due.count():  # nothing of the sample ever is
        told = Sign(css='[data-testid="stToast"]', text="checked again")
        hand.clicks("check again whatever is due", due.click, told)


def filters(hand: Hand, times: int) -> None:
    """The filter of the grid switched so often: for what it leaves in memory."""
    if not hand.page.locator(".st-key-only-filter").count():
        _goes(hand, "Candidates", Sign(css=".st-key-grid-actions", drawn=GRID))
    only = hand.page.locator(".st-key-only-filter").get_by_text("Problem found")
    for _time in range(times):
        hand.clicks("filter, for memory", only.click, Sign(drawn=GRID))


def _goes(hand: Hand, screen: str, sign: Sign) -> None:
    link = hand.page.get_by_role("link", name=screen, exact=True)
    hand.clicks(f"{screen}, by navigation", link.click, sign)


def _escapes(hand: Hand) -> None:
    hand.clicks("close the evidence", lambda: hand.page.keyboard.press("Escape"), Sign(gone=DRAWER))


def _chooses(hand: Hand, what: str, key: str, option: str, sign: Sign) -> None:
    """One option of a list; the click on the list before it is the browser's own."""
    hand.page.locator(f".st-key-{key}").get_by_role("combobox").click()
    hand.clicks(what, hand.page.get_by_role("option", name=option).first.click, sign)


def _tick(hand: Hand, place: int) -> None:
    hand.page.get_by_test_id(FRAME).first.click(position={"x": TICK, "y": FIRST_ROW + ROW * place})


def _first(hand: Hand, *, without: str = "\0") -> str:
    """The first person of the page who shows no such word, as a selector: gone once others are there."""
    return "." + _key(hand.page.locator(PERSON).filter(has_not_text=without).first, "st-key-person-")


def _key(element: Locator, prefix: str) -> str:
    classes = (element.get_attribute("class") or "").split()
    return next(name for name in classes if name.startswith(prefix))


def _files(number: int) -> bytes:
    """A ZIP of as many files, none of them known yet: white space is no change to what is signed."""
    buffer, text = io.BytesIO(), FILE.read_bytes()
    with zipfile.ZipFile(buffer, "w") as folder:
        for place in range(FILES):
            folder.writestr(f"person-{number}-{place}.json", text + b" " * place + b"\n" * number)
    return buffer.getvalue()
