"""How often munitions fail: what finds show, what is claimed, and whether the two agree."""
