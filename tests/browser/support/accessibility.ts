// WCAG 2.2 AA by axe, in the light and the dark theme: contrast differs between them.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What the theme can change. */
const OF_THE_THEME = ["color-contrast", "link-in-text-block"];

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

/**
 * Fails the test softly when the page can not be used by everyone. Pages are the same on every database, and judging one takes seconds:
 * it is done on the embedded database.
 */
export async function axe(page: Page): Promise<void> {
  if (test.info().project.name !== "sqlite") return;
  expectNone(page, "light", await judge(page, "light", (all) => all.withTags(RULES)));
  expectNone(page, "dark", await judge(page, "dark", (all) => all.withRules(OF_THE_THEME)));
  await page.emulateMedia({ colorScheme: null });
  await expect.soft(page.locator("iframe:not([title])"), "each frame says what it is").toHaveCount(0);
}

async function judge(page: Page, colorScheme: "light" | "dark", rules: (all: AxeBuilder) => AxeBuilder): Promise<Violations> {
  await page.emulateMedia({ colorScheme });
  // A frame of ours shows a document without script (a letter), into which axe can not be brought: it would wait for ever. Without
  // frames there is nothing to gather in a page of axe's own, which takes as long as judging does.
  const all = new AxeBuilder({ page }).exclude("iframe").setLegacyMode();
  return (await rules(all).analyze()).violations;
}

function expectNone(page: Page, theme: string, violations: Violations): void {
  expect.soft(violations.length, `${theme} theme of ${page.url()}\n${describe(violations)}`).toBe(0);
}

function describe(violations: Violations): string {
  return violations
    .map((rule) => {
      const places = rule.nodes.map((node) => `    ${node.target.join(" ")}\n      ${indent(node.failureSummary)}`);
      return `  ${rule.id} (${rule.impact}): ${rule.help}\n${places.join("\n")}`;
    })
    .join("\n");
}

function indent(summary: string | undefined): string {
  return (summary ?? "").replaceAll("\n", "\n      ");
}
