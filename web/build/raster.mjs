// Application icons as PNG, drawn from the SVG so that they can not drift apart.
import { Resvg } from "@resvg/resvg-js";

/** Renders `svg` as a PNG of `size` × `size` pixels. The drawing holds no text: no font is looked for. */
export function rasterise(svg, size) {
  return new Resvg(svg, { fitTo: { mode: "width", value: size }, font: { loadSystemFonts: false } }).render().asPng();
}
