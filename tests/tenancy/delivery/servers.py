"""nginx and Caddy of the tests' own, with the configurations that are shipped."""

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local.checkout import ROOT
from infra.local.locks import wait_until

DOCKER = ROOT / "docker"
PAGES = "/var/lib/alcova/pages"
WEB = "127.0.0.1:8000"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"

NGINX = f"""
load_module {BROTLI};
daemon off;
worker_processes 1;
pid {{home}}/nginx.pid;
error_log stderr warn;
events {{{{ worker_connections 64; }}}}
http {{{{
    access_log off;
    client_body_temp_path {{home}}/body;
    proxy_temp_path {{home}}/proxy;
    fastcgi_temp_path {{home}}/fastcgi;
    scgi_temp_path {{home}}/scgi;
    uwsgi_temp_path {{home}}/uwsgi;
    include {{home}}/alcova-http.conf;
    server {{{{
        listen 127.0.0.1:{{port}};
        include {{home}}/alcova-server.conf;
    }}}}
}}}}
"""


def program(name: str) -> str | None:
    return shutil.which(name, path=PATH)


MISSING = {
    "nginx": program("nginx") is None or not BROTLI.exists(),
    "caddy": program("caddy") is None,
}
PACKAGES = {"nginx": "nginx libnginx-mod-http-brotli-static", "caddy": "caddy"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(name: str, *, home: Path, pages: Path, upstream: int) -> Iterator[int]:
    """Run a server over the pages, in front of an upstream's port; yield its own port."""
    port = free_port()
    commands = {"nginx": nginx, "caddy": caddy}
    command, environ = commands[name](home, pages, upstream, port)
    with subprocess.Popen(
        command, env=os.environ | environ, stderr=(home / "log").open("w")
    ) as process:
        try:
            assert wait_until(lambda: answers(port), 10), (home / "log").read_text()
            yield port
        finally:
            process.terminate()


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def nginx(home: Path, pages: Path, upstream: int, port: int) -> tuple[list[str], dict[str, str]]:
    for name in ("alcova-http.conf", "alcova-server.conf"):
        text = (DOCKER / "nginx" / name).read_text()
        text = text.replace(PAGES, str(pages)).replace(WEB, f"127.0.0.1:{upstream}")
        (home / name).write_text(text)
    (home / "nginx.conf").write_text(NGINX.format(home=home, port=port))
    let_in(home, pages)
    return [str(program("nginx")), "-p", str(home), "-c", str(home / "nginx.conf")], {}


def let_in(*folders: Path) -> None:
    """Let nginx's workers, which are nobody, reach what pytest made for its own user only."""
    for folder in folders:
        for each in (folder, *folder.parents):
            if each.stat().st_uid == os.geteuid():
                each.chmod(each.stat().st_mode | 0o011)


def caddy(home: Path, pages: Path, upstream: int, port: int) -> tuple[list[str], dict[str, str]]:
    text = caddyfile().replace(PAGES, str(pages))
    (home / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text)
    environ = {
        "ALCOVA_ADDRESS": f"http://:{port}",
        "ALCOVA_WEB": f"127.0.0.1:{upstream}",
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
    }
    arguments = ["run", "--adapter", "caddyfile", "--config", str(home / "Caddyfile")]
    return [str(program("caddy")), *arguments], environ


def caddyfile() -> str:
    """Return the shipped configuration, with Debian 12's older word for buffers where need be."""
    text = (DOCKER / "caddy" / "Caddyfile").read_text()
    command = [str(program("caddy")), "version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    is_old = said.removeprefix("v").startswith("2.6.")
    return text.replace("request_buffers 52MiB", "buffer_requests") if is_old else text


class Client:
    """A client that sends a path as it is."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str = "/", method: str = "GET", **headers: str) -> "Got":
        """Ask for a path; headers are named with underscores."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in ({"Host": "lua.localhost"} | named).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        got = Got(response.status, response.getheaders(), response.read())
        connection.close()
        return got


class Got:
    """What a server answered; a header that comes twice counts as two in one."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = status
        self.body = body
        self.headers: dict[str, str] = {}
        for name, value in headers:
            name = name.title()
            both = f"{self.headers[name]} + {value}" if name in self.headers else value
            self.headers[name] = both

    @property
    def is_file(self) -> bool:
        return "X-From" not in self.headers
