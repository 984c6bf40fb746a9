"""Numbered scripts that bring an older register up to date."""
