//! 职务 Words for posts.

use law::PostKind;
use law::lead::body::BodyKind;

/// 书记 · 主任 · 理事长 · 监委会主任 · 委员 · 纪检委员 · 经办 …
pub fn kind(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Secretary => "书记",
        PostKind::Director | PostKind::SupervisionHead => "主任",
        PostKind::CollectiveHead => "理事长",
        PostKind::Member => "委员",
        PostKind::Discipline => "纪检委员",
        PostKind::Clerk => "经办",
        PostKind::TownOfficer => "镇街工作人员",
        PostKind::TownDiscipline => "镇街纪检",
        PostKind::CityOfficer => "市级工作人员",
    }
}

/// The word where no body stands before it: of two 主任 each says of what.
pub fn alone(post: PostKind) -> &'static str {
    match post {
        PostKind::SupervisionHead => "监委会主任",
        post => kind(post),
    }
}

/// What a kind of body answers for, and whom it leads or supervises.
pub fn charge(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Party => "总揽全局，领导村（居）委会、集体经济组织和其他组织，召集联席会议",
        BodyKind::Committee => "自治事务、公共服务、群众意见的答复",
        BodyKind::Collective => "集体的资金、资产、资源，合同和分配",
        BodyKind::Supervision => "监督村（居）委会和财务公开，列席会议，不参与表决",
        BodyKind::Town => "任免、把关、督查本镇（街道）各村（社区）",
        BodyKind::TownDiscipline => "受理反映干部违纪的来信，村里看不到",
        BodyKind::City => "备案、检查各镇（街道）",
    }
}
