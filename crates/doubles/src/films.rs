//! Films that are small and true to their boxes.

fn one_box(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("a small box").to_be_bytes();
    [size.as_slice(), name, content].concat()
}

/// What is in `moov`: the length of the film, and one track of sound and one of pictures.
pub fn index(duration_ms: u32, (width, height): (u16, u16), turned: bool) -> Vec<u8> {
    let mut head = [0; 100];
    head[12..16].copy_from_slice(&1_000_u32.to_be_bytes());
    head[16..20].copy_from_slice(&duration_ms.to_be_bytes());
    let one = 0x0001_0000_u32;
    let matrix = if turned { [0, one, 0, one, 0, 0, 0, 0, 0x4000_0000] } else { [one, 0, 0, 0, one, 0, 0, 0, 0x4000_0000] };
    let track = |width: u16, height: u16| {
        let mut head = [0_u8; 84];
        for (at, number) in matrix.iter().enumerate() {
            head[40 + at * 4..44 + at * 4].copy_from_slice(&number.to_be_bytes());
        }
        head[76..80].copy_from_slice(&(u32::from(width) << 16).to_be_bytes());
        head[80..84].copy_from_slice(&(u32::from(height) << 16).to_be_bytes());
        one_box(b"trak", &one_box(b"tkhd", &head))
    };
    [one_box(b"mvhd", &head), track(0, 0), track(width, height)].concat()
}

/// A film of so many bytes, its index at the end, as a phone writes it.
pub fn film(length: usize, duration_ms: u32, sides: (u16, u16), turned: bool) -> Vec<u8> {
    let head = one_box(b"ftyp", b"isom\0\0\x02\0isommp41");
    let index = one_box(b"moov", &index(duration_ms, sides, turned));
    let rest = length - head.len() - index.len();
    let pictures: Vec<u8> = (0..rest - 8).map(|at| u8::try_from(at % 251).expect("a byte")).collect();
    [head, one_box(b"mdat", &pictures), index].concat()
}
