//! 外部サービス（クラウドサービス） and ソーシャルメディアサービス.

use super::{
    Choice, Field, Group, Kind, Register, Target, choice,
    engagements::{CONFIDENTIALITY, TWO_LEVELS, ZONES},
    field, link, words,
};

const SERVICE_KINDS: [Choice; 5] = [
    choice("saas", "SaaS", "SaaS"),
    choice("paas", "PaaS", "PaaS"),
    choice("iaas", "IaaS", "IaaS"),
    choice("terms_of_service", "約款によるサービス", "By terms of service only"),
    choice("other", "その他の外部サービス", "Other external service"),
];

const ISMAP: [Choice; 3] = [
    choice("ismap", "ISMAP", "ISMAP"),
    choice("ismap_liu", "ISMAP-LIU", "ISMAP-LIU"),
    choice("none", "登録なし", "Not registered").also(&["無", "なし", "×", "未登録"]),
];

const WITHIN: [Choice; 4] = [
    choice("inside", "範囲内", "Inside"),
    choice("partly", "一部が範囲外", "Partly outside"),
    choice("outside", "範囲外", "Outside"),
    choice("unknown", "未確認", "Not checked"),
];

const RULES: [Choice; 3] = [
    choice("filed", "定めて保管している", "Laid down and filed").also(&["有", "あり", "○"]),
    choice("not_needed", "定めない（理由を記載）", "None, for a written reason"),
    choice("missing", "まだない", "Not yet").also(&["無", "なし", "×", "未"]),
];

const SERVICE: [Field; 6] = [
    field("name", Kind::Line(200), "サービス名", "Service")
        .headed(&["サービス名", "サービス", "クラウドサービス"])
        .required()
        .listed()
        .searched()
        .material(),
    field("provider", Kind::Line(200), "提供者", "Provider")
        .headed(&["提供者", "提供事業者", "事業者", "ベンダー"])
        .required()
        .listed()
        .searched()
        .material(),
    field("kind", Kind::One(&SERVICE_KINDS), "種類", "Kind").required().listed().filter().material(),
    link("department", "department_id", Target::Department, "所管課", "Department")
        .headed(&["所管課", "課名", "担当課", "所属", "部署"])
        .required()
        .listed()
        .filter()
        .material(),
    field("purpose", Kind::Paragraphs(1000), "利用目的", "Purpose").required().material(),
    field("starts_on", Kind::Day, "利用開始日", "Used from")
        .headed(&["利用開始", "利用開始日", "使い始め", "導入日"])
        .listed(),
];

const REGISTRATION: [Field; 5] = [
    field("ismap", Kind::One(&ISMAP), "ISMAP等の登録", "ISMAP registration")
        .headed(&["ismap", "ismap登録", "ismapの登録"])
        .required()
        .listed()
        .filter()
        .material(),
    field("ismap_number", Kind::Line(100), "登録番号", "Registration number").searched().material(),
    field("ismap_checked_on", Kind::Day, "確認した日", "Checked on"),
    field("ismap_expires_on", Kind::Day, "登録の有効期限", "Registration expires on"),
    field(
        "ismap_scope",
        Kind::One(&WITHIN),
        "使う機能は言明対象範囲内か",
        "Are the functions used inside the declared scope?",
    ),
];

const HANDLED: [Field; 6] = [
    field("confidentiality", Kind::Class(&CONFIDENTIALITY), "機密性", "Confidentiality")
        .required()
        .listed()
        .filter()
        .material(),
    field("integrity", Kind::Class(&TWO_LEVELS), "完全性", "Integrity").required().material(),
    field("availability", Kind::Class(&TWO_LEVELS), "可用性", "Availability").required().material(),
    field("zone", Kind::One(&ZONES), "ネットワークの区分", "Network zone").required().material(),
    field("personal_information", Kind::YesNo, "個人情報を扱いますか", "Handles personal information?")
        .headed(&["個人情報", "個人情報の有無"])
        .required()
        .material(),
    field(
        "specific_personal_information",
        Kind::YesNo,
        "特定個人情報を扱いますか",
        "Handles specific personal information?",
    )
    .headed(&["特定個人情報", "特定個人情報の有無", "マイナンバー", "個人番号"])
    .required()
    .material(),
];

