// A WOFF file (W3C WOFF 1.0) as the font that is in it: the server draws pictures with it, and reads no compressed fonts.
import { inflateSync } from "node:zlib";

const HEAD = 44;
const ENTRY = 20;

/** The TrueType or OpenType font of a WOFF file. */
export function unpacked(woff) {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("no WOFF file");
  const flavour = woff.readUInt32BE(4);
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, at) => {
    const entry = HEAD + at * ENTRY;
    const [tag, offset, packed, length, sum] = [0, 4, 8, 12, 16].map((field) => woff.readUInt32BE(entry + field));
    const bytes = woff.subarray(offset, offset + packed);
    return { tag, sum, content: packed < length ? inflateSync(bytes) : bytes };
  });
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + count * 16);
  head.writeUInt32BE(flavour, 0);
  [count, power * 16, Math.log2(power), (count - power) * 16].forEach((value, at) => head.writeUInt16BE(value, 4 + at * 2));
  let offset = head.length;
  const parts = [head];
  tables.forEach(({ tag, sum, content }, at) => {
    [tag, sum, offset, content.length].forEach((value, field) => head.writeUInt32BE(value, 12 + at * 16 + field * 4));
    const padded = Buffer.alloc(Math.ceil(content.length / 4) * 4);
    content.copy(padded);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}
