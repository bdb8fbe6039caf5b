"""The page store: guests' pages, rendered once, kept until what they show has changed.

`wsgi` is the outermost layer of the web server: it answers what is kept, and asks Django for the
rest. With `keeping` a view says that its answer may be kept, under which parameters and how long.
`pages` is what is kept of a page, and `answers` what a guest gets of it; `memory` has the pages of
one process, `shared` those in Redis. `versions` knows which version of each tenant's content is
the present one, and `release` which release of the project this process is.
"""
