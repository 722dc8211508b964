"""What one browser session remembers, behind one key of `st.session_state`; everything else is in the URL.

Results live in the store, ids and filters in the address: a reload or a shared link shows the same thing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import streamlit as st

from dashboard.access import Actor, Permission, Screen
from dashboard.admission import SESSIONS, Visit, sign_in
from dashboard.identity import Misconfigured, NotSignedIn, Why
from dashboard.services import CandidateRow, JobDraft, NotAllowed, RequirementRow, Services
from dashboard.services.guarding import acting
from dashboard.wording import _, speak

KEY = "skillproof"
VERIFY, CANDIDATES, CANDIDATE = "views/verify.py", "views/candidates.py", "views/candidate.py"
COMPARE, COVERAGE, JOBS, TRUST = "views/compare.py", "views/coverage.py", "views/jobs.py", "views/trust.py"


# What makes up the view of a screen; names of people are in none.
VIEWS = {
    "candidates": ("job", "only", "sort"),
    "compare": ("job", "ids", "look", "differ"),
    "coverage": ("job",),
    "jobs": ("job",),
    "trust": ("part",),
}


@dataclass(slots=True)
class Memory:
    """Lost on reload, and nobody misses it."""

    demo: bool = False
    blind: bool = False  # the switch that hides who people are
    revealed: set[str] = field(default_factory=set)  # people whose name was revealed, with a reason, here
    round: int = 0  # part of the keys of widgets that start afresh after use
    drafts: dict[str, tuple[RequirementRow, ...]] = field(default_factory=dict)  # by job: unsaved lines
    edited: dict[str, tuple[RequirementRow, ...]] = field(default_factory=dict)  # by job: as the grid stands
    drafted_on: dict[str, int] = field(default_factory=dict)  # by job: the version that they change
    proposed: dict[str, JobDraft] = field(default_factory=dict)  # by job: what wants a click
    log_lines: int = 500  # of the activity log, on the screen
    screen: str = ""  # the one shown last
    job: str = ""  # the one looked at last: other screens begin with it
    views: dict[str, dict[str, str]] = field(default_factory=dict)  # by screen: its parameters when left
    passed: dict[frozenset[tuple[str, str]], str] = field(default_factory=dict)  # see `batch`
    leaving: tuple[str, dict[str, str]] | None = None  # where a callback leads; taken by `arrive`
    notice: str = ""  # shown once, after the rerun that an action causes
    failed: tuple[str, str] | None = None  # what a callback could not do: kind and reference, shown once
    visit: Visit | None = None
    refused: Why | None = None  # why nobody is let in, in this run


def memory() -> Memory:
    """This session's memory."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Memory()
    kept: Memory = st.session_state[KEY]
    return kept


def services() -> Services:
    """The open store, for whoever is at work here: what they may not do raises `NotAllowed`."""
    return acting(store(), partial(_admit, memory(), visit()))


def _admit(kept: Memory, here: Visit, needed: Permission) -> Actor:
    try:
        return here.admit(needed)
    except NotAllowed:
        if not here.is_running:  # a callback or a fragment: the app says why, and draws what may be seen now
            kept.notice = _("That was not done: you may not do it, or not any more.")
            st.rerun()  # nothing happens here, and the error stands, where a download is made
        raise


def store() -> Services:
    """The open store itself, for what is nobody's session: the routes of wallets."""
    return _open(os.environ.get("SKILLPROOF_HOME", ""))


@st.cache_resource(show_spinner=False)
def _open(home: str) -> Services:
    """One store a process; it holds no data of its own."""
    return Services.open()


# ------------------------------------------------------------------------------------ who is here


def begin() -> None:
    """Start of every run: the reader's language."""
    speak(lambda: st.context.locale or "en")


def enter() -> None:
    """Establish who is here. Nothing is read for nobody."""
    kept = memory()
    try:
        kept.visit = Visit(store(), st.user.to_dict(), through=sign_in(), sessions=SESSIONS)
        kept.visit.begin()
    except NotSignedIn as error:
        kept.refused = error.why
        return
    except Misconfigured:  # `python -m dashboard` says what is wrong, and does not start
        kept.visit, kept.refused = None, Why.SIGN_IN_MISSING
        return
    kept.refused = None


