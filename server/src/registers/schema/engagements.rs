//! 業務委託 and the tree of 再委託 below it.

use super::{Choice, Field, Group, Kind, Register, Target, choice, field, link, vendors::COMPANY_HEADINGS, words};

/// 自治体機密性 (総務省 地方公共団体における情報セキュリティポリシーに関するガイドライン, 令和8年3月27日).
pub const CONFIDENTIALITY: [Choice; 5] = [
    choice("3a", "自治体機密性3A", "Confidentiality 3A").also(&["3a", "機密性3a", "ⅲa"]),
    choice("3b", "自治体機密性3B", "Confidentiality 3B").also(&["3b", "機密性3b"]),
    choice("3c", "自治体機密性3C", "Confidentiality 3C").also(&["3c", "機密性3c"]),
    choice("2", "自治体機密性2", "Confidentiality 2").also(&["機密性2"]),
    choice("1", "自治体機密性1", "Confidentiality 1").also(&["機密性1"]),
];

/// 完全性・可用性.
pub const TWO_LEVELS: [Choice; 2] = [choice("2", "2", "2"), choice("1", "1", "1")];

/// ネットワークの区分.
pub const ZONES: [Choice; 3] = [
    choice("mynumber", "マイナンバー利用事務系", "My Number zone").also(&[
        "マイナンバー系",
        "個人番号利用事務系",
        "基幹系",
    ]),
    choice("lgwan", "LGWAN接続系", "LGWAN zone").also(&["lgwan系", "lgwan", "情報系"]),
    choice("internet", "インターネット接続系", "Internet zone").also(&["インターネット系", "インターネット"]),
];

const NETWORK_MODELS: [Choice; 4] = [
    choice("alpha", "αモデル", "α model"),
    choice("alpha_dash", "α′モデル", "α′ model"),
    choice("beta", "βモデル", "β model"),
    choice("beta_dash", "β′モデル", "β′ model"),
];

const METHODS: [Choice; 5] = [
    choice("open_bid", "一般競争入札", "Open tender").also(&["一般競争", "一般"]),
    choice("designated_bid", "指名競争入札", "Tender among named bidders").also(&["指名競争", "指名"]),
    choice("proposal", "公募型プロポーザル", "Call for proposals").also(&["プロポーザル", "プロポ"]),
    choice("negotiated", "随意契約", "Negotiated contract").also(&["随契", "随意", "特命随意契約"]),
    choice("other", "その他", "Other"),
];

/// ①–⑬ (教育情報セキュリティポリシーに関するハンドブック 令和7年3月 p. 30), by the codes of the fact `contract.items`.
pub const CONTRACT_ITEMS: [Choice; 13] = [
    choice("policy_compliance", "① ポリシー・手順の遵守", "① compliance with policy and procedures"),
    choice("people_and_places", "② 責任者・作業者・場所の特定", "② people in charge, workers and places"),
    choice("service_level", "③ サービスレベル", "③ service levels"),
    choice("information_and_access", "④ 扱う情報と接続方法", "④ information and ways of access"),
    choice("education", "⑤ 従業員の教育", "⑤ training of employees"),
    choice("purpose_limit", "⑥ 目的外利用・第三者提供の禁止", "⑥ no other use, no third parties"),
    choice("confidentiality_duty", "⑦ 守秘義務", "⑦ duty of confidentiality"),
    choice("subcontracting_limit", "⑧ 再委託の制限", "⑧ limits on subcontracting"),
    choice("return_and_disposal", "⑨ 返還・廃棄", "⑨ return and disposal"),
    choice("reporting", "⑩ 定期報告・緊急時の報告", "⑩ regular and emergency reports"),
    choice("audit_right", "⑪ 監査・検査", "⑪ audit and inspection"),
    choice("incident_publication", "⑫ 事故の公表", "⑫ publication of incidents"),
    choice("breach_consequences", "⑬ 違反したときの定め", "⑬ consequences of a breach"),
];

