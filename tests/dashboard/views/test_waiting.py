"""While files are checked: what is asked is listed before it is answered, with count and cancel."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from dashboard.services import Grouping, Incoming, Services
from tests.dashboard.services.making import slowly, verifying

SECONDS = 0.5  # a file


def test_the_questions_are_listed_before_they_are_answered(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = Services.open(tmp_path, verifying=verifying(slowly(SECONDS)))
    monkeypatch.setattr(session, "services", lambda: services)
    files = [Incoming(filename=f"{number}.json", data=b"ok %d" % number) for number in range(12)]
    batch = services.intake.receive(files, grouping=Grouping.FILE_EACH)
    app.query_params["batch"] = batch
    app.run()
    assert [error.value for error in app.exception] == []
    said = "\n".join(text.value for text in app.caption)
    assert "Is it a well-formed credential? Is it unchanged since it was signed?" in said
    app.button(key="batch-cancel").click().run()
    assert services.work.progress(batch).counts.pending > 0
    services.close()
