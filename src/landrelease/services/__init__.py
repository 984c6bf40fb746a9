"""The use cases: the only door through which the web and the command line reach the rest."""
