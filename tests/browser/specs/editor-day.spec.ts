// An editor's whole day: an article is written, sent back, mended, approved, scheduled, out, corrected, translated, withdrawn;
// another is written without script and taken down. The handbook has a spec of its own.
import type { Page } from "@playwright/test";
import { axe } from "../support/accessibility.ts";
import { enter, reach } from "../support/keys.ts";
import { Editor, expectListed, expectState, press, unfold } from "../support/newsroom.ts";
import { shot } from "../support/pictures.ts";
import { as, signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "editor day", day: "2026-06-08" });
test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

const TITLE = "Lớp kỹ năng số buổi tối mở ở ba nhà văn hóa";
const SUMMARY = "Mỗi buổi làm xong một việc trên điện thoại của chính mình. Học viên không phải trả tiền.";
const NOTE = "Lịch từng tuần dán ở nhà văn hóa và đăng trên cổng.";
const REASON = "Bảng thiếu giờ học ở nhà văn hóa thứ ba.\nGhi rõ ai nên đi cùng người học.";
const MENDED = "Người cao tuổi nên đi cùng một người trong nhà ở buổi đầu.";
const ENGLISH = "Evening classes in digital skills open in three community houses";
const PLAIN = "Quầy hướng dẫn nộp hồ sơ mở thêm sáng thứ Bảy";

/** The demo's clock stands at 09:00 when the server is started on a day, and goes on from there. */
const NEXT_DAY = "2026-06-09";
const MINUTE = "2026-06-09T09:01";
const FIRES_WITHIN_MS = 150_000;

const AGENCY = "/co-quan/so-khoa-hoc-va-cong-nghe";
const SECTION = "/chuyen-muc/doi-moi-sang-tao";
const PAGES = ["/", "/tin-tuc", SECTION, AGENCY, `${AGENCY}/tin-tuc`];
const FEEDS = ["/tin-tuc", SECTION, `${AGENCY}/tin-tuc`].flatMap((of) => [`${of}/rss.xml`, `${of}/atom.xml`, `${of}/feed.json`]);

/** The desk's page of the article, and its address once it is out. */
let desk = "";
let address = "";
let english = { desk: "", address: "" };
let plain = { desk: "", address: "" };

/** Where the desk's page says that an article is out. */
async function publicAddress(page: Page): Promise<string> {
  return (await page.locator('.facts a[href^="/tin-tuc/"]').first().getAttribute("href"))!;
}

test("an officer writes with headings, a list, a table, a picture and a note; a reload loses nothing", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto("/desk/news/new");
  await page.locator("#title").fill(TITLE);
  await page.locator("#section").selectOption({ label: "Đổi mới sáng tạo" });
  await axe(page);
  await press(page, "Lưu");
  await expect(page).toHaveURL(/\/desk\/news\/[0-9a-f-]{36}$/);
  desk = new URL(page.url()).pathname;
  await expectState(page, "Bản nháp");

  await page.getByRole("link", { name: "Sửa bài" }).click();
  const editor = new Editor(page);
  await page.locator("#summary").fill(SUMMARY);
  await editor.text.click();
  await editor.type("Lớp mở từ 18 giờ 30, mỗi tuần ba buổi.");
  await editor.note(NOTE);
  await editor.type("\n");
  await editor.use("Tiêu đề mục");
  await editor.type("Mỗi buổi một việc\n");
  await editor.use("Danh sách");
  await editor.type("Nộp hồ sơ trực tuyến\nNhận ra tin nhắn lừa đảo\nGọi hình cho người nhà\n\n");
  await editor.use(/^Bảng/);
  for (const cell of ["Nơi học", "Giờ học", "Nhà văn hóa ấp Một", "18 giờ 30", "Nhà văn hóa ấp Hai", "19 giờ"]) {
    await editor.type(cell);
    if (cell !== "19 giờ") await page.keyboard.press("Tab");
  }
  await editor.goToEnd();
  await editor.use("Chèn ảnh từ kho");
  const picker = page.locator("#picture-picker");
  const sunrise = picker.locator("li").filter({ hasText: "Đầm sen buổi sớm" });
  // What lacks its words or its credit is shown, and can not be taken.
  await expect(picker.locator("li").filter({ hasText: "ben-song.jpg" })).toContainText("Thiếu nguồn");
  await expect(picker.locator("li").filter({ hasText: "ben-song.jpg" }).getByRole("button")).toHaveCount(0);
  await axe(page);
  await shot(page, "editor-day-picker", { picture: "chon-anh", forms: ["desktop"] });
  await sunrise.getByRole("button", { name: /^Dùng ảnh này/ }).click();
  await expect(picker).toBeHidden();
  await expect(editor.text.locator("figure img")).toHaveAttribute("alt", /mặt trời hồng/);
  await editor.type("Ai cũng đến học được.");
  await expect(page.locator("[data-saved]")).toContainText("Đã lưu nháp lúc");
  const written = await whatIsWritten(editor);
  await axe(page);

  await page.reload();
  await expect(page.locator("[data-saved]")).not.toBeEmpty();
  await expect(page.locator("#summary")).toHaveValue(SUMMARY);
  expect(await whatIsWritten(editor)).toEqual(written);
  expect(written.notes).toEqual([NOTE]);
  expect(written.cells).toEqual(["Nơi học", "Giờ học", "Nhà văn hóa ấp Một", "18 giờ 30", "Nhà văn hóa ấp Hai", "19 giờ"]);
});

