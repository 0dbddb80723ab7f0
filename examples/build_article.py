"""Build an article from data and print it as the post file that a Jekyll site stores."""

import newsdao_article as na

LEAD_IMAGE = "/assets/img/newsdao_breakingnews.jpg"
SUMMARY = "동네 도서관이 밤 열 시까지 문을 엽니다. 언제, 어디서 이용할 수 있는지 한눈에 정리했습니다.\n"
SECTIONS = {
    "늘어난 이용 시간": ["평일 저녁에도 ", na.Strong("열람실과 어린이실"), "을 함께 쓸 수 있습니다."],
    "달라지는 점": ["자리는 앱으로 맡으며, ", na.Strong(na.Highlight("당일 취소도 됩니다.", "#ee2323"))],
    "남은 숙제": [na.Strong(na.Highlight("야간 인력", background="#21538527")), "을 더 뽑아야 합니다."],
}
HOURS = [("도서관", "평일", "주말"), ("가온도서관", "22시", "18시"), ("해들도서관", "21시", "17시")]


def cell(text: str) -> na.Cell:
    return na.Cell(na.Strong(text), align="center", attributes={"style": "text-align: center; height: 17px;"})


def article() -> na.Article:
    sections = [
        na.Section(title, [na.Spacer(), na.Paragraph(text), na.Spacer()]) for title, text in SECTIONS.items()
    ]
    rows = [[cell(text) for text in row] for row in HOURS]
    table = na.Table(rows, attributes={"style": "width: 100%; border-collapse: collapse;"})
    link = na.Link("https://newsdao.kr", "https://newsdao.kr", attributes={"rel": "dofollow"})
    closing = [na.Rule(), table, na.Spacer(), na.Paragraph(["새 소식은, ", link], size=None)]
    sections[-1] = na.Section(sections[-1].heading, [*sections[-1].blocks, *closing])
    front_matter = na.FrontMatter(
        title="도서관이 밤에도 열립니다",
        categories="News",
        excerpt=SUMMARY,
        feature_text=SUMMARY,
        image=LEAD_IMAGE,
    )
    return na.Article(front_matter, [na.Paragraph(na.Image(LEAD_IMAGE, "속보"), size=None)], sections)


if __name__ == "__main__":
    print(na.render_post(article()), end="")
