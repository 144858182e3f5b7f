"""The page as a browser, a screen reader and a printer get it."""

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from bonafides.exchange.report.content import Report
from bonafides.exchange.report.report import render

VOID = {"meta", "br", "input", "link", "img", "hr"}
NEVER = ("suspect", "fraudster", "guilt", "culprit", "verdict")


class Page(HTMLParser):
    """Everything a test asks of a page. Shape: `tags` are (name, attributes, texts of ancestors' names)."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> after {self.open[-3:]} at line {self.getpos()[0]}")

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs, _ in self.tags if tag == name]


@pytest.fixture
def text(report: Report) -> str:
    return render(report)


@pytest.fixture
def page(text: str) -> Page:
    return Page(text)


def test_the_same_content_gives_the_same_bytes(report: Report) -> None:
    assert render(report).encode() == render(replace(report)).encode()


def test_every_element_is_closed_where_it_was_opened(page: Page) -> None:
    assert page.wrong == [] and page.open == []


def test_ids_are_unique_and_every_link_leads_to_one(page: Page) -> None:
    ids = Counter(attrs["id"] for _, attrs, _ in page.tags if attrs.get("id"))
    assert [name for name, n in ids.items() if n > 1] == []
    links = {str(attrs["href"]) for _, attrs, _ in page.tags if attrs.get("href")}
    assert links and all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(ids)


def test_labels_lead_to_elements_that_are_there(page: Page) -> None:
    ids = {attrs["id"] for _, attrs, _ in page.tags if attrs.get("id")}
    named = {n for _, attrs, _ in page.tags for n in (attrs.get("aria-labelledby") or "").split()}
    assert named and named <= ids


def test_nothing_is_loaded_from_anywhere(text: str, page: Page) -> None:
    assert not [attrs for _, attrs, _ in page.tags if "src" in attrs or "srcset" in attrs or "action" in attrs]
    assert not {"link", "img", "iframe", "object", "embed", "base", "audio", "video"} & {t for t, _, _ in page.tags}
    assert not re.search(r"https?://|@import|url\(|//[a-z]+\.", text)


def test_only_the_pages_own_script_and_style_may_run(text: str, page: Page) -> None:
    (policy,) = [m["content"] or "" for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    for tag, source in (("style", "style-src"), ("script", "script-src")):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = b64encode(sha256(inline.encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy
    assert not [a for _, attrs, _ in page.tags for a in attrs if a == "style" or a.startswith("on")]


def test_texts_are_shown_as_texts(report: Report) -> None:
    planted = "<script>x</script>\"'&"
    person = replace(report.dossiers[0], who=replace(report.dossiers[0].who, company=planted))
    text = render(replace(report, dossiers=(person, *report.dossiers[1:]), notes=(planted,)))
    assert planted not in text and "&lt;script&gt;x" in text
    assert len(re.findall("<script", text)) == 1


def test_a_run_that_found_nobody_has_a_page_too(empty: Report) -> None:
    text = render(empty)
    assert Page(text).wrong == []
    assert (
        "Nobody needs to be looked at" in text and "No network was found." in text and "The worklist is empty." in text
    )


@pytest.mark.parametrize(
    ("urgent", "review", "told"),
    [
        (4, 6, "4 people should be looked at first and 6 more after them:"),
        (1, 0, "1 person should be looked at:"),
        (0, 2, "2 people should be looked at:"),
        (0, 0, "Nobody needs to be looked at:"),
    ],
)
def test_the_first_sentence_says_how_many_to_look_at(report: Report, urgent: int, review: int, told: str) -> None:
    tiers = (("urgent", urgent), ("review", review), ("watch", 5), ("clear", 1219))
    assert told in " ".join(render(replace(report, tiers=tiers)).split())


def test_nobody_is_called_anything(text: str) -> None:
    assert not [word for word in NEVER if word in text.lower()]


def test_it_says_that_people_decide_and_how_many_figures_may_be_wrong(text: str) -> None:
    assert "recommendations for people to check, not decisions" in text
    assert "about 0.2\n" in text or "about 0.2 " in text


def test_everybody_listed_has_a_row_and_a_dossier(report: Report, page: Page, text: str) -> None:
    ids = {attrs.get("id") for _, attrs, _ in page.tags}
    rows = re.findall(r'<tr data-tier="\w+".*?</tr>', text, re.DOTALL)
    assert len(rows) == len(report.dossiers)
    for dossier, row in zip(report.dossiers, rows, strict=True):
        assert f'href="#{dossier.who.anchor}"' in row and dossier.who.anchor in ids


def test_what_does_not_fit_is_counted(text: str, report: Report) -> None:
    assert "3 more are in assessment.parquet" in " ".join(text.split()).replace("3 mores", "3 more")
    shown = render(replace(report, more_listed=40))
    assert "40 more people of these tiers are left off" in " ".join(shown.split())


def test_the_rows_of_a_sum_give_the_score(text: str) -> None:
    for table in re.findall(r'<table class="sum">.*?</table>', text, re.DOTALL):
        rows = re.findall(r"<td class=\"barcell\">.*?</td>\s*<td>([^<]+)</td>", table, re.DOTALL)
        total = re.findall(r"<b>([^<]+)</b>", table)[-1]
        amount = sum(float(row.replace("−", "-")) for row in rows)
        assert len(rows) == 5 and round(amount, 2) == float(total.replace("−", "-"))


def test_rows_that_do_not_give_the_score_are_confessed(report: Report, text: str) -> None:
    wrong = replace(report.dossiers[0], decibans=99.0)
    assert "do not add up" not in text
    assert "do not add up" in render(replace(report, dossiers=(wrong, *report.dossiers[1:])))


def test_brief_dossiers_leave_out_what_only_takes_room(text: str) -> None:
    brief = re.findall(r'<details class="dossier brief">.*?</article>', text, re.DOTALL)
    full = re.findall(r'<details class="dossier full">.*?</article>', text, re.DOTALL)
    assert len(brief) == 2 and len(full) == 10
    assert all("innocent explanations" not in b and "The account is also paid" in b for b in brief)
    assert all("innocent explanations" in f and "how to settle it" in f and "why it counts" in f for f in full)


def test_ties_say_why_they_count_or_do_not(text: str) -> None:
    told = " ".join(text.split(" "))
    assert "nothing innocent explains it, and of values like it 4.0\N{NO-BREAK SPACE}% are a network's" in told
    assert "both claim the same home" in told and "it does not count" in told


def test_what_is_missing_is_told_with_reasons_and_companies(text: str) -> None:
    told = re.sub(r"<[^>]+>", " ", text)
    gaps = " ".join(told[told.index("What is missing") :].split())
    for said in (
        "no event type",
        "client.newField",
        "no known device with a known holder",
        "no data: payee",
        "Binder Error",
    ):
        assert said in gaps
    assert "100 items: 90 kept, 4 there twice, 6 set aside" in gaps


def test_pictures_are_labelled_or_hidden_from_screen_readers(page: Page) -> None:
    for svg in page.all("svg"):
        is_named = bool(svg.get("aria-label") or svg.get("aria-labelledby")) and svg.get("role") in ("img", "group")
        assert is_named or svg.get("aria-hidden") == "true", svg


def test_every_member_and_hub_in_a_picture_can_be_heard(report: Report, page: Page) -> None:
    parts = [a for t, a, _ in page.tags if t in ("a", "g") and (a.get("class") or "").split(" ")[0] in ("m", "h")]
    expected = sum(len(n.members) + len(n.hubs) for n in report.networks)
    assert len(parts) == expected and all(part.get("aria-label") for part in parts)


def test_a_pictures_content_stands_in_a_table_too(report: Report, text: str) -> None:
    for net in report.networks:
        article = text[text.index(f'id="network-{net.network_id}"') :].split("</article>")[0]
        table = article[article.index("<summary>Members") :]
        assert all(m.who.name in table for m in net.members)
        assert "PAY 1" in table and "12,346 USD" in article and "ITAR" in table


def test_members_without_a_dossier_are_named_without_a_link(report: Report) -> None:
    alone = replace(report.networks[0], members=tuple(replace(m, is_listed=False) for m in report.networks[0].members))
    page = Page(render(replace(report, dossiers=report.dossiers[4:], networks=(alone,))))
    ids = {attrs.get("id") for _, attrs, _ in page.tags}
    links = {
        str(attrs["href"])[1:]
        for tag, attrs, _ in page.tags
        if attrs.get("href") and "m" in (attrs.get("class") or "").split()
    }
    assert links <= ids


def test_headings_never_skip_a_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_name_their_columns_and_rows(text: str) -> None:
    for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
        assert 'scope="col"' in table and 'scope="row"' in table


def test_what_scrolls_can_be_reached_and_is_named(page: Page) -> None:
    areas = [a for t, a, _ in page.tags if t == "div" and a.get("class") == "scroll"]
    assert areas and all(a.get("tabindex") == "0" and a.get("role") == "region" and a.get("aria-label") for a in areas)


def _luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_texts_stand_out_from_their_ground_in_light_and_dark(text: str) -> None:
    """AA asks 4.5 to 1; every tone is used for text somewhere."""
    schemes = [
        dict(re.findall(r"--([\w]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    ]
    full = [scheme for scheme in schemes if "ink" in scheme and len(scheme["ink"]) == 7 and "urgent" in scheme]
    assert len(full) >= 2
    for scheme in full[:2]:
        for tone in ("ink", "muted", "accent", "urgent", "review", "watch", "clear", "against", "favour"):
            for ground in ("ground", "paper", "lit", "faint"):
                assert _contrast(scheme[tone], scheme[ground]) >= 4.5, (tone, ground)


def test_a_page_of_the_reference_worlds_size_stays_small(report: Report) -> None:
    """120 people to look at with the ties and events of the fixture; a browser opens a few megabytes at once."""
    person = report.dossiers[0]
    many = tuple(
        replace(
            person,
            who=replace(person.who, anchor=f"worker-{n:06x}", name=f"worker {n:06x}"),
            ties=(),
            findings=person.findings * 5,
        )
        for n in range(120)
    )
    text = render(replace(report, dossiers=many, networks=()))
    assert len(text.encode()) < 5_000_000


def test_readiness_says_what_would_test_more_and_which_controls_hold(report: Report) -> None:
    page = render(report)
    assert "12 workers of 1,200 without any tested identity, location, custody or payee." in page
    assert "<code>payee.method</code></th><td>low</td>" in page
    assert '<td>acme</td><td>borealis</td><td>cumulus</td><td class="num">3 of 4</td>' in page
