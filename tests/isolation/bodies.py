"""What to send by POST: the forms of a page as a browser would, or with other objects chosen."""

from typing import Any

from bs4 import BeautifulSoup, Tag

from tests.isolation.arguments import key_of
from tests.isolation.world import World

Body = dict[str, list[str]]

CHOSEN = {
    "image": "image", "cover": "image", "logo": "image", "document": "document",
    "video": "document",
    "collection": "collection", "property": "property", "suite_type": "suitetype",
    "feature": "feature", "stay": "stay", "special_day": "specialday", "inclusions": "inclusion",
    "rule": "promotionrule",
    "page": "home", "site": "site", "redirect_page": "suite_page",
    "parent_page": "home", "new_parent_page": "home", "parent": "collection", "user": "user",
    "groups": "group", "group": "group", "role": "group", "task": "task", "tasks": "task",
    "workflow": "workflow", "page_ids": "home", "id": "suite_page", "object_id": "draft",
    "revision_id": "revision", "translation_of": "string_segment", "owner": "user",
    "use": "offline_use", "review": "review", "location": "location", "house": "property",
}  # fmt: skip
"""Fields that choose an object, by the last part of their name, and the kind that they choose."""

PLAIN: dict[str, str] = {
    "title": "Outro nome", "name": "Outro nome", "slug": "outro-nome", "value": "Outro",
    "act": "tie", "email": "outra@exemplo.test", "host": "outro.exemplo.test", "comment": "Certo",
    "next": "/admin/", "action-publish": "1", "confirm": "1", "restriction_type": "none",
    "action_type": "move", "url": "https://sol.localhost/suites/", "link_text": "link",
    "old_path": "/antigo", "redirect_link": "http://lua.localhost/suites/",
    "lasts": "1d", "publish_translations": "on", "locales": "2", "password": "uma-senha-longa",
}  # fmt: skip


def forms_of(html: bytes) -> Body:
    """Return the fields of a page's POST forms, with the values that they hold."""
    body: Body = {}
    for form in BeautifulSoup(html, "html.parser").find_all("form"):
        if str(form.get("method", "get")).lower() == "post":
            for field in form.find_all(["input", "textarea", "select"]):
                _read(field, body)
            for block in form.select("[data-block][id]"):
                body[f"{block['id']}-count"] = ["0"]  # what a script would draw: a stream of none
    return body


def _read(field: Tag, body: Body) -> None:
    name = field.get("name")
    if not name or field.get("disabled") is not None:
        return
    values = body.setdefault(str(name), [])
    if field.name == "textarea":
        values.append(field.text)
    elif field.name == "select":
        chosen = [option for option in field.find_all("option") if option.has_attr("selected")]
        values += [str(option.get("value", "")) for option in chosen]
    elif field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked"):
        values.append(str(field.get("value", "")))


def choosing(world: World, body: Body) -> Body:
    """Return the body with every object that it chooses replaced by the world's."""
    changed = {name: _choose(world, name, values) for name, values in body.items()}
    return {name: values for name, values in changed.items() if values}


def _choose(world: World, name: str, values: list[str]) -> list[str]:
    kind = CHOSEN.get(name.rsplit("-", 1)[-1])
    if name.endswith("-id"):
        return values
    return [key_of(world, kind)] if kind else values


def guess(world: World) -> Body:
    """Return a body that many views can use, for those whose form could not be read."""
    chosen = {name: [key_of(world, kind)] for name, kind in CHOSEN.items()}
    return {name: [value] for name, value in PLAIN.items()} | chosen


def said(path: str, body: Body | None) -> str:
    """Return all that a request says, to tell an echo from a leak."""
    parts: list[Any] = [path, *(body or {}).keys()]
    return "\n".join([*parts, *(value for values in (body or {}).values() for value in values)])
