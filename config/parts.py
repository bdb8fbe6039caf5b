"""Parts of files: Safari plays videos only from servers that answer `Range`."""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 64 * 1024

View = Callable[..., HttpResponseBase]


def in_parts(view: View) -> View:
    """Let a view that answers with files answer with the one part that is asked for."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not isinstance(response, FileResponse) or response.status_code != 200:
            return response
        response.headers["Accept-Ranges"] = "bytes"
        asked = RANGE.fullmatch(request.headers.get("Range", ""))
        known = request.headers.get("If-Range", "")
        file = response.file_to_stream
        if file is None or not asked or (known and known != response.headers.get("ETag")):
            return response
        return part_of(response, file, *asked.groups())

    return wrapped


def part_of(response: FileResponse, file: IO[bytes], first: str, last: str) -> HttpResponseBase:
    """Return the bytes from `first` to `last` of a file, or its `last` ones; 416 for none."""
    size = int(response.headers["Content-Length"])
    start = int(first) if first else max(size - int(last or 0), 0)
    stop = min(int(last) + 1, size) if first and last else size
    if start >= stop:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(start)
    response.streaming_content = _read(file, stop - start)
    response.status_code = 206
    response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response.headers["Content-Length"] = str(stop - start)
    return response


def _read(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
