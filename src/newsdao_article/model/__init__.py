"""What an article is: frozen values that know nothing of text."""