const CONTRACT: [Field; 10] = [
    link("vendor", "vendor_id", Target::Vendor, "委託先", "Contractor")
        .headed(COMPANY_HEADINGS)
        .required()
        .fixed()
        .listed()
        .searched(),
    field("title", Kind::Line(200), "業務名", "Title")
        .headed(&["業務名", "件名", "委託業務名", "契約件名", "業務名称", "業務内容", "委託業務", "事業名"])
        .required()
        .listed()
        .searched(),
    link("department", "department_id", Target::Department, "所管課", "Department")
        .headed(&["所管課", "担当課", "主管課", "所属", "課名", "部署", "所管部署"])
        .required()
        .listed()
        .filter(),
    field("contract_method", Kind::One(&METHODS), "契約方法", "Method of contract")
        .headed(&["契約方法", "契約方式", "入札方式", "契約種別"])
        .filter(),
    field("contract_number", Kind::Line(100), "契約番号", "Contract number").headed(&["契約番号", "契約no"]).searched(),
    field("starts_on", Kind::Day, "契約開始日", "Contract begins")
        .headed(&[
            "契約開始日",
            "開始日",
            "契約始期",
            "履行期間始期",
            "履行期間自",
            "履行開始日",
            "履行開始",
            "始期",
            "自",
            "契約期間自",
            "契約期間開始",
        ])
        .required()
        .listed(),
    field("ends_on", Kind::Day, "契約終了日", "Contract ends")
        .headed(&[
            "契約終了日",
            "終了日",
            "契約終期",
            "履行期間終期",
            "履行期間至",
            "満了日",
            "履行期限",
            "終期",
            "至",
            "契約期間至",
            "契約期間終了",
        ])
        .required()
        .listed(),
    field("extended_to", Kind::Day, "延長後の終了日", "Extended to"),
    field("amount_yen", Kind::Number, "契約金額（円）", "Amount (yen)").headed(&[
        "契約金額",
        "金額",
        "契約額",
        "委託料",
    ]),
    field("notes", Kind::Paragraphs(2000), "メモ", "Notes").headed(&["備考", "メモ", "摘要", "特記事項"]),
];

const INFORMATION: [Field; 8] = [
    field("confidentiality", Kind::Class(&CONFIDENTIALITY), "機密性", "Confidentiality")
        .required()
        .headed(&["機密性", "機密性分類", "情報の分類", "機密"])
        .listed()
        .filter()
        .hint("扱う情報のうち最も高いものを選びます。", "The highest class of what is handled."),
    field("integrity", Kind::Class(&TWO_LEVELS), "完全性", "Integrity").required(),
    field("availability", Kind::Class(&TWO_LEVELS), "可用性", "Availability").required(),
    field("zone", Kind::One(&ZONES), "ネットワークの区分", "Network zone").required().filter(),
    field("network_model", Kind::One(&NETWORK_MODELS), "ネットワークのモデル", "Network model"),
    field("personal_information", Kind::YesNo, "個人情報を扱いますか", "Handles personal information?")
        .headed(&["個人情報", "個人情報の有無", "個情"])
        .required(),
    field(
        "specific_personal_information",
        Kind::YesNo,
        "特定個人情報を扱いますか",
        "Handles specific personal information?",
    )
    .headed(&["特定個人情報", "特定個人情報の有無", "特定個人", "マイナンバー", "個人番号"])
    .required()
    .filter(),
    field("work_places", Kind::Paragraphs(1000), "作業場所", "Places of work"),
];

const PEOPLE: [Field; 2] = [
    field("contractor_officer", Kind::Line(100), "委託先の責任者", "The contractor's officer").hint(
        "契約書に書かれた者です。いつからいつまで誰だったかは、責任者のタブに職を置いて記録します。",
        "As the contract names them. Who it was from when to when is recorded by a post in the tab of officers.",
    ),
    field("contractor_work_leader", Kind::Line(100), "委託先の作業責任者", "The contractor's work leader"),
];

const DUTIES: [Field; 5] = [
    field(
        "specification_states_requirements",
        Kind::YesNo,
        "仕様書に情報セキュリティ要件を明記しましたか",
        "Does the specification state the security requirements?",
    ),
    field(
        "selection_criteria_recorded",
        Kind::YesNo,
        "選定基準による選定の記録がありますか",
        "Is the selection by criteria on record?",
    )
    .required(),
    field("policy_told", Kind::YesNo, "ポリシーの内容を委託先に周知しましたか", "Was the contractor told the policy?")
        .required(),
    field("contract_items", Kind::Many(&CONTRACT_ITEMS), "契約書に定めた項目", "Items in the contract").hint(
        "契約書や仕様書に書かれているものだけを選びます。",
        "Tick only what is written in the contract or its specification.",
    ),
    field("contract_places", Kind::Each(&CONTRACT_ITEMS), "契約書での位置", "Where it stands in the contract")
        .hint("例：契約書第12条、仕様書5(2)", "Such as article 12 of the contract"),
];

