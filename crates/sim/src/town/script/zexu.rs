//! 则徐社区 A year of a community with gaps: a roof that stands still, a quarter without a sitting, a class that was challenged, a plan voted down.

use super::{Asker, COLLECTIVE, COMMUNITY, Course, Next, PLAIN, Script, Side, Voice, Words, agreed, talk};
use crate::town::sittings::Sway;
use law::meet::ballot::Mode;
use law::steer::task::Extent;

const ROOF: Course = Course {
    key: "roof",
    kind: "investment",
    title: "第二工业区三号厂房屋面改造",
    asker: Asker::Secretary,
    side: Side::Collective,
    words: Words {
        text: "第二工业区三号厂房3200平方米旧铁皮屋面换成夹芯彩钢板，加防水和采光带，预算92万元，从集体积累列支，改造后租金每平方米由14元调到18元。",
        reasons: "屋面漏水多年，租户两次要求减租，不改造明年合同到期租不出去。",
        basis: COLLECTIVE,
        yuan: Some(920_000),
        years: None,
        households: None,
        days: 120,
        minute: Some(4),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "设计院出了图，92万元里材料占六成；租户同意改造后按每平方米18元续五年。",
        "有委员问几年收回，理事长算：每月多收1.28万元，六年左右收回。",
        "同意，先按资产处置公示十五天，再提请党群联席会议，由成员代表表决。",
    ),
    opinions: &[
        ("92万是怎么算出来的，请把清单贴出来。", true, "工程量清单和三家初步报价已经贴在公开栏，电子版可在居委会看。"),
        ("租户会不会改造完就走？", true, "续租五年的意向书已签，押两个月租金，不租要赔改造费的三成。"),
        ("不如把钱分红。", false, "今年分红照旧；屋面不改，明年一年少收租金五十多万元，分红反而少。"),
    ],
    joint: talk(
        Voice::Collective,
        "公示十五天，三条意见都答复了。预算92万元，公开招标，监理由镇里名录中抽取。",
        "代表问工期会不会影响租户生产，答分三段施工；问增项谁批，答超过一成要重新提请。",
    ),
    decided: talk(Voice::Collective, "宣读要表决的文字、金额和资金来源。", "没有别的意见，成员代表用无记名票，其他代表的票供参考。"),
    deliberate: Mode::Named,
    resolve: Some(Mode::Secret),
    sway: Sway { against: 12, abstain: 17 },
    statutory: None,
    after: &[
        (2, Next::Publish),
        (3, Next::Paper { place: "则徐社区公开栏" }),
        (
            6,
            Next::Assign {
                title: "三号厂房屋面招标和施工",
                due: 130,
                yuan: Some(920_000),
                milestones: &[("招标定标", 30), ("第一段屋面", 70), ("全部完工", 120)],
            },
        ),
        (
            28,
            Next::Progress {
                text: "在交易平台招标，中标价88.6万元，签合同，付预付款两成。", yuan: Some(177_200), milestone: Some(0)
            },
        ),
        (
            66,
            Next::Inquire {
                text: "监委会问了理事会：彩钢板厂家断货，一个多月没有进场，理事会没有报。要求写明到货日期，每半个月报一次进展。",
            },
        ),
        (
            68,
            Next::Progress {
                text: "板材到货两车，第一段拆旧，预计十天装好，先盖防雨布。", yuan: Some(230_000), milestone: None
            },
        ),
        (80, Next::Ask { text: "停了一个多月，工期拖了要不要罚施工方？" }),
        (81, Next::Look),
        (
            84,
            Next::Explain {
                question: 0, text: "合同写了非不可抗力每拖一天扣千分之一，板材断货算施工方的，结算时扣，金额会公布。"
            },
        ),
        (88, Next::Unsatisfied { question: 0 }),
        (
            91,
            Next::ExplainAgain {
                question: 0, text: "我看了合同第九条，到目前拖了三十一天，应扣2.7万元，结算单贴出来以前先请监委会核。"
            },
        ),
        (94, Next::Progress { text: "第一段1100平方米换完，做了淋水试验不漏。", yuan: Some(168_000), milestone: Some(1) }),
        (118, Next::Progress { text: "第二段完工，第三段拆旧，租户照常生产。", yuan: Some(160_000), milestone: None }),
        (
            128,
            Next::Done {
                extent: Extent::Whole,
                text: "三段3200平方米全部换完，淋水试验合格，拖工期扣款2.7万元已在结算中扣除。",
                yuan: Some(123_800),
                remains: None,
            },
        ),
        (134, Next::Accept { remark: "与监理一起上屋面看过，两场大雨后不漏；结算85.9万元，比预算少6.1万元。" }),
        (136, Next::Result),
    ],
};

