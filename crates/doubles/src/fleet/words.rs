//! What clusters say, in the field names of working devices.

use serde_json::{Value, json};

/// Before the first of them the order of an emergency goes.
pub const EMERGENCY: &str = "PhatKhanCap";

/// Whom a source trusts with a token.
#[must_use]
pub fn log_in(username: &str, password: &str) -> Value {
    json!({"Username": username, "Password": password})
}

/// The token in either of the answers that are around.
#[must_use]
pub fn token(answer: &Value) -> Option<String> {
    let token = answer["NoiDung"]["Token"].as_str().or_else(|| answer["Token"].as_str());
    token.filter(|token| !token.is_empty()).map(str::to_owned)
}

/// A heartbeat: numbers are strings, as devices write them.
#[must_use]
pub fn ping(device: &str, at_ms: i64, playing: Option<&super::Playing>) -> Value {
    json!({
        "NguonID": "tinh", "TenNguon": "Hệ thống thông tin nguồn (demo)", "CumLoaID": device, "TenThietBi": format!("Cụm loa {device}"),
        "TenLoaiThietBi": "cum-loa-ip", "MaNhaCungCap": "demo", "TenNhaCungCap": "Thiết bị mô phỏng",
        "AmLuong": "80", "TrangThaiHoatDong": if playing.is_some() { "1" } else { "0" }, "TrangThaiKetNoi": "4G,-61dbm",
        "ThongTinThietBi": {"CongSuat": if playing.is_some() { "50" } else { "3" }, "NhietDo": "38", "DungLuongSuDung": "12%"},
        "ThoiDiemBatDau": playing.map_or(0, |playing| playing.since_ms / 1_000), "NoiDungPhat": playing.map_or("", |p| p.bulletin.as_str()),
        "PhienBanUngDung": "double-1", "time": at_ms,
    })
}

/// What an acknowledgement says: taken, or that the order was there before.
#[must_use]
pub fn acknowledgement(device: &str, order: &str, at_ms: i64, is_repeated: bool) -> Value {
    json!({"id": order, "CumLoaID": device, "TrangThai": "1", "Message": if is_repeated { "trung" } else { "nhan" }, "time": at_ms})
}

/// The log of a play that begins (`played_s` none) or is over.
#[must_use]
pub fn log(device: &str, playing: &super::Playing, at_ms: i64, played_s: Option<i64>) -> Value {
    let state = if played_s.is_some() { "ketthuc" } else { "batdau" };
    let mut log = json!({
        "id": format!("{}-{state}", playing.order), "time": at_ms,
        "NguonID": "tinh", "CumLoaID": device, "BanTinID": playing.bulletin, "LoaiBanTin": "FILE", "MucDoUuTien": playing.precedence,
        "TieuDe": "", "ThoiDiemBatDau": playing.since_ms / 1_000, "NoiDung": playing.content, "AmLuong": "80", "CongSuat": "50",
        "ThongTinChiTietBanTin": [
            {"Ten": "MaLenh", "GiaTri": playing.order},
            {"Ten": "TrangThai", "GiaTri": state},
            {"Ten": "ViTriBatDau", "GiaTri": playing.from_s.to_string()},
        ],
    });
    if let Some(played_s) = played_s {
        log["ThoiLuong"] = Value::from(duration(played_s));
    }
    log
}

/// `mat-dien` or `co-dien`, and when the power went.
#[must_use]
pub fn power(device: &str, is_back: bool, lost_at_ms: i64) -> Value {
    json!({"CumLoaID": device, "type": if is_back { "co-dien" } else { "mat-dien" }, "ThoiGianMatDien": lost_at_ms / 1_000})
}

/// `hh:mm:ss`.
#[must_use]
pub fn duration(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// Seconds in `hh:mm:ss`, or in a number, which may be a string.
#[must_use]
pub fn seconds(value: &Value) -> Option<i64> {
    if let Some(number) = value.as_i64() {
        return Some(number);
    }
    let text = value.as_str()?;
    text.split(':').try_fold(0_i64, |all, part| Some(all * 60 + part.parse::<i64>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_come_back() {
        assert_eq!(duration(3_725), "01:02:05");
        assert_eq!(seconds(&Value::from("01:02:05")), Some(3_725));
        assert_eq!((seconds(&Value::from(9)), seconds(&Value::from("9")), seconds(&Value::Null)), (Some(9), Some(9), None));
    }
}
