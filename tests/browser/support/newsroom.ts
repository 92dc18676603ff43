// What the desk of news and publications is asked for again and again: its editor, its buttons, what a public page shows.
import { expect, type APIRequestContext, type Locator, type Page } from "@playwright/test";

/** The editor over the field of the text, and the buttons above it. */
export class Editor {
  readonly text: Locator;
  readonly tools: Locator;

  constructor(private readonly page: Page) {
    this.text = page.locator("lt-editor .ProseMirror");
    this.tools = page.locator("lt-editor [role=toolbar]");
  }

  /** Types at the caret; a line break is the Enter key. */
  async type(text: string): Promise<void> {
    for (const [at, line] of text.split("\n").entries()) {
      if (at > 0) await this.page.keyboard.press("Enter");
      if (line) await this.page.keyboard.insertText(line);
    }
  }

  /** Presses the button of that name above the text. */
  async use(name: string | RegExp): Promise<void> {
    const button = this.tools.getByRole("button", { name, exact: true });
    await button.click();
    // Those that change the text give the focus back to it, a frame later.
    if (await button.getAttribute("data-do")) await expect(this.text).toBeFocused();
  }

  /** Puts a note at the caret. */
  async note(words: string): Promise<void> {
    await this.use("Chú thích");
    await this.page.keyboard.insertText(words);
    await this.page.keyboard.press("Enter");
    await expect(this.text).toBeFocused();
  }

  /** Makes what is chosen a link. */
  async link(address: string): Promise<void> {
    await this.use("Đường dẫn");
    await this.page.keyboard.insertText(address);
    await this.page.keyboard.press("Enter");
    await expect(this.text.locator(`a[href="${address}"]`)).toBeVisible();
    await expect(this.text).toBeFocused();
  }

  /** Puts something of another site at the caret. */
  async embed(address: string, title: string): Promise<void> {
    await this.use("Nhúng video, âm thanh từ trang khác");
    await this.page.keyboard.insertText(address);
    await this.page.keyboard.press("Tab");
    await this.page.keyboard.insertText(title);
    await this.page.keyboard.press("Enter");
    await expect(this.text).toBeFocused();
  }

  /** Replaces the text by another. */
  async retype(text: string): Promise<void> {
    await this.text.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.type(text);
  }

  async goToEnd(): Promise<void> {
    await this.text.focus();
    await this.page.keyboard.press("ControlOrMeta+End");
  }
}

/** Presses the button of that name on the page itself. */
export async function press(page: Page, name: string): Promise<void> {
  await page.locator("main").getByRole("button", { name, exact: true }).click();
}

/** Opens what is folded away under those words. */
export async function unfold(page: Page, words: string): Promise<void> {
  await page.locator("main summary").getByText(words, { exact: true }).click();
}

/** Fills fields of a form, chooses in those that are lists; each by its id. */
export async function put(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [field, value] of Object.entries(fields)) {
    const at = page.locator(`#${field}`);
    if (await at.evaluate((element) => element.tagName === "SELECT")) await at.selectOption(value);
    else await at.fill(value);
  }
}

/** What a piece's page shows of one account. */
export function variantCard(page: Page, account: string): Locator {
  return page.locator('section.card[id^="variant-"]').filter({ has: page.getByRole("heading", { name: account }) });
}

/** What the page of an article or a publication says of its state. */
export async function expectState(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.locator("header.answer")).toContainText(words);
}

/** The pages and feeds must show it; the other way round when `there` is false. A kept page may be two seconds old. */
export async function expectListed(request: APIRequestContext, addresses: string[], title: string, there = true): Promise<void> {
  for (const address of addresses) {
    await expect
      .poll(async () => (await (await request.get(address)).text()).includes(title), { message: `${title} on ${address}` })
      .toBe(there);
  }
}
