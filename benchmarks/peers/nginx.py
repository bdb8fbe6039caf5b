"""nginx, sending one file: as it comes, and with the configuration that is shipped."""

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.kit.serving import Server, free_port
from infra.local.checkout import ROOT
from tenancy.store.filing import SLOT

SLOTS = 4
"""Of time in which the page is there: more than a benchmark takes."""

CONFIGURATION = """
{user}
{module}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {http}
    server {{
        listen 127.0.0.1:{port};
        {server}
    }}
}}
"""
PLAIN = {"module": "", "http": "types { text/html html; }"}
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
SHIPPED = ROOT / "docker/nginx"
PAGES = "/var/lib/alcova/pages"
"""Where the shipped configuration has the files."""


def nginx(body: bytes) -> Server | None:
    """Serve the body as a file; None where nginx is not installed (Debian: nginx-light)."""
    folder = _folder("nginx")
    (folder / "index.html").write_bytes(body)
    return _server(folder, {**PLAIN, "server": f"root {folder};"})


def nginx_of_ours(body: bytes, host: str) -> Server | None:
    """Serve the body as the page store files it; None without nginx and its module for brotli."""
    if not BROTLI.exists():
        return None
    folder = _folder("nginx-ours")
    slot = int(time.time()) // SLOT
    for number in range(slot, slot + SLOTS):
        page = folder / "hosts" / host / str(number) / "index.html"
        page.parent.mkdir(parents=True)
        page.write_bytes(body)
    parts = {
        name: (SHIPPED / f"alcova-{name}.conf")
        .read_text(encoding="utf-8")
        .replace(PAGES, str(folder))
        for name in ("http", "server")
    }
    return _server(folder, {"module": f"load_module {BROTLI};", **parts})


def _folder(name: str) -> Path:
    folder = Path(os.environ["VAR_DIR"]) / name
    folder.mkdir(parents=True)
    return folder


def _server(folder: Path, parts: Mapping[str, str]) -> Server | None:
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        return None
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(user=user, folder=folder, port=port, **parts))
    command = [program, "-e", "stderr", "-p", str(folder), "-c", str(configuration)]
    return Server(folder.name, command, port, os.environ)
