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
        "paper" | "hang" => "张贴已记下。",
        other => return decided(other),
    })
}

/// One line after an act on a motion, a resolution or a task.
fn decided(code: &str) -> Option<&'static str> {
    Some(match code {
        "propose" => "已提议并存证，归类和依据写在下面。",
        "judge" => "已裁定，理由公开了。",
        "revise" => "已修改，新旧两版都留着。",
        "draft" => "方案公示了。",
        "reply" => "已回应，提意见的人马上看得到。",
        "look" => "已处理，公开页上看得到结果。",
        "assembly" => "法定会议已登记。",
        "drop" => "已撤回，记录保留。",
        "adjust" => "已提请调整，从商议重新走。",
        "publish" => "决议公开了，现在可以派任务。",
        "assign" => "任务派出了。",
        "reassign" => "换人了，原来的人也留着。",
        "progress" => "进展已记下。",
        "delay" => "延期已记下，原来的日子还在。",
        "finish" => "报办完了，等监督委员会验收。",
        "accept" => "验收通过。",
        "return" => "已退回重办。",
        "result" => "结果公布了。",
        "inquire" => "过问已记下。",
        "clarify" => "已解释并存证。",
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
