"""Questions to the tables of applications and events, and what is written into them."""
