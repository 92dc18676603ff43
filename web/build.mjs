// Builds what the binary embeds: web/ → layers/base/assets/dist. `node build.mjs --check` also type-checks the scripts.
// Every file but manifest.json carries a hash of its content in its name, so that it may be cached for ever.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Dist } from "./build/dist.mjs";
import { cutFonts } from "./build/fonts.mjs";
import { rasterise } from "./build/raster.mjs";
import { sprite } from "./build/sprite.mjs";
import { unpacked } from "./build/woff.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "../layers/base/assets/dist");

if (process.argv.includes("--check")) {
  const { status } = spawnSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "--project", here], { stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

mkdirSync(out, { recursive: true });
await cutFonts(here);
const dist = new Dist(out);

const bundle = await build({
  absWorkingDir: here,
  entryPoints: ["styles/app.css", "styles/desk.css", "scripts/desk.ts", "scripts/portal.ts", "scripts/assistant.ts", "scripts/assistant-embed.ts", "scripts/passkey.ts", "scripts/library.ts", "scripts/editor.ts", "scripts/push.ts", "scripts/charts.ts", "scripts/sw.ts"],
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox125", "safari17.5"],
  // Nesting and light-dark() are in every browser named above: leave them as written, they are smaller.
  supported: { nesting: true },
  loader: { ".woff2": "file", ".svg": "file" },
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});
const sources = new Map(Object.entries(bundle.metafile.outputs).map(([path, made]) => [basename(path), made.entryPoint ?? Object.keys(made.inputs)[0]]));
for (const { path, contents } of bundle.outputFiles) {
  dist.keep(basename(sources.get(basename(path))).replace(/\.ts$/, ".js"), basename(path), contents);
}

dist.write("icons.svg", sprite(here));
for (const drawing of ["mark", "favicon"]) {
  dist.write(`${drawing}.svg`, readFileSync(join(here, `drawings/${drawing}.svg`)));
}
const icon = readFileSync(join(here, "drawings/app-icon.svg"), "utf8");
for (const [name, size] of [["apple-touch-icon.png", 180], ["icon-192.png", 192], ["icon-512.png", 512]]) {
  dist.write(name, rasterise(icon, size));
}
// For the pictures that the server draws of articles: the faces of the site, and its mark.
for (const weight of [500, 700]) {
  for (const subset of ["latin", "vietnamese"]) {
    const woff = readFileSync(join(here, `node_modules/@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff`));
    dist.write(`card-${subset}-${weight}.ttf`, unpacked(woff));
  }
}
dist.write("card-mark.png", rasterise(icon, 128));
dist.write("app.webmanifest", JSON.stringify({
  name: "Lan Tỏa",
  short_name: "Lan Tỏa",
  lang: "vi",
  start_url: "/",
  display: "minimal-ui",
  background_color: "#fbf9f3",
  theme_color: "#123c40",
  icons: [192, 512].map((size) => ({ src: dist.file(`icon-${size}.png`), sizes: `${size}x${size}`, type: "image/png", purpose: "any maskable" })),
}));

dist.compress([".css", ".js", ".svg", ".webmanifest"]);
dist.finish();
// What a cheap phone on a slow line has to fetch, in bytes compressed by gzip.
const BUDGET = { "app.css": 20_000, "desk.css": 6_000, "desk.js": 30_000, "portal.js": 5_000, "assistant.js": 5_000, "assistant-embed.js": 3_000, "library.js": 5_000, "editor.js": 150_000, "charts.js": 200_000 };
for (const [name, bytes] of dist.sizes((file) => [".css", ".js", ".svg"].includes(extname(file)))) {
  console.log(`${name.padEnd(22)} ${String(bytes).padStart(7)} bytes compressed`);
  if (bytes > BUDGET[name]) throw new Error(`${name} has grown to ${bytes} bytes; its budget is ${BUDGET[name]}`);
}
