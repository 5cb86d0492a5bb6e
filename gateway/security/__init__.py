"""Who said it, and which bytes were proven."""
