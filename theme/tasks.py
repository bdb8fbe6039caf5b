"""Doors for work on media."""

from celery import shared_task

from theme import services


@shared_task
def make_renditions(image_id: int) -> None:
    """Make a picture's sizes and formats before a guest asks for them."""
    services.make_renditions(image_id=image_id)
