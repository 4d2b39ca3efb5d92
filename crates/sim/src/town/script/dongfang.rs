//! 东方社区 A year of a community that does most things in time: lamps, the old people's canteen, an emergency, sorting of waste.

use super::{Asker, COMMUNITY, Course, Emergency, Next, Script, Side, Talk, Voice, Words, agreed, talk};
use crate::town::sittings::Sway;
use law::meet::ballot::Mode;
use law::meet::sitting::Ground;
use law::steer::task::Extent;

const LAMPS: Course = Course {
    key: "lamps",
    kind: "public_works",
    title: "东方路至小学路段路灯改造",
    asker: Asker::Suggestion {
        said: "东方路往小学那一段，晚上下自习全是黑的，女儿一个人走我不放心，能不能装路灯？",
        answer: "采纳。昨晚带电工走过一遍，从牌坊到小学420米只有5盏亮。做成方案提请党群联席会议，用集体收益装。",
    },
    side: Side::Committee,
    words: Words {
        text: "东方路牌坊至东方小学420米，拆除旧灯5盏，新装6米LED路灯24盏，控制价28.6万元，从社区集体收益中列支，六十天内装好通电。",
        reasons: "夜里照明不足，去年这一段发生三起电动车摔伤；小学晚自习放学要走这条路。",
        basis: COMMUNITY,
        yuan: Some(286_000),
        years: None,
        households: Some(420),
        days: 75,
        minute: Some(3),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "电工量过路段，三家报价最低27.9万元，按28.6万元控制价公开询价，保修三年。",
        "有委员问要不要用太阳能，电工说两边树密，冬天存不够电；电费一年约9千元，集体负担得起。",
        "同意用市电LED方案，提请党群联席会议审议，先公示七天。",
    ),
    opinions: &[
        ("祠堂口拐弯那里最黑，方案图上没有灯。", true, "加上了，祠堂口拐弯处移一盏过来，总数不变，图已经重新贴出。"),
        ("为什么不用太阳能的，省电费？", false, "两边榕树密，冬天一天晒不到三小时，电工说撑不到半夜，所以用市电。"),
        ("灯太亮会照到一楼睡房，能不能装灯罩？", true, "临窗的七盏都装遮光罩，验收时晚上去看。"),
    ],
    joint: talk(
        Voice::Secretary,
        "方案公示七天，收到意见三条，采纳两条，都写在公开栏。控制价28.6万元，询价后按最低价定。",
        "代表问保修，答三年，坏灯两天内修；问电费谁出，答集体出，每年约9千元。",
    ),
    decided: talk(Voice::Secretary, "宣读要表决的文字和金额，与公示的一致。", "没有别的意见，进入表决。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Named),
    sway: Sway { against: 17, abstain: 13 },
    statutory: None,
    after: &[
        (1, Next::Publish),
        (1, Next::Paper { place: "东方社区公开栏（居委会门口）" }),
        (2, Next::Paper { place: "东方小学门口宣传栏" }),
        (
            4,
            Next::Assign {
                title: "路灯采购、安装、通电",
                due: 66,
                yuan: Some(286_000),
                milestones: &[("询价定标、签合同", 18), ("灯杆和线缆进场", 34), ("逐盏通电试亮", 60)],
            },
        ),
        (
            17,
            Next::Progress {
                text: "三家报价，最低27.6万元中选，合同已签，付定金三成。", yuan: Some(82_800), milestone: Some(0)
            },
        ),
        (27, Next::Ask { text: "我家门口正好是第7盏，装了会不会照进二楼？" }),
        (28, Next::Look),
        (
            30,
            Next::Explain {
                question: 0, text: "第7盏属于临窗的，合同里写了装遮光罩，装好那天晚上请您一起看。"
            },
        ),
        (
            35,
            Next::Progress {
                text: "24根灯杆到齐，放在小学后面空地，开始挖基坑，请绕行。", yuan: Some(110_400), milestone: Some(1)
            },
        ),
        (
            58,
            Next::Done {
                extent: Extent::Whole,
                text: "24盏全部装好，晚上逐盏通电都亮，临窗七盏已装遮光罩，旧灯已拆走。",
                yuan: Some(82_800),
                remains: None,
            },
        ),
        (
            62,
            Next::Accept {
                remark: "监委会三人晚上八点从牌坊走到小学，24盏都亮，第7盏灯罩已装，发票与报数一致。"
            },
        ),
        (63, Next::Result),
    ],
};

const CANTEEN: Course = Course {
    key: "canteen",
    kind: "collective_income",
    title: "长者饭堂扩容和餐费补贴",
    asker: Asker::Secretary,
    side: Side::Committee,
    words: Words {
        text: "长者饭堂从60座扩到100座，改造厨房排烟，一次性投入11.8万元；七十岁以上户籍长者每餐由集体收益补贴4元，每年约7.2万元，先试行一年。",
        reasons: "现在每天八十多人排两轮，八十岁以上行动不便的老人等不了；周边社区补贴为每餐3到5元。",
        basis: COMMUNITY,
        yuan: Some(190_000),
        years: Some(1),
        households: Some(310),
        days: 90,
        minute: Some(9),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "饭堂每天供餐82到95份，排烟不合格被消防提醒过一次。改造报价11.8万元，补贴按180人、每月20餐算。",
        "理事长说今年铺位租金涨了，负担得起；纪检委员提醒补贴名单要公开、刷卡记数。",
        "同意试行一年，刷卡记数，每季度公开人数和金额，提请党群联席会议。",
    ),
    opinions: &[
        ("外来务工人员的父母能不能也在这里吃？不补贴也行。", true, "可以，按成本价每餐12元，座位够就开放，写进方案。"),
        ("菜太咸，扩容以前先把味道弄好。", true, "已请卫生站营养师定了少盐菜单，每月请五位老人试菜打分。"),
    ],
    joint: talk(
        Voice::Director,
        "公示七天，两条意见都采纳。改造11.8万元，补贴一年约7.2万元，刷卡记数，每季度公开。",
        "代表问亏空怎么办，答超出预算再提请；党员提议送餐上门，答八十五岁以上由志愿者送。",
    ),
    decided: talk(Voice::Director, "宣读要表决的文字，补上成本价开放的一句，与公示第二稿一致。", "没有别的意见，用无记名表决。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Secret),
    sway: Sway { against: 0, abstain: 19 },
    statutory: None,
    after: &[
        (1, Next::Publish),
        (2, Next::Paper { place: "长者饭堂门口" }),
        (
            5,
            Next::Assign {
                title: "饭堂改造和刷卡系统",
                due: 80,
                yuan: Some(118_000),
                milestones: &[("排烟改造", 35), ("桌椅和刷卡机", 70)],
            },
        ),
        (
            30,
            Next::Progress {
                text: "排烟管改好，消防站来看过合格，花4.6万元。饭堂照常开。", yuan: Some(46_000), milestone: Some(0)
            },
        ),
        (56, Next::Progress { text: "新桌椅40套到了，周末换，刷卡机调试中。", yuan: Some(38_500), milestone: None }),
        (
            72,
            Next::Done {
                extent: Extent::Part,
                text: "100座都可以用，刷卡机两台已启用，第一周登记长者176人。",
                yuan: Some(26_000),
                remains: Some("洗手池要等水管改线，下月再装。"),
            },
        ),
        (75, Next::Return { reason: "厨房后门没有装防火门，改造清单里写了的。" }),
        (
            82,
            Next::Done {
                extent: Extent::Whole,
                text: "后门防火门已装好，洗手池也一起装了两个，现场可以看。",
                yuan: Some(5_200),
                remains: None,
            },
        ),
        (86, Next::Accept { remark: "防火门、排烟、座位、刷卡机逐项看过，共花11.57万元，没有超预算。" }),
        (87, Next::Result),
    ],
};

const SORTING: Course = Course {
    key: "sorting",
    kind: "service",
    title: "垃圾分类投放点改造",
    asker: Asker::Petition { names: 58, note: "联名名单原件存居委会，组长逐户收的。" },
    side: Side::Committee,
    words: Words {
        text: "十四个垃圾投放点合并成九个，加棚、加洗手池和夜灯，定时投放、桶边有人值守，改造和值守第一年共9.6万元，从环卫预算和集体收益各出一半。",
        reasons: "现在桶点分散、没有棚，雨天污水流到路面，居民58人联名要求改造。",
        basis: COMMUNITY,
        yuan: Some(96_000),
        years: Some(1),
        households: Some(260),
        days: 100,
        minute: Some(15),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "跟保洁公司走了一遍，九个点每点服务约30户，最远走一百二十米。",
        "有委员担心老人走不动，商量第五组保留一个小桶点，早晚各收一次。",
        "同意九个点加一个小桶点，提请党群联席会议，公示七天。",
    ),
    opinions: &[
        ("投放点不要放在我们楼下，夏天臭。", true, "第六点往停车场方向移了十五米，离最近的窗二十米，图已改。"),
        ("定时投放几点到几点？上夜班的怎么办？", true, "早七到九点、晚六到十点；停车场那个点通宵开，给上夜班的用。"),
        ("能不能不合并，太远了。", false, "分散的点没有人看，越多越脏；最远一百二十米，老人那组另外保留小桶点。"),
    ],
    joint: talk(
        Voice::Director,
        "公示期收到三条意见，采纳两条，第六点移了位置。值守请三名本社区的困难家庭成员做。",
        "代表问值守工资，答按最低工资标准；异地务工代表提出夜班投放，答停车场点通宵开。",
    ),
    decided: talk(Voice::Director, "宣读要表决的文字、九个点的位置图和费用。", "对第三点位置再确认一次，没有别的意见。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Paper),
    sway: Sway { against: 11, abstain: 14 },
    statutory: None,
    after: &[
        (2, Next::Publish),
        (2, Next::Paper { place: "九个投放点旁" }),
        (
            6,
            Next::Assign {
                title: "投放点改造和值守", due: 85, yuan: Some(96_000), milestones: &[("前五个点", 40), ("后四个点", 75)]
            },
        ),
        (
            30,
            Next::Progress {
                text: "一到三号点的棚、灯、洗手池做好，开始试投放。", yuan: Some(29_500), milestone: None
            },
        ),
        (38, Next::Ask { text: "二号点的夜灯坏了，报给谁修？" }),
        (39, Next::Look),
        (
            41,
            Next::Explain {
                question: 0, text: "灯是虚接，电工当晚接好了。以后坏了打投放点牌子上的电话，两天内修。"
            },
        ),
        (44, Next::Progress { text: "四号、五号点做好，前五个点都在用。", yuan: Some(18_800), milestone: Some(0) }),
        (70, Next::Progress { text: "六到八号点完工，九号点等自来水接口。", yuan: Some(27_600), milestone: None }),
        (78, Next::Delay { reason: "九号点要接自来水，水厂排期到下个月，接好以后才能装洗手池。", until: 120 }),
    ],
};

const PIPES: Emergency = Emergency {
    key: "pipes",
    kind: "public_works",
    title: "东方路排水管塌陷抢修",
    words: Words {
        text: "暴雨冲垮东方路十字口排水管，路面下陷，马上围挡、开挖、换管22米，抢修费用6.4万元以内，从集体应急款支付。",
        reasons: "路面下陷两米见方，旁边是燃气管，等开会再修有危险。",
        basis: COMMUNITY,
        yuan: Some(64_000),
        years: None,
        households: Some(85),
        days: 30,
        minute: Some(12),
    },
    talk: talk(
        Voice::Secretary,
        "当天书记、理事长、纪检委员三人签字先修，燃气公司到场看管；换管22米，路面第三天通车，实际花6.1万元。",
        "代表问为什么塌，答是老水泥管被树根顶裂；要求把同一批管查一遍，书记答应月底前用探头查完。",
    ),
    sway: Sway { against: 0, abstain: 0 },
    after: &[
        (-5, Next::Publish),
        (-5, Next::Paper { place: "东方路十字口围挡" }),
        (-5, Next::Assign { title: "排水管抢修", due: 14, yuan: Some(64_000), milestones: &[] }),
        (-2, Next::Progress { text: "新管22米换好，回填压实，今天下午恢复通车。", yuan: Some(48_000), milestone: None }),
        (
            3,
            Next::Done {
                extent: Extent::Whole, text: "沥青路面补好，探头查过接口不漏，围挡已拆。", yuan: Some(13_000), remains: None
            },
        ),
        (7, Next::Accept { remark: "看了探头录像和发票，6.1万元，没有超。" }),
        (8, Next::Result),
    ],
};

const COOLING: Course = Course {
    key: "cooling",
    kind: "spending",
    title: "文化活动中心空调更换",
    asker: Asker::Secretary,
    side: Side::Committee,
    words: Words {
        text: "文化活动中心更换柜式空调8台、清洗风管，控制价12.8万元，从集体收益列支，公开询价。",
        reasons: "旧空调用了十四年，三台不制冷，夏天老人和暑期班都没法用。",
        basis: COMMUNITY,
        yuan: Some(128_000),
        years: None,
        households: None,
        days: 60,
        minute: Some(21),
    },
    adjusts: None,
    entered_late: 0,
    challenge: None,
    team: agreed(
        "三台不制冷，五台压缩机响，修要4万多，修完还是旧的。",
        "比较修和换，换的省电三成。",
        "同意更换，提请党群联席会议，公示七天。",
    ),
    opinions: &[
        ("旧空调卖了多少钱，要入账。", true, "旧机由再生资源公司称重收，钱进集体账，票据贴公开栏。"),
        ("二楼图书室也热，能不能加一台？", true, "图书室加一台壁挂机，在控制价里面。"),
    ],
    joint: talk(Voice::Director, "公示收到两条意见都采纳，控制价12.8万元不变。", "代表问保修几年，答整机六年。"),
    decided: talk(Voice::Director, "宣读要表决的文字和控制价。", "没有别的意见。"),
    deliberate: Mode::Hands,
    resolve: Some(Mode::Named),
    sway: Sway { against: 23, abstain: 0 },
    statutory: None,
    after: &[
        (1, Next::Publish),
        (1, Next::Paper { place: "文化活动中心门口" }),
        (
            4,
            Next::Assign {
                title: "空调采购安装", due: 45, yuan: Some(128_000), milestones: &[("询价定标", 20), ("安装调试", 40)]
            },
        ),
        (
            21,
            Next::Progress {
                text: "四家报价，最低11.9万元，合同签好，保修六年。", yuan: Some(35_700), milestone: Some(0)
            },
        ),
        (
            40,
            Next::Done {
                extent: Extent::Whole, text: "8台柜机、1台壁挂机装好试过，风管清洗完。", yuan: Some(83_300), remains: None
            },
        ),
        (44, Next::Accept { remark: "逐台开机看过，旧机收款1960元已入账。" }),
        (45, Next::Result),
    ],
};

/// The year of 东方社区.
pub const SCRIPT: Script = Script {
    unit: "441900121004",
    hall: "东方文化活动中心二楼",
    room: "居委会三楼会议室",
    offset: 45,
    courses: [&[LAMPS], &[CANTEEN], &[SORTING], &[COOLING]],
    reports: [
        talk(
            Voice::Secretary,
            "一季度集体收入412.6万元，其中厂房租金318万元、铺位租金71万元；支出236.4万元，春节慰问9.8万元、环卫31万元。明细贴公开栏并发到每位代表。",
            "代表问两间空铺，理事长答已挂交易平台；问环卫费比去年多3万元，主任答春节前后加了清运。",
        ),
        talk(
            Voice::Secretary,
            "二季度集体收入398.2万元，支出251.7万元，防汛物资6.2万元、治安18.4万元。应收租金剩17万元，两家分期。",
            "代表要求把欠租的两家写出来，理事长说明涉及合同保密，只公开金额和还款日期。",
        ),
        talk(
            Voice::Secretary,
            "三季度集体收入421.9万元，支出263.3万元，敬老金22.4万元、路面抢修6.1万元。两家欠租已还清。",
            "代表问饭堂补贴用了多少，主任答三个月1.74万元，低于预算。",
        ),
        talk(
            Voice::Secretary,
            "四季度到今天集体收入207.5万元，支出128.9万元。明年预算草案下月公示，项目写清谁提的、多少钱。",
            "代表要求预算会提前十天发材料，书记同意。",
        ),
    ],
    misses: None,
    broken_off: None,
    closed: Some((
        "梁姓居民家庭临时救助申请",
        Ground::Privacy,
        Talk {
            by: Voice::Director,
            report: "家庭主要劳动力住院，已花医疗费六万余元，医保报销后自负两万多，申请临时救助。",
            discussion: "网格员入户核过，情况属实；另外帮他联系慈善会。",
            resolved: "同意给予临时救助3000元，上报镇公共服务办，半年后回访。",
        },
    )),
    emergency: Some((3, &PIPES)),
    missed: &[(17, Some("书记、主任到镇里参加防汛值守三天，班子成员都在低洼点值班，没有开成；当周事项放到下一周一起议。"))],
    late: None,
};
