//! What people put into the registers: good forms, of which a test says only what matters to it.

use crate::{Page, Person, person::fields};

impl Person {
    /// Adds a record to a register; the fields are `form[name]`.
    pub async fn registers(&self, register: &str, fields: &[(&str, &str)]) -> Page {
        let register = [("register", register)];
        let all: Vec<(&str, &str)> = register.iter().chain(fields).copied().collect();
        self.posts("/api/registers/save", &all).await
    }

    /// Registers a vendor; `changes` replace fields of a good form.
    pub async fn registers_vendor(&self, changes: &[(&str, &str)]) -> Page {
        let good = [
            ("corporate_number", "7000012050002"),
            ("name", "株式会社確認テスト"),
            ("kana", "カブシキガイシャカクニンテスト"),
            ("contact_department", "公共部"),
            ("contact_name", "山本"),
            ("contact_email", "yamamoto@example.jp"),
        ];
        self.registers("vendors", &fields(&good, changes)).await
    }

    /// Registers an engagement; `changes` replace fields of a good form.
    pub async fn registers_engagement(&self, vendor: &str, changes: &[(&str, &str)]) -> Page {
        let department = self.first_department(&format!("/engagements/new?vendor={vendor}")).await;
        let good = [
            ("vendor", vendor),
            ("title", "住民情報システム運用保守業務"),
            ("department", &department),
            ("starts_on", "令和8年4月1日"),
            ("ends_on", "2031/03/31"),
            ("confidentiality", "3b"),
            ("integrity", "2"),
            ("availability", "2"),
            ("zone", "mynumber"),
            ("personal_information", "yes"),
            ("specific_personal_information", "no"),
            ("selection_criteria_recorded", "yes"),
            ("policy_told", "yes"),
        ];
        let mut fields = fields(&good, changes);
        for item in [
            "policy_compliance",
            "people_and_places",
            "purpose_limit",
            "confidentiality_duty",
            "subcontracting_limit",
            "return_and_disposal",
            "reporting",
            "audit_right",
            "education",
        ] {
            fields.push(("form[contract_items][]", item));
        }
        self.registers("engagements", &fields).await
    }

    /// Registers a cloud service; `changes` replace fields of a good form.
    pub async fn registers_cloud_service(&self, changes: &[(&str, &str)]) -> Page {
        let department = self.first_department("/cloud-services/new").await;
        let good = [
            ("name", "住民票オンライン申請"),
            ("provider", "例示クラウド㈱"),
            ("kind", "saas"),
            ("department", &department),
            ("purpose", "申請の受付"),
            ("ismap", "none"),
            ("confidentiality", "2"),
            ("integrity", "2"),
            ("availability", "1"),
            ("zone", "internet"),
            ("personal_information", "yes"),
            ("specific_personal_information", "no"),
            ("rule_of_use", "missing"),
        ];
        self.registers("cloud-services", &fields(&good, changes)).await
    }

    /// Registers a social account; `changes` replace fields of a good form.
    pub async fn registers_social_account(&self, changes: &[(&str, &str)]) -> Page {
        let department = self.first_department("/social-accounts/new").await;
        let good = [
            ("platform", "x"),
            ("handle", "@shimin_ka"),
            ("url", "https://social.example/shimin_ka"),
            ("department", &department),
            ("procedure", "written"),
            ("may_publish", "催し"),
            ("may_not_publish", "個人情報"),
            ("second_factor", "no"),
            ("state", "active"),
        ];
        self.registers("social-accounts", &fields(&good, changes)).await
    }

    /// Appoints somebody to a post.
    pub async fn appoints(&self, post: &str, name: &str, from: &str, to: &str) -> Page {
        let good = [("post", post), ("person_name", name), ("starts_on", from), ("ends_on", to), ("acting", "no")];
        self.registers("appointments", &fields(&good, &[])).await
    }

    /// The department that the form at this address offers first.
    async fn first_department(&self, form: &str) -> String {
        let form = self.looks_at(form).await;
        let department = form.attributes("#department option", "value").into_iter().find(|value| !value.is_empty());
        department.expect("a department")
    }
}
