// Scenarios C-1 and C-4, seen. One article goes out by every way there is: six platforms, a newsletter, notices, the Fediverse, WebSub,
// a podcast, the press and loudspeakers. Each gets it once; then it is corrected, and every copy is followed to its end; then its figures come home.
// The doubles keep the machine's clock, so this world does too.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { axe } from "../support/accessibility.ts";
import type { DoubleName, Receipt } from "../support/doubles.ts";
import { openDevice } from "../support/fleet.ts";
import { decoded } from "../support/mail.ts";
import { Editor, expectState, press, put, unfold, variantCard } from "../support/newsroom.ts";
import { ACCOUNTS, expect, later, test, type Outside } from "../support/outside.ts";
import { shot } from "../support/pictures.ts";
import { film, recording } from "../support/recordings.ts";
import { as, signInAs } from "../support/roles.ts";

test.use({ world: "every channel" });
test.describe.configure({ mode: "serial" });
test.setTimeout(480_000);

const TITLE = "Trạm đo độ mặn báo thẳng tới điện thoại người trồng lúa";
const SUMMARY = "Số đo mới có mỗi giờ. Mặn lên quá ngưỡng thì bà con được báo ngay.";
const MENDED = "Số đo mới có mỗi ba mươi phút. Mặn lên quá ngưỡng thì bà con được báo ngay.";
const WRONG = "Số đo mới có mỗi ba mươi phút, không phải mỗi giờ.";
const AGENCY = "Sở Khoa học và Công nghệ";
const SHORT_NAME = "Sở KH&CN";
const SECTION = "Đổi mới sáng tạo";
const FEED = "/co-quan/so-khoa-hoc-va-cong-nghe/tin-tuc/rss.xml";
const SOUND = "Lời đọc bản tin độ mặn";
const FILM = "Trạm đo độ mặn nhìn từ bờ kênh";
const NEWSLETTER = "Tin độ mặn";
const PODCAST = { name: "Tiếng nói của sở", path: "/podcast/tieng-noi-cua-so" };
const READERS = ["nguoi-doc-mot@example.com", "nguoi-doc-hai@example.com"];
const NUMBERS = ["0901234501", "0901234502"];
const HAMLET = "Ấp 1";

/** Platforms are asked a quarter of a minute later, newsletters begin a minute later, clusters are believed two minutes later. */
const SETTLES_MS = 300_000;
const PAUSE_MS = 1_000;
const DAY_MS = 86_400_000;

/** Those that take a film, and those whose copies can be changed from outside. */
const OF_FILMS = ["Phim của sở", "Phim ngắn của sở"];
const EDITED = ["Kênh tin của sở", "Trang của sở", "OA của sở", "Phim của sở"];

/** The commune's station, by its name. */
let station = "";
/** Pages of the desk: the article, its piece for channels, its airing, the case; and the address of the article. */
let [article, piece, airing, retraction, address] = ["", "", "", "", ""];

/** Looks again until the page says so; returns when it does. */
async function until(page: Page, path: string, words: RegExp, where = "main"): Promise<void> {
  const look = async () => (await page.goto(path), (await page.locator(where).allInnerTexts()).join(" ").replace(/\s+/g, " "));
  await expect.poll(look, { timeout: SETTLES_MS, intervals: [PAUSE_MS] }).toMatch(words);
}

/** What a double was sent of the article. */
async function told({ doubles }: Outside, name: DoubleName): Promise<Receipt[]> {
  return (await doubles.receipts(name)).filter((one) => one.text.includes(TITLE));
}

test("the agency connects an account of each platform", async ({ page, outside: { doubles } }) => {
  await signInAs(page, "department_admin");
  for (const { platform, name, fields } of ACCOUNTS) {
    await page.goto(`/desk/channels/accounts/new?platform=${platform}`);
    await put(page, { name, ...fields });
    if (platform === "sms") {
      const gateway = await page.locator("#gateway").inputValue();
      await page.locator("#gateway").fill(gateway.replace("https://sms.example.vn", doubles.api("sms")));
    } else {
      await unfold(page, "Địa chỉ giao diện lập trình khác");
      await page.locator("#api").fill(doubles.api(platform));
    }
    await press(page, "Nối kênh này");
    await expect(page.getByRole("status").first()).toContainText("Đã nối kênh.");
    await axe(page);
  }
  await page.getByRole("link", { name: "Mở danh sách số" }).click();
  await put(page, { numbers: NUMBERS.join("\n"), consent: "Phiếu đăng ký nhận tin tại bộ phận một cửa." });
  await press(page, "Thêm vào danh sách");
  await expect(page.locator("main")).toContainText("2 số");
  await axe(page);
});

