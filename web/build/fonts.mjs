// The faces of the site, cut so that a first visit on a slow line has little to fetch: what Vietnamese is written with, in two
// files of a face, and what else the face has of Latin in a third that a browser fetches when a page has such a letter.
// Hinting is left out: it is half of a file, and today's screens do not need it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";

const span = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const codes = (letters) => [...letters].map((letter) => letter.codePointAt(0));

const VIETNAMESE = [...codes("ĂăĐđĨĩŨũƠơƯư₫"), 0x300, 0x301, 0x303, 0x309, 0x323, ...span(0x1ea0, 0x1ef9)];
const CORE = [...span(0x20, 0x7e), ...codes("\u00a0«»°·×§²³½àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ–—‘’“”•…→−€")];
const LATIN = [...span(0x20, 0xff), 0x131, 0x152, 0x153, 0x2c6, 0x2da, 0x2dc, ...span(0x2000, 0x206f), 0x20ac, 0x2122, ...span(0x2190, 0x2193), 0x2212, 0x2215];
const REST = LATIN.filter((code) => !CORE.includes(code));
// The later rule goes before the earlier one where both name a letter.
const PARTS = { rest: REST, vietnamese: VIETNAMESE, core: CORE };
/** Letters between two of a file's are named with them: a browser that misses one looks into the next file. */
const GAP = 16;

const lora = (part, style) => `@fontsource-variable/lora/files/lora-${part}-wght-${style}.woff2`;
const pro = (part, weight) => `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${part}-${weight}-normal.woff2`;
/** Lora has its letters only, without the forms that a feature would call for: what is read needs none of them. */
const FACES = [
  ...[400, 500, 600].map((weight) => ({ family: "Be Vietnam Pro", name: "be-vietnam-pro", weight, style: "normal", source: (part) => pro(part, weight) })),
  { family: "Lora", name: "lora", weight: "400 600", style: "normal", axes: { wght: { min: 400, max: 600 } }, source: (part) => lora(part, "normal") },
  { family: "Lora", name: "lora-italic", weight: 400, style: "italic", axes: { wght: 400 }, source: (part) => lora(part, "italic") },
];

/** Cuts every face and writes the style sheet that names the files. @param {string} here the folder of the web's sources */
export async function cutFonts(here) {
  const folder = join(here, "made");
  mkdirSync(folder, { recursive: true });
  const rules = [];
  for (const face of FACES) {
    for (const [part, wanted] of Object.entries(PARTS)) {
      const source = readFileSync(join(here, "node_modules", face.source(part === "vietnamese" ? part : "latin")));
      const text = String.fromCodePoint(...wanted);
      const cut = await subsetFont(source, text, { targetFormat: "woff2", noHinting: true, noLayoutClosure: Boolean(face.axes), variationAxes: face.axes });
      const file = `${face.name}-${part}-${String(face.weight).replace(" ", "-")}.woff2`;
      writeFileSync(join(folder, file), cut);
      rules.push(rule(face, file, wanted));
    }
  }
  writeFileSync(join(folder, "faces.css"), rules.join("\n"));
}

function rule({ family, weight, style }, file, wanted) {
  const italic = style === "italic" ? "\n  font-style: italic;" : "";
  return `@font-face {
  font-family: "${family}";
  font-weight: ${weight};${italic}
  font-display: swap;
  src: url("${file}");
  unicode-range: ${ranges(wanted)};
}`;
}

/** @param {number[]} wanted @returns {string} as CSS writes them: `U+20-7E, U+A0`, in few words */
function ranges(wanted) {
  const sorted = [...new Set(wanted)].sort((a, b) => a - b);
  const runs = [];
  for (const code of sorted) {
    const last = runs.at(-1);
    if (last && code - last[1] <= GAP) last[1] = code;
    else runs.push([code, code]);
  }
  const hex = (code) => code.toString(16).toUpperCase();
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(", ");
}
