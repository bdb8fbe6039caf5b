"""Reactions that join Wagtail's parts."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published

from sites.redirects import refuse_unfit

pre_save.connect(refuse_unfit, sender=Redirect)


@receiver(page_published)
def count_children(instance: Page, **kwargs: Any) -> None:
    """Count a published page's children again, where the page does not know them.

    wagtail-localize 1.14 publishes translations when the transaction commits, from objects that
    it read before their children were made, and so leaves `numchild = 0`: explorer and menus
    hide the children (its issue 773). To be dropped when upstream mends it.
    """
    children = Page.objects.child_of(instance).count()
    if instance.numchild != children:
        Page.objects.filter(pk=instance.pk).update(numchild=children)
        instance.numchild = children
