"""Every page in English, French and Arabic, on a phone and a desk: language, direction, width, axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.conftest import LANGUAGES, WIDTHS, enter

OPEN_PAGES = (
    "/",
    "/?goal=9",
    "/?framework=itu-d-2020&basis=declared",
    "/entries/",
    "/entries/?q=school&line=C4",
    "/entries/?q=nothing-is-called-so",
    "/entries/?q=scohols",
    "/entries/?direction=works-against",
    "/entries/wsis-005/",
    "/lines/",
    "/lines/C2/?on=2018-03-01",
    "/lines/asks/tdag-2018/",
    "/lines/asks/tdag-2018/17/",
    "/entries/wsis-005/similar/",
    "/?status=winner&q=school",
    "/stories/",
    "/frameworks/",
    "/frameworks/sdg/",
    "/frameworks/sdg/9/",
    "/frameworks/sdg/9.c/",
    "/frameworks/wsis/C7-HEA/",
    "/frameworks/itu-d-2020/D.1-5/",
    "/indicators/",
    "/indicators/i271/",
    "/indicators/?list=core",
    "/indicators/i99H/?e=FRA",
    "/indicators/i99H/economies/FRA/",
    "/indicators/economies/FRA/",
    "/indicators/indices/",
    "/indicators/indices/uptake-demonstration/",
    "/indicators/indices/uptake-demonstration/what-if/?economy=SEN&v.i99H=90",
    "/indicators/compare/?e=SEN&e=FRA&e=CHN",
    "/indicators/availability/",
    "/indicators/findings/",
    "/align/",
    "/reports/",
    "/reports/contribution/?language=fr&format=pdf&year_from=2020&year_to=2010",
    "/about/",
    "/sign-in/",
    "/sign-up/",
    "/account/signup/passkey/",
    "/account/password/reset/",
    "/roles/",
    "/organisations/",
    "/organisations/?q=nothing-is-called-so&type=academia",
    "/organisations/1/",
    "/no-such-page/",
)
# The last one stays open: the test goes on to upload a file there.
COORDINATOR_PAGES = (
    "/links/",
    "/entries/wsis-005/links/",
    "/links/agreement/",
    "/moderation/",
    "/entries/wsis-005/translations/",
    "/entries/wsis-005/translations/fr/",
    "/audit/",
    "/audit/accounts.user/1/",
    "/mail/",
    "/mail/preview/welcome/ar/",
    "/mail/wording/welcome/ar/",
    "/moderation/replies/",
    "/moderation/replies/too-short/",
    "/account/",
    "/account/email/",
    "/account/devices/",
    "/exports/",
    "/account/factors/",
    "/account/factors/totp/activate/",
    "/account/factors/webauthn/add/",
    "/account/data/erase/",
    "/organisations/1/",
    "/organisations/1/edit/",
    "/organisations/1/merge/",
    "/organisations/1/transfer/",
    "/submissions/",
    "/submissions/new/",
    "/tokens/",
    "/webhooks/",
    "/stories/wsis-005/tell/",
    "/searches/",
    "/searches/save/?line=C4&country=KEN&q=school",
    "/indicators/imports/",
    "/indicators/questionnaires/",
    "/imports/",
)


def check(page: Page, language: str) -> None:
    """What holds for every page."""
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (
        language,
        "rtl" if language == "ar" else "ltr",
    )
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    violations = [
        (found["id"], [node["html"] for node in found["nodes"]][:3])
        for found in Axe().run(page).response["violations"]
        if found["impact"] in {"serious", "critical"}
    ]
    assert violations == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", OPEN_PAGES)
def test_page_is_sound(browser: Browser, site: str, address: str, language: str, width: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": 900})
    try:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        answer = page.goto(LANGUAGES[language] + address)
        expected = (
            404
            if "no-such" in address and "entries" not in address
            else 422
            if "year_from=2020" in address
            else 200
        )
        assert answer is not None
        assert answer.status == expected
        check(page, language)
        assert [error for error in errors if "status of 4" not in error] == []
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_matrix_keeps_its_contrast_in_both_colour_schemes(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme)
    try:
        page = context.new_page()
        page.goto("/")
        check(page, "en")
    finally:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_coordinator_pages_are_sound(browser: Browser, site: str, language: str, width: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": WIDTHS[width], "height": 900})
    try:
        page = context.new_page()
        enter(page, LANGUAGES[language])
        for address in COORDINATOR_PAGES:
            page.goto(LANGUAGES[language] + address)
            check(page, language)
        content = "id,title,description,country_iso3,year\na-1,<b>Title</b>,Text,Atlantis,31/02/2018\na-2,Good,A good text,KEN,2020\n"
        page.set_input_files(
            "input[type=file]", {"name": "t.csv", "mimeType": "text/csv", "buffer": content.encode()}
        )
        page.locator("form:has(input[type=file]) button[type=submit]").click()
        page.wait_for_url("**/imports/*/")
        check(page, language)
    finally:
        context.close()
