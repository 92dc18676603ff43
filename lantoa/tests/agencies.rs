//! `lantoa agencies export|import`, as somebody at a console runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A data folder that is cleared away.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lantoa-agencies-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let file = self.0.join(name);
        std::fs::write(&file, text).expect("a file");
        file
    }

    fn run(&self, verb: &str, file: &Path) -> Output {
        Command::new(env!("CARGO_BIN_EXE_lantoa"))
            .args(["agencies", verb])
            .arg(file)
            .env_remove("DATABASE_URL")
            .env("LANTOA_DATA", self.0.join("data"))
            .env("LANTOA_LOG", "error")
            .output()
            .expect("lantoa runs")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn well(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    said(output)
}

const HEAD: &str = "Mã,Tên đầy đủ,Tên gọi,Loại,Hoạt động từ ngày,Cơ quan cấp trên,Vĩ độ,Kinh độ\n";

#[test]
fn agencies_go_out_and_come_in_again() {
    let folder = Folder::new("round");
    let rows = "STM,Sở Mẫu,Sở Mẫu,Sở,1/7/2025,UBTM,,\nUBTM,Ủy ban nhân dân tỉnh Mẫu,UBND tỉnh,UBND tỉnh,1/7/2025,,,\n28999,Ủy ban nhân dân xã Mẫu,xã Mẫu,UBND xã,1/7/2025,,10.5,105.5\n";
    let lines = well(&folder.run("import", &folder.file("a.csv", &format!("{HEAD}{rows}"))));
    assert!(lines.contains("+ STM Sở Mẫu") && lines.contains("thêm 3, thay đổi 0"), "{lines}");
    for name in ["b.csv", "b.xlsx"] {
        let file = folder.0.join(name);
        well(&folder.run("export", &file));
        assert!(well(&folder.run("import", &file)).contains("không có gì để ghi"), "{name}");
    }
    let lines = well(&folder.run("import", &folder.file("c.csv", "Mã,Điện thoại\nSTM,0277 3851 234\n")));
    assert!(lines.contains("~ STM Điện thoại:") && lines.contains("0277 3851 234"), "{lines}");
}

#[test]
fn a_wrong_row_writes_nothing_and_fails() {
    let folder = Folder::new("wrong");
    let rows = "STM,Sở Mẫu,Sở Mẫu,Sở,1/7/2025,,,\nS2,Sở Hai,Sở Hai,Bộ,1/7/2025,KHONG,,\n";
    let output = folder.run("import", &folder.file("a.csv", &format!("{HEAD}{rows}")));
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("Dòng 3, Loại: Không có loại cơ quan “Bộ”") && said(&output).contains("chưa ghi gì"),
        "{}",
        said(&output)
    );
    let file = folder.0.join("b.csv");
    well(&folder.run("export", &file));
    assert_eq!(std::fs::read_to_string(&file).expect("a file").lines().count(), 1, "the heads alone");
    let old = folder.file("old.xls", "");
    std::fs::write(&old, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").expect("a file");
    let output = folder.run("import", &old);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("Excel đời cũ"), "{}", said(&output));
    assert!(!folder.run("import", Path::new("/khong/co.csv")).status.success());
    assert!(!folder.run("export", &folder.0.join("a.doc")).status.success());
}

#[test]
fn boundaries_come_in_and_go_out() {
    let folder = Folder::new("boundaries");
    let row = "28999,Ủy ban nhân dân xã Mẫu,xã Mẫu,UBND xã,1/7/2025,,10.5,105.5\n";
    well(&folder.run("import", &folder.file("a.csv", &format!("{HEAD}{row}"))));
    let shape = |west: f64, properties: &str| {
        let east = west + 0.1;
        format!(
            "{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},10.45],[{east},10.45],[{east},10.55],[{west},10.55],[{west},10.45]]]}}}}"
        )
    };
    let wrong = folder.file("wrong.geojson", &shape(107.0, "{\"ma\":\"28999\"}"));
    let output = folder.run("import", &wrong);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nằm xa vị trí"), "{}", said(&output));
    let good = folder.file(
        "good.geojson",
        &format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}",
            shape(105.45, "{\"ten\":\"XÃ MẪU\"}"),
            shape(105.45, "{\"ten\":\"Xã Khác\"}")
        ),
    );
    let lines = well(&folder.run("import", &good));
    assert!(lines.contains("Đã ghi 1 ranh giới") && lines.contains("Xã Khác: Không khớp"), "{lines}");
    let file = folder.0.join("out.geojson");
    well(&folder.run("export", &file));
    assert!(std::fs::read_to_string(&file).expect("a file").contains("[105.45,10.45]"));
}
