// WCAG 2.2 AA by axe, in the light and the dark theme: contrast differs between them.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Violations = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"];

export async function axe(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // A frame of ours shows a document without script (a letter), into which axe can not be brought: it would wait for ever.
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude("iframe").analyze();
    expect.soft(violations.length, `${colorScheme} theme of ${page.url()}\n${describe(violations)}`).toBe(0);
  }
  await page.emulateMedia({ colorScheme: null });
  await expect.soft(page.locator("iframe:not([title])"), "each frame says what it is").toHaveCount(0);
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
