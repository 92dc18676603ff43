// One SVG with the Lucide icons that templates and code ask for, and no other.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

// icon("plus") and icon = "plus" in templates and scripts' markup; icon: "plus" in navigation
// tables, icon: str = "plus" as the default of a macro.
const USES = [/\bicon\(\s*"([a-z0-9-]+)"/g, /\bicon\s*=\s*"([a-z0-9-]+)"/g, /\bicon:\s*(?:str\s*=\s*)?"([a-z0-9-]+)"/g];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(html|rs)$/.test(entry.name)) yield path;
  }
}

/** Names of all icons in use, each with the file that asks for it first. */
function wanted(here) {
  const names = new Map();
  for (const line of readFileSync(join(here, "icons.txt"), "utf8").split("\n")) {
    const name = line.replace(/#.*/, "").trim();
    if (name) names.set(name, "web/icons.txt");
  }
  const repository = join(here, "..");
  const folders = ["lantoa/src", ...readdirSync(join(repository, "layers")).map((layer) => `layers/${layer}/src`)];
  for (const path of folders.flatMap((folder) => [...sources(join(repository, folder))])) {
    const text = readFileSync(path, "utf8");
    for (const use of USES) {
      for (const [, name] of text.matchAll(use)) if (!names.has(name)) names.set(name, relative(repository, path));
    }
  }
  return names;
}

/** The sprite: one <symbol id="name"> for each icon. Throws with the file that asks for an icon Lucide does not have. */
export function sprite(here) {
  const folder = join(here, "node_modules/lucide-static/icons");
  const symbols = [...wanted(here)].sort().map(([name, file]) => {
    const path = join(folder, `${name}.svg`);
    if (!existsSync(path)) throw new Error(`${file} asks for the icon "${name}", which Lucide does not have: see lucide-static/icons for the names`);
    const drawing = readFileSync(path, "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}