const COUNTRIES: [Choice; 3] = [
    choice("japan", "国内のみ", "Japan only").also(&["国内", "日本", "日本国内"]),
    choice("abroad", "国外を含む", "Abroad too").also(&["国外", "海外", "外国"]),
    choice("unknown", "不明", "Not known"),
];

const OWN_DUTIES: [Field; 3] = [
    field(
        "selection_criteria_recorded",
        Kind::YesNo,
        "選定基準による選定の記録がありますか",
        "Is the selection by criteria on record?",
    ),
    field(
        "own_judgement_recorded",
        Kind::YesNo,
        "登録のないサービスの安全性を判断し記録しましたか",
        "Was a service without registration judged safe, on record?",
    )
    .hint("ISMAP等の登録がないときに答えます。", "Where it is not registered with ISMAP."),
    field(
        "terms_risks_examined",
        Kind::YesNo,
        "約款を読みリスクを検討しましたか",
        "Were the risks of the terms of service examined?",
    )
    .hint("約款によるサービスのときに答えます。", "For services by terms of service only."),
];

const SAFEGUARDS: [Field; 10] = [
    field("data_country", Kind::One(&COUNTRIES), "データは国内にありますか", "Is the data in Japan?")
        .filter()
        .material(),
    field("data_location", Kind::Line(300), "データの保存場所", "Where data is kept").material(),
    field("support_location", Kind::Line(300), "運用・サポートの場所", "Where it is supported from").material(),
    field("governing_law", Kind::Line(200), "準拠法・裁判管轄", "Law and jurisdiction").material(),
    field("responsibilities", Kind::Paragraphs(2000), "責任分界", "Who is responsible for what").material(),
    field("encryption", Kind::Paragraphs(1000), "暗号化", "Encryption").material(),
    field("separation", Kind::Paragraphs(1000), "ほかの利用者との分離", "Separation from other tenants").material(),
    field("logs", Kind::Paragraphs(1000), "ログ", "Logs"),
    field("exit_plan", Kind::Paragraphs(2000), "終了時の移行・消去", "Leaving: data back and deletion").material(),
    field("notes", Kind::Paragraphs(2000), "メモ", "Notes"),
];

const RULE_OF_USE: [Field; 4] = [
    field("rule_of_use", Kind::One(&RULES), "利用規程", "Rule of use").assumed("missing").required().listed().filter(),
    field("rule_version", Kind::Line(50), "規程の版", "Its version"),
    field("rule_filed_on", Kind::Day, "規程の保管日", "Filed on"),
    field("rule_absence_reason", Kind::Paragraphs(500), "定めない理由", "Why there is none"),
];

const RETIREMENT: [Field; 2] = [
    field("retired_on", Kind::Day, "利用を終えた日", "Retired on"),
    field("deletion_proved_on", Kind::Day, "消去を確認した日", "Deletion proved on"),
];

/// 外部サービス（クラウドサービス）.
pub const CLOUD_SERVICES: Register = Register {
    key: "cloud-services",
    object: "cloud_service",
    table: "cloud_services",
    words: words("クラウドサービス", "Cloud services"),
    add: words("クラウドサービスの利用を申請", "Apply for a cloud service"),
    empty: words(
        "クラウドサービスはまだ登録されていません。無料のサービスや約款によるサービスも、業務で使うものは登録してください。",
        "No cloud service is registered yet. Register free ones and those under terms of service too, if work is done with them.",
    ),
    groups: &[
        Group { words: words("サービス", "Service"), fields: &SERVICE },
        Group { words: words("政府の登録制度", "Registration"), fields: &REGISTRATION },
        Group { words: words("扱う情報", "Information"), fields: &HANDLED },
        Group { words: words("対策", "Safeguards"), fields: &SAFEGUARDS },
        Group { words: words("利用規程", "Rule of use"), fields: &RULE_OF_USE },
        Group { words: words("自治体の側で済ませること", "Our own duties"), fields: &OWN_DUTIES },
        Group { words: words("利用の終了", "Retirement"), fields: &RETIREMENT },
    ],
    title: "name",
    department: Some("department_id"),
    order: "r.sort_key, r.id",
    parent: None,
    decided: true,
    files: &[
        choice("rule_of_use", "利用規程", "Rule of use"),
        choice("terms", "約款・契約書", "Terms or contract"),
        choice("deletion_proof", "消去の証明", "Proof of deletion"),
        choice("other", "その他", "Other"),
    ],
    identity: &[&["name", "provider"], &["name"]],
};

