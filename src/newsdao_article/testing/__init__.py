"""What tests of articles need: Hypothesis strategies for every part of the model and for whole posts.

Needs the extra `testing` (`pip install newsdao-article[testing]`); nothing else in the package
imports it.
"""