test("it opens a newsletter, and two readers ask for it", async ({ page, browser, server, outside: { sink } }) => {
  await signInAs(page, "department_admin");
  await page.goto("/desk/newsletters/new");
  await put(page, { name: NEWSLETTER, about: "Độ mặn ở các cửa sông.", purpose: "Gửi tin về độ mặn của sở." });
  await page.locator('input[name="rhythm"][value="immediate"]').check();
  await page.locator('input[name="by_itself"]').check();
  await page.locator('input[name="open"]').check();
  await axe(page);
  await press(page, "Mở bản tin này");
  await expect(page.getByRole("status").first()).toContainText("Đã mở bản tin.");

  const visitor = await (await browser.newContext({ baseURL: server.url, locale: "vi-VN" })).newPage();
  await visitor.goto("/ban-tin");
  await visitor.getByRole("link", { name: NEWSLETTER }).click();
  await axe(visitor);
  await shot(visitor, "every-subscribe", { picture: "dang-ky-ban-tin", forms: ["desktop", "phone"] });
  const form = visitor.url();
  for (const reader of READERS) {
    await visitor.goto(form);
    await visitor.locator("#address").fill(reader);
    await visitor.locator('input[name="agreed"]').check();
    await press(visitor, "Đăng ký");
    await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Xin mở hộp thư");
    const letters = async () => (await sink.messages()).filter((letter) => letter.includes(reader)).map(decoded).join("\n");
    const link = /http:\/\/localhost:\d+\/ban-tin\/xac-nhan\/[^\s"<>]+/;
    await expect.poll(letters, { timeout: SETTLES_MS }).toMatch(link);
    await visitor.goto(link.exec(await letters())![0]);
    await press(visitor, "Tôi xác nhận");
    await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Đã đăng ký");
  }
  await visitor.context().close();
});

test("it switches notices on, and a browser asks for them", async ({ page, browser, server, outside: { doubles } }) => {
  await signInAs(page, "department_admin");
  await page.goto("/desk/push");
  const line = page.locator("#sections form").filter({ hasText: SECTION });
  await line.locator("select").selectOption("every");
  await line.getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("status").first()).toContainText("Đã lưu");
  await as(page, "coordinator");
  await page.goto("/desk/push");
  // No hour is quiet: whoever runs this may do so at night.
  await put(page, { from: "00:00", until: "00:00" });
  await page.locator("#rule").getByRole("button", { name: "Lưu" }).click();
  await expect(page.getByRole("status").first()).toContainText("Đã lưu giới hạn");
  await axe(page);

  const visitor = await (await browser.newContext({ baseURL: server.url, locale: "vi-VN" })).newPage();
  await expect.poll(async () => (await visitor.goto("/nhan-thong-bao"), visitor.getByLabel(SECTION).count()), { timeout: 60_000 }).toBe(1);
  await visitor.getByLabel(SECTION).check();
  await axe(visitor);
  await shot(visitor, "every-push", { picture: "nhan-thong-bao", forms: ["desktop", "phone"] });
  // Headless Chromium has no push service: what its own would have given is handed in by the double's.
  await visitor.locator("form[data-push]").evaluate((form: HTMLFormElement, subscription) => {
    form.querySelector<HTMLInputElement>('input[name="subscription"]')!.value = subscription;
    form.submit();
  }, doubles.subscription);
  await expect(visitor.getByRole("status").first()).toContainText("Đã ghi.");
  await visitor.context().close();
});