def demo(screen: str) -> None:
    """Load and stay in the demo where the address asks for it."""
    kept = memory()
    kept.demo = kept.demo and may(Permission.DEMO)
    if param("demo") == "1" and not kept.demo and may(Permission.DEMO):
        kept.demo = True
        batch, job = services().intake.load_sample(step_by_step=True), services().jobs.sample_id()
        if not (screen or param("exchange")):  # on the first screen, where a batch is shown
            put(batch=param("batch") or batch)
        put(job=param("job") or job or "")
    if kept.demo:
        put(demo="1")  # a link shared from the demo stays in the demo
    kept.blind = kept.blind or is_blind()
    if kept.blind:
        put(blind="1")  # what is hidden on one screen is hidden on the next


def end() -> None:
    """End of every run, however it ends."""
    visit = memory().visit
    if visit:
        visit.end()


def refused() -> Why | None:
    """Why nobody is let in; None: somebody is."""
    return memory().refused


def visit() -> Visit:
    """Who is here, as of this run."""
    kept = memory().visit
    if kept is None:  # a callback of a session that the server has forgotten
        raise NotAllowed("nobody is here")
    return kept


def actor() -> Actor:
    """Who is at work here, once they were let in."""
    return visit().actor()


def may(permission: Permission) -> bool:
    """Whether to offer it. Whether it is done is decided by the services."""
    return actor().may(permission)


def screen_of(page: str) -> Screen:
    """The screen that a file draws."""
    return Screen(page.removeprefix("views/").removesuffix(".py"))


def offers(page: str) -> bool:
    """Whether a screen, by its file, is one of this person's."""
    return screen_of(page) in actor().screens


def who(actor_id: str) -> str:
    """What to call the actor of a note or a log line."""
    return called((actor_id,))[actor_id]


def called(actor_ids: Iterable[str]) -> Mapping[str, str]:
    """What to call several of them."""
    return services().members.called(actor_ids)


sign_in_with = st.login  # go to a provider and come back; a callback


def sign_out() -> None:
    """Forget the sign-in, here and at the provider; a callback."""
    visit().sign_out()
    del st.session_state[KEY]
    st.logout()


def theme() -> str:
    """ "light" or "dark", for what Streamlit's own theme does not reach."""
    return st.context.theme.type or "light"


# ------------------------------------------------------------------------------------ the address


def param(name: str) -> str:
    """A query parameter, "" where it is absent."""
    return str(st.query_params.get(name, ""))


def put(**values: str) -> None:
    """Set query parameters; an empty value removes one."""
    kept, before = memory(), st.query_params.to_dict()
    after = {name: value for name, value in (before | values).items() if value}
    if after != before:
        st.query_params.from_dict(after)  # all at once: one step for the browser's Back
    for name, value in values.items():
        if name in VIEWS.get(kept.screen, ()):
            kept.views.setdefault(kept.screen, {})[name] = value


def go(page: str, **values: str) -> None:
    """Change to another screen."""
    kept = memory()
    values |= {"demo": "1" if kept.demo else "", "blind": "1" if kept.blind else ""}
    if page != VERIFY and batch() and (target := _target(values)):
        kept.passed[target] = batch()
    st.switch_page(page, query_params={name: value for name, value in values.items() if value})


def batch() -> str:
    """The batch to show, "" for none.

    On the way to a candidate Streamlit leaves "/?id=…" in the browser's history: Back leads there first.
    """
    return param("batch") or memory().passed.get(_target(st.query_params.to_dict()), "")