const USE: [Field; 4] = [
    link("cloud_service", "cloud_service_id", Target::CloudService, "クラウドサービス", "Cloud service")
        .required()
        .fixed(),
    link("user", "using_department_id", Target::Department, "利用する課", "Department that uses it")
        .required()
        .listed(),
    field("confidentiality", Kind::Class(&CONFIDENTIALITY), "機密性", "Confidentiality").required().listed(),
    field("purpose", Kind::Line(300), "用途", "Used for").required().listed().searched(),
];

/// 利用する課.
pub const SERVICE_USES: Register = Register {
    key: "service-uses",
    object: "service_use",
    table: "service_uses",
    words: words("利用する課", "Who uses it"),
    add: words("利用する課を追加", "Add a department that uses it"),
    empty: words("利用する課の記録はまだありません。", "No department is on record as using it."),
    groups: &[Group { words: words("利用", "Use"), fields: &USE }],
    title: "purpose",
    department: None,
    order: "r.id",
    parent: Some("cloud_service"),
    decided: false,
    files: &[],
    identity: &[&["cloud_service", "user"]],
};

const PLATFORMS: [Choice; 8] = [
    choice("x", "X（旧Twitter）", "X (Twitter)").also(&["x", "twitter", "ツイッター", "エックス"]),
    choice("facebook", "Facebook", "Facebook").also(&["フェイスブック", "fb"]),
    choice("instagram", "Instagram", "Instagram").also(&["インスタグラム", "インスタ"]),
    choice("youtube", "YouTube", "YouTube").also(&["ユーチューブ"]),
    choice("line", "LINE", "LINE").also(&["ライン", "line公式アカウント"]),
    choice("tiktok", "TikTok", "TikTok"),
    choice("note", "note", "note"),
    choice("other", "その他", "Other"),
];

const PROCEDURES: [Choice; 3] = [
    choice("written", "定めている", "Laid down").also(&["有", "あり", "○", "〇", "策定済", "済"]),
    choice("drafting", "作成中", "Being written").also(&["策定中", "準備中"]),
    choice("none", "ない", "None").also(&["無", "なし", "×", "未策定", "未"]),
];

const FACTORS: [Choice; 3] = [
    choice("yes", "設定済み", "On").also(&["済", "済み", "有", "あり", "○", "〇", "設定済"]),
    choice("no", "未設定", "Off").also(&["未", "無", "なし", "×"]),
    choice("not_offered", "サービスにない", "Not offered"),
];

const ACCOUNT_STATES: [Choice; 3] = [
    choice("active", "運用中", "In use").also(&["稼働中", "利用中"]),
    choice("suspended", "休止", "Suspended").also(&["休止中", "停止"]),
    choice("closed", "閉鎖", "Closed").also(&["廃止", "閉鎖済"]),
];

const ACCOUNT: [Field; 8] = [
    field("platform", Kind::One(&PLATFORMS), "サービス", "Platform")
        .headed(&["サービス", "サービス名", "媒体", "種別", "sns", "snsの種類"])
        .required()
        .listed()
        .filter(),
    field("handle", Kind::Line(200), "アカウント名", "Account")
        .headed(&["アカウント名", "アカウント", "アカウントid"])
        .required()
        .listed()
        .searched(),
    field("url", Kind::Url, "URL", "URL").headed(&["url", "アドレス", "リンク"]).required(),
    link("department", "department_id", Target::Department, "所管課", "Department")
        .headed(&["所管課", "課名", "担当課", "所属", "部署"])
        .required()
        .listed()
        .filter(),
    field("purpose", Kind::Paragraphs(1000), "目的", "Purpose").searched(),
    field("audience", Kind::Line(300), "対象", "Audience"),
    field("opened_on", Kind::Day, "開設日", "Opened on").headed(&["開設", "開設日", "開始日"]),
    field("notes", Kind::Paragraphs(2000), "メモ", "Notes").headed(&["備考", "メモ", "摘要"]),
];