test("it is followed in the Fediverse, by WebSub and as a podcast", async ({ page, server, outside: { doubles, fediverse } }) => {
  await signInAs(page, "department_admin");
  await page.goto("/desk/syndication");
  await page.locator("main a.row").filter({ hasText: SHORT_NAME }).click();
  await put(page, { username: "so_khcn", name: AGENCY });
  await press(page, "Bật tài khoản");
  await expect(page.locator("#handle")).toHaveValue(/^@so_khcn@localhost/);
  await axe(page);
  expect(await fediverse.follow(server.url, "so_khcn")).toBe(202);
  await expect.poll(() => fediverse.heard.map((one) => one.type), { timeout: SETTLES_MS }).toEqual(["Accept"]);

  await page.goto("/desk/syndication");
  await page.getByRole("link", { name: "Mở podcast" }).first().click();
  await put(page, { name: PODCAST.name, description: "Tin của sở, đọc thành tiếng." });
  await page.locator('input[name="open"]').check();
  await press(page, "Mở podcast");
  await expect(page.locator("#feed")).toHaveValue(`${server.url}${PODCAST.path}/rss.xml`);
  await axe(page);

  for (const feed of [FEED, `${PODCAST.path}/rss.xml`]) {
    const wish = { "hub.mode": "subscribe", "hub.topic": `${server.url}${feed}`, "hub.callback": `${doubles.api("websub")}/nghe` };
    const body = new URLSearchParams({ ...wish, "hub.secret": "secret-of-the-double" });
    expect((await fetch(`${server.url}/websub`, { method: "POST", body })).status, feed).toBe(202);
  }
});

test("a commune has two clusters of loudspeakers that speak to us", async ({ page, server, outside }) => {
  await signInAs(page, "agency_admin");
  await page.goto("/desk/loudspeakers/stations");
  await page.locator("main a.row").first().click();
  station = await page.getByRole("heading", { level: 1 }).innerText();
  await put(page, { quiet: "", slots: "" });
  await press(page, "Lưu");
  await expect(page.getByRole("status").first()).toContainText("Đã lưu đài.");
  await axe(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Tạo khóa và tải về")]);
  const file = await readFile(await download.path(), "utf8");
  const lines = file.split(/\r?\n/).map((line) => line.split(","));
  for (const [device, , key] of lines.filter(([, name]) => name?.includes(`${HAMLET} `))) {
    outside.devices.push(openDevice(server.url, device!, key!));
  }
  expect(outside.devices).toHaveLength(2);
  const online = page.locator("ul.rows > li").filter({ hasText: "Đang kết nối" });
  await expect.poll(async () => (await page.goto("/desk/loudspeakers/clusters"), online.count()), { timeout: SETTLES_MS }).toBe(2);
  await axe(page);
});

/** Brings a file to the library and says what is in it. */
async function bring(page: Page, name: string, title: string, buffer: Buffer, mimeType: string): Promise<string> {
  await page.goto("/desk/library/new");
  await page.locator("#file").setInputFiles({ name, mimeType, buffer });
  await page.getByRole("link", { name: "Mở và ghi mô tả" }).click();
  await put(page, { title, alt: title, credit: AGENCY });
  await press(page, "Lưu mô tả");
  await expect(page.getByRole("status").first()).toContainText("Đã lưu mô tả.");
  return new URL(page.url()).pathname;
}

test("an officer writes the article, with a picture and a recording, and it is published", async ({ page }) => {
  await signInAs(page, "department_officer");
  await bring(page, "tram-do.mp4", FILM, film(), "video/mp4");
  const sound = await bring(page, "do-man.wav", SOUND, recording(8), "audio/wav");
  await page.goto("/desk/news/new");
  await put(page, { title: TITLE, summary: SUMMARY, media_url: sound });
  await page.locator("#section").selectOption({ label: SECTION });
  await unfold(page, "Đối tượng và thông điệp");
  for (const name of ["audiences", "messages"]) await page.locator(`input[name="${name}"]`).first().check();
  const editor = new Editor(page);
  await editor.text.click();
  await editor.type("Ba trạm đặt ở cửa sông, chạy bằng nắng.\n");
  await editor.use("Chèn ảnh từ kho");
  await page.locator("#picture-picker li").filter({ hasText: "Đồng lúa ven sông" }).getByRole("button").click();
  await press(page, "Lưu");
  article = new URL(page.url()).pathname;
  await press(page, "Gửi duyệt");
  for (const [role, name] of [["reviewer", "Chuyển bước tiếp theo"], ["approver", "Duyệt"]] as const) {
    await as(page, role);
    await page.goto(article);
    await press(page, name);
  }
  await press(page, "Đăng ngay");
  await expectState(page, "Đã đăng");
  address = (await page.locator('.facts a[href^="/tin-tuc/"]').first().getAttribute("href"))!;
});

test("variants for all accounts are made, seen, and approved once by another person", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto(article);
  await page.getByRole("link", { name: "Đưa lên kênh" }).click();
  await expect(page.locator('input[name="accounts"]:checked')).toHaveCount(ACCOUNTS.length);
  await press(page, "Soạn bản cho từng kênh");
  piece = new URL(page.url()).pathname;
  await expect(variantCard(page, "Phim của sở").locator(".obstacles")).toContainText("Kênh này cần một phim.");
  for (const name of OF_FILMS) {
    await variantCard(page, name).getByRole("link", { name: "Sửa bản này" }).click();
    for (const chosen of await page.locator('input[name="media"]:checked').all()) await chosen.uncheck();
    await page.getByLabel(FILM).check();
    // TikTok shows no title of a film: what is to be read stands in the text.
    await page.locator("#text").fill(`${TITLE}\n\n${SUMMARY}`);
    await axe(page);
    await press(page, "Lưu bản này");
  }
  for (const { name } of ACCOUNTS) {
    const preview = variantCard(page, name).locator("figure.channel-preview");
    await expect(preview, name).toContainText(TITLE.slice(0, 40));
    await expect(variantCard(page, name).locator(".obstacles"), name).toHaveCount(0);
  }
  await expect(variantCard(page, "OA của sở").locator("figure img")).toHaveAttribute("alt", /.+/);
  await axe(page);
  await shot(page, "every-variants", { picture: "soan-cho-moi-kenh", forms: ["desktop", "phone"], from: 'section.card[id^="variant-"]' });
  await press(page, "Gửi duyệt");
  await expectState(page, "Chờ duyệt");

  await as(page, "approver");
  await page.goto(piece);
  await expect(page.locator("main")).toContainText(`Duyệt một lần cho ${ACCOUNTS.length} kênh`);
  await axe(page);
  await shot(page, "every-approval", { picture: "duyet-mot-lan", forms: ["desktop", "phone"] });
  await press(page, "Duyệt, cho ra kênh");
  await expectState(page, "Đã duyệt");
});

