"""Ask the web server of this container whether it reaches its database (exit code 0)."""

import http.client
import os
import sys

HOST = f"painel.{os.environ['PLATFORM_DOMAIN']}"
"""Others are refused before anything is looked at."""


def main() -> int:
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    connection.request("GET", "/_health", headers={"Host": HOST})
    return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main())
