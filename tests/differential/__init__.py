"""Our reading of a post against the reference engine's, as a browser's document tree."""
