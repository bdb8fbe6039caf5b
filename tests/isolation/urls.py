"""Walks the URL conf, and fills in what its patterns ask for with one tenant's objects."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from tests.isolation.arguments import choices
from tests.isolation.world import World

SKIPPED = {
    "admin/test404/": "answers 404 on purpose",
    "admin/failwhale/": "answers 500 on purpose",
    "admin/logout/": "would end the walk",
}


@dataclass(frozen=True)
class Pattern:
    """One leaf of the URL conf."""

    route: str
    name: str
    namespace: str
    leaf: URLPattern

    @property
    def view(self) -> str:
        """The name by which `reverse` knows it, namespaces included."""
        return f"{self.namespace}{self.name}"


def patterns(under: str = "", besides: str | None = None) -> list[Pattern]:
    """Return every pattern below a path, or every pattern that is not below one."""
    found = _walk(get_resolver(), "", "")
    return [
        pattern
        for pattern in found
        if pattern.route not in SKIPPED
        and pattern.route.startswith(under)
        and not (besides and pattern.route.startswith(besides))
    ]


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Pattern]:
    for each in resolver.url_patterns:
        route = f"{prefix}{each.pattern}"
        if isinstance(each, URLResolver):
            below = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each, route, below)
        else:
            yield Pattern(route, each.name or "", namespace, each)


def addresses(pattern: Pattern, world: World, most: int = 99) -> Iterator[str]:
    """Yield the pattern's paths, with the world's objects: `most` kinds for each argument."""
    template, names = _template(pattern.route)
    for values in choices(pattern.view, names, world, most):
        yield "/" + (template % values if names else template)


def _template(route: str) -> tuple[str, list[str]]:
    """Turn a route into a %-template: Django's own resolver knows how, converters included."""
    plain, names = "", []
    while route:
        before, angle, after = route.partition("<")
        if angle and not before.endswith("(?P"):
            converter, _, route = after.partition(">")
            names.append(converter.rpartition(":")[2])
            plain += f"{before.replace('^', '')}%({names[-1]})s"
        else:
            break
    if not route:
        return plain, names
    ((template, more), *_others) = normalize(route)
    return plain + template, [*names, *more]
