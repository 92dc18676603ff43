// The other half of an editor's day: a handbook of two sections comes out, is taken home, changes, and old citations stay true.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { axe } from "../support/accessibility.ts";
import { Editor, expectState, press } from "../support/newsroom.ts";
import { shot } from "../support/pictures.ts";
import { as, signInAs, type Role } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "handbook day", day: "2026-06-08" });
test.describe.configure({ mode: "serial" });
test.setTimeout(240_000);

/** An unoptimised build takes its time to set a book. */
const SETTING_MS = 90_000;
const TITLE = "Cẩm nang lớp học kỹ năng số";
const BEFORE = "Lớp có mười lăm chỗ, đăng ký ở bộ phận một cửa.";
const AFTER = "Lớp có hai mươi chỗ, đăng ký ở bộ phận một cửa.";
const CHANGE = "Lớp nhận thêm năm người.";
const FOOTNOTE = "Mang theo căn cước khi đăng ký.";

let desk = "";
let address = "";

async function addSection(page: Page, title: string, write: (editor: Editor) => Promise<void>): Promise<void> {
  await page.goto(`${desk}/sections/new`);
  await page.locator("#title").fill(title);
  const editor = new Editor(page);
  await editor.text.click();
  await write(editor);
  await axe(page);
  if (title === "Đăng ký lớp") await shot(page, "handbook-section");
  await press(page, "Lưu mục");
  await expect(page).toHaveURL(desk);
}

async function goThrough(page: Page, acts: [Role, string][]): Promise<void> {
  for (const [role, name] of acts) {
    await as(page, role);
    await page.goto(desk);
    await axe(page);
    await press(page, name);
  }
}

test("two sections are written, reviewed by somebody else and published", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto("/desk/publications");
  await axe(page);
  await page.getByRole("link", { name: "Bắt đầu ấn phẩm" }).click();
  await page.locator("#title").fill(TITLE);
  await page.locator("#summary").fill("Cho người học và người dạy: đăng ký thế nào, buổi đầu làm gì.");
  await page.locator("#cover").selectOption({ label: "Đầm sen buổi sớm (minh họa)" });
  await axe(page);
  await press(page, "Lưu thông tin");
  await expect(page).toHaveURL(/\/desk\/publications\/[0-9a-f-]{36}$/);
  desk = new URL(page.url()).pathname;

  await addSection(page, "Đăng ký lớp", async (editor) => {
    await editor.type(BEFORE);
    await editor.note(FOOTNOTE);
    await editor.type("\n");
    await editor.use("Tiêu đề mục");
    await editor.type("Ba bước\n");
    await editor.use("Danh sách có số");
    await editor.type("Chọn buổi\nGhi tên\nNhận giấy hẹn");
  });
  await addSection(page, "Buổi đầu tiên", async (editor) => {
    await editor.type("Chưa có chỗ thì xem mục đăng ký");
    for (const _ of "đăng ký") await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe("đăng ký");
    await editor.link("#dang-ky-lop");
    // What is typed next neither replaces the words of the link nor lengthens it.
    await editor.type(" ở trên.\nMột người dạy, hai người đi cùng.");
  });
  await expect(page.locator("ol.book-rows > li")).toHaveCount(2);
  await page.getByRole("link", { name: "Xem trước" }).click();
  await expect(page.locator("section.book-part")).toHaveCount(2);
  await axe(page);

  await goThrough(page, [["department_officer", "Gửi duyệt"], ["reviewer", "Duyệt"], ["approver", "Xuất bản"]]);
  await expectState(page, "Đã xuất bản");
  address = (await page.locator('.facts a[href^="/an-pham/"]').first().getAttribute("href"))!;
});

