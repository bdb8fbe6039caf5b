#!/usr/bin/env python
"""Run a management command, with development settings unless told otherwise."""

import os
import sys

OWNER_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "flush", "test"}
OPS_COMMANDS = {"add_operator", "provision", "setup_platform", "tenant_status", "tenants"}


def role_for(command: str) -> str:
    """Return the database role that a command needs: only these three exist."""
    if command in OWNER_COMMANDS:
        return "owner"
    return "ops" if command in OPS_COMMANDS else "app"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("DATABASE_ROLE", role_for(sys.argv[1] if len(sys.argv) > 1 else ""))

    from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings first)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
