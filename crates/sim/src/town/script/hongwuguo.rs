//! 洪屋涡村 A year of a village: dredging that ends late, village rules that the assembly of all decides, ponds that are let again.

use super::{Asker, COLLECTIVE, Course, Next, Script, Side, Statutory, VILLAGE, Voice, Words, agreed, talk};
use crate::town::sittings::Sway;
use law::meet::ballot::Mode;
use law::steer::task::Extent;

const DREDGING: Course = Course {
    key: "dredging",
    kind: "public_works",
    title: "洪屋涡涌清淤和护岸修补",
    asker: Asker::Petition { names: 87, note: "三个村民小组联名，名单原件存村委会，组长签了字。" },
    side: Side::Committee,
    words: Words {
        text: "洪屋涡涌村内段1.6公里清淤约5200方，修补护岸三处共85米，预算36.5万元，村集体收益出26.5万元，镇水务补助10万元，汛期前完工。",
        reasons: "河床淤高六十公分，去年两场大雨水漫到三组晒谷场，87名村民联名要求清淤。",
        basis: VILLAGE,
        yuan: Some(365_000),
        years: None,
        households: Some(540),
        days: 80,
        minute: Some(2),
    },
    adjusts: None,
    entered_late: 2,
    challenge: None,
    team: agreed(
        "水务站测过断面，5200方淤泥，护岸塌三处。淤泥运到镇定点堆场，运费已算在里面。",
        "三组组长说东头最急；有委员提醒鱼塘进水要错开，不然翻塘。",
        "同意先清东头再清西头，提前七天通知塘主，公示七天后提请党群联席会议。",
    ),
    opinions: &[
        ("先清东头，去年就是东头漫的。", true, "采纳，东头到水闸600米先清。"),
        ("淤泥不要堆在路边，臭。", true, "当天挖当天运，堆场在镇里指定的地方，路边不堆。"),
        ("清淤时我家鱼塘进不了水怎么办？", true, "每段提前七天通知，停水不超过两天，抽水机由村里借。"),
    ],
    joint: talk(
        Voice::Director,
        "公示七天三条意见都采纳，先清东头。镇补助10万元的批文已到。",
        "代表问谁来量方，答水务站和监委会各派一人，每天签单；问护岸保修，答两年。",
    ),
    decided: talk(Voice::Director, "宣读要表决的文字、金额和完工日期。", "没有别的意见，记名表决。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Named),
    sway: Sway { against: 19, abstain: 14 },
    statutory: None,
    after: &[
        (1, Next::Publish),
        (1, Next::Paper { place: "村委会公开栏" }),
        (2, Next::Paper { place: "三组祠堂门口" }),
        (
            5,
            Next::Assign {
                title: "清淤和护岸施工",
                due: 62,
                yuan: Some(365_000),
                milestones: &[("东头600米", 28), ("西头1公里", 48), ("护岸三处", 60)],
            },
        ),
        (
            27,
            Next::Progress {
                text: "东头600米清完，出泥2100方，水务站和监委会签了量方单。", yuan: Some(118_000), milestone: Some(0)
            },
        ),
        (34, Next::Ask { text: "西头我家门前那一段只挖了一边，是不是不挖了？" }),
        (35, Next::Look),
        (
            38,
            Next::Explain {
                question: 0, text: "另一边下面有自来水管，等水厂来人看着再挖，定在下周三，挖完请您来看。"
            },
        ),
        (
            52,
            Next::Progress {
                text: "西头清了700米，连下八天雨，挖机下不去，护岸还没动。", yuan: Some(96_000), milestone: None
            },
        ),
        (
            74,
            Next::Progress {
                text: "西头清完，护岸修好一处，水大，另外两处要等退水。", yuan: Some(74_000), milestone: Some(1)
            },
        ),
        (
            81,
            Next::Done {
                extent: Extent::Whole,
                text: "1.6公里清完共5180方，护岸三处85米修好。比定的日子晚，是连续下雨、水位退不下来。",
                yuan: Some(69_500),
                remains: None,
            },
        ),
        (
            86,
            Next::Accept {
                remark: "沿涌走了一遍，量方单加起来5180方；护岸三处都看过。晚了将近三周，原因属实。"
            },
        ),
        (88, Next::Result),
    ],
};

const RULES: Course = Course {
    key: "rules",
    kind: "charter",
    title: "村规民约修订",
    asker: Asker::Secretary,
    side: Side::Committee,
    words: Words {
        text: "修订村规民约二十二条：红白事从简、不乱堆乱倒、河涌不倒杂物、电动车不进楼道、邻里纠纷先调解；违反的由村民小组劝导，不罚款。",
        reasons: "现行村规民约是八年前定的，没有垃圾分类和电动车的内容，有两条罚款不合法。",
        basis: "村民委员会组织法第三十一条",
        yuan: None,
        years: None,
        households: Some(540),
        days: 60,
        minute: Some(7),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "请司法所看过，删了两条罚款，新写六条。各组开会收了意见。",
        "有委员主张写红白事桌数，大家认为写“从简”就行，桌数写进倡议书。",
        "同意公示七天，党群联席会议审议后，提请村民会议表决。",
    ),
    opinions: &[
        ("电动车不进楼道，那充电棚要先建好。", true, "充电棚两处先建，建好一个月后这一条才执行，写进附则。"),
        ("乱倒垃圾不罚款没人怕。", false, "村规民约不能设罚款，屡劝不听的报镇城管按规定处理。"),
        ("清明烧纸要不要管？", true, "加了一句：祭扫在指定地点，不带火种上山。"),
    ],
    joint: talk(
        Voice::Secretary,
        "公示后改了三处，司法所看过。按法律要由村民会议定，今天审议，不表决通过不通过。",
        "代表逐条过了一遍，第十一条“噪声”写明晚上十点后。",
    ),
    decided: talk(Voice::Secretary, "", ""),
    deliberate: Mode::Hands,
    resolve: None,
    sway: Sway { against: 0, abstain: 22 },
    statutory: Some((18, Statutory { numbers: [540, 412, 389, 11, 9, 3], document: "洪屋涡村民会" })),
    after: &[
        (20, Next::Publish),
        (21, Next::Paper { place: "村委会公开栏" }),
        (
            24,
            Next::Assign {
                title: "村规民约印发到户、报镇备案", due: 50, yuan: None, milestones: &[("报镇备案", 30), ("发到每户", 48)]
            },
        ),
        (30, Next::Progress { text: "报镇政府备案，已收回执；印了600份。", yuan: Some(1_800), milestone: Some(0) }),
        (
            46,
            Next::Done {
                extent: Extent::Whole,
                text: "540户全部送到，签收表存村委会；出租屋另外贴了186张。",
                yuan: Some(600),
                remains: None,
            },
        ),
        (50, Next::Accept { remark: "抽了四十户问过，都收到了。" }),
        (51, Next::Result),
        (54, Next::Ask { text: "充电棚什么时候建好？没建好就不许推上楼，电动车放哪里？" }),
        (55, Next::Look),
        (
            57,
            Next::Explain {
                question: 0, text: "附则写了充电棚建好一个月后才执行。祠堂边那处下月动工，市场那处年底前建好。"
            },
        ),
    ],
};

const PONDS: Course = Course {
    key: "ponds",
    kind: "asset_lease",
    title: "东围鱼塘续租",
    asker: Asker::Secretary,
    side: Side::Collective,
    words: Words {
        text: "东围鱼塘四口共96亩，合同年底到期，挂镇交易平台公开竞价续租五年，每亩年租底价2600元，每两年递增5%，同等条件原承包人优先。",
        reasons: "现在每亩年租1850元，是五年前的价；周边村同类鱼塘2500到2900元。",
        basis: COLLECTIVE,
        yuan: Some(249_600),
        years: Some(5),
        households: None,
        days: 110,
        minute: Some(16),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "评估所报告底价每亩2580元，理事会建议取整2600元。四户承包人都想续。",
        "有委员问能不能直接续给原承包人，理事长说超过限额要上平台，只能写同等条件优先。",
        "同意上平台竞价，按资产处置公示十五天，提请党群联席会议由成员代表表决。",
    ),
    opinions: &[
        ("底价太高，养鱼的赚不到钱。", false, "底价按评估和周边成交价定；没人应价再按程序降，不先降。"),
        ("尾水要处理好才能租。", true, "合同加一条：每口塘自建三级沉淀，尾水不达标的收回。"),
        ("递增写清楚怎么算。", true, "每两年在上一期租金上加5%，合同附计算表。"),
    ],
    joint: talk(
        Voice::Collective,
        "公示十五天三条意见，采纳两条。底价2600元，尾水条款已加进合同样本。",
        "代表问押金，答一年租金；问塘基谁修，答承包人修，到期不补偿。",
    ),
    decided: talk(Voice::Collective, "宣读要表决的文字和合同样本要点。", "没有别的意见，成员代表无记名投票。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Secret),
    sway: Sway { against: 14, abstain: 16 },
    statutory: None,
    after: &[
        (2, Next::Publish),
        (2, Next::Paper { place: "村委会公开栏" }),
        (
            6,
            Next::Assign {
                title: "鱼塘挂平台竞价、签合同", due: 80, yuan: None, milestones: &[("挂平台", 25), ("签合同", 75)]
            },
        ),
        (24, Next::Progress { text: "四口塘已挂镇交易平台，公告二十天，报名七家。", yuan: None, milestone: Some(0) }),
        (
            50,
            Next::Progress {
                text: "竞价完成：四口塘成交价每亩2680到2810元，三口原承包人续租，一口换人。", yuan: None, milestone: None
            },
        ),
    ],
};

const ROAD: Course = Course {
    key: "road",
    kind: "public_works",
    title: "二组村道硬底化",
    asker: Asker::Suggestion {
        said: "二组进来那条路一下雨就烂，老人车都推不动，别的组都铺了，什么时候轮到我们？",
        answer: "采纳。二组这380米是村里最后一段泥路，今年补上，做方案提请党群联席会议，镇里可以补一部分。",
    },
    side: Side::Committee,
    words: Words {
        text: "二组村道380米、宽4米铺混凝土路面并做边沟，预算21.6万元，村集体出15.6万元，镇补助6万元。",
        reasons: "全村最后一段泥路，雨天救护车进不去。",
        basis: VILLAGE,
        yuan: Some(216_000),
        years: None,
        households: Some(64),
        days: 90,
        minute: Some(22),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed("量过380米，两户要让出半米，已经签字同意。", "有委员提出边沟要够大。", "同意，公示七天后提请党群联席会议。"),
    opinions: &[
        ("路边两棵荔枝树能不能留？", true, "边沟绕开，两棵都留。"),
        ("混凝土多厚？大车会不会压烂？", true, "按20公分做，入口立限重牌8吨。"),
    ],
    joint: talk(Voice::Director, "两条意见都采纳，让地的两户已签字。", "代表问什么时候通车，答浇完养护二十八天。"),
    decided: talk(Voice::Director, "宣读要表决的文字和金额。", "没有别的意见。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Paper),
    sway: Sway { against: 0, abstain: 18 },
    statutory: None,
    after: &[
        (1, Next::Publish),
        (2, Next::Paper { place: "二组路口" }),
        (5, Next::Assign { title: "村道施工", due: 70, yuan: Some(216_000), milestones: &[("路基", 25), ("浇混凝土", 45)] }),
    ],
};

/// The year of 洪屋涡村.
pub const SCRIPT: Script = Script {
    unit: "441900125200",
    hall: "洪屋涡村文化广场礼堂",
    room: "村委会二楼会议室",
    offset: 52,
    courses: [&[DREDGING], &[RULES], &[PONDS], &[ROAD]],
    reports: [
        talk(
            Voice::Secretary,
            "一季度村集体收入96.3万元，其中鱼塘租金44万元、厂房租金38万元；支出61.2万元。清淤补助10万元已到账，单列。",
            "代表问春节舞狮花了多少，答3200元，队服是村民捐的。",
        ),
        talk(
            Voice::Secretary,
            "二季度村集体收入88.7万元，支出102.4万元，主要是清淤35.75万元。结余够用，没有借款。",
            "代表要求清淤的量方单贴出来，当场拿给大家看。",
        ),
        talk(
            Voice::Secretary,
            "三季度村集体收入91.5万元，支出58.8万元，敬老金11.6万元、水渠0.9万元。",
            "代表问鱼塘租金涨不涨，理事长答今天下面就议。",
        ),
        talk(
            Voice::Secretary,
            "四季度到今天收入73.2万元，支出39.5万元；鱼塘新租金明年一月起算。",
            "代表提出明年先修晒谷场，书记请三组写书面意见。",
        ),
    ],
    misses: None,
    broken_off: None,
    closed: None,
    emergency: None,
    missed: &[(12, None)],
    late: Some((6, "会是按时开的，经办人住院一周，记录晚了八天才录入系统，纸质记录当天签过字，可以核对。")),
};
