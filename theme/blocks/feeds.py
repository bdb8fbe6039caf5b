"""Blocks that show what comes about elsewhere: offers, reviews, guests' pictures."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from theme.blocks.headed import HeadedBlock


class FeedBlock(HeadedBlock):
    """Shows entries that editors do not write here.

    Guests see nothing of it while there are none, not even its heading. Editors are told, in
    previews, what will appear: `Meta.empty_text`. The chooser's preview shows `Meta.samples`.
    """

    samples: ClassVar[Sequence[Any]] = ()

    def entries(self, context: Mapping[str, Any]) -> Sequence[Any]:
        """Return what there is to show on the page of that context."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the entries, and whether an editor is looking."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        is_sample = context.get("block_def") is self
        request = context.get("request")
        context["entries"] = self.samples if is_sample else self.entries(context)
        context["is_editing"] = is_sample or getattr(request, "is_preview", False)
        return context
