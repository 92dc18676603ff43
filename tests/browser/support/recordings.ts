// A recording and a film as small as they can be: no program of the machine is needed to make them.
const RATE_HZ = 22_050;
const TONE_HZ = 440;
/** A quarter of full scale: loud enough for a loudspeaker, and nothing is clipped. */
const LOUDNESS = 0.25 * 32_767;
const FILM_MS = 12_000;
const FILM_BYTES = 60_000;

/** A tone of so many seconds, as WAV. */
export function recording(seconds: number): Buffer {
  const samples = RATE_HZ * seconds;
  const file = Buffer.alloc(44 + samples * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE_HZ, 24);
  file.writeUInt32LE(RATE_HZ * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1) {
    file.writeInt16LE(Math.round(LOUDNESS * Math.sin((2 * Math.PI * TONE_HZ * at) / RATE_HZ)), 44 + at * 2);
  }
  return file;
}

/** The boxes of a film (ISO/IEC 14496-12) with its length and size, and nothing to look at. */
export function film(): Buffer {
  const head = box("ftyp", Buffer.from("isom\0\0\x02\0isommp41", "latin1"));
  const time = Buffer.alloc(100);
  time.writeUInt32BE(1_000, 12);
  time.writeUInt32BE(FILM_MS, 16);
  const index = box("moov", Buffer.concat([box("mvhd", time), track(0, 0), track(1_280, 720)]));
  return Buffer.concat([head, box("mdat", Buffer.alloc(FILM_BYTES)), index]);
}

function track(width: number, height: number): Buffer {
  const head = Buffer.alloc(84);
  // The matrix that turns nothing.
  for (const [place, value] of [[0, 0x0001_0000], [4, 0x0001_0000], [8, 0x4000_0000]] as const) head.writeUInt32BE(value, 40 + place * 4);
  head.writeUInt32BE(width * 65_536, 76);
  head.writeUInt32BE(height * 65_536, 80);
  return box("trak", box("tkhd", head));
}

function box(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(name, 4);
  return Buffer.concat([head, content]);
}
