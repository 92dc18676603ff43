//! Names and lists of names.

use super::*;

fn partners(text: &str) -> Vec<String> {
    list_at(Gazetteer::standard(), &Words::new(text), 0, Manner::Partner).map(|list| list.names).unwrap_or_default()
}

fn subjects(text: &str) -> Vec<String> {
    list_at(Gazetteer::standard(), &Words::new(text), 0, Manner::Subject).map(|list| list.names).unwrap_or_default()
}

#[test]
fn names_with_commas_stay_whole() {
    for (text, expected) in [
        (
            "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và các sở, ban, ngành, địa phương có liên quan để triển khai",
            vec!["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "các sở, ban, ngành, địa phương có liên quan"],
        ),
        ("Sở Giáo dục, Khoa học và Công nghệ tổ chức", vec!["Sở Giáo dục, Khoa học và Công nghệ"]),
        ("Vụ Pháp chế, Vụ Kế hoạch, Tài chính", vec!["Vụ Pháp chế", "Vụ Kế hoạch, Tài chính"]),
        ("Ủy ban nhân dân các xã, phường, Tỉnh đoàn mở lớp", vec!["Ủy ban nhân dân các xã, phường", "Tỉnh đoàn"]),
        (
            "Trung tâm Giám sát, điều hành thông minh (IOC) và Cổng Thông tin điện tử tỉnh",
            vec!["Trung tâm Giám sát, điều hành thông minh (IOC)", "Cổng Thông tin điện tử tỉnh"],
        ),
        ("Văn phòng Ủy ban nhân dân tỉnh  (Phòng Ngoại vụ)", vec!["Văn phòng Ủy ban nhân dân tỉnh (Phòng Ngoại vụ)"]),
        ("Cục Xuất bản, In và Phát hành", vec!["Cục Xuất bản, In và Phát hành"]),
        ("Sở KH&CN, Sở VH,TT&DL", vec!["Sở KH&CN", "Sở VH,TT&DL"]),
    ] {
        assert_eq!(partners(text), expected, "{text}");
    }
}

#[test]
fn classes_hold_their_commas() {
    for (text, expected) in [
        (
            "các sở, ban ngành và địa phương và các cơ quan thông tấn, báo chí tổ chức triển khai",
            vec!["các sở, ban ngành và địa phương", "các cơ quan thông tấn, báo chí"],
        ),
        (
            "các sở, ban ngành, địa phương, các cơ quan, đơn vị xây dựng kế hoạch",
            vec!["các sở, ban ngành, địa phương", "các cơ quan, đơn vị"],
        ),
        ("các trường Đại học, Cao đẳng trên địa bàn", vec!["các trường Đại học, Cao đẳng trên địa bàn"]),
        (
            "các cơ quan quản lý nhà nước, cơ sở nghiên cứu khoa học, doanh nghiệp và tổ chức xã hội trong việc",
            vec!["các cơ quan quản lý nhà nước", "cơ sở nghiên cứu khoa học", "doanh nghiệp", "tổ chức xã hội"],
        ),
        (
            "các cơ quan thông tấn, báo chí, truyền thông trong và ngoài tỉnh, hệ thống thông tin cơ sở tuyên truyền",
            vec!["các cơ quan thông tấn, báo chí, truyền thông trong và ngoài tỉnh", "hệ thống thông tin cơ sở"],
        ),
        (
            "tổ chức chính trị - xã hội, hiệp hội ngành nghề, viện nghiên cứu, các trường đại học, nhà máy, cơ sở sản xuất công nghiệp tổ chức truyền thông",
            vec![
                "tổ chức chính trị - xã hội",
                "hiệp hội ngành nghề",
                "viện nghiên cứu",
                "các trường đại học",
                "nhà máy",
                "cơ sở sản xuất công nghiệp",
            ],
        ),
        (
            "các cơ quan báo chí, truyền thông, hệ thống thông tin cơ sở và báo chí đối ngoại để",
            vec!["các cơ quan báo chí, truyền thông", "hệ thống thông tin cơ sở", "báo chí đối ngoại"],
        ),
        (
            "các quốc gia, tổ chức quốc tế, tổ chức phi Chính phủ, các doanh nghiệp công nghệ, các cơ quan báo chí nước ngoài để",
            vec![
                "các quốc gia",
                "tổ chức quốc tế",
                "tổ chức phi Chính phủ",
                "các doanh nghiệp công nghệ",
                "các cơ quan báo chí nước ngoài",
            ],
        ),
    ] {
        assert_eq!(partners(text), expected, "{text}");
    }
}

#[test]
fn a_subject_is_a_body_for_certain() {
    assert_eq!(subjects("Công an tỉnh chủ trì"), ["Công an tỉnh"]);
    assert_eq!(subjects("Các doanh nghiệp viễn thông, công nghệ số: Đầu tư"), ["Các doanh nghiệp viễn thông, công nghệ số"]);
    for text in [
        "Ban hành kế hoạch",
        "Hội nghị triển khai",
        "Tổ chức hội thi",
        "Cấp tài khoản",
        "Phòng, chống dịch",
        "Báo cáo Ủy ban",
        "Thống kê số liệu",
        "Cơ sở dữ liệu quốc gia",
        "Các nội dung khác",
    ] {
        assert!(subjects(text).is_empty(), "{text}: {:?}", subjects(text));
    }
}

#[test]
fn capitals_only_are_read_by_kinds_of_bodies() {
    assert_eq!(subjects("TỈNH ĐOÀN, HỘI LIÊN HIỆP PHỤ NỮ TỈNH"), ["TỈNH ĐOÀN", "HỘI LIÊN HIỆP PHỤ NỮ TỈNH"]);
    assert_eq!(subjects("SỞ GIÁO DỤC VÀ ĐÀO TẠO CHỦ TRÌ"), ["SỞ GIÁO DỤC VÀ ĐÀO TẠO"]);
    assert_eq!(subjects("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"), ["SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"]);
    assert!(subjects("BAN HÀNH VĂN BẢN").is_empty());
}

#[test]
fn a_cell_is_split_whole() {
    let gazetteer = Gazetteer::standard();
    assert_eq!(whole_list(gazetteer, "Các sở, ban, ngành; UBND các xã, phường"), ["Các sở, ban, ngành", "UBND các xã, phường"]);
    assert_eq!(
        whole_list(gazetteer, "Ủy ban MTTQ Việt Nam tỉnh, Bưu điện tỉnh."),
        ["Ủy ban MTTQ Việt Nam tỉnh", "Bưu điện tỉnh"]
    );
    assert_eq!(whole_list(gazetteer, "Nghệ nhân\n- Sở Y tế"), ["Nghệ nhân", "Sở Y tế"]);
    assert!(whole_list(gazetteer, " - ").is_empty());
}

#[test]
fn names_go_on_in_small_letters() {
    for name in [
        "Cục Quản lý và Xây dựng công trình thủy lợi",
        "Trung tâm Quan trắc tài nguyên và môi trường",
        "Hội Bảo trợ người nghèo và bệnh nhân tỉnh",
        "Công ty Cổ phần Công trình đô thị",
        "Trường Trung học phổ thông chuyên",
        "Công an xã, phường, đặc khu",
        "các Ban của Hội đồng nhân dân tỉnh",
        "các xã, phường có điểm du lịch",
        "các đơn vị thuộc Sở Y tế",
    ] {
        for verb in ["tổ chức thực hiện", "lắp đặt biển báo", "tăng cường kiểm tra"] {
            let text = format!("{name} {verb}.");
            assert_eq!(subjects(&text), [name], "{text}");
        }
    }
    assert!(subjects("Sở xây dựng kế hoạch").is_empty());
    assert_eq!(subjects("Xã Hội Cư tổ chức"), ["Xã Hội Cư"]);
}

#[test]
fn a_tail_in_small_letters_belongs_to_the_name_before_it() {
    let gazetteer = Gazetteer::standard();
    assert_eq!(
        whole_list(gazetteer, "Phòng Truyền thông, giáo dục sức khỏe và Đoàn Thanh niên Sở"),
        ["Phòng Truyền thông, giáo dục sức khỏe", "Đoàn Thanh niên Sở"]
    );
}

#[test]
fn bodies_of_one_kind_have_it_each() {
    assert_eq!(
        subjects("Giám đốc các Sở: Văn hóa, Thể thao và Du lịch, Tài chính; Chủ tịch Ủy ban nhân dân các xã chịu trách nhiệm"),
        ["Giám đốc Sở Văn hóa, Thể thao và Du lịch", "Giám đốc Sở Tài chính", "Chủ tịch Ủy ban nhân dân các xã"]
    );
    assert_eq!(subjects("Các Sở Xây dựng, Công Thương, Y tế chủ động"), ["Sở Xây dựng", "Sở Công Thương", "Sở Y tế"]);
    assert_eq!(subjects("các bộ, ngành: Tài chính, Y tế phối hợp"), ["Bộ Tài chính", "Bộ Y tế"]);
}

#[test]
fn names_hold_what_tells_them_apart() {
    for (text, expected) in [
        (
            "Phòng Kiểm soát bệnh không lây nhiễm và Dinh dưỡng chủ trì",
            vec!["Phòng Kiểm soát bệnh không lây nhiễm và Dinh dưỡng"],
        ),
        (
            "Các đảng ủy xã, phường, đảng ủy trực thuộc Tỉnh ủy xây dựng kế hoạch",
            vec!["Các đảng ủy xã, phường", "đảng ủy trực thuộc Tỉnh ủy"],
        ),
        ("Ủy ban nhân dân các xã, phường nơi có dự án: bố trí", vec!["Ủy ban nhân dân các xã, phường nơi có dự án"]),
        (
            "Ủy ban nhân dân các tỉnh có đất nông, lâm trường bố trí kinh phí",
            vec!["Ủy ban nhân dân các tỉnh có đất nông, lâm trường"],
        ),
        (
            "Ủy ban nhân dân các tỉnh, thành phố nơi có đường sắt đi qua giải tỏa hành lang",
            vec!["Ủy ban nhân dân các tỉnh, thành phố nơi có đường sắt đi qua"],
        ),
        ("Các chủ rừng là tổ chức xây dựng phương án", vec!["Các chủ rừng là tổ chức"]),
        ("Các Vụ, Cục, đơn vị thuộc Bộ có trách nhiệm", vec!["Các Vụ, Cục, đơn vị thuộc Bộ"]),
        ("Các cơ quan thuế, hải quan, kho bạc công khai thủ tục", vec!["Các cơ quan thuế, hải quan, kho bạc"]),
        (
            "Nhà máy nước Bình Đức, Xí nghiệp Môi trường đô thị thực hiện",
            vec!["Nhà máy nước Bình Đức", "Xí nghiệp Môi trường đô thị"],
        ),
    ] {
        assert_eq!(subjects(text), expected, "{text}");
    }
    assert!(subjects("Các vụ phá rừng được điều tra").is_empty());
}

#[test]
fn a_class_that_shares_what_tells_it_is_one() {
    for (text, expected) in [
        (
            "Các sở, ban, ngành, đơn vị sự nghiệp thuộc UBND tỉnh và UBND các xã, phường rà soát",
            vec!["Các sở, ban, ngành, đơn vị sự nghiệp thuộc UBND tỉnh", "UBND các xã, phường"],
        ),
        ("Hội đồng nhân dân, Ủy ban nhân dân các xã, phường bố trí", vec!["Hội đồng nhân dân, Ủy ban nhân dân các xã, phường"]),
        ("Hội đồng nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành", vec!["Hội đồng nhân dân tỉnh", "Ủy ban nhân dân tỉnh"]),
        ("Các bệnh viện công lập và ngoài công lập khai báo", vec!["Các bệnh viện công lập và ngoài công lập"]),
        ("Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh chỉ đạo", vec!["Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh"]),
        (
            "Các trường cao đẳng, trung cấp, trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên",
            vec!["Các trường cao đẳng, trung cấp, trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên"],
        ),
        ("Các chủ đập, hồ thủy điện Sông Mẫu, Suối Mơ 3 thực hiện", vec!["Các chủ đập, hồ thủy điện Sông Mẫu, Suối Mơ 3"]),
        ("Tổ quản lý trật tự đô thị phường thực hiện", vec!["Tổ quản lý trật tự đô thị phường"]),
        ("Các doanh nghiệp kinh doanh vận tải hành khách", vec!["Các doanh nghiệp kinh doanh vận tải hành khách"]),
        ("Các cơ sở chăm sóc trẻ em trên địa bàn", vec!["Các cơ sở chăm sóc trẻ em trên địa bàn"]),
        ("Viễn thông Mẫu và Viettel Mẫu nâng cấp", vec!["Viễn thông Mẫu", "Viettel Mẫu"]),
    ] {
        assert_eq!(subjects(text), expected, "{text}");
    }
    let bare =
        list_at(Gazetteer::standard(), &Words::new("Trường học, cơ quan, doanh nghiệp đóng trên địa bàn"), 0, Manner::Subject);
    assert_eq!(bare.unwrap().names, ["Trường học, cơ quan, doanh nghiệp đóng trên địa bàn"]);
}

#[test]
fn clauses_tell_which_of_a_class_are_meant() {
    for name in [
        "Các cơ quan được giao chủ trì nhiệm vụ",
        "Các cơ quan, đơn vị được phân công chủ trì thực hiện nhiệm vụ",
        "Các doanh nghiệp sản xuất có mức tiêu thụ điện từ 1 triệu kWh/năm trở lên",
        "Các chủ tàu cá có chiều dài từ 15 m trở lên",
        "Các doanh nghiệp khai thác khoáng sản trên địa bàn",
        "Các tổ chức, cá nhân khai thác hồ chứa",
        "Các địa phương chưa hoàn thành",
        "Các đơn vị chậm giải ngân",
        "UBND các xã, phường, đặc khu trong vùng Đề án",
        "UBND các xã, phường thuộc khu vực biên giới",
        "UBND các xã, phường nơi có công trình",
        "UBND 38 xã, phường",
        "Các sở, ban, ngành, đơn vị sự nghiệp công lập trên địa bàn tỉnh",
    ] {
        assert_eq!(subjects(&format!("{name} rà soát, báo cáo kết quả.")), [name]);
    }
    assert_eq!(subjects("Sở Xây dựng được giao chủ trì rà soát"), ["Sở Xây dựng"]);
}

#[test]
fn names_go_on_over_words_that_look_like_verbs_or_bodies() {
    for name in [
        "Ban Quản lý các Khu công nghiệp, Khu kinh tế",
        "Ban Quản lý Khu kinh tế Nghi Sơn và các Khu công nghiệp",
        "Ban Quản lý Khu dự trữ sinh quyển thế giới Cù Lao Chàm - Hội An",
        "Ban Quản lý các Cảng cá tỉnh",
        "Ban Quản lý dự án đầu tư xây dựng số 2 tỉnh",
        "Trung tâm Quản lý điều hành giao thông đô thị",
        "Trung tâm Phối hợp tìm kiếm cứu nạn hàng hải khu vực III",
        "Công ty TNHH MTV Quản lý khai thác công trình thủy lợi tỉnh",
        "Viện Lúa Đồng bằng sông Cửu Long",
        "Các Viện Sốt rét - Ký sinh trùng - Côn trùng",
        "Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực 11",
        "Chủ tịch UBND các xã, phường và đặc khu Trường Sa",
        "Phòng Kinh tế (hoặc Phòng Kinh tế, Hạ tầng và Đô thị)",
        "Cơ quan Thường trực Ban Chỉ đạo",
        "Hải đội 2",
    ] {
        assert_eq!(subjects(&format!("{name} kiểm tra, báo cáo.")), [name]);
    }
    assert_eq!(
        subjects("UBND các phường Mũi Né, Hàm Thắng và xã Hòa Thắng rà soát"),
        ["UBND phường Mũi Né", "UBND phường Hàm Thắng", "UBND xã Hòa Thắng"]
    );
}
