"""Who may do what with reviews in the admin."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from reviews.models import Review


class ImportedPolicy(ModelPermissionPolicy):
    """Nobody adds or deletes what others said: it comes and goes where it was said."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "change"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


reviews_policy = ImportedPolicy(Review)
