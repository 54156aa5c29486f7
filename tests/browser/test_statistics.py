"""A questionnaire is asked, answered and checked, on a phone and from right to left."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from browser.conftest import LANGUAGES, WIDTHS, enter
from browser.test_pages import check


@pytest.mark.parametrize(("language", "width", "year"), [("en", "phone", 2023), ("ar", "desktop", 2024)])
def test_questionnaire_goes_from_question_to_findings(
    browser: Browser, site: str, language: str, width: str, year: int
) -> None:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": 900})
    try:
        page = context.new_page()
        enter(page, LANGUAGES[language])
        page.goto(f"{LANGUAGES[language]}/indicators/questionnaires/")
        page.select_option("[name=economy]", "SEN")
        page.fill("[name=year]", str(year))
        page.fill("[name=due]", (date.today() + timedelta(days=30)).isoformat())  # noqa: DTZ011 - weeks ahead
        page.locator("form:has([name=due]) button[type=submit]").click()
        page.wait_for_url("**/indicators/questionnaires/*/")
        check(page, language)
        page.fill("[name='value|SP.POP.TOTL|']", "18000000")
        page.fill("[name='value|population_within_2g|']", "17000000")
        page.fill("[name='value|population_within_3g|']", "17500000")
        page.locator("form:has(table.answers) button[type=submit]").click()
        page.wait_for_url("**/indicators/imports/*/")
        check(page, language)
        assert page.locator(".finding").count() == 1
        page.locator(".finding summary").click()
        check(page, language)
    finally:
        context.close()