test("the bulletin for loudspeakers is listened to, approved and planned", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto(article);
  await page.getByRole("link", { name: "Phát trên loa" }).click();
  await press(page, "Tạo lời đọc");
  const bulletin = new URL(page.url()).pathname;
  const doubts = page.locator("main").getByRole("button", { name: "Đã xem", exact: true });
  for (let left = await doubts.count(); left > 0; left -= 1) {
    await doubts.first().click();
    await expect(doubts).toHaveCount(left - 1);
  }
  await page.locator("#sound summary").getByText("Chọn âm thanh có trong kho tư liệu", { exact: true }).click();
  await page.locator("#asset").selectOption({ label: SOUND });
  await press(page, "Dùng âm thanh này");
  await axe(page);
  await press(page, "Gửi duyệt");

  await as(page, "approver");
  await page.goto(bulletin);
  await page.locator('input[name="listened"]').check();
  await axe(page);
  await shot(page, "every-bulletin", { picture: "duyet-ban-tin-loa", forms: ["desktop", "phone"] });
  await press(page, "Duyệt bản tin");

  await as(page, "department_officer");
  await page.goto(bulletin);
  await page.getByRole("link", { name: "Xếp lịch phát" }).click();
  await page.getByLabel(station).check();
  await put(page, { hamlets: HAMLET, ...later(90_000), days: "1" });
  await axe(page);
  await press(page, "Xếp lịch");
  airing = new URL(page.url()).pathname;
  await expect(page.locator("header.answer")).toContainText("2 cụm loa");
});

test("every account confirms that its copy is out", async ({ page, outside }) => {
  await signInAs(page, "approver");
  for (const { name } of ACCOUNTS) await until(page, piece, /Đã lên(?! chưa)/, `section.card:has(h2:has-text("${name}"))`);
  await axe(page);
  await shot(page, "every-confirmed", { picture: "da-len-moi-kenh", forms: ["desktop", "phone"] });
  for (const { platform, name } of ACCOUNTS) {
    const once = platform === "sms" ? NUMBERS.length : 1;
    expect(await told(outside, platform), `${name} has it once`).toHaveLength(once);
  }
  expect(new Set((await told(outside, "sms")).map((one) => one.text.split(":")[0])).size).toBe(NUMBERS.length);
});

