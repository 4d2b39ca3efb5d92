//! 洪梅社区 A year of a community that changes its mind: a square that is adjusted, a sitting without quorum, a task that stands still.

use super::{Asker, COMMUNITY, Course, Next, PLAIN, Script, Side, Voice, Words, agreed, talk};
use crate::town::sittings::Sway;
use law::meet::ballot::Mode;
use law::steer::task::Extent;

const SQUARE: Course = Course {
    key: "square",
    kind: "public_works",
    title: "文化广场改造",
    asker: Asker::Secretary,
    side: Side::Committee,
    words: Words {
        text: "文化广场1800平方米重铺防滑砖，新建舞台和看台，装太阳能灯12盏，预算48万元，集体收益出38万元，镇文体补助10万元。",
        reasons: "地砖松脱，下雨打滑，晚上跳舞的人多，去年摔伤两人。",
        basis: COMMUNITY,
        yuan: Some(480_000),
        years: None,
        households: Some(730),
        days: 120,
        minute: Some(2),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "设计图出了两稿，第二稿保留老榕树，预算48万元，镇里已批补助10万元。",
        "商量施工期间跳舞到哪里去，篮球场晚上让出来。",
        "同意第二稿，公示七天后提请党群联席会议。",
    ),
    opinions: &[
        ("老榕树千万不要砍。", true, "第二稿绕开两棵榕树，树池做成坐凳。"),
        ("中午太晒，能不能搭遮阳棚？", false, "这次预算没有，先把电和基础预留好，做完看大家意见再定。"),
        ("音响太吵，晚上十点要关。", true, "广场公约写明晚上九点半以后不放音响，治保队管。"),
    ],
    joint: talk(Voice::Director, "公示收到三条意见，采纳两条；遮阳棚先预留基础。", "代表多数赞成；有代表提出看台要有扶手，主任答应加上。"),
    decided: talk(Voice::Director, "宣读要表决的文字、图纸编号和金额。", "没有别的意见，用记名票，两人计票。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Paper),
    sway: Sway { against: 13, abstain: 18 },
    statutory: None,
    after: &[
        (1, Next::Publish),
        (2, Next::Paper { place: "文化广场公告栏" }),
        (
            5,
            Next::Assign {
                title: "广场重铺和舞台施工",
                due: 110,
                yuan: Some(480_000),
                milestones: &[("拆旧和找平", 30), ("铺砖", 70), ("舞台和灯", 105)],
            },
        ),
        (26, Next::Progress { text: "旧砖拆完，找平做了一半，排水沟一起疏通。", yuan: Some(86_000), milestone: None }),
        (33, Next::Progress { text: "找平完成，两棵榕树的树池砌好。", yuan: Some(41_000), milestone: Some(0) }),
        (
            52,
            Next::Progress {
                text: "防滑砖铺了900平方米，靠舞台一侧先停，等遮阳棚的方案定下来。", yuan: Some(92_000), milestone: None
            },
        ),
        (78, Next::Progress { text: "看台砌好，扶手装好，其余等新方案表决。", yuan: Some(38_000), milestone: None }),
    ],
};

const SHADE: Course = Course {
    key: "square",
    adjusts: Some("居民在施工期间多次提出夏天没有阴凉，老人白天用不了；预留的基础已经做好，一起搭棚比以后再做省三万多元。"),
    words: Words {
        text: "文化广场1800平方米重铺防滑砖，新建舞台和看台，装太阳能灯12盏，靠舞台一侧加钢结构遮阳棚260平方米，预算由48万元调为56万元，增加的8万元从集体收益列支。",
        reasons: "原方案没有遮阳，居民意见集中；基础已预留。",
        basis: COMMUNITY,
        yuan: Some(560_000),
        years: None,
        households: Some(730),
        days: 100,
        minute: Some(8),
    },
    team: agreed(
        "施工队报了棚的价，7.9万元；分开做要11万多元。",
        "纪检委员提醒已经表决过的事改了要重新走四步，旧决议在新决议出来以前仍然有效。",
        "同意提请调整，按重大事项重新公示、重新表决。",
    ),
    opinions: &[
        ("支持加棚，但是不要挡住二楼文化室的窗。", true, "棚高四米二，离窗三米，不挡光，图已贴。"),
        ("又加8万，会不会再加？", true, "这次写死56万元封顶，再超由施工方自己负担。"),
    ],
    joint: talk(
        Voice::Director,
        "上次会人数不够没有开成，今天重新召集。调整后预算56万元封顶，公示意见两条都采纳。",
        "代表问旧任务花的钱怎么算，答已花25.7万元并入总账，监委会核过。",
    ),
    decided: talk(Voice::Director, "宣读调整后的文字，逐句说明与原决议哪里不同。", "没有别的意见，记名表决。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Named),
    sway: Sway { against: 16, abstain: 0 },
    after: &[
        (2, Next::Publish),
        (2, Next::Paper { place: "文化广场公告栏" }),
        (
            5,
            Next::Assign {
                title: "遮阳棚和余下工程", due: 60, yuan: Some(303_000), milestones: &[("遮阳棚", 35), ("铺砖和灯", 55)]
            },
        ),
        (
            24,
            Next::Progress {
                text: "钢柱立好，顶板装了一半，台风前加固过一次。", yuan: Some(120_000), milestone: None
            },
        ),
        (30, Next::Ask { text: "棚顶会不会滴水，下雨天能不能用？" }),
        (31, Next::Look),
        (33, Next::Explain { question: 0, text: "棚顶向后坡三度，做了天沟接到排水沟，昨天大雨试过不滴。" }),
        (37, Next::Progress { text: "遮阳棚完工，开始铺余下900平方米砖。", yuan: Some(58_000), milestone: Some(0) }),
        (
            54,
            Next::Done {
                extent: Extent::Whole,
                text: "砖、棚、舞台、看台、12盏灯全部完工，两场雨后看过不积水。",
                yuan: Some(121_000),
                remains: None,
            },
        ),
        (60, Next::Accept { remark: "量过面积，灯逐盏看过；前后共花55.6万元，没有超过56万元。" }),
        (62, Next::Result),
    ],
    ..SQUARE
};

const FIRES: Course = Course {
    key: "fires",
    kind: "service",
    title: "出租屋消防改造补贴",
    asker: Asker::Petition { names: 36, note: "房东和租户一起联名，名单存居委会。" },
    side: Side::Committee,
    words: Words {
        text: "出租屋加装逃生窗、烟感和灭火器，验收合格的每栋补贴800元，先做120栋，共9.6万元，从集体收益列支。",
        reasons: "去年镇里通报两起出租屋火警，老楼多数装了防盗网没有逃生口。",
        basis: COMMUNITY,
        yuan: Some(96_000),
        years: Some(1),
        households: Some(120),
        days: 120,
        minute: Some(17),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "网格员摸底，没有逃生窗的134栋；镇消防站愿意来验收。",
        "有委员担心房东改了不报，先验收后补贴。",
        "同意先做120栋，公示七天，提请党群联席会议。",
    ),
    opinions: &[
        ("租户能不能自己申请？房东不理。", true, "可以，由租户报网格员，居委会去跟房东谈。"),
        ("补贴要公示名单。", true, "每批验收后贴楼栋号和金额，不写姓名。"),
    ],
    joint: talk(
        Voice::Secretary,
        "两条意见都采纳，先验收后补贴，按楼栋公示。",
        "异地务工代表说租户最关心夜里能不能打开逃生窗，答验收时现场打开。",
    ),
    decided: talk(Voice::Secretary, "宣读要表决的文字和补贴标准。", "没有别的意见，无记名表决。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Secret),
    sway: Sway { against: 15, abstain: 12 },
    statutory: None,
    // Nothing is heard of it after its assignment.
    after: &[
        (2, Next::Publish),
        (3, Next::Paper { place: "洪梅社区公开栏" }),
        (
            6,
            Next::Assign {
                title: "出租屋消防改造验收和补贴", due: 100, yuan: Some(96_000), milestones: &[("前60栋", 50), ("后60栋", 95)]
            },
        ),
    ],
};

const BUDGET: Course = Course {
    key: "budget",
    kind: "yearly_report",
    title: "居委会年度工作报告",
    asker: Asker::Secretary,
    side: Side::Committee,
    words: Words {
        text: "审议居委会本年度工作报告：广场改造、消防补贴、环卫外包、居民矛盾调解97件办结93件，明年重点是老楼加装扶手和河涌绿道。",
        reasons: "居委会每年向居民代表会议报告工作。",
        basis: COMMUNITY,
        yuan: None,
        years: None,
        households: None,
        days: 60,
        minute: Some(25),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed("报告初稿十二页，各条线数字都核过。", "调解没办结的四件要写明原因。", "同意公示七天，提请党群联席会议。"),
    opinions: &[("环卫外包满意度是怎么问出来的？", true, "网格员问了210户，问卷在居委会可以看，报告里补了数。")],
    joint: talk(Voice::Director, "报告公示七天，一条意见采纳。", "代表问四件没办结的调解，主任逐件说明。"),
    decided: talk(Voice::Director, "宣读报告结论部分。", "没有别的意见。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Hands),
    sway: Sway { against: 0, abstain: 20 },
    statutory: None,
    after: &[(2, Next::Publish)],
};

/// The year of 洪梅社区.
pub const SCRIPT: Script = Script {
    unit: "441900125002",
    hall: "洪梅文化楼三楼礼堂",
    room: "居委会会议室",
    offset: 62,
    courses: [&[SQUARE], &[SHADE], &[FIRES], &[BUDGET]],
    reports: PLAIN,
    misses: None,
    broken_off: Some((2, "应到党员28人，等到三点四十五分实到9人，不足半数，多数在外地参加龙舟活动。改期再开，人数要求不降低。")),
    closed: None,
    emergency: None,
    missed: &[(9, None), (28, Some("镇里组织各社区书记外出学习五天，班子只有两人在岗，没有开。"))],
    late: None,
};
