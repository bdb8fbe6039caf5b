"""What editors draft, submit, schedule and publish."""

from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    Workflow,
    WorkflowMixin,
)

from tenancy.scoped import TenantScoped


class Editorial(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel, TenantScoped
):
    """A snippet with drafts, which goes the way of the tenant's pages before it is published."""

    class Meta:
        abstract = True

    @classmethod
    def get_default_workflow(cls) -> Workflow | None:
        """Return the workflow of the tenant's pages.

        Wagtail's own table ties a model to one workflow for the whole installation.
        """
        found = Workflow.objects.filter(active=True, workflow_pages__isnull=False)
        return found.order_by("pk").first()
