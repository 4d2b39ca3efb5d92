//! 办好了 Words for what was just done and for what somebody did today.

/// One line after an act; `None` for a word that no act leaves.
#[must_use]
pub fn said(code: &str) -> Option<&'static str> {
    Some(match code {
        "answer" => "已答复并存证，提意见的人马上看得到。",
        "confirm" => "已确认，答复并存证。",
        "prepare" => "拟好了，等负责人确认。",
        "back" => "已退回，请经办人重拟。",
        "extend" => "已延期一次，公开栏上写明了。",
        "route" => "已分派。",
        "release" => "已处理，公开栏上看得到结果。",
        "register" => "已登记并存证。",
        "box" => "开箱已记下，接着逐张登记。",
        "explain" => "说明已记下，缺口保留。",
        "notice" => "已公布并存证。",
        "correct" => "已更正，新旧两版都留着。",
        "paper" => "张贴已记下。",
        _ => return None,
    })
}

/// What a line of the record says that somebody did; `None` for lines that no desk writes.
#[must_use]
pub fn fact(kind: &str, fact: &str) -> Option<&'static str> {
    Some(match (kind, fact) {
        ("suggestion", "submitted") => "登记",
        ("suggestion", "routed") => "分派",
        ("suggestion", "answered") => "答复",
        ("suggestion", "extended") => "延期",
        ("suggestion", "released") => "公布原文",
        ("suggestion", "erased") => "依法删除",
        ("motion", "proposed") => "提议",
        ("motion", "declared") => "紧急先办",
        ("motion", "judged") => "裁定分类",
        ("motion", "revised") => "修改方案",
        ("motion", "draft_posted") => "公示方案",
        ("motion", "answered") => "回应意见",
        ("motion", "released") => "公布意见",
        ("motion", "withdrawn") => "撤回议题",
        ("motion", "adjusted") => "提请调整",
        ("motion", "erased") => "依法删除",
        ("motion", "resolved") => "登记决议",
        ("resolution", "published") => "公开决议",
        ("resolution", "paper_posted") => "张贴决议",
        ("task", "assigned") => "派任务",
        ("task", "reassigned") => "换承办人",
        ("task", "progressed") => "报进展",
        ("task", "delayed") => "报延期",
        ("task", "done") => "报办完",
        ("task", "accepted") => "验收",
        ("task", "returned") => "退回",
        ("task", "result_published") => "公布结果",
        ("task", "inquired") => "过问",
        ("task", "explained") => "解释",
        ("task", "released") => "公布提问",
        ("task", "erased") => "依法删除",
        ("notice", "published") => "公布",
        ("notice", "paper_posted") => "张贴",
        ("notice", "corrected") => "更正",
        ("cadence", "done") => "开箱",
        ("cadence", "explained") => "说明",
        _ => return None,
    })
}