def _target(values: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    own = ("batch", "cred", "show", "demo", "blind")
    return frozenset((name, value) for name, value in values.items() if value and name not in own)


def lead(page: str, **values: str) -> None:
    """Change to another screen from a callback, before anything of the old one is drawn again."""
    memory().leaving = page, values
    st.rerun()  # the whole app, for the button may be in a fragment


def arrive() -> None:
    """Go where a callback leads; called once the pages are known."""
    kept = memory()
    if kept.leaving:
        (page, values), kept.leaving = kept.leaving, None
        go(page, **values)


def close_evidence() -> None:
    """Close the drawer; a callback."""
    put(cred="")


def chosen(name: str, options: Sequence[str], default: str = "") -> str:
    """The option that the address names under `name`, else `default`, else the first."""
    wanted = param(name)
    if wanted in options:
        return wanted
    return default if default in options else next(iter(options), "")


def follow(key: str, value: object) -> None:
    """Let the widget `key` show what the address says: a link and the browser's Back change that alone."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def restore(screen: str) -> None:
    """Bring back what `screen` showed when it was left, where the address says nothing of it.

    Streamlit's navigation drops the parameters, and leaves entries without them in the browser's history.
    """
    kept, names = memory(), VIEWS.get(screen, ())
    left, kept.screen = kept.screen, screen
    if left != screen and not any(param(name) for name in names):
        put(**kept.views.get(screen, {}))
    kept.views[screen] = {name: param(name) for name in names}
    kept.job = param("job") or kept.job


def forget_views() -> None:
    """Let every screen begin anew: what they showed is not there any more."""
    kept = memory()
    kept.views.clear()
    kept.screen = kept.job = ""


def remember(name: str, key: str) -> None:
    """Put what the widget `key` says into the address; a callback."""
    value = st.session_state[key]
    put(**{name: "" if value is None else str(value)})


def remember_flag(name: str, key: str) -> None:
    """Put the switch `key` into the address, on as "1"; a callback."""
    put(**{name: "1" if st.session_state[key] else ""})


# ------------------------------------------------------------------------------------ people


def is_blind() -> bool:
    """Whether everybody is hidden: by the switch, which holds from screen to screen, in the address.

    For those who may not be told who people are there is no switch, whatever the address says.
    """
    return param("blind") == "1" or not may(Permission.NAMES)


def hides(applicant_id: str, *, sample: bool) -> bool:
    """Whether it stays hidden who this is.

    A real person is hidden until revealed here with a reason, an invented one never; the switch hides all.
    """
    return is_blind() or not (sample or applicant_id in memory().revealed)


def set_blind(key: str) -> None:
    """Take the switch `key` over; a callback."""
    memory().blind = bool(st.session_state[key])
    put(blind="1" if memory().blind else "")


def name_of(row: CandidateRow, *, hidden: bool = False) -> str:
    """The name to show; `hidden` where the screen hides everybody."""
    return names_of((row,), hidden=hidden)[row.applicant_id]


def names_of(rows: Sequence[CandidateRow], *, hidden: bool = False) -> Mapping[str, str]:
    """Shown names by id, made distinct: two people of one name stay two people."""
    # Asked once, not for each of ten thousand people: `hides` in whole.
    hidden, revealed = hidden or is_blind(), memory().revealed
    shown = {
        row.applicant_id: row.name or row.label or row.pseudonym
        if not hidden and (row.sample or row.applicant_id in revealed)
        else row.pseudonym
        for row in rows
    }
    often = Counter(shown.values())
    return {
        row.applicant_id: name if often[name := shown[row.applicant_id]] == 1 else f"{name} ({row.pseudonym})"
        for row in rows
    }


def reveal(applicant_id: str) -> None:
    """Remember that the name was revealed here."""
    memory().revealed.add(applicant_id)


# ------------------------------------------------------------------------------------ small things


def fresh() -> None:
    """Give widgets with a round in their key a new start."""
    memory().round += 1


def notify(text: str) -> None:
    """Show `text` after the next rerun."""
    memory().notice = text


def take_notice() -> str:
    """The text to show, once."""
    text, memory().notice = memory().notice, ""
    return text


def clock() -> datetime | None:
    """The frozen clock of the demo, None outside it."""
    return services().intake.sample_clock() if memory().demo else None
