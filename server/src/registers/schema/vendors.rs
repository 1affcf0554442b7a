//! 委託先: the company, who to write to, and what it is certified for.

use super::{Choice, Field, Group, Kind, Register, Target, choice, field, link, words};

/// Marks and certificates a company may hold.
const STANDARDS: [Choice; 12] = [
    choice("iso27001", "ISMS（ISO/IEC 27001）", "ISMS (ISO/IEC 27001)").also(&[
        "isms",
        "iso27001",
        "iso/iec27001",
        "jisq27001",
        "jisq27001:2023",
        "iso/iec27001:2022",
    ]),
    choice("iso27017", "ISO/IEC 27017", "ISO/IEC 27017"),
    choice("iso27018", "ISO/IEC 27018", "ISO/IEC 27018"),
    choice("privacy_mark", "プライバシーマーク", "PrivacyMark").also(&["pマーク", "p-mark", "jisq15001"]),
    choice("ismap", "ISMAP", "ISMAP"),
    choice("ismap_liu", "ISMAP-LIU", "ISMAP-LIU"),
    choice("soc2", "SOC 2", "SOC 2").also(&["soc2type2", "soc2type1", "soc2typeii"]),
    choice("jc_star", "JC-STAR", "JC-STAR"),
    choice("scs3", "SCS ★3", "SCS ★3"),
    choice("scs4", "SCS ★4", "SCS ★4"),
    choice("dmp", "DMP（デジタルマーケットプレイス）", "DMP (Digital Marketplace)"),
    choice("other", "その他", "Other"),
];

/// What lists head the column with that holds the name of a company.
pub(super) const COMPANY_HEADINGS: &[&str] = &[
    "委託先名称",
    "委託先名",
    "委託先",
    "事業者名",
    "業者名",
    "会社名",
    "受託者",
    "受託者名",
    "受託業者",
    "商号",
    "相手方",
];

const COMPANY: [Field; 9] = [
    field("corporate_number", Kind::CorporateNumber, "法人番号", "Corporate number")
        .headed(&["法人番号", "法人等番号"])
        .listed()
        .searched()
        .hint(
            "13桁。個人事業主などで番号がないときは空欄にします。",
            "13 digits. Leave it empty where there is none, such as for a sole proprietor.",
        ),
    field("name", Kind::Line(200), "名称", "Name").headed(COMPANY_HEADINGS).required().listed().searched(),
    field("kana", Kind::Kana, "フリガナ", "Reading in katakana")
        .headed(&["フリガナ", "ふりがな", "カナ", "カナ名称"])
        .required()
        .searched()
        .hint("全角カタカナ", "In katakana"),
    field("former_names", Kind::Line(300), "旧名称", "Former names").searched(),
    field("address", Kind::Line(300), "所在地", "Address").headed(&["住所", "所在地", "委託先所在地"]),
    field("representative", Kind::Line(100), "代表者", "Representative").headed(&["代表者", "代表者名", "代表者氏名"]),
    field("head_office_country", Kind::Line(100), "本社所在国", "Country of the head office"),
    field("parent_name", Kind::Line(200), "親会社", "Controlling parent"),
    field("parent_country", Kind::Line(100), "親会社の所在国", "Country of the parent"),
];

const CONTACT: [Field; 5] = [
    field("contact_department", Kind::Line(100), "担当部署", "Department in charge")
        .headed(&["担当部署", "委託先担当部署", "連絡先部署"])
        .required()
        .listed(),
    field("contact_name", Kind::Line(100), "担当者名", "Contact person")
        .headed(&["担当者", "担当者名", "担当者氏名"])
        .required(),
    field("contact_email", Kind::Email, "メールアドレス", "E-mail")
        .headed(&["メール", "電子メール", "e-mail", "email"])
        .required(),
    field("contact_phone", Kind::Line(50), "電話番号", "Telephone").headed(&["電話", "電話番号", "tel", "連絡先電話"]),
    field("notes", Kind::Paragraphs(2000), "メモ", "Notes")
        .headed(&["備考", "メモ", "摘要", "特記事項"])
        .hint("委託先には表示されません。", "Not shown to the contractor."),
];