test("readers have it on the web, as EPUB and as PDF", async ({ page }) => {
  await page.goto("/an-pham");
  await axe(page);
  await page.locator("main").getByRole("link", { name: TITLE }).click();
  await expect(page).toHaveURL(address);
  await expect(page.locator("ol.book-contents li")).toHaveText(["Đăng ký lớp", "Buổi đầu tiên"]);
  await axe(page);
  await shot(page, "handbook-cover", { picture: "an-pham", forms: ["desktop", "phone"] });

  for (const [ending, is] of [["EPUB", isEpub], ["PDF", isPdf]] as const) {
    const coming = page.waitForEvent("download", { timeout: SETTING_MS });
    await page.locator("ul.book-files").getByRole("link", { name: ending }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(new RegExp(`-lan-1\\.${ending.toLowerCase()}$`));
    expect(is(await readFile(await file.path())), `${ending} is one`).toBe(true);
  }

  await page.getByRole("link", { name: "Đọc ngay" }).click();
  await expect(page).toHaveURL(`${address}/lan-1`);
  await expect(page.locator("#dang-ky-lop .prose")).toContainText(BEFORE);
  await expect(page.locator("main")).toContainText(FOOTNOTE);
  const second = page.locator("#buoi-dau-tien .prose");
  await expect(second.locator("p")).toHaveText(["Chưa có chỗ thì xem mục đăng ký ở trên.", "Một người dạy, hai người đi cùng."]);
  await second.getByRole("link", { name: "đăng ký", exact: true }).click();
  await expect(page).toHaveURL(`${address}/lan-1#dang-ky-lop`);
  await axe(page);
});

/** OCF 3.3, 4.3: the first entry of the archive is the media type, stored as it is. */
function isEpub(bytes: Buffer): boolean {
  return bytes.subarray(0, 2).toString() === "PK" && bytes.subarray(30, 58).toString() === "mimetypeapplication/epub+zip";
}

function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString() === "%PDF-" && bytes.subarray(-16).toString().includes("%%EOF");
}

test("a section changes: it is said what, and the old citation keeps the old text", async ({ page }) => {
  await signInAs(page, "department_officer");
  await page.goto(desk);
  await page.locator("ol.book-rows").getByRole("link", { name: "Đăng ký lớp" }).click();
  const section = new URL(page.url()).pathname;
  const editor = new Editor(page);
  const first = editor.text.locator("p").first();
  await expect(first).toContainText(BEFORE);
  await first.click({ position: { x: 4, y: 8 } });
  await page.keyboard.press("Home");
  for (const _ of "Lớp có ") await page.keyboard.press("ArrowRight");
  for (const _ of "mười lăm") await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.insertText("hai mươi");
  await expect(first).toContainText(AFTER + FOOTNOTE);
  await press(page, "Lưu mục");

  // Without a word on what changed it can not come out, and the page says where that word goes.
  await page.goto(desk);
  await expect(page.locator("main")).toContainText("mà chưa ghi đã thay đổi gì");
  await axe(page);
  await shot(page, "handbook-needs-note", { picture: "viet-an-pham", forms: ["desktop"] });
  await page.goto(section);
  await page.locator("#note").fill(CHANGE);
  await press(page, "Lưu mục");
  await expect(page.locator("main")).not.toContainText("mà chưa ghi đã thay đổi gì");
  // Until it is out readers have the old one.
  await page.goto(address);
  await expect(page.locator("main")).not.toContainText(CHANGE);

  await goThrough(page, [["department_officer", "Gửi duyệt"], ["reviewer", "Duyệt"], ["approver", "Xuất bản"]]);
  await page.goto(`${address}/lan-2#dang-ky-lop`);
  await expect(page.locator("#dang-ky-lop .book-change")).toContainText(CHANGE);
  await expect(page.locator("#dang-ky-lop .prose")).toContainText(AFTER);
  await expect(page.locator("#buoi-dau-tien .book-change")).toHaveCount(0);
  await axe(page);

  await page.goto(`${address}/lan-1#dang-ky-lop`);
  const cited = page.locator("#dang-ky-lop");
  await expect(cited.locator(".prose")).toContainText(BEFORE);
  await expect(cited.locator(".prose")).not.toContainText(AFTER);
  await expect(page.locator(".notice").first()).toContainText("đã có lần mới hơn");
  await cited.locator(".book-newer summary").click();
  await axe(page);
  await shot(page, "handbook-citation", { picture: "trich-dan-cu", forms: ["desktop"], from: "main .notice" });
  await cited.locator(".book-newer").getByRole("link").click();
  await expect(page).toHaveURL(`${address}/lan-2#dang-ky-lop`);
  await page.goto(address);
  await expect(page.locator("ul.book-changes")).toContainText(CHANGE);
  await axe(page);
});
