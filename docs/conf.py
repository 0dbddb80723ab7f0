"""How Sphinx builds the documentation: `sphinx-build -W -b html docs docs/_build`."""

from __future__ import annotations

import importlib.metadata

project = "newsdao_article"
author = "The newsdao_article authors"
project_copyright = "2026, The newsdao_article authors"
release = importlib.metadata.version("newsdao-article")
version = release

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"newsdao_article {release}"

# `name` in a docstring is code; nothing has to resolve.
default_role = "code"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
# The names that users write, not the modules that they happen to be defined in.
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 80