const SPACES: Course = Course {
    key: "spaces",
    kind: "service",
    title: "则徐路临时停车位划线",
    asker: Asker::Petition { names: 41, note: "商户和住户联名，名单存居委会。" },
    side: Side::Committee,
    words: Words {
        text: "则徐路南侧划临时停车位26个，限停两小时，早晚高峰不准停，划线、立牌费用4.2万元，从居委会经费列支。",
        reasons: "商铺门口乱停，公交车进不了站，商户和住户41人联名要求。",
        basis: COMMUNITY,
        yuan: Some(42_000),
        years: None,
        households: Some(26),
        days: 45,
        minute: Some(14),
    },
    adjusts: None,
    entered_late: 0,
    challenge: Some((
        "只写26户，其实整条路两边一百多户出入都受影响，应该算重大事项，让代表来定。",
        "到现场数过，这一段两侧开门的住户、商户共118户，超过30户，应当按重大事项走四步。",
    )),
    team: agreed(
        "交警中队同意南侧划位，要留消防登高面；监委会裁定按重大事项办。",
        "商量高峰禁停时间，校门口多留二十米。",
        "按重大事项公示七天，提请党群联席会议。",
    ),
    opinions: &[
        ("划了车位，电动三轮车停哪里？", true, "菜市场后面空地划了12个三轮车位，写进方案。"),
        ("限停两小时谁来看？", true, "治保队巡，超时贴条提醒，三次以上报交警。"),
    ],
    joint: talk(
        Voice::Director,
        "这件事原先按日常事项，居民提了异议，监委会裁定为重大事项，所以公示后到这里来。两条意见都采纳。",
        "代表问消防车，答登高面已留；异地务工代表问夜里能不能停，答晚八点以后不限时。",
    ),
    decided: talk(Voice::Director, "宣读要表决的文字和车位图。", "没有别的意见。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Paper),
    sway: Sway { against: 10, abstain: 15 },
    statutory: None,
    after: &[
        (2, Next::Publish),
        (2, Next::Paper { place: "则徐路公交站旁" }),
        (
            5,
            Next::Assign {
                title: "停车位划线和立牌", due: 40, yuan: Some(42_000), milestones: &[("交警现场定位", 15), ("划线立牌", 35)]
            },
        ),
        (16, Next::Progress { text: "交警中队现场定了位，26个不变，校门口多留20米。", yuan: None, milestone: Some(0) }),
        (
            34,
            Next::Done {
                extent: Extent::Whole,
                text: "26个车位和12个三轮车位划好，立牌8块，晚上看过反光。",
                yuan: Some(39_800),
                remains: None,
            },
        ),
        (39, Next::Accept { remark: "数过车位和牌子，消防登高面没有占，花3.98万元。" }),
        (40, Next::Result),
    ],
};

const FEES: Course = Course {
    key: "fees",
    kind: "collective_income",
    title: "市场停车场收费方案",
    asker: Asker::Secretary,
    side: Side::Committee,
    words: Words {
        text: "市场旁公共停车场安装道闸，前三十分钟免费，之后每小时2元、每天封顶12元，户籍居民月卡80元，收入归集体。",
        reasons: "停车场长期被外来车占满，买菜的人没地方停。",
        basis: COMMUNITY,
        yuan: Some(110_000),
        years: Some(3),
        households: Some(500),
        days: 60,
        minute: Some(18),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "道闸和系统报价11万元，按七成使用算，一年收入约26万元。",
        "有委员担心买菜的老人不会扫码，要留人工口。",
        "同意提请党群联席会议，公示七天，把各组意见收齐。",
    ),
    opinions: &[
        ("买菜也要交停车费，不同意。", false, "前三十分钟免费，买菜够用；不同意的意见会原样报给代表。"),
        ("月卡80元太贵，租户怎么办？", false, "租户按普通车收，封顶12元；价钱由代表表决。"),
        ("停车场是公家的地，为什么要收钱？", false, "地是集体的，这两年补地坪花了9万元；收不收由代表定。"),
    ],
    joint: talk(
        Voice::Director,
        "公示期收到意见三条，多数不赞成收费，原样读给大家听。",
        "多数代表认为先管住长期占位的车，不急着收费；有代表提出满两小时再收。",
    ),
    decided: talk(Voice::Director, "宣读要表决的文字和价目。", "有代表要求先试限时不收费，主持人说明今天只表决这个方案。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Named),
    sway: Sway { against: 2, abstain: 7 },
    statutory: None,
    after: &[],
};

const GYM: Course = Course {
    key: "gym",
    kind: "engineering",
    title: "社区公园健身器材更换",
    asker: Asker::Suggestion {
        said: "公园的漫步机、转腰器都断了焊，小孩上去玩夹到手，请快点换。",
        answer: "采纳。坏的五件今天先围起来拆走，其余一起做更换方案，提请党群联席会议，集体出钱。",
    },
    side: Side::Committee,
    words: Words {
        text: "社区公园拆除旧器材14件，新装户外健身器材16件、儿童设施1组，地面换成软胶垫，控制价7.8万元。",
        reasons: "器材用了十一年，今年伤了两个小孩。",
        basis: COMMUNITY,
        yuan: Some(78_000),
        years: None,
        households: Some(600),
        days: 60,
        minute: Some(23),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed("厂家过保八年，修的配件没有了，三家报价7.3万到8.1万元。", "要有保险和年检，软胶垫不能省。", "同意更换，公示七天。"),
    opinions: &[
        ("儿童设施旁边要有树荫或者棚。", true, "选在两棵榕树下面，不另做棚。"),
        ("每年要有人检查，不要又烂十年。", true, "合同写了五年质保、每年检一次，检查单贴在公园。"),
    ],
    joint: talk(Voice::Director, "两条意见都采纳，控制价7.8万元。", "代表问旧的怎么处理，答称重卖，钱入账。"),
    decided: talk(Voice::Director, "宣读要表决的文字。", "没有别的意见。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Named),
    sway: Sway { against: 0, abstain: 21 },
    statutory: None,
    after: &[(2, Next::Publish), (5, Next::Assign { title: "器材采购安装", due: 50, yuan: Some(78_000), milestones: &[] })],
};

/// The year of 则徐社区.
pub const SCRIPT: Script = Script {
    unit: "441900121005",
    hall: "则徐社区礼堂",
    room: "居委会二楼会议室",
    offset: 59,
    courses: [&[ROOF], &[], &[SPACES, FEES], &[GYM]],
    reports: PLAIN,
    misses: Some((2, "换届后代表名册核对晚了，二季度的会没有开成，已向镇党建办说明，事项并入三季度的会。")),
    broken_off: None,
    closed: None,
    emergency: None,
    missed: &[(6, None), (15, None), (16, Some("主任病假，书记在镇里集中培训，到会不足，没有开。")), (24, None), (33, None)],
    late: None,
};