/// 委託先.
pub const VENDORS: Register = Register {
    key: "vendors",
    object: "vendor",
    table: "vendors",
    words: words("委託先", "Contractors"),
    add: words("委託先を登録", "Register a contractor"),
    empty: words(
        "委託先はまだ登録されていません。情報資産を取り扱う業務を委託している事業者を登録してください。",
        "No contractor is registered yet. Register those whose work handles your information.",
    ),
    groups: &[
        Group { words: words("事業者", "Company"), fields: &COMPANY },
        Group { words: words("連絡先", "Contact"), fields: &CONTACT },
    ],
    title: "name",
    department: None,
    order: "r.sort_key, r.id",
    parent: None,
    decided: false,
    files: &[],
    identity: &[&["corporate_number"], &["name"]],
};

const CERTIFICATION: [Field; 7] = [
    link("vendor", "vendor_id", Target::Vendor, "委託先", "Contractor").headed(COMPANY_HEADINGS).required().fixed(),
    field("standard", Kind::One(&STANDARDS), "認証・登録", "Certificate")
        .headed(&["認証", "認証名", "認証種別"])
        .required()
        .listed()
        .filter(),
    field("number", Kind::Line(100), "番号", "Number").headed(&["登録no", "登録番号", "認証番号"]).listed().searched(),
    field("scope", Kind::Paragraphs(500), "範囲", "Scope").listed(),
    field("issued_on", Kind::Day, "取得日", "Issued on").headed(&["取得日", "取得年月日", "認証日"]).listed(),
    field("expires_on", Kind::Day, "有効期限", "Expires on").headed(&["有効期限", "期限", "満了日"]).listed(),
    field("notes", Kind::Paragraphs(1000), "メモ", "Notes"),
];

/// 認証・登録.
pub const CERTIFICATIONS: Register = Register {
    key: "certifications",
    object: "certification",
    table: "certifications",
    words: words("認証・登録", "Certificates"),
    add: words("認証・登録を追加", "Add a certificate"),
    empty: words("認証・登録はまだ記録されていません。", "No certificate is on record yet."),
    groups: &[Group { words: words("認証・登録", "Certificate"), fields: &CERTIFICATION }],
    title: "standard",
    department: None,
    order: "r.expires_on DESC, r.id",
    parent: Some("vendor"),
    decided: false,
    files: &[choice("certificate", "認証書の写し", "Copy of the certificate")],
    identity: &[&["vendor", "standard", "number"], &["vendor", "standard"]],
};

const PERSON: [Field; 6] = [
    link("vendor", "vendor_id", Target::Vendor, "委託先", "Contractor").headed(COMPANY_HEADINGS).required().fixed(),
    field("department", Kind::Line(100), "部署", "Department").required().listed().searched(),
    field("name", Kind::Line(100), "氏名", "Name").listed().searched(),
    field("email", Kind::Email, "メールアドレス", "E-mail").listed(),
    field("phone", Kind::Line(50), "電話番号", "Telephone").listed(),
    field("duty", Kind::Line(200), "役割", "Duty")
        .listed()
        .hint("例：事故時の緊急連絡先、営業時間外の窓口", "Such as emergency contact, or contact after hours"),
];

/// ほかの連絡先.
pub const CONTACTS: Register = Register {
    key: "contacts",
    object: "contact",
    table: "contacts",
    words: words("ほかの連絡先", "Other contacts"),
    add: words("連絡先を追加", "Add a contact"),
    empty: words(
        "ほかの連絡先はまだありません。個人より部署の連絡先を登録すると、異動のあとも届きます。",
        "No other contact yet. A department's address outlives the people in it.",
    ),
    groups: &[Group { words: words("連絡先", "Contact"), fields: &PERSON }],
    title: "department",
    department: None,
    order: "r.department, r.id",
    parent: Some("vendor"),
    decided: false,
    files: &[],
    identity: &[&["vendor", "department", "name"], &["vendor", "department"]],
};