test("each reader has one letter, the browser one notice", async ({ page, outside }) => {
  await signInAs(page, "approver");
  await page.goto("/desk/newsletters");
  await until(page, "/desk/newsletters", new RegExp(`${TITLE}.{0,80}Đã gửi`));
  await page.locator("main a.row").filter({ hasText: TITLE }).click();
  await expect(page.locator("#progress")).toContainText("Xong 2 trên 2 thư");
  await axe(page);
  await shot(page, "every-issue", { picture: "so-ban-tin-da-gui", forms: ["desktop", "phone"] });
  const letters = (await outside.sink.messages()).filter((letter) => decoded(letter).includes(TITLE));
  expect(letters, "a letter each").toHaveLength(READERS.length);
  for (const reader of READERS) expect(letters.filter((letter) => letter.includes(reader)), reader).toHaveLength(1);

  await until(page, "/desk/push", new RegExp(`${TITLE}.*Đã gửi xong`));
  await page.locator("main a.row").filter({ hasText: TITLE }).click();
  await expect(page.locator("main")).toContainText(/Dịch vụ đẩy đã nhận\s*1/);
  await axe(page);
  await shot(page, "every-notice", { picture: "thong-bao-da-gui", forms: ["desktop", "phone"] });
  expect(await told(outside, "push")).toHaveLength(1);
});

test("followers, subscribers, listeners and the press have it", async ({ page, request, outside: { fediverse, doubles } }) => {
  await signInAs(page, "department_admin");
  await page.goto("/desk/syndication");
  await page.locator("main a.row").filter({ hasText: SHORT_NAME }).first().click();
  await expect(page.locator("#hosts")).toContainText("127.0.0.1");
  await axe(page);
  await shot(page, "every-fediverse", { picture: "tai-khoan-fediverse", forms: ["desktop", "phone"] });
  const created = fediverse.heard.filter((one) => one.type === "Create");
  expect(created.map((one) => JSON.stringify(one).includes(TITLE)), "shown once").toEqual([true]);
  expect(fediverse.refused).toBe(0);

  const feeds = async () => (await doubles.receipts("websub")).map((one) => one.text).filter((text) => text.includes(TITLE));
  await expect.poll(async () => (await feeds()).length, { timeout: SETTLES_MS }).toBe(2);
  expect((await feeds()).filter((text) => text.includes("<enclosure")).length, "the podcast's, and the agency's").toBeGreaterThan(0);

  await page.goto(PODCAST.path);
  await expect(page.locator("main h2").filter({ hasText: TITLE })).toHaveCount(1);
  await axe(page);
  await shot(page, "every-podcast", { picture: "podcast", forms: ["desktop", "phone"] });
  await page.goto(address);
  await page.getByRole("link", { name: "Tư liệu cho báo chí" }).first().click();
  await expect(page.locator("main")).toContainText("1 ảnh");
  await axe(page);
  await shot(page, "every-press", { picture: "tu-lieu-bao-chi", forms: ["desktop", "phone"] });
  const kit = await request.get((await page.getByRole("link", { name: "Tải trọn bộ (ZIP)" }).getAttribute("href"))!);
  expect((await kit.body()).subarray(0, 2).toString()).toBe("PK");
});

test("both clusters played it, and that is proven", async ({ page }) => {
  await signInAs(page, "approver");
  await until(page, airing, /Đã phát \(2\)|Đã phát, có bằng chứng \(2\)/);
  await until(page, airing, /Đã phát/, "header.answer");
  await axe(page);
  await shot(page, "every-airing", { picture: "bang-chung-phat", forms: ["desktop", "phone"] });
  await page.goto("/desk/loudspeakers/coverage");
  await axe(page);
  await shot(page, "every-coverage", { picture: "do-phu-truyen-thanh", forms: ["desktop", "phone"] });
});

