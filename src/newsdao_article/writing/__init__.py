"""The other half of the lens: a post's source with just those characters changed that an edit asks for.

`draft` puts the new text together from `front_matter` and `body`; `nodes` goes from a changed block down to the
leaf that changed, with `alignment` to tell what changed and `places` to tell where it stands.
"""
