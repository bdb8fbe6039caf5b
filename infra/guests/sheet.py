"""The page on which all pictures are looked through."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Alcova: pictures</title>
<style>
  body { margin: 2rem; font: 14px/1.4 system-ui, sans-serif; background: #777; color: #fff }
  section { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; margin-bottom: 3rem }
  figure { margin: 0 }
  img { display: block; height: 24rem; max-width: 40rem; object-fit: cover; object-position: top }
  a { color: inherit }
</style>
"""
FIGURE = (
    '<figure><a href="{name}.png"><img loading="lazy" src="{name}-first.png" alt=""></a>'
    "<figcaption>{caption}</figcaption></figure>\n"
)


def contact_sheet(names: Sequence[str]) -> str:
    """Return a page with the first screens, by theme; each leads to the whole page's picture."""
    sections = []
    for theme, group in groupby(names, key=lambda name: name.partition("/")[0]):
        figures = (FIGURE.format(name=escape(n), caption=escape(n.split("/")[1])) for n in group)
        sections.append(f"<h2>{escape(theme)}</h2>\n<section>\n{''.join(figures)}</section>\n")
    return HEAD + "".join(sections)
