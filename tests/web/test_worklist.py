"""A worklist in the browser: uploaded, mapped, answered, filtered, downloaded, removed."""

from __future__ import annotations

import csv
import io
import os
import re
import threading
import time
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from precert import load_rulebook
from precert.batch.answered_file import AnsweredFile
from precert.batch.watching import StopRun
from precert.compiler import is_workbook
from precert.web.app import create_app
from precert.web.settings import ServeSettings
from precert.web.worklist.folders import Folders
from precert.web.worklist.looking_in import free_prefix
from precert.web.worklist.runs import Worklists
from tests.support.workbooks import sheet_of, workbook_of
from tests.web.page_support import html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import xlsxwriter

HEADER = ("Order No", "CPT", "DOS", "Ward")
LINES = [
    ("A1", "27447", "2026-03-02", "<b>East</b>"),
    ("A1", "64480", "2026-03-02", ""),
    ("A1", "64479", "2026-03-02", ""),
    ("A2", "nonsense", "2026-03-02", "West"),
    ("A3", "70450", "2026-03-02", ""),
    ("A4", "27447", "03/02/2026", ""),
]
ORDERS = "\n".join(",".join(row) for row in (HEADER, *LINES)).encode()
MAPPED = {"order_id": "Order No", "code": "CPT", "date_of_service": "DOS"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(ServeSettings(max_upload=1_000_000))) as client:
        yield client


