"""Front matter for the site generator that a Markdown file is for: Jekyll, Hugo or Astro, in YAML or TOML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from newsdao_article.model.front_matter import FrontMatter, FrontMatterMapping, FrontMatterValue
from newsdao_article.rendering.front_matter import front_matter_items, render_entry, render_front_matter
from newsdao_article.rendering.toml import render_toml

__all__ = ["SITE_KEYS", "FrontMatterFormat", "Site", "render_site_front_matter", "site_front_matter"]

Site: TypeAlias = Literal["jekyll", "hugo", "astro"]
FrontMatterFormat: TypeAlias = Literal["yaml", "toml"]

#: What a key of the article is called there. Keys that are not listed keep their name; Hugo has them under `params`.
SITE_KEYS: Final[dict[str, dict[str, str]]] = {
    "hugo": {
        "excerpt": "summary",
        "permalink": "url",
        "last_modified_at": "lastmod",
        "redirect_from": "aliases",
    },
    "astro": {
        "excerpt": "description",
        "date": "pubDate",
        "last_modified_at": "updatedDate",
    },
}
# https://gohugo.io/content-management/front-matter/#fields
_HUGO_FIELDS: Final = frozenset(
    """
    aliases build cascade categories date description draft expiryDate headless isCJKLanguage keywords lastmod layout
    linkTitle markup menus outputs params publishDate resources sitemap slug summary tags title translationKey type
    url weight images
    """.split()
)
_NAME_LISTS: Final = frozenset(("categories", "tags", "keywords", "aliases", "redirect_from"))


def render_site_front_matter(
    front_matter: FrontMatter, site: Site, written_in: FrontMatterFormat = "yaml"
) -> str:
    """The front matter with its delimiters (`---`, for TOML `+++`), in the keys of `site`; ends with a line end.

    O(n); raises `LimitExceeded` for Jekyll where it would be too long to be read again.
    """
    if site == "jekyll":
        return render_front_matter(front_matter)
    values = site_front_matter(front_matter, site)
    if written_in == "toml":
        return f"+++\n{render_toml(values)}+++\n"
    entries = "".join([render_entry(key, value) for key, value in values.items()])
    return f"---\n{entries}---\n"


def site_front_matter(front_matter: FrontMatter, site: Site) -> Mapping[str, FrontMatterValue]:
    """The keys and values as `site` has them.

    A key whose name there is taken by another one of the article keeps its own. Where Jekyll takes a line of names
    for a list (`tags: a b`), the list is written; `published: false` becomes `draft: true`; teasers lose the line end that
    YAML's folded form gives them.
    """
    items = dict(front_matter_items(front_matter))
    if site == "jekyll":
        return items
    values: dict[str, FrontMatterValue] = {}
    others: dict[str, FrontMatterValue] = {}
    images = _images(items, site)
    for key, value in items.items():
        if key in ("image", "feature_image") and isinstance(value, str) and images:
            for name, image in images.items():
                values.setdefault(name, image)
            continue
        name, value = _entry(key, value, site, items)
        (values if site != "hugo" or name in _HUGO_FIELDS else others)[name] = value
    if others:
        params = values.pop("params", FrontMatterMapping())
        own = params if isinstance(params, FrontMatterMapping) else {"params": params}
        values["params"] = FrontMatterMapping({**own, **others})
    return values


def _entry(
    key: str, value: FrontMatterValue, site: Site, items: Mapping[str, FrontMatterValue]
) -> tuple[str, FrontMatterValue]:
    if key == "published" and isinstance(value, bool) and "draft" not in items:
        return "draft", not value
    if key in _NAME_LISTS and isinstance(value, str):
        value = tuple(value.split())
    elif key in ("excerpt", "feature_text") and isinstance(value, str):
        value = value.removesuffix("\n")
    name = SITE_KEYS[site].get(key, key)
    return (key if name in items else name), value


def _images(items: Mapping[str, FrontMatterValue], site: Site) -> dict[str, FrontMatterValue]:
    """The pictures under the names of the site; empty where the article uses these otherwise."""
    found = [items[key] for key in ("feature_image", "image") if isinstance(items.get(key), str)]
    if site == "hugo":
        return {} if "images" in items or not found else {"images": tuple(dict.fromkeys(found))}
    if "heroImage" in items or not found:
        return {}
    return {"heroImage": found[0], **({"image": found[1]} if len(set(found)) > 1 else {})}