test("what is put in behind a figure or a note leaves it as it is", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto("/desk/news/new");
  const editor = new Editor(page);
  await editor.text.click();
  await editor.embed("https://video.example/buoi-dau", "Buổi học đầu tiên");
  await editor.use("Chèn ảnh từ kho");
  await page.locator("#picture-picker li").filter({ hasText: "Đầm sen buổi sớm" }).getByRole("button", { name: /^Dùng ảnh này/ }).click();
  await editor.type("Xem lại cả hai");
  await editor.note("Theo lịch tháng sáu.");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await editor.use(/^Bảng/);
  await editor.type("Buổi");
  await expect(editor.text.locator("figure[data-embed] figcaption")).toHaveText("Buổi học đầu tiên");
  await expect(editor.text.locator("figure img")).toHaveCount(1);
  await expect(editor.text.locator("p").filter({ hasText: "Xem lại cả hai" })).toHaveCount(1);
  await expect(editor.text.locator("small.note")).toHaveText("Theo lịch tháng sáu.");
  await expect(editor.text.locator("th").first()).toHaveText("Buổi");
});

async function whatIsWritten(editor: Editor) {
  const all = (selector: string) => editor.text.locator(selector).allInnerTexts();
  return {
    headings: await all("h2"),
    items: await all("li"),
    cells: (await all("th, td")).map((cell) => cell.trim()),
    notes: await all("small.note"),
    alt: await editor.text.locator("figure img").getAttribute("alt"),
    last: (await all("p")).findLast((line) => line.trim()),
  };
}

test("the picture above the text comes with its words and its credit, and the article is handed in", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto(`${desk}/text`);
  await page.getByRole("link", { name: "Chọn từ kho" }).click();
  await page.locator("#picture-picker li").filter({ hasText: "Đồng lúa ven sông" }).getByRole("button").click();
  await expect(page.locator("#media_alt")).toHaveValue(/cánh đồng lúa chín/);
  await expect(page.locator("#media_credit")).toHaveValue("Hình vẽ minh họa của hệ thống");
  await shot(page, "editor-day-writing", { picture: "viet-tin", forms: ["desktop", "phone"], from: ".field:has(#text)" });
  await press(page, "Lưu");
  await expect(page).toHaveURL(desk);
  await expect(page.locator(".prose table th")).toHaveText(["Nơi học", "Giờ học"]);
  await press(page, "Gửi duyệt");
  await expectState(page, /Chờ duyệt, bước/);
  await page.goto(`${desk}/text`);
  await expect(page, "while it waits nobody writes in it").toHaveURL(desk);
});

