"""What a person must be able to read on each screen in each state: whose move it is, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Senseless:
    """A screen that cannot be in that state, and why."""

    why: str


Cell = tuple[str, ...] | Senseless

NAMES_NOTHING = Senseless("this screen's address names nothing that could be gone")
SAME = Senseless("a request to a wallet looks alike, whatever else is in the store: see loading")
NOT_WORK = Senseless("shows what was decided, not what is being checked")
NOT_FILES = Senseless("shows no file")
NOT_PEOPLE = Senseless("does not grow with people")
NOTHING_YET = Senseless("an empty store has none: a link to one is a link to something that is gone")

OFFLINE = "**Offline.** Signatures are checked"
FAILED = ("We failed, not the file", "Our move", "Reference", "Try again")
BUSY = ("The store did not answer", "Nothing that was saved is lost", "Your move", "Try again")
TRUST = ("issuers", "issuer", "registries", "vocabularies", "activity", "receipts")
PEOPLE = ("candidates", "candidate", "evidence", "compare", "coverage")
PLACES = ("verify", "batch", "exchange", *PEOPLE, "jobs", *TRUST)
WAITING = "still waiting: what is shown may change"
VOCABULARIES = "are never fetched"
REGISTRIES = "No public registry is asked. Set SKILLPROOF_REGISTRIES"

CELLS: Mapping[str, Mapping[str, Cell]] = {
    "empty": {
        "verify": ("Drop in what an applicant sent", "Try the sample applicants", "What we read:"),
        "batch": NOTHING_YET,
        "exchange": SAME,
        "candidates": ("Nobody here yet. Verify what an applicant sent", "Verify first"),
        "candidate": NOTHING_YET,
        "evidence": NOTHING_YET,
        "compare": ("A comparison needs a job and two people.", "Verify first"),
        "coverage": ("Coverage needs a job and at least two people.", "Verify first"),
        "jobs": ("No job yet. Begin with an occupation", "New job", "Or try the sample applicants"),
        "issuers": ("Empty: every issuer is unknown until you accept or refuse it.", "Add an issuer"),
        "issuer": ("Not on your list. Nothing of theirs counts as verified.", "Save and check again"),
        "registries": (REGISTRIES,),
        "vocabularies": (VOCABULARIES,),
        "activity": ("0 checks in 30 days", "No line matches."),
        "receipts": ("A receipt says which files were checked", "Check a receipt"),
    },
    "nobody": {
        "verify": ("Drop in what an applicant sent", "Data analyst"),
        "batch": NOTHING_YET,
        "exchange": SAME,
        "candidates": ("Nobody here yet. Verify what an applicant sent", "Verify first"),
        "candidate": NOTHING_YET,
        "evidence": NOTHING_YET,
        "compare": ("This job has fewer than two people.",),
        "coverage": ("Coverage needs a job and at least two people.", "Verify first"),
        "jobs": ("Data analyst", "Add a skill", "1 version"),
        **dict.fromkeys(TRUST, NOT_PEOPLE),
    },
    "loading": {
        "verify": ("Earlier batches", "12 items received: 2 verified, 10 waiting"),
        "batch": (
            "2 of 12 checked",
            "Cancel",
            "Is it unchanged since it was signed?",
            "waiting for its turn",
        ),
        "exchange": ("This page moves on by itself when an answer arrives.", "Open for one answer", "Cancel"),
        "candidates": ("12 candidates", f"10 files are {WAITING}"),
        "candidate": (f"1 file is {WAITING}",),
        "evidence": ("This file waits for its turn", "Is it unchanged since it was signed?", "Look again"),
        "compare": (f"3 files are {WAITING}",),
        "coverage": (f"10 files are {WAITING}",),
        "jobs": NOT_WORK,
        **dict.fromkeys(TRUST, NOT_WORK),
        "activity": ("Activity log, ",),
    },
    "offline": {
        "verify": (OFFLINE,),
        "batch": (OFFLINE, "? Could not check", "Network: try again"),
        "exchange": SAME,
        "candidates": (OFFLINE, "2 with open points"),
        "candidate": (OFFLINE, "? Could not check", "Claimed, and not proved"),
        "evidence": (OFFLINE, "This says nothing about the candidate", "Check again", "checked offline"),
        "compare": (OFFLINE, "0 of 2 requirements proved by all of them", "Only differences"),
        "coverage": (OFFLINE, "Nobody proves SQL, Statistics"),
        "jobs": (OFFLINE, "Add a skill"),
        **dict.fromkeys(TRUST, (OFFLINE,)),
    },
    "unread": {
        "verify": ("1 item received: 1 not readable",),
        "batch": ("– Not readable", "letter-2.txt", "Candidate’s move"),
        "exchange": SAME,
        "candidates": ("3 candidates", "3 with open points"),
        "candidate": (
            "– Not readable",
            "No credential in this file",
            "Candidate’s move",
            "Add files to this candidate",
        ),
        "evidence": ("– Not readable", "Candidate’s move", "Message to the candidate"),
        "compare": ("0 of 2 requirements proved by all of them", "No evidence"),
        "coverage": ("Nobody proves SQL, Statistics",),
        "jobs": NOT_FILES,
        **dict.fromkeys(TRUST, NOT_FILES),
    },
    "one": {
        "verify": ("1 item received: 1 verified", "Open batch"),
        "batch": ("1 item received: 1 verified", "✓ Verified", "See the candidates"),
        "exchange": SAME,
        "candidates": ("1 candidate · ", "Open selected"),
        "candidate": ("✓ Verified", "0 of 1 required verified", "Save decision"),
        "evidence": ("✓ Verified", "Is it genuine?", "Is it theirs?", "The checks, in order"),
        "compare": ("This job has fewer than two people.",),
        "coverage": ("Coverage needs a job and at least two people.", "Verify first"),
        "jobs": ("Data analyst", "1 version"),
        **dict.fromkeys(TRUST, NOT_PEOPLE),
        "activity": ("Activity log, ",),
    },
    "many": {
        "verify": ("Earlier batches", "18,927 items received"),
        "batch": ("18,927 items received", "Ada Example", "✓ Verified"),
        "exchange": SAME,
        "candidates": ("10,515 candidates", "Export"),
        "candidate": ("required verified", "Is it theirs?"),
        "evidence": ("The checks, in order", "Is it theirs?"),
        "compare": ("requirements proved by all of them", "Only differences"),
        "coverage": ("of 10,515 people", "credentials verified, from"),
        "jobs": ("Add a skill", "1 version"),
        "issuers": ("Waiting for your answer", "on your list"),
        "issuer": ("Not on your list",),
        "registries": NOT_PEOPLE,
        "vocabularies": NOT_PEOPLE,
        "activity": ("Activity log, ",),
        "receipts": NOT_PEOPLE,
    },
    "gone": {
        "verify": NAMES_NOTHING,
        "batch": ("This link names a batch that is not in this store.", "All candidates"),
        "exchange": ("This link names a request that is not in this store.", "All candidates"),
        "candidates": ("The job that this link names is not in this store.",),
        "candidate": ("This link names no candidate in this store.", "All candidates"),
        "evidence": ("This link names no credential in this store. It may have been deleted.",),
        "compare": ("1 person of this link is not in the store any more.",),
        "coverage": ("The job that this link names is not in this store.",),
        "jobs": ("The job that this link names is not in this store.",),
        **dict.fromkeys(TRUST, NAMES_NOTHING),
        "issuer": ("Not on your list. Nothing of theirs counts as verified.",),
    },
    "fault": dict.fromkeys(PLACES, FAILED),
    "busy": dict.fromkeys(PLACES, BUSY),
}
STATES = tuple(CELLS)
