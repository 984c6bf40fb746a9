"""From a report of contamination to land given back: register, numbers, plan, reports."""

__version__ = "0.1.0"
