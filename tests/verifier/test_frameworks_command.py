"""`python -m verifier frameworks`: a download goes in whole or not at all, and misuse is 64."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.__main__ import run
from verifier.home import data_folder

ESCO_HEADER = (
    "uri,preferred_label,skill_type,reuse_level,alt_labels,description,broader,in_v1_2_0,label_source\n"
)
SKILL = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-0000000000{:02}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SKILLPROOF_HOME", str(tmp_path / "home"))
    return tmp_path


def test_a_fresh_installation_lists_the_bundled_subset(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["frameworks", "list"]) == 0
    assert "ESCO" in (said := capsys.readouterr().out)
    assert "O*NET" in said


def test_what_was_imported_is_listed(
    home: Path, capsys: pytest.CaptureFixture[str], shared_frameworks: Path
) -> None:
    source = shared_frameworks / "onet292_skill_knowledge_im_lv.csv.gz"
    assert run(["frameworks", "import", "onet", str(source), "--version", "29.2"]) == 0
    assert "59,772 ratings" in capsys.readouterr().out
    assert run(["frameworks", "list"]) == 0
    assert "O*NET 29.2" in capsys.readouterr().out


def test_a_file_that_is_no_framework_is_refused_whole(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = home / "esco.csv"
    source.write_text(ESCO_HEADER + f"{SKILL.format(1)},one\n", "utf-8")
    assert run(["frameworks", "import", "esco", str(source)]) == 64
    assert "esco.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["import"], ["import", "esco", "missing.csv"], ["import", "tarot", "x"], ["no"]]
)
def test_misuse_is_64(home: Path, words: list[str]) -> None:
    assert run(["frameworks", *words]) == 64


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_folder_is_the_users_own_or_the_one_that_was_chosen(platform: str) -> None:
    assert data_folder(platform, {}).name.lower() == "skillproof"
    assert data_folder(platform, {"SKILLPROOF_HOME": "elsewhere"}) == Path("elsewhere")
