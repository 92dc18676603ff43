// A citizen's question on its whole way: the assistant has no answer and says so, the question goes to a person, the answer is published,
// and the assistant then cites it.
import { axe } from "../support/accessibility.ts";
import { shot } from "../support/pictures.ts";
import { as, signInAs } from "../support/roles.ts";
import { expect, test } from "../support/world.ts";

test.use({ world: "assistant" });

const QUESTION = "Hợp tác xã trồng nhãn muốn gắn tem truy xuất thì đến đâu?";
const ANSWER = "Hợp tác xã đến bộ phận Một cửa của xã, mang theo giấy đăng ký hợp tác xã.";

test("a question is followed from asking to a published answer that the assistant cites", async ({ page }) => {
  test.slow();
  await page.goto("/hoi-dap");
  await expect(page.locator("h1")).toHaveCount(1);
  await expect(page.getByText("Trợ lý là máy, không phải người")).toBeVisible();
  await axe(page);
  await page.locator("#assistant-q").fill(QUESTION);
  await page.locator("#assistant-q").press("Enter");
  const turn = page.locator(".turn").last();
  await expect(turn.locator(".asked")).toContainText("truy xuất");
  await expect(turn.locator(".hand summary")).toHaveText("Chuyển cho cán bộ trả lời");
  await axe(page);
  await shot(page, "assistant-refused", { picture: "tro-ly-khong-biet", forms: ["desktop", "phone"] });

  // The conversation is this browser's: it is there again, and gone when it is cleared.
  await page.reload();
  await expect(page.locator(".turn .asked")).toContainText("truy xuất");
  await page.goto(`/hoi-dap/gui?q=${encodeURIComponent(QUESTION)}`);
  await expect(page.locator("#question")).toHaveValue(QUESTION);
  await shot(page, "question-form", { picture: "cau-hoi-gui", forms: ["desktop", "phone"] });
  await page.goto("/hoi-dap");
  await turn.locator('.hand button[type="submit"]').click();
  await expect(page).toHaveURL(/\/hoi-dap\/chuyen$/);
  await expect(page.locator("main code")).toBeVisible();
  const follow = await page.locator('main a[href^="/hoi-dap/theo-doi/"]').first().getAttribute("href");

  await signInAs(page, "officer");
  const body = ((await page.locator(".who small").first().textContent()) ?? "").trim().replace(/^UBND /, "");
  await as(page, "coordinator");
  await page.goto("/desk/questions");
  await page.getByRole("link", { name: /truy xuất/ }).first().click();
  await shot(page, "question-routing", { picture: "cau-hoi-phan-cong", forms: ["desktop"] });
  const to = page.locator("#do-routing select[name=to]");
  const value = await to.locator("option", { hasText: body }).first().getAttribute("value");
  await to.selectOption(value ?? "");
  await page.locator("#do-routing button[type=submit]").click();

  await as(page, "officer");
  await page.goto("/desk/questions");
  await page.getByRole("link", { name: /truy xuất/ }).first().click();
  await page.locator("#answer").fill(ANSWER);
  await shot(page, "question-answering", { picture: "cau-hoi-tra-loi", forms: ["desktop"] });
  await page.locator('#do-answer input[name="shows"]').check();
  await page.locator("#do-answer button[type=submit]").first().click();

  await page.context().clearCookies();
  await page.goto(follow ?? "");
  await expect(page.locator("main")).toContainText("bộ phận Một cửa");
  await shot(page, "question-followed", { picture: "cau-hoi-theo-doi", forms: ["desktop", "phone"] });
  await expect(async () => {
    await page.goto(`/hoi-dap?q=${encodeURIComponent(QUESTION)}`);
    await expect(page.locator(".turn").last()).toContainText("Cán bộ đã trả lời câu hỏi này", { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  const cited = page.locator(".turn").last().locator(".sources a").first();
  await expect(cited).toHaveAttribute("href", /^\/hoi-dap\/cau-hoi\//);
  await axe(page);
  await shot(page, "assistant-cites", { picture: "tro-ly-tra-loi" });
  await cited.click();
  await expect(page.locator("main")).toContainText("bộ phận Một cửa");
});

test("who accuses somebody gets the protected channel, and nothing of it is kept", async ({ page }) => {
  await page.goto("/hoi-dap");
  await expect(page.locator("[data-clear]")).toBeHidden();
  await page.locator("#assistant-q").fill("   ");
  await page.locator("#assistant-q").press("Enter");
  await expect(page.locator(".turn")).toHaveCount(0);
  await page.locator("#assistant-q").fill("Tôi xin tố cáo ông chủ tịch xã nhận tiền của dân");
  await page.locator("#assistant-q").press("Enter");
  await expect(page.locator(".turn").last().getByRole("link", { name: "Mở kênh gửi thông tin được bảo vệ" })).toHaveAttribute("href", "/hoi-dap/gui");
  await page.reload();
  await expect(page.locator(".turn")).toHaveCount(0);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain("chủ tịch");
});

test("of two questions asked at once the one that waits is not lost with the other's answer", async ({ page }) => {
  const [slow, quick] = ["Câu hỏi chậm", "Câu hỏi nhanh"];
  const answer = { answered: false, answer: "Chưa rõ.", sources: [], near: [], how: "empty" };
  await page.route("**/api/v1/assistant/answers", async (route) => {
    // The slow one is never answered.
    if ((route.request().postDataJSON() as { question: string }).question === quick) {
      await route.fulfill({ contentType: "text/event-stream", body: `event: done\ndata: ${JSON.stringify(answer)}\n\n` });
    }
  });
  await page.goto("/hoi-dap");
  for (const question of [slow, quick]) {
    await page.locator("#assistant-q").fill(question);
    await page.locator("#assistant-q").press("Enter");
  }
  await expect(page.locator(".turn").last()).toContainText("Chưa rõ.");
  await page.reload();
  await expect(page.locator("#assistant-q")).toHaveValue(slow);
});

test("the assistant opens on every page without leaving it, and by a link without script", async ({ page, browser, baseURL }) => {
  await page.goto("/ke-hoach");
  await page.locator("a[data-ask-machine]").click();
  await expect(page.locator("dialog.ask-machine-panel")).toBeVisible();
  await expect(page).toHaveURL(/\/ke-hoach$/);
  // It stays where it is, and nothing lies over it.
  await expect(page.locator("a[data-ask-machine]")).toBeHidden();
  await expect(page.locator("dialog.ask-machine-panel")).toHaveCSS("position", "fixed");
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog.ask-machine-panel")).toBeHidden();
  await expect(page.locator("a[data-ask-machine]")).toBeFocused();

  const plain = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const bare = await plain.newPage();
  await bare.goto("/hoi-dap");
  await bare.locator("#assistant-q").fill("Giá vàng hôm nay bao nhiêu một lượng?");
  await bare.locator(".ask-form button[type=submit]").click();
  await expect(bare.locator(".turn .said")).toContainText("nên không trả lời");
  await expect(bare.locator('form[action="/hoi-dap/chuyen"]')).toBeVisible();
  await plain.close();
});
