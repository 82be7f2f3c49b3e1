"""The report on its page and as a file, of nobody but the person who is there."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize("over", ["month", "year", "all"])
def test_the_report_is_shown_and_given(client: TestClient, over: str) -> None:
    """Over each time, as a page, as a file that asks for nothing, and with its own look."""
    page = client.get(f"/progress/report?period={over}")
    assert page.status_code == 200
    assert "Your back: a report to talk about" in page.text
    file = client.get(f"/progress/ownway-report.html?period={over}")
    assert file.headers["content-disposition"].startswith('attachment; filename="ownway-report-')
    assert "<title>Your back" in file.text
    assert client.get("/progress/report.css").headers["content-type"].startswith("text/css")


def test_another_kind_of_file_is_refused(client: TestClient) -> None:
    """As any address that nobody made."""
    assert client.get("/progress/ownway-report.docx").status_code == 422
