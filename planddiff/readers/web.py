"""A page or file by its URL: http(s) only, within a time and a size, of a kind that can be read."""

from __future__ import annotations

import queue
import threading
import time
import urllib.error
import urllib.request
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.parse import quote, urlsplit

from planddiff._version import __version__
from planddiff.errors import SourceNotFoundError, UnreadableSourceError
from planddiff.readers.limits import MAX_BYTES
from planddiff.readers.origin import Raw
from planddiff.readers.registry import formats

_OPAQUE = ("application/octet-stream", "binary/octet-stream", "application/x-download", "")
_CHUNK = 2**16
_REDIRECTS = 5


class _Refused(Exception):
    """A redirect or an answer that is not read; the message says why."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in {"http", "https"}:
            raise _Refused(f"it redirects to {newurl!r}, which is neither http nor https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def fetch_url(
    url: str, *, name: str | None = None, encoding: str | None = None, timeout: float = 30.0
) -> Raw:
    """Download one document.

    Parameters
    ----------
    url
        An ``http`` or ``https`` address; characters outside ASCII are escaped.
    name, encoding
        As for :func:`planddiff.readers.read_source`.
    timeout
        Seconds for the whole download, name resolution and redirects included.

    Raises
    ------
    SourceNotFoundError
        The server says that there is no such page (404, 410).
    UnreadableSourceError
        Another scheme, no answer in time, another error of the server, too many bytes, or a
        content type that no reader takes.
    """
    if urlsplit(url).scheme.lower() not in {"http", "https"}:
        raise UnreadableSourceError(
            f"{url!r} is not an http or https address; download the file and give its path"
        )
    answers: queue.Queue[Raw | Exception] = queue.Queue()

    def work() -> None:
        try:
            answers.put(_download(url, name or url, encoding or "", time.monotonic() + timeout))
        except Exception as error:
            answers.put(error)

    # A server can drip bytes slower than any socket timeout; only a second thread ends the wait.
    threading.Thread(target=work, name="planddiff download", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty:
        raise UnreadableSourceError(
            f"{url!r} did not answer within {timeout:g} s; try again, or download the file and "
            "give its path"
        ) from None
    if isinstance(answer, Raw):
        return answer
    raise _explained(url, timeout, answer) from answer


def _download(url: str, name: str, encoding: str, deadline: float) -> Raw:
    request = urllib.request.Request(
        quote(url, safe="%/:=&?~#+!$,;'@()*[]"),
        headers={"User-Agent": f"planddiff/{__version__}", "Accept-Encoding": "identity"},
    )
    opener = urllib.request.build_opener(_Redirects())
    with opener.open(request, timeout=max(0.1, deadline - time.monotonic())) as response:
        media_type = (
            response.headers.get_content_type() if response.headers.get("Content-Type") else ""
        )
        charset = response.headers.get_content_charset() or ""
        readable = {known for kind in formats() for known in kind.media_types}
        if media_type not in readable and media_type not in _OPAQUE:
            raise _Refused(f"it is {media_type}, which holds no plan")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise _Refused("the server sends it compressed although it was asked not to")
        chunks, size = [], 0
        while chunk := response.read1(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > MAX_BYTES:
                raise _Refused(f"it is larger than {MAX_BYTES // 2**20} MB")
            if time.monotonic() > deadline:
                raise TimeoutError
    return Raw(b"".join(chunks), name, url, encoding, charset, media_type)


def _explained(url: str, timeout: float, error: Exception) -> Exception:
    reason = getattr(error, "reason", error)
    if isinstance(error, urllib.error.HTTPError):
        if error.code in {404, 410}:
            return SourceNotFoundError(f"no page at {url!r} (HTTP {error.code}); check the address")
        what = " ".join(f"the server answers HTTP {error.code} {error.reason}".split())
    elif isinstance(error, TimeoutError) or isinstance(reason, TimeoutError):
        what = f"it did not come within {timeout:g} s"
    elif isinstance(error, (_Refused, HTTPException, OSError, ValueError)):
        what = " ".join(str(reason).split()) or type(error).__name__
    else:
        return error
    return UnreadableSourceError(
        f"{url!r} was not read: {what}; save the page or file and give its path"
    )
