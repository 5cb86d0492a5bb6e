"""Values and names that everything else is written in; imports nothing of ours."""