const OPERATING: [Field; 12] = [
    field("procedure", Kind::One(&PROCEDURES), "運用手順", "Operating procedure")
        .headed(&["運用手順", "手順書", "運用ポリシー", "運用要領"])
        .required()
        .listed()
        .filter(),
    field("procedure_version", Kind::Line(50), "手順の版", "Its version"),
    field("may_publish", Kind::Paragraphs(1000), "発信してよいこと", "What may be published"),
    field("may_not_publish", Kind::Paragraphs(1000), "発信してはならないこと", "What may not"),
    field("operators", Kind::Paragraphs(500), "運用担当者", "Operators"),
    field("custody", Kind::Paragraphs(500), "ID・パスワードの管理", "Custody of the credentials")
        .hint("管理の方法だけを書きます。パスワードは書きません。", "How they are kept. Never the password itself."),
    field("second_factor", Kind::One(&FACTORS), "多要素認証", "Second factor")
        .headed(&["多要素認証", "二段階認証", "2段階認証", "二要素認証", "mfa", "2fa"])
        .required()
        .listed(),
    field("official_page", Kind::Url, "公式サイトの掲載ページ", "Page of the official site that lists it"),
    field(
        "organization_in_profile",
        Kind::YesNo,
        "プロフィールに運用組織の記載がありますか",
        "Does the profile name the organization?",
    ),
    field("hours_and_replies", Kind::Paragraphs(500), "運用時間と返信の方針", "Hours and replies"),
    field(
        "hijack_response",
        Kind::YesNo,
        "乗っ取られたときの対応を定めていますか",
        "Is it settled what to do when it is taken over?",
    ),
    field(
        "important_on_own_site",
        Kind::YesNo,
        "重要な情報は公式サイトにも載せますか",
        "Is what matters on the official site too?",
    ),
];

const ACCOUNT_STATE: [Field; 4] = [
    field("last_post_on", Kind::Day, "最終投稿日", "Last post on")
        .headed(&["最終投稿", "最終更新", "最終更新日"])
        .listed(),
    field("state", Kind::One(&ACCOUNT_STATES), "状態", "State")
        .headed(&["状態", "運用状況"])
        .assumed("active")
        .required()
        .listed()
        .filter(),
    field("state_since", Kind::Day, "休止・閉鎖の日", "Suspended or closed on"),
    field("state_reason", Kind::Paragraphs(500), "休止・閉鎖の理由", "Why"),
];

/// ソーシャルメディアサービス.
pub const SOCIAL_ACCOUNTS: Register = Register {
    key: "social-accounts",
    object: "social_account",
    table: "social_accounts",
    words: words("ソーシャルメディア", "Social media"),
    add: words("アカウントを登録", "Register an account"),
    empty: words(
        "ソーシャルメディアのアカウントはまだ登録されていません。休止中のものも登録してください。",
        "No account is registered yet. Register dormant ones too.",
    ),
    groups: &[
        Group { words: words("アカウント", "Account"), fields: &ACCOUNT },
        Group { words: words("運用", "Operation"), fields: &OPERATING },
        Group { words: words("状態", "State"), fields: &ACCOUNT_STATE },
    ],
    title: "handle",
    department: Some("department_id"),
    order: "r.sort_key, r.id",
    parent: None,
    decided: false,
    files: &[choice("procedure", "運用手順", "Operating procedure"), choice("other", "その他", "Other")],
    identity: &[&["platform", "handle"]],
};

const INCIDENT: [Field; 6] = [
    link("social_account", "social_account_id", Target::SocialAccount, "アカウント", "Account").required().fixed(),
    field("noticed_on", Kind::Day, "気付いた日", "Noticed on").required().listed(),
    field("happened", Kind::Paragraphs(1000), "起きたこと", "What happened")
        .required()
        .listed()
        .searched()
        .hint("例：乗っ取り、なりすまし、誤投稿", "Such as a hijack, an impostor, a wrong post"),
    field("response", Kind::Paragraphs(1000), "対応", "Response").listed(),
    field("closed_on", Kind::Day, "収束した日", "Closed on").listed(),
    field("reported_to", Kind::Line(200), "報告先", "Reported to"),
];

/// 乗っ取りなどの事案.
pub const ACCOUNT_INCIDENTS: Register = Register {
    key: "account-incidents",
    object: "account_incident",
    table: "account_incidents",
    words: words("事案", "Incidents"),
    add: words("事案を記録", "Record an incident"),
    empty: words("事案の記録はありません。", "No incident is on record."),
    groups: &[Group { words: words("事案", "Incident"), fields: &INCIDENT }],
    title: "noticed_on",
    department: None,
    order: "r.noticed_on DESC, r.id DESC",
    parent: Some("social_account"),
    decided: false,
    files: &[],
    identity: &[&["social_account", "noticed_on", "happened"]],
};
