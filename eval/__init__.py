"""Measures whether answers are right, cited and grounded."""