const END: [Field; 4] = [
    field("return_required", Kind::YesNo, "終了時に返還・廃棄が必要ですか", "Return or disposal due at the end?"),
    field("returned_on", Kind::Day, "返還を受けた日", "Returned on"),
    field("deletion_certified_on", Kind::Day, "廃棄・消去の証明書を受けた日", "Certificate of deletion received on"),
    field("end_notes", Kind::Paragraphs(1000), "終了時のメモ", "Notes on the end"),
];

/// 業務委託.
pub const ENGAGEMENTS: Register = Register {
    key: "engagements",
    object: "engagement",
    table: "engagements",
    words: words("業務委託", "Engagements"),
    add: words("業務委託を登録", "Register an engagement"),
    empty: words(
        "業務委託はまだ登録されていません。委託先のページから登録してください。",
        "No engagement is registered yet. Register one from the page of its contractor.",
    ),
    groups: &[
        Group { words: words("契約", "Contract"), fields: &CONTRACT },
        Group { words: words("扱う情報", "Information"), fields: &INFORMATION },
        Group { words: words("委託先の体制", "The contractor's people"), fields: &PEOPLE },
        Group { words: words("自治体の側で済ませること", "Our own duties"), fields: &DUTIES },
        Group { words: words("終了時", "At the end"), fields: &END },
    ],
    title: "title",
    department: Some("department_id"),
    order: "r.starts_on DESC, r.id DESC",
    parent: None,
    decided: false,
    files: &[
        choice("specification", "仕様書", "Specification"),
        choice("contract", "契約書", "Contract"),
        choice("deletion_certificate", "廃棄・消去の証明書", "Certificate of deletion"),
        choice("other", "その他", "Other"),
    ],
    identity: &[&["contract_number"], &["vendor", "title", "starts_on", "department"]],
};

const SUBCONTRACT: [Field; 12] = [
    link("engagement", "engagement_id", Target::Engagement, "業務委託", "Engagement")
        .headed(&["業務名", "委託業務", "件名"])
        .required()
        .fixed(),
    link("above", "above_id", Target::Subcontract, "委託元", "Contracted by").fixed().listed(),
    field("company_name", Kind::Line(200), "再委託先", "Subcontractor")
        .headed(&["再委託先", "再委託先名", "再委託業者", "再受託者", "受託者"])
        .required()
        .listed()
        .searched()
        .material(),
    field("corporate_number", Kind::CorporateNumber, "法人番号", "Corporate number").searched().material(),
    field("work", Kind::Line(300), "再委託する業務", "Work")
        .headed(&["再委託内容", "再委託業務", "再委託する業務", "業務内容"])
        .required()
        .listed()
        .material(),
    field("place", Kind::Line(300), "作業場所", "Place of work").listed().material(),
    field("confidentiality", Kind::Class(&CONFIDENTIALITY), "機密性", "Confidentiality").required().listed().material(),
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
    .listed()
    .material(),
    field("requested_on", Kind::Day, "申請日", "Requested on").headed(&["申請日", "届出日"]).required().listed(),
    field("starts_on", Kind::Day, "開始日", "Begins").material(),
    field("ends_on", Kind::Day, "終了日", "Ends"),
];

/// 再委託.
pub const SUBCONTRACTS: Register = Register {
    key: "subcontracts",
    object: "subcontract",
    table: "subcontracts",
    words: words("再委託", "Subcontracts"),
    add: words("再委託の申請を記録", "Record a request to subcontract"),
    empty: words("再委託の記録はありません。", "No subcontract is on record."),
    groups: &[Group { words: words("再委託", "Subcontract"), fields: &SUBCONTRACT }],
    title: "company_name",
    department: None,
    order: "r.requested_on, r.id",
    parent: Some("engagement"),
    decided: true,
    files: &[choice("request", "申請書", "Request"), choice("approval", "承諾書", "Approval")],
    identity: &[&["engagement", "company_name", "work"]],
};