/** Opens a copy's page of the desk. */
async function openCopy(page: Page, account: string): Promise<void> {
  await page.goto(piece);
  await variantCard(page, account).getByRole("link", { name: /^(Sửa bản này|Xem)$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(account);
}

test("a correction opens a case, in which every copy is found", async ({ page, outside: { fediverse } }) => {
  await signInAs(page, "reviewer");
  await page.goto(article);
  await page.getByRole("link", { name: "Đính chính", exact: true }).click();
  await put(page, { summary: MENDED, correction: WRONG });
  await press(page, "Đăng bản đính chính");
  await expectState(page, "Đã đính chính");

  await as(page, "approver");
  await until(page, "/desk/retractions", new RegExp(TITLE));
  await page.locator("main a.row").filter({ hasText: TITLE }).click();
  retraction = new URL(page.url()).pathname;
  for (const { name } of ACCOUNTS) await expect(copyOf(page, name)).toBeVisible();
  for (const [place, wanted] of [[NEWSLETTER, "Gửi tin đính chính sau"], ["Thông báo trên màn hình", "Gửi tin đính chính sau"], ["Loa truyền thanh", "Phát lại tin đính chính"]] as const) {
    await expect(copyOf(page, place), place).toContainText(wanted);
  }
  await axe(page);
  await shot(page, "every-case", { picture: "vu-dinh-chinh", forms: ["desktop", "phone"] });
  await expect(page.getByRole("button", { name: "Đóng vụ" }), "copies are still as they were").toBeDisabled();
  await expect.poll(() => fediverse.heard.filter((one) => one.type === "Update").length, { timeout: SETTLES_MS }).toBe(1);
});

function copyOf(page: Page, place: string): Locator {
  return page.locator('article[id^="copy-"]').filter({ has: page.locator("h3").filter({ hasText: place }) });
}

test("copies are edited, and of those that can not be it is said why they stay", async ({ page, outside }) => {
  await signInAs(page, "approver");
  for (const name of EDITED) {
    await openCopy(page, name);
    await page.locator("#text").fill(`${TITLE}\n\n${MENDED}`);
    await page.locator("#why").fill("Theo bài đã đính chính.");
    await press(page, "Sửa bản đã lên");
  }
  for (const [name, act] of [["Phim ngắn của sở", "Đã tự gỡ trên kênh"], ["Tin nhắn của sở", "Để nguyên"]] as const) {
    await openCopy(page, name);
    await expect(page.locator("main"), name).toContainText("Nền tảng này không cho sửa hay gỡ từ bên ngoài.");
    await axe(page);
    await page.locator("#why").fill("Không sửa được từ đây.");
    await press(page, act);
  }
  for (const name of EDITED) await until(page, piece, /Đã lên(?! · )/, `section.card:has(h2:has-text("${name}"))`);
  for (const platform of ["telegram", "facebook"] as const) {
    const texts = (await told(outside, platform)).map((one) => one.text);
    expect(texts, `${platform} was changed in its place`).toEqual([expect.stringContaining(MENDED)]);
  }
  await page.goto(piece);
  await shot(page, "every-corrected-copies");
});

test("who had the letter or the notice is told of the correction", async ({ page, outside }) => {
  await signInAs(page, "department_officer");
  await page.goto(article);
  await page.getByRole("link", { name: "Gửi thư đính chính" }).click();
  await page.locator("#words").fill(WRONG);
  await axe(page);
  await press(page, "Soạn thư đính chính");
  const issue = new URL(page.url()).pathname;
  await press(page, "Gửi duyệt");
  await expect(page.getByRole("status").first()).toContainText("Đã gửi duyệt.");
  // The letter's frame must not be asked for by somebody who is signed out.
  await page.goto("/desk");
  await as(page, "approver");
  await page.goto(issue);
  await axe(page);
  await shot(page, "every-correction-letter", { picture: "thu-dinh-chinh", forms: ["desktop", "phone"] });
  await press(page, "Duyệt, cho gửi");
  await until(page, issue, /Xong 2 trên 2 thư/, "#progress");
  const letters = (await outside.sink.messages()).filter((letter) => decoded(letter).includes(WRONG));
  expect(letters).toHaveLength(READERS.length);

  await page.goto("/desk/push");
  await page.locator("main a.row").filter({ hasText: TITLE }).click();
  await press(page, "Gửi tin đính chính");
  await until(page, "/desk/push", /Đã gửi xong/, 'ul.rows > li:has-text("Đính chính:")');
  // The second takes the first one's place on the screen.
  expect((await told(outside, "push")).map((one) => one.text)).toEqual([expect.stringContaining("Đính chính")]);
});

test("what was heard stays, with a reason; then the case is closed", async ({ page }) => {
  await signInAs(page, "approver");
  await until(page, retraction, /./);
  const aired = copyOf(page, "Loa truyền thanh");
  await aired.locator("summary").filter({ hasText: "Để lại bản này" }).click();
  await aired.locator("textarea").fill("Bản tin sáng mai của đài đọc lời đính chính.");
  await aired.getByRole("button", { name: "Để lại, ghi lý do" }).click();
  await expect(page.getByRole("status").first()).toContainText("Đã để lại bản sao");
  const close = page.getByRole("button", { name: "Đóng vụ" });
  await expect.poll(async () => (await page.goto(retraction), close.isEnabled()), { timeout: SETTLES_MS }).toBe(true);
  await axe(page);
  await page.locator("#closing").fill("Mọi bản sao đã được sửa, hoặc đã có lời.");
  await close.click();
  await expect(page.locator("main")).toContainText("Vụ này đã đóng");
  await axe(page);
  await page.getByRole("link", { name: "Bản in lưu hồ sơ" }).click();
  await axe(page);
  await shot(page, "every-proof", { picture: "bien-ban-dinh-chinh", forms: ["desktop", "phone"] });
});

test("the next day figures are home, as a range, and what is missing is said", async ({ page, server }) => {
  await server.stop();
  await server.start(later(DAY_MS).date);
  await signInAs(page, "approver");
  await page.goto(article);
  const reach = (await page.locator("main").getByRole("link", { name: "Lượt tiếp cận", exact: true }).getAttribute("href"))!;
  await until(page, reach, /Từ [\d.]+ đến [\d.]+ người/);
  await until(page, reach, /Trang của sở.*Cập nhật lúc/);
  await expect(page.locator("main")).toContainText(/\d+ nơi phát chưa cho số người hay lượt xem/);
  for (const own of ["Cổng thông tin", "bản tin thư", "Loa truyền thanh", "Thông báo đẩy"]) await expect(page.locator("main")).toContainText(own);
  await axe(page);
  await shot(page, "every-reach", { picture: "luot-tiep-can-mot-tin", forms: ["desktop", "phone"] });
  await page.getByRole("link", { name: "Từng lần đọc" }).click();
  await axe(page);
  await page.goto("/desk/reach");
  await axe(page);
  await shot(page, "every-reach-list", { picture: "luot-tiep-can", forms: ["desktop", "phone"] });
});

test("a campaign counts the article once, in the cells it filled", async ({ page }) => {
  await signInAs(page, "approver");
  await page.goto("/desk/campaigns/new");
  const [starts, ends] = [later(0).date, later(30 * DAY_MS).date];
  await put(page, { title: "Mùa mặn an toàn", objective: "Người trồng lúa biết xem độ mặn trước khi lấy nước.", starts_on: starts, ends_on: ends });
  await put(page, { budget: "150.000.000", names: AGENCY });
  for (const name of ["messages", "audiences"]) {
    for (const at of [0, 1]) await page.locator(`input[name="${name}"]`).nth(at).check();
  }
  for (const channel of await page.locator('input[name="channels"]').all()) await channel.check();
  await axe(page);
  await press(page, "Lưu");
  await press(page, "Chạy chiến dịch");
  await page.getByRole("link", { name: "Tính thêm tin" }).click();
  const fitting = page.locator("form").filter({ has: page.getByLabel(TITLE) });
  await fitting.getByLabel(TITLE).check();
  await axe(page);
  await fitting.getByRole("button", { name: "Tính thêm tin" }).click();
  await expect(page.locator("#items")).toContainText(TITLE);
  await expect(page.locator("#items")).toContainText("Đã tính");
  await axe(page);
  // What was just said would cover a corner of the pictures.
  await page.reload();
  await shot(page, "every-campaign", { picture: "chien-dich", forms: ["desktop", "phone"] });
  await shot(page, "every-matrix", { picture: "ma-tran-chien-dich", forms: ["desktop", "phone"], from: "#matrix" });
});
