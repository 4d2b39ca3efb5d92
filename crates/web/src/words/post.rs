//! 职务 Words for posts.

use law::PostKind;

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
