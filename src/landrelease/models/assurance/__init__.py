"""How sure clearance is: what was missed, and how much looking is enough."""
