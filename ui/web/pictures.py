"""Pictures of pages that hold a quote: drawn when asked for, in a process of their own, and kept a while."""

from collections import OrderedDict
from pathlib import Path

import anyio
import anyio.to_thread
import fastapi
from starlette.responses import JSONResponse, Response

from ingest.limits import Limits
from ingest.pictures import PageJob, PagePicture
from ingest.workers import Workers
from rag.errors import DocumentError, FootnotedError
from rag.library.library import DiskLibrary
from ui.web.naming import id_of

_KEPT = 40
_LIMITS = Limits(seconds=10)


class Pictures:
    """The pages of the library's PDFs."""

    def __init__(self, library: DiskLibrary) -> None:
        self._library = library
        self._workers: Workers | None = None
        self._kept: OrderedDict[tuple[str, int], PagePicture] = OrderedDict()
        self._one_by_one = anyio.Lock()

    async def receive(self, request: fastapi.Request) -> Response:
        """The picture of a page, or one line that says why there is none."""
        try:
            document = id_of(request.query_params.get("of", ""))
            page = int(request.query_params.get("page", ""))
        except ValueError:
            return JSONResponse({"error": "That is no page of a document."}, 400)
        async with self._one_by_one:
            try:
                picture = await anyio.to_thread.run_sync(self._picture, document, page)
            except FootnotedError as error:
                return JSONResponse({"error": str(error)}, 404)
            except OSError:
                return JSONResponse({"error": "The file cannot be read any more."}, 404)
        headers = {"x-points-wide": f"{picture.points_wide:.2f}", "cache-control": "private, max-age=600"}
        return Response(picture.png, media_type="image/png", headers=headers)

    def _picture(self, document: str, page: int) -> PagePicture:
        catalog = self._library.catalog
        content = catalog.content_of(document)
        if known := self._kept.get((content, page)):
            self._kept.move_to_end((content, page))
            return known
        file = next((Path(source) for source in catalog.sources_of(document) if Path(source).is_file()), None)
        if file is None:
            raise DocumentError("The file of this document is not where it was read.")
        self._workers = self._workers or Workers(1)
        picture = self._workers.draw(PageJob(file.name, file, content, page, _LIMITS))
        self._kept[content, page] = picture
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return picture

    def close(self) -> None:
        """Ends the process that draws."""
        if self._workers is not None:
            self._workers.end()
