"""Where to survey and clear next, with these teams, and why."""
