// Contrast of every pair of text and surface, computed from styles/tokens.css in both themes.
// WCAG 2.2: 1.4.3 (text 4.5:1) and 1.4.11 (controls, charts 3:1). OKLCH → sRGB after Björn Ottosson, "A perceptual color space".
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const css = readFileSync(new URL("./styles/tokens.css", import.meta.url), "utf8");
const declarations = new Map([...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));

function oklch(text) {
  const match = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)$/.exec(text);
  assert.ok(match, `not a plain oklch colour: ${text}`);
  return { l: match[1] / 100, c: +match[2], h: (match[3] * Math.PI) / 180 };
}

function colour(name, theme) {
  const value = declarations.get(name);
  assert.ok(value, `no token --${name}`);
  const both = /^light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)$/.exec(value);
  return oklch(both ? both[theme === "light" ? 1 : 2] : value);
}

function linearRgb({ l, c, h }) {
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}

function hex(name) {
  const channels = linearRgb(colour(name, "light")).map((channel) => Math.min(1, Math.max(0, channel)));
  const bytes = channels.map((channel) => Math.round(255 * (channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055)));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((channel) => Math.min(1, Math.max(0, channel)));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const papers = ["paper", "paper-raised", "paper-sunken"];
const states = ["on-time", "soon", "late", "waiting", "returned", "unknown"];
const text = [
  ...[...papers, "water-tint", "lotus-tint"].flatMap((under) => [["ink", under], ["ink-soft", under], ["water", under], ["water-hover", under]]),
  ...papers.flatMap((under) => states.map((state) => [state, under])),
  ...states.flatMap((state) => [[state, `${state}-tint`], ["ink", `${state}-tint`], ["ink-soft", `${state}-tint`], ["water", `${state}-tint`]]),
  ...states.map((state) => [state, "water-tint"]),
  ["ink", "water-mid"],
  ["ink", "band-1"], ["ink", "band-2"], ["ink", "band-3"], ["on-band", "band-4"], ["on-band", "band-5"],
  ["on-water", "water"], ["on-water", "water-hover"],
  ["on-lotus", "lotus"], ["on-lotus", "lotus-hover"],
  ["lotus", "paper"], ["lotus", "paper-raised"], ["lotus", "paper-sunken"],
  ["on-deep", "deep"], ["on-deep", "deep-hover"], ["on-deep-soft", "deep"], ["on-deep-soft", "deep-hover"],
];
const controls = [
  ...papers.flatMap((under) => [["line-strong", under], ["focus-on-paper", under]]),
  ["focus-on-paper", "water-tint"], ["on-deep-focus", "deep"], ["on-deep-focus", "deep-hover"],
  ...["paper", "paper-raised"].flatMap((under) => ["chart-1", "chart-2", "chart-3", "chart-4", "chart-rest", "open-bar", ...states.map((state) => `${state}-bar`)].map((chart) => [chart, under])),
];

for (const theme of ["light", "dark"]) {
  for (const [kind, pairs, least] of [["text", text, 4.5], ["controls and charts", controls, 3]]) {
    test(`${kind} reach ${least}:1 in the ${theme} theme`, () => {
      const failures = pairs
        .map(([over, under]) => [over, under, contrast(linearRgb(colour(over, theme)), linearRgb(colour(under, theme)))])
        .filter(([, , ratio]) => ratio < least)
        .map(([over, under, ratio]) => `--${over} on --${under}: ${ratio.toFixed(2)}`);
      assert.deepEqual(failures, []);
    });
  }

  test(`colours are inside sRGB in the ${theme} theme`, () => {
    const outside = [...declarations.keys()]
      .filter((name) => /^(light-dark\()?oklch/.test(declarations.get(name)))
      .filter((name) => linearRgb(colour(name, theme)).some((channel) => channel < -0.002 || channel > 1.002));
    assert.deepEqual(outside, []);
  });
}

test("pictures on paper have the colours of the light theme", () => {
  const paper = readFileSync(new URL("../layers/base/src/web/chart/paper.rs", import.meta.url), "utf8");
  const known = [...paper.matchAll(/\("([\w-]+)", "(#[0-9a-f]{6})"\)/g)].map(([, name, value]) => [name, value]);
  assert.ok(known.length >= 16, "the list of colours is where it was");
  assert.deepEqual(known, known.map(([name]) => [name, hex(name)]));
});

test("the bands of a map go from pale to deep, evenly enough to be told apart", () => {
  for (const theme of ["light", "dark"]) {
    const bands = [1, 2, 3, 4, 5].map((level) => luminance(linearRgb(colour(`band-${level}`, theme))));
    const steps = bands.slice(1).map((band, at) => (Math.max(band, bands[at]) + 0.05) / (Math.min(band, bands[at]) + 0.05));
    assert.ok(steps.every((step) => step > 1.2), `${theme}: ${steps.map((step) => step.toFixed(2))}`);
    assert.deepEqual(bands, [...bands].sort((a, b) => (theme === "light" ? b - a : a - b)));
  }
});

test("the scales keep their promise", () => {
  const count = (pattern) => [...declarations.keys()].filter((name) => pattern.test(name)).length;
  assert.equal(count(/^text-\d$/), 6, "sizes of type");
  assert.equal(count(/^space-\d$/), 8, "steps of space");
  assert.equal(count(/^radius-\d$/), 2, "radii");
  assert.equal(count(/^shadow-\d$/), 2, "shadows");
});