test("by keyboard alone: the reviewer sends it back with a reason, the author mends it and hands it in again", async ({ page }) => {
  await signInAs(page, "reviewer");
  await page.goto("/desk/news");
  await axe(page);
  await enter(page, page.locator("main a.row").filter({ hasText: TITLE }));
  await expect(page).toHaveURL(desk);
  await axe(page);
  await enter(page, page.locator("main summary").filter({ hasText: /^\s*Trả lại\s*$/ }));
  await reach(page, page.locator("#reason"));
  await page.keyboard.insertText(REASON);
  await enter(page, page.getByRole("button", { name: "Trả lại người viết" }));
  await expectState(page, "Trả lại");

  await as(page, "department_officer");
  await page.goto("/desk/news");
  await enter(page, page.locator("main a.row").filter({ hasText: TITLE }));
  await expect(page.locator(".notice").filter({ hasText: "Bài bị trả lại" })).toContainText("Ghi rõ ai nên đi cùng người học.");
  await axe(page);
  await shot(page, "editor-day-returned", { picture: "tin-bi-tra-lai", forms: ["desktop"] });
  await enter(page, page.getByRole("link", { name: "Sửa bài" }));
  const editor = new Editor(page);
  await reach(page, editor.text);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText(MENDED);
  // The toolbar is reached from the text and gives the focus back to it.
  const small = editor.tools.getByRole("button", { name: "Tiêu đề mục nhỏ" });
  for (const pressed of ["true", "false"]) {
    await reach(page, small, "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(small).toHaveAttribute("aria-pressed", pressed);
    await expect(editor.text).toBeFocused();
  }
  await expect(editor.text.locator("p").filter({ hasText: MENDED })).toHaveCount(1);
  await reach(page, page.locator("#note"));
  await page.keyboard.insertText("Thêm ai nên đi cùng");
  await enter(page, page.getByRole("button", { name: "Lưu", exact: true }));
  await expect(page).toHaveURL(desk);
  await enter(page, page.getByRole("button", { name: "Gửi duyệt" }));
  await expectState(page, /Chờ duyệt, bước/);
});

test("another role approves, a minute is set, and nothing is out before it", async ({ page, server, request }) => {
  await signInAs(page, "reviewer");
  await page.goto(desk);
  await press(page, "Chuyển bước tiếp theo");
  await as(page, "approver");
  await page.goto(desk);
  await axe(page);
  await press(page, "Duyệt");
  await expectState(page, "Đã duyệt");
  await unfold(page, "Hẹn giờ đăng");
  await page.locator("#at").fill("2026-06-01T08:00");
  await press(page, "Hẹn giờ");
  await expect(page.locator("#at-error"), "a minute that is past is refused").toBeVisible();
  await page.locator("#at").fill(MINUTE);
  await axe(page);
  await press(page, "Hẹn giờ");
  await expectState(page, "Hẹn giờ đăng");
  await page.goto(desk);
  await expectState(page, "9/6/2026 09:01");
  await shot(page, "editor-day-scheduled", { picture: "hen-gio-dang", forms: ["desktop"] });

  await server.stop();
  await server.start(NEXT_DAY);
  await expectListed(request, [...PAGES, ...FEEDS], TITLE, false);
});

test("without script: the plain form is enough, from the draft to the portal", async ({ browser, server, request }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "vi-VN", baseURL: server.url });
  const page = await context.newPage();
  await signInAs(page, "department_officer");
  await page.goto("/desk/news/pictures");
  const picture = await page.locator("textarea", { hasText: "/desk/library/" }).first().inputValue();
  await page.goto("/desk/news/new");
  await expect(page.locator("lt-editor [role=toolbar]")).toBeHidden();
  await page.locator("#title").fill(PLAIN);
  await page.locator("#summary").fill("Ai bận ngày thường thì đến sáng thứ Bảy.");
  const text = "Quầy mở ở bộ phận một cửa[^1].\n\n## Mang theo gì\n\n- Căn cước\n- Điện thoại\n\n[^1]: Từ 7 giờ đến 11 giờ.";
  await page.locator("#text").fill(text);
  await page.locator("#media_url").fill(picture);
  await press(page, "Lưu");
  await expect(page.locator("#section-error"), "the section was not chosen").toBeVisible();
  await expect(page.locator("#text"), "what was typed stays").toHaveValue(text);
  await page.locator("#section").selectOption({ label: "Chuyển đổi số" });
  await press(page, "Lưu");
  plain.desk = new URL(page.url()).pathname;
  await press(page, "Gửi duyệt");
  for (const [role, name] of [["reviewer", "Chuyển bước tiếp theo"], ["approver", "Duyệt"]] as const) {
    await as(page, role);
    await page.goto(plain.desk);
    await press(page, name);
  }
  await press(page, "Đăng ngay");
  await expectState(page, "Đã đăng");
  plain.address = await publicAddress(page);
  await expectListed(request, ["/tin-tuc", "/chuyen-muc/chuyen-doi-so", "/tin-tuc/rss.xml"], PLAIN);
  await page.goto(plain.address);
  await expect(page.locator(".prose h2").first()).toHaveText("Mang theo gì");
  await expect(page.locator("[role=doc-endnotes]")).toContainText("Từ 7 giờ đến 11 giờ.");
  await expect(page.locator("figure.lead-picture img"), "the library's words, as none were typed").toHaveAttribute("alt", /^Hình vẽ: /);
  await context.close();
});

