"""The API under `/api/v1/`: on properties' own hosts, on staff hosts, and on the API host.

Each app brings its calls; what is here is theirs together: the document, and how errors are said.
"""

from config.api.calls import api

__all__ = ["api"]
