"""What an article is written as: HTML, Markdown, plain text, and the post file itself."""
