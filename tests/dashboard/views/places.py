"""Every screen that a link can lead to, and how a test gets there."""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Services
from tests.dashboard.views.conftest import APP, PATIENCE
from tests.dashboard.views.seeing import problems

UNKNOWN = "did:web:unknown.example"
FOOT = "Local, no sign-in. Everything stays on this machine."


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A screen with what its address names."""

    view: str
    title: str
    page: str = ""  # the title of the page it is on, where that is another: shown where nothing can be read
    names: tuple[str, ...] = ()  # which of `addresses`
    part: str = ""  # of the screen "Trust & activity"


TRUST = "Trust & activity"
PLACES = {
    "verify": Place(view=session.VERIFY, title="Verify"),
    "batch": Place(view=session.VERIFY, title="Verify", names=("batch",)),
    "exchange": Place(view=session.VERIFY, title="Ask a wallet", page="Verify", names=("exchange",)),
    "candidates": Place(view=session.CANDIDATES, title="Candidates", names=("job",)),
    "candidate": Place(view=session.CANDIDATE, title="Candidate", names=("id",)),
    "evidence": Place(view=session.CANDIDATE, title="Candidate", names=("id", "cred")),
    "compare": Place(view=session.COMPARE, title="Compare", names=("job", "ids")),
    "coverage": Place(view=session.COVERAGE, title="Coverage", names=("job",)),
    "jobs": Place(view=session.JOBS, title="Jobs", names=("job",)),
    "issuers": Place(view=session.TRUST, title=TRUST, part="issuers"),
    "issuer": Place(view=session.TRUST, title=TRUST, part="issuers", names=("issuer",)),
    "registries": Place(view=session.TRUST, title=TRUST, part="registries"),
    "vocabularies": Place(view=session.TRUST, title=TRUST, part="vocabularies"),
    "activity": Place(view=session.TRUST, title=TRUST, part="activity"),
    "receipts": Place(view=session.TRUST, title=TRUST, part="receipts"),
}


def addresses(services: Services) -> dict[str, str]:
    """What links into this store name: its first job, the people of it, a file of the last one."""
    jobs, batches = services.jobs.rows(), services.work.batches()
    people = services.candidates.rows(jobs[0].job_id if jobs else None)
    last = people[-1].applicant_id if people else ""
    held = services.candidates.detail(last) if people else None
    mine: list[str] = []
    if held:
        mine = [
            *(c.item_id for c in held.credentials),
            *(i.item_id for i in (*held.unreadable, *held.pending)),
        ]
    return {
        "job": jobs[0].job_id if jobs else "",
        "batch": batches[0].batch_id if batches else "",
        "id": last,
        "ids": ",".join(row.applicant_id for row in people[-3:]),
        "cred": mine[0] if mine else "",
        "issuer": UNKNOWN,
        "exchange": services.exchanges.open(job_id=jobs[0].job_id, purpose="To ask") if jobs else "",
    }


def newcomer() -> AppTest:
    """A browser that has just opened the app: it knows the pages."""
    return AppTest.from_file(APP, default_timeout=PATIENCE).run()


def open_place(app: AppTest, name: str, named: dict[str, str], **more: str) -> AppTest:
    """Follow a link to the place; whatever it shows, it is a whole page with one title and no traceback."""
    place = PLACES[name]
    app.switch_page(place.view)
    params = {one: named[one] for one in place.names}
    app.query_params = {**params, **({"part": place.part} if place.part else {}), **more}
    app.run()
    assert problems(app) == []
    assert [title.value for title in app.title] in ([place.title], [place.page])
    assert FOOT in [caption.value for caption in app.caption]
    return app