def upload(client: TestClient, content: bytes, name: str = "orders.csv") -> str:
    """Return the address of the worklist that an upload became."""
    sent = client.post("/worklist", files={"orders": (name, content)}, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def answered(client: TestClient, address: str, **told: str) -> str:
    """Return the page of a worklist once it is answered, or was found not to be answerable."""
    sent = client.post(f"{address}/run", data={**MAPPED, **told}, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    for _ in range(600):
        if client.get(f"{address}/progress").headers.get("hx-refresh"):
            return client.get(address).text
        time.sleep(0.05)
    pytest.fail("the worklist is still running")


@pytest.fixture(scope="module")
def looked_at(client: TestClient) -> str:
    """The address of a worklist that is answered, and that no test changes."""
    address = upload(client, ORDERS)
    assert "6 lines: 4 answered" in answered(client, address)
    return address


def test_a_worklist_from_upload_to_removal(client: TestClient) -> None:
    address = upload(client, ORDERS)
    columns = client.get(address).text
    assert '<option value="CPT" selected>' in columns
    assert "&lt;b&gt;East&lt;/b&gt;" in columns
    assert "<b>East</b>" not in columns
    page = answered(client, address)
    assert "6 lines: 4 answered" in page
    assert "2 lines without an answer" in page
    assert "&#39;nonsense&#39; is not a code" in page
    rows = list(csv.DictReader(io.StringIO(client.get(f"{address}/answers.csv").text)))
    assert [row["outcome"] for row in rows] == [
        "auth-needed",
        "follows-primary",
        "auth-needed",
        "not-managed",
    ]
    assert rows[0]["Ward"] == "<b>East</b>"
    rejects = list(csv.DictReader(io.StringIO(client.get(f"{address}/rejects.csv").text)))
    assert [row["reject_line"] for row in rejects] == ["5", "7"]
    assert len(rows) + len(rejects) == len(LINES)
    gone = client.post(f"{address}/delete", follow_redirects=False)
    assert gone.headers["location"] == "/worklist"
    assert client.get(address).status_code == 404


def test_the_answers_can_be_filtered(client: TestClient, looked_at: str) -> None:
    filtered = client.get(f"{looked_at}?outcome=auth-needed&containing=64479").text
    assert "1 answered line" in filtered
    assert client.get(f"{looked_at}?outcome=no-auth").text.count("<tr>") == 3  # headers and rejects
    assert client.get(f"{looked_at}?from=4").status_code == 200
    assert client.get(f"{looked_at}?from=nonsense&platform='--").status_code == 200


def test_filters_and_words_narrow_each_other(client: TestClient, looked_at: str) -> None:
    page = html(client.get(f"{looked_at}?outcome=auth-needed").text)
    (kept,) = page.all("input", type="hidden")
    assert (kept.attributes["name"], kept.attributes["value"]) == ("outcome", "auth-needed")


def test_an_answered_line_leads_to_its_evidence(client: TestClient, looked_at: str) -> None:
    page = html(client.get(looked_at).text)
    links = [one.attributes["href"] for one in page.all("a") if one.text.startswith("line ")]
    assert links[0] == "/rules/joint-surgery/27447?edition=2026-01"
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_page_names_no_option_of_a_command(client: TestClient, looked_at: str) -> None:
    page = client.get(looked_at).text
    assert "expected a date that can be read in one way<" in page
    assert "--" not in html(page).words
    assert "that they have the month first" in html(page).words


def test_without_scripts_the_page_of_a_run_asks_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    monkeypatch.setattr(
        "precert.web.worklist.runs.determine_files", lambda *_, **__: ended.wait(20)
    )
    address = upload(client, ORDERS)
    client.post(f"{address}/run", data=MAPPED, follow_redirects=False)
    page = client.get(address).text
    ended.set()
    assert '<noscript><meta http-equiv="refresh"' in page.partition("<body>")[0]
    assert f'<a href="{address}">' in page


def test_dates_with_the_month_first_are_told(client: TestClient) -> None:
    page = answered(
        client, upload(client, ORDERS.replace(b"2026-03-02", b"03/02/2026")), dates="us"
    )
    assert "6 lines: 5 answered" in page


def test_lines_that_are_a_part_stay_open(client: TestClient) -> None:
    line = b"Order No,CPT,DOS\nA1,C1767,2026-03-02\n"
    whole = answered(client, upload(client, line))
    part = answered(client, upload(client, line), orders="partial")
    assert "not managed by" in whole
    assert "depends on what is not known yet" in part
    assert "What other codes are on the order" in part


def test_a_workbook_is_read_with_its_row_numbers(client: TestClient) -> None:
    rows = [("Orders of Monday",), (), HEADER, *LINES]
    address = upload(client, sheet_of(rows), "orders.xlsx")
    assert "left out above the header: Orders of Monday" in client.get(address).text
    answered(client, address)
    rejects = list(csv.DictReader(io.StringIO(client.get(f"{address}/rejects.csv").text)))
    assert [row["reject_line"] for row in rejects] == ["7", "9"]


def test_of_several_sheets_the_one_with_orders_is_read(client: TestClient) -> None:
    def two(book: xlsxwriter.Workbook) -> None:
        wards = (("No", "Name", "Ward"), (1, "Test", "East"))
        for name, rows in {"Wards": wards, "Orders": (HEADER, LINES[0])}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    address = upload(client, workbook_of(two), "orders.xlsx")
    page = client.get(address).text
    assert "read from the sheet Orders of orders.xlsx" in page
    assert "left out the sheet Wards" in page


def test_columns_that_are_not_told_are_asked_for(client: TestClient) -> None:
    address = upload(client, b"One,Two,Three\nA1,27447,2026-03-02\n")
    page = answered(client, address, order_id="", code="", date_of_service="")
    assert "a column for order_id, code, date_of_service" in page
    assert "precert-worklists" not in page
    told = {"order_id": "One", "code": "Two", "date_of_service": "Three"}
    assert "1 line: 1 answered" in answered(client, address, **told)


@pytest.mark.parametrize(
    ("name", "content", "status", "message"),
    [
        ("orders.exe", ORDERS, 422, "expected one of .csv"),
        ("orders.csv.gz", ORDERS, 422, "expected one of .csv"),
        ("orders.csv", b"", 422, "is empty"),
        ("orders.parquet", b"no parquet", 422, ""),
        ("orders.xlsx", b"PK\x03\x04 broken", 422, ""),
        ("../../etc/passwd.csv", b"\x00\xff", 422, ""),
        ("orders.csv", ORDERS.split(b"\n")[0], 422, "no order line"),
    ],
)
def test_a_bad_upload_says_what_was_read(
    client: TestClient, name: str, content: bytes, status: int, message: str
) -> None:
    sent = client.post("/worklist", files={"orders": (name, content)})
    assert sent.status_code == status
    wrong = re.search(r'role="alert">(.+?)</p>', sent.text, re.DOTALL)
    assert wrong
    assert message in wrong[1]
    assert "precert-worklists" not in sent.text


def test_an_upload_that_is_too_large_is_not_taken(client: TestClient) -> None:
    files = {"orders": ("orders.csv", b"x" * 1_100_000)}
    sent = client.post("/worklist", files=files, headers={"accept": "text/html"})
    assert sent.status_code == 413
    assert "1,000,000" in sent.text


def test_no_form_no_worklist(client: TestClient) -> None:
    assert client.post("/worklist", content=b"{}").status_code == 422
    assert client.post("/worklist", data={"orders": "text"}).status_code == 422
    foreign = {"sec-fetch-site": "cross-site"}
    files = {"orders": ("orders.csv", ORDERS)}
    assert client.post("/worklist", files=files, headers=foreign).status_code == 403
    assert client.get("/worklist/none-such").status_code == 404


def test_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with TestClient(create_app(ServeSettings())) as client:
        address = upload(client, ORDERS)
        assert list(tmp_path.rglob("upload*"))
        answered(client, address)
        assert not list(tmp_path.rglob("upload*"))
        assert list(tmp_path.rglob("answers.parquet"))
        for root in tmp_path.glob("precert-worklists-*"):
            assert root.stat().st_mode & 0o077 == 0
        bad = client.post("/worklist", files={"orders": ("orders.csv", b"\x00")})
        assert bad.status_code == 422
        assert len(list(tmp_path.glob("precert-worklists-*/*"))) == 1
    assert not list(tmp_path.glob("precert-worklists-*"))


def test_a_file_is_called_by_its_own_name(client: TestClient) -> None:
    twice = b"Order No,CPT,DOS,CPT\nA1,27447,2026-03-02,x\n"
    sent = client.post("/worklist", files={"orders": ("two of them.csv", twice)})
    assert "two of them.csv: two columns are named" in sent.text
    assert "upload.csv" not in sent.text
    sheet = sheet_of([("Order No", "CPT", "DOS", "CPT"), ("A1", "27447", "2026-03-02", "x")])
    sent = client.post("/worklist", files={"orders": ("book.xlsx", sheet)})
    assert "book.xlsx: two columns are named" in sent.text


@pytest.mark.parametrize(
    ("name", "told"), [("monday.csv", "monday.csv"), ("=1+1.csv", "./=1+1.csv")]
)
def test_rejects_call_the_file_as_its_user_does(client: TestClient, name: str, told: str) -> None:
    """Not by where it lay on the server, nor so that a spreadsheet takes the name for a formula."""
    address = upload(client, ORDERS, name)
    answered(client, address)
    rejects = list(csv.DictReader(io.StringIO(client.get(f"{address}/rejects.csv").text)))
    assert [row["reject_file"] for row in rejects] == [told, told]


@pytest.mark.parametrize("sign", "=+-@")
def test_no_column_of_ours_begins_with_a_formula(client: TestClient, sign: str) -> None:
    """What a line holds itself goes through as it is: it is the user's own."""
    lines = f"Order No,CPT,DOS,Note\nA1,27447,2026-03-02,{sign}1\nA2,{sign}1,2026-03-02,{sign}1\n"
    address = upload(client, lines.encode())
    answered(client, address)
    for file in ("answers", "rejects"):
        (row,) = csv.DictReader(io.StringIO(client.get(f"{address}/{file}.csv").text))
        assert row.pop("Note") == f"{sign}1"
        row.pop("CPT")
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_file_without_a_readable_line_says_why(client: TestClient) -> None:
    latin = "Order No,CPT,DOS,Ward\nA1,27447,2026-03-02,Süd\n".encode("latin-1")
    sent = client.post("/worklist", files={"orders": ("latin.csv", latin)})
    assert "read no order line (line 2: " in sent.text
    assert "UTF-8" in sent.text


def test_answers_are_answered_again(client: TestClient, looked_at: str) -> None:
    """A file with columns named as the answer's, as a downloaded one has them."""
    again = upload(client, client.get(f"{looked_at}/answers.csv").content, "answers.csv")
    assert "new_outcome" in client.get(again).text
    page = answered(client, again)
    assert "4 lines: 4 answered" in page
    (row, *_) = csv.DictReader(io.StringIO(client.get(f"{again}/answers.csv").text))
    assert (row["outcome"], row["new_outcome"]) == ("auth-needed", "auth-needed")
    filtered = client.get(f"{again}?outcome=auth-needed").text
    assert "2 answered lines" in filtered
    assert free_prefix(["New_Outcome", "OUTCOME"]) == "new_new_"


@pytest.mark.parametrize("told", ["9" * 30, "9" * 5000, "-1", "\u0663", "\u00b2"])
def test_a_page_of_lines_that_no_file_has(client: TestClient, looked_at: str, told: str) -> None:
    assert client.get(looked_at, params={"from": told}).status_code == 200


def test_progress_of_a_worklist_that_is_gone_leads_to_the_page_that_says_so(
    client: TestClient,
) -> None:
    assert client.get("/worklist/none-such/progress").headers["hx-refresh"] == "true"


def test_what_is_no_upload_is_a_small_form() -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    with TestClient(create_app(ServeSettings(max_body=1000))) as small:
        address = upload(small, ORDERS + b"\n" * 2000)
        sent = small.post(f"{address}/run", content=b"code=" + b"x" * 1000, headers=form)
    assert sent.status_code == 413


def test_a_download_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lines.csv").write_text("a,b\n1,2\n")
    target = tmp_path / "answers.csv"

    def cut_off(_con: object, _query: object, path: Path, _kind: object) -> None:
        path.write_text("a,")
        cut_off_by = "cut off"
        raise OSError(cut_off_by)

    with monkeypatch.context() as patched:
        patched.setattr("precert.batch.answered_file.write", cut_off)
        with pytest.raises(OSError, match="cut off"):
            AnsweredFile(tmp_path / "lines.csv").write_csv(target)
    assert not target.exists()
    AnsweredFile(tmp_path / "lines.csv").write_csv(target)
    assert target.read_text() == "a,b\n1,2\n"


def test_a_text_file_is_told_from_a_workbook_by_its_first_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of 100 MB must not be read into memory for that."""
    orders = tmp_path / "orders.csv"
    orders.write_bytes(ORDERS)

    def read_bytes(_: object) -> bytes:
        pytest.fail("the whole file is read")

    monkeypatch.setattr("pathlib.Path.read_bytes", read_bytes)
    assert not is_workbook(orders)


def test_a_worklist_that_is_deleted_while_it_runs_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worklists = Worklists(load_rulebook())
    folder = worklists.folder()
    (folder / "upload.csv").write_bytes(ORDERS)
    worklist = worklists.add("orders.csv", folder / "upload.csv")
    ended = threading.Event()

    def run(*_: object, watch: Callable[[str, float | None], None], **__: object) -> None:
        worklists.remove(worklist.token)
        with pytest.raises(StopRun):
            watch("reading the lines", None)
        folder.mkdir()
        (folder / "answers.parquet").write_bytes(b"late")
        ended.set()

    monkeypatch.setattr("precert.web.worklist.runs.determine_files", run)
    worklists.start(worklist, MAPPED, None, whole=True)
    assert ended.wait(20)
    worklists.close()
    assert not folder.exists()


def test_a_run_that_fails_is_said_and_logged(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def run(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("precert.web.worklist.runs.determine_files", run)
    with caplog.at_level("ERROR", "precert.web"):
        page = answered(client, upload(client, ORDERS))
    assert "the server failed; the file was not answered" in page
    assert [record.getMessage() for record in caplog.records] == ["bug"]


def test_an_app_that_nobody_uploads_to_makes_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    create_app(ServeSettings())
    assert not list(tmp_path.iterdir())


def test_what_a_killed_server_left_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    living = Folders()
    held = living.new()
    left = tmp_path / "precert-worklists-left" / "one"
    left.mkdir(parents=True)
    (left / "upload.csv").write_bytes(ORDERS)
    for root in tmp_path.iterdir():
        os.utime(root, (0, 0))
    young = tmp_path / "precert-worklists-young"
    young.mkdir()
    with TestClient(create_app(ServeSettings())):
        assert not left.parent.exists()
    another = Folders()
    made = another.new()
    assert held.exists()
    assert young.exists()
    del another  # forgotten without having been closed, as by an app within another
    assert not made.parent.exists()
    living.close()
    assert not held.parent.exists()


def test_a_worklist_that_nobody_looks_at_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    worklists = Worklists(load_rulebook())
    folder = worklists.folder()
    (folder / "upload.csv").write_bytes(ORDERS)
    worklist = worklists.add("orders.csv", folder / "upload.csv")
    assert worklists.get(worklist.token) is worklist
    later = time.monotonic() + 3601
    monkeypatch.setattr("precert.web.worklist.runs.time.monotonic", lambda: later)
    assert worklists.get(worklist.token) is None
    assert not folder.exists()
    worklists.close()
