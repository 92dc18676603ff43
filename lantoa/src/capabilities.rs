//! THE PRODUCT ON ONE PAGE. The order is the staircase: a capability may call those above it, never those below.

use crate::base::Capability;
use crate::{
    agency_plans, assistant, campaigns, cases, channels, criteria, duties, estimates, inspections, library, loudspeakers,
    measures, news, newsletters, open_data, people, plans, publications, push, questions, reach, registers, reports, retractions,
    stocktakes, syndication, webhooks,
};

pub static CAPABILITIES: &[Capability] = &[
    people::CAPABILITY,       // agencies (dated), persons, roles, sign-in        con người, cơ quan
    library::CAPABILITY,      // files with their descriptions and uses           kho tư liệu
    plans::CAPABILITY,        // documents, provisions, programmes                kế hoạch
    duties::CAPABILITY,       // duties, slots, answers, reviews                  nhiệm vụ
    agency_plans::CAPABILITY, // agencies' own plans and what they cover          kế hoạch của cơ quan
    estimates::CAPABILITY,    // yearly estimates by funding source               dự toán
    cases::CAPABILITY,        // difficulties and the ladder of who settles them  vụ việc
    inspections::CAPABILITY,  // plans, visits, findings, remedies                kiểm tra
    stocktakes::CAPABILITY,   // a plan and a year on one page and as a document  sơ kết, tổng kết
    webhooks::CAPABILITY,     // addresses that are told of public facts          kết nối
    news::CAPABILITY,         // sections, articles, who approves, what is public tin bài
    publications::CAPABILITY, // handbooks: sections, editions that are kept      ấn phẩm
    channels::CAPABILITY,     // accounts elsewhere, pieces and their deliveries  kênh
    newsletters::CAPABILITY,  // issues, subscribers, each letter sent once      bản tin thư điện tử
    syndication::CAPABILITY,  // followed, subscribed to, heard, taken by press   phát hành mở
    loudspeakers::CAPABILITY, // stations, bulletins, airings, who heard them     truyền thanh cơ sở
    push::CAPABILITY,         // notices on the screens of who asked for them     thông báo đẩy
    reach::CAPABILITY,        // what platforms and the product counted, as said  lượt tiếp cận
    campaigns::CAPABILITY,    // what is said by many, its holes, its count       chiến dịch
    retractions::CAPABILITY,  // what becomes of all copies of what was wrong     thu hồi, đính chính
    registers::CAPABILITY,    // dated records of what the platform does not make sổ theo dõi
    measures::CAPABILITY,     // what is counted, by versioned definitions        chỉ số
    criteria::CAPABILITY,     // sets, self-scores, appraisal, publications       bộ tiêu chí
    reports::CAPABILITY,      // regimes, documents that are issued, their numbers báo cáo
    open_data::CAPABILITY,    // the catalogue, feeds, values of other systems    dữ liệu mở
    questions::CAPABILITY,    // asked without an account, routed, answered       hỏi đáp
    assistant::CAPABILITY,    // answers with sources, or hands over to a person  trợ lý
];
