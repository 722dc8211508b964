"""Jobs out of Excel workbooks: values, never formulas; hostile workbooks are refused."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.verifier.skills.making import PYTHON, eqf, requirement
from verifier.errors import Unreadable
from verifier.skills.job_csv import COLUMNS, write_requirements_csv
from verifier.skills.job_excel import read_requirements_excel
from verifier.skills.requirement import JobUnreadable, Requirement

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{0}</sheetData></worksheet>'
INLINE = '<row><c r="{0}1" t="inlineStr"><is><t>skill_name</t></is></c></row>'


def workbook(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    return out.getvalue()


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"xl/{name}.xml".replace("__", "/"), text)
    return out.getvalue()


def test_a_workbook_with_a_title_above_its_header_is_read() -> None:
    rows = read_requirements_excel(
        workbook(
            [
                ["Our next analyst"],
                ["Skill_Name", "skill_id", "required", "weight", "remarks"],
                ["Python", PYTHON, True, 2.5, "ask for it"],
                ["", "", "", "", "only a remark"],
                ["=cmd()", "", "no", 1, ""],
            ]
        )
    )
    assert [(row.skill.name, row.required, row.weight) for row in rows] == [
        ("Python", True, 2.5),
        ("=cmd()", False, 1.0),
    ]
    assert rows[0].skill.id == PYTHON


def test_every_column_of_the_csv_is_a_column_of_the_workbook() -> None:
    made: tuple[Requirement, ...] = (requirement(minimum_level=eqf("6"), must_hold=True),)
    table = [line.split(",") for line in write_requirements_csv(made).decode().splitlines()]
    assert tuple(table[0]) == tuple(COLUMNS)
    assert read_requirements_excel(workbook([list(row) for row in table])) == made


def test_a_formula_is_refused_by_its_place() -> None:
    cell = '<row><c r="A2"><f>1+1</f><v>2</v></c></row>'
    with pytest.raises(JobUnreadable) as caught:
        read_requirements_excel(packed(worksheets__sheet1=SHEET.format(INLINE.format("A") + cell)))
    assert (caught.value.row, caught.value.column) == ("row 2", "A")


@pytest.mark.parametrize(
    "parts",
    [
        {"worksheets__sheet1": '<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET.format("&a;")},
        {"worksheets__sheet1": "<not xml"},
        {"worksheets__sheet1": SHEET.format('<row><c t="s"><v>0</v></c></row>')},
        {"worksheets__sheet1": SHEET.format('<row><c r="A1" t="s"><v>7</v></c></row>')},
        {"worksheets__sheet1": SHEET.format('<row><c r="A1"><v>7</v></c></row>')},
        {"worksheets__sheet1": SHEET.format(" " * 10_000_001)},
        {"other": "<x/>"},
    ],
)
def test_a_hostile_or_other_workbook_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        read_requirements_excel(packed(**parts))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_requirements_excel(data)
