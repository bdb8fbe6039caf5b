"""What the API tells of suites and of what stays in them cost."""

from suites.api.calls import router

__all__ = ["router"]
