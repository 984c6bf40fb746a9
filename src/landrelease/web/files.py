"""Static files, compressed once and kept: the map's library is over a megabyte."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import Scope

PACKED_SUFFIXES = frozenset({".css", ".js", ".mjs", ".svg"})


class PackedFiles(StaticFiles):
    """Files of a folder, with gzip for clients that take it.

    Compressing anew for each visitor would hold up the tiles that they wait for as well.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file, not modified, or not found."""
        answer = await super().get_response(path, scope)
        takes_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        file = Path(answer.path) if isinstance(answer, FileResponse) else Path()
        if not takes_gzip or file.suffix not in PACKED_SUFFIXES:
            return answer
        headers = {name: answer.headers[name] for name in ("etag", "last-modified")}
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        body = packed(file, file.stat().st_mtime_ns)
        return Response(body, media_type=answer.media_type, headers=headers)


@lru_cache(maxsize=64)
def packed(file: Path, changed_ns: int) -> bytes:
    """Return the compressed file; `changed_ns` is its time of change, which ends the cache."""
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)


def as_download(
    name: str, content: bytes, media_type: str = "application/octet-stream"
) -> Response:
    """Return a file to be saved under its name; no browser shows or runs it.

    Examples
    --------
    >>> as_download("mühle.csv", b"a").headers["content-disposition"]
    "attachment; filename*=UTF-8''m%C3%BChle.csv"
    """
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store, private",
    }
    return Response(content, media_type=media_type or "application/octet-stream", headers=headers)
