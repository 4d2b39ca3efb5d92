//! 事项种类 Words for the kinds of matter.

/// What a line of this kind is about.
pub fn kind(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "mechanism" => "机制运行",
        "body" => "组织",
        "person" => "人员",
        "post" => "职务",
        "roll" => "名册",
        "cadence" => "定期要做的事",
        "motion" => "议题",
        "resolution" => "决议",
        "task" => "任务",
        "suggestion" => "群众意见",
        "notice" => "公告公示",
        _ => return None,
    })
}
