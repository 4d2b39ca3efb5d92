//! 表单项 Words for the fields of forms and acts.

/// The field as its label names it.
pub fn name(field: &str) -> &str {
    match field {
        "text" | "reply" | "answer" => "内容",
        "taken" => "受理不受理",
        "title" => "标题",
        "name" => "姓名",
        "contact" | "phone" => "联系电话",
        "id_number" => "身份证号",
        "reason" | "why" | "remark" => "理由",
        "late_reason" => "为什么录得晚",
        "basis" => "依据",
        "who" => "负责的人",
        "taken_by" => "记录人",
        "slip" => "纸条编号",
        "number" => "文号",
        "place" => "张贴的地方",
        "by" => "张贴的人",
        "witnesses" => "在场的人",
        "group" => "村（居）民小组",
        "masked" => "遮盖说明",
        "join" => "名单",
        "draft" => "等着确认的稿子",
        "kind" => "种类",
        "to" => "归谁",
        "how" => "怎么公开",
        "shown" => "公开的样子",
        "channel" => "从哪里来",
        "day" => "日子",
        "slips" => "纸条张数",
        other => other,
    }
}
