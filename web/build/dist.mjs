// The folder that the binary embeds: what it holds, under which name, with which hash.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { extname, join, parse } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

export class Dist {
  #files = new Map();

  constructor(folder) {
    this.folder = folder;
  }

  /** Writes `content` under a hashed name. */
  write(logical, content) {
    const { name, ext } = parse(logical);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
    const file = `${name}-${hash}${ext}`;
    writeFileSync(join(this.folder, file), content);
    this.record(logical, file);
  }

  /** Takes a file that is already in the folder into the manifest. */
  record(logical, file) {
    this.#files.set(logical, file);
  }

  file(logical) {
    return this.#files.get(logical);
  }

  /** Writes .br and .gz beside each file whose extension is in `extensions`, when that is smaller. */
  compress(extensions) {
    for (const file of this.#files.values()) {
      if (!extensions.includes(extname(file))) continue;
      const path = join(this.folder, file);
      const content = readFileSync(path);
      const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      for (const [suffix, bytes] of [[".br", brotliCompressSync(content, { params: quality })], [".gz", gzipSync(content, { level: 9 })]]) {
        if (bytes.length < content.length) writeFileSync(path + suffix, bytes);
      }
    }
  }

  /** Writes manifest.json: logical name → file, type, bytes, integrity. */
  finish() {
    const manifest = {};
    for (const [logical, file] of [...this.#files].sort()) {
      const content = readFileSync(join(this.folder, file));
      const integrity = `sha384-${createHash("sha384").update(content).digest("base64")}`;
      manifest[logical] = { file, type: TYPES[extname(file)], bytes: content.length, integrity };
    }
    writeFileSync(join(this.folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  }

  /** Gzip sizes, for whoever watches the budget. */
  sizes(keep) {
    return [...this.#files]
      .filter(([, file]) => keep(file))
      .map(([logical, file]) => [logical, gzipSync(readFileSync(join(this.folder, file)), { level: 9 }).length]);
  }
}