test("at its minute it is on every page and in every feed", async ({ page, request }) => {
  await expect
    .poll(async () => (await (await request.get("/tin-tuc")).text()).includes(TITLE), { timeout: FIRES_WITHIN_MS, intervals: [1_000] })
    .toBe(true);
  await expectListed(request, [...PAGES, ...FEEDS, "/sitemap-tin-tuc.xml"], TITLE);

  await page.goto("/");
  await page.locator("main").getByRole("link", { name: TITLE }).first().click();
  await expect(page.locator("h1")).toHaveText(TITLE);
  address = new URL(page.url()).pathname;
  const out = await page.locator("article.news-article time").first().getAttribute("datetime");
  expect(out, "not before its minute, and within it").toMatch(/^2026-06-09T09:01:/);

  const lead = page.locator("figure.lead-picture");
  await expect(lead.locator("img")).toHaveAttribute("alt", /cánh đồng lúa chín/);
  await expect(lead).toContainText("Nguồn: Hình vẽ minh họa của hệ thống");
  const prose = page.locator("article.news-article .prose");
  await expect(prose.locator("h2").first()).toHaveText("Mỗi buổi một việc");
  await expect(prose.locator("ul li")).toHaveCount(3);
  await expect(prose.locator("table th")).toHaveText(["Nơi học", "Giờ học"]);
  const figure = prose.locator("figure");
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator("img")).toHaveAttribute("alt", /mặt trời hồng/);
  await expect(figure).toContainText("Nguồn: Hình vẽ minh họa của hệ thống");
  await expect.poll(() => figure.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(prose).toContainText(MENDED);
  await prose.locator("[role=doc-noteref]").click();
  await expect(page).toHaveURL(/#chu-thich-1$/);
  await expect(page.locator("#chu-thich-1")).toContainText(NOTE);
  await page.goto(address);
  await axe(page);
  await shot(page, "editor-day-article", { picture: "tin-tren-cong", forms: ["desktop", "dark", "phone"] });
});

test("a correction stands above the text and says what was wrong", async ({ page }) => {
  await signInAs(page, "reviewer");
  await page.goto(desk);
  await page.getByRole("link", { name: "Đính chính", exact: true }).click();
  const editor = new Editor(page);
  await editor.text.locator("td").filter({ hasText: "19 giờ" }).click({ clickCount: 3 });
  await editor.type("19 giờ 30");
  await press(page, "Đăng bản đính chính");
  await expect(page.locator("#correction-error"), "what was corrected has to be said").toBeVisible();
  await expect(editor.text, "what was typed stays").toContainText("19 giờ 30");
  await page.locator("#correction").fill("Giờ học ở nhà văn hóa ấp Hai là 19 giờ 30, không phải 19 giờ.");
  await axe(page);
  await press(page, "Đăng bản đính chính");
  await expectState(page, "Đã đính chính");

  await page.goto(address);
  const notice = page.locator("article.news-article .notice").first();
  await expect(notice).toContainText("Đã đính chính lúc 9/6/2026");
  await expect(notice).toContainText("không phải 19 giờ.");
  await expect(page.locator(".prose td")).toHaveText(["Nhà văn hóa ấp Một", "18 giờ 30", "Nhà văn hóa ấp Hai", "19 giờ 30"]);
  await axe(page);
  await shot(page, "editor-day-corrected", { picture: "tin-da-dinh-chinh", forms: ["desktop"] });
  await page.goto(`${desk}/revisions`);
  await axe(page);
});

test("its English text goes its own way to the portal, and each names the other", async ({ page, request }) => {
  await signInAs(page, "department_officer");
  await page.goto(desk);
  await page.getByRole("link", { name: "Viết bản dịch" }).click();
  await page.locator("#title").fill(ENGLISH);
  await page.locator("#summary").fill("Each evening one task is done on the learner's own phone, free of charge.");
  await new Editor(page).retype("Classes begin at 18:30, three evenings a week.\nOlder people are advised to bring a relative to the first one.");
  await axe(page);
  await press(page, "Lưu");
  await expect(page).toHaveURL(/\/desk\/news\/[0-9a-f-]{36}$/);
  english.desk = new URL(page.url()).pathname;
  expect(english.desk).not.toBe(desk);
  await expect(page.getByRole("button", { name: "Gửi duyệt" }), "it is not said yet how it was translated").toBeDisabled();
  await page.goto(`${english.desk}/text`);
  await page.locator('input[name="translated"][value="person"]').check();
  await press(page, "Lưu");
  await press(page, "Gửi duyệt");
  for (const [role, name] of [["reviewer", "Chuyển bước tiếp theo"], ["approver", "Duyệt"]] as const) {
    await as(page, role);
    await page.goto(english.desk);
    await press(page, name);
  }
  await press(page, "Đăng ngay");
  await expectState(page, "Đã đăng");
  english.address = await publicAddress(page);

  for (const [here, lang] of [[address, "vi"], [english.address, "en"]] as const) {
    await page.goto(here);
    await expect(page.locator("article.news-article")).toHaveAttribute("lang", lang);
    await expect(page.locator('link[rel="alternate"][hreflang="vi"]')).toHaveAttribute("href", new RegExp(`${address}$`));
    await expect(page.locator('link[rel="alternate"][hreflang="en"]')).toHaveAttribute("href", new RegExp(`${english.address}$`));
    await axe(page);
  }
  await page.locator('.news-meta a[hreflang="vi"]').click();
  await expect(page).toHaveURL(address);
  await expectListed(request, ["/tin-tuc/rss.xml?lang=en", `${SECTION}/feed.json?lang=en`], ENGLISH);
  await expectListed(request, ["/tin-tuc/rss.xml"], ENGLISH, false);
});

test("withdrawn, its page stays and says why; it is on no list, and its translation stays by itself", async ({ page, request }) => {
  const why = "Lớp hoãn đến tháng Tám vì nhà văn hóa sửa chữa.";
  await signInAs(page, "approver");
  await page.goto(desk);
  await unfold(page, "Rút bài");
  await page.locator("#withdrawal").fill(why);
  await press(page, "Rút bài");
  await expect(page.locator("#fate-error"), "what becomes of the translation has to be said").toBeVisible();
  await expect(page.locator("#withdrawal"), "what was typed stays").toHaveValue(why);
  await axe(page);
  await page.locator('input[name="fate"][value="stays"]').check();
  await press(page, "Rút bài");
  await expectState(page, "Đã rút");
  await expectListed(request, [...PAGES, ...FEEDS, "/sitemap-tin-tuc.xml"], TITLE, false);

  const answer = await page.goto(address);
  expect(answer?.status()).toBe(200);
  await expect(page.locator("main")).toContainText(/đã (được )?rút/i);
  await expect(page.locator("main")).toContainText(why);
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute("content", "noindex");
  await axe(page);
  await shot(page, "editor-day-withdrawn");
  await page.goto(english.address);
  await expect(page.locator("h1")).toHaveText(ENGLISH);
  await expect(page.locator(`link[hreflang="vi"], a[href="${address}"]`)).toHaveCount(0);
});

test("taken down, its address says that it is gone", async ({ page, request }) => {
  await signInAs(page, "coordinator");
  await page.goto(plain.desk);
  await unfold(page, "Gỡ bài");
  await page.locator("#takedown").fill("Đăng nhầm giờ làm việc của nơi khác.");
  await axe(page);
  await press(page, "Gỡ bài");
  await expectState(page, "Đã gỡ");
  await expectListed(request, ["/", "/tin-tuc", "/chuyen-muc/chuyen-doi-so", "/tin-tuc/rss.xml", "/sitemap-tin-tuc.xml"], PLAIN, false);
  const answer = await page.goto(plain.address);
  expect(answer?.status()).toBe(410);
  await expect(page.locator("main")).not.toContainText(PLAIN);
  await axe(page);
});

test("what is typed beside the text is in the draft too", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto("/desk/news/new");
  await page.locator("#title").fill("Bài đang viết dở");
  await page.locator("#section").selectOption({ label: "Chuyển đổi số" });
  await press(page, "Lưu");
  await page.getByRole("link", { name: "Sửa bài" }).click();
  await page.getByRole("link", { name: "Chọn từ kho" }).click();
  await page.locator("#picture-picker li").filter({ hasText: "Đồng lúa ven sông" }).getByRole("button").click();
  await page.locator("#media_alt").fill("Nhà văn hóa lúc chạng vạng, đèn đã sáng.");
  await expect(page.locator("[data-saved]")).toContainText("Đã lưu nháp lúc");
  await page.reload();
  await expect(page.locator("#media_alt"), "it was said to be saved").toHaveValue("Nhà văn hóa lúc chạng vạng, đèn đã sáng.");
  await expect(page.locator("#media_url")).not.toHaveValue("");
});
