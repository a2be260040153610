"""URLs, against a server on loopback."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from planddiff.errors import SourceNotFoundError, UnreadableSourceError
from planddiff.readers import iter_sources, limits, read_source, web
from tests.readers.made import LINES, TITLE, WordFile, page, paragraphs, pdf, shown

PAGE = page(f'<div id="zoom">{paragraphs()}</div>', head="")
HTML = "text/html"
TARGETS = {"/moved": "/utf8", "/loop": "/loop", "/local": "file:///etc/x", "/ftp": "ftp://x/y"}


def word() -> bytes:
    made = WordFile()
    made.add(TITLE)
    return made.save()


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.partition("?")[0]
        answers = {
            "/utf8": (HTML + "; charset=utf-8", PAGE.encode()),
            "/gb2312": (HTML + "; charset=gb2312", PAGE.encode("gb18030")),
            "/plan.pdf": ("application/pdf", pdf([LINES])),
            "/download": ("application/octet-stream", word()),
            "/%E8%A6%81%E7%82%B9.html": (HTML, PAGE.encode()),
            "/picture": ("image/png", b"\x89PNG"),
            "/data": ("application/json", b"{}"),
            "/big": ("text/plain", b"x" * 5000),
        }
        if path == "/drip":
            self.answer("text/plain", b"")
            for _ in range(40):
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif path == "/silent":
            time.sleep(1)
        elif path in TARGETS:
            self.send_response(302)
            self.send_header("Location", TARGETS[path])
            self.end_headers()
        elif path == "/garbage":
            self.wfile.write(b"\x00\x01 no http at all\r\n\r\n")
        elif path in answers:
            self.answer(*answers[path])
        else:
            self.send_error(503 if path == "/busy" else 404)

    def answer(self, kind: str, body: bytes):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if self.path == "/utf8?zipped":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep the test output clean."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.mark.parametrize("path", ["/utf8", "/gb2312", "/moved", "/要点.html", "/utf8?a=b&c=1#x"])
def test_pages(site, path):
    document = read_source(site + path)
    assert shown(document) == [TITLE, *LINES]
    assert document.name == site + path
    assert document.encoding == ("gb18030" if path == "/gb2312" else "utf-8")


def test_files(site):
    assert shown(read_source(f"{site}/plan.pdf")) == LINES
    assert shown(read_source(f"{site}/download?id=7")) == [TITLE]
    assert [name for name, _ in iter_sources([f"{site}/utf8"])] == [f"{site}/utf8"]


def test_a_missing_page(site):
    with pytest.raises(SourceNotFoundError, match=r"no page at 'http.*/none' \(HTTP 404\)"):
        read_source(f"{site}/none")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/busy", "the server answers HTTP 503"),
        ("/picture", "it is image/png, which holds no plan"),
        ("/data", "it is application/json"),
        ("/local", "Redirection to url 'file:///etc/x' is not allowed"),
        ("/ftp", "it redirects to 'ftp://x/y', which is neither http nor https"),
        ("/loop", "infinite loop"),
        ("/garbage", ""),
        ("/utf8?zipped", "compressed although it was asked not to"),
    ],
)
def test_what_is_refused(site, path, said):
    with pytest.raises(UnreadableSourceError, match=f"was not read: .*{said}.*; save the page"):
        read_source(site + path)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://x/y", "gopher://x", "data://x,y"])
def test_other_schemes(url):
    with pytest.raises(UnreadableSourceError, match="is not an http or https address; download"):
        read_source(url)


@pytest.mark.parametrize("path", ["/silent", "/drip"])
def test_slow_servers_end_in_time(site, path):
    started = time.monotonic()
    with pytest.raises(UnreadableSourceError, match=r"within 0\.3 s"):
        read_source(site + path, timeout=0.3)
    assert time.monotonic() - started < 1.5


def test_the_size_limit(site, monkeypatch):
    monkeypatch.setattr(web, "MAX_BYTES", 4000)
    with pytest.raises(UnreadableSourceError, match="is larger than 0 MB"):
        read_source(f"{site}/big")
    assert limits.MAX_BYTES == 64 * 2**20


def test_a_closed_port():
    with pytest.raises(UnreadableSourceError, match="was not read"):
        read_source("http://127.0.0.1:9/x", timeout=5)
