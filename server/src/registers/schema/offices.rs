//! 部局・課室, 職 and 任命: who is responsible for what, from a day to a day.

use super::{Choice, Field, Group, Kind, Register, Target, choice, field, link, words};

const DEPARTMENT_KINDS: [Choice; 6] = [
    choice("office", "部局・課室", "Office").also(&["部", "課", "室", "係", "局", "所", "部局", "課室"]),
    choice("committee", "行政委員会", "Administrative commission").also(&["委員会"]),
    choice("assembly", "議会", "Assembly"),
    choice("enterprise", "地方公営企業", "Public enterprise").also(&["公営企業", "企業局"]),
    choice("school", "学校", "School"),
    choice("facility", "施設", "Facility"),
];

const DEPARTMENT: [Field; 7] = [
    field("name", Kind::Line(100), "名称", "Name")
        .headed(&["課名", "課名称", "課", "部署名", "部署", "所属", "名称", "部局名"])
        .required()
        .listed()
        .searched(),
    link("above", "parent_id", Target::Department, "上位の部局", "Part of")
        .headed(&["部", "部名", "部局", "上位"])
        .listed(),
    field("kind", Kind::One(&DEPARTMENT_KINDS), "種類", "Kind")
        .headed(&["種別", "種類", "区分"])
        .assumed("office")
        .required()
        .listed()
        .filter(),
    field("in_scope", Kind::YesNo, "ポリシーの対象範囲に含まれますか", "Inside the policy's scope?")
        .assumed("yes")
        .required()
        .listed()
        .filter(),
    field("scope_reason", Kind::Line(300), "対象外とする理由", "Why it is outside").hint(
        "例：学校の教育用ネットワーク（学校事務は対象）",
        "Such as a school's teaching network (its office is inside)",
    ),
    field("starts_on", Kind::Day, "設置日", "Exists from").listed(),
    field("ends_on", Kind::Day, "廃止日", "Exists to").listed().hint(
        "改称・統合・分割は、この部局のページの「改称・統合・分割」で行います。履歴は残ります。",
        "To rename, merge or split it, use the form on its page. Its history stays.",
    ),
];

/// 部局・課室.
pub const DEPARTMENTS: Register = Register {
    key: "departments",
    object: "department",
    table: "departments",
    words: words("部局・課室", "Departments"),
    add: words("部局・課室を追加", "Add a department"),
    empty: words("部局・課室はまだありません。", "There is no department yet."),
    groups: &[Group { words: words("部局・課室", "Department"), fields: &DEPARTMENT }],
    title: "name",
    department: None,
    order: "r.position, r.id",
    parent: None,
    decided: false,
    files: &[],
    identity: &[&["name"]],
};

/// Kinds of posts. `ciso`, `chief_officer` and `section_officer` decide.
pub const POST_KINDS: [Choice; 12] = [
    choice("ciso", "CISO（最高情報セキュリティ責任者）", "CISO"),
    choice("deputy_ciso", "副CISO", "Deputy CISO"),
    choice("chief_officer", "統括情報セキュリティ責任者", "Chief security officer"),
    choice("bureau_officer", "情報セキュリティ責任者（部局）", "Security officer of a bureau"),
    choice("section_officer", "情報セキュリティ管理者（課室）", "Security officer of a section"),
    choice("system_officer", "情報システム管理者", "System administrator"),
    choice("service_officer", "クラウドサービス管理者", "Service administrator"),
    choice("account_officer", "ソーシャルメディア責任者", "Officer of a social account"),
    choice("contractor_officer", "委託先の責任者", "Officer at the contractor"),
    choice("contractor_work_leader", "委託先の作業責任者", "Work leader at the contractor"),
    choice("contact", "統一的窓口・CSIRT", "Point of contact, CSIRT"),
    choice("other", "その他", "Other"),
];

/// Of them, those on the contractor's side of an engagement. They decide nothing, and no transfer of the town's staff touches them.
pub const CONTRACTORS_POSTS: [&str; 2] = ["contractor_officer", "contractor_work_leader"];

