"""Front matter of Markdown for Jekyll, Hugo and Astro: their keys, typed values, YAML and TOML."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.rendering.front_matter import front_matter_items
from newsdao_article.rendering.site_front_matter import Site, site_front_matter
from newsdao_article.rendering.toml import render_toml
from newsdao_article.testing import strategies
from newsdao_article.testing.values import front_matter_mappings

FRONT_MATTER = na.FrontMatter(
    title='첫 눈: "10cm"',
    categories=["사회", "날씨"],
    excerpt="밤새 눈이 왔습니다.\n",
    feature_text="오늘의 뉴스\n",
    image="/a.png",
    feature_image="/b.png",
    extra={
        "layout": "post",
        "date": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "last_modified_at": date(2026, 1, 3),
        "tags": "눈 겨울",
        "published": False,
        "views": 1200,
        "score": 0.5,
    },
)
ARTICLE = na.Article(FRONT_MATTER, [na.Paragraph("본문")])
ONE = na.FrontMatter(title="가", image="/a.png")


def values(front_matter: na.FrontMatter, site: Site) -> dict[str, na.FrontMatterValue]:
    return dict(site_front_matter(front_matter, site))


def test_markdown_begins_with_front_matter_and_a_blank_line() -> None:
    article = na.Article(na.FrontMatter(title="가"), [na.Paragraph("나")])
    assert (
        na.render_markdown(article, na.MarkdownOptions(front_matter="jekyll"))
        == "---\ntitle: 가\n---\n\n나\n"
    )
    options = na.MarkdownOptions(front_matter="hugo", front_matter_format="toml")
    assert na.render_markdown(article, options) == '+++\ntitle = "가"\n+++\n\n나\n'
    assert na.render_markdown(na.Article(ONE), na.MarkdownOptions(front_matter="jekyll")).endswith("---\n")
    assert na.render_markdown(na.Paragraph("나"), options) == "나", "only articles have front matter"


def test_jekyll_has_its_own_keys_and_reads_the_article_again() -> None:
    text = na.render_markdown(ARTICLE, na.MarkdownOptions(front_matter="jekyll"))
    assert na.parse(text).article == na.reduce(ARTICLE).article


def test_hugo_has_its_fields_and_the_rest_as_parameters() -> None:
    assert values(FRONT_MATTER, "hugo") == {
        "title": '첫 눈: "10cm"',
        "categories": ("사회", "날씨"),
        "summary": "밤새 눈이 왔습니다.",
        "images": ("/b.png", "/a.png"),
        "layout": "post",
        "date": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "lastmod": date(2026, 1, 3),
        "tags": ("눈", "겨울"),
        "draft": True,
        "params": na.FrontMatterMapping({"feature_text": "오늘의 뉴스", "views": 1200, "score": 0.5}),
    }


def test_astro_has_the_keys_of_its_blog() -> None:
    found = values(FRONT_MATTER, "astro")
    assert found["description"] == "밤새 눈이 왔습니다."
    assert (found["heroImage"], found["image"]) == ("/b.png", "/a.png")
    assert found["pubDate"] == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found["updatedDate"] == date(2026, 1, 3)
    assert found["draft"] is True
    assert not {"excerpt", "date", "published", "feature_image"} & found.keys()
    assert values(ONE, "astro") == {"title": "가", "heroImage": "/a.png"}


def test_key_whose_name_is_taken_keeps_its_own() -> None:
    front_matter = na.FrontMatter(
        excerpt="가", image="/a", extra={"summary": "나", "images": ["/x"], "published": True, "draft": True}
    )
    assert values(front_matter, "hugo") == {
        "summary": "나",
        "images": ("/x",),
        "draft": True,
        "params": na.FrontMatterMapping({"excerpt": "가", "image": "/a", "published": True}),
    }
    described = na.FrontMatter(excerpt="가", extra={"description": "나", "heroImage": "/x"}, image="/a")
    assert values(described, "astro") == {
        "excerpt": "가",
        "image": "/a",
        "description": "나",
        "heroImage": "/x",
    }


@given(strategies.front_matters(), st.sampled_from(["hugo", "astro"]))
def test_no_value_is_left_out(front_matter: na.FrontMatter, site: Site) -> None:
    found = values(front_matter, site)
    there: list[na.FrontMatterValue] = list(found.values())
    for holder in (found.get("params"), found.get("images")):
        if isinstance(holder, na.FrontMatterMapping):
            there.extend(holder.values())
        elif isinstance(holder, tuple):
            there.extend(holder)
    for value in dict(front_matter_items(front_matter)).values():
        forms: list[object] = [value]
        if isinstance(value, str):
            forms += [value.removesuffix("\n"), tuple(value.split())]
        elif isinstance(value, bool):
            forms.append(not value)
        elif isinstance(value, na.FrontMatterMapping):
            continue  # Parameters of the site's own are joined with the others.
        elif isinstance(value, float) and math.isnan(value):
            continue
        assert any(form in there for form in forms)


@given(strategies.front_matters(), st.sampled_from(["jekyll", "hugo", "astro"]))
def test_yaml_reads_back(front_matter: na.FrontMatter, site: Site) -> None:
    text = na.render_markdown(na.Article(front_matter), na.MarkdownOptions(front_matter=site))
    found = dict(front_matter_items(na.parse(text).article.front_matter))
    # A key that is null reads as absent.
    expected = {
        key: value
        for key, value in values(front_matter, site).items()
        if value is not None or key in front_matter.extra
    }
    assert na.FrontMatterMapping(found) == na.FrontMatterMapping(expected)


def as_toml(value: object) -> object:
    """What TOML can say of a value: no null, integers of 64 bits, Unicode without surrogates."""
    if isinstance(value, Mapping):
        return {str(as_toml(k)): as_toml(v) for k, v in value.items() if v is not None}
    if isinstance(value, (tuple, list)):
        return [as_toml(item) for item in value if item is not None]
    if isinstance(value, str):
        return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in value)
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
        return str(value)
    return "nan" if isinstance(value, float) and math.isnan(value) else value


@given(front_matter_mappings())
def test_toml_reads_back(mapping: na.FrontMatterMapping) -> None:
    text = render_toml(mapping)
    assert as_toml(tomllib.loads(text)) == as_toml(mapping)
    assert [type(v) for v in tomllib.loads(text).values()].count(bool) == sum(
        isinstance(v, bool) for v in mapping.values()
    )


@given(strategies.front_matters())
def test_toml_front_matter_reads_back(front_matter: na.FrontMatter) -> None:
    options = na.MarkdownOptions(front_matter="hugo", front_matter_format="toml")
    text = na.render_markdown(na.Article(front_matter), options)
    assert text.startswith("+++\n")
    assert text.endswith("+++\n")
    assert as_toml(tomllib.loads(text[4:-4])) == as_toml(site_front_matter(front_matter, "hugo"))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"),
        (1, "1"),
        (2**70, '"1180591620717411303424"'),
        (1.0, "1.0"),
        (math.inf, "inf"),
        ('가 "나" \\ \n', '"가 \\"나\\" \\\\ \\n"'),
        (na.AsRead("\x00\x7f\ud800\u2028"), '"\\u0000\\u007F\\uFFFD\\u2028"'),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00+00:00"),
        ((1, None, (2,)), "[1, [2]]"),
        (((), {"a b": 1, "c": None}), '[[], { "a b" = 1 }]'),
    ],
)
def test_values_in_toml(value: na.FrontMatterValue, written: str) -> None:
    assert render_toml(na.FrontMatterMapping({"k": value})) == f"k = {written}\n"


def test_tables_come_last_in_toml() -> None:
    mapping = na.FrontMatterMapping({"t": {"x": 1, "y": {}}, "a": None, "b": 2})
    assert render_toml(mapping) == "b = 2\n\n[t]\nx = 1\ny = {}\n"


def test_yaml_for_hugo_is_plain_yaml() -> None:
    text = na.render_markdown(ARTICLE, na.MarkdownOptions(front_matter="hugo"))
    loaded = yaml.safe_load(text.split("---\n")[1])
    assert loaded["images"] == ["/b.png", "/a.png"]
    assert loaded["params"]["views"] == 1200


def test_text_that_would_open_a_shortcode_stays_text() -> None:
    article = na.Article(lead=[na.Paragraph(["{{< ref >}} {{% x %}} ", na.Code("{{< y >}}")], size=None)])
    for flavor in ("commonmark", "gfm"):
        options = na.MarkdownOptions(flavor=flavor, front_matter="hugo")
        assert "{{" not in na.render_markdown(article, options)
    assert "{{" in na.render_markdown(article, na.MarkdownOptions(flavor="gfm", front_matter="astro"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"front_matter": "jekyll", "front_matter_format": "toml"}, "YAML only"),
        ({"front_matter": "wordpress"}, "front_matter"),
        ({"front_matter_format": "json"}, "front_matter_format"),
    ],
)
def test_what_no_site_reads_is_refused(options: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        na.MarkdownOptions(**options)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
