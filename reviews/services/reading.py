"""A location's reviews are read, page by page, until all that is due is read.

Each page is a transaction, together with where the reading stands: whoever goes on, after whoever
was stopped anywhere, loses nothing and doubles nothing.
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from reviews.enums import OPEN_RUNS, Refusal, RunKind, RunState
from reviews.google.outcomes import BadRequest, Refused
from reviews.google.payloads import Page
from reviews.models import ImportRun, Location
from reviews.rules.slots import NEWEST_EVERY, SWEEP_EVERY, next_slot
from reviews.services import placing, resting, sweeping
from reviews.services.access import google
from reviews.services.showing import refresh
from reviews.services.storing import Stored, store

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

SOUGHT = (Refusal.MISSING, Refusal.FORBIDDEN)
"""After these the location may be in another of the company's accounts."""
AT_ONCE = 20
"""Pages of one location that are read without asking whose turn it is."""


class Overtaken(Exception):
    """Somebody else went on with this reading."""


def read(*, location_id: str, clock: Clock = timezone.now) -> None:
    """Read what is due of a location, unless somebody is at it, or for as long as it goes.

    What Google refuses is written down where editors see it; what may pass is left for later.
    """
    location = resting.begin(location_id, at=clock())
    if location is None:
        return
    try:
        with resting.until_later(location, clock):
            if location.refusal in SOUGHT and not placing.find_again(location):
                raise Refused(Refusal.MISSING)
            read_some(location, clock)
    except Overtaken:
        log.info("reviews.overtaken", location=location_id)


def read_some(location: Location, clock: Clock) -> None:
    """Read pages while something is due, and it is still this location's turn."""
    for _page in range(AT_ONCE):
        run = run_of(location, at=clock())
        if run is None:
            return
        go_on(location, run, clock)


def run_of(location: Location, *, at: datetime) -> ImportRun | None:
    """Return the reading that goes on, or begin one that is due; None if nothing is."""
    run = location.runs.filter(state__in=OPEN_RUNS).first()
    if run is not None:
        return run
    for kind, due_at in (
        (RunKind.SWEEP, location.sweep_due_at),
        (RunKind.NEWEST, location.newest_due_at),
    ):
        if due_at is not None and due_at <= at:
            return ImportRun.objects.create(location=location, kind=kind, started_at=at)
    return None


def go_on(location: Location, run: ImportRun, clock: Clock) -> None:
    """Do the next step of a reading; begin it anew if its page is no longer to be had."""
    try:
        if run.state == RunState.CHECKING:
            sweeping.check_missing(location, run, clock)
            finish(location, run, at=clock())
        else:
            read_page(location, run, clock)
    except BadRequest:
        if not run.page_token:
            raise
        log.info("reviews.page_token_old", run=str(run.pk), pages=run.pages)
        end(run, RunState.BROKEN_OFF, at=clock())


def read_page(location: Location, run: ImportRun, clock: Clock) -> None:
    """Read a page and write it, with what comes after it."""
    asked_at = clock()
    page = google().reviews(location.parent, token=run.page_token)
    with transaction.atomic():
        own(run)
        note_totals(location, page)
        stored = store(location, page.reviews, asked_at=asked_at)
        count(run, page, stored)
        if run.state == RunState.CONFIRMING:
            sweeping.confirm(location, run, page, stored)
        elif run.kind == RunKind.SWEEP and not page.next_token:
            run.state = RunState.CONFIRMING
        run.page_token = "" if run.state == RunState.CONFIRMING else page.next_token
        run.save()
        resting.extend(location, at=clock())
        if run.kind == RunKind.NEWEST and (stored.is_known or not page.next_token):
            finish(location, run, at=clock())


def own(run: ImportRun) -> None:
    """Lock a reading; raise `Overtaken` unless it stands where it was when it was looked up."""
    same = ImportRun.objects.select_for_update().filter(
        pk=run.pk, state=run.state, pages=run.pages, page_token=run.page_token
    )
    if same.first() is None:
        raise Overtaken


def count(run: ImportRun, page: Page, stored: Stored) -> None:
    """Add a page to what a reading has seen."""
    run.pages += 1
    run.read += len(page.reviews)
    run.new += stored.new
    run.changed += stored.changed
    run.unreadable += page.unreadable
    if page.total is not None:
        run.least_total = min(
            page.total, page.total if run.least_total is None else run.least_total
        )
        run.most_total = max(page.total, run.most_total or 0)


def note_totals(location: Location, page: Page) -> None:
    """Write down what Google says of all of a location's reviews."""
    average = None if page.average is None else round(page.average, 2)
    is_same = location.total == page.total and (
        location.average is None if average is None else float(location.average or 0) == average
    )
    if page.total is None or is_same:
        return
    Location.objects.filter(pk=location.pk).update(total=page.total, average=average)
    location.refresh_from_db(fields=["total", "average"])
    refresh(location)


@transaction.atomic
def finish(location: Location, run: ImportRun, *, at: datetime) -> None:
    """End a reading, and say when the next of its kind is due."""
    end(run, RunState.DONE, at=at)
    due = {"newest_due_at": next_slot(location.pk, NEWEST_EVERY, after=at)}
    if run.kind == RunKind.SWEEP:
        due["sweep_due_at"] = next_slot(location.pk, SWEEP_EVERY, after=at)
    Location.objects.filter(pk=location.pk).update(**due)
    location.refresh_from_db(fields=list(due))
    resting.note_success(location)


def end(run: ImportRun, state: RunState, *, at: datetime) -> None:
    """Write down that a reading is over."""
    run.state, run.ended_at, run.page_token = state, at, ""
    run.save(update_fields=["state", "ended_at", "page_token"])
