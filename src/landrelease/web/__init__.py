"""The web pages: parse, call a service, show."""
