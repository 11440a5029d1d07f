"""The routes of the worklist: upload, columns, progress, answers, downloads, removal."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from precert.web.pages.rendering import fragment, page
from precert.web.worklist.looking_in import NoWorklist
from precert.web.worklist.mapping import fields_of, mapping_of
from precert.web.worklist.results import rejects_of, results_of
from precert.web.worklist.runs import State, Worklists
from precert.web.worklist.uploading import SUFFIXES, UploadError, receive_upload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import HTMLResponse
    from starlette.routing import BaseRoute

    from precert.web.served import Served
    from precert.web.worklist.runs import Worklist

HERE = "Worklist"
_TEMPLATES = {
    State.UPLOADED: "worklist/columns.html",
    State.FAILED: "worklist/columns.html",
    State.RUNNING: "worklist/running.html",
    State.ANSWERED: "worklist/answered.html",
}


def worklist_routes(served: Served, worklists: Worklists) -> list[BaseRoute]:
    """Return the routes beneath /worklist. Who made the worklists closes them."""
    pages = _Pages(served, worklists)
    one = "/worklist/{token}"
    return [
        Route("/worklist", pages.begin),
        Route("/worklist", _of_this_site(pages.upload), methods=["POST"]),
        Route(one, pages.show),
        Route(f"{one}/run", _of_this_site(pages.run), methods=["POST"]),
        Route(f"{one}/progress", pages.progress),
        Route(f"{one}/answers.csv", pages.answers),
        Route(f"{one}/rejects.csv", pages.rejects),
        Route(f"{one}/delete", _of_this_site(pages.delete), methods=["POST"]),
    ]


def _of_this_site(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint; a form that another site sends through the browser is refused."""

    async def guarded(request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            raise HTTPException(403, "a form of another site is not taken")
        return await endpoint(request)

    return guarded


class _Pages:
    """The endpoints: each takes a request, and the worklist that its address names."""

    def __init__(self, served: Served, worklists: Worklists) -> None:
        self._served, self._worklists = served, worklists

    async def begin(self, _: Request) -> HTMLResponse:
        return self._begin()

    async def upload(self, request: Request) -> Response:
        try:
            upload = await receive_upload(request, self._worklists.folder)
            worklist = await run_in_threadpool(self._worklists.add, upload.name, upload.path)
        except (UploadError, NoWorklist) as error:
            return self._begin(str(error), 422)
        return _to(f"/worklist/{worklist.token}")

    async def show(self, request: Request) -> HTMLResponse:
        worklist = self._asked(request)
        context: dict[str, object] = {"worklist": worklist}
        if worklist.state is State.ANSWERED:
            context["results"] = await run_in_threadpool(
                results_of, worklist, request.query_params, self._served.rulebook
            )
            context["rejects"] = await run_in_threadpool(rejects_of, worklist)
        elif worklist.state is not State.RUNNING:
            context["fields"] = fields_of(worklist.preview)
        status = 422 if worklist.state is State.FAILED else 200
        return page(self._served, _TEMPLATES[worklist.state], HERE, context, status=status)

    async def run(self, request: Request) -> Response:
        worklist = self._asked(request)
        async with request.form(max_files=0, max_fields=50, max_part_size=1000) as form:
            told = mapping_of(form, worklist)
        self._worklists.start(worklist, told.columns, told.date_format, whole=told.whole)
        return _to(f"/worklist/{worklist.token}")

    async def progress(self, request: Request) -> Response:
        worklist = self._worklists.get(request.path_params["token"])
        if worklist is not None and worklist.state is State.RUNNING:
            return fragment("worklist/progress.html", {"worklist": worklist})
        return Response(headers={"HX-Refresh": "true"})  # of one that is gone the page says so

    async def answers(self, request: Request) -> Response:
        worklist = self._answered(request)
        target = worklist.folder / "answers.csv"
        if not target.exists():
            await run_in_threadpool(worklist.answers.write_csv, target)
        return _download(worklist, target.name, "answers")

    async def rejects(self, request: Request) -> Response:
        return _download(self._answered(request), "rejects.csv", "rejects")

    async def delete(self, request: Request) -> Response:
        await run_in_threadpool(self._worklists.remove, self._asked(request).token)
        return _to("/worklist")

    def _begin(self, problem: str = "", status: int = 200) -> HTMLResponse:
        context = {
            "problem": problem,
            "suffixes": ",".join(SUFFIXES),
            "most": self._served.settings.max_upload // 1_000_000,
        }
        return page(self._served, "worklist/upload.html", HERE, context, status=status)

    def _asked(self, request: Request) -> Worklist:
        worklist = self._worklists.get(request.path_params["token"])
        if worklist is None:
            raise HTTPException(404, "no such worklist, or it was deleted: upload the file again")
        return worklist

    def _answered(self, request: Request) -> Worklist:
        worklist = self._asked(request)
        if worklist.state is not State.ANSWERED:
            raise HTTPException(404, "this worklist is not answered yet")
        return worklist


def _download(worklist: Worklist, file: str, what: str) -> FileResponse:
    stem = PurePosixPath(worklist.name).stem
    name = f"{stem}.{what}.csv"
    return FileResponse(worklist.folder / file, media_type="text/csv; charset=utf-8", filename=name)


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)
