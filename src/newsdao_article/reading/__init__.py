"""Text → model: front matter, the grammar of the body, what browsers repair, and nodes."""
