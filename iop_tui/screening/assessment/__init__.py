"""Answers to an assessment, and the assessment in words."""
