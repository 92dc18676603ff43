// The folder that the binary embeds: what it holds, under which name, with which hash.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { extname, join, parse } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export class Dist {
  #files = new Map();
  #written = new Set();

  constructor(folder) {
    this.folder = folder;
  }

  /** Writes `content` under a hashed name. */
  write(logical, content) {
    const { name, ext } = parse(logical);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
    const file = `${name}-${hash}${ext}`;
    this.keep(logical, file, content);
  }

  /** Writes `content` as `file`, whose name carries its hash already. */
  keep(logical, file, content) {
    this.#put(file, content);
    this.#files.set(logical, file);
  }

  file(logical) {
    return this.#files.get(logical);
  }

  /** Writes .br and .gz beside each file whose extension is in `extensions`, when that is smaller. */
  compress(extensions) {
    for (const file of this.#files.values()) {
      if (!extensions.includes(extname(file))) continue;
      const content = readFileSync(join(this.folder, file));
      const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      for (const [suffix, bytes] of [[".br", brotliCompressSync(content, { params: quality })], [".gz", gzipSync(content, { level: 9 })]]) {
        if (bytes.length < content.length) this.#put(file + suffix, bytes);
      }
    }
  }

  /** Writes manifest.json (logical name → file) and integrity.json (file → hash for the integrity attribute); drops what is no longer made. */
  finish() {
    const files = [...this.#files].sort();
    const hashes = files.map(([, file]) => [file, `sha384-${createHash("sha384").update(readFileSync(join(this.folder, file))).digest("base64")}`]);
    this.#put("manifest.json", `${JSON.stringify(Object.fromEntries(files), null, 2)}\n`);
    this.#put("integrity.json", `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
    for (const name of readdirSync(this.folder)) if (!this.#written.has(name)) rmSync(join(this.folder, name));
  }

  /** Leaves a file alone when it is already so: rewriting it would make cargo embed, and compile, everything again. */
  #put(name, content) {
    const path = join(this.folder, name);
    this.#written.add(name);
    const bytes = Buffer.from(content);
    if (!existsSync(path) || !readFileSync(path).equals(bytes)) writeFileSync(path, bytes);
  }

  /** Gzip sizes, for whoever watches the budget. */
  sizes(keep) {
    return [...this.#files]
      .filter(([, file]) => keep(file))
      .map(([logical, file]) => [logical, gzipSync(readFileSync(join(this.folder, file)), { level: 9 }).length]);
  }
}
