"""`python -m newsdao_article` is the command `newsdao-article`."""

from newsdao_article.cli import main

if __name__ == "__main__":
    main()
