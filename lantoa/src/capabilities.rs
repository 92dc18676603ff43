//! THE PRODUCT ON ONE PAGE. The order is the staircase: a capability may call those above it, never those below.

use crate::base::Capability;
use crate::{cases, duties, inspections, people, plans};

pub static CAPABILITIES: &[Capability] = &[
    people::CAPABILITY,      // agencies (dated), persons, roles, sign-in        con người, cơ quan
    plans::CAPABILITY,       // documents, provisions, programmes                kế hoạch
    duties::CAPABILITY,      // duties, slots, answers, reviews                  nhiệm vụ
    cases::CAPABILITY,       // difficulties and the ladder of who settles them  vụ việc
    inspections::CAPABILITY, // plans, visits, findings, remedies           kiểm tra
];
