"""A plain Wagtail project, as its documentation teaches it, with a page like one of ours."""
