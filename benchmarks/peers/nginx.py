"""nginx, sending one file."""

import os
import shutil
from pathlib import Path

from benchmarks.kit.serving import Server, free_port

CONFIGURATION = """
{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 256; }}
http {{
    types {{ text/html html; }}
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/pages;
    }}
}}
"""


def nginx(body: bytes) -> Server | None:
    """Serve the body as a file; None where nginx is not installed (Debian: nginx-light)."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        return None
    folder = Path(os.environ["VAR_DIR"]) / "nginx"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "index.html").write_bytes(body)
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(user=user, folder=folder, port=port))
    command = [program, "-e", "stderr", "-p", str(folder), "-c", str(configuration)]
    return Server("nginx", command, port, os.environ)
