"""nginx and Caddy answer what Python would, from files, and ask Python for the rest."""

import http.client
import os
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from infra.local.locks import wait_until
from tenancy.store.files import PageFiles
from tenancy.store.filing import file_of
from tenancy.store.keeping import DRAFT
from tenancy.store.wsgi import PageStore
from tests.tenancy.delivery import servers
from tests.tenancy.delivery.conftest import HOST, Answer
from tests.tenancy.delivery.servers import DOCKER, MISSING, PACKAGES, Client, serving

pytestmark = pytest.mark.usefixtures("as_served")

CODINGS = {"": "identity", "br": "br", "gzip": "gzip", "zstd": "zstd", "gzip, deflate, br": "br"}
NOT_COMPARED = {"Date", "Server", "Connection", "Accept-Ranges", "Etag"}
"""What only says by whom and when it was sent, and the ETag: each server makes its own."""
FRAMING = {"Content-Length", "Transfer-Encoding"}
"""How long the body is, which is compared itself: Caddy sends what is compressed in chunks."""
BUILT = 4.0
HALF = 100_000
"""More than servers have at hand before they begin to pass a body on."""


@pytest.fixture(params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if MISSING[name]:
        pytest.skip(f"{name} is not installed (Debian: apt install {PACKAGES[name]})")
    return name


@pytest.fixture
def store(new_store: Callable[..., PageStore], files: PageFiles, lua: Any) -> PageStore:
    return new_store(lasting(WSGIHandler()), files=files)


def lasting(application: Any) -> Any:
    """Return an application whose pages no clock changes: servers go by the real one."""

    def answered(environ: dict[str, Any], start_response: Any) -> Any:
        result = application(environ, start_response)
        environ[DRAFT].until = None
        return result

    return answered


@pytest.fixture
def client(server: str, tmp_path: Path, files: PageFiles, upstream: int) -> Iterator[Client]:
    home = tmp_path / "server"
    home.mkdir()
    with serving(server, home=home, pages=tmp_path / "pages", upstream=upstream) as port:
        yield Client(port)


def write(store: PageStore, path: str, client: Client) -> Answer:
    """Have a page be rendered, and its file be there; return what Python answers."""
    answer = Answer(store, path)
    assert wait_until(lambda: client.get(path).is_file, BUILT)
    return answer


def addresses(store: PageStore) -> list[str]:
    """Return the paths of all that may be a file: pages of each kind and language, and styles."""
    found = re.findall(rb"<loc>https?://[^/]+(/[^<]*)</loc>", Answer(store, "/sitemap.xml").body)
    found += re.findall(rb"/_style/[0-9a-f]+/[a-z]+\.css", Answer(store, "/").body)
    paths = [each.decode() for each in found]
    for path in paths:
        assert Answer(store, path).status == 200
    kept = {path: store.pages.get((f"https://{HOST}", path, "")) for path in paths}
    return [path for path, page in kept.items() if page and file_of(path, page)]


def compared(headers: dict[str, str]) -> dict[str, str]:
    left = NOT_COMPARED | FRAMING
    return {name.title(): value for name, value in headers.items() if name.title() not in left}


@pytest.mark.parametrize("accepted", CODINGS)
def test_a_file_is_answered_as_python_answers(server, client, store, accepted):
    if server == "nginx" and accepted == "zstd":
        accepted = ""  # Debian's nginx has no such module, and answers plainly
    paths = addresses(store)
    assert {"/", "/en/"} < set(paths)
    assert any(path.startswith("/_style/") for path in paths)
    for path in paths:
        write(store, path, client)
        for method in ("GET", "HEAD"):
            asked = {"HTTP_ACCEPT_ENCODING": accepted, "REQUEST_METHOD": method}
            python = Answer(store, path, **asked)
            file = client.get(path, method, Accept_Encoding=accepted)
            assert file.is_file
            assert (file.status, file.body) == (python.status, python.body), path
            assert compared(file.headers) == compared(python.headers), path


@pytest.mark.parametrize("accepted", ["", "br", "gzip"])
def test_what_a_client_has_is_not_sent_again(client, store, accepted):
    write(store, "/", client)
    first = client.get("/", Accept_Encoding=accepted)
    again = client.get("/", Accept_Encoding=accepted, If_None_Match=first.headers["Etag"])
    assert (again.status, again.body) == (304, b"")
    for name in ("Cache-Control", "Etag", "Vary"):
        assert again.headers[name] == first.headers[name]


def test_an_etag_is_the_contents_own(client, store, versions, lua):
    write(store, "/", client)
    before = client.get().headers["Etag"]
    versions.raise_to(1, lua.pk)
    assert not client.get().is_file
    write(store, "/", client)
    assert client.get().headers["Etag"] == before

    versions.raise_to(2, lua.pk)
    lua_page = Answer(store, "/")
    changed = lua_page.body.replace(b"<body", b"<BODY", 1)  # as long as before
    page = store.pages.get((f"https://{HOST}", "/", ""))
    page.plain, page.packed, page.coded = changed, None, {}
    page.version, page.filed, page.etag = 2, 0, "f" * 20
    page.coded.clear()
    versions.raise_to(3, lua.pk)
    page.version = 3
    store.files.offer(f"https://{HOST}", "/", page)
    assert wait_until(lambda: client.get().is_file, BUILT)
    assert client.get().body == changed
    assert client.get().headers["Etag"] != before


def test_publishing_turns_all_of_a_tenants_hosts_at_once(client, store, versions, lua):
    write(store, "/", client)
    write(store, "/en/", client)
    versions.raise_to(1, lua.pk)
    assert not client.get("/").is_file
    assert not client.get("/en/").is_file


def test_a_new_release_has_servers_find_no_page_of_the_one_before(
    client, store, versions, tmp_path
):
    write(store, "/", client)
    options = {"scheme": "https", "versions": versions}
    files = PageFiles(tmp_path / "pages", release="new", **options)
    files.start()
    assert not client.get("/").is_file
    store.files = files
    store.pages.get((f"https://{HOST}", "/", "")).filed = 0
    write(store, "/", client)
    files.stop()


def test_a_page_is_no_file_past_its_slot(client, store, tmp_path):
    write(store, "/", client)
    present = next((tmp_path / "pages" / "now/hosts" / HOST).iterdir())
    for slot in list(present.parent.iterdir()):
        slot.rename(slot.with_name(str(int(slot.name) - 2)))
    assert not client.get("/").is_file


@pytest.mark.parametrize("query", ["?", "?utm_source=x", "?fbclid=1&b=%00"])
def test_what_campaigns_add_is_answered_by_the_same_file(client, store, query):
    write(store, "/", client)
    assert client.get(f"/{query}").is_file


@pytest.mark.parametrize(
    "path",
    [
        "//", "/en//", "/./", "/en/../", "/%2e/", "/EN/", "/En/", "/en", "/index.html",
        "/en/index.html", "/%65n/", "/en/%2e%2e/", "/en/index.html.br", "/-", "/en/;a/",
    ],
)  # fmt: skip
def test_what_is_no_plain_path_is_pythons(client, store, path):
    write(store, "/en/", client)
    write(store, "/", client)
    got = client.get(path)
    assert not got.is_file
    assert got.body.decode().splitlines()[0].split()[1] == path


@pytest.mark.parametrize(
    "host", ["LUA.localhost", "sol.localhost", "a..b", "..", "-", "lua.localhost."]
)
def test_files_are_a_hosts_own(server, client, store, host):
    write(store, "/", client)
    got = client.get("/", Host=host)
    same = {"nginx": {"LUA.localhost", "lua.localhost."}, "caddy": set()}[server]
    assert (got.status == 200 and got.is_file) == (host in same)


def test_other_methods_are_pythons(client, store):
    write(store, "/", client)
    assert not client.get("/", "POST", Content_Length="0").is_file


def test_python_learns_who_asked_whatever_the_client_says(client):
    lies = {
        "X_Forwarded_For": "9.9.9.9",
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Port": "1",
        "X_Forwarded_Proto": "gopher",
    }
    said = client.get("/admin/", Host="lua.painel.localhost", **lies).body.decode().splitlines()
    headers = dict(line.split(": ", 1) for line in said[1:])
    assert headers["x-forwarded-host"] == "lua.painel.localhost"
    assert headers["x-forwarded-proto"] == "http"
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-port"] != "1"


def test_python_is_asked_only_when_all_of_a_request_has_come(client, heard):
    slow = http.client.HTTPConnection("127.0.0.1", client.port, timeout=10)
    slow.putrequest("POST", "/slow/")
    slow.putheader("Content-Length", str(2 * HALF))
    slow.endheaders(b"x" * HALF)
    client.get("/others/?in=between")  # which the server hears after the half
    slow.send(b"x" * HALF)
    assert slow.getresponse().status == 200
    slow.close()

    assert heard == ["/others/?in=between", "/slow/"]


def test_a_file_that_went_between_is_pythons(server, client, store, tmp_path):
    """It is found, and cannot be opened: as when it is published over at that moment."""
    write(store, "/en/", client)
    with socket.socket(socket.AF_UNIX) as unfit:
        unfit.bind(str(tmp_path / "unfit"))
        for file in (tmp_path / "pages").rglob("index.html*"):
            file.unlink()
            # nginx's workers may not open the one, nobody can open the other
            file.symlink_to({"nginx": "/proc/1/mem", "caddy": tmp_path / "unfit"}[server])
        got = client.get("/en/")
    assert (got.status, got.is_file) == (200, False)
    assert got.body.startswith(b"GET /en/ ")


@pytest.mark.parametrize("name", ["nginx.conf", "alcova-http.conf", "alcova-server.conf"])
def test_each_file_of_nginx_is_where_the_others_include_it(name):
    whole = (DOCKER / "nginx" / "nginx.conf").read_text()
    assert name == "nginx.conf" or f"include /etc/alcova/{name};" in whole


@pytest.mark.skipif(MISSING["nginx"], reason=f"apt install {PACKAGES['nginx']}")
def test_nginx_takes_its_configuration(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "fullchain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=x", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    for file in (DOCKER / "nginx").iterdir():
        text = file.read_text().replace("/etc/alcova/tls", str(tmp_path))
        text = text.replace("/etc/alcova", str(tmp_path)).replace("/run/nginx.pid", "nginx.pid")
        (tmp_path / file.name).write_text(text.replace("modules/", f"{servers.BROTLI.parent}/"))
    said = subprocess.run(
        [str(servers.program("nginx")), "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr


@pytest.mark.skipif(MISSING["caddy"], reason=f"apt install {PACKAGES['caddy']}")
def test_caddy_takes_its_configuration(tmp_path):
    caddy = [str(servers.program("caddy"))]
    file = tmp_path / "Caddyfile"
    file.write_text(servers.caddyfile())
    environ = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    for command in (["validate", "--adapter", "caddyfile", "--config"], ["fmt"]):
        said = subprocess.run(
            [*caddy, *command, file], check=False, capture_output=True, text=True, env=environ
        )
        assert said.returncode == 0, said.stderr
    assert said.stdout == file.read_text()