const POST: [Field; 11] = [
    field("kind", Kind::One(&POST_KINDS), "種類", "Kind").required().listed().filter(),
    field("title", Kind::Line(100), "職名", "Title")
        .headed(&["職", "役職", "職名"])
        .required()
        .listed()
        .searched()
        .hint("例：市民課長", "Such as head of a section"),
    link("department", "department_id", Target::Department, "部局・課室", "Department")
        .headed(&["課", "課名", "所属", "部署"])
        .listed()
        .filter(),
    link("cloud_service", "cloud_service_id", Target::CloudService, "クラウドサービス", "Cloud service")
        .fixed()
        .listed(),
    link("social_account", "social_account_id", Target::SocialAccount, "アカウント", "Social account").fixed().listed(),
    link("engagement", "engagement_id", Target::Engagement, "業務委託", "Engagement").fixed().listed(),
    field("system_name", Kind::Line(200), "情報システム", "System").searched(),
    field("usual_position", Kind::Line(100), "充てる職", "Goes with the position").hint(
        "例：課長。人事異動の一覧から前任・後任を探すのに使います。空欄のときは、課室の管理者は課長、部局の責任者は部長とみなします。",
        "Such as head of section. By it a list of transfers is matched; where empty, heads of sections and bureaus.",
    ),
    field("may_be_vacant", Kind::YesNo, "空席でもよいですか", "May it be vacant?").assumed("no").required(),
    field("may_be_shared", Kind::YesNo, "複数の者が同時に就けますか", "May several hold it at once?")
        .assumed("no")
        .required(),
    field("may_be_combined", Kind::YesNo, "ほかの職と兼ねられますか", "May it be held together with another?").hint(
        "「いいえ」にすると、同じ者が同じ期間にほかの職に就くことも、ほかの職の者がこの職に就くことも記録できません。空欄は制限なしです。",
        "With no, nobody is on record as holding this post and another at once. Empty means that nothing is settled.",
    ),
];

/// 職.
pub const POSTS: Register = Register {
    key: "posts",
    object: "post",
    table: "posts",
    words: words("職", "Posts"),
    add: words("職を追加", "Add a post"),
    empty: words(
        "職はまだありません。CISO、統括情報セキュリティ責任者、課ごとの情報セキュリティ管理者から始めてください。",
        "There is no post yet. Begin with the CISO, the chief security officer and each section's officer.",
    ),
    groups: &[Group { words: words("職", "Post"), fields: &POST }],
    title: "title",
    department: None,
    order: "r.position, r.id",
    parent: Some("engagement"),
    decided: false,
    files: &[],
    identity: &[&["engagement", "title", "kind"], &["department", "title", "kind"], &["title", "kind"]],
};

const APPOINTMENT: [Field; 8] = [
    link("post", "post_id", Target::Post, "職", "Post").headed(&["職名", "役職"]).required().fixed().listed(),
    field("person_name", Kind::Line(100), "氏名", "Name")
        .headed(&["氏名", "名前", "職員名"])
        .required()
        .listed()
        .searched(),
    field("person_code", Kind::Line(50), "氏名コード・職員番号", "Staff number")
        .headed(&["氏名コード", "職員番号"])
        .searched(),
    field("starts_on", Kind::Day, "就任日", "From").headed(&["発令日", "就任日", "任命日"]).required().listed(),
    field("ends_on", Kind::Day, "退任日", "To").listed().hint(
        "この職にある最後の日です。後任の就任日は、その翌日からにします。例：2027-03-31、令和9年3月31日",
        "The last day in the post; whoever follows comes on the next day. Such as 2027-03-31",
    ),
    field("document_number", Kind::Line(100), "発令番号", "Document number").headed(&["発令番号", "辞令番号"]).listed(),
    link("account", "user_id", Target::Account, "ポータルのアカウント", "Account in the portal").hint(
        "この職で自ら決裁する者のアカウントを選びます。決裁しない職では空欄にします。",
        "Of whoever decides in the portal by this post. Leave it empty otherwise.",
    ),
    field("acting", Kind::YesNo, "職務代理ですか", "Acting?")
        .headed(&["代理", "職務代理"])
        .assumed("no")
        .required()
        .listed(),
];

/// 任命.
pub const APPOINTMENTS: Register = Register {
    key: "appointments",
    object: "appointment",
    table: "appointments",
    words: words("任命", "Appointments"),
    add: words("任命を記録", "Record an appointment"),
    empty: words("任命の記録はまだありません。この職は空席です。", "No appointment is on record: the post is vacant."),
    groups: &[Group { words: words("任命", "Appointment"), fields: &APPOINTMENT }],
    title: "person_name",
    department: None,
    order: "r.starts_on DESC, r.id DESC",
    parent: Some("post"),
    decided: false,
    files: &[],
    identity: &[&["post", "person_name", "starts_on"]],
};
