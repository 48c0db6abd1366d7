"""What is raised for an expression outside the closed part."""

from __future__ import annotations


class NotUnderstood(Exception):
    """An expression that is not evaluated here. `rule` is a short stable name, `message` names the part."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        self.message = message
        super().__init__(message)
